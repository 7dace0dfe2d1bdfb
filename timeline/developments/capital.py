"""Money that goes into a company, what the company is worth by it, and what the holder gets for it.

What was invested, committed and funded are different attributes and never add up to one another.
"""

from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from timeline.developments.detail import Detail, Setting
from timeline.developments.fields import Part, Since, Until
from timeline.facts import Fact
from timeline.names import EntityId
from timeline.sources import Line
from timeline.values import MoneyValue, PercentValue, TextValue

_TOTALS: Final = ("invested_total", "committed_total", "funded_total")


class Investment(Detail):
    """One investor puts money into one investee."""

    kind: Literal["investment"] = "investment"
    investor: Annotated[EntityId, Field(description="who invests")]
    investee: Annotated[EntityId, Field(description="in whom")]
    money: Annotated[
        MoneyValue,
        Field(description="what this development puts in; its `form` says cash, credits or in kind"),
    ]
    tranche: Annotated[
        Line | None,
        Field(description="which part of a larger commitment this is", examples=["second tranche of three"]),
    ] = None
    invested_total: Annotated[MoneyValue | None, Field(description="invested so far, this sum included")] = None
    committed_total: Annotated[MoneyValue | None, Field(description="promised so far, paid or not")] = None
    funded_total: Annotated[MoneyValue | None, Field(description="actually paid so far")] = None
    since: Since = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.tranche is not None and self.money.note is not None:
            raise ValueError('"tranche" becomes the note of "money": leave it or "money.note" out')
        return self

    def facts(self, setting: Setting) -> tuple[Fact, ...]:  # noqa: ARG002 - needs no setting
        """The investment itself, and the totals that are given."""
        money = self.money.model_copy(update={"note": self.tranche}) if self.tranche else self.money
        return (
            Fact(
                subject=self.investor,
                attribute="investment",
                object=self.investee,
                value=money,
                since=self.since,
            ),
            *(
                Fact(
                    subject=self.investor,
                    attribute=total,
                    object=self.investee,
                    value=value,
                    since=self.since,
                )
                for total in _TOTALS
                if (value := getattr(self, total)) is not None
            ),
        )


class RoundInvestor(Part):
    """An investor that takes part in a round, with its own sum where that is known."""

    entity: Annotated[EntityId, Field(description="who takes part")]
    money: Annotated[MoneyValue | None, Field(description="what this investor puts in; leave out if not known")] = None


class FundingRound(Detail):
    """A company raises money from several investors, or holders of its shares sell some."""

    kind: Literal["funding-round"] = "funding-round"
    company: Annotated[EntityId, Field(description="the company that raises money")]
    raised: Annotated[MoneyValue, Field(description="from all investors together")]
    valuation: Annotated[
        MoneyValue | None, Field(description='what the company is worth by it; note "before the money" if so')
    ] = None
    investors: Annotated[tuple[RoundInvestor, ...], Field(description="who takes part")] = ()
    secondary: Annotated[
        bool, Field(description="whether existing shares are sold, so that the company receives nothing")
    ] = False
    since: Since = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        named = [investor.entity for investor in self.investors]
        if len(named) != len(set(named)):
            raise ValueError('"investors" names one investor twice: give each one entry with one sum')
        return self

    def facts(self, setting: Setting) -> tuple[Fact, ...]:  # noqa: ARG002 - needs no setting
        """The sum raised or sold, the valuation, and the investments of those whose sums are known."""
        attribute = "share_sale" if self.secondary else "funding_round"
        found = [Fact(subject=self.company, attribute=attribute, value=self.raised, since=self.since)]
        if self.valuation:
            found.append(Fact(subject=self.company, attribute="valuation", value=self.valuation, since=self.since))
        if not self.secondary:
            found += [
                Fact(
                    subject=investor.entity,
                    attribute="investment",
                    object=self.company,
                    value=investor.money,
                    since=self.since,
                )
                for investor in self.investors
                if investor.money
            ]
        return tuple(found)


class Valuation(Detail):
    """What a company is worth by a transaction, done or in view."""

    kind: Literal["valuation"] = "valuation"
    company: Annotated[EntityId, Field(description="the company valued")]
    money: Annotated[MoneyValue, Field(description="what the whole company is worth")]
    implied_by: Annotated[
        Line | None, Field(description="the transaction it follows from", examples=["employee share sale"])
    ] = None
    expected: Annotated[bool, Field(description="whether the transaction is only sought or discussed")] = False
    since: Since = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.implied_by is not None and self.money.note is not None:
            raise ValueError('"implied_by" becomes the note of "money": leave it or "money.note" out')
        return self

    def facts(self, setting: Setting) -> tuple[Fact, ...]:  # noqa: ARG002 - needs no setting
        """The valuation, or the one expected."""
        money = self.money.model_copy(update={"note": self.implied_by}) if self.implied_by else self.money
        attribute = "expected_valuation" if self.expected else "valuation"
        return (Fact(subject=self.company, attribute=attribute, value=money, since=self.since),)


class Equity(Detail):
    """What share of a company, its profits or its revenue somebody is entitled to."""

    kind: Literal["equity"] = "equity"
    holder: Annotated[EntityId, Field(description="who owns it or is entitled to it; of a revenue share, the payee")]
    company: Annotated[EntityId, Field(description="whose equity, profit or revenue it is")]
    attribute: Annotated[
        Literal["equity_stake", "profit_share", "expected_stake", "revenue_share"],
        Field(description="a share of what: equity owned or expected, profits, revenue"),
    ] = "equity_stake"
    percent: Annotated[PercentValue | None, Field(description="how much")] = None
    interest: Annotated[
        Line | None,
        Field(
            description="what sort of interest it is, in words",
            examples=["capped claim on profits, no shares"],
        ),
    ] = None
    stake_value: Annotated[MoneyValue | None, Field(description="what the stake is said to be worth")] = None
    since: Since = None
    until: Until = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.percent is None and self.interest is None and self.stake_value is None:
            raise ValueError('give "percent", "interest" or "stake_value": how much, what sort, worth what')
        if self.percent is None and self.until is not None:
            raise ValueError('"until" says how long "percent" holds: give "percent" or leave "until" out')
        return self

    def facts(self, setting: Setting) -> tuple[Fact, ...]:  # noqa: ARG002 - needs no setting
        """The share, its nature and its value; a revenue share runs from the company that pays."""
        found = []
        if self.percent:
            pays = self.attribute == "revenue_share"
            found.append(
                Fact(
                    subject=self.company if pays else self.holder,
                    attribute=self.attribute,
                    object=self.holder if pays else self.company,
                    value=self.percent,
                    since=self.since,
                    until=self.until,
                )
            )
        for attribute, value in (
            ("interest", self.interest and TextValue(text=self.interest)),
            ("stake_value", self.stake_value),
        ):
            if value:
                found.append(
                    Fact(
                        subject=self.holder,
                        attribute=attribute,
                        object=self.company,
                        value=value,
                        since=self.since,
                    )
                )
        return tuple(found)
