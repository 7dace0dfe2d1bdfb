"""Talks between the parties: how far they have come, and who wants what."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from timeline.developments.detail import Detail, Setting
from timeline.developments.fields import Part, Since
from timeline.facts import Fact
from timeline.names import EntityId
from timeline.sources import Line
from timeline.values import StageValue, TextValue

NegotiationStage = Literal["rumoured", "open", "agreed-in-principle", "concluded", "collapsed"]
"""The stages of the attribute `negotiation`."""


class Stance(Part):
    """What one party asks for, offers or refuses."""

    party: Annotated[EntityId, Field(description="whose position it is")]
    position: Annotated[Line, Field(description="the position, in words")]


class Negotiation(Detail):
    """Talks on a topic reach a stage, or a party's position becomes known."""

    kind: Literal["negotiation"] = "negotiation"
    topic: Annotated[EntityId, Field(description="what the talks are about")]
    stage: Annotated[NegotiationStage, Field(description="how far they have come")]
    positions: Annotated[tuple[Stance, ...], Field(description="what each party wants, where known")] = ()
    since: Since = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        parties = [stance.party for stance in self.positions]
        if len(parties) != len(set(parties)):
            raise ValueError('"positions" names one party twice: put its position into one entry')
        return self

    def facts(self, setting: Setting) -> tuple[Fact, ...]:
        """The stage of the talks, and the position of each party."""
        return (
            Fact(
                subject=setting.timeline,
                attribute="negotiation",
                object=self.topic,
                value=StageValue(stage=self.stage),
                since=self.since,
            ),
            *(
                Fact(
                    subject=stance.party,
                    attribute="position",
                    object=self.topic,
                    value=TextValue(text=stance.position),
                    since=self.since,
                )
                for stance in self.positions
            ),
        )
