"""One step of a replay: a moment of the clock that moves, the events behind it, and what they changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from projections.behind import EventBehind
from projections.comparison import Line
from projections.replay.asking import MovingClock
from projections.state import State
from timeline.basis import Basis


@dataclass(frozen=True, slots=True)
class Step:
    """Everything that comes about at one moment.

    Applied one step after the other, the changes lead from the state at the start to the one at the end; between two
    steps nothing changes. `lines` may be empty: an event can leave the state as it was.
    """

    clock: MovingClock
    basis: Basis
    """The basis after the step."""
    events: tuple[EventBehind, ...]
    """The events that begin to count, in the order of the log."""
    lines: tuple[Line, ...]
    """The facts that came, went or changed, each before and after, with its cause, in the order of the vocabulary."""
    names: tuple[Mapping[str, str], Mapping[str, str]]
    """The names of the entities in the lines, before the step and after it."""
    state: State | None = None
    """The state after the step, where it was asked for."""

    @property
    def moment(self) -> int:
        """An instant of the clock that moves, or a position of the log."""
        return self.clock.of(self.basis)

    @property
    def token(self) -> str:
        """The moment as text: a replay that begins with it as `start` goes on after this step."""
        return self.clock.token(self.moment)

    def as_json(self) -> dict[str, Any]:
        """The step as answers carry it."""
        body: dict[str, Any] = {
            "token": self.token,
            "basis": self.basis.as_json(),
            "events": [event.as_json() | {"cause": event.cause.value} for event in self.events],
            "changes": [line.as_json(*self.names) for line in self.lines],
        }
        if self.state is not None:
            body["state"] = self.state.as_json()
        return body
