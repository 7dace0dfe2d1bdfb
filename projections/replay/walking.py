"""Walks along a clock: keeps the state as it stands, and looks anew only at keys for which a moment means something.

What is looked at anew is selected and put into words by the code that answers for the state, so that each step ends in
exactly the state at its basis. In memory are the state, the winner of each key, and a portion of what comes next; the
log never is.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush, merge
from itertools import groupby
from typing import Final, NamedTuple

from pydantic_core import from_json

from projections.archive import Archive, Snapshot
from projections.behind import EventBehind, events_at
from projections.comparison import Line, fields_changed
from projections.diff import FactIdentity, entities_in
from projections.explaining import Explanation, Side
from projections.index.reader import FactRow, IndexReader, KeyRow, Won
from projections.replay.asking import BEGINNING, Bounds, MovingClock, Replaying
from projections.replay.step import Step
from projections.replay.turns import Begun, Mark, Turn, begun, turns
from projections.selection import Selection, Shown, select
from projections.state import Held, State, assemble
from timeline.basis import Basis
from timeline.dates import MIN_INSTANT, parse_date
from timeline.standing import Standing

_DENIED: Final = Standing.DENIED.rank
_EVERYTHING: Final = "everything"


def replay(  # noqa: PLR0913 - a question carries its basis
    archive: Archive,
    timeline: str,
    *,
    clock: str = MovingClock.KNOWN,
    start: str | None = None,
    end: str | None = None,
    at: str | None = None,
    known: str | None = None,
    revision: int | None = None,
    standing: str | None = None,
    with_state: bool = False,
) -> Iterator[Step]:
    """History, run forward: one step for each moment at which an event counts or the state changes.

    One transaction is open until the iterator is read to its end or closed.

    Args:
        archive: where to read.
        timeline: the slug.
        clock: what moves: `at`, `known` or `recorded`.
        start: begin with the state there; a date, for `recorded` a position, or the token of a step. Left out, history
            begins with nothing.
        end: the last moment that counts. Left out: now, for `recorded` the newest position.
        at: the date in the world where that clock stands still. Left out: now.
        known: the date of knowledge where that clock stands still. Left out: now.
        revision: the position of the log where that clock stands still. Left out: the newest.
        standing: the floor of trust. Left out: `reported`.
        with_state: give the state after each step too.

    Raises:
        UnknownTimeline: there is no such timeline.
        InvalidInput: as `Replaying.bounds`.
    """
    asked = Replaying(clock=clock, start=start, end=end, at=at, known=known, revision=revision, standing=standing)
    with archive.snapshot() as snapshot:
        yield from steps(snapshot, timeline, asked.bounds(snapshot), with_state=with_state)


def steps(snapshot: Snapshot, timeline: str, bounds: Bounds, *, with_state: bool = False) -> Iterator[Step]:
    """The steps between two bases, on a snapshot that stays open meanwhile.

    Raises:
        UnknownTimeline: there is no such timeline at the end.
    """
    walk = _Walk(snapshot, timeline, bounds)
    for moment, some in walk.moments():
        step = walk.step(moment, some, with_state=with_state)
        if step is not None:
            yield step


class _Kept(NamedTuple):
    """A fact of the state as it stands, and its place in it."""

    place: tuple[int, str, str, int, str]
    shown: Shown
    held: Held


class _Some(IndexReader):
    """Reads the index as if only some keys had been won, with the names that are known already."""

    def __init__(self, snapshot: Snapshot, number: int, basis: Basis, won: list[Won], names: dict[str, str]) -> None:
        super().__init__(snapshot.connection, number, basis, head=snapshot.head)
        self._won, self._names = won, names

    def winners(self) -> list[Won]:
        """See `IndexReader.winners`."""
        return self._won

    def names(self, entities: Iterable[str]) -> dict[str, str]:
        """See `IndexReader.names`."""
        wanted = set(entities)
        missing = wanted - self._names.keys()
        if missing:
            self._names.update(dict.fromkeys(missing, ""))  # whoever has no name is not asked for again
            self._names.update(super().names(missing))
        return {name: self._names[name] for name in wanted if self._names[name]}


@dataclass
class _Walk:
    """One walk: what it has seen, and the state that follows."""

    snapshot: Snapshot
    timeline: str
    bounds: Bounds
    kept: dict[int, _Kept] = field(default_factory=dict)
    """What is shown, by the id of the key."""
    decided: dict[int, tuple[KeyRow, FactRow] | None] = field(default_factory=dict)
    """Which fact wins a key, even if it shows nothing; None where none does."""
    names: dict[str, str] = field(default_factory=dict)
    appearing: list[tuple[int, int]] = field(default_factory=list)
    """When documents appear that facts of the state name, with the id of the key; a heap."""

    def __post_init__(self) -> None:
        self.number, text = self.snapshot.timeline(self.timeline, self.bounds.end.revision)
        self.title: str = text["title"]
        self.order = {name: place for place, name in enumerate(self.snapshot.vocabulary.attributes)}
        start = self.bounds.start
        if start is not None and (self.bounds.clock is not MovingClock.RECORDED or start.revision > 0):
            self._begin_with(start)

    def _begin_with(self, start: Basis) -> None:
        """Take the state at a basis as it stands."""
        if self.bounds.clock is MovingClock.RECORDED:
            found = self.snapshot.rows.one(
                "SELECT 1 FROM timeline_texts WHERE timeline_id = ? AND revision_from <= ? AND revision_until > ?",
                (self.number, start.revision, start.revision),
            )
            if found is None:
                return  # it was not kept yet
            self.title = self.snapshot.timeline(self.timeline, start.revision)[1]["title"]
        reader = IndexReader(self.snapshot.connection, self.number, start, head=self.snapshot.head)
        self._take(reader, select(reader))

    # which moments

    def moments(self) -> Iterator[tuple[int, list[Turn | Begun]]]:
        """The moments to look at, each with what it means; what a step finds can add further ones."""
        facts: Iterator[Turn | Begun] = turns(self.snapshot, self.number, self.bounds)
        events: Iterator[Turn | Begun] = begun(self.snapshot, self.timeline, self.number, self.bounds)
        for moment, some in groupby(merge(facts, events, key=_moment), key=_moment):
            while self.appearing and self.appearing[0][0] < moment:
                yield self.appearing[0][0], []
            yield moment, list(some)
        while self.appearing and self.appearing[0][0] <= self.bounds.last:
            yield self.appearing[0][0], []

    # one step

    def step(self, moment: int, some: Sequence[Turn | Begun], *, with_state: bool) -> Step | None:
        """What comes about at a moment; None if nothing does."""
        basis = self.bounds.clock.moved(self.bounds.end, moment)
        old_names = self.names
        self._describe([item.described for item in some if isinstance(item, Begun) and item.described], basis)
        touched = self._decide([item for item in some if isinstance(item, Turn)], basis)
        touched |= self._appear(moment) | self._renamed(old_names)
        before = {key: self.kept[key] for key in touched if key in self.kept}
        won = [
            Won(*decided, at_from=MIN_INSTANT, shown_until=gone)
            for key in sorted(touched)
            if (decided := self.decided.get(key)) and (gone := _gone(decided[1])) > basis.at
        ]
        lines, names = list[Line](), (dict[str, str](), dict[str, str]())
        if before or won:
            for key in before:
                del self.kept[key]
            reader = _Some(self.snapshot, self.number, basis, won, self.names)
            self._take(reader, select(reader))
            after = {key: self.kept[key] for key in touched if key in self.kept}
            if not _equal(before, after) or old_names is not self.names:
                called = self._names_in(before, after, old_names)
                lines = self._explained(moment, basis, before, after, called)
                names = called if lines else names
        positions = {item.position for item in some if isinstance(item, Begun)}
        if not positions and not lines:
            return None
        told = {line.event.position: line.event for line in lines}
        told |= events_at(self.snapshot, self.timeline, positions - told.keys(), basis.known)
        events = _in_order(told, positions)
        return Step(self.bounds.clock, basis, events, tuple(lines), names, self.state(basis) if with_state else None)

    def _decide(self, some: Sequence[Turn], basis: Basis) -> set[int]:
        """Find who wins the keys for which the moment means something; answers their ids."""
        touched, unsure = set[int](), set[int]()
        rows = {turn.key.id: turn.key for turn in some}
        for key_id, of_key in groupby(sorted(some, key=lambda turn: turn.key.id), key=lambda turn: turn.key.id):
            touched.add(key_id)
            mine = list(of_key)
            if key_id not in self.decided and self.bounds.after is not None:
                unsure.add(key_id)
                continue
            now = self.decided.get(key_id)
            gone = {turn.fact.id for turn in mine if turn.mark is Mark.LEAVES}
            best = max((turn.fact for turn in mine if _can_win(turn, basis)), key=lambda fact: fact.rank, default=None)
            if now is not None and now[1].id in gone and (best is None or best.rank < now[1].rank):
                unsure.add(key_id)
            elif best is not None and (now is None or now[1].id in gone or best.rank >= now[1].rank):
                self.decided[key_id] = (rows[key_id], best)
        if unsure:
            reader = IndexReader(self.snapshot.connection, self.number, basis, head=self.snapshot.head)
            found = reader.deciding(sorted(unsure))
            self.decided.update({key: (rows[key], found[key]) if key in found else None for key in unsure})
        return touched

    def _take(self, reader: IndexReader, selection: Selection) -> None:
        """Take in what is shown of some keys."""
        for contest in selection.contests:
            self.decided[contest.won.key.id] = (contest.won.key, contest.won.fact)
        part = assemble(reader, selection, self.timeline, self.title, self.snapshot.vocabulary)
        held = {FactIdentity.of(fact): fact for fact in part.facts}
        for name, said in part.names.items():
            self.names.setdefault(name, said)
        for item in selection.shown:
            key = item.won.key
            fact = held[_identity(key)]
            place = (self.order[key.attribute], key.subject, key.object, item.fact.since_earliest, key.development)
            self.kept[key.id] = _Kept(place, item, fact)
            if self.bounds.clock is MovingClock.KNOWN:
                self._expect(key.id, (item.fact, *item.rivals), reader.basis.known)

    def _expect(self, key: int, facts: Sequence[FactRow], known: int) -> None:
        """Note when documents appear that have not appeared yet."""
        for fact in facts:
            if '"published"' not in fact.sources:
                continue
            for source in from_json(fact.sources):
                appears = parse_date(source["published"]).earliest if "published" in source else known
                if appears > known:
                    heappush(self.appearing, (appears, key))

    def _appear(self, moment: int) -> set[int]:
        """The keys of which documents have appeared by a moment."""
        found = set[int]()
        while self.appearing and self.appearing[0][0] <= moment:
            found.add(heappop(self.appearing)[1])
        return found

    def _describe(self, described: Collection[str], basis: Basis) -> None:
        """Learn other names."""
        if not described:
            return
        if self.timeline in described:
            self.title = self.snapshot.timeline(self.timeline, basis.revision)[1]["title"]
        reader = IndexReader(self.snapshot.connection, self.number, basis, head=self.snapshot.head)
        found = reader.names([name for name in described if name != self.timeline or name in self.names])
        found |= {self.timeline: self.title} if self.timeline in described else {}
        changed = {name: said for name, said in found.items() if self.names.get(name, said) != said}
        if changed:
            self.names = {**self.names, **changed}

    def _renamed(self, old: Mapping[str, str]) -> set[int]:
        """The keys whose facts name somebody who goes by another name now."""
        if old is self.names:
            return set()
        others = {name for name, said in self.names.items() if old.get(name, said) != said}
        return {key for key, kept in self.kept.items() if not others.isdisjoint(entities_in(kept.held))}

    def _names_in(
        self, before: Mapping[int, _Kept], after: Mapping[int, _Kept], old: Mapping[str, str]
    ) -> tuple[dict[str, str], dict[str, str]]:
        """The names of the entities in facts before and after a step."""
        wanted = {name for kept in (*before.values(), *after.values()) for name in entities_in(kept.held)}
        then = {name: old[name] for name in wanted if old.get(name)}
        now = {name: self.names[name] for name in wanted if self.names.get(name)}
        return then, now

    def _explained(
        self,
        moment: int,
        basis: Basis,
        before: Mapping[int, _Kept],
        after: Mapping[int, _Kept],
        names: tuple[Mapping[str, str], Mapping[str, str]],
    ) -> list[Line]:
        """The changes with their causes, in the order of the vocabulary."""
        # just before, whatever the step before was: between two steps nothing changes
        start = self.bounds.clock.moved(basis, (MIN_INSTANT if moment == BEGINNING else moment) - 1)
        sides = [
            Side(
                State(self.timeline, when, {_EVERYTHING: tuple(kept.held for kept in side.values())}, called),
                {_identity(kept.shown.won.key): kept.shown for kept in side.values()},
                {key: kept.shown.won.fact for key, kept in side.items()},
            )
            for when, side, called in ((start, before, names[0]), (basis, after, names[1]))
        ]
        places = {_identity(kept.shown.won.key): kept.place for kept in (*before.values(), *after.values())}
        lines = [
            Line(change, fields_changed(change, *names), cause, event, happened)
            for change, cause, event, happened in Explanation(self.snapshot, self.timeline, *sides).reasons()
        ]
        return sorted(lines, key=lambda line: places[line.change.identity])

    def state(self, basis: Basis) -> State:
        """The state as it stands."""
        vocabulary = self.snapshot.vocabulary
        sections: dict[str, list[Held]] = {section.name: [] for section in vocabulary.sections}
        for kept in sorted(self.kept.values(), key=lambda kept: kept.place):
            sections[vocabulary.attributes[kept.held.attribute].section].append(kept.held)
        wanted = {name for kept in self.kept.values() for name in entities_in(kept.held)}
        names = {name: self.names[name] for name in wanted if self.names.get(name)} | {self.timeline: self.title}
        return State(self.timeline, basis, {name: tuple(held) for name, held in sections.items()}, names)


def _moment(item: Turn | Begun) -> int:
    return item.moment


def _can_win(turn: Turn, basis: Basis) -> bool:
    fact = turn.fact
    return turn.mark is Mark.ENTERS and fact.standing != _DENIED and fact.since_earliest <= basis.at


def _gone(fact: FactRow) -> int:
    """From when on nothing is shown of a key even while the fact wins it."""
    return fact.since_latest if fact.is_end else fact.until_latest


def _identity(key: KeyRow) -> FactIdentity:
    return FactIdentity(key.subject, key.attribute, key.object or None, key.development or None)


def _equal(before: Mapping[int, _Kept], after: Mapping[int, _Kept]) -> bool:
    return before.keys() == after.keys() and all(before[key].held == after[key].held for key in before)


def _in_order(told: Mapping[int, EventBehind], positions: Collection[int]) -> tuple[EventBehind, ...]:
    return tuple(told[position] for position in sorted(positions))
