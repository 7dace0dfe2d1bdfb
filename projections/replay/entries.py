"""The log as light records: read in pages straight from the driver, decoded as JSON, validated only when asked to.

A typed event is worth its price where somebody looks at it. Who only counts, filters or measures gets along with the
JSON, and reads several times as many events a second.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final
from uuid import UUID

from eventsourcing.persistence import MapperDeserialisationError
from pydantic_core import from_json

from projections.archive import Snapshot
from timeline.events import EVENTS, Event
from timeline.mapper import EventMapper

PAGE: Final = 1_000
"""How many events are in memory at once."""

_MAPPER: Final = EventMapper()
_COLUMNS: Final = "e.position, e.originator_id, e.originator_version, e.topic, e.state"
_OF_ALL: Final = f"SELECT {_COLUMNS} FROM stored_events e WHERE e.position > ? AND e.position <= ? ORDER BY 1 LIMIT ?"  # noqa: S608
_OF_ONE: Final = (
    f"SELECT {_COLUMNS} FROM timeline_log l JOIN stored_events e ON e.position = l.position "  # noqa: S608
    "WHERE l.timeline_id = ? AND l.position > ? AND l.position <= ? ORDER BY l.position LIMIT ?"
)
_IN_LIST: Final = 500


def decoded(position: int, topic: str, stored: Any) -> dict[str, Any]:
    """The JSON of an event in a row of the log, with the fields of the present version of its class.

    Raises:
        MapperDeserialisationError: it cannot be read.
    """
    try:
        return EVENTS[topic].upcast(from_json(stored, cache_strings="keys"))
    except (KeyError, ValueError) as error:
        raise MapperDeserialisationError(f'event {position}, topic "{topic}", cannot be read: {error}') from error


class LogEntry:
    """One event of the log: its place, and its decoded JSON.

    `data` has the fields of the event by their names in the reference, as plain JSON values; it is not to be changed.
    """

    __slots__ = ("_event", "_originator", "_stored", "data", "position", "topic", "version")

    def __init__(self, position: int, originator: Any, version: int, topic: str, stored: Any) -> None:
        self.data = decoded(position, topic, stored)
        self.position = position
        self.version = version
        """How many events its development, entity or timeline then had."""
        self.topic = topic
        self._originator = originator
        self._stored = stored
        self._event: Event | None = None

    @property
    def name(self) -> str:
        """The name of its type as answers use it, such as ``DevelopmentRecorded``."""
        return EVENTS[self.topic].__name__

    @property
    def timeline(self) -> str:
        """The slug of its timeline."""
        found: str = self.data["timeline"]
        return found

    @property
    def development(self) -> str | None:
        """The slug of its development; None where it is about none."""
        return self.data.get("slug")

    @property
    def originator_id(self) -> UUID:
        """The permanent id of its development, entity or timeline."""
        raw = self._originator
        return raw if isinstance(raw, UUID) else UUID(bytes=bytes(raw))

    @property
    def event(self) -> Event:
        """The validated event, made when first asked for.

        Raises:
            MapperDeserialisationError: the bytes are no such event.
        """
        if self._event is None:
            self._event = _MAPPER.read(self.originator_id, self.version, self.topic, bytes(self._stored))
        return self._event

    def __repr__(self) -> str:
        about = f" {self.development}" if self.development else ""
        return f"<{self.position} {self.name}{about}>"


def read_log(
    snapshot: Snapshot,
    timeline: str | None = None,
    *,
    after: int = 0,
    until: int | None = None,
    page: int = PAGE,
) -> Iterator[LogEntry]:
    """The events at positions after `after` and up to `until`, in their order; a page of them is in memory at once.

    Args:
        snapshot: where to read.
        timeline: whose events; left out, those of all timelines.
        after: the position to begin after.
        until: the last position; left out, the newest of the snapshot.
        page: how many events are read with one question, at least 1.

    Raises:
        UnknownTimeline: there is no such timeline.
        MapperDeserialisationError: an event cannot be read.
    """
    last = int(snapshot.head if until is None else min(until, snapshot.head))
    sql, whose = (_OF_ALL, ()) if timeline is None else (_OF_ONE, (snapshot.timeline(timeline, snapshot.head)[0],))
    position, rows = after, list[Sequence[Any]]()
    while True:
        rows = list(snapshot.rows.all(sql, (*whose, position, last, page)))
        for row in rows:
            yield LogEntry(*row)
        if len(rows) < page:
            return
        position = rows[-1][0]


def entries_at(snapshot: Snapshot, positions: Collection[int]) -> dict[int, LogEntry]:
    """The events at positions of the log."""
    wanted, found = sorted(positions), dict[int, LogEntry]()
    for start in range(0, len(wanted), _IN_LIST):
        some = wanted[start : start + _IN_LIST]
        marks = ", ".join("?" * len(some))
        for row in snapshot.rows.all(f"SELECT {_COLUMNS} FROM stored_events e WHERE e.position IN ({marks})", some):  # noqa: S608
            found[row[0]] = LogEntry(*row)
    return found
