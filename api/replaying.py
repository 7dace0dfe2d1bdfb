"""A replay as an answer that does not fit into memory: step after step, as lines or as server-sent events.

Between two pages of steps no transaction is open and no thread is held. All pages have the basis of the first one, so
they are of one piece however much is recorded meanwhile.
"""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final

from starlette.concurrency import run_in_threadpool

from api.answers import json_bytes
from api.context import Context
from api.following import sse
from api.pages import Cursor, invalid_cursor, read_cursor
from projections.archive import Snapshot
from projections.replay import Bounds, MovingClock, Step, steps
from projections.replay.asking import BEGINNING
from timeline.dates import format_instant, parse_date

_PAGE: Final = 200
_LAST: Final = parse_date("9999").latest
_RETRY_MS: Final = 3_000


@dataclass(frozen=True, slots=True)
class Page:
    """Some steps as they are written, and the moment to go on after, if more follow."""

    steps: list[dict[str, Any]]
    following: int | None


def page(snapshot: Snapshot, timeline: str, bounds: Bounds, *, limit: int, with_state: bool) -> Page:
    """At most `limit` steps of a replay."""
    found: list[Step] = list(islice(steps(snapshot, timeline, bounds, with_state=with_state), limit + 1))
    some = found[:limit]
    return Page([step.as_json() for step in some], some[-1].moment if len(found) > limit else None)


def cursor_after(bounds: Bounds, following: int, question: dict[str, object]) -> str:
    """The cursor that goes on after a moment, with the basis of the first page in it."""
    end = bounds.end
    return Cursor((following, int(end.at)), end.revision, end.known).text(question)


def bounds_of(snapshot: Snapshot, clock: MovingClock, cursor: str, question: dict[str, object]) -> Bounds:
    """Where a cursor goes on, and up to where.

    Raises:
        Problem: the cursor does not fit.
        UnknownRevision: the log has not come that far.
    """
    read = read_cursor(cursor, question, (int, int))
    after, at = (int(part) for part in read.place)
    known = read.known
    # The check sum of a cursor is no secret: its basis is checked like any other.
    if known is None or not (BEGINNING <= at <= _LAST and BEGINNING <= known <= snapshot.now):
        raise invalid_cursor("The cursor goes on at no basis that can be asked about.")
    standing = question["standing"]
    basis = snapshot.basis(
        format_instant(at), format_instant(known), read.revision, None if standing is None else str(standing)
    )
    if after > clock.of(basis):
        raise invalid_cursor("The cursor goes on after the end.")
    return Bounds(clock, after, basis)


async def lines(
    context: Context, timeline: str, bounds: Bounds, *, with_state: bool, limit: int | None
) -> AsyncIterator[bytes]:
    """The steps, one to a line of JSON; at most `limit` of them."""
    left = limit
    async for step in _all(context, timeline, bounds, with_state=with_state):
        if left == 0:
            return
        left = None if left is None else left - 1
        yield json_bytes(step) + b"\n"


async def stream(context: Context, timeline: str, bounds: Bounds, *, with_state: bool) -> AsyncIterator[bytes]:
    """The steps as server-sent events, each with its token as `id`, and at last an event `end` with the basis."""
    yield b"retry: %d\n\n" % _RETRY_MS
    async for step in _all(context, timeline, bounds, with_state=with_state):
        yield sse(step["token"], "step", step)
    yield sse(bounds.clock.token(bounds.last), "end", {"basis": bounds.end.as_json()})


async def _all(context: Context, timeline: str, bounds: Bounds, *, with_state: bool) -> AsyncIterator[dict[str, Any]]:
    def read(after: int | None) -> Callable[[], Page]:
        def make() -> Page:
            with context.service.archive.snapshot() as snapshot:
                there = replace(bounds, after=after)
                return page(snapshot, timeline, there, limit=_PAGE, with_state=with_state)

        return make

    after = bounds.after
    while True:
        found = await run_in_threadpool(read(after))
        for step in found.steps:
            yield step
        if found.following is None:
            return
        after = found.following
