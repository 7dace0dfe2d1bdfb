"""The state of a relationship on a date, as it was known on a date."""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any, Final

from fastapi import APIRouter, Header, Query
from starlette.requests import Request
from starlette.responses import Response

from api.answers import answer, json_bytes
from api.basis_headers import basis_headers, log_headers
from api.conditional import entity_tag, matches, unchanged
from api.context import Context, context_of
from api.links import given
from api.memento import LINK_FORMAT, accepted_moment, http_date, relations, timemap
from api.memory import Kept
from api.openapi import NOT_MODIFIED, READING, problems
from api.pages import Cursor, read_cursor, require_same_basis
from api.parameters import (
    AtParameter,
    CursorParameter,
    KnownParameter,
    RevisionParameter,
    StandingParameter,
    TimelineSlug,
)
from api.schemas.state import StateBody
from api.strict import LeanRoute, StrictRoute
from projections.archive import Snapshot
from projections.developments import moments_of_knowledge
from projections.neighbours import Neighbours
from timeline.basis import Basis, Revision
from timeline.dates import MIN_INSTANT, format_instant, format_moment, parse_moment

_LONGEST_TIMEMAP: Final = 10_000
_PAGE: Final = 1000
_VARY: Final = "Accept-Datetime"

Asked = list[tuple[str, str]]


class RememberedRoute(LeanRoute):
    """A route that hands out kept answers without a thread or a transaction, as long as they are certainly good."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The lean handler, behind the memory."""
        handle = super().get_route_handler()

        async def recalled(request: Request) -> Response:
            context = context_of(request)
            kept = context.memory.recall(_address(request))
            if kept is None or not (kept.is_pinned or (kept.pulse is not None and kept.pulse == context.pulse.now())):
                return await handle(request)
            condition = request.headers.get("if-none-match")
            if condition is not None and matches(condition, kept.answer.headers["etag"]):
                return unchanged(kept.answer)
            return kept.answer

        return recalled


def _address(request: Request) -> tuple[str, bytes, str | None]:
    """What an answer is kept under: all of a request that it depends on, besides the clocks."""
    return (
        request.scope["path"],
        request.scope["query_string"],
        request.headers.get("accept-datetime"),
    )


router = APIRouter(tags=["state"], route_class=StrictRoute)
remembered = APIRouter(tags=["state"], route_class=RememberedRoute)


@remembered.get(
    "/v1/timelines/{timeline}/state",
    operation_id="readState",
    summary="The state at a basis",
    response_model=StateBody,
    responses={
        **NOT_MODIFIED,
        **problems(
            *READING,
            "invalid-accept-datetime",
            "unknown-timeline",
            "unknown-revision",
            "invalid-input",
            "future-known",
        ),
    },
)
def read_state(
    request: Request,
    timeline: TimelineSlug,
    at: AtParameter = None,
    known: KnownParameter = None,
    revision: RevisionParameter = None,
    standing: StandingParameter = None,
    accept_datetime: Annotated[
        str | None,
        Header(
            description="Memento: a knowledge date as HTTP writes dates. Used where `known` is left out; a date in the "
            "future asks for now."
        ),
    ] = None,
) -> Response:
    """Every fact that holds at `at`, as it was known at `known`, by section, with its evidence and its rivals."""
    context = context_of(request)
    asked = given(at=at, revision=revision, standing=standing)
    own = context.links.state(timeline, given(at=at, known=known, revision=revision, standing=standing))
    negotiated = accepted_moment(request) if accept_datetime is not None and known is None else None
    pulse = context.pulse.now()  # before the snapshot: what is written in between makes the answer look old, not new
    with context.service.archive.snapshot() as snapshot:
        meant = known if negotiated is None else format_instant(min(negotiated, snapshot.now))
        basis = snapshot.basis(at, meant, revision, standing)
        # A day that is not over yet is known only so far: its end does not settle what is known.
        is_settled = at is not None and meant is not None and parse_moment(meant) == basis.known < snapshot.now
        kept = context.memory.recall(_address(request))

        def make() -> bytes:
            if kept is not None and kept.basis == basis:
                return bytes(kept.answer.body)
            return _state(context, snapshot, timeline, basis, own, known=meant, asked=asked)

        is_pinned = is_settled and known is not None and revision is not None
        made = answer(
            request,
            make,
            etag=entity_tag("state", own, basis, context.vocabulary_tag),
            pinned=is_pinned,
            headers=_headers(context, timeline, basis, asked, is_memento=meant is not None),
        )
    if is_settled and made.status_code == 200:
        context.memory.keep(_address(request), Kept(made, basis, is_pinned, pulse))
    return made


