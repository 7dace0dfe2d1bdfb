"""Does each region of a key have the right winner, and do they tile the plane? Pure, no database.

At one `known` and one floor the winners follow from the facts that are then in force: of those that begin at the same
instant the one of best rank, each until the next one begins. Walking along `known`, only what begins or ends there has
to be looked at, so a long history takes little more than a few steps for each of its regions.
"""

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from math import isqrt
from typing import Final, NamedTuple

from timeline.dates import MAX_INSTANT, MIN_INSTANT
from timeline.standing import Floor, Standing

FLOORS: Final = tuple(int(floor) for floor in Floor)
_LOOKED_AT: Final = 5_000
"""About so many facts of the past of a key are looked at: of a short one all, at every revision and every `known`."""


class Force(NamedTuple):
    """A fact over one range of knowledge time, as it counted over one range of revisions."""

    fact: int
    rank: tuple[int, ...]
    """Since, standing, known since, position and ordinal: the greater wins."""
    gone: int
    known_from: int
    known_until: int
    revision_from: int
    revision_until: int = MAX_INSTANT

    def is_admitted(self, floor: int) -> bool:
        """Whether a floor of trust lets it through: denials never hold."""
        return 0 < self.rank[1] >= Standing.CONFIRMED.rank - floor


class Piece(NamedTuple):
    """A rectangle of the plane of a key, over a range of revisions; fact 0 is nobody."""

    fact: int
    floor_from: int
    floor_until: int
    known_from: int
    known_until: int
    at_from: int
    at_until: int
    shown_until: int
    revision_from: int
    revision_until: int = MAX_INSTANT
    closed_by: int = 0
    """Where it ends by an event in order, the revision of that: see `projections.regions`."""

    def says_at(self, known: int, revision: int) -> bool:
        """Whether it counts at an instant of knowledge that a revision reaches."""
        return self.known_from <= known and (
            known < self.known_until or (known == self.known_until and revision < self.closed_by)
        )


def differences_now(forces: Sequence[Force], pieces: Sequence[Piece]) -> Iterator[str]:
    """Where the regions as they now stand are not what the facts in force make them."""
    for piece in pieces:
        if piece.known_from >= piece.known_until or piece.at_from >= piece.at_until:
            yield f"a region without extent: {_place(piece)}"
    for floor in FLOORS:
        admitted = [force for force in forces if force.is_admitted(floor) and force.known_from < force.known_until]
        yield from _Walk(floor).along(
            admitted, [piece for piece in pieces if piece.floor_from <= floor <= piece.floor_until]
        )
    gone = {force.fact: force.gone for force in forces}
    for piece in pieces:
        shown = min(piece.at_until, gone.get(piece.fact, MAX_INSTANT)) if piece.fact else piece.at_from
        if piece.shown_until != shown and piece.fact in {0, *gone}:
            yield f"it is shown until {piece.shown_until}, not {shown}: {_place(piece)}"


class _Walk:
    """Goes along knowledge time at one floor, with what is in force and what the regions say."""

    def __init__(self, floor: int) -> None:
        self._floor = floor
        self._forces: dict[int, list[Force]] = defaultdict(list)
        self._begins: list[int] = []
        self._pieces: dict[int, list[Piece]] = defaultdict(list)

    def along(self, forces: Iterable[Force], pieces: Iterable[Piece]) -> Iterator[str]:
        steps: dict[int, list[tuple[bool, Force | Piece]]] = defaultdict(list)
        steps[MIN_INSTANT] = []
        both: list[Force | Piece] = [*forces, *pieces]
        for one in both:
            steps[one.known_until].append((False, one))
            steps[one.known_from].append((True, one))
        for known in sorted(steps):
            touched = {MIN_INSTANT} if known == MIN_INSTANT else set[int]()
            for begins, one in sorted(steps[known], key=lambda step: step[0]):
                touched |= self._take_fact(one, begins) if isinstance(one, Force) else self._take_piece(one, begins)
            if known < MAX_INSTANT:
                yield from (f"at known {known}, floor {self._floor}: {said}" for said in self._look(touched))

    def _take_fact(self, force: Force, begins: bool) -> set[int]:  # noqa: FBT001
        since = force.rank[0]
        there = self._forces[since]
        if begins:
            there.append(force)
            if len(there) == 1:
                insort(self._begins, since)
        else:
            there.remove(force)
            if not there:
                del self._forces[since]
                del self._begins[bisect_left(self._begins, since)]
        before = bisect_left(self._begins, since) - 1
        return {since, self._begins[before] if before >= 0 else MIN_INSTANT}

    def _take_piece(self, piece: Piece, begins: bool) -> set[int]:  # noqa: FBT001
        there = self._pieces[piece.at_from]
        if begins:
            there.append(piece)
        else:
            there.remove(piece)
            if not there:
                del self._pieces[piece.at_from]
        return {piece.at_from}

    def _look(self, touched: Iterable[int]) -> Iterator[str]:
        for at in sorted(touched):
            begun, there = self._forces.get(at), self._pieces.get(at, [])
            winner = max(begun, key=lambda force: force.rank).fact if begun else 0
            if not begun and at != MIN_INSTANT:
                if there:
                    yield f"a region begins at {at}, where nothing does: {_place(there[0])}"
                continue
            if len(there) != 1:
                yield f"{len(there)} regions begin at {at}, not one"
                continue
            following = bisect_right(self._begins, at)
            until = self._begins[following] if following < len(self._begins) else MAX_INSTANT
            if (there[0].fact, there[0].at_until) != (winner, until):
                yield f"the fact {winner} wins from {at} until {until}: {_place(there[0])}"


