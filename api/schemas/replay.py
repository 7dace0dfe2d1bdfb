"""History, step by step."""

from typing import Annotated, Literal

from pydantic import Field

from api.schemas.diff import DiffEvent, DiffLine
from api.schemas.parts import Answer, PageLinks
from api.schemas.state import Basis, StateSection
from projections.causes import Cause


class ReplayedEvent(DiffEvent):
    """An event that counts from this step on."""

    cause: Annotated[Cause, Field(description="what it is the cause of where it changes a fact")]


class ReplayedState(Answer):
    """The state after a step."""

    timeline: str
    basis: Basis
    sections: dict[str, StateSection]


class ReplayStep(Answer):
    """Everything that comes about at one moment."""

    token: Annotated[str, Field(description="the moment: a replay whose `from` it is goes on after this step")]
    basis: Annotated[Basis, Field(description="the basis after the step")]
    events: Annotated[list[ReplayedEvent], Field(description="those that begin to count, in the order of the log")]
    changes: Annotated[
        list[DiffLine],
        Field(description="the facts that came (`before` is null), went (`after` is null) or read differently"),
    ]
    state: Annotated[ReplayedState | None, Field(description="only with `state=true`: the state after the step")] = None


class ReplayPage(Answer):
    """Steps in the order of the clock that moves."""

    items: list[ReplayStep]
    next: str | None
    clock: Literal["at", "known", "recorded"]
    basis: Annotated[Basis, Field(description="the basis at which the replay ends")]
    links: PageLinks
