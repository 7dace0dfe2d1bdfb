"""Amounts in a sentence: sums of money, percentages, ranges, quantities with a unit, and how exactly they are meant.

"$13 billion", "13.75bn dollars", "USD 1B", "thirteen billion dollars", "more than 49 percent", "between 10 and 12
billion dollars", "20-49%", "about a third", "6 GW". A number without currency, percent sign or unit is no amount.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from projections.check.claim import Comparison
from projections.check.reading.english import english
from projections.check.reading.tokens import Token
from projections.check.reading.trie import Trie

_ONE: Final = Decimal(1)
_LETTERS: Final = 3
"""A scale of so few letters stands right after its number: "13bn", "1 B"."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in the tokens from `start` to before `end`; `value` is written as facts carry it."""

    start: int
    end: int
    value: Mapping[str, Any]
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class _Number:
    """A number with what stands beside it; a currency, a percent sign or a unit may be missing."""

    end: int
    number: Decimal
    exponent: int | None = None
    currency: str | None = None
    is_percent: bool = False

    @property
    def scaled(self) -> Decimal:
        return self.number.scaleb(self.exponent or 0)


@dataclass(frozen=True, slots=True)
class _Lists:
    currencies: Trie[str]
    percent: Trie[bool]
    fractions: Trie[str]
    forms: Trie[str]
    comparisons: Trie[Comparison]
    comparisons_after: Trie[Comparison]


@lru_cache(maxsize=1)
def _lists() -> _Lists:
    data = english()
    lists = _Lists(Trie(), Trie(), Trie(), Trie(), Trie(), Trie())
    for phrase, currency in data.currencies.items():
        lists.currencies.add(phrase, currency)
    for phrase in data.percent:
        lists.percent.add(phrase, meaning=True)
    for phrase, form in data.forms.items():
        lists.forms.add(phrase, form)
    for phrase, share in data.fractions.items():
        lists.fractions.add(phrase, share)
    for trie, listed in (
        (lists.comparisons, data.comparisons),
        (lists.comparisons_after, data.comparisons_after),
    ):
        for comparison, phrases in listed.items():
            for phrase in phrases:
                trie.add(phrase, comparison)
    return lists


def amounts(tokens: Sequence[Token], units: Trie[str]) -> tuple[Amount, ...]:
    """All amounts, each as long as it can be; `units` are the units that quantities of the record are counted in."""
    found = []
    place = 0
    while place < len(tokens):
        amount = _amount(tokens, place, units)
        if amount:
            found.append(amount)
        place = amount.end if amount else place + 1
    return tuple(found)


def _amount(tokens: Sequence[Token], start: int, units: Trie[str]) -> Amount | None:
    lists = _lists()
    place, comparison = start, Comparison.SAME
    compared = lists.comparisons.longest(tokens, place)
    if compared:
        place, (comparison, *_) = compared
    for value, end, implied in _values(tokens, place, units):
        after = lists.comparisons_after.longest(tokens, end)
        if after and comparison is Comparison.SAME:
            end, (comparison, *_) = after  # noqa: PLW2901 - the amount ends after "or more"
        return Amount(start, end, value, implied if implied and comparison is Comparison.SAME else comparison)
    return None


def _values(
    tokens: Sequence[Token], start: int, units: Trie[str]
) -> Iterator[tuple[Mapping[str, Any], int, Comparison | None]]:
    """The value that begins at `start`: a range before a number, for the number begins the range."""
    part = english().parts.get(tokens[start].text) if start < len(tokens) else None
    if part:
        comparison, share = part
        yield {"type": "percent", "value": share}, start + 1, comparison
    range_ = _range(tokens, start)
    if range_:
        low, high = range_
        value = _value(tokens, high, units, low=low)
        if value:
            yield *value, None
    number = _number(tokens, start)
    if number is None and _text(tokens, start) in {"a", "an"} and units.longest(tokens, start + 1):
        number = _Number(start + 1, _ONE)
    if number:
        value = _value(tokens, number, units)
        if value:
            yield *value, None
    fraction = _lists().fractions.longest(tokens, start)
    if fraction and start < len(tokens):
        end, (share, *_) = fraction
        comparison_ = Comparison.ABOUT if "." in share else None
        yield {"type": "percent", "value": share}, end, comparison_


