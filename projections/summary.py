"""What a section of the state adds up to.

Only what can honestly be added is added: investments of one investor in one investee, in one currency. Totals that
were stated (invested, committed, funded) are passed on as stated, each under its own name, and never mixed.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Protocol


class Summed(Protocol):
    """What a summary needs of a fact."""

    @property
    def subject(self) -> str: ...  # noqa: D102
    @property
    def attribute(self) -> str: ...  # noqa: D102
    @property
    def object(self) -> str | None: ...  # noqa: D102
    @property
    def value(self) -> Mapping[str, Any]: ...  # noqa: D102
    @property
    def text(self) -> str: ...  # noqa: D102


_STATED = ("invested_total", "committed_total", "funded_total")


def summarise(section: str, facts: Sequence[Summed], names: Mapping[str, str]) -> dict[str, Any]:
    """The summary of a section; empty where there is nothing to add up."""
    return _capital(facts, names) if section == "capital" else {}


def _capital(facts: Sequence[Summed], names: Mapping[str, str]) -> dict[str, Any]:
    totals: dict[tuple[str, str, str], dict[str, Any]] = {}

    def entry(fact: Summed) -> dict[str, Any]:
        investee, currency = fact.object or "", fact.value["currency"]
        return totals.setdefault(
            (fact.subject, investee, currency),
            {
                "investor": {"id": fact.subject, "name": names.get(fact.subject, fact.subject)},
                "investee": {"id": investee, "name": names.get(investee, investee)},
                "currency": currency,
            },
        )

    for fact in facts:
        if fact.value["type"] != "money":
            continue
        if fact.attribute == "investment":
            _add(entry(fact).setdefault("investments", {"count": 0, "low": "0", "high": "0"}), fact.value)
        elif fact.attribute in _STATED:
            entry(fact)[fact.attribute] = dict(fact.value)
    return {"totals": [totals[key] for key in sorted(totals)]} if totals else {}


def _add(sum_: dict[str, Any], value: Mapping[str, Any]) -> None:
    """Add one sum to a range; a side without a bound leaves the range open there."""
    low, high = value.get("amount", value.get("low")), value.get("amount", value.get("high"))
    if value.get("qualifier") in {"more-than", "at-least"}:
        high = None
    if value.get("qualifier") == "up-to":
        low = "0"
    sum_["count"] += 1
    for side, more in (("low", low), ("high", high)):
        if sum_[side] is not None:
            sum_[side] = None if more is None else format(Decimal(sum_[side]) + Decimal(more), "f")
    if value.get("qualifier") == "about":
        sum_["about"] = True
