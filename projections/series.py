"""A numeric attribute over time: what it was at each moment, or what it was believed to be, with all that is in doubt.

Along `at` a series tells how a value went in the world, as far as was known; along `known`, what the world believed on
each date of one and the same moment. Each point has its range, its qualifier, its standing, its rivals and its sources.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

from pydantic_core import from_json

from projections.archive import Snapshot
from projections.history.asking import Wanted, require_attribute
from projections.index.keyed import Believed, KeyReader, Span
from projections.index.reader import FactRow, IndexReader, KeyRow
from projections.numbers import NUMERIC, as_numbers, exact_number, one_number, unit_of
from projections.plot import Chart, Dot, Trace
from projections.prose import fact_text
from projections.replay.asking import Bounds, MovingClock
from projections.rivals import contests, stated
from projections.selection import is_certain
from projections.state import visible_sources
from timeline.dates import MAX_INSTANT, MIN_INSTANT, format_instant
from timeline.errors import InvalidInput
from timeline.standing import Standing
from timeline.vocabulary import Attribute, Vocabulary

_STANDINGS: Final = {standing.rank: standing for standing in Standing}


@dataclass(frozen=True, slots=True)
class Rival:
    """A fact of the same key about the same time that says otherwise."""

    text: str
    standing: Standing
    development: str
    value: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        """The rival as answers carry it."""
        return {
            "text": self.text,
            "standing": self.standing.value,
            "development": self.development,
            **as_numbers(self.value),
        }


@dataclass(frozen=True, slots=True)
class Point:
    """A value from a moment of the clock until another; None where the clock has no such bound."""

    start: int
    until: int | None
    value: Mapping[str, Any]
    text: str
    is_certain: bool
    standing: Standing
    since: str
    ends: str | None
    """The fact's own `until`."""
    known_since: int
    development: str
    sources: tuple[Mapping[str, Any], ...]
    rivals: tuple[Rival, ...]

    @property
    def number(self) -> Decimal:
        """The value as one number: itself, or the middle of its range."""
        return one_number(self.value)

    @property
    def exact(self) -> Decimal | None:
        """The value where it is one number."""
        found = exact_number(self.value)
        return None if found is None else Decimal(found)

    @property
    def low(self) -> Decimal | None:
        """The lower end of a range."""
        return Decimal(self.value["low"]) if self.value.get("low") is not None else None

    @property
    def high(self) -> Decimal | None:
        """The upper end of a range."""
        return Decimal(self.value["high"]) if self.value.get("high") is not None else None

    def as_json(self) -> dict[str, Any]:
        """The point as answers carry it; numbers are texts, exact to the last digit."""
        return {
            "from": format_instant(self.start),
            "until": None if self.until is None else format_instant(self.until),
            **as_numbers(self.value),
            "text": self.text,
            "certainty": "definite" if self.is_certain else "possible",
            "standing": self.standing.value,
            "since": self.since,
            "ends": self.ends,
            "known_since": format_instant(self.known_since),
            "development": self.development,
            "sources": list(self.sources),
            "rivals": [rival.as_json() for rival in self.rivals],
        }


@dataclass(frozen=True, slots=True)
class Line:
    """One key in one unit: its points do not overlap, and between them there is no value."""

    subject: str
    object: str | None
    development: str | None
    unit: str
    """A currency, `%`, or what a quantity counts."""
    points: tuple[Point, ...]

    def label(self, names: Mapping[str, str]) -> str:
        """The line in a legend."""
        whom = [names.get(name, name) for name in (self.subject, self.object) if name]
        return " → ".join(whom) + (f" ({self.development})" if self.development else "")

    def as_json(self, names: Mapping[str, str]) -> dict[str, Any]:
        """The line as answers carry it."""
        return {
            "subject": {"id": self.subject, "name": names.get(self.subject, self.subject)},
            "object": {"id": self.object, "name": names.get(self.object, self.object)} if self.object else None,
            "development": self.development,
            "unit": self.unit,
            "points": [point.as_json() for point in self.points],
        }


