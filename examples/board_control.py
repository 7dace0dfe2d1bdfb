"""Who controls the board: its members at each date, and which of them sit there as founders, officers or outsiders.

Run it:  timeline project examples/board_control.py TIMELINE --at 2023-11-20 --svg -o board.svg

It follows the facts along the clock of the world. Seats of the company about which there is most to tell are counted.
"""

from collections import Counter
from typing import Any

from projections import Projection
from projections.plot import Chart, Dot, Trace
from projections.projecting import Moment
from projections.state import Held

ATTRIBUTE = "board_member"
BLOCS = {"independent": "independent", "founder": "founders and officers", "chief executive": "founders and officers"}
OTHERS = "other or not told"


class BoardControl(Projection):
    """Which bloc has how many seats."""

    title = "Who controls the board"
    clock = "at"

    def initial(self) -> Any:
        """No board has members."""
        return {"boards": {}, "changes": []}

    def on_fact_began(self, state: Any, fact: Held, moment: Moment) -> None:
        """Somebody joins a board."""
        if fact.attribute == ATTRIBUTE:
            state["boards"].setdefault(fact.subject, {})[fact.object] = bloc(fact)
            _note(state, fact.subject, moment)

    def on_fact_changed(self, state: Any, before: Held, after: Held, moment: Moment) -> None:
        """Somebody sits there in another capacity."""
        if after.attribute == ATTRIBUTE and bloc(before) != bloc(after):
            state["boards"][after.subject][after.object] = bloc(after)
            _note(state, after.subject, moment)

    def on_fact_ended(self, state: Any, fact: Held, moment: Moment) -> None:
        """Somebody leaves."""
        if fact.attribute == ATTRIBUTE:
            state["boards"][fact.subject].pop(fact.object)
            _note(state, fact.subject, moment)

    def result(self, state: Any) -> Any:
        """The members of each board by bloc, and who has the most seats."""
        return {
            board: {
                "seats": len(members),
                "majority": next(
                    (one for one, held in Counter(members.values()).items() if 2 * held > len(members)), None
                ),
                "members": members,
            }
            for board, members in state["boards"].items()
        }

    def plot(self, state: Any) -> Chart:
        """The seats of each bloc on the board that changed most."""
        changes = Counter(change["board"] for change in state["changes"])
        board = max(changes, key=lambda one: changes[one], default="")
        rows = [change for change in state["changes"] if change["board"] == board]
        blocs = dict.fromkeys(name for row in rows for name in row["seats"])
        traces = [
            Trace(name, tuple(Dot(row["instant"], float(row["seats"].get(name, 0))) for row in rows)) for name in blocs
        ]
        last = rows[-1]["seats"] if rows else {}
        return Chart(
            f"{self.title} of {board}" if board else self.title,
            "Seats by what their holders are. At the end: "
            + (", ".join(f"{seats} {name}" for name, seats in last.items()) or "none")
            + ".",
            tuple(traces),
            unit="seats",
        )


def bloc(fact: Held) -> str:
    """What somebody sits on a board as."""
    capacity = str(fact.value.get("text", "")).lower()
    return next((name for word, name in BLOCS.items() if word in capacity), OTHERS)


def _note(state: Any, board: str, moment: Moment) -> None:
    """Note how the seats are spread; of several changes at one moment only the last counts."""
    seats = dict(Counter(state["boards"][board].values()))
    changes = [one for one in state["changes"] if (one["board"], one["instant"]) != (board, moment.place)]
    state["changes"] = [*changes, {"at": moment.text, "instant": moment.place, "board": board, "seats": seats}]
