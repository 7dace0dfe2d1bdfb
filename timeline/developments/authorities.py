"""What authorities examine, demand and find."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from timeline.developments.detail import Detail, Setting
from timeline.developments.fields import Part, Since
from timeline.facts import Fact
from timeline.names import EntityId
from timeline.sources import Line
from timeline.values import StageValue, TextValue

InquiryStage = Literal["opened", "widened", "decided", "closed"]
"""The stages of the attribute `inquiry`."""


class Demand(Part):
    """What the authority wants from one recipient."""

    recipient: Annotated[EntityId, Field(description="who has to answer")]
    what: Annotated[Line, Field(description="what has to be handed over or done, in words")]


class Regulatory(Detail):
    """An authority opens, widens, decides or closes an inquiry, or acts within one."""

    kind: Literal["regulatory"] = "regulatory"
    authority: Annotated[EntityId, Field(description="the authority that acts")]
    matter: Annotated[EntityId, Field(description="what it examines; keep matters of one authority apart")]
    stage: Annotated[InquiryStage | None, Field(description="the stage reached; leave out if none is")] = None
    targets: Annotated[tuple[EntityId, ...], Field(description="whose conduct the matter is about")] = ()
    demands: Annotated[tuple[Demand, ...], Field(description="what it wants from whom")] = ()
    outcome: Annotated[
        Line | None,
        Field(description="what it found, in its own terms: no jurisdiction is no clearance"),
    ] = None
    since: Since = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.stage is None and self.outcome is None and not self.demands:
            raise ValueError('give "stage", "outcome" or "demands": what the authority has done')
        recipients = [demand.recipient for demand in self.demands]
        if len(recipients) != len(set(recipients)):
            raise ValueError('"demands" names one recipient twice: put all it has to do into one entry')
        return self

    def facts(self, setting: Setting) -> tuple[Fact, ...]:  # noqa: ARG002 - needs no setting
        """The stage of the inquiry, whom it is about, what is demanded, and what was found."""
        authority, matter, since = self.authority, self.matter, self.since
        found = []
        if self.stage:
            stage = StageValue(stage=self.stage)
            found.append(Fact(subject=authority, attribute="inquiry", object=matter, value=stage, since=since))
        under_examination = TextValue(text="under examination")
        found += [
            Fact(
                subject=matter,
                attribute="inquiry_target",
                object=target,
                value=under_examination,
                since=since,
            )
            for target in self.targets
        ]
        found += [
            Fact(
                subject=authority,
                attribute="demand",
                object=demand.recipient,
                value=TextValue(text=demand.what),
                since=since,
            )
            for demand in self.demands
        ]
        if self.outcome:
            finding = TextValue(text=self.outcome)
            found.append(Fact(subject=authority, attribute="finding", object=matter, value=finding, since=since))
        return tuple(found)
