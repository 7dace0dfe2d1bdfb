"""Deals over cloud computing and the capacity behind it."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from timeline.developments.detail import Detail, Setting
from timeline.developments.fields import Ends, Since, Until
from timeline.facts import Fact
from timeline.names import EntityId
from timeline.sources import Line
from timeline.values import MoneyValue, QuantityValue, StageValue, TextValue, Value


class CloudDeal(Detail):
    """A customer buys computing from a provider, changes the terms of that, or stops buying."""

    kind: Literal["cloud-deal"] = "cloud-deal"
    customer: Annotated[EntityId, Field(description="who buys")]
    provider: Annotated[EntityId, Field(description="from whom")]
    what: Annotated[Line | None, Field(description="what is bought, in words", examples=["primary cloud"])] = None
    money: Annotated[MoneyValue | None, Field(description="what is contracted to be bought, in all")] = None
    capacity: Annotated[
        QuantityValue | None,
        Field(description="the computing capacity agreed, such as gigawatts"),
    ] = None
    exclusivity: Annotated[
        Literal["exclusive", "right-of-first-refusal", "none"] | None,
        Field(description="what the customer now owes its main provider; leave out if unchanged"),
    ] = None
    ends: Ends = False
    since: Since = None
    until: Until = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        described = self.what is not None or self.money is not None
        if self.ends and (described or self.capacity is not None or self.until is not None):
            raise ValueError('"ends" says that the customer stops buying: leave out all that describes the deal')
        if not self.ends and not described:
            raise ValueError('give "what" or "money": what the customer buys or for how much')
        return self

    def facts(self, setting: Setting) -> tuple[Fact, ...]:  # noqa: ARG002 - needs no setting
        """Provider, sum and capacity contracted, or the end of all three, and the new exclusivity."""
        supplied = TextValue(text=self.what) if self.what else self.money
        found = [
            self._fact(attribute, self.provider, value)
            for attribute, value in (
                ("cloud_provider", supplied),
                ("cloud_commitment", self.money),
                ("compute_capacity", self.capacity),
            )
            if value or self.ends
        ]
        if self.exclusivity:
            found.append(self._fact("cloud_exclusivity", None, StageValue(stage=self.exclusivity)))
        return tuple(found)

    def _fact(self, attribute: str, provider: str | None, value: Value | None) -> Fact:
        return Fact(
            subject=self.customer,
            attribute=attribute,
            object=provider,
            value=value,
            end=value is None,
            since=self.since,
            until=self.until,
        )
