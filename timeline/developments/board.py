"""Who joins or leaves the board of an organisation, with or without a vote."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from timeline.developments.detail import Detail, Setting
from timeline.developments.fields import Part, Since
from timeline.facts import Fact
from timeline.names import EntityId
from timeline.sources import Line
from timeline.values import EntityValue, TextValue

Seat = Literal["member", "observer"]

_CAPACITIES: dict[Seat, str] = {"member": "member", "observer": "non-voting observer"}


class SeatTaken(Part):
    """A person or organisation that takes a seat."""

    entity: Annotated[EntityId, Field(description="the person or organisation that takes the seat")]
    seat: Annotated[Seat, Field(description="a member votes, an observer does not")] = "member"
    capacity: Annotated[
        Line | None,
        Field(
            description="as what; left out, as a member or non-voting observer",
            examples=["independent director"],
        ),
    ] = None
    since: Since = None


class SeatLeft(Part):
    """A person or organisation that gives up or loses a seat."""

    entity: Annotated[EntityId, Field(description="the person or organisation that loses the seat")]
    seat: Annotated[Seat, Field(description="a member votes, an observer does not")] = "member"
    since: Since = None


class Board(Detail):
    """A change of the board. Who stays need not be named again."""

    kind: Literal["board"] = "board"
    organisation: Annotated[EntityId, Field(description="the organisation whose board changes")]
    joins: Annotated[tuple[SeatTaken, ...], Field(description="who takes a seat")] = ()
    leaves: Annotated[tuple[SeatLeft, ...], Field(description="who loses a seat")] = ()
    chair: Annotated[EntityId | None, Field(description="the new chair, if the chair changes too")] = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        joining = {(taken.entity, taken.seat) for taken in self.joins}
        both = sorted(left.entity for left in self.leaves if (left.entity, left.seat) in joining)
        if both:
            raise ValueError(f'"joins" and "leaves" both name "{both[0]}": leave one of them out')
        return self

    def facts(self, setting: Setting) -> tuple[Fact, ...]:  # noqa: ARG002 - needs no setting
        """A seat for each who joins, an end for each who leaves, and the chair."""
        taken = [
            Fact(
                subject=self.organisation,
                attribute=f"board_{seat.seat}",
                object=seat.entity,
                value=TextValue(text=seat.capacity or _CAPACITIES[seat.seat]),
                since=seat.since,
            )
            for seat in self.joins
        ]
        left = [
            Fact(
                subject=self.organisation,
                attribute=f"board_{seat.seat}",
                object=seat.entity,
                end=True,
                since=seat.since,
            )
            for seat in self.leaves
        ]
        if self.chair is None:
            return *taken, *left
        chair = Fact(subject=self.organisation, attribute="board_chair", value=EntityValue(id=self.chair))
        return *taken, *left, chair
