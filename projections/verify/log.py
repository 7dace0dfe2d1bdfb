"""The log by itself, and what the tables say of timelines, of entities and of which event belongs to which timeline."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

from eventsourcing.persistence import MapperDeserialisationError

from projections.index.rows import Rows
from projections.verify.findings import LOG, Verified
from timeline.dates import MAX_INSTANT, MIN_INSTANT
from timeline.events import DevelopmentEvent, EntityDescribed, Event, TimelineDescribed, TimelineOpened
from timeline.mapper import EventMapper, canonical_json

PORTION: Final = 1_000
"""How many events are read at once."""

_AFTER: Final = (
    "SELECT position, originator_id, originator_version, topic, state FROM stored_events "
    "WHERE position > ? ORDER BY position LIMIT ?"
)
_GAPS: Final = (
    "SELECT originator_id, count(*), min(originator_version), max(originator_version) FROM stored_events "
    "GROUP BY originator_id HAVING count(*) <> max(originator_version) OR min(originator_version) <> 1"
)
_OUT_OF_ORDER: Final = (
    "SELECT b.position, a.position FROM stored_events a JOIN stored_events b ON b.originator_id = a.originator_id "
    "AND b.originator_version = a.originator_version + 1 WHERE b.position < a.position"
)
_FILED: Final = (
    "SELECT l.position, t.slug, l.reach FROM timeline_log l JOIN timelines t ON t.id = l.timeline_id "
    "WHERE l.timeline_id IN (SELECT id FROM timelines) AND l.position BETWEEN ? AND ?"
)
_TIMELINE_TEXT: Final = (
    "SELECT x.revision_until, x.payload FROM timeline_texts x JOIN timelines t ON t.id = x.timeline_id "
    "WHERE t.slug = ? AND x.revision_from = ?"
)
_ENTITY_TEXT: Final = (
    "SELECT x.revision_until, x.payload, x.kind, x.name FROM entity_texts x JOIN timelines t ON t.id = x.timeline_id "
    "WHERE t.slug = ? AND x.entity = ? AND x.revision_from = ?"
)


class Entry(NamedTuple):
    """An event of the log that could be read."""

    position: int
    event: Event


class LogCheck:
    """Reads the log once from end to end, and looks at it on the way."""

    def __init__(self, rows: Rows, found: Verified) -> None:
        self._rows = rows
        self._found = found
        self._mapper = EventMapper()
        self._open: dict[tuple[str, str], tuple[str, int, int]] = {}
        self._reach: dict[str, int] = {}
        self._timelines = {slug for (slug,) in rows.all("SELECT slug FROM timelines")}

    def portions(self) -> Iterator[list[Entry]]:
        """The events, portion by portion, each looked at."""
        last = 0
        while stored := self._rows.all(_AFTER, (last, PORTION)):
            entries = []
            for row in stored:
                if row[0] != last + 1:
                    self._found.note(LOG, f"position {row[0]}", f"the event before it has position {last}")
                last = row[0]
                entry = self.read(row)
                if entry is not None:
                    entries.append(entry)
            self._found.rows[LOG] += len(stored)
            self._compare_filed(entries, stored[0][0], last)
            for entry in entries:
                self._compare_text(entry)
            yield entries
        self._finish()

    def read(self, row: Sequence[Any]) -> Entry | None:
        """The event in a row of the log; None, and a finding, if it cannot be read."""
        position, originator, version, topic, state = row
        identity = originator if isinstance(originator, UUID) else UUID(bytes=bytes(originator))
        stored = state.encode() if isinstance(state, str) else bytes(state)  # SQLite takes a text for bytes
        try:
            if canonical_json(json.loads(stored)) != stored:
                self._found.note(LOG, f"position {position}", "its bytes are not canonical JSON")
            return Entry(position, self._mapper.read(identity, version, topic, stored))
        except (MapperDeserialisationError, ValueError) as error:
            self._found.note(LOG, f"position {position}", f"it cannot be read: {str(error).splitlines()[0]}")
            return None

    def _compare_filed(self, entries: Sequence[Entry], first: int, last: int) -> None:
        expected = {(entry.position, entry.event.timeline, self._reached(entry)) for entry in entries}
        filed = set(self._rows.all(_FILED, (first, last)))
        self._found.rows["timeline_log"] += len(expected & filed)
        for position, timeline, reach in sorted(expected - filed):
            message = f'the event of "{timeline}" is missing, or it does not say that knowledge reaches {reach}'
            self._found.note("timeline_log", f"position {position}", message)

    def _reached(self, entry: Entry) -> int:
        """The latest instant by which any event of its timeline up to this one had become known."""
        event, before = entry.event, self._reach.get(entry.event.timeline, MIN_INSTANT)
        known = event.known if isinstance(event, DevelopmentEvent) else None
        if known is not None and known.latest < MAX_INSTANT:
            before = max(before, known.latest)
        self._reach[event.timeline] = before
        return before

    def _compare_text(self, entry: Entry) -> None:
        position, event = entry
        if isinstance(event, TimelineOpened) and event.timeline not in self._timelines:
            self._found.note("timelines", event.timeline, "the timeline is missing")
        if isinstance(event, TimelineOpened | TimelineDescribed):
            table, identity = "timeline_texts", (event.timeline, "")
            text = self._rows.one(_TIMELINE_TEXT, (event.timeline, position))
            expected = {"title": event.title, "summary": event.summary, "parties": list(event.parties)}
            is_right = text is not None and json.loads(text[1]) == expected
        elif isinstance(event, EntityDescribed):
            table, identity = "entity_texts", (event.timeline, event.entity.id)
            text = self._rows.one(_ENTITY_TEXT, (*identity, position))
            body = event.entity.model_dump(mode="json")
            is_right = text is not None and (json.loads(text[1]), *text[2:]) == (body, body["kind"], body["name"])
        else:
            return
        self._found.rows[table] += 1
        where = f"{'/'.join(filter(None, identity))} at revision {position}"
        if text is None:
            self._found.note(table, where, "the description is missing")
            return
        if not is_right:
            self._found.note(table, where, "the description is not that of the event")
        self._close(identity, position)
        self._open[identity] = (table, position, text[0])

    def _close(self, identity: tuple[str, str], until: int) -> None:
        """The description before this one has to end where it begins."""
        before = self._open.get(identity)
        if before is not None and before[2] != until:
            where = f"{'/'.join(filter(None, identity))} at revision {before[1]}"
            self._found.note(before[0], where, f"it counts until revision {before[2]}, not {until}")

    def _finish(self) -> None:
        for identity in list(self._open):
            self._close(identity, MAX_INSTANT)
        for originator, count, least, most in self._rows.all(_GAPS):
            aggregate = originator if isinstance(originator, UUID) else UUID(bytes=bytes(originator))
            message = f"it has {count} events, numbered from {least} to {most}"
            self._found.note(LOG, f"the aggregate {aggregate}", message)
        for position, before in self._rows.all(_OUT_OF_ORDER):
            self._found.note(LOG, f"position {position}", f"the event that it follows has position {before}")
