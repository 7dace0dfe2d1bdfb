"""Every way to fail ends in one shape: RFC 9457, with a type that has a page and is documented."""

from __future__ import annotations

import inspect

import pytest
from eventsourcing.persistence import OperationalError
from fastapi.routing import APIRoute
from starlette.routing import Route
from starlette.testclient import TestClient

from api.app import create_app
from api.failures import methods_at
from api.problems import PROBLEMS, problem_of
from api.schemas.parts import ProblemBody
from projections.archive import Archive
from projections.service import Service
from tests.http.story import AUTHORISED, HOME, REMOVAL, client_of, head, settings_of
from timeline.application import Record
from timeline.errors import InvalidInput, TimelineError
from timeline.store import SQLFactory, create_engine


def family(root):
    """The error and those under it; errors made elsewhere from what they are about are told apart by their parent."""
    below = [child for child in root.__subclasses__() if child.__module__ == TimelineError.__module__]
    return [root, *(error for child in below for error in family(child))]


@pytest.mark.parametrize("error", family(TimelineError), ids=lambda error: error.__name__)
def test_every_error_of_the_domain_is_a_problem(error):
    problem = problem_of(error("it is wrong.", field="where", remedy="Mend it."))
    assert (problem.type.slug, problem.type.title) == (error.problem, error.title)
    assert [item.as_json() for item in problem.errors] == [
        {"field": "where", "message": "it is wrong.", "remedy": "Mend it."}
    ]
    assert problem.type.status in {404, 409, 422, 500, 501}


def test_an_error_without_a_remedy_takes_that_of_its_type():
    problem = problem_of(InvalidInput("it is wrong.", field="where"))
    assert problem.errors[0].remedy == PROBLEMS["invalid-input"].remedy


def test_every_problem_says_what_it_means_and_what_to_do():
    for problem in PROBLEMS.values():
        assert problem.title
        assert problem.meaning.endswith(".")
        assert problem.remedy.endswith(".")


FAILURES = [
    ("GET", "/nowhere", 404),
    ("PUT", HOME, 405),
    ("DELETE", REMOVAL, 405),
    ("POST", "/health", 405),
    ("OPTIONS", "/v1/timelines", 405),
    ("POST", "/v1/timelines", 401),
    ("GET", f"{HOME}/state?at=x", 422),
    ("GET", f"{HOME}/entities?q=%ff", 400),
    ("GET", "/v1/timelines/nobody", 404),
]


@pytest.mark.parametrize(("method", "address", "status"), FAILURES)
def test_a_failure_is_a_problem(on_sqlite, method, address, status):
    answer = on_sqlite.request(method, address)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    ProblemBody.model_validate(body)
    assert body["status"] == status
    assert body["instance"] == address.partition("?")[0]
    page = on_sqlite.get(body["type"])
    assert page.status_code == 200
    assert body["title"] in page.text.replace("&#x27;", "'")


def test_a_method_that_is_not_allowed_is_told_which_are(on_sqlite):
    """The framework names the methods of one route only; several may share an address."""
    assert on_sqlite.delete("/v1/timelines").headers["allow"] == "GET, HEAD, POST"
    assert on_sqlite.get(f"{REMOVAL}/corrections").headers["allow"] == "POST"
    assert on_sqlite.post(f"{HOME}/state").headers["allow"] == "GET, HEAD"


def test_allow_is_right_for_every_route(on_sqlite):
    for route in on_sqlite.app.routes:
        assert isinstance(route, Route)
        path = route.path_format.replace("{", "").replace("}", "")
        assert set(route.methods or ()) <= set(methods_at(on_sqlite.app, path))


def test_what_nobody_expected_is_a_problem_without_internals(sqlite_url, monkeypatch, capsys):
    from projections import archive

    def broken(*_):
        raise RuntimeError("a secret in the engine room")

    with client_of(sqlite_url) as client:
        monkeypatch.setattr(archive.Snapshot, "basis", broken)
        answer = client.get(f"{HOME}/state")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    ProblemBody.model_validate(answer.json())
    assert answer.json()["type"] == "/problems/internal-error"
    logged = capsys.readouterr().err
    for text in (answer.text, logged):
        assert "secret" not in text
    assert "RuntimeError" not in answer.text
    assert '"error": "RuntimeError"' in logged
    assert "broken (" in logged


class NeverDone:
    """What is kept in the transaction of the append, when the disk is full."""

    def apply(self, connection, recorded):
        raise OperationalError("the disk is full")


def test_a_failed_write_does_not_answer_that_it_succeeded(database_url):
    """A dependency that commits after the answer would: here the commit comes before the receipt."""
    settings = settings_of(database_url)
    engine = create_engine(database_url)
    record = Record(SQLFactory(engine=engine, inline=[NeverDone()]))
    service = Service(engine=engine, record=record, archive=Archive(engine))
    with TestClient(create_app(settings, service=service)) as client:
        answer = client.post("/v1/timelines", json={"slug": "x", "title": "X"}, headers=AUTHORISED)
        assert (answer.status_code, answer.json()["type"]) == (503, "/problems/unavailable")
        assert head(client) == 0
    service.close()


def dependencies(dependant):
    """All dependencies below one, at any depth."""
    return [below for own in dependant.dependencies for below in (own, *dependencies(own))]


def test_no_route_leaves_work_for_after_the_answer(on_sqlite):
    """What a dependency does after its `yield` happens too late to be told; so those of routes return."""
    found = [
        below
        for route in on_sqlite.app.routes
        if isinstance(route, APIRoute)
        for below in dependencies(route.dependant)
    ]
    assert found, "no route depends on anything"
    for dependency in found:
        assert not inspect.isgeneratorfunction(dependency.call)
        assert not inspect.isasyncgenfunction(dependency.call)
