"""Two states of one relationship compared: what came, went and changed, and for each the cause and the event behind it.

The states say what differs; the facts that decide say why.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final

from projections.archive import Snapshot
from projections.behind import EventBehind
from projections.causes import Cause
from projections.diff import FactChange, entities_in, renamed
from projections.explaining import Explanation, Side
from projections.state import Held, State
from timeline.basis import Basis
from timeline.dates import format_instant
from timeline.errors import InvalidInput

_EVIDENCE = frozenset({"sources", "contested_by"})


@dataclass(frozen=True, slots=True)
class Line:
    """One change with its cause and the event behind it; `fields` are those that read differently."""

    change: FactChange
    fields: tuple[str, ...]
    cause: Cause
    event: EventBehind
    happened: str | None
    """The date in the world on which it came about; None where knowledge or the record moved."""

    @property
    def is_evidence(self) -> bool:
        """Whether the fact is as it was, and only its sources or those who contest it are others."""
        return bool(self.fields) and _EVIDENCE.issuperset(self.fields)

    def as_json(self, before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, Any]:
        """The line as answers carry it; `before` and `after` are the names of entities in either state."""
        change = self.change
        return {
            "before": None if change.before is None else change.before.as_json(before),
            "after": None if change.after is None else change.after.as_json(after),
            "fields": list(self.fields),
            "cause": self.cause.value,
            "happened": self.happened,
            "event": self.event.as_json(),
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two states, by section in the order of the vocabulary."""

    before: State
    after: State
    sections: Mapping[str, tuple[Line, ...]]

    @property
    def lines(self) -> tuple[Line, ...]:
        """All changes, section after section."""
        return tuple(line for lines in self.sections.values() for line in lines)

    def as_json(self) -> dict[str, Any]:
        """The comparison as answers carry it, without links."""
        before, after = self.before, self.after
        return {
            "timeline": after.timeline,
            "from": before.basis.as_json(),
            "to": after.basis.as_json(),
            "sections": {
                name: {
                    "added": [line.as_json(before.names, after.names) for line in lines if not line.change.before],
                    "removed": [line.as_json(before.names, after.names) for line in lines if not line.change.after],
                    "changed": [line.as_json(before.names, after.names) for line in lines if line.fields],
                }
                for name, lines in self.sections.items()
            },
        }


def compare(snapshot: Snapshot, timeline: str, before: Basis, after: Basis) -> Comparison:
    """What differs between the states at two bases on the same floor of trust, and why.

    Raises:
        UnknownTimeline: there was no such timeline at the earlier revision.
        InvalidInput: a clock of the first basis is ahead of that of the second, or the floors differ.
    """
    check_order(before, after)
    old, new = (Side.read(snapshot, timeline, basis) for basis in (before, after))
    # within one revision everybody has one name, whichever state tells it
    names = (old.state.names, new.state.names if before.revision < after.revision else old.state.names)
    lines = [
        Line(change, fields_changed(change, *names), cause, event, happened)
        for change, cause, event, happened in Explanation(snapshot, timeline, old, new).reasons()
    ]
    sections: dict[str, list[Line]] = {section.name: [] for section in snapshot.vocabulary.sections}
    for line in lines:
        sections[snapshot.vocabulary.attributes[line.change.identity.attribute].section].append(line)
    return Comparison(old.state, new.state, {name: tuple(some) for name, some in sections.items()})


def check_order(before: Basis, after: Basis) -> None:
    """Make sure that no clock goes back from one basis to the other.

    Raises:
        InvalidInput: one does, or the bases are on different floors of trust.
    """
    for field, first, last, written in (
        ("from", before.at, after.at, format_instant),
        ("known_from", before.known, after.known, format_instant),
        ("revision_from", before.revision, after.revision, str),
    ):
        if first > last:
            other = field.replace("from", "to")
            raise InvalidInput(
                f'"{field}" ({written(first)}) lies after "{other}" ({written(last)}).',
                field=field,
                remedy="Swap the two: a difference is told forwards.",
            )
    if before.floor is not after.floor:
        raise InvalidInput("both states have to be on one floor of standing.", field="standing", remedy="Give one.")


_FIELDS: Final[tuple[tuple[str, Callable[[Held], object]], ...]] = (
    ("value", attrgetter("value")),
    ("text", attrgetter("text")),
    ("since", attrgetter("since")),
    ("until", attrgetter("until")),
    ("certainty", attrgetter("is_certain")),
    ("standing", attrgetter("standing")),
    ("known_since", attrgetter("known_since")),
    ("development", attrgetter("evidence.development")),
    ("sources", attrgetter("evidence.sources")),
    ("contested_by", attrgetter("contested_by")),
)
"""The fields of a fact by their names in answers, but those that make it itself."""


def fields_changed(
    change: FactChange, before_names: Mapping[str, str], after_names: Mapping[str, str]
) -> tuple[str, ...]:
    """What reads differently of a fact that both states have, by the names of the fields in answers."""
    before, after = change.before, change.after
    if before is None or after is None:
        return ()
    if before_names is after_names or entities_in(before).isdisjoint(renamed(before_names, after_names)):
        return tuple(name for name, field in _FIELDS if field(before) != field(after))
    old, new = before.as_json(before_names), after.as_json(after_names)
    return tuple(name for name in new if old[name] != new[name])
