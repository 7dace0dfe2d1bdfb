"""What a key shows along one clock, the other being fixed: pure functions over the facts stated under it.

The facts of one key are few enough to be read whole. Those in force at a moment of knowledge, in the order of their
ranks, are the winners along valid time; and at an instant of valid time the best of those in force wins, moment of
knowledge by moment of knowledge. Spans are half-open; where there is none, the key shows nothing.
"""

from bisect import insort
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from timeline.dates import MAX_INSTANT


class Claim(NamedTuple):
    """As much of a fact as decides who wins, and a range of knowledge time over which it is in force.

    Claims compare as their facts rank. Denials make no claim.
    """

    since: int
    standing: int
    known_since: int
    position: int
    ordinal: int
    fact: int
    since_latest: int
    until_latest: int
    is_end: bool
    known_from: int
    known_until: int


class Run(NamedTuple):
    """A span over which the same fact is shown, and the fact that wins then, both by their ids.

    They differ where the winner is an end that is only possible yet: then what it may have ended is shown.
    """

    start: int
    until: int
    fact: int
    winner: int


def over_at(claims: Iterable[Claim]) -> list[Run]:
    """What is shown along valid time by claims that are in force at the same time, earliest first."""
    ranked = sorted(claims)
    best = [list(group)[-1] for _, group in groupby(range(len(ranked)), key=lambda number: ranked[number].since)]
    runs = []
    for number, following in pairwise((*best, len(ranked))):
        winner = ranked[number]
        next_since = ranked[following].since if following < len(ranked) else MAX_INSTANT
        shown, gone = _shown(winner, ranked[number - 1] if number else None)
        if shown is not None and winner.since < min(gone, next_since):
            runs.append(Run(winner.since, min(gone, next_since), shown.fact, winner.fact))
    return runs


def over_known(claims: Iterable[Claim], at: int) -> list[Run]:
    """What is shown along knowledge time at an instant of valid time, earliest first."""
    begun = [claim for claim in claims if claim.since <= at and claim.known_from < claim.known_until]
    turns = sorted({bound for claim in begun for bound in (claim.known_from, claim.known_until)})
    entering = _by(begun, lambda claim: claim.known_from)
    leaving = _by(begun, lambda claim: claim.known_until)
    ranked: list[Claim] = []
    runs: list[Run] = []
    for known, until in pairwise(turns):
        for claim in leaving.get(known, ()):
            ranked.remove(claim)
        for claim in entering.get(known, ()):
            insort(ranked, claim)
        if not ranked:
            continue
        shown, gone = _shown(ranked[-1], ranked[-2] if len(ranked) > 1 else None)
        if shown is None or at >= gone:
            continue
        run = Run(known, until, shown.fact, ranked[-1].fact)
        if runs and runs[-1].until == known and runs[-1][2:] == run[2:]:
            run = run._replace(start=runs.pop().start)
        runs.append(run)
    return runs


def _shown(winner: Claim, before: Claim | None) -> tuple[Claim | None, int]:
    """What is shown while a claim wins, if anything, and from when on no more."""
    if not winner.is_end:
        return winner, winner.until_latest
    if before is None or before.is_end:
        return None, winner.since
    return before, min(winner.since_latest, before.until_latest)


def _by(claims: Sequence[Claim], bound: Callable[[Claim], int]) -> dict[int, list[Claim]]:
    found: dict[int, list[Claim]] = {}
    for claim in claims:
        found.setdefault(bound(claim), []).append(claim)
    return found
