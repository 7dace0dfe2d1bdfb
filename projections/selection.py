"""What a state shows, before it is put into words: the facts that hold, how surely, and who contests them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from projections.index.reader import FactRow, IndexReader, Won
from projections.rivals import contests, distinctive, payloads


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
    """All that is shown at one instant of valid time.

    `payloads` holds what was read of facts to compare them, by their ids.
    """

    at: int
    contests: tuple[Contest, ...]
    shown: tuple[Shown, ...]
    payloads: Mapping[int, Mapping[str, Any]]

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
    rivals = reader.rivals([_as_shown(contest.won, contest.fact) for contest in contests if contest.fact is not None])
    read = payloads(_compared(contests, rivals))
    shown = [
        Shown(
            won,
            fact,
            fact is won.fact and is_certain(fact, at),
            _contesting(fact, rivals.get(fact.id, ()), instead, read),
        )
        for won, fact, instead, _ in contests
        if fact is not None
    ]
    return Selection(at, contests, tuple(shown), read)


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
    return tuple([_contest(won, at, seconds) for won in winners])


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


def _as_shown(won: Won, fact: FactRow) -> Won:
    """What is won, with the fact that is shown of it."""
    return won if fact is won.fact else won._replace(fact=fact)


def _compared(contests: Sequence[Contest], rivals: Mapping[int, Sequence[FactRow]]) -> list[FactRow]:
    """The facts whose values tell who contests whom: those shown that somebody may contest, and whoever that is."""
    found: list[FactRow] = []
    for _, fact, instead, _ in contests:
        if fact is not None and (instead is not None or fact.id in rivals):
            found += (fact, *rivals.get(fact.id, ()), *((instead,) if instead is not None else ()))
    return found


def _contesting(
    fact: FactRow, rivals: Sequence[FactRow], instead: FactRow | None, read: Mapping[int, Mapping[str, Any]]
) -> tuple[FactRow, ...]:
    """Those that disagree: other values about the same time, denials of this one, and what else may hold still."""
    if not rivals and instead is None:
        return ()
    mine = distinctive(read[fact.id]["value"])
    found = {
        rival.id: rival
        for rival in rivals
        if contests(rival, fact, says_the_same=distinctive(read[rival.id]["value"]) == mine)
    }
    if instead is not None and distinctive(read[instead.id]["value"]) != mine:
        found[instead.id] = instead
    return tuple(sorted(found.values(), key=lambda rival: rival.rank, reverse=True))
