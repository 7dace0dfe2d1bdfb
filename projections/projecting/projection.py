"""The base class of projections of one's own, and how one that raises is told of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from timeline.errors import TimelineError

if TYPE_CHECKING:  # whoever writes a projection needs none of the machinery that runs it
    from projections.causes import Cause
    from projections.comparison import Line
    from projections.plot import Chart
    from projections.replay.asking import MovingClock
    from projections.replay.entries import LogEntry
    from projections.state import Held

_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class Moment(NamedTuple):
    """When a fact changed on the clock that moves, and why."""

    clock: MovingClock
    place: int
    """An instant in microseconds since 1970 UTC; on the clock `recorded` a position of the log."""
    text: str
    """The same as people write it."""
    line: Line
    """The change as a difference tells it, with the event behind it."""

    @property
    def cause(self) -> Cause:
        """What made the change."""
        return self.line.cause


class Projection:
    """What a history comes to, by rules of one's own: subclass it and write the methods you need.

    A state begins as `initial` says. Each method gets it and changes it in place, or returns another one. It has to be
    plain JSON (objects with texts as keys, lists, texts, numbers, booleans, null), so that it can be kept.

    A method depends on nothing but its arguments: the same history gives the same state, whenever it is folded.
    """

    name: ClassVar[str] = ""
    """What it is called; left out, made from the name of the class: `BoardControl` is `board-control`."""
    title: ClassVar[str] = ""
    """A line for people."""
    clock: ClassVar[str] = "recorded"
    """Along which clock it is folded: `recorded` (the log's order), `known` or `at`; see `projections.replay`."""
    standing: ClassVar[str] = "reported"
    """The floor of trust of the facts it is told of."""
    version: ClassVar[int] = 1
    """Raise it when the rules change: what is stored by an older version is then made anew."""

    def __init_subclass__(cls, **more: Any) -> None:
        super().__init_subclass__(**more)
        if "name" not in cls.__dict__:
            cls.name = _WORD.sub("-", cls.__name__).lower()

    def initial(self) -> Any:
        """The state before anything happened."""
        return {}

    # one method for each event, in the order of the clock

    def on_timeline_opened(self, state: Any, event: LogEntry) -> Any:
        """A history begins to be kept."""

    def on_timeline_described(self, state: Any, event: LogEntry) -> Any:
        """The title, the summary or the parties are put differently."""

    def on_entity_described(self, state: Any, event: LogEntry) -> Any:
        """Somebody or something is introduced, or described anew."""

    def on_development_recorded(self, state: Any, event: LogEntry) -> Any:
        """A development enters the record."""

    def on_development_corrected(self, state: Any, event: LogEntry) -> Any:
        """A development reads differently; the event has its whole content."""

    def on_development_retracted(self, state: Any, event: LogEntry) -> Any:
        """A development is taken back."""

    def on_source_added(self, state: Any, event: LogEntry) -> Any:
        """One more document says so."""

    def on_standing_changed(self, state: Any, event: LogEntry) -> Any:
        """A development stands better or worse."""

    # one method for each change of a fact of the state

    def on_fact_began(self, state: Any, fact: Held, moment: Moment) -> Any:
        """A fact came into the state."""

    def on_fact_changed(self, state: Any, before: Held, after: Held, moment: Moment) -> Any:
        """A fact of the state reads differently: its value, dates, certainty, standing, sources or rivals."""

    def on_fact_ended(self, state: Any, fact: Held, moment: Moment) -> Any:
        """A fact went out of the state."""

    # what comes out

    def result(self, state: Any) -> Any:
        """What people and programs are shown; plain JSON as well."""
        return state

    def plot(self, state: Any) -> Chart | None:
        """The result as a picture; None where there is none."""


FACT_METHODS = ("on_fact_began", "on_fact_changed", "on_fact_ended")


def method_of(event: str) -> str:
    """The name of the method for an event: `on_source_added` for ``SourceAdded``."""
    return f"on_{_WORD.sub('_', event).lower()}"


def overrides(projection: Projection, method: str) -> bool:
    """Whether a projection has a method of its own."""
    return getattr(type(projection), method) is not getattr(Projection, method)


class ProjectionFailed(TimelineError):
    """A projection of somebody's own raised; nothing else is harmed.

    `position` and `development` are those of the event that it was told of, None where it was told of none.
    """

    def __init__(self, name: str, *, position: int | None, development: str | None, told: str) -> None:
        where = "" if position is None else f" at event {position}" + (f" ({development})" if development else "")
        super().__init__(f'the projection "{name}" failed{where}.', remedy=f"Mend it:\n{told.rstrip()}")
        self.name = name
        self.position = position
        self.development = development
        self.told = told
        """The traceback, or what is wrong with the state."""

    def as_json(self) -> dict[str, Any]:
        """The failure as it is kept."""
        return {"position": self.position, "development": self.development, "told": self.told}
