"""The OpenAPI document: what FastAPI knows of the routes, and the problems that each of them can answer with."""

from collections.abc import Mapping
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.examples import ANSWERS, PROBLEM, REQUESTS
from api.problems import MEDIA_TYPE, PROBLEMS
from api.schemas.parts import ProblemBody

TITLE: Final = "Timeline"
VERSION: Final = "1"
DESCRIPTION: Final = (
    "The state of a relationship on a date (`at`), as it was known on a date (`known`), as of a revision of the log "
    "(`revision`), with the evidence for every field. The three clocks are the *basis* of an answer: it leaves in the "
    "body, in the ETag and in the headers `Timeline-At`, `Timeline-Known` and `Timeline-Revision`, and the same basis "
    "gives the same answer for good. Every GET answers HEAD as well."
)

TAGS: Final = (
    {"name": "state", "description": "What held on a date, as it was known on a date."},
    {"name": "timelines", "description": "The histories that are kept."},
    {"name": "developments", "description": "What happened or was reported, with everything recorded about it."},
    {"name": "entities", "description": "Who and what a history is about."},
    {"name": "facts", "description": "Every value that an attribute had, and how it stopped."},
    {"name": "search", "description": "What of the record a query is about."},
    {"name": "check", "description": "Is it right, was it ever right, and who said so."},
    {"name": "events", "description": "The log."},
    {"name": "export", "description": "The record, taken home."},
    {"name": "service", "description": "The service itself: where to begin, its vocabulary, its problems."},
)

READING: Final = (
    "malformed-request",
    "body-too-large",
    "unknown-parameter",
    "repeated-parameter",
    "internal-error",
    "unavailable",
)
"""What can happen to every request that reads."""

WRITING: Final = (
    *READING,
    "unauthorized",
    "writing-disabled",
    "unsupported-media-type",
    "invalid-input",
)
"""What can happen to every request that writes."""

ASKING: Final = (*READING, "unsupported-media-type", "invalid-input")
"""What can happen to every request that reads, and asks with a body."""

_SCHEMA: Final = {"$ref": "#/components/schemas/Problem"}

Responses = dict[int | str, dict[str, Any]]


def problems(*slugs: str) -> Responses:
    """The `responses` of an operation that can fail in these ways, by status."""
    by_status: dict[int, list[str]] = {}
    for slug in dict.fromkeys(slugs):
        by_status.setdefault(PROBLEMS[slug].status, []).append(slug)
    return {status: _failure(by_status[status]) for status in sorted(by_status)}


NOT_MODIFIED: Final[Responses] = {
    304: {"description": "The ETag in If-None-Match is that of the answer: there is no body."}
}


def document(app: FastAPI) -> Mapping[str, Any]:
    """The OpenAPI document of an app, with the shape of problems and the token for writing."""
    described = get_openapi(
        title=app.title,
        version=app.version,
        openapi_version=app.openapi_version,
        description=app.description,
        routes=app.routes,
        tags=app.openapi_tags,
    )
    components = described.setdefault("components", {})
    schema = ProblemBody.model_json_schema(ref_template="#/components/schemas/{model}")
    components.setdefault("schemas", {}).update(schema.pop("$defs"))
    components["schemas"]["Problem"] = schema
    components["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "The setting TIMELINE_WRITE_TOKEN."}
    }
    for path in described["paths"].values():
        for method, operation in path.items():
            if method == "post" and "401" in operation["responses"]:
                operation["security"] = [{"token": []}]
            _show_examples(operation)
    return described


def _show_examples(operation: dict[str, Any]) -> None:
    """Put in the examples. FastAPI, given them, would leave out what is null in them."""
    name = operation["operationId"]
    responses = operation["responses"]
    for media_type, content in (responses.get("200") or responses["201"])["content"].items():
        if content["schema"].get("format") == "binary":
            continue  # nobody could read it
        content["example"] = ANSWERS.get(name if media_type == "application/json" else f"{name} {media_type}")
    if "requestBody" in operation:
        operation["requestBody"]["content"]["application/json"]["example"] = REQUESTS[name]


def _failure(slugs: list[str]) -> dict[str, Any]:
    examples = {
        slug: {
            "summary": PROBLEMS[slug].title,
            "value": {
                **PROBLEM,
                "type": PROBLEMS[slug].uri,
                "title": PROBLEMS[slug].title,
                "status": PROBLEMS[slug].status,
                "detail": f"{PROBLEMS[slug].meaning} {PROBLEMS[slug].remedy}",
            },
        }
        for slug in slugs
    }
    return {
        "description": ", ".join(f"`{slug}`" for slug in slugs),
        "content": {MEDIA_TYPE: {"schema": _SCHEMA, "examples": examples}},
    }
