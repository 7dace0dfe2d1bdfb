"""History, run forward."""

from dataclasses import replace
from typing import Annotated, Any, Final

from fastapi import APIRouter, Header, Query
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from api import replaying
from api.answers import answer
from api.basis_headers import basis_headers
from api.conditional import cache_control, entity_tag
from api.context import Context, context_of
from api.following import EVENT_STREAM
from api.links import given
from api.negotiation import form_wanted
from api.openapi import NOT_MODIFIED, READING, problems
from api.pages import invalid_cursor
from api.parameters import (
    LONGEST_PAGE,
    AtParameter,
    CursorParameter,
    KnownParameter,
    RevisionParameter,
    StandingParameter,
    TimelineSlug,
)
from api.routes.events import NDJSON
from api.schemas.replay import ReplayPage
from api.strict import StrictRoute
from projections.archive import Snapshot
from projections.replay import Bounds, MovingClock, Replaying
from timeline.dates import parse_moment
from timeline.errors import InvalidInput

_FORMS: Final = {"json": "application/json", "lines": NDJSON, "stream": EVENT_STREAM}
_USUAL: Final = 50

router = APIRouter(tags=["events"], route_class=StrictRoute)


@router.get(
    "/v1/timelines/{timeline}/replay",
    operation_id="replay",
    summary="History, step by step",
    response_model=ReplayPage,
    responses={
        200: {
            "description": "Steps in the order of the clock that moves",
            "content": {
                "application/json": {},
                NDJSON: {"schema": {"type": "string"}},
                EVENT_STREAM: {"schema": {"type": "string"}},
            },
        },
        204: {"description": "The stream that `Last-Event-ID` goes on with is at its end."},
        **NOT_MODIFIED,
        **problems(*READING, "unknown-timeline", "unknown-revision", "invalid-input", "future-known", "invalid-cursor"),
    },
)
def read_replay(  # noqa: PLR0913, PLR0917 - FastAPI takes parameters one by one
    request: Request,
    timeline: TimelineSlug,
    clock: Annotated[
        MovingClock,
        Query(
            description="What moves: `known` (as the world learned), `at` (as things happened, as far as is known) or "
            "`recorded` (as this log was written, event by event)."
        ),
    ] = MovingClock.KNOWN,
    start: Annotated[
        str | None,
        Query(
            alias="from",
            max_length=60,
            description="Begin with the state there: a date, for `recorded` a position of the log, or the `token` of a "
            "step. Left out: with nothing.",
            examples=["2024-01-01"],
        ),
    ] = None,
    to: Annotated[
        str | None,
        Query(
            max_length=60,
            description="The last moment that counts, written as `from`. Left out: now, for `recorded` the newest.",
            examples=["2024-12"],
        ),
    ] = None,
    at: AtParameter = None,
    known: KnownParameter = None,
    revision: RevisionParameter = None,
    standing: StandingParameter = None,
    with_state: Annotated[  # noqa: FBT002 - FastAPI takes parameters as they come
        bool, Query(alias="state", description="Whether to give the state after each step.")
    ] = False,
    limit: Annotated[
        int | None,
        Query(
            ge=1,
            le=LONGEST_PAGE,
            description=f"How many steps at most, 1 to {LONGEST_PAGE}. Left out: 50, as lines all.",
        ),
    ] = None,
    cursor: CursorParameter = None,
    last_event_id: Annotated[
        str | None,
        Header(description="Of a stream that broke off: the `id` of the last event it gave; it goes on after that."),
    ] = None,
) -> Response:
    """Every step between two moments of one clock, the others standing still: the events behind it, and what they
    changed, each fact before and after with its cause.

    Applied one after the other, the changes lead from the state at `from` to the state at `to`. A page of JSON has 50
    steps unless `limit` says otherwise. `Accept: application/x-ndjson` gives all of them, one to a line, and
    `Accept: text/event-stream` as server-sent events named `step`, with their `token` as `id`; the last is named `end`.
    """  # noqa: D205 - the first sentence takes two lines
    context = context_of(request)
    wanted = form_wanted(request, None, _FORMS)
    filters: list[tuple[str, object]] = [
        ("clock", clock.value),
        ("from", start),
        ("standing", standing),
        ("state", "true" if with_state else None),
    ]
    clocks: list[tuple[str, object]] = [("to", to), ("at", at), ("known", known), ("revision", revision)]
    question: dict[str, object] = {"list": "replay", "timeline": timeline, **dict(filters)}
    asked = Replaying(clock=clock, start=start, end=to, at=at, known=known, revision=revision, standing=standing)
    with context.service.archive.snapshot() as snapshot:
        if cursor is None:
            bounds = asked.bounds(snapshot)
        elif any(value is not None for _, value in clocks):
            raise invalid_cursor('The cursor says up to where, and so does "to" or a clock.')
        else:
            bounds = replaying.bounds_of(snapshot, clock, cursor, question)
        snapshot.timeline(timeline, bounds.end.revision)
        own = [*filters, *clocks, ("limit", limit), ("cursor", cursor)]
        address = context.links.replay(timeline, given(*own))
        headers = {**basis_headers(bounds.end), "Vary": "Accept"}
        if wanted != "json":
            return _streamed(
                context, timeline, wanted, _resumed(bounds, last_event_id), headers, with_state=with_state, limit=limit
            )
        following = given(*filters, limit=limit)

        def make() -> dict[str, Any]:
            found = replaying.page(snapshot, timeline, bounds, limit=limit or _USUAL, with_state=with_state)
            after = found.following
            next_ = None if after is None else replaying.cursor_after(bounds, after, question)
            link = None if next_ is None else context.links.replay(timeline, [*following, ("cursor", next_)])
            return {
                "items": found.steps,
                "next": next_,
                "clock": clock.value,
                "basis": bounds.end.as_json(),
                "links": {"self": address, "next": link},
            }

        return answer(
            request,
            make,
            etag=entity_tag("replay", address, bounds, context.vocabulary_tag),
            pinned=cursor is not None or _is_pinned(asked, snapshot, bounds),
            headers=headers,
        )


