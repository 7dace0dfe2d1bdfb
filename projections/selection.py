"""What a state shows, before it is put into words: the facts that hold, how surely, and who contests them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from projections.index.reader import FactRow, IndexReader, Won
from projections.rivals import contests, stated


class Shown(NamedTuple):
    """A fact of the state: the region in which it is found, and those that contest it, the strongest first."""

    won: Won
    fact: FactRow
    is_certain: bool
    rivals: tuple[FactRow, ...]


class Contest(NamedTuple):
    """A key that somebody wins.

    `fact` is what is shown: the winner; where the winner is an end that is only possible yet, what it may have
    ended, if that holds still; else nothing. `instead` is what holds if the fact shown has not begun. `looked_at`
    are all that were considered after the winner.
    """

    won: Won
    fact: FactRow | None
    instead: FactRow | None
    looked_at: tuple[FactRow, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """All that is shown at one instant of valid time."""

    at: int
    contests: tuple[Contest, ...]
    shown: tuple[Shown, ...]

    def face(self) -> frozenset[object]:
        """What can differ between two instants of valid time, all else in the basis being equal."""
        return frozenset(
            (item.fact.id, item.is_certain, tuple((rival.id, is_certain(rival, self.at)) for rival in item.rivals))
            for item in self.shown
        )


def select(reader: IndexReader) -> Selection:
    """What the index shows at the reader's basis."""
    at = reader.basis.at
    contests = _contests(reader, reader.winners())
    winners = [contest.won._replace(fact=contest.fact) for contest in contests if contest.fact is not None]
    rivals = reader.rivals(winners)
    shown = tuple(
        Shown(
            won=contest.won,
            fact=contest.fact,
            is_certain=contest.fact is contest.won.fact and is_certain(contest.fact, at),
            rivals=_contesting(contest.fact, rivals.get(contest.fact.id, []), contest.instead),
        )
        for contest in contests
        if contest.fact is not None
    )
    return Selection(at, contests, shown)


def is_certain(fact: FactRow, at: int) -> bool:
    """Whether a fact, if it is true, has surely begun and not yet ended."""
    return fact.since_latest <= at < fact.until_earliest


def _contests(reader: IndexReader, winners: Sequence[Won]) -> tuple[Contest, ...]:
    """The contest of each winner; what may hold instead is looked up for all of them together."""
    at = reader.basis.at
    seconds = reader.runners_up([won.fact for won in winners if at < won.fact.since_latest])
    maybe_ended = [
        before for won in winners if won.fact.is_end and (before := seconds.get(won.fact.id)) and _may_hold(before, at)
    ]
    seconds |= reader.runners_up([before for before in maybe_ended if at < before.since_latest])
    return tuple(_contest(won, at, seconds) for won in winners)


def _contest(won: Won, at: int, seconds: Mapping[int, FactRow]) -> Contest:
    fact = won.fact
    before = seconds.get(fact.id) if at < fact.since_latest else None
    if before is None:
        return Contest(won, None if fact.is_end else fact, None, ())
    held = before if _may_hold(before, at) else None
    if not fact.is_end:
        return Contest(won, fact, held, (before,))
    if held is None or at >= held.since_latest:
        return Contest(won, held, None, (before,))
    second = seconds.get(held.id)
    if second is None:
        return Contest(won, held, None, (before,))
    return Contest(won, held, second if _may_hold(second, at) else None, (before, second))


def _may_hold(fact: FactRow, at: int) -> bool:
    """Whether a fact that had begun says that something holds."""
    return not fact.is_end and at < fact.until_latest


def _contesting(fact: FactRow, rivals: Sequence[FactRow], instead: FactRow | None) -> tuple[FactRow, ...]:
    """Those that disagree: other values about the same time, denials of this one, and what else may hold still."""
    if not rivals and instead is None:
        return ()
    mine = stated(fact)
    found = {rival.id: rival for rival in rivals if contests(rival, fact, says_the_same=stated(rival) == mine)}
    if instead is not None and stated(instead) != mine:
        found[instead.id] = instead
    return tuple(sorted(found.values(), key=lambda rival: rival.rank, reverse=True))
