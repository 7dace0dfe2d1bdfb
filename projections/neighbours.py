"""The instants of valid time next to `at` at which the state differs from the one at `at`.

A state can turn where a region begins or ends, and where a bound of a fact that is shown makes it certain or doubtful.
Most such turns are sure to be seen; at the others, such as the possible end of what was only possible before, the
state is looked at again, and if it is the same the search goes on from there.
"""

from collections.abc import Callable
from dataclasses import dataclass

from projections.index.reader import FactRow, IndexReader
from projections.selection import Contest, Selection, select
from timeline.basis import At
from timeline.dates import MAX_INSTANT, parse_date

ReaderAt = Callable[[int], IndexReader]
"""Makes a reader of the same basis at another instant of valid time."""

_FIRST = parse_date("0001").earliest
_LAST = parse_date("9999").latest


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The last instant before `at` and the first after it at which the state is another one; None if there is none."""

    previous: At | None
    next: At | None


@dataclass(frozen=True, slots=True)
class _Turn:
    """An instant from which on the state may be another one, and whether it is so for sure."""

    instant: int
    is_sure: bool


def neighbours(reader_at: ReaderAt, selection: Selection) -> Neighbours:
    """The neighbours of what is shown at an instant."""
    return Neighbours(_previous(reader_at, selection), _next(reader_at, selection))


def _next(reader_at: ReaderAt, selection: Selection) -> At | None:
    here = selection
    while True:
        reader = reader_at(here.at)
        turns = [turn for turn in _turns(here) if turn.instant > here.at]
        turns += _seen(reader, here, reader.next_beginning())
        instant = min((turn.instant for turn in turns), default=MAX_INSTANT)
        if instant > _LAST:
            return None
        if _Turn(instant, is_sure=True) in turns:
            return At(instant)
        here = select(reader_at(instant))
        if here.face() != selection.face():
            return At(instant)


def _previous(reader_at: ReaderAt, selection: Selection) -> At | None:
    here = selection
    while True:
        reader = reader_at(here.at)
        turns = [turn for turn in _turns(here) if turn.instant <= here.at]
        turns += _seen(reader, here, reader.last_ending())
        instant = max((turn.instant for turn in turns), default=-MAX_INSTANT)
        if instant <= _FIRST:
            return None
        if _Turn(instant, is_sure=True) in turns:
            return At(instant - 1)
        here = select(reader_at(instant - 1))
        if here.face() != selection.face():
            return At(instant - 1)


def _seen(reader: IndexReader, here: Selection, found: tuple[int, int] | None) -> list[_Turn]:
    """The turn at the edge of a region elsewhere; sure if there its winner is shown, and here it is not."""
    if found is None:
        return []
    instant, fact_id = found
    is_news = all(item.fact.id != fact_id for item in here.shown)
    return [_Turn(instant, is_sure=is_news and not reader.is_end(fact_id))]


def _turns(selection: Selection) -> set[_Turn]:
    """The turns that the regions at hand and the facts in them may bring."""
    rivals = {item.won.key.id: item.rivals for item in selection.shown}
    return {
        turn
        for contest in selection.contests
        for turn in _turns_within(contest, rivals.get(contest.won.key.id, ()))
        if contest.won.at_from <= turn.instant <= contest.won.shown_until and abs(turn.instant) < MAX_INSTANT
    }


def _turns_within(contest: Contest, rivals: tuple[FactRow, ...]) -> set[_Turn]:
    """The turns of one key, as long as its winner stays the same."""
    won, winner = contest.won, contest.won.fact
    is_fact = not winner.is_end
    turns = {
        # a region of the past may break off where another one goes on
        _Turn(won.at_from, is_fact and won.at_from == winner.since_earliest),
        _Turn(won.shown_until, is_fact and won.shown_until == winner.until_latest),
    }
    for fact in (winner, *rivals, *contest.looked_at):
        is_steady = is_fact and fact not in contest.looked_at
        for instant in (fact.since_latest, fact.until_earliest):
            is_inside = won.at_from < instant < won.shown_until
            turns.add(_Turn(instant, is_steady and is_inside and fact.since_latest < fact.until_earliest))
    turns.update(_Turn(fact.until_latest, is_sure=False) for fact in contest.looked_at)
    return turns
