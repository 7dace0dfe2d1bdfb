"""The log of one timeline as a file, and the digest by which two logs are found to be the same.

The file is NDJSON in UTF-8. Its first line names the timeline and the revision up to which it goes; its last line, how
many events there are and their digest. Every line in between is one event, as canonical JSON:

    {"aggregate":"<uuid>","number":1,"state":{…},"topic":"timeline-opened","version":1}

`number` counts the events of the timeline from 1, `version` those of the aggregate, and `state` is what the store
holds, to the byte. Positions in the log of the whole store are not in it: they are that store's own.

The **digest** is the SHA-256 of the lines of all events, each with its line feed. So it can be had without this
program: cut off the first and the last line of a file, and hash the rest.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final, NamedTuple, Protocol
from uuid import UUID

from eventsourcing.persistence import MapperDeserialisationError, StoredEvent
from pydantic import ValidationError

from timeline.errors import InvalidInput
from timeline.events import DevelopmentEvent, DevelopmentRecorded, EntityDescribed, Event, TimelineOpened
from timeline.mapper import EventMapper, canonical_json
from timeline.names import development_id, entity_id, timeline_id

FORMAT: Final = "timeline-log"
FORMAT_VERSION: Final = 1
LONGEST_LINE: Final = 16 * 1024 * 1024
"""In bytes; no event comes near it, and what has no lines is not read whole to find that out."""

_EVENT: Final = {"aggregate", "number", "state", "topic", "version"}
_WHOLE: Final = "Export the timeline again, and import the file as it is."
_BEGINNINGS: Final = (TimelineOpened, DevelopmentRecorded)
_NULL: Final = b"\\u0000"


class Lines(Protocol):
    """A binary file, read line by line."""

    def readline(self, size: int = ..., /) -> bytes: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class LogDigest:
    """How many events a log has, and the SHA-256 over them."""

    events: int
    sha256: str

    def __str__(self) -> str:
        return f"sha256:{self.sha256}"


class RunningDigest:
    """Takes in the lines of events in their order."""

    def __init__(self) -> None:
        self._hash = sha256()
        self._events = 0

    def take(self, lines: bytes, events: int = 1) -> None:
        """Take in the lines of some more events."""
        self._hash.update(lines)
        self._events += events

    def digest(self) -> LogDigest:
        """The digest of all that was taken in."""
        return LogDigest(self._events, self._hash.hexdigest())


def first_line(timeline: str, revision: int) -> bytes:
    """The line with which the file of a timeline begins."""
    return _line({"format": FORMAT, "format_version": FORMAT_VERSION, "timeline": timeline, "revision": revision})


def event_line(number: int, aggregate: UUID, version: int, topic: str, state: bytes) -> bytes:
    """The line of an event; `state` is taken over as it is stored."""
    head = f'{{"aggregate":"{aggregate}","number":{number},"state":'
    return b"%b%b%b" % (head.encode(), state, f',"topic":{json.dumps(topic)},"version":{version}}}\n'.encode())


def last_line(digest: LogDigest) -> bytes:
    """The line with which the file ends."""
    return _line({"events": digest.events, "digest": str(digest)})


class FiledEvent(NamedTuple):
    """An event in a file: where it stands, what it says, and how it is stored."""

    line: int
    event: Event
    stored: StoredEvent


class LogFile:
    """A file being read: it has to be whole and unchanged, and is found to be so at its last line only.

    Iterating gives the events. What was read must not count before the iteration has come to its end.
    """

    def __init__(self, lines: Lines) -> None:
        """Read the first line.

        Raises:
            InvalidInput: it is not that of a log.
        """
        self._lines, self._number = lines, 0
        self._mapper = EventMapper()
        self._running = RunningDigest()
        head = self._read()
        if not isinstance(head, dict) or head.get("format") != FORMAT or not isinstance(head.get("timeline"), str):
            raise self._wrong(
                "this is not the log of a timeline.", "Give a file that `timeline export` wrote as `log`."
            )
        if head.get("format_version") != FORMAT_VERSION:
            raise self._wrong(
                f"the file has version {head.get('format_version')!r} of its format, and this release reads "
                f"{FORMAT_VERSION}.",
                "Import it with the release that wrote it, or a newer one.",
            )
        self.timeline: str = head["timeline"]

    @property
    def digest(self) -> LogDigest:
        """The digest of the events read so far."""
        return self._running.digest()

    def __iter__(self) -> Iterator[FiledEvent]:
        """The events in their order.

        Raises:
            InvalidInput: the file is cut off, was changed, or holds what does not belong into the log of its timeline;
                the field is the line.
        """
        while True:
            read = self._read()
            if isinstance(read, dict) and "digest" in read:
                self._end(read)
                return
            yield self._event(read)

    def _read(self) -> Any:
        self._number += 1
        line = self._lines.readline(LONGEST_LINE + 1)
        if len(line) > LONGEST_LINE:
            raise self._wrong(
                "the line is longer than any event.", "Give a file that `timeline export` wrote as `log`."
            )
        if not line.endswith(b"\n"):
            if line and self._number > 1:
                raise self._wrong("the file breaks off in the middle of the line.", _WHOLE)
            if self._number > 1:
                raise self._wrong("the file breaks off: its last line, with the digest, is missing.", _WHOLE)
            raise self._wrong(
                "this is not the log of a timeline.", "Give a file that `timeline export` wrote as `log`."
            )
        self._latest = line
        try:
            read = json.loads(line)
            is_canonical = canonical_json(read) + b"\n" == line
        except (ValueError, RecursionError):
            raise self._wrong("the line is not JSON in UTF-8.", _WHOLE) from None
        if not is_canonical:
            raise self._wrong("the line was changed: it is not written as an export writes it.", _WHOLE)
        return read

    def _event(self, read: Any) -> FiledEvent:
        if not isinstance(read, dict) or read.keys() != _EVENT:
            raise self._wrong("the line is not an event.", _WHOLE)
        expected = self.digest.events + 1
        if read["number"] != expected:
            raise self._wrong(f"event {expected} of the timeline should stand here, not {read['number']!r}.", _WHOLE)
        if _NULL in self._latest:
            raise self._wrong("the event holds a null character, which no store keeps.", _WHOLE)
        try:
            identity, version = UUID(read["aggregate"]), read["version"]
            stored = StoredEvent(identity, version, read["topic"], canonical_json(read["state"]))
            event = self._mapper.read(identity, version, stored.topic, stored.state)
        except (ValueError, TypeError, AttributeError, MapperDeserialisationError) as error:
            raise self._wrong(f"the event cannot be read: {_reason(error)}.", _WHOLE) from error
        self._check(event)
        self._running.take(self._latest)
        return FiledEvent(self._number, event, stored)

    def _check(self, event: Event) -> None:
        if event.timeline != self.timeline:
            raise self._wrong(f'the event belongs to the timeline "{event.timeline}", not to this one.', _WHOLE)
        if event.originator_id != _identity(event):
            raise self._wrong("the event has the id of another aggregate.", _WHOLE)
        is_opening = isinstance(event, TimelineOpened)
        if is_opening != (self.digest.events == 0):
            told = "opened a second time" if is_opening else "not opened first"
            raise self._wrong(f"the timeline is {told}.", _WHOLE)
        is_first = event.originator_version == 1
        if not isinstance(event, EntityDescribed) and is_first != isinstance(event, _BEGINNINGS):
            raise self._wrong(f"{event.name} cannot be event {event.originator_version} of its aggregate.", _WHOLE)

    def _end(self, read: dict[str, Any]) -> None:
        digest = self.digest
        if read != {"events": digest.events, "digest": str(digest)}:
            raise self._wrong(
                f"the file was changed: {digest.events} events with the digest {digest} were read, and its last line "
                f"names {read.get('events')!r} with {read.get('digest')!r}.",
                _WHOLE,
            )
        if not digest.events:
            raise self._wrong("the log has no events.", _WHOLE)
        if self._lines.readline(1):
            self._number += 1
            raise self._wrong("the file goes on after its last line.", _WHOLE)

    def _wrong(self, message: str, remedy: str) -> InvalidInput:
        return InvalidInput(message, field=f"line {self._number}", remedy=remedy)


def _identity(event: Event) -> UUID:
    """The id that the aggregate of an event has by its name."""
    if isinstance(event, EntityDescribed):
        return entity_id(event.timeline, event.entity.id)
    if isinstance(event, DevelopmentEvent):
        return development_id(event.timeline, event.slug)
    return timeline_id(event.timeline)


def _reason(error: Exception) -> str:
    cause = error.__cause__ or error
    match cause:
        case ValidationError():
            first = cause.errors(include_url=False)[0]
            return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
        case KeyError():
            return f"this release knows no topic {cause}"
        case _:
            return str(cause).rstrip(".")


def _line(content: dict[str, Any]) -> bytes:
    return canonical_json(content) + b"\n"
