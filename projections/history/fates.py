"""What becomes of the statements under one key: which are held, for how long, and who disagrees. Pure, no database.

Two clocks can end a value, and they are told apart. Over valid time a value stops *holding*: it ends, or another
takes its place. Over knowledge time a statement stops *being believed*: its development no longer makes it. What a
statement comes to over valid time is told as of the last moment at which it was believed.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from projections.index.keyed import Believed
from projections.index.reader import FactRow
from projections.rivals import contests, stated
from timeline.dates import MAX_INSTANT
from timeline.standing import Standing

_DENIED = Standing.DENIED.rank


class Status(StrEnum):
    """What a statement is among the others of its key, when it was last believed."""

    HELD = "held"
    """Nothing that begins with it is better placed: a state shows it."""
    RIVAL = "rival"
    """Another fact that begins when it does is better placed: a state shows it as a rival at most."""
    DENIAL = "denial"
    """It denies the value; a state shows it as a rival of that value."""
    END = "end"
    """It has no value: it says that what held no longer does."""


class Stop(StrEnum):
    """How a value stopped holding."""

    ENDED = "ended"
    """It ran to its own `until`, or an end closed it."""
    REPLACED = "replaced"
    """Another value took its place."""
    RESTATED = "restated"
    """A later statement took its place that says the same, a note aside."""


@dataclass(frozen=True, slots=True)
class Held:
    """The half-open part of valid time over which nothing is better placed than a value, and how it stopped.

    Where that stop has a coarse date, `until` is the first instant at which it may have come. `stop` is None where the
    value goes on. `by` is the statement that ended or replaced it; where it ran to its own `until`, that is itself.
    """

    start: int
    until: int
    stop: Stop | None
    by: FactRow | None


@dataclass(frozen=True, slots=True)
class Outranked:
    """Who is better placed, and the instant of knowledge time from which on it was; None where it always was."""

    by: FactRow
    known: int | None


@dataclass(frozen=True, slots=True)
class Fate:
    """A statement, the knowledge time over which its development made it without a break, and what became of it."""

    told: Believed
    status: Status
    held: Held | None
    outranked: Outranked | None
    rivals: tuple[FactRow, ...]


def unbroken(believed: Sequence[Believed]) -> list[Believed]:
    """The statements, each once, where several versions of a development make it one after the other.

    `fact` is as the last of these versions has it.
    """
    found: dict[tuple[object, ...], Believed] = {}
    for told in sorted(believed, key=lambda told: (told.known_from, told.known_until)):
        fact = told.fact
        identity = (fact.development, fact.known_since, fact.position, fact.payload)
        before = found.get(identity)
        found[identity] = (
            told if before is None else Believed(fact, before.known_from, max(before.known_until, told.known_until))
        )
    return sorted(found.values(), key=lambda told: (told.fact.rank, told.known_from))


def fates(believed: Sequence[Believed], known: int) -> list[Fate]:
    """What became of all statements under one key, as known at `known`.

    In the order in which they begin; of those that begin together, in the order in which they became known.
    """
    statements = unbroken(believed)
    quarrel = _Quarrel(statements)
    found = [quarrel.fate(told, min(told.known_until - 1, known)) for told in statements]
    return sorted(found, key=lambda fate: (fate.told.fact.since_earliest, fate.told.known_from))


class _Quarrel:
    """The statements under one key, in the order of rank."""

    def __init__(self, statements: Sequence[Believed]) -> None:
        self._all = statements
        self._begins = [told.fact.since_earliest for told in statements]
        self._widest = max((told.fact.since_latest - told.fact.since_earliest for told in statements), default=0)
        self._denials = [told for told in statements if told.fact.standing == _DENIED]
        self._values = {told.fact.id: stated(told.fact) for told in statements}

    def fate(self, told: Believed, moment: int) -> Fate:
        """What had become of a statement at a moment at which it was believed."""
        fact = told.fact
        if fact.standing == _DENIED:
            return Fate(told, Status.DENIAL, None, None, ())
        if fact.is_end:
            return Fate(told, Status.END, None, None, ())
        outranked, rivals = self._outranked(told, moment), self._rivals(fact, moment)
        if outranked is not None:
            return Fate(told, Status.RIVAL, None, outranked, rivals)
        return Fate(told, Status.HELD, self._held(fact, moment), None, rivals)

    def _outranked(self, told: Believed, moment: int) -> Outranked | None:
        first, last = self._beginning(told.fact.since_earliest)
        better = [other for other in self._all[first:last] if _wins(other.fact, told.fact)]
        since, by = moment + 1, None
        while since > told.known_from:
            above = [other for other in better if other.known_from < since <= other.known_until]
            if not above:
                break
            by = max(above, key=lambda other: other.fact.rank).fact if by is None else by
            since = min(other.known_from for other in above)
        if by is None:
            return None
        return Outranked(by, since if since > told.known_from else None)

    def _held(self, fact: FactRow, moment: int) -> Held:
        start, successor = fact.since_earliest, self._successor(fact, moment)
        if successor is None:
            is_over = fact.until_latest < MAX_INSTANT
            return Held(start, fact.until_latest, Stop.ENDED if is_over else None, fact if is_over else None)
        until = min(fact.until_latest, successor.since_earliest)
        if fact.until_earliest <= successor.since_earliest:
            return Held(start, until, Stop.ENDED, fact)
        if successor.is_end:
            return Held(start, until, Stop.ENDED, successor)
        same = self._values[successor.id] == self._values[fact.id]
        return Held(start, until, Stop.RESTATED if same else Stop.REPLACED, successor)

    def _successor(self, fact: FactRow, moment: int) -> FactRow | None:
        """The best placed of those that begin next."""
        place = self._beginning(fact.since_earliest)[1]
        while place < len(self._all):
            following = self._beginning(self._begins[place])[1]
            for told in reversed(self._all[place:following]):
                if told.fact.standing != _DENIED and told.known_from <= moment < told.known_until:
                    return told.fact
            place = following
        return None

    def _rivals(self, fact: FactRow, moment: int) -> tuple[FactRow, ...]:
        """Those that contest it as a state would have them, the strongest first."""
        first = bisect_left(self._begins, fact.since_earliest - self._widest)
        last = bisect_right(self._begins, fact.since_latest)
        found = {}
        for told in (*self._all[first:last], *self._denials):
            other = told.fact
            if other is fact or other.is_end or not told.known_from <= moment < told.known_until:
                continue
            if contests(other, fact, says_the_same=self._values[other.id] == self._values[fact.id]):
                found[other.id] = other
        return tuple(sorted(found.values(), key=lambda other: other.rank, reverse=True))

    def _beginning(self, since: int) -> tuple[int, int]:
        """Where those that begin at an instant stand."""
        return bisect_left(self._begins, since), bisect_right(self._begins, since)


def _wins(other: FactRow, fact: FactRow) -> bool:
    return other.standing != _DENIED and other.rank > fact.rank