def _headers(context: Context, timeline: str, basis: Basis, asked: Asked, *, is_memento: bool) -> dict[str, str]:
    headers = {
        **basis_headers(basis),
        "Content-Location": context.links.state_at(timeline, basis),
        "Link": relations(context.links, timeline, asked),
        "Vary": _VARY,
    }
    if is_memento:
        headers["Memento-Datetime"] = http_date(basis.known)
    return headers


def _state(
    context: Context,
    snapshot: Snapshot,
    timeline: str,
    basis: Basis,
    own: str,
    *,
    known: str | None,
    asked: Asked,
) -> bytes:
    state, neighbours = snapshot.state_and_neighbours(timeline, basis)
    body = state.as_json()
    body["links"] = {
        "self": own,
        "permalink": context.links.state_at(timeline, basis),
        **_steps(context, timeline, neighbours, asked, known),
    }
    return json_bytes(body)


def _steps(
    context: Context, timeline: str, neighbours: Neighbours, asked: Asked, known: str | None
) -> dict[str, str | None]:
    """The same question about the neighbouring moments at which this state differs."""
    others = [(name, value) for name, value in asked if name != "at"]

    def step(at: int | None) -> str | None:
        moment = _written(at)
        return moment and context.links.state(timeline, [("at", moment), *given(known=known), *others])

    return {"previous_change": step(neighbours.previous), "next_change": step(neighbours.next)}


def _written(at: int | None) -> str | None:
    """A moment as a query has it; None where it lies outside the years that can be asked about."""
    try:
        return None if at is None else format_moment(at)
    except ValueError:
        return None


@router.get(
    "/v1/timelines/{timeline}/state/timemap",
    operation_id="readTimeMap",
    summary="The moments at which knowledge changed",
    response_class=Response,
    responses={
        200: {
            "description": "A TimeMap (RFC 7089), oldest memento first",
            "content": {LINK_FORMAT: {"schema": {"type": "string"}}},
        },
        **NOT_MODIFIED,
        **problems(*READING, "unknown-timeline", "unknown-revision", "invalid-input", "future-known", "invalid-cursor"),
    },
)
def read_timemap(
    request: Request,
    timeline: TimelineSlug,
    at: AtParameter = None,
    revision: RevisionParameter = None,
    standing: StandingParameter = None,
    limit: Annotated[
        int, Query(ge=1, le=_LONGEST_TIMEMAP, description=f"How many mementos at most, 1 to {_LONGEST_TIMEMAP}.")
    ] = _PAGE,
    cursor: CursorParameter = None,
) -> Response:
    """Each moment at which a version of any development came into force, or stopped to be, as a memento."""
    context = context_of(request)
    question = {"list": "timemap", "timeline": timeline}
    with context.service.archive.snapshot() as snapshot:
        snapshot.basis(at, None, None, standing)
        after = MIN_INSTANT
        if cursor is None:
            at_revision = snapshot.basis(revision=revision).revision
        else:
            place = read_cursor(cursor, question, (int,))
            require_same_basis(place, known=None, revision=revision)
            at_revision = snapshot.basis(revision=place.revision).revision
            after = int(place.place[0])
        asked = given(at=at, revision=revision, standing=standing)
        size = None if limit == _PAGE else limit
        paging = given(limit=size, cursor=cursor)

        def make() -> bytes:
            moments, last = moments_of_knowledge(snapshot, timeline, revision=at_revision, after=after, limit=limit)
            following = None
            if last is not None:
                goes_on = Cursor((int(last),), at_revision).text(question)
                following = context.links.timemap(timeline, [*asked, *given(limit=size, cursor=goes_on)])
            return timemap(
                context.links,
                timeline,
                asked,
                moments,
                is_first=cursor is None,
                this=context.links.timemap(timeline, [*asked, *paging]),
                following=following,
            )

        return answer(
            request,
            make,
            etag=entity_tag("timemap", timeline, asked, paging, Revision(at_revision)),
            pinned=revision is not None or cursor is not None,
            headers=log_headers(at_revision),
            media_type=LINK_FORMAT,
        )
