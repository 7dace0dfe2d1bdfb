"""A numeric attribute over time."""

from typing import Annotated, Literal

from pydantic import Field

from api.schemas.parts import Answer, Date, Instant, Named, SelfLink, StandingName
from api.schemas.state import Basis
from timeline.sources import Source
from timeline.values import Qualifier

Decimal = Annotated[str, Field(description="an exact decimal", examples=["13750000000"])]


class Amount(Answer):
    """A number, or a range of which one end may be missing; all null where a rival is none."""

    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    qualifier: Qualifier | None


class SeriesRival(Amount):
    """A fact of the same key about the same time that says otherwise."""

    text: str
    standing: StandingName
    development: str


class SeriesPoint(Amount):
    """A value from a moment of the clock until another."""

    from_: Annotated[Instant, Field(alias="from")]
    until: Annotated[Instant | None, Field(description="exclusive; null if it goes on")]
    text: str
    certainty: Literal["definite", "possible"]
    standing: StandingName
    since: Annotated[Date, Field(description="of the fact, in the world")]
    ends: Annotated[Date | None, Field(description="the fact's own end, in the world")]
    known_since: Instant
    development: str
    sources: list[Source]
    rivals: list[SeriesRival]


class SeriesLine(Answer):
    """One key in one unit; between its points there is no value."""

    subject: Named
    object: Named | None
    development: Annotated[str | None, Field(description="only where each development has a fact of its own")]
    unit: Annotated[str, Field(description="a currency, `%`, or what a quantity counts")]
    points: list[SeriesPoint]


class SeriesBody(Answer):
    """A numeric attribute along one clock, key by key."""

    timeline: str
    attribute: str
    label: str
    clock: Literal["at", "known"]
    basis: Annotated[Basis, Field(description="the basis at which the series ends")]
    items: list[SeriesLine]
    links: SelfLink
