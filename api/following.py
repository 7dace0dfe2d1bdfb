"""Server-sent events (WHATWG HTML, "Server-sent events"): the log of a timeline, and what is added to it, as it is.

A stream holds no transaction and no thread while it waits. It looks at the pulse of the database a few times a second,
where there is one, and otherwise asks for the newest position once a second; only when that has moved does it read.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any, Final

from starlette.concurrency import run_in_threadpool

from api.answers import json_bytes
from api.context import Context
from projections.log import Logged, events_after
from timeline.basis import Revision

EVENT_STREAM: Final = "text/event-stream"
_PAGE: Final = 200
_PULSE_S: Final = 0.2
_ASK_S: Final = 1.0
_KEEP_ALIVE_S: Final = 15.0
_RETRY_MS: Final = 3_000


async def follow(context: Context, timeline: str, after: int) -> AsyncIterator[bytes]:
    """The events of a timeline at positions after `after`, as server-sent events, for as long as somebody listens.

    Each carries its position as `id`: a client that comes back with `Last-Event-ID` misses none. A comment every
    15 seconds keeps the connection open while nothing happens.
    """
    yield b"retry: %d\n\n" % _RETRY_MS
    position, quiet = after, 0.0
    while True:
        pulse = context.pulse.now()  # before reading: what is written meanwhile is seen the next time
        found, position = await run_in_threadpool(_read, context, timeline, position)
        for item in found:
            yield sse(item.position, item.event.name, item.as_json())
        if len(found) == _PAGE:
            continue
        quiet = 0.0 if found else quiet
        while True:
            pause = _ASK_S if pulse is None else _PULSE_S
            await asyncio.sleep(pause)
            quiet += pause
            if quiet >= _KEEP_ALIVE_S:
                quiet = 0.0
                yield b": nothing new\n\n"
            if pulse is None or context.pulse.now() != pulse:
                break


def sse(identity: int | str, name: str, data: Any) -> bytes:
    """One server-sent event; JSON without white space has no line breaks."""
    return b"id: %b\nevent: %b\ndata: %b\n\n" % (str(identity).encode(), name.encode(), json_bytes(data))


def _read(context: Context, timeline: str, after: int) -> tuple[Sequence[Logged], int]:
    """What there is after a position, and the position that is read up to."""
    with context.service.archive.snapshot() as snapshot:
        head = Revision(snapshot.head)
        found, more = events_after(snapshot, timeline, after=after, revision=head, limit=_PAGE)
    return found, found[-1].position if more is not None else max(after, head)
