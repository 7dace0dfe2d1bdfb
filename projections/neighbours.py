"""The instants of valid time next to `at` at which the state differs from the one at `at`.

A state can turn where a region begins or ends, and where a bound of a fact that is shown makes it certain or doubtful.
Most such turns are sure to be seen; at the others, such as the possible end of what was only possible before, the
state is looked at again, and if it is the same the search goes on from there.

At an earlier revision what was one region can lie in pieces, since later events have cut it. Where one piece ends and
the next of the same winner begins, nothing turns.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from projections.index.reader import FactRow, IndexReader, Piece
from projections.selection import Contest, Selection, select
from timeline.basis import At
from timeline.dates import MAX_INSTANT, MIN_INSTANT, parse_date

ReaderAt = Callable[[int], IndexReader]
"""Makes a reader of the same basis at another instant of valid time."""

_FIRST = parse_date("0001").earliest
_LAST = parse_date("9999").latest


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The last instant before `at` and the first after it at which the state is another one; None if there is none."""

    previous: At | None
    next: At | None


class _Turn(NamedTuple):
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
        ends = {contest.won.fact.id: contest.won.shown_until for contest in here.contests}
        news = _beginning(reader, ends)
        turns = [turn for turn in _turns(here, {}, ends, news) if turn.instant > here.at]
        if news is not None:
            turns.append(_Turn(news[0], _is_seen(reader, here, news)))
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
        begins = {contest.won.fact.id: contest.won.at_from for contest in here.contests}
        news = _ending(reader, begins)
        turns = [turn for turn in _turns(here, begins, {}, news) if turn.instant <= here.at]
        if news is not None:
            turns.append(_Turn(news[1], _is_seen(reader, here, news)))
        instant = max((turn.instant for turn in turns), default=MIN_INSTANT)
        if instant <= _FIRST:
            return None
        if _Turn(instant, is_sure=True) in turns:
            return At(instant - 1)
        here = select(reader_at(instant - 1))
        if here.face() != selection.face():
            return At(instant - 1)


def _beginning(reader: IndexReader, ends: dict[int, int]) -> Piece | None:
    """The first region that begins later. Those that only go on where a winner at hand ends move its end in `ends`."""
    for piece in reader.beginnings():
        begins, until, fact_id = piece
        if ends.get(fact_id) != begins:
            return piece
        ends[fact_id] = until
    return None


def _ending(reader: IndexReader, begins: dict[int, int]) -> Piece | None:
    """The last region that ended before. Those from which a winner at hand only goes on move its beginning."""
    for piece in reader.endings():
        since, until, fact_id = piece
        if begins.get(fact_id) != until:
            return piece
        begins[fact_id] = since
    return None


def _is_seen(reader: IndexReader, here: Selection, news: Piece) -> bool:
    """Whether a region elsewhere is sure to make a difference: its winner is shown there, and is not shown here."""
    return all(item.fact.id != news[2] for item in here.shown) and not reader.is_end(news[2])


def _turns(selection: Selection, begins: Mapping[int, int], ends: Mapping[int, int], news: Piece | None) -> list[_Turn]:
    """The turns that the regions at hand and the facts in them may bring."""
    rivals = {item.won.key.id: item.rivals for item in selection.shown}
    found: list[_Turn] = []
    for contest in selection.contests:
        won = contest.won
        since, until = begins.get(won.fact.id, won.at_from), ends.get(won.fact.id, won.shown_until)
        is_fact = not won.fact.is_end
        # whoever takes over from a fact at hand is the news, unless nobody does
        found.append(_Turn(since, is_fact and since == won.fact.since_earliest))
        found.append(_Turn(until, is_fact and (news is None or until != news[0])))
        found += [turn for turn in _turns_within(contest, rivals.get(won.key.id, ())) if since < turn.instant < until]
    return [turn for turn in found if abs(turn.instant) < MAX_INSTANT]


def _turns_within(contest: Contest, rivals: tuple[FactRow, ...]) -> Iterator[_Turn]:
    """The turns of one key, as long as its winner stays the same."""
    winner = contest.won.fact
    for fact in (winner, *rivals):
        is_sure = not winner.is_end and fact.since_latest < fact.until_earliest and fact not in contest.looked_at
        yield _Turn(fact.since_latest, is_sure)
        yield _Turn(fact.until_earliest, is_sure)
    for fact in contest.looked_at:
        yield _Turn(fact.since_latest, is_sure=False)
        yield _Turn(fact.until_earliest, is_sure=False)
        yield _Turn(fact.until_latest, is_sure=False)
