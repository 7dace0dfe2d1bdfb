"""How an organisation is founded, constituted and controlled."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from timeline.developments.detail import Detail, Setting
from timeline.developments.fields import Part, Since
from timeline.facts import Fact
from timeline.names import EntityId
from timeline.sources import Line
from timeline.values import EntityValue, PercentValue, TextValue


class Holding(Part):
    """Who owns which part of the equity once the restructuring is done."""

    holder: Annotated[EntityId, Field(description="who owns it: an entity, or a group described as one")]
    percent: Annotated[PercentValue, Field(description="the share of the equity")]


class Restructuring(Detail):
    """An organisation is founded, changes its legal form or its control, or plans to."""

    kind: Literal["restructuring"] = "restructuring"
    organisation: Annotated[EntityId, Field(description="the organisation that is founded or changes")]
    legal_form: Annotated[
        Line | None, Field(description="the new form, in words", examples=["public benefit corporation"])
    ] = None
    controlled_by: Annotated[EntityId | None, Field(description="who is in control from then on")] = None
    planned: Annotated[bool, Field(description="whether `legal_form` is a plan only")] = False
    founders: Annotated[tuple[EntityId, ...], Field(description="who founded it, at its foundation")] = ()
    holdings: Annotated[tuple[Holding, ...], Field(description="who owns how much of it from then on")] = ()
    since: Since = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.planned and (self.controlled_by is not None or self.founders or self.holdings):
            raise ValueError(
                '"planned" goes with "legal_form" only: leave out "controlled_by", "founders" and "holdings"'
            )
        if self.planned and self.legal_form is None:
            raise ValueError('give "legal_form", what is planned, or leave "planned" out')
        holders = [holding.holder for holding in self.holdings]
        if len(holders) != len(set(holders)):
            raise ValueError('"holdings" names one holder twice: give each one entry')
        return self

    def facts(self, setting: Setting) -> tuple[Fact, ...]:  # noqa: ARG002 - needs no setting
        """Legal form (or the planned one), control, founders and stakes, each where given."""
        organisation, since = self.organisation, self.since
        found = []
        if self.legal_form:
            attribute = "planned_legal_form" if self.planned else "legal_form"
            form = TextValue(text=self.legal_form)
            found.append(Fact(subject=organisation, attribute=attribute, value=form, since=since))
        if self.controlled_by:
            control = EntityValue(id=self.controlled_by)
            found.append(Fact(subject=organisation, attribute="controlled_by", value=control, since=since))
        as_what = TextValue(text="founder" if len(self.founders) == 1 else "co-founder")
        found += [
            Fact(subject=organisation, attribute="founder", object=person, value=as_what, since=since)
            for person in self.founders
        ]
        found += [
            Fact(
                subject=holding.holder,
                attribute="equity_stake",
                object=organisation,
                value=holding.percent,
                since=since,
            )
            for holding in self.holdings
        ]
        return tuple(found)
