"""Stored events by the batch, and a process that appends them: tests start several of it, and kill some."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager
from uuid import UUID, uuid4

from eventsourcing.persistence import Notification, StoredEvent

from tests.processes import say, talking, wait
from timeline.store import Recorded, SQLApplicationRecorder, WriteConnection, create_engine


def batch(size: int, originator_id: UUID | None = None, first: int = 1) -> list[StoredEvent]:
    """Consecutive events of one aggregate. Their topic tells the size of the batch."""
    originator_id = originator_id or uuid4()
    return [
        StoredEvent(originator_id, version, f"batch-of-{size}", b'{"n":%d}' % version)
        for version in range(first, first + size)
    ]


def batches_of(log: Sequence[Notification]) -> list[list[Notification]]:
    """The log cut where the aggregate changes."""
    cut: list[list[Notification]] = []
    for event in log:
        if not cut or cut[-1][-1].originator_id != event.originator_id:
            cut.append([])
        cut[-1].append(event)
    return cut


class Reporter:
    """An inline projection that says, in the middle of a batch, that it is there, and stays there when told to."""

    def __init__(self, stay_at: int) -> None:
        self._batches_left = stay_at

    def apply(self, connection: WriteConnection, recorded: Sequence[Recorded]) -> None:
        self._batches_left -= 1
        if self._batches_left == 0:
            say("inside")
            sys.stdin.read()


def appender(url: str, *, batches: int, size: int, stay_at: int = 0) -> AbstractContextManager[subprocess.Popen[str]]:
    """The process. It says `ready`, waits for a line, then says the positions of every batch acknowledged."""
    return talking("tests.store.events", url, batches, size, stay_at)


def main(url: str, batches: str, size: str, stay_at: str) -> None:
    engine = create_engine(url)
    recorder = SQLApplicationRecorder(engine, inline=[Reporter(int(stay_at))])
    wait()
    for _ in range(int(batches)):
        positions = recorder.insert_events(batch(int(size)))
        assert positions is not None
        say(f"{positions[0]} {positions[-1]}")
    engine.dispose()


if __name__ == "__main__":
    main(*sys.argv[1:])
