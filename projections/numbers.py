"""Values that are numbers: an amount of money, a percentage, a quantity; each exact, or a range."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

NUMERIC: Final = frozenset({"money", "percent", "quantity"})
"""The types of values that are numbers."""


def unit_of(value: Mapping[str, Any]) -> str:
    """What a number counts: a currency, `%`, or the unit of a quantity; empty if it has none."""
    return {"money": value.get("currency", ""), "percent": "%"}.get(value["type"]) or str(value.get("unit", ""))


def exact_number(value: Mapping[str, Any]) -> str | None:
    """A number as it is written, to the last digit; None for a range."""
    found = value.get("value") if value["type"] == "percent" else value.get("amount")
    return None if found is None else str(found)


def one_number(value: Mapping[str, Any]) -> Decimal:
    """A value as one number: itself, or the middle of its range, or the one end that the range has."""
    exact = exact_number(value)
    if exact is not None:
        return Decimal(exact)
    known = [Decimal(value[name]) for name in ("low", "high") if value.get(name) is not None]
    return sum(known, Decimal(0)) / len(known)


def as_numbers(value: Mapping[str, Any]) -> dict[str, Any]:
    """A value as answers carry numbers: exact or by the ends of its range, with its qualifier; all as texts."""
    is_number = value["type"] in NUMERIC
    return {
        "value": exact_number(value) if is_number else None,
        "low": value.get("low"),
        "high": value.get("high"),
        "qualifier": value.get("qualifier"),
    }
