"""The events behind changes: what they are, what they are about, and what they are the cause of.

Only what a line shows is read: the content of an event, which is most of its bytes, is left as it is.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from pydantic_core import from_json

from projections.archive import Snapshot
from projections.causes import Cause, cause_of
from projections.index.contents import BY_WHOM, WRITTEN, content_of
from projections.state import visible_sources
from timeline.basis import Known
from timeline.dates import format_moment, parse_date
from timeline.events import EVENTS

_PORTION = 500


@dataclass(frozen=True, slots=True)
class EventBehind:
    """An event by its place in the log. `title` is that of its development; both None where it is about none."""

    position: int
    name: str
    cause: Cause
    development: str | None
    title: str | None
    known: str | None
    named: Sequence[Mapping[str, Any]]
    """The documents that the event names."""
    seen: Known
    """By when a document must have appeared to count."""

    def known_since(self, instant: int | None) -> Self:
        """The event with the date since which it counts as known, where that was mended after the event."""
        if instant is None or self.known is None or parse_date(self.known).latest == instant:
            return self
        return replace(self, known=format_moment(instant))

    @property
    def sources(self) -> tuple[Mapping[str, Any], ...]:
        """The documents that the event names and that had appeared."""
        return visible_sources(self.named, self.seen)

    def as_json(self) -> dict[str, Any]:
        """The event as answers carry it."""
        return {
            "position": self.position,
            "event": self.name,
            "development": self.development,
            "title": self.title,
            "known": self.known,
            "sources": list(self.sources),
        }


def events_at(snapshot: Snapshot, timeline: str, positions: Collection[int], known: Known) -> dict[int, EventBehind]:
    """The events at positions of the log, all of one timeline, with the documents that had appeared by `known`."""
    told: dict[int, tuple[str, dict[str, Any]]] = {}
    for some in _portions(sorted(positions)):
        for position, topic, state in snapshot.rows.all(
            f"SELECT position, topic, state FROM stored_events WHERE position IN ({_marks(some)})",  # noqa: S608
            some,
        ):
            event = EVENTS[topic]
            told[position] = (event.__name__, event.upcast(from_json(bytes(state))))
    untitled = {fields["slug"] for _, fields in told.values() if "slug" in fields and "content" not in fields}
    titles = _titles(snapshot, timeline, untitled)
    return {
        position: EventBehind(
            position,
            name,
            cause_of(name, fields.get("reason")),
            fields.get("slug"),
            fields["content"]["title"] if "content" in fields else titles.get(fields.get("slug", "")),
            fields.get("known"),
            _sources(fields),
            known,
        )
        for position, (name, fields) in told.items()
    }


def _sources(fields: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The documents that an event names: those of its content, or the one that it adds."""
    if "content" in fields:
        named: Sequence[Mapping[str, Any]] = fields["content"].get("sources", ())
        return named
    added = fields.get("source")
    return [added] if isinstance(added, dict) else []


def _titles(snapshot: Snapshot, timeline: str, slugs: Collection[str]) -> dict[str, str]:
    """The titles that developments were given last."""
    found: dict[str, str] = {}
    for some in _portions(sorted(slugs)):
        for slug, *written in snapshot.rows.all(
            f"SELECT c.development, {WRITTEN} FROM contents c JOIN timelines t ON t.id = c.timeline_id {BY_WHOM} "  # noqa: S608
            f"WHERE t.slug = ? AND c.development IN ({_marks(some)}) ORDER BY c.id",
            (timeline, *some),
        ):
            found[slug] = content_of(*written)["title"]
    return found


def _portions(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), _PORTION):
        yield items[start : start + _PORTION]


def _marks(items: Sequence[Any]) -> str:
    return ", ".join("?" * len(items))
