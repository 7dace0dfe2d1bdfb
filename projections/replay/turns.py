"""Where a replay has to look: the moments at which facts begin or cease to count, and the events that count from then.

A few questions to the index, whose answers come in the order of the clock and are never in memory as a whole: the
database sorts, and the rows are taken from it in portions. What is found is more than what changes a state; what is
not found cannot change any, but for documents that appear by themselves.
"""

from collections.abc import Collection, Iterator, Sequence
from enum import IntEnum
from heapq import merge
from itertools import count
from typing import Any, Final, NamedTuple

from pydantic_core import from_json

from projections.archive import Snapshot
from projections.courses import courses
from projections.index.reader import FACT_COLUMNS, FactRow, KeyRow
from projections.replay.asking import BEGINNING, Bounds, MovingClock
from projections.replay.entries import read_log
from timeline.dates import parse_date
from timeline.events import DevelopmentCorrected, DevelopmentRetracted, Reason, RetractionReason
from timeline.standing import Standing

_PORTION: Final = 500
_NUMBERS: Final = count()
_DENIED: Final = Standing.DENIED.rank
_KEY_COLUMNS: Final = "k.id, k.subject, k.attribute, k.object, k.development, k.widest, k.denied"
_WIDTH: Final = 7


class Mark(IntEnum):
    """What a moment means to a fact."""

    LEAVES = 0
    ENTERS = 1
    TURNS = 2
    """Something about it becomes certain, doubtful or past."""


class Turn(NamedTuple):
    """A moment that means something to a fact."""

    moment: int
    mark: Mark
    key: KeyRow
    fact: FactRow


class Begun(NamedTuple):
    """An event that counts from a moment on; `described` is what it gives another name, on the clock of the log."""

    moment: int
    position: int
    described: str | None = None


def turns(snapshot: Snapshot, number: int, bounds: Bounds) -> Iterator[Turn]:
    """What happens to the facts of a timeline, in the order of the clock that moves."""
    sql, parameters = _turns(number, bounds, is_head=bounds.end.revision >= snapshot.head)
    for rows in _portions(snapshot, f"{sql} ORDER BY 1, 2, 3", parameters):
        wanted = sorted({row[2] for row in rows})
        marks = ", ".join("?" * len(wanted))
        found = {
            row[_WIDTH]: (KeyRow(*row[:_WIDTH]), FactRow(*row[_WIDTH:]))
            for row in snapshot.rows.all(
                f"SELECT {_KEY_COLUMNS}, {FACT_COLUMNS} FROM facts f JOIN keys k ON k.id = f.key_id "  # noqa: S608
                f"JOIN contents c ON c.id = f.content_id WHERE f.id IN ({marks})",
                wanted,
            )
        }
        for moment, _, fact_id, mark in rows:
            yield Turn(_dated(moment, bounds.clock), Mark(mark), *found[fact_id])


def begun(snapshot: Snapshot, timeline: str, number: int, bounds: Bounds) -> Iterator[Begun]:
    """The events that begin to count, in the order of the clock that moves."""
    if bounds.clock is MovingClock.RECORDED:
        for entry in read_log(snapshot, timeline, after=bounds.after or 0, until=bounds.last, page=_PORTION):
            yield Begun(entry.position, entry.position, _described(entry.topic, entry.data))
        return
    is_head = bounds.end.revision >= snapshot.head
    found = _versions(snapshot, timeline, number, bounds, is_head=is_head)
    if bounds.clock is MovingClock.KNOWN:
        found = merge(found, _taken_back(snapshot, timeline, bounds), key=lambda begun: begun.moment)
    yield from found


def _turns(number: int, bounds: Bounds, *, is_head: bool) -> tuple[str, list[int]]:
    """The question for turns: rows of moment, key, fact and mark."""
    clock, end = bounds.clock, bounds.end
    if clock is MovingClock.RECORDED:
        in_force, when = "x.known_from <= ? AND x.known_until > ?", [int(end.known), int(end.known)]
        pieces = [
            ("facts x", "x.id = f.id", "x.revision", Mark.ENTERS),
            ("facts_past x", "x.fact_id = f.id", "x.revision_from", Mark.ENTERS),
            ("facts_past x", "x.fact_id = f.id", "x.revision_until", Mark.LEAVES),
        ]
        asked = [(table, joined, moment, mark, list[int]()) for table, joined, moment, mark in pieces]
    else:
        if clock is MovingClock.KNOWN:
            in_force, when = "x.known_from < x.known_until", []
            moments = [("x.known_from", Mark.ENTERS), ("x.known_until", Mark.LEAVES)]
        else:
            in_force, when = "x.known_from <= ? AND x.known_until > ?", [int(end.known), int(end.known)]
            moments = [
                ("f.since_earliest", Mark.ENTERS),
                ("f.since_latest", Mark.TURNS),
                ("f.until_earliest", Mark.TURNS),
                ("f.until_latest", Mark.TURNS),
            ]
        asked = [
            (f"{table} x", joined, moment, mark, revisions)
            for table, joined, revisions in _tables("fact", end.revision, is_head=is_head)
            for moment, mark in moments
        ]
    parts, parameters = [], list[int]()
    for table, joined, moment, mark, revisions in asked:
        later = "" if bounds.after is None else f" AND {moment} > ?"
        parts.append(
            f"SELECT {moment} AS moment, f.key_id, f.id, {int(mark)} FROM facts f JOIN keys k ON k.id = f.key_id "  # noqa: S608
            f"JOIN {table} ON {joined} WHERE k.timeline_id = ? AND (f.standing >= ? OR f.standing = {_DENIED}) "
            f"AND {in_force}{later} AND {moment} <= ?"
        )
        after = [] if bounds.after is None else [bounds.after]
        parameters += [*revisions, number, 3 - int(end.floor), *when, *after, bounds.last]
    return " UNION ALL ".join(parts), parameters


