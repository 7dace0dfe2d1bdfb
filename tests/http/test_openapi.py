"""The OpenAPI document: valid, stable, complete, with examples that are what the service answers."""

from __future__ import annotations

import json
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate
from starlette.routing import Route

from api.app import create_app
from api.examples import ANSWERS, REQUESTS
from api.problems import MEDIA_TYPE, PROBLEMS
from tests.http.answers import FILE, answers
from tests.http.story import AUTHORISED, client_of, tell
from timeline.settings import Settings

OPERATIONS = {
    "addSource": "POST /v1/timelines/{timeline}/developments/{development}/sources",
    "changeStanding": "POST /v1/timelines/{timeline}/developments/{development}/standing",
    "check": "POST /v1/check",
    "checkHealth": "GET /health",
    "correctDevelopment": "POST /v1/timelines/{timeline}/developments/{development}/corrections",
    "describeEntity": "POST /v1/timelines/{timeline}/entities",
    "exportTimeline": "GET /v1/timelines/{timeline}/export",
    "listDevelopments": "GET /v1/timelines/{timeline}/developments",
    "listEntities": "GET /v1/timelines/{timeline}/entities",
    "listEvents": "GET /v1/timelines/{timeline}/events",
    "listFacts": "GET /v1/timelines/{timeline}/facts",
    "listProblems": "GET /problems",
    "listTimelines": "GET /v1/timelines",
    "openTimeline": "POST /v1/timelines",
    "readBriefing": "GET /v1/timelines/{timeline}/briefing",
    "readDevelopment": "GET /v1/timelines/{timeline}/developments/{development}",
    "readDiff": "GET /v1/timelines/{timeline}/diff",
    "readEntity": "GET /v1/timelines/{timeline}/entities/{entity}",
    "readProblem": "GET /problems/{problem}",
    "readService": "GET /v1/",
    "readState": "GET /v1/timelines/{timeline}/state",
    "readTimeMap": "GET /v1/timelines/{timeline}/state/timemap",
    "readTimeline": "GET /v1/timelines/{timeline}",
    "readSeries": "GET /v1/timelines/{timeline}/series",
    "readVocabulary": "GET /v1/vocabulary",
    "recordDevelopment": "POST /v1/timelines/{timeline}/developments",
    "replay": "GET /v1/timelines/{timeline}/replay",
    "search": "GET /v1/timelines/{timeline}/search",
    "retractDevelopment": "POST /v1/timelines/{timeline}/developments/{development}/retraction",
}
"""Clients are generated from these names: adding one is free, changing one breaks them."""

DOCUMENT: Any = create_app(Settings()).openapi()


def operations(document: Any = DOCUMENT):
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield f"{method.upper()} {path}", operation


def resolver(schema: Any) -> Any:
    return OAS31Validator({**schema, "components": DOCUMENT["components"]})


def test_the_document_is_valid():
    validate(DOCUMENT)


def test_operation_ids_are_stable():
    assert {operation["operationId"]: name for name, operation in operations()} == OPERATIONS


def test_every_route_is_in_it():
    app = create_app(Settings())
    routes = {
        f"{method} {route.path_format}"
        for route in app.routes
        if isinstance(route, Route) and getattr(route, "include_in_schema", False)
        for method in route.methods or ()
        if method != "HEAD"
    }
    assert routes == set(OPERATIONS.values())


@pytest.mark.parametrize(("name", "operation"), list(operations()), ids=lambda value: str(value)[:60])
class TestEveryOperation:
    def test_is_told_in_words(self, name, operation):
        assert operation["summary"]
        assert operation["description"]
        known = {tag["name"] for tag in DOCUMENT["tags"]}
        assert set(operation["tags"]) <= known
        for parameter in operation.get("parameters", ()):
            assert parameter.get("description"), parameter["name"]

    def test_has_an_example_that_fits_its_schema(self, name, operation):
        success = operation["responses"].get("200") or operation["responses"]["201"]
        for media_type, content in success["content"].items():
            if content["schema"].get("format") == "binary":
                continue
            assert content["example"], media_type
            assert list(resolver(content["schema"]).iter_errors(content["example"])) == []
        if "requestBody" in operation:
            content = operation["requestBody"]["content"]["application/json"]
            assert list(resolver(content["schema"]).iter_errors(content["example"])) == []

    def test_lists_its_problems_with_their_pages(self, name, operation):
        failures = {status: item for status, item in operation["responses"].items() if int(status) >= 400}
        assert {"400", "413", "422", "500"} <= set(failures)
        for status, item in failures.items():
            content = item["content"][MEDIA_TYPE]
            assert content["schema"] == {"$ref": "#/components/schemas/Problem"}
            for slug, example in content["examples"].items():
                assert PROBLEMS[slug].status == int(status)
                assert list(resolver(content["schema"]).iter_errors(example["value"])) == []

    def test_asks_for_the_token_if_it_writes(self, name, operation):
        assert ("security" in operation) is (name.startswith("POST") and name != "POST /v1/check")


def test_every_problem_of_the_service_belongs_to_some_operation():
    listed = {
        slug
        for _, operation in operations()
        for item in operation["responses"].values()
        for slug in item.get("content", {}).get(MEDIA_TYPE, {}).get("examples", ())
    }
    # No operation answers with these: the base of all, that of methods there are not, that of files.
    assert set(PROBLEMS) - listed == {"error", "method-not-allowed", "dataset-error"}


def test_the_examples_are_what_the_service_answers(database_url):
    """`python -m tests.http.answers` writes them anew."""
    with client_of(database_url) as client:
        assert answers(client) == ANSWERS == json.loads(FILE.read_text(encoding="utf-8"))


def test_there_is_an_example_for_every_request():
    with_a_body = {operation["operationId"] for name, operation in operations() if name.startswith("POST")}
    assert set(REQUESTS) == with_a_body


CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "unsupported_method",
    "allow_header_conformance",
)


@pytest.fixture(scope="module")
def generating(sqlite_databases, tmp_path_factory):
    """The document, for requests to be generated from, and an app with a real history that answers them.

    They write to it: it is shared by nothing else.
    """
    schemathesis.checks.load_all_checks()
    with client_of(sqlite_databases.copy_to(tmp_path_factory.mktemp("generated") / "timeline.db")) as client:
        tell(client)
        schema = schemathesis.openapi.from_dict(DOCUMENT)
        schema.app = client.app
        yield schema


@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_whatever_is_sent_the_answer_is_one_of_those_documented(generating, operation_id, mode):
    """Generated requests, good and bad: no failure of the service, and nothing that the document does not tell."""
    wanted = schemathesis.checks.CHECKS.get_by_names(CHECKS)
    operation = generating.find_operation_by_id(operation_id)
    sent = []

    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(case=operation.as_strategy(generation_mode=mode))
    def send(case):
        sent.append(case.call_and_validate(headers=AUTHORISED, checks=wanted).status_code)

    if mode is schemathesis.GenerationMode.NEGATIVE and not operation_takes_something(operation_id):
        return
    send()
    assert sent


def operation_takes_something(operation_id: str) -> bool:
    """Whether there is anything that could be wrong in a request."""
    found = next(item for _, item in operations() if item["operationId"] == operation_id)
    return "requestBody" in found or bool(found.get("parameters"))