def _range(tokens: Sequence[Token], start: int) -> tuple[_Number, _Number] | None:
    """Both ends of a range; what only one of them says counts for both ("$10 to 12 billion")."""
    opened = _text(tokens, start) if _text(tokens, start) in {"between", "from"} else None
    first = _number(tokens, start + (1 if opened else 0))
    if not first:
        return None
    joint = _text(tokens, first.end)
    if joint not in {"-", "–", "to", "and"} or (joint == "and") != (opened == "between"):
        return None
    place = first.end + 1
    second = _number(tokens, place)
    if not second:
        return None
    low = _Number(
        first.end,
        first.number,
        first.exponent if first.exponent is not None else second.exponent,
        first.currency or second.currency,
        second.is_percent,
    )
    high = _Number(second.end, second.number, second.exponent, second.currency or first.currency, second.is_percent)
    agree = low.currency == high.currency and (not first.is_percent or second.is_percent)
    return (low, high) if agree and low.scaled < high.scaled else None


def _value(
    tokens: Sequence[Token], number: _Number, units: Trie[str], low: _Number | None = None
) -> tuple[Mapping[str, Any], int] | None:
    """A number (or the high end of a range) as a value, with where it ends."""

    def span(exact: str) -> dict[str, str]:
        if low:
            return {"low": plain(low.scaled), "high": plain(number.scaled)}
        return {exact: plain(number.scaled)}

    if number.is_percent:
        return None if number.currency else ({"type": "percent", **span("value")}, number.end)
    if number.currency:
        money = {"type": "money", **span("amount"), "currency": number.currency}
        form = _lists().forms.longest(tokens, number.end)
        return (money | {"form": form[1][0]}, form[0]) if form else (money, number.end)
    unit = units.longest(tokens, number.end)
    if unit:
        end, (name, *_) = unit
        return {"type": "quantity", **span("amount"), "unit": name}, end
    return None


def _number(tokens: Sequence[Token], start: int) -> _Number | None:
    """A number with its scale, currency or percent sign, on whichever side they stand."""
    lists = _lists()
    is_negative = _text(tokens, start) == "-"
    place, currency = start + is_negative, None
    before = lists.currencies.longest(tokens, place)
    if before:
        place, (currency, *_) = before
    read = _digits(tokens, place) or _words(tokens, place)
    if not read:
        return None
    place, number = read[0], -read[1] if is_negative else read[1]
    exponent = english().scales.get(_text(tokens, place))
    if exponent is not None and (len(_text(tokens, place)) > _LETTERS or tokens[place - 1].kind == "number"):
        place += 1
    else:
        exponent = None
    after = None if currency else lists.currencies.longest(tokens, place)
    if after:
        place, (currency, *_) = after
    percent = None if currency else lists.percent.longest(tokens, place)
    if percent:
        return _Number(percent[0], number, exponent, is_percent=True)
    return _Number(place, number, exponent, currency)


def _digits(tokens: Sequence[Token], place: int) -> tuple[int, Decimal] | None:
    if place < len(tokens) and tokens[place].kind == "number":
        return place + 1, Decimal(tokens[place].text)
    return None


def _words(tokens: Sequence[Token], start: int) -> tuple[int, Decimal] | None:
    """A number in words: "thirteen", "twenty-seven", "two hundred", "a (billion)", "half a (billion)"."""
    data = english()
    if _text(tokens, start) in {"a", "an"} and _is_scale(tokens, start + 1):
        return start + 1, _ONE
    if _text(tokens, start) == "half" and _text(tokens, start + 1) == "a" and _is_scale(tokens, start + 2):
        return start + 2, Decimal("0.5")
    place, total = start, Decimal(0)
    while (number := data.numbers.get(_text(tokens, place))) is not None:
        total = (total or _ONE) * number if number == 100 else total + number
        place += 1
    return (place, total) if place > start else None


def _is_scale(tokens: Sequence[Token], place: int) -> bool:
    return len(_text(tokens, place)) > _LETTERS and _text(tokens, place) in english().scales


def _text(tokens: Sequence[Token], place: int) -> str:
    return tokens[place].text if place < len(tokens) else ""


def plain(number: Decimal) -> str:
    """A number as facts write it: no exponent, no trailing zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
