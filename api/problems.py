"""Problems: every way in which a request can fail, as RFC 9457 tells it.

Each type has a slug that never changes, a status, and a page of its own under `/problems/{slug}`. The errors of the
domain bring their slugs with them; the others belong to HTTP.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from starlette.responses import Response

from timeline import errors
from timeline.errors import TimelineError

MEDIA_TYPE: Final = "application/problem+json"


@dataclass(frozen=True, slots=True)
class ProblemType:
    """A way to fail: what it means, and what to do about it."""

    slug: str
    title: str
    status: int
    meaning: str
    remedy: str

    @property
    def uri(self) -> str:
        """The `type` of the problem: a reference to its page, relative to the root of the service."""
        return f"/problems/{self.slug}"


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field (a path such as ``content.detail.money.currency``), and what to do."""

    field: str
    message: str
    remedy: str

    def as_json(self) -> dict[str, str]:
        """The error as problems carry it."""
        return {"field": self.field, "message": self.message, "remedy": self.remedy}


class Problem(Exception):
    """A request fails: raised anywhere below a route, answered as `application/problem+json`."""

    def __init__(
        self,
        slug: str,
        detail: str,
        *,
        errors: Sequence[FieldError] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.type = PROBLEMS[slug]
        self.detail = detail
        self.errors = tuple(errors)
        self.headers = dict(headers or {})

    def response(self, instance: str) -> Response:
        """The answer to the request for `instance`, the path that was asked."""
        body: dict[str, Any] = {
            "type": self.type.uri,
            "title": self.type.title,
            "status": self.type.status,
            "detail": self.detail,
            "instance": instance,
        }
        if self.errors:
            body["errors"] = [error.as_json() for error in self.errors]
        return Response(
            # A path may hold what is no text; escaped, it is JSON nonetheless.
            json.dumps(body).encode(),
            self.type.status,
            headers={"Cache-Control": "no-store", **self.headers},
            media_type=MEDIA_TYPE,
        )


def problem_of(error: TimelineError) -> Problem:
    """An error of the domain as a problem."""
    remedy = error.remedy or PROBLEMS[error.problem].remedy
    fields = [FieldError(error.field, error.message, remedy)] if error.field else []
    return Problem(error.problem, f"{error.message} {remedy}", errors=fields)


def _domain(root: type[TimelineError]) -> Iterator[type[TimelineError]]:
    yield root
    for child in root.__subclasses__():
        if child.__module__ == errors.__name__:  # what the command line or an operation adds is no problem of HTTP
            yield from _domain(child)


_STATUSES: Final[dict[type[TimelineError], int]] = {
    errors.InvalidInput: 422,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.NotInstalled: 501,
    errors.TimelineError: 500,
}

_REMEDIES: Final = {
    "error": "Try again; if it stays, tell whoever runs the service.",
    "invalid-input": "Mend the fields listed in `errors`, each as its `remedy` says.",
    "unknown-attribute": "Choose an attribute of the vocabulary, at /v1/vocabulary.",
    "undescribed-entity": "Describe the entity first, or mend its slug.",
    "future-known": "Give now or an earlier date; leave `known` out to ask what is known now.",
    "not-found": "Follow the links of the service document at /v1/.",
    "unknown-timeline": "Take a slug from /v1/timelines. At an early `revision` it may not have been kept yet.",
    "unknown-development": (
        "Take a slug from the list of developments. At an early `revision` it may not be recorded yet."
    ),
    "unknown-entity": "Take a slug from the list of entities. At an early `revision` it may not be described yet.",
    "unknown-revision": "Leave `revision` out for the newest.",
    "conflict": "Read what is recorded and decide anew.",
    "already-exists": "Choose another slug, or change what exists.",
    "stale-version": "Read it again and decide anew.",
    "dataset-error": "Mend the file that the message names.",
    "not-installed": "Ask for something else, or have the extra installed that the message names.",
}


def _of_domain(error: type[TimelineError]) -> ProblemType:
    status = next(_STATUSES[cls] for cls in error.__mro__ if cls in _STATUSES)
    meaning = (error.__doc__ or "").replace("`", "").strip().splitlines()[0]
    return ProblemType(error.problem, error.title, status, meaning, _REMEDIES[error.problem])


_OF_HTTP: Final = (
    ProblemType(
        "malformed-request",
        "The request cannot be read",
        400,
        "The body is not JSON in UTF-8, or the address holds bytes that are not UTF-8.",
        "Send UTF-8, percent-encoded in the address; check the body with a JSON parser.",
    ),
    ProblemType(
        "invalid-accept-datetime",
        "Accept-Datetime is not a date of HTTP",
        400,
        "The header Accept-Datetime (RFC 7089) is not written as RFC 1123 asks.",
        "Write it like this: Sun, 19 Nov 2023 12:00:00 GMT.",
    ),
    ProblemType(
        "unauthorized",
        "Writing asks for a token",
        401,
        "The request would write, and carries no token or not the right one.",
        "Send the header Authorization: Bearer and the token that the service was started with.",
    ),
    ProblemType(
        "writing-disabled",
        "Writing over HTTP is switched off",
        403,
        "The service was started without a token for writing, so nobody can write over HTTP.",
        "Start the service with TIMELINE_WRITE_TOKEN set, and send that token.",
    ),
    ProblemType(
        "method-not-allowed",
        "The method is not allowed here",
        405,
        "The address exists, but does not answer to this method.",
        "Use one of the methods in the header Allow.",
    ),
    ProblemType(
        "precondition-failed",
        "It is not what If-Match says",
        412,
        "The development has changed since the answer whose ETag is given in If-Match.",
        "Read it again, decide anew, and send the new ETag.",
    ),
    ProblemType(
        "body-too-large",
        "The body is too large",
        413,
        "The body is longer than the service reads.",
        "Send less at once; the limit is the setting TIMELINE_MAX_BODY_BYTES.",
    ),
    ProblemType(
        "unsupported-media-type",
        "The body is not declared as JSON",
        415,
        "The header Content-Type does not say that the body is JSON.",
        "Send Content-Type: application/json.",
    ),
    ProblemType(
        "unknown-parameter",
        "The parameter does not exist",
        422,
        "The address has a query parameter that this operation does not know.",
        "Mend its name, or leave it out.",
    ),
    ProblemType(
        "repeated-parameter",
        "The parameter is given more than once",
        422,
        "A query parameter that has one value is given several times.",
        "Give it once.",
    ),
    ProblemType(
        "invalid-cursor",
        "The cursor does not fit",
        422,
        "The cursor was changed, cut off, or made for another question.",
        "Follow `links.next` of an answer as it is, or begin again without a cursor.",
    ),
    ProblemType(
        "internal-error",
        "The service failed",
        500,
        "Something went wrong that is not the fault of the request.",
        "Try again; if it stays, tell whoever runs the service when it happened.",
    ),
    ProblemType(
        "unavailable",
        "The database cannot be reached",
        503,
        "The service runs, but its database does not answer in time.",
        "Try again after the seconds in the header Retry-After.",
    ),
)

PROBLEMS: Final[Mapping[str, ProblemType]] = {
    problem.slug: problem for problem in (*map(_of_domain, _domain(TimelineError)), *_OF_HTTP)
}
"""All types of problem, by slug."""
