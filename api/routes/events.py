"""The log of a timeline."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Header, Query
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from api.answers import json_bytes
from api.basis_headers import log_headers
from api.conditional import cache_control, entity_tag, not_modified
from api.context import Context, context_of
from api.following import EVENT_STREAM, follow
from api.lists import log_basis
from api.openapi import NOT_MODIFIED, READING, problems
from api.pages import Cursor, invalid_cursor
from api.parameters import CursorParameter, RevisionParameter, TimelineSlug
from api.schemas.record import EventPage
from api.strict import StrictRoute
from projections.log import events_after
from timeline.errors import InvalidInput

NDJSON: Final = "application/x-ndjson"
_LONGEST: Final = 1000
_LAST: Final = 2**62

router = APIRouter(tags=["events"], route_class=StrictRoute)


@router.get(
    "/v1/timelines/{timeline}/events",
    operation_id="listEvents",
    summary="The log, event by event",
    response_model=EventPage,
    responses={
        200: {
            "description": "Events in the order in which they were recorded",
            "content": {
                "application/json": {},
                NDJSON: {"schema": {"type": "string"}},
                EVENT_STREAM: {"schema": {"type": "string"}},
            },
        },
        **NOT_MODIFIED,
        **problems(*READING, "unknown-timeline", "unknown-revision", "invalid-input", "invalid-cursor"),
    },
)
def list_events(
    request: Request,
    timeline: TimelineSlug,
    after: Annotated[
        int | None,
        Query(ge=0, le=_LAST, description="Only events at later positions of the log than this; not with a cursor."),
    ] = None,
    revision: RevisionParameter = None,
    limit: Annotated[int, Query(ge=1, le=_LONGEST, description=f"How many events at most, 1 to {_LONGEST}.")] = 100,
    cursor: CursorParameter = None,
    last_event_id: Annotated[
        str | None,
        Header(description="Of a stream that broke off: the `id` of the last event it gave; it goes on after that."),
    ] = None,
) -> Response:
    """Every event of the timeline up to the revision, as JSON, or one to a line with `Accept: application/x-ndjson`.

    Follow `next` (or the header Link) until there is none. With `Accept: text/event-stream` the answer does not end:
    it goes on with every event as it is recorded, as server-sent events whose `id` is the position in the log.
    """
    context = context_of(request)
    accepted = request.headers.get("accept", "").lower()
    if EVENT_STREAM in accepted:
        return _stream(context, timeline, after, last_event_id, bounds=(revision, cursor))
    if cursor is not None and after is not None:
        raise invalid_cursor('The cursor says where to go on, and so does "after".')
    question = {"list": "events", "timeline": timeline}
    path = f"/v1/timelines/{timeline}/events"
    with context.service.archive.snapshot() as snapshot:
        basis = log_basis(snapshot, question, cursor, revision, int)
        asked = [("limit", str(limit))] if limit != 100 else []
        begins = [
            (name, str(value))
            for name, value in (("after", after), ("revision", None if cursor else revision), ("cursor", cursor))
            if value is not None
        ]
        address = context.links.to(path, [*asked, *begins])
        is_ndjson = NDJSON in accepted
        headers = {
            **log_headers(basis.revision),
            "Vary": "Accept",
            "Cache-Control": cache_control(pinned=basis.is_pinned),
        }
        etag = entity_tag("events", address, basis.revision, is_ndjson)
        known_already = not_modified(request, etag, headers)
        if known_already is not None:
            return known_already
        found, last = events_after(
            snapshot,
            timeline,
            after=int(basis.place[0]) if basis.place else after or 0,
            revision=basis.revision,
            limit=limit,
        )
    text = None if last is None else Cursor((last,), basis.revision).text(question)
    following = None if text is None else context.links.to(path, [*asked, ("cursor", text)])
    if following is not None:
        headers["Link"] = f'<{following}>; rel="next"'
    items = [event.as_json() for event in found]
    if is_ndjson:
        lines = b"".join(json_bytes(item) + b"\n" for item in items)
        return Response(lines, headers={**headers, "ETag": etag}, media_type=NDJSON)
    body: dict[str, Any] = {
        "items": items,
        "next": text,
        "basis": basis.as_json(),
        "links": {"self": address, "next": following},
    }
    return Response(json_bytes(body), headers={**headers, "ETag": etag}, media_type="application/json")


def _stream(
    context: Context, timeline: str, after: int | None, last_event_id: str | None, *, bounds: tuple[object, object]
) -> Response:
    if any(bound is not None for bound in bounds):
        field = "revision" if bounds[0] is not None else "cursor"
        raise InvalidInput(
            "a stream goes on as long as the log does.", field=field, remedy='Leave it out; begin with "after".'
        )
    if last_event_id is not None and not (last_event_id.isascii() and last_event_id.isdigit()):
        raise InvalidInput(
            f'no event of a stream has the id "{last_event_id[:40]}".',
            field="Last-Event-ID",
            remedy="Send back the id of an event as it came: its position in the log.",
        )
    with context.service.archive.snapshot() as snapshot:
        snapshot.timeline(timeline, snapshot.head)
    begin = min(int(last_event_id), _LAST) if last_event_id else after or 0
    return StreamingResponse(
        follow(context, timeline, begin),
        media_type=EVENT_STREAM,
        headers={"Cache-Control": "no-store", "Vary": "Accept", "X-Accel-Buffering": "no"},
    )
