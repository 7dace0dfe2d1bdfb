"""`log`: every event of a timeline up to a revision, to be imported elsewhere without loss.

Read in pages, each in a snapshot of its own: an event that was recorded never changes, so however slowly somebody takes
the file, no transaction waits for them, and a log of any length takes the memory of one page.
"""

from collections.abc import Callable, Iterator
from typing import Final
from uuid import UUID

from projections.archive import Archive
from timeline.basis import Revision
from timeline.logfile import LogDigest, RunningDigest, event_line, first_line, last_line

PAGE: Final = 1000
"""How many events are in memory at once."""

Progress = Callable[[int, int], None]
"""Is told how many events of how many are written."""

_EVENTS: Final = (
    "SELECT e.position, e.originator_id, e.originator_version, e.topic, e.state FROM timeline_log l "
    "JOIN stored_events e ON e.position = l.position "
    "WHERE l.timeline_id = ? AND l.position > ? AND l.position <= ? ORDER BY l.position LIMIT ?"
)


def log_file(
    archive: Archive, timeline: str, revision: Revision, *, on_progress: Progress | None = None
) -> Iterator[bytes]:
    """The file of a log, in pieces.

    Raises:
        UnknownTimeline: there was no such timeline at that revision.
    """
    running = RunningDigest()
    total = events_in(archive, timeline, revision) if on_progress else 0
    yield first_line(timeline, revision)
    for lines, count in _pages(archive, timeline, revision):
        running.take(lines, count)
        yield lines
        if on_progress:
            on_progress(running.digest().events, total)
    yield last_line(running.digest())


def log_digest(
    archive: Archive, timeline: str, revision: Revision, *, on_progress: Progress | None = None
) -> LogDigest:
    """The digest of a log, without its file; raises as `log_file` does."""
    running = RunningDigest()
    total = events_in(archive, timeline, revision) if on_progress else 0
    for lines, count in _pages(archive, timeline, revision):
        running.take(lines, count)
        if on_progress:
            on_progress(running.digest().events, total)
    return running.digest()


def events_in(archive: Archive, timeline: str, revision: Revision) -> int:
    """How many events a timeline has up to a revision; raises as `log_file` does."""
    with archive.snapshot() as snapshot:
        number, _ = snapshot.timeline(timeline, revision)
        counted = snapshot.rows.one(
            "SELECT count(*) FROM timeline_log WHERE timeline_id = ? AND position <= ?", (number, revision)
        )
    return counted[0] if counted else 0


def _pages(archive: Archive, timeline: str, revision: Revision) -> Iterator[tuple[bytes, int]]:
    """The lines of the events, page by page, with how many they are."""
    position, count = 0, 0
    while True:
        with archive.snapshot() as snapshot:
            number, _ = snapshot.timeline(timeline, revision)
            rows = snapshot.rows.all(_EVENTS, (number, position, revision, PAGE))
        lines = [
            event_line(place, _uuid(originator), version, topic, bytes(state))
            for place, (_, originator, version, topic, state) in enumerate(rows, start=count + 1)
        ]
        if rows:
            position, count = rows[-1][0], count + len(rows)
            yield b"".join(lines), len(rows)
        if len(rows) < PAGE:
            return


def _uuid(stored: UUID | bytes) -> UUID:
    return stored if isinstance(stored, UUID) else UUID(bytes=bytes(stored))
