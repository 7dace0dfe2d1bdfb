"""The state of a relationship at a basis."""

from typing import Annotated, Any, Literal

from pydantic import Field

from api.schemas.parts import Address, Answer, Date, Instant, Named, StandingName
from timeline.sources import Source
from timeline.standing import FloorName
from timeline.values import (
    BooleanValue,
    DateValue,
    EntityValue,
    MoneyValue,
    PercentValue,
    QuantityValue,
    StageValue,
    TextValue,
)


class NamedEntityValue(EntityValue):
    """Another entity, with its name."""

    name: str


ShownValue = Annotated[
    NamedEntityValue | TextValue | StageValue | MoneyValue | PercentValue | QuantityValue | DateValue | BooleanValue,
    Field(discriminator="type"),
]


class Basis(Answer):
    """What the answer rests on: the same basis gives the same answer for good."""

    at: Instant
    known: Instant
    revision: int
    standing: FloorName


class Rival(Answer):
    """A fact, with the evidence for it."""

    subject: Named
    attribute: str
    object: Named | None
    value: ShownValue
    text: Annotated[str, Field(description="the fact as a sentence")]
    since: Date
    until: Date | None
    certainty: Literal["definite", "possible"]
    standing: StandingName
    known_since: Instant
    development: Annotated[str, Field(description="the slug of the development that says so")]
    sources: list[Source]


class StateFact(Rival):
    """A fact that holds, with those that contest it."""

    contested_by: list[Rival]


class StateSection(Answer):
    """The facts of one section, and what they add up to."""

    facts: list[StateFact]
    summary: dict[str, Any]


class StateLinks(Answer):
    """Where this state, and the states next to it in valid time, are to be found."""

    self: Address
    permalink: Annotated[str, Field(description="pins all three clocks: a citation for good")]
    previous_change: Annotated[
        str | None, Field(description="the last moment before at which the state differs; null if there is none")
    ]
    next_change: Annotated[
        str | None, Field(description="the first moment after at which the state differs; null if there is none")
    ]


class StateBody(Answer):
    """The state of a relationship at a basis, by section of the vocabulary."""

    timeline: str
    basis: Basis
    sections: dict[str, StateSection]
    links: StateLinks