@dataclass(frozen=True, slots=True)
class Series:
    """All lines of an attribute, and what they rest on."""

    timeline: str
    title: str
    attribute: Attribute
    bounds: Bounds
    lines: tuple[Line, ...]
    names: Mapping[str, str]

    def as_json(self) -> dict[str, Any]:
        """The series as answers carry it, without links."""
        return {
            "timeline": self.timeline,
            "attribute": self.attribute.name,
            "label": self.attribute.label,
            "clock": self.bounds.clock.value,
            "basis": self.bounds.end.as_json(),
            "items": [line.as_json(self.names) for line in self.lines],
        }

    def charts(self) -> list[Chart]:
        """The series as pictures, one for each unit."""
        return [self._chart(unit) for unit in dict.fromkeys(line.unit for line in self.lines)] or [self._chart("")]

    def _chart(self, unit: str) -> Chart:
        lines = [line for line in self.lines if line.unit == unit]
        clock = self.bounds.clock
        how = "as believed on each date" if clock is MovingClock.KNOWN else "over time"
        starts = [line.points[0].start for line in lines]
        shown = [line.label(self.names) for line in lines]
        return Chart(
            title=f"{self.attribute.label}: {shown[0]}, {how}" if len(lines) == 1 else f"{self.attribute.label}, {how}",
            description=f"{self.title}. {self.attribute.definition} "
            + " ".join(f"{label}: {_told(line)}." for label, line in zip(shown, lines, strict=True)),
            traces=tuple(
                Trace(label, tuple(_dots(line)), rivals=tuple(_rivals(line)))
                for label, line in zip(shown, lines, strict=True)
            ),
            unit=unit,
            start=self.bounds.after if self.bounds.after is not None else min(starts, default=None),
            end=self.bounds.last,
        )


def series_at(snapshot: Snapshot, timeline: str, bounds: Bounds, wanted: Wanted) -> Series:
    """The lines of the keys wanted, between two moments of a clock.

    Raises:
        UnknownTimeline: there was no such timeline.
        UnknownAttribute: the vocabulary has no such attribute.
        UndescribedEntity: the timeline has not described the subject or the object.
        InvalidInput: the attribute has no numeric values, or the clock is that of the log.
    """
    basis, vocabulary = bounds.end, snapshot.vocabulary
    if bounds.clock is MovingClock.RECORDED:
        raise InvalidInput("a series runs along dates.", field="clock", remedy='Give "at" or "known".')
    attribute = _numeric(vocabulary, wanted.attribute or "")
    wanted.check(snapshot, timeline, basis.revision)
    number, text = snapshot.timeline(timeline, basis.revision)
    reader = KeyReader(snapshot.connection, number, basis, head=snapshot.head)
    keys = reader.keys(subject=wanted.subject, attributes=[attribute.name], object=wanted.object)
    spans = reader.over_at(keys) if bounds.clock is MovingClock.AT else reader.over_known(keys)
    stated_by_key = reader.facts(keys, None if bounds.clock is MovingClock.KNOWN else int(basis.known))
    index = IndexReader(snapshot.connection, number, basis, head=snapshot.head)
    names = index.names({name for key in keys for name in (key.subject, key.object) if name})
    names[timeline] = text["title"]
    lines = []
    for key in keys:
        of_key = [told for told in stated_by_key.get(key.id, ()) if not told.fact.is_end]
        says = {told.fact.id: stated(told.fact) for told in of_key}
        maker = _Points(key, attribute, bounds, of_key, says, names)
        points = [point for span in spans.get(key.id, ()) for point in maker.points(span)]
        for unit in dict.fromkeys(unit_of(point.value) for point in points):
            of_unit = tuple(point for point in points if unit_of(point.value) == unit)
            lines.append(Line(key.subject, key.object or None, key.development or None, unit, of_unit))
    return Series(timeline, text["title"], attribute, bounds, tuple(lines), names)


