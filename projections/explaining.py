"""Looks up why a fact of one state is not the fact of another, for all changes between two states together.

A few questions, however many the changes: who decides the changed keys along the way from one basis to the other, and
the events that made it so. Only where knowledge or the record moved are the developments concerned read in full.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

from projections.archive import Snapshot
from projections.behind import EventBehind, events_at
from projections.causes import (
    Behind,
    Cause,
    Step,
    Turn,
    date_of,
    deciding_step,
    expired,
    path,
    reason_of,
    same,
    shows_nothing,
    to_be_traced,
)
from projections.courses import Course, Point, View, courses, sources_of
from projections.diff import FactChange, FactIdentity, difference, entities_in
from projections.index.reader import FactRow, IndexReader
from projections.selection import Shown, select
from projections.state import State, assemble
from timeline.basis import Basis


class Reason(NamedTuple):
    """What made a change: the cause, the event behind it, and the date in the world where that clock made it."""

    change: FactChange
    cause: Cause
    event: EventBehind
    happened: str | None


@dataclass(frozen=True)
class Side:
    """A state with what it was selected from."""

    state: State
    shown: Mapping[FactIdentity, Shown]
    deciding: Mapping[int, FactRow]

    @classmethod
    def read(cls, snapshot: Snapshot, timeline: str, basis: Basis) -> Self:
        """The state at a basis, selected and put into words."""
        number, text = snapshot.timeline(timeline, basis.revision)
        reader = IndexReader(snapshot.connection, number, basis, head=snapshot.head)
        selection = select(reader)
        shown = {
            FactIdentity(key.subject, key.attribute, key.object or None, key.development or None): item
            for item in selection.shown
            for key in (item.won.key,)
        }
        return cls(
            assemble(reader, selection, timeline, text["title"], snapshot.vocabulary),
            shown,
            {contest.won.key.id: contest.won.fact for contest in selection.contests},
        )


class Explanation:
    """Finds the causes of all changes between two sides."""

    def __init__(self, snapshot: Snapshot, timeline: str, before: Side, after: Side) -> None:
        self._snapshot, self._timeline = snapshot, timeline
        self._before, self._after = before, after
        self._changes = difference(before.state, after.state).changes
        self._courses: dict[str, Course] = {}
        self._seconds: dict[int, FactRow] = {}

    def reasons(self) -> list[Reason]:
        """What made each change, in the order of the changes."""
        steps = self._steps()
        turns = {change.identity: deciding_step(steps[change.identity]) for change in self._changes}
        self._read_courses(turns)
        self._read_beneath([step for step in turns.values() if step is not None and step.start.at != step.stop.at])
        found = [(change, self._reason(change, turns[change.identity])) for change in self._changes]
        positions = {behind.position for _, behind in found}
        events = events_at(self._snapshot, self._timeline, positions, self._after.state.basis.known)
        return [
            Reason(change, cause or events[position].cause, events[position].known_since(known), when)
            for change, (cause, position, when, known) in found
        ]

    # who decides

    def _steps(self) -> Mapping[FactIdentity, list[Step]]:
        """For each change, the way between the bases, with the facts that decide before and after each step."""
        keys = {change.identity: self._key(change.identity) for change in self._changes}
        points = path(self._before.state.basis, self._after.state.basis)
        deciders = [self._deciders(basis, set(keys.values())) for basis in points]
        return {
            identity: [
                Step(points[place], points[place + 1], deciders[place].get(key), deciders[place + 1].get(key))
                for place in range(len(points) - 1)
            ]
            for identity, key in keys.items()
        }

    def _key(self, identity: FactIdentity) -> int:
        item = self._before.shown.get(identity) or self._after.shown[identity]
        return item.won.key.id

    def _deciders(self, basis: Basis, keys: set[int]) -> Mapping[int, FactRow]:
        known: dict[int, FactRow] = {}
        for side in (self._before, self._after):
            if side.state.basis == basis:
                known = dict(side.deciding)
        missing = sorted(keys - known.keys())
        if not missing:
            return known
        return {**known, **self._reader(basis).deciding(missing)}

    def _reader(self, basis: Basis) -> IndexReader:
        number, _ = self._snapshot.timeline(self._timeline, basis.revision)
        return IndexReader(self._snapshot.connection, number, basis, head=self._snapshot.head)

    def _read_beneath(self, steps: Sequence[Step]) -> None:
        """Look up what lies beneath the facts that left a key empty, as deep as it has been empty."""
        wanted = [step.after for step in steps if step.after and shows_nothing(step.after, step.stop.at)]
        while wanted:
            found = self._reader(steps[0].stop).runners_up(wanted)
            self._seconds |= found
            wanted = [fact for fact in found.values() if shows_nothing(fact, steps[0].stop.at)]

    # why

    def _read_courses(self, turns: Mapping[FactIdentity, Step | None]) -> None:
        """Read the developments whose statements may have been lost, or whose sources may have changed."""
        wanted = set[str]()
        for identity, step in turns.items():
            if step is not None and step.start.at == step.stop.at:
                wanted.update(fact.development for fact in to_be_traced(step))
            elif step is None:
                for side in (self._before, self._after):
                    item = side.shown.get(identity)
                    wanted.update(fact.development for fact in ((item.fact, *item.rivals) if item else ()))
        if self._moved and wanted:
            revision = self._after.state.basis.revision
            self._courses.update(courses(self._snapshot, self._timeline, wanted, revision))

    @property
    def _moved(self) -> bool:
        """Whether knowledge or the record did."""
        before, after = self._before.state.basis, self._after.state.basis
        return _point(before) != _point(after)

    def _reason(self, change: FactChange, step: Step | None) -> Behind:
        if step is None:
            return self._unmoved(change)
        after = self._after.shown.get(change.identity)
        if step.start.at != step.stop.at and after is not None and not same(step.after, after.fact):
            before = self._before.shown.get(change.identity)
            if before is None or not same(before.fact, after.fact):
                # it came while the end that it is beneath was only possible
                return Behind(Cause.DEVELOPMENT, after.fact.position, date_of(after.fact, "since"))
        found = reason_of(step, arrived=self._arrived, lost=self._lost, beneath=lambda fact: self._seconds.get(fact.id))
        return found or self._unmoved(change)

    def _arrived(self, fact: FactRow, step: Step) -> Turn | None:
        if step.start.revision == step.stop.revision:
            return Turn(fact.position, fact.known_since)  # of the version that made the statement first
        return self._turn(fact, step.stop, step.start, step.stop)

    def _lost(self, fact: FactRow, step: Step) -> Turn | None:
        return self._turn(fact, step.start, step.start, step.stop)

    def _turn(self, fact: FactRow, where: Basis, start: Basis, stop: Basis) -> Turn | None:
        """The last event between two bases by which a statement, in force at `where`, came or went."""
        course = self._courses[fact.development]
        statement = course.statement(fact.ordinal, _point(where))
        view: View = sources_of if statement is None else course.makes(statement)
        return course.last_turn(view, _point(start), _point(stop))

    def _unmoved(self, change: FactChange) -> Behind:
        """Why a fact comes, goes or reads differently though the same statement decides its key as before."""
        before, after = self._before.shown.get(change.identity), self._after.shown.get(change.identity)
        start, stop = self._before.state.basis, self._after.state.basis
        if after is None or before is None or not same(before.fact, after.fact):
            return self._beneath(before, after)
        if self._moved and change.before and change.after and change.before.evidence != change.after.evidence:
            turn = self._courses[after.fact.development].last_turn(sources_of, _point(start), _point(stop))
            # without an event of ours, a document that was named already has appeared
            return Behind(Cause.SOURCE, after.fact.position) if turn is None else Behind.by(turn)
        contested = self._contested(before, after, start, stop)
        if contested is not None:
            return contested
        position = self._described(change)
        if position is not None:
            return Behind(Cause.DESCRIPTION, position)
        return Behind(Cause.TIME, after.fact.position, date_of(after.fact, "since"))

    def _beneath(self, before: Shown | None, after: Shown | None) -> Behind:
        """Why the fact beneath an end that is only possible yet is another one."""
        start, stop = self._before.state.basis, self._after.state.basis
        fact, where = (after.fact, stop) if after else (before.fact, start) if before else (None, start)
        if fact is None:
            raise ValueError("a change has a fact before or after it")
        if not self._moved:
            return expired(fact)
        turn = self._turn(fact, where, start, stop)
        return expired(fact) if turn is None else Behind.by(turn)

    def _contested(self, before: Shown, after: Shown, start: Basis, stop: Basis) -> Behind | None:
        """The rival that came or went last; else one whose sources did."""
        came = [rival for rival in after.rivals if not any(same(rival, other) for other in before.rivals)]
        gone = [rival for rival in before.rivals if not any(same(rival, other) for other in after.rivals)]
        if not self._moved:
            return Behind(Cause.TIME, after.fact.position, date_of(after.fact, "since")) if came or gone else None
        turns = [self._turn(rival, stop, start, stop) for rival in came]
        turns = turns or [self._turn(rival, start, start, stop) for rival in gone]
        if not came and not gone:
            points = _point(start), _point(stop)
            turns = [self._courses[rival.development].last_turn(sources_of, *points) for rival in after.rivals]
        found = [turn for turn in turns if turn is not None]
        return Behind.by(max(found, key=lambda turn: turn.position), Cause.RIVAL) if found else None

    def _described(self, change: FactChange) -> int | None:
        """The position at which one of the names in a fact was last given, if that lies between the revisions."""
        start, stop = self._before.state.basis.revision, self._after.state.basis.revision
        if start == stop:
            return None
        number, _ = self._snapshot.timeline(self._timeline, stop)
        names = sorted({name for fact in (change.before, change.after) if fact for name in entities_in(fact)})
        row = self._snapshot.rows.one(
            "SELECT max(position) FROM (SELECT revision_from AS position FROM entity_texts WHERE timeline_id = ? "  # noqa: S608
            f"AND revision_from > ? AND revision_from <= ? AND entity IN ({', '.join('?' * len(names))}) UNION ALL "
            "SELECT revision_from FROM timeline_texts WHERE timeline_id = ? AND revision_from > ? "
            "AND revision_from <= ?) AS described",
            (number, start, stop, *names, number, start, stop),
        )
        return row[0] if row else None


def _point(basis: Basis) -> Point:
    return Point(basis.known, basis.revision)