def _streamed(
    context: Context,
    timeline: str,
    wanted: str,
    bounds: Bounds,
    headers: dict[str, str],
    *,
    with_state: bool,
    limit: int | None,
) -> Response:
    if wanted == "lines":
        return StreamingResponse(
            replaying.lines(context, timeline, bounds, with_state=with_state, limit=limit),
            media_type=NDJSON,
            headers={**headers, "Cache-Control": cache_control(pinned=False)},
        )
    if limit is not None:
        raise InvalidInput("a stream goes on to the end.", field="limit", remedy='Leave it out; say where with "to".')
    if bounds.after is not None and bounds.after >= bounds.last:
        return Response(status_code=204, headers=headers)  # tells an EventSource not to come back
    return StreamingResponse(
        replaying.stream(context, timeline, bounds, with_state=with_state),
        media_type=EVENT_STREAM,
        headers={**headers, "Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


def _resumed(bounds: Bounds, last_event_id: str | None) -> Bounds:
    """The replay that goes on after the last step that was seen."""
    if not last_event_id:
        return bounds
    try:
        if bounds.clock is MovingClock.RECORDED:
            after = int(last_event_id) if last_event_id.isascii() and last_event_id.isdigit() else None
        else:
            after = parse_moment(last_event_id)
    except ValueError:
        after = None
    if after is None:
        raise InvalidInput(
            f'no step has the id "{last_event_id[:40]}".',
            field="Last-Event-ID",
            remedy="Send back the id of an event as it came: the token of its step.",
        )
    return replace(bounds, after=min(max(after, bounds.after or after), bounds.last))


def _is_pinned(asked: Replaying, snapshot: Snapshot, bounds: Bounds) -> bool:
    """Whether the question names every clock, and no day that is not over: then the answer is one for good."""
    named = {"at": asked.at, "known": asked.known, "revision": asked.revision}
    named[bounds.clock.parameter] = asked.end
    known = named["known"]
    return (
        None not in named.values() and isinstance(known, str) and parse_moment(known) == bounds.end.known < snapshot.now
    )
