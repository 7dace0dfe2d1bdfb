"""The log of one timeline, event by event, in the order in which it was recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from projections.archive import Snapshot
from timeline.basis import Revision
from timeline.events import EntityDescribed, Event
from timeline.mapper import EventMapper

_APART = {
    "originator_id",
    "originator_version",
    "recorded_at",
    "timeline",
    "slug",
    "known",
    "reason",
}
_COLUMNS = "position, originator_id, originator_version, topic, state"
_MAPPER = EventMapper()


@dataclass(frozen=True, slots=True)
class Logged:
    """An event with its place in the log."""

    position: int
    event: Event

    def as_json(self) -> dict[str, Any]:
        """The event as answers carry it; `payload` is what is particular to its type."""
        event = self.event
        return {
            "position": self.position,
            "event": event.name,
            "timeline": event.timeline,
            "development": getattr(event, "slug", None),
            "entity": event.entity.id if isinstance(event, EntityDescribed) else None,
            "version": event.originator_version,
            "reason": getattr(event, "reason", None),
            "known": _text(getattr(event, "known", None)),
            "recorded_at": event.recorded_at,
            "payload": event.model_dump(mode="json", exclude=_APART, exclude_none=True),
        }


def events_after(
    snapshot: Snapshot, timeline: str, *, after: int, revision: Revision, limit: int
) -> tuple[Sequence[Logged], int | None]:
    """At most `limit` events of the timeline at positions after `after`, and the position to go on after.

    None for the latter means that all up to `revision` is read.

    Raises:
        UnknownTimeline: there was no such timeline at that revision.
    """
    number, _ = snapshot.timeline(timeline, revision)
    rows = snapshot.rows.all(
        "SELECT e.position, e.originator_id, e.originator_version, e.topic, e.state FROM timeline_log l "
        "JOIN stored_events e ON e.position = l.position "
        "WHERE l.timeline_id = ? AND l.position > ? AND l.position <= ? ORDER BY l.position LIMIT ?",
        (number, after, revision, limit + 1),
    )
    found = [logged(row) for row in rows[:limit]]
    return found, found[-1].position if len(rows) > limit else None


def events_of(snapshot: Snapshot, originator: UUID, revision: Revision) -> Sequence[Logged]:
    """All events of one aggregate up to a revision."""
    rows = snapshot.rows.all(
        f"SELECT {_COLUMNS} FROM stored_events "  # noqa: S608 - constants only
        "WHERE originator_id = ? AND position <= ? ORDER BY originator_version",
        (originator.bytes if snapshot.rows.is_sqlite else originator, revision),
    )
    return [logged(row) for row in rows]


def logged(row: Sequence[Any]) -> Logged:
    """The event in a row of the log: position, originator, its version, topic and state."""
    position, originator, version, topic, state = row
    identity = originator if isinstance(originator, UUID) else UUID(bytes=bytes(originator))
    return Logged(position, _MAPPER.read(identity, version, topic, bytes(state)))


def _text(date: object) -> str | None:
    return None if date is None else str(date)
