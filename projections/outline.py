"""A timeline at a glance, for drawing it: what happened when, what went on for a time, and when it was learned.

Where lists carry everything a development says, an outline carries only where it lies on the two clocks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

from pydantic_core import from_json

from projections.archive import Snapshot
from projections.developments import Filters, conditions_of
from projections.index.contents import BY_WHOM, WRITTEN, content_of
from projections.index.keyed import KeyReader, Span
from projections.index.reader import IndexReader
from projections.prose import value_text
from timeline.basis import Basis, Revision
from timeline.dates import MAX_INSTANT, parse_date

COURSES: Final[Mapping[str, str]] = {
    "lawsuit": "lawsuit",
    "inquiry": "regulatory",
    "term": "term",
    "negotiation": "negotiation",
}
"""The attributes that go on for a time and pass through stages, with the kind of development they belong to."""

_OVER: Final = frozenset({"dismissed", "withdrawn", "settled", "closed", "concluded", "collapsed"})
"""The stages after which nothing goes on, though the stage itself still holds."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A development in force: instants bound when it occurred; `known` is when the version in force became public."""

    slug: str
    kind: str
    title: str
    occurred: str
    earliest: int
    latest: int
    is_doubtful: bool
    known: int
    standing: str
    parties: frozenset[str]
    weight: int
    """How many sources tell of it: where there is room for one name only, the most told is named."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of a course, from an instant until another, and what was the case then."""

    start: int
    until: int
    text: str


@dataclass(frozen=True, slots=True)
class Course:
    """Something that goes on for a time. It begins and ends somewhere between two instants each.

    `MAX_INSTANT` as the end says that nobody knows of one.
    """

    key: tuple[tuple[str, str], ...]
    kind: str
    name: str
    parties: frozenset[str]
    begins: tuple[int, int]
    ends: tuple[int, int]
    stages: tuple[Stage, ...]


class Learning(NamedTuple):
    """A moment at which knowledge of a development changed; `number` 1 is the first that was heard of it."""

    occurred: int
    known: int
    number: int


@dataclass(frozen=True, slots=True)
class Outline:
    """Everything that is drawn of a timeline at a basis, in the order of time."""

    occurrences: tuple[Occurrence, ...]
    courses: tuple[Course, ...]


def outline_at(snapshot: Snapshot, timeline: str, basis: Basis) -> Outline:
    """The outline at a basis; `at` does not count, since an outline shows all of valid time.

    Raises:
        UnknownTimeline: there was no such timeline at that revision.
    """
    number, text = snapshot.timeline(timeline, basis.revision)
    condition, values = conditions_of(snapshot, number, basis.known, basis.revision, Filters())
    rows = snapshot.rows.all(
        f"SELECT c.development, c.kind, c.occurred_earliest, c.occurred_latest, c.known_from, {WRITTEN} "  # noqa: S608
        f"FROM contents c {BY_WHOM} WHERE {condition} ORDER BY c.occurred_earliest, c.id",
        values,
    )
    return Outline(tuple(_occurrence(row) for row in rows), _courses(snapshot, number, timeline, text["title"], basis))


def learnings_at(snapshot: Snapshot, timeline: str, revision: Revision) -> tuple[Learning, ...]:
    """Every moment at which knowledge changed, as the log tells it at a revision, in the order of knowledge.

    Raises:
        UnknownTimeline: there was no such timeline at that revision.
    """
    number, _ = snapshot.timeline(timeline, revision)
    columns = "SELECT c.occurred_earliest, {0}.known_from AS known, c.number FROM contents c "
    found = f"{columns.format('c')} WHERE c.timeline_id = ? AND c.known_from < c.known_until AND c.revision <= ?"
    values: tuple[object, ...] = (number, revision)
    if revision < snapshot.head:
        found += (
            f" UNION {columns.format('p')} JOIN contents_past p ON p.content_id = c.id WHERE c.timeline_id = ? "
            "AND p.known_from < p.known_until AND p.revision_from <= ? AND p.revision_until > ?"
        )
        values += (number, revision, revision)
    return tuple(Learning._make(row) for row in snapshot.rows.all(f"{found} ORDER BY known, 1", values))


def _occurrence(row: tuple[Any, ...]) -> Occurrence:
    slug, kind, earliest, latest, known, *written = row
    content = content_of(*written)
    date = parse_date(content["occurred"])
    return Occurrence(
        slug=slug,
        kind=kind,
        title=content["title"],
        occurred=content["occurred"],
        earliest=earliest,
        latest=latest,
        is_doubtful=date.approximate or date.uncertain,
        known=known,
        standing=content["standing"],
        parties=frozenset(party["entity"] for party in content.get("parties", ())),
        weight=len(content.get("sources", ())),
    )


def _courses(snapshot: Snapshot, number: int, timeline: str, title: str, basis: Basis) -> tuple[Course, ...]:
    reader = KeyReader(snapshot.connection, number, basis, head=snapshot.head)
    keys = reader.keys(attributes=[name for name in COURSES if name in snapshot.vocabulary.attributes])
    spans = reader.over_at(keys)
    index = IndexReader(snapshot.connection, number, basis, head=snapshot.head)
    names = index.names({name for key in keys for name in (key.subject, key.object) if name})
    names[timeline] = title
    found = []
    for key in keys:
        some = spans.get(key.id)
        if not some:
            continue
        stages = _stages(some, names)
        ends = _ends(some[-1])
        if stages[-1].text in _OVER:
            ends = (some[-1].fact.since_earliest, some[-1].fact.since_latest)
        about = key.object or key.subject
        asked = (("subject", key.subject), ("attribute", key.attribute), ("object", key.object))
        found.append(
            Course(
                key=tuple((name, value) for name, value in asked if value),
                kind=COURSES[key.attribute],
                name=names.get(about, about),
                parties=frozenset({key.subject, key.object} - {""}),
                begins=(some[0].fact.since_earliest, some[0].fact.since_latest),
                ends=ends,
                stages=tuple(stages),
            )
        )
    return tuple(sorted(found, key=lambda course: (course.begins, course.name)))


def _stages(spans: Sequence[Span], names: Mapping[str, str]) -> list[Stage]:
    """A stage for each fact, one after the other; that it may have ended makes no other stage of it."""
    stages: list[Stage] = []
    for before, span in zip([None, *spans], spans, strict=False):
        if before is not None and before.fact.id == span.fact.id and before.until == span.start:
            stages[-1] = replace(stages[-1], until=span.until)
        else:
            stages.append(Stage(span.start, span.until, _text(span, names)))
    return stages


def _ends(last: Span) -> tuple[int, int]:
    """Between which instants a course ends: while an end may have begun, or between the bounds of its own end."""
    first = last.start if last.winner.id != last.fact.id else last.fact.until_earliest
    return min(first, last.until), min(last.until, MAX_INSTANT)


def _text(span: Span, names: Mapping[str, str]) -> str:
    value = from_json(span.fact.payload)["value"]
    if value["type"] == "stage":
        return str(value["stage"])
    return value_text(value, lambda entity: names.get(entity, entity))
