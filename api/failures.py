"""Turns whatever is raised below a route into a problem."""

import json

from eventsourcing.persistence import OperationalError
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.problems import PROBLEMS, FieldError, Problem, problem_of
from api.validation import invalid_input
from timeline.errors import TimelineError


def answer_failures(app: FastAPI) -> None:
    """Have an app answer every failure with a problem."""
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(TimelineError, _domain_error)
    app.add_exception_handler(RequestValidationError, _invalid_request)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(OperationalError, _no_database)


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)  # noqa: S101 - registered for it
    return error.response(request.url.path)


async def _domain_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, TimelineError)  # noqa: S101 - registered for it
    return problem_of(error).response(request.url.path)


async def _invalid_request(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for it
    return _of_validation(error).response(request.url.path)


def _of_validation(error: RequestValidationError) -> Problem:
    errors = error.errors()
    for item in errors:
        if item["loc"][0] == "path":
            return _nothing_there(str(item["loc"][1]), str(item["input"]))
        if item["type"] == "json_invalid":
            place, why = item["loc"][1], item["ctx"]["error"]
            return Problem("malformed-request", f"The body is not JSON: {why} at character {place}.")
    return invalid_input(errors, error.body)


def _nothing_there(name: str, given: str) -> Problem:
    """What is no slug names nothing: the same answer as to a slug that nothing has."""
    slug = f"unknown-{name}" if f"unknown-{name}" in PROBLEMS else "not-found"
    shown = json.dumps(given[:80])
    remedy = PROBLEMS[slug].remedy
    message = f"There is no {name} {shown}."
    return Problem(slug, f"{message} {remedy}", errors=[FieldError(name, message, remedy)])


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it
    path = request.url.path
    match error.status_code:
        case 404:
            problem = Problem("not-found", f'There is nothing at "{path}". {PROBLEMS["not-found"].remedy}')
        case 405:
            allowed = ", ".join(methods_at(request.app, request.scope["path"]))
            problem = Problem(
                "method-not-allowed", f"This address answers to {allowed} only.", headers={"Allow": allowed}
            )
        case 413:
            problem = Problem("body-too-large", str(error.detail))
        case _:
            problem = Problem(
                "malformed-request", "The body cannot be read as JSON in UTF-8. Check it with a JSON parser."
            )
    return problem.response(path)


async def _no_database(request: Request, error: Exception) -> Response:  # noqa: ARG001 - registered for it
    problem = PROBLEMS["unavailable"]
    answer = Problem("unavailable", f"{problem.meaning} {problem.remedy}", headers={"Retry-After": "1"})
    return answer.response(request.url.path)


def methods_at(app: FastAPI, path: str) -> list[str]:
    """The methods to which a path answers, HEAD among them where GET is."""
    methods = set[str]()
    for route in app.routes:
        if isinstance(route, Route) and route.path_regex.match(path):
            methods.update(route.methods or ())
    if "GET" in methods:
        methods.add("HEAD")
    return sorted(methods)
