"""The instants of valid time next to `at` at which the state differs from the one at `at`.

A state can turn where a region begins or ends, and where a bound of a fact that is shown makes it certain or doubtful.
Most such turns are sure to be seen; at the others, such as the possible end of what was only possible before, the
state is looked at again, and if it is the same the search goes on from there.

At an earlier revision what was one region can lie in pieces, since later events have cut it. Where one piece ends and
the next of the same winner begins, nothing turns.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

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


def neighbours(reader_at: ReaderAt, selection: Selection) -> Neighbours:
    """The neighbours of what is shown at an instant."""
    return Neighbours(_previous(reader_at, selection), _next(reader_at, selection))


def _next(reader_at: ReaderAt, selection: Selection) -> At | None:
    here = selection
    while True:
        reader, rivals = reader_at(here.at), _rivals(here)
        ends = {contest.won.fact.id: contest.won.shown_until for contest in here.contests}
        instant, news = _beginning(reader, here.at, _bounds(here), ends)
        if instant > _LAST:
            return None
        for contest in here.contests:
            until = ends[contest.won.fact.id]
            # whoever takes over from a fact at hand is the news, unless nobody does
            if until == instant and news is None and not contest.won.fact.is_end:
                return At(instant)
            if until > instant and _turns(contest, rivals, instant):
                return At(instant)
        if news is not None and _is_seen(reader, here, news):
            return At(instant)
        here = select(reader_at(instant))
        if here.face() != selection.face():
            return At(instant)


def _previous(reader_at: ReaderAt, selection: Selection) -> At | None:
    here = selection
    while True:
        reader, rivals = reader_at(here.at), _rivals(here)
        begins = {contest.won.fact.id: contest.won.at_from for contest in here.contests}
        instant, news = _ending(reader, here.at, _bounds(here), begins)
        if instant <= _FIRST:
            return None
        for contest in here.contests:
            since = begins[contest.won.fact.id]
            if since == instant == contest.won.fact.since_earliest and not contest.won.fact.is_end:
                return At(instant - 1)
            if since < instant and _turns(contest, rivals, instant):
                return At(instant - 1)
        if news is not None and _is_seen(reader, here, news):
            return At(instant - 1)
        here = select(reader_at(instant - 1))
        if here.face() != selection.face():
            return At(instant - 1)


def _beginning(reader: IndexReader, at: int, bounds: Sequence[int], ends: dict[int, int]) -> tuple[int, Piece | None]:
    """The first instant after `at` at which anything may turn, and a region elsewhere that begins then.

    Regions that only go on where a winner at hand ends move its end in `ends`.
    """
    inner = min((bound for bound in bounds if bound > at), default=MAX_INSTANT)
    low, instant = at, min(inner, *ends.values(), MAX_INSTANT)
    while low < instant:
        for piece in reader.beginnings(low, min(instant, MAX_INSTANT - 1)):
            begins, until, fact_id = piece
            if ends.get(fact_id) != begins:
                return begins, piece
            ends[fact_id] = until
        low, instant = instant, min(inner, *ends.values(), MAX_INSTANT)
    return instant, None


def _ending(reader: IndexReader, at: int, bounds: Sequence[int], begins: dict[int, int]) -> tuple[int, Piece | None]:
    """The last instant up to `at` at which anything may turn, and a region elsewhere that ended then.

    Regions from which a winner at hand only goes on move its beginning in `begins`.
    """
    inner = max((bound for bound in bounds if bound <= at), default=MIN_INSTANT)
    high, instant = int(at), max(inner, *begins.values(), MIN_INSTANT)
    while instant <= high:
        for piece in reader.endings(max(instant - 1, MIN_INSTANT), high):
            since, until, fact_id = piece
            if begins.get(fact_id) != until:
                return until, piece
            begins[fact_id] = since
        high, instant = instant - 1, max(inner, *begins.values(), MIN_INSTANT)
    return instant, None


def _is_seen(reader: IndexReader, here: Selection, news: Piece) -> bool:
    """Whether a region elsewhere is sure to make a difference: its winner is shown there, and is not shown here."""
    return all(item.fact.id != news[2] for item in here.shown) and not reader.is_end(news[2])


def _rivals(here: Selection) -> dict[int, tuple[FactRow, ...]]:
    """Those that contest what is shown, by its key."""
    return {item.won.key.id: item.rivals for item in here.shown}


def _bounds(here: Selection) -> list[int]:
    """The bounds of the facts at hand: where one becomes certain or doubtful."""
    found: list[int] = []
    for won, _, _, looked_at in here.contests:
        found += (won.fact.since_latest, won.fact.until_earliest)
        for fact in looked_at:
            found += (fact.since_latest, fact.until_earliest, fact.until_latest)
    for item in here.shown:
        for rival in item.rivals:
            found += (rival.since_latest, rival.until_earliest)
    return found


def _turns(contest: Contest, rivals: Mapping[int, tuple[FactRow, ...]], instant: int) -> bool:
    """Whether a key, whose winner stays the same, is sure to be shown otherwise from an instant on."""
    winner = contest.won.fact
    return not winner.is_end and any(
        instant in (fact.since_latest, fact.until_earliest)
        and fact.since_latest < fact.until_earliest
        and fact not in contest.looked_at
        for fact in (winner, *rivals.get(winner.key_id, ()))
    )