def _tables(of: str, revision: int, *, is_head: bool) -> list[tuple[str, str, list[int]]]:
    """Where it is kept over which knowledge time a fact or content is in force at a revision, and how to join it."""
    if is_head:
        return [(f"{of}s", f"x.id = {of[0]}.id", [])]
    return [
        (f"{of}s", f"x.id = {of[0]}.id AND x.revision <= ?", [revision]),
        (
            f"{of}s_past",
            f"x.{of}_id = {of[0]}.id AND x.revision_from <= ? AND x.revision_until > ?",
            [revision, revision],
        ),
    ]


def _versions(snapshot: Snapshot, timeline: str, number: int, bounds: Bounds, *, is_head: bool) -> Iterator[Begun]:
    """The events that opened the versions in force: by when they became known, or by when it happened."""
    known = int(bounds.end.known)
    if bounds.clock is MovingClock.KNOWN:
        moment, in_force, when = "x.known_from", "x.known_from < x.known_until", list[int]()
    else:
        moment, in_force, when = "c.occurred_earliest", "x.known_from <= ? AND x.known_until > ?", [known, known]
    parts, parameters = [], list[int]()
    for table, joined, revisions in _tables("content", bounds.end.revision, is_head=is_head):
        later = "" if bounds.after is None else f" AND {moment} > ?"
        parts.append(
            f"SELECT {moment} AS moment, c.id, c.position, c.number, c.development FROM contents c "  # noqa: S608
            f"JOIN {table} x ON {joined} WHERE c.timeline_id = ? AND {in_force}{later} AND {moment} <= ?"
        )
        after = [] if bounds.after is None else [bounds.after]
        parameters += [*revisions, number, *when, *after, bounds.last]
    for rows in _portions(snapshot, f"{' UNION ALL '.join(parts)} ORDER BY 1, 2", parameters):
        later_ones = {row[4] for row in rows if row[3] > 1} if bounds.clock is MovingClock.KNOWN else set[str]()
        overtaken = _overtaken(snapshot, timeline, bounds, later_ones)
        for when_, _, opened, version, development in rows:
            yield Begun(_dated(when_, bounds.clock), opened)
            if version > 1:
                yield from (Begun(when_, position) for position in overtaken.get((development, when_), ()))


def _overtaken(
    snapshot: Snapshot, timeline: str, bounds: Bounds, developments: Collection[str]
) -> dict[tuple[str, int], list[int]]:
    """The events that opened versions, by development and moment: of several at once only the last is in force."""
    found: dict[tuple[str, int], list[int]] = {}
    if developments:
        revision = bounds.end.revision
        for slug, course in courses(snapshot, timeline, developments, revision).items():
            for version in course.versions(revision):
                if not version.struck:
                    found.setdefault((slug, version.known.latest), []).append(version.position)
    return found


def _taken_back(snapshot: Snapshot, timeline: str, bounds: Bounds) -> list[Begun]:
    """The events after which a development says nothing: they open versions without a content."""
    found = list[tuple[str, int, int]]()
    for position, state in snapshot.rows.all(
        "SELECT e.position, e.state FROM timeline_log l JOIN stored_events e ON e.position = l.position "
        "JOIN timelines t ON t.id = l.timeline_id WHERE t.slug = ? AND l.position <= ? AND e.topic IN (?, ?)",
        (timeline, int(bounds.end.revision), DevelopmentRetracted.TOPIC, DevelopmentCorrected.TOPIC),
    ):
        data = from_json(bytes(state))
        is_empty = data["reason"] == RetractionReason.WITHDRAWN or (
            data["reason"] == Reason.SOURCE_WITHDRAWN and not data["content"].get("sources")
        )
        if is_empty and data.get("known") is not None:
            moment = parse_date(data["known"]).latest
            if (bounds.after is None or moment > bounds.after) and moment <= bounds.last:
                found.append((data["slug"], moment, position))
    overtaken = _overtaken(snapshot, timeline, bounds, {slug for slug, _, _ in found})
    return sorted(
        {Begun(moment, one) for slug, moment, _ in found for one in overtaken.get((slug, moment), ())},
        key=lambda begun: begun[:2],
    )


def _dated(moment: int, clock: MovingClock) -> int:
    """A moment at which there can be a step: what has always been begins where dates begin."""
    return moment if clock is MovingClock.RECORDED else max(moment, BEGINNING)


def _described(topic: str, data: dict[str, Any]) -> str | None:
    """What an event gives a name, if anything: an entity, or the timeline itself."""
    if topic == "entity-described":
        found: str = data["entity"]["id"]
        return found
    return data["timeline"] if topic.startswith("timeline-") else None


def _portions(snapshot: Snapshot, sql: str, parameters: Sequence[int]) -> Iterator[list[tuple[Any, ...]]]:
    """The rows that answer a question, in portions; PostgreSQL keeps the rest on its side."""
    driver: Any = snapshot.connection.connection.driver_connection
    if snapshot.rows.is_sqlite:
        cursor = driver.cursor()
        cursor.execute(sql, parameters)
    else:
        cursor = driver.cursor(name=f"replay_{next(_NUMBERS)}")
        cursor.execute(sql.replace("?", "%s"), parameters)
    try:
        while rows := cursor.fetchmany(_PORTION):
            yield rows
    finally:
        cursor.close()
