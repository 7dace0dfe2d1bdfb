"""Capital committed over time: who has promised how much, at each date, and all of them together by currency.

Run it:  timeline project examples/capital_committed.py TIMELINE --at 2025-12-31 --svg -o capital.svg

It follows the facts of one attribute along the clock of the world, so it needs to know nothing of the twenty kinds of
developments: whatever committed money, the fact is the same.
"""

from decimal import Decimal
from typing import Any

from projections import Projection
from projections.plot import Chart, Dot, Trace
from projections.projecting import Moment
from projections.state import Held

ATTRIBUTE = "committed_total"


class CapitalCommitted(Projection):
    """What each investor has committed, at each date."""

    title = "Capital committed over time"
    clock = "at"

    def initial(self) -> Any:
        """Nobody has committed anything."""
        return {"committed": {}, "totals": []}

    def on_fact_began(self, state: Any, fact: Held, moment: Moment) -> None:
        """Somebody commits money."""
        self._note(state, fact, moment)

    def on_fact_changed(self, state: Any, before: Held, after: Held, moment: Moment) -> None:
        """More, or less."""
        if before.value != after.value:
            self._note(state, after, moment)

    def on_fact_ended(self, state: Any, fact: Held, moment: Moment) -> None:
        """The commitment is over."""
        self._note(state, fact, moment, is_over=True)

    def _note(self, state: Any, fact: Held, moment: Moment, *, is_over: bool = False) -> None:
        if fact.attribute != ATTRIBUTE:
            return
        currency = fact.value["currency"]
        who = f"{fact.subject} → {fact.object}"
        committed = state["committed"].setdefault(currency, {})
        committed.pop(who, None)
        if not is_over:
            committed[who] = str(amount(fact))
        total = sum((Decimal(each) for each in committed.values()), Decimal(0))
        rows = state["totals"]  # of several changes at one moment only the last counts
        rows[:] = [row for row in rows if (row["instant"], row["currency"]) != (moment.place, currency)]
        rows.append({"at": moment.text, "instant": moment.place, "currency": currency, "total": str(total)})

    def result(self, state: Any) -> Any:
        """Who is committed to how much now, and the total at every date at which it changed."""
        return {
            "committed": state["committed"],
            "totals": [{name: row[name] for name in ("at", "currency", "total")} for row in state["totals"]],
        }

    def plot(self, state: Any) -> Chart:
        """The totals, a line for each currency."""
        rows = state["totals"]
        currencies = dict.fromkeys(row["currency"] for row in rows)
        traces = [
            Trace(one, tuple(Dot(row["instant"], float(row["total"])) for row in rows if row["currency"] == one))
            for one in currencies
        ]
        last = {row["currency"]: row["total"] for row in rows}
        return Chart(
            self.title,
            "All that investors have committed, added up. At the end: "
            + ", ".join(f"{total} {currency}" for currency, total in last.items())
            + ".",
            tuple(traces),
            unit=", ".join(currencies),
        )


def amount(fact: Held) -> Decimal:
    """The sum of a fact; of a range the lower end, since no more than that is sure."""
    value = fact.value
    return Decimal(value.get("amount") or value.get("low") or value["high"])
