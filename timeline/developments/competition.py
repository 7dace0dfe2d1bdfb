"""Who competes with whom."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from timeline.developments.detail import Detail, Setting
from timeline.developments.fields import Ends, Since
from timeline.facts import Fact
from timeline.names import EntityId
from timeline.sources import Line
from timeline.values import TextValue


class Competition(Detail):
    """An organisation begins or ceases to compete with another, or calls it a competitor."""

    kind: Literal["competition"] = "competition"
    organisation: Annotated[EntityId, Field(description="who competes")]
    competitor: Annotated[EntityId, Field(description="with whom")]
    field: Annotated[Line | None, Field(description="in what", examples=["enterprise assistants"])] = None
    mutual: Annotated[bool, Field(description="whether it holds the other way round too")] = False
    ends: Ends = False
    since: Since = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.organisation == self.competitor:
            raise ValueError('"organisation" and "competitor" are the same: name two')
        if self.ends == (self.field is not None):
            raise ValueError('give "field", in what they compete, or "ends": true if they no longer do')
        return self

    def facts(self, setting: Setting) -> tuple[Fact, ...]:  # noqa: ARG002 - needs no setting
        """One fact for each direction in which it holds or ends."""
        pairs = [(self.organisation, self.competitor)]
        if self.mutual:
            pairs.append((self.competitor, self.organisation))
        value = TextValue(text=self.field) if self.field else None
        return tuple(
            Fact(
                subject=one,
                attribute="competitor",
                object=other,
                value=value,
                end=self.ends,
                since=self.since,
            )
            for one, other in pairs
        )
