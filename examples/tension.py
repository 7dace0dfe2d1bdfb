"""A tension index from developments by kind: what strains the relationship adds to it, what mends it takes away.

Run it:  timeline project examples/tension.py TIMELINE --known 2024-12-31 --svg -o tension.svg

It follows the events as they became known and needs no facts at all, so it is fast. What a kind weighs is
an opinion; that is what a projection of one's own is for. Half of a strain is forgotten after ninety days.
"""

from typing import Any

from projections import Projection
from projections.plot import Chart, Dot, Trace
from projections.replay import LogEntry
from timeline.dates import format_instant, parse_date

WEIGHTS = {
    "lawsuit": 3.0,
    "competition": 2.0,
    "regulatory": 1.5,
    "leadership": 1.0,
    "board": 0.5,
    "negotiation": 0.5,
    "agreement": -2.0,
    "investment": -2.0,
    "cloud-deal": -1.0,
    "license": -1.0,
}
HALF_LIFE_DAYS = 90
STEP_DAYS = 14
_DAY = 86_400_000_000


class Tension(Projection):
    """How strained a relationship is."""

    title = "Tension index"
    clock = "known"

    def on_development_recorded(self, state: Any, event: LogEntry) -> None:
        """A development counts from the day on which it occurred."""
        self._weigh(state, event)

    def on_development_corrected(self, state: Any, event: LogEntry) -> None:
        """It reads differently now, and may have occurred on another day."""
        self._weigh(state, event)

    def on_development_retracted(self, state: Any, event: LogEntry) -> None:
        """It never happened."""
        state.pop(event.development, None)

    def _weigh(self, state: Any, event: LogEntry) -> None:
        content = event.data["content"]
        weight = WEIGHTS.get(content["detail"]["kind"])
        state.pop(event.development, None)
        if weight is not None:
            state[event.development] = [parse_date(content["occurred"]).earliest, weight]

    def result(self, state: Any) -> Any:
        """The index on every other Sunday or so."""
        return [{"at": format_instant(at)[:10], "tension": value} for at, value in _index(state)]

    def plot(self, state: Any) -> Chart:
        """The index as a line."""
        found = _index(state)
        worst = max(found, key=lambda pair: pair[1], default=(0, 0.0))
        return Chart(
            self.title,
            f"Strains less what mends them; half is forgotten after {HALF_LIFE_DAYS} days. The most, {worst[1]}, is on "
            f"{format_instant(worst[0])[:10]}.",
            (Trace("tension", tuple(Dot(at, value) for at, value in found), is_step=False),),
            unit="points",
        )


def _index(state: Any) -> list[tuple[int, float]]:
    """The index at regular dates, from the first development to a while after the last."""
    weighed = sorted(state.values())
    if not weighed:
        return []
    first, last = weighed[0][0], weighed[-1][0]
    found: list[tuple[int, float]] = []
    level, place, at = 0.0, 0, first
    while at <= last + STEP_DAYS * _DAY:
        level *= 0.5 ** (STEP_DAYS / HALF_LIFE_DAYS)
        while place < len(weighed) and weighed[place][0] <= at:
            level += weighed[place][1]
            place += 1
        found.append((at, round(level, 3)))
        at += STEP_DAYS * _DAY
    return found