def differences_then(
    forces: Sequence[Force], pieces: Sequence[Piece], head: int, reach_of: Callable[[int], int]
) -> tuple[list[str], bool]:
    """Where regions and past regions together are not what earlier revisions made them.

    `reach_of` tells how far knowledge reached at a revision: regions say nothing beyond that. Of a long past only
    some revisions and some `known` are looked at, and the second answer is False.
    """
    both: list[Force | Piece] = [*forces, *pieces]
    revisions = sorted({one.revision_from for one in both} | {one.revision_until for one in forces})
    revisions = [revision for revision in revisions if 0 < revision < head]
    knowns = sorted({known for one in both for known in (one.known_from, one.known_until - 1)})
    most = max(isqrt(_LOOKED_AT // max(len(forces), 1)), 2)
    is_all = len(revisions) <= most and len(knowns) <= most
    found: list[str] = []
    for revision in _spread(revisions, most):
        then = [one for one in forces if one.revision_from <= revision < one.revision_until]
        there = [one for one in pieces if one.revision_from <= revision < one.revision_until]
        reach = reach_of(revision)
        for known in _spread(knowns, most):
            in_force = [one for one in then if one.known_from <= known < one.known_until]
            shown = [one for one in there if one.says_at(min(known, reach), revision)]
            found += [
                f"at revision {revision}, known {known}, floor {floor}: not what held then"
                for floor in FLOORS
                if _runs(shown, floor) != _expected(in_force, floor)
            ]
    return found, is_all


def _expected(forces: Iterable[Force], floor: int) -> list[tuple[int, int, int]]:
    """What is shown along valid time: the fact, from when and until when."""
    best: dict[int, Force] = {}
    for force in forces:
        since = force.rank[0]
        if force.is_admitted(floor) and (since not in best or best[since].rank < force.rank):
            best[since] = force
    begins = sorted(best)
    return [
        (best[since].fact, since, min(until, best[since].gone))
        for since, until in zip(begins, [*begins[1:], MAX_INSTANT], strict=False)  # no fact, no run
        if since < min(until, best[since].gone)
    ]


def _runs(pieces: Iterable[Piece], floor: int) -> list[tuple[int, int, int]]:
    runs: list[tuple[int, int, int]] = []
    for piece in sorted(pieces, key=lambda piece: piece.at_from):
        if not piece.floor_from <= floor <= piece.floor_until or piece.at_from >= piece.shown_until:
            continue
        if runs and (runs[-1][0], runs[-1][2]) == (piece.fact, piece.at_from):
            runs[-1] = (piece.fact, runs[-1][1], piece.shown_until)
        else:
            runs.append((piece.fact, piece.at_from, piece.shown_until))
    return runs


def _spread(values: Sequence[int], most: int) -> list[int]:
    """All of them, or so many of them at even distances, the first and the last included."""
    if len(values) <= most:
        return list(values)
    return [values[number * (len(values) - 1) // (most - 1)] for number in range(most)]


def _place(piece: Piece) -> str:
    return (
        f"fact {piece.fact}, known {piece.known_from} to {piece.known_until}, at {piece.at_from} to {piece.at_until}, "
        f"floors {piece.floor_from} to {piece.floor_until}"
    )
