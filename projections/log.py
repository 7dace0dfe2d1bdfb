"""The log of one timeline, event by event, in the order in which it was recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from projections.archive import Snapshot
from timeline.basis import Revision
from timeline.events import EntityDescribed, Event
from timeline.mapper import EventMapper

SCANNED = 20_000
"""How many positions of the whole log one question looks through at most."""

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

    Other timelines share the log: where they fill it for long, a question may find fewer events than asked, even
    none, and yet have to be asked again from the position given back. None means that all up to `revision` is read.

    Raises:
        UnknownTimeline: there was no such timeline at that revision.
    """
    snapshot.timeline(timeline, revision)
    until = min(after + SCANNED, revision)
    rows = snapshot.rows.all(
        f"SELECT {_COLUMNS} FROM stored_events WHERE position > ? AND position <= ? "  # noqa: S608 - constants only
        f"AND {_contains(snapshot)} ORDER BY position LIMIT ?",
        # The state is canonical JSON and quotes inside its strings are escaped: this text can only be the field.
        (after, until, f'"timeline":"{timeline}"'.encode(), limit + 1),
    )
    found = [logged(row) for row in rows[:limit]]
    if len(rows) > limit:
        return found, found[-1].position
    return found, until if until < revision else None


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


def _contains(snapshot: Snapshot) -> str:
    return "instr(state, ?) > 0" if snapshot.rows.is_sqlite else "position(?::bytea IN state) > 0"


def _text(date: object) -> str | None:
    return None if date is None else str(date)
