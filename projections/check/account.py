"""What the record says of one key at one moment of knowledge: what is shown when, and what stands against it. Pure.

It follows the same rules as the index (`projections.selection`), over the facts of a single key read whole: a claim is
asked of all of valid time and of every earlier knowledge, not of one point.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple, Self

from pydantic_core import from_json

from projections.index.keyed import Believed
from projections.index.reader import FactRow, KeyRow
from projections.index.rivalry import about_then
from timeline.dates import MAX_INSTANT, MIN_INSTANT
from timeline.standing import Standing

_STANDINGS = {standing.rank: standing for standing in Standing}


@dataclass(frozen=True, slots=True)
class Said:
    """A fact as the record states it, and the half-open range of knowledge time over which it is in force."""

    row: FactRow
    value: dict[str, Any] | None
    since: str
    until: str | None
    standing: Standing
    known_from: int
    known_until: int

    @classmethod
    def of(cls, believed: Believed) -> Self:
        """A fact as the index gives it."""
        row, payload = believed.fact, from_json(believed.fact.payload)
        return cls(
            row,
            payload["value"],
            payload["since"],
            payload["until"],
            _STANDINGS[row.standing],
            believed.known_from,
            believed.known_until,
        )

    def begins_about(self, other: "Said") -> bool:
        """Whether the two may have begun at the same time."""
        return about_then(self.row, other.row)


class Stretch(NamedTuple):
    """A half-open range of valid time over which nothing changes.

    `fact` is what is shown, if anything; `winner` decides the key (it may have run out, or be an end); where the fact
    shown may not have begun, `instead` is what holds if it has not.
    """

    start: int
    until: int
    winner: Said | None
    fact: Said | None
    instead: Said | None
    is_certain: bool


class Account:
    """One key as known at one moment, at one floor of trust."""

    def __init__(self, key: KeyRow, said: Iterable[Said]) -> None:
        """`said` is what is in force at that moment and admitted by the floor, and the denials."""
        self.key = key
        everything = sorted(said, key=lambda one: one.row.rank)
        self.denials: Sequence[Said] = [one for one in everything if one.standing is Standing.DENIED]
        self.stated: Sequence[Said] = [one for one in everything if one.standing is not Standing.DENIED]
        self._beginnings = [one.row.since_earliest for one in self.stated]

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """All of valid time, earliest first."""
        edges = {MIN_INSTANT, MAX_INSTANT}
        for one in self.stated:
            row = one.row
            edges.update((row.since_earliest, row.since_latest, row.until_earliest, row.until_latest))
        return tuple(self._stretch(start, until) for start, until in pairwise(sorted(edges)))

    def at(self, instant: int) -> Stretch:
        """The stretch that holds an instant."""
        return next(stretch for stretch in self.stretches if instant < stretch.until or stretch.until == MAX_INSTANT)

    def rivals(self, fact: Said) -> tuple[Said, ...]:
        """What else is stated of about the same time, and denials made of it then or later; the strongest first.

        Who denies that something is over speaks against its end, and not against it.
        """
        others = [one for one in self.stated if one is not fact and one.value is not None and one.begins_about(fact)]
        denials = [
            one
            for one in self.denials
            if one.row.since_latest >= fact.row.since_earliest and (one.value is not None or fact.value is None)
        ]
        return (*reversed(others), *reversed(denials))

    def _stretch(self, start: int, until: int) -> Stretch:
        place = bisect_right(self._beginnings, start) - 1
        if place < 0:
            return Stretch(start, until, None, None, None, is_certain=True)
        winner = self.stated[place]
        has_begun = start >= winner.row.since_latest
        before = None if has_begun or place == 0 else _showing(self.stated[place - 1], start)
        if not winner.row.is_end:
            shown = _showing(winner, start)
            is_certain = has_begun and (shown is None or start < winner.row.until_earliest)
            return Stretch(start, until, winner, shown, before, is_certain)
        if before is None or start >= before.row.since_latest or place == 1:
            return Stretch(start, until, winner, before, None, is_certain=before is None)
        return Stretch(start, until, winner, before, _showing(self.stated[place - 2], start), is_certain=False)


def _showing(one: Said, instant: int) -> Said | None:
    return None if one.row.is_end or one.row.until_latest <= instant else one


class Ledger:
    """All that was ever stated under one key, at one floor and one revision."""

    def __init__(self, key: KeyRow, believed: Iterable[Believed]) -> None:
        self.key = key
        self.said = [Said.of(one) for one in believed]
        self._accounts: dict[int, Account] = {}

    def as_known(self, known: int) -> Account:
        """The key as known at a moment."""
        if known not in self._accounts:
            in_force = (one for one in self.said if one.known_from <= known < one.known_until)
            self._accounts[known] = Account(self.key, in_force)
        return self._accounts[known]

    def moments(self, known: int) -> set[int]:
        """The moments up to `known` at which something under the key came into force, or stopped to be."""
        edges = (edge for one in self.said for edge in (one.known_from, one.known_until))
        return {edge for edge in edges if edge <= known}

    def has_changed_its_mind(self, known: int) -> bool:
        """Whether something stated under the key was not in force any more at a moment."""
        return any(one.known_until <= known for one in self.said)

    def told_again(self, then: int, now: int) -> Account:
        """The key as it would be known now, had nobody spoken of it since then but those who already had."""
        spoke = {one.row.development for one in self.said if one.known_from <= then < one.known_until}
        in_force = (one for one in self.said if one.known_from <= now < one.known_until)
        return Account(self.key, (one for one in in_force if one.row.development in spoke))