@dataclass(frozen=True, slots=True)
class _Points:
    """Makes the points of one key."""

    key: KeyRow
    attribute: Attribute
    bounds: Bounds
    stated: Sequence[Believed]
    """All that was stated of it, without ends."""
    says: Mapping[int, Mapping[str, Any]]
    """What they state, by the ids of the facts."""
    names: Mapping[str, str]

    def points(self, span: Span) -> Iterator[Point]:
        """The points of a span: cut where certainty or rivals change, and to what was asked for."""
        payload = from_json(span.fact.payload)
        if payload["value"]["type"] not in NUMERIC:
            return
        first, last = self.bounds.after, self.bounds.last
        start = max(span.start, MIN_INSTANT if first is None else first)
        if start > last or span.until <= start:
            return
        made: list[Point] = []
        cuts = [cut for cut in self._cuts(span.fact) if start < cut < min(span.until, last + 1)]
        for begins, ends in zip([start, *sorted(set(cuts))], [*sorted(set(cuts)), span.until], strict=True):
            point = self._point(span, payload, begins, ends)
            if made and replace(made[-1], start=begins, until=point.until) == point:
                point = replace(point, start=made.pop().start)
            made.append(point)
        yield from made

    def _cuts(self, fact: FactRow) -> Iterator[int]:
        if self.bounds.clock is MovingClock.AT:
            yield from (fact.since_latest, fact.until_earliest)
        else:
            for other in self.stated:
                if self._contests(other.fact, fact):
                    yield from (other.known_from, other.known_until)

    def _point(self, span: Span, payload: Mapping[str, Any], start: int, until: int) -> Point:
        fact, is_at = span.fact, self.bounds.clock is MovingClock.AT
        at, known = (start, int(self.bounds.end.known)) if is_at else (int(self.bounds.end.at), start)
        rivals = [
            other.fact
            for other in self.stated
            if (is_at or other.known_from <= known < other.known_until) and self._contests(other.fact, fact)
        ]
        return Point(
            start=start,
            until=None if until >= MAX_INSTANT else until,
            value=payload["value"],
            text=self._text(payload["value"]),
            is_certain=fact.id == span.winner.id and is_certain(fact, at),
            standing=_STANDINGS[fact.standing],
            since=payload["since"],
            ends=payload["until"],
            known_since=fact.known_since,
            development=fact.development,
            sources=visible_sources(from_json(fact.sources), known),
            rivals=tuple(
                Rival(self._text(value), _STANDINGS[rival.standing], rival.development, value)
                for rival in sorted(rivals, key=lambda one: one.rank, reverse=True)
                for value in (from_json(rival.payload)["value"],)
            ),
        )

    def _contests(self, rival: FactRow, fact: FactRow) -> bool:
        """Whether a fact of the same key says otherwise about the same time, or denies it."""
        if rival.id == fact.id:
            return False
        return contests(rival, fact, says_the_same=self.says[rival.id] == (self.says.get(fact.id) or stated(fact)))

    def _text(self, value: Mapping[str, Any]) -> str:
        return fact_text(
            self.attribute,
            self.key.subject,
            self.key.object or None,
            value,
            lambda entity: self.names.get(entity, entity),
        )


def _numeric(vocabulary: Vocabulary, name: str) -> Attribute:
    attribute = require_attribute(vocabulary, name)
    if NUMERIC.isdisjoint(attribute.values):
        numeric = [one.name for one in vocabulary.attributes.values() if not NUMERIC.isdisjoint(one.values)]
        near = [one for one in numeric if vocabulary.attributes[one].section == attribute.section] or numeric
        raise InvalidInput(
            f'the values of "{name}" are no numbers.',
            field="attribute",
            remedy=f"Give one whose values are, such as {', '.join(near[:4])}.",
        )
    return attribute


def _dots(line: Line) -> Iterator[Dot]:
    until: int | None = None
    for point in line.points:
        if until is not None and until < point.start:
            yield Dot(until, None)
        low, high = (None if bound is None else float(bound) for bound in (point.low, point.high))
        yield Dot(point.start, float(point.number), low, high, point.is_certain)
        until = point.until
    if until is not None:
        yield Dot(until, None)


def _rivals(line: Line) -> Iterator[Dot]:
    """What others say in the unit of a line, where it is said first."""
    said: set[tuple[str, str]] = set()
    for point in line.points:
        for rival in point.rivals:
            if rival.value["type"] not in NUMERIC or unit_of(rival.value) != line.unit:
                continue
            if (rival.development, rival.text) not in said:
                said.add((rival.development, rival.text))
                yield Dot(point.start, float(one_number(rival.value)))


def _told(line: Line) -> str:
    """A line for those who do not see it: from where to where it goes."""
    first, last = line.points[0], line.points[-1]
    begins = f"{first.number:f} from {format_instant(first.start)[:10]}"
    return begins if first is last else f"{begins}, {last.number:f} from {format_instant(last.start)[:10]}"
