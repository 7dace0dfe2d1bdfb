"""Whether a figure of the record is the one that a sentence gives. Pure.

Figures are compared as ranges: what the record leaves possible, and what the sentence would let pass. If all that is
possible passes, the two are the same; if nothing does, they differ; else the record cannot tell. People round, so
that the range of a figure is somewhat wider than a point.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, NamedTuple, Self

from projections.check.claim import Comparison

Value = Mapping[str, Any]


class Match(StrEnum):
    """What comparing a value of the record with that of a claim gives."""

    SAME = "same"
    DIFFERENT = "different"
    CANNOT_TELL = "cannot-tell"


FIGURES: Final = {"money": "amount", "quantity": "amount", "percent": "value"}
"""The types of value that are compared here, and the field in which each has its figure."""

_NARROW: Final = Decimal("0.20")
"""How wide a range may be, as part of a figure in it, for the figure to stand for it."""
_LEFT_OUT: Final = frozenset({"about", "at-least", "more-than"})
"""Reservations of the record that a sentence may leave out."""
_WITHOUT_END: Final = Decimal("Infinity")
_NONE: Final = Decimal(0)


@dataclass(frozen=True, slots=True)
class _Tolerance:
    """How far figures may be apart: as parts of the figure, and for a share of a hundred in points at least."""

    claim_about: Decimal
    record_about: Decimal
    least: Decimal

    def of_claim(self, figure: Decimal) -> Decimal:
        return max(abs(figure) * self.claim_about, self.least)

    def of_record(self, figure: Decimal) -> Decimal:
        return max(abs(figure) * self.record_about, self.least)


_AMOUNT: Final = _Tolerance(Decimal("0.10"), Decimal("0.05"), _NONE)
_SHARE: Final = _Tolerance(Decimal("0.05"), Decimal("0.05"), Decimal(1))
_PLAIN: Final = Decimal("0.01")
"""By which part a plain figure may miss another: "$6.6 billion" for 6.58."""


class _Range(NamedTuple):
    """From `low` to `high`; an end that is `open` is not part of it."""

    low: Decimal
    high: Decimal
    low_open: bool = False
    high_open: bool = False

    @classmethod
    def around(cls, figure: Decimal, width: Decimal) -> Self:
        return cls(figure - width, figure + width)

    def lies_within(self, other: "_Range") -> bool:
        above = self.low > other.low or (self.low == other.low and (self.low_open or not other.low_open))
        below = self.high < other.high or (self.high == other.high and (self.high_open or not other.high_open))
        return above and below

    def misses(self, other: "_Range") -> bool:
        return _ends_before(self, other) or _ends_before(other, self)


def _ends_before(first: _Range, second: _Range) -> bool:
    return first.high < second.low or (first.high == second.low and (first.high_open or second.low_open))


def compare_figures(recorded: Value, claimed: Value, comparison: Comparison) -> Match:
    """What the record says of an amount, a share or a number; the units of the two must be the same."""
    field = FIGURES[recorded["type"]]
    meant = _meant(claimed, comparison)
    if recorded.get(field) is not None and claimed.get(field) is not None:
        alike = _said_alike(recorded, Decimal(recorded[field]), Decimal(claimed[field]), meant)
        if alike is not None:
            return alike
    if meant is Comparison.ABOUT and _is_in_a_narrow_range(recorded, claimed.get(field)):
        return Match.SAME
    possible, passing = _possible(recorded, field), _passing(claimed, field, meant)
    if possible.lies_within(passing):
        return Match.SAME
    return Match.DIFFERENT if possible.misses(passing) else Match.CANNOT_TELL


def _is_in_a_narrow_range(recorded: Value, figure: str | None) -> bool:
    """Whether the record has a range that people would call by the figure: 30% to 35%, about a third."""
    low, high = recorded.get("low"), recorded.get("high")
    if figure is None or low is None or high is None:
        return False
    said = Decimal(figure)
    return Decimal(low) <= said <= Decimal(high) and Decimal(high) - Decimal(low) <= abs(said) * _NARROW


def _meant(claimed: Value, comparison: Comparison) -> Comparison:
    """How the amount is meant: by the claim, or where that says nothing by the qualifier of its value."""
    qualifier = claimed.get("qualifier")
    return Comparison(qualifier) if comparison is Comparison.SAME and qualifier else comparison


def _said_alike(recorded: Value, known: Decimal, said: Decimal, meant: Comparison) -> Match | None:
    """What two figures tell before their ranges do: the same one with the same reservation, or with one left out.

    "27%" is fair where the record has "about 27%", and "$133 million" where it has "more than $133 million"; "$50
    billion" is not where it has "up to $50 billion". Two figures that are both about something are compared as such.
    """
    qualifier, tolerance = recorded.get("qualifier"), _tolerance(recorded)
    distance = abs(known - said)
    is_near = distance <= tolerance.of_claim(said)
    found: Match | None = Match.SAME if qualifier == meant.value and known == said else None
    match meant:
        case Comparison.SAME if qualifier in _LEFT_OUT and distance <= _rounding(recorded, said):
            found = Match.SAME
        case Comparison.SAME if qualifier == "about":
            # a plain figure is not to be widened a second time
            found = Match.CANNOT_TELL if distance <= tolerance.of_record(known) else Match.DIFFERENT
        case Comparison.ABOUT if qualifier == "about" and distance > tolerance.of_record(said):
            found = Match.CANNOT_TELL if is_near else Match.DIFFERENT
        case Comparison.ABOUT if qualifier in _LEFT_OUT and is_near:
            found = Match.SAME
        case Comparison.UP_TO if qualifier is None and known <= said:
            # a limit that is not passed is no lie, yet naming it says more
            found = Match.SAME if is_near else Match.CANNOT_TELL
    return found


def _possible(recorded: Value, field: str) -> _Range:
    """What the record leaves possible."""
    if recorded.get(field) is None:
        return _between(recorded, _NONE, _NONE)
    known = Decimal(recorded[field])
    match recorded.get("qualifier"):
        case "about":
            return _Range.around(known, _tolerance(recorded).of_record(known))
        case "at-least":
            return _Range(known, _WITHOUT_END)
        case "more-than":
            return _Range(known, _WITHOUT_END, low_open=True)
        case "up-to":
            return _Range(min(_NONE, known), known)
        case _:
            return _Range(known, known)


def _passing(claimed: Value, field: str, meant: Comparison) -> _Range:
    """What a sentence lets pass."""
    is_about, tolerance = meant is Comparison.ABOUT, _tolerance(claimed)
    if claimed.get(field) is None:
        ends = [Decimal(claimed[end]) if claimed.get(end) is not None else _NONE for end in ("low", "high")]
        low, high = (tolerance.of_claim(end) if is_about else _rounding(claimed, end) for end in ends)
        return _between(claimed, low, high)
    said = Decimal(claimed[field])
    ranges = {
        Comparison.SAME: _Range.around(said, _rounding(claimed, said)),
        Comparison.ABOUT: _Range.around(said, tolerance.of_claim(said)),
        Comparison.AT_LEAST: _Range(said, _WITHOUT_END),
        Comparison.MORE_THAN: _Range(said, _WITHOUT_END, low_open=True),
        Comparison.UP_TO: _Range(-_WITHOUT_END, said),
        Comparison.LESS_THAN: _Range(-_WITHOUT_END, said, high_open=True),
    }
    return ranges[meant]


def _between(value: Value, below: Decimal, above: Decimal) -> _Range:
    """The range that a value gives by its ends, one of which may be missing; wider by so much."""
    low, high = value.get("low"), value.get("high")
    return _Range(
        -_WITHOUT_END if low is None else Decimal(low) - below,
        _WITHOUT_END if high is None else Decimal(high) + above,
    )


def _rounding(value: Value, figure: Decimal) -> Decimal:
    """How much a plain figure can be off: one part in a hundred; a share, half of its last digit."""
    if value["type"] != "percent":
        return abs(figure) * _PLAIN
    places = max(0, -int(figure.normalize().as_tuple().exponent))
    return Decimal(5).scaleb(-places - 1)


def _tolerance(value: Value) -> _Tolerance:
    return _SHARE if value["type"] == "percent" else _AMOUNT
