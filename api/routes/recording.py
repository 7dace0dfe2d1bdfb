"""Writing developments: recording, correcting, retracting, adding a source, changing the standing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import APIRouter, Header
from starlette.requests import Request
from starlette.responses import Response

from api.conditional import events_seen
from api.context import context_of
from api.corrections import correct
from api.openapi import WRITING, problems
from api.parameters import DevelopmentSlug, TimelineSlug
from api.problems import FieldError, Problem
from api.receipts import receipt
from api.schemas.record import ReceiptBody
from api.schemas.requests import Correction, NewDevelopment, NewSource, NewStanding, Retraction
from api.strict import WritingRoute
from timeline.application import Receipt, Record
from timeline.content import Content
from timeline.errors import InvalidInput, StaleVersion

router = APIRouter(tags=["developments"], route_class=WritingRoute)

IfMatch = Annotated[
    str | None,
    Header(description="The ETag of the development as you read it: if it changed since, nothing is written."),
]

_CHANGING = (
    *WRITING,
    "unknown-timeline",
    "unknown-development",
    "future-known",
    "conflict",
    "stale-version",
    "precondition-failed",
)
_NAMING = ("undescribed-entity", "unknown-attribute")
_REREAD = "Read it again, decide anew, and send the new ETag."


@router.post(
    "/v1/timelines/{timeline}/developments",
    operation_id="recordDevelopment",
    summary="Record a development",
    status_code=201,
    response_model=ReceiptBody,
    responses={
        **problems(*WRITING, "unknown-timeline", "future-known", "already-exists", *_NAMING),
    },
)
def record_development(request: Request, timeline: TimelineSlug, body: NewDevelopment) -> Response:
    """Record a development as it was first publicly known, under a slug that is free."""
    context = context_of(request)
    with _fields_of("content"):
        done = context.service.record.record(timeline, body.slug, known=body.known, content=body.content)
    return receipt(done, context.links.development(timeline, body.slug))


@router.post(
    "/v1/timelines/{timeline}/developments/{development}/corrections",
    operation_id="correctDevelopment",
    summary="Correct a development",
    status_code=201,
    response_model=ReceiptBody,
    responses={
        **problems(*_CHANGING, *_NAMING),
    },
)
def correct_development(
    request: Request,
    timeline: TimelineSlug,
    development: DevelopmentSlug,
    body: Correction,
    if_match: IfMatch = None,
) -> Response:
    """Correct a development: for new information, for a finer date, for a slip of ours, or for a withdrawn source."""

    def carry_out(record: Record, expected: int | None) -> Receipt:
        with _fields_of("changes" if body.changes is not None else "content"):
            return correct(record, timeline, development, body, expected=expected)

    return _changed(request, timeline, development, body.expected, if_match, carry_out)


@router.post(
    "/v1/timelines/{timeline}/developments/{development}/retraction",
    operation_id="retractDevelopment",
    summary="Take a development back",
    status_code=201,
    response_model=ReceiptBody,
    responses={
        **problems(*_CHANGING),
    },
)
def retract_development(
    request: Request,
    timeline: TimelineSlug,
    development: DevelopmentSlug,
    body: Retraction,
    if_match: IfMatch = None,
) -> Response:
    """Take a development back: from `known` on, or, if it was our own mistake, at every `known`."""

    def carry_out(record: Record, expected: int | None) -> Receipt:
        return record.retract(
            timeline, development, reason=body.reason, known=body.known, note=body.note, expected=expected
        )

    return _changed(request, timeline, development, body.expected, if_match, carry_out)


@router.post(
    "/v1/timelines/{timeline}/developments/{development}/sources",
    operation_id="addSource",
    summary="Add a source",
    status_code=201,
    response_model=ReceiptBody,
    responses={
        **problems(*_CHANGING, "already-exists"),
    },
)
def add_source(
    request: Request,
    timeline: TimelineSlug,
    development: DevelopmentSlug,
    body: NewSource,
    if_match: IfMatch = None,
) -> Response:
    """Add a document that says so too."""

    def carry_out(record: Record, expected: int | None) -> Receipt:
        return record.add_source(timeline, development, source=body.source, known=body.known, expected=expected)

    return _changed(request, timeline, development, body.expected, if_match, carry_out)


@router.post(
    "/v1/timelines/{timeline}/developments/{development}/standing",
    operation_id="changeStanding",
    summary="Change how well a development stands",
    status_code=201,
    response_model=ReceiptBody,
    responses={
        **problems(*_CHANGING),
    },
)
def change_standing(
    request: Request,
    timeline: TimelineSlug,
    development: DevelopmentSlug,
    body: NewStanding,
    if_match: IfMatch = None,
) -> Response:
    """Say how well a development stands from `known` on."""

    def carry_out(record: Record, expected: int | None) -> Receipt:
        return record.change_standing(
            timeline, development, standing=body.standing, known=body.known, note=body.note, expected=expected
        )

    return _changed(request, timeline, development, body.expected, if_match, carry_out)


def _changed(
    request: Request,
    timeline: str,
    development: str,
    expected: int | None,
    if_match: str | None,
    carry_out: Callable[[Record, int | None], Receipt],
) -> Response:
    """Carry out a change, unless the development is not what the caller has seen."""
    context = context_of(request)
    record = context.service.record
    if if_match is not None:
        now = record.development(timeline, development).version
        seen = events_seen(if_match, timeline, development)
        if seen is not None and now not in seen:
            raise _precondition_failed()
        if expected is None and seen is not None:
            expected = now
    try:
        done = carry_out(record, expected)
    except StaleVersion:
        if if_match is not None:
            raise _precondition_failed() from None
        raise
    return receipt(done, context.links.development(timeline, development))


def _precondition_failed() -> Problem:
    message = "The development has changed since the answer with that ETag."
    return Problem("precondition-failed", f"{message} {_REREAD}", errors=[FieldError("If-Match", message, _REREAD)])


@contextmanager
def _fields_of(part: str) -> Iterator[None]:
    """Name the fields of a content as the body has them: the domain knows no `content` or `changes` around it."""
    try:
        yield
    except InvalidInput as error:
        field = error.field or ""
        if field.partition(".")[0] in Content.model_fields:
            error.field = f"{part}.{field}"
        elif field == "content" or field.startswith("content."):
            error.field = part + field.removeprefix("content")
        raise
