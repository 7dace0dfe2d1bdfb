"""Takes the log of a timeline, as `timeline.logfile` writes it, into a store: every event to the byte, or none of them.

All is one transaction: whatever is wrong, at the last line even, leaves the store as it was. Meanwhile others read
what was there before, and who wants to write waits. What is derived arises as in any append. The events are not decided
anew: a log tells what was decided, under the rules of its day.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from eventsourcing.persistence import IntegrityError

from timeline.errors import AlreadyExists, InvalidInput, TimelineError
from timeline.logfile import FiledEvent, Lines, LogDigest, LogFile
from timeline.names import timeline_id
from timeline.store import SQLApplicationRecorder
from timeline.store.recorders import Appending

BATCH: Final = 1000
"""How many events are in memory at once."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import brought: `revision` is the position of its last event in the log of this store."""

    timeline: str
    revision: int
    digest: LogDigest

    def as_json(self) -> dict[str, Any]:
        """The import as programs read it."""
        return {
            "timeline": self.timeline,
            "events": self.digest.events,
            "digest": str(self.digest),
            "revision": self.revision,
        }


def import_log(
    recorder: SQLApplicationRecorder, lines: Lines, *, on_progress: Callable[[int], None] | None = None
) -> Imported:
    """Append all events of a file; `on_progress` is told how many are appended so far.

    Raises:
        InvalidInput: the file is cut off or was changed, is no log, or its events do not follow from one another; the
            field is the line.
        AlreadyExists: the timeline is kept already.
    """
    file = LogFile(lines)
    revision = 0
    with recorder.appending() as appending:
        if appending.versions([timeline_id(file.timeline)]):
            raise AlreadyExists(
                f'the timeline "{file.timeline}" is kept already.',
                field="timeline",
                remedy="Import it into another database: two logs are never made one.",
            )
        for batch in _batches(iter(file)):
            _check_order(appending, batch)
            revision = _append(appending, batch)
            if on_progress:
                on_progress(file.digest.events)
    return Imported(file.timeline, revision, file.digest)


def _batches(events: Iterator[FiledEvent]) -> Iterator[list[FiledEvent]]:
    while batch := list(islice(events, BATCH)):
        yield batch


def _check_order(appending: Appending, batch: Sequence[FiledEvent]) -> None:
    """Make sure that every event is the next of its aggregate."""
    begun = appending.versions({filed.event.originator_id for filed in batch})
    for filed in batch:
        event = filed.event
        expected = begun.get(event.originator_id, 0) + 1
        if event.originator_version != expected:
            raise InvalidInput(
                f"event {expected} of its aggregate should stand here, not {event.originator_version}.",
                field=f"line {filed.line}",
                remedy="Export the timeline again, and import the file as it is.",
            )
        begun[event.originator_id] = expected


def _append(appending: Appending, batch: Sequence[FiledEvent]) -> int:
    try:
        return appending.append([filed.stored for filed in batch], [filed.event for filed in batch])[-1]
    except IntegrityError as error:
        raise AlreadyExists("an event of the file is in the log already.", field=_lines_of(batch)) from error
    except (TimelineError, ValueError) as error:
        raise InvalidInput(
            f"the events do not follow from one another, or break the vocabulary: {error}",
            field=_lines_of(batch),
            remedy="Import it with the release that wrote it.",
        ) from error


def _lines_of(batch: Sequence[FiledEvent]) -> str:
    return f"lines {batch[0].line} to {batch[-1].line}"
