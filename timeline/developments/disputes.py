"""Cases before a court. That a case was filed is a fact; what it alleges is alleged."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from timeline.developments.detail import Detail, Setting
from timeline.developments.fields import Part, Since
from timeline.facts import Fact
from timeline.names import EntityId
from timeline.sources import Line
from timeline.standing import Standing
from timeline.values import MoneyValue, StageValue, TextValue

LawsuitStage = Literal[
    "filed", "amended", "dismissed", "withdrawn", "trial", "decided", "settled", "appealed", "closed"
]
"""The stages of the attribute `lawsuit`."""


class Allegation(Part):
    """What the case accuses one party of."""

    against: Annotated[EntityId, Field(description="who is accused")]
    of: Annotated[Line, Field(description="of what, in words", examples=["breach of contract"])]


class Lawsuit(Detail):
    """A case is filed or reaches another stage. What has not changed need not be given again."""

    kind: Literal["lawsuit"] = "lawsuit"
    case: Annotated[EntityId, Field(description="the case")]
    stage: Annotated[LawsuitStage, Field(description="the stage that it has reached")]
    court: Annotated[Line | None, Field(description="the court that hears it")] = None
    docket: Annotated[Line | None, Field(description="the number of the docket at that court")] = None
    plaintiffs: Annotated[tuple[EntityId, ...], Field(description="who brings it")] = ()
    defendants: Annotated[tuple[EntityId, ...], Field(description="against whom")] = ()
    allegations: Annotated[tuple[Allegation, ...], Field(description="of what each is accused")] = ()
    damages_sought: Annotated[MoneyValue | None, Field(description="what is asked for in money")] = None
    ruling: Annotated[Line | None, Field(description="what the court decided on a motion or a part")] = None
    outcome: Annotated[Line | None, Field(description="how the case as a whole ended")] = None
    since: Since = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.docket is not None and self.court is None:
            raise ValueError('a "docket" is a number at a court: give "court" too')
        both = sorted(set(self.plaintiffs) & set(self.defendants))
        if both:
            raise ValueError(f'"plaintiffs" and "defendants" both name "{both[0]}": leave one of them out')
        accused = [allegation.against for allegation in self.allegations]
        if len(accused) != len(set(accused)):
            raise ValueError('"allegations" names one party twice: put all it is accused of into one entry')
        return self

    def facts(self, setting: Setting) -> tuple[Fact, ...]:  # noqa: ARG002 - needs no setting
        """Stage, court, parties, ruling and outcome, each where given; allegations stand as alleged."""
        case, since = self.case, self.since
        found = [Fact(subject=case, attribute="lawsuit", value=StageValue(stage=self.stage), since=since)]
        if self.court:
            court = TextValue(text=self.court, note=self.docket)
            found.append(Fact(subject=case, attribute="court", value=court, since=since))
        for side, parties in (("plaintiff", self.plaintiffs), ("defendant", self.defendants)):
            found += [
                Fact(subject=case, attribute=side, object=party, value=TextValue(text=side), since=since)
                for party in parties
            ]
        found += [
            Fact(
                subject=case,
                attribute="allegation",
                object=allegation.against,
                value=TextValue(text=allegation.of),
                since=since,
                standing=Standing.ALLEGED,
            )
            for allegation in self.allegations
        ]
        if self.damages_sought:
            found.append(Fact(subject=case, attribute="damages_sought", value=self.damages_sought, since=since))
        found += [
            Fact(subject=case, attribute=attribute, value=TextValue(text=words), since=since)
            for attribute, words in (("ruling", self.ruling), ("outcome", self.outcome))
            if words
        ]
        return tuple(found)
