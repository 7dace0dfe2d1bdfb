"""Investments, rounds, valuations and shares."""

import pytest

from tests.timeline.developments.derived import refusal, told
from tests.timeline.developments.examples import usd

INVESTMENT = {"investor": "globex", "investee": "acme", "money": usd("1000000000")}
EQUITY = {"holder": "globex", "company": "acme"}


def test_an_investment_needs_no_more_than_investor_investee_and_money():
    assert told("investment", **INVESTMENT) == ["globex investment → acme = money 1000000000 USD"]


def test_the_money_says_in_what_form_it_comes():
    money = usd("1000000000", form="credits", qualifier="up-to")
    assert told("investment", **{**INVESTMENT, "money": money}) == [
        "globex investment → acme = money up-to 1000000000 USD credits"
    ]


def test_totals_are_kept_apart_from_the_investment_and_from_each_other():
    totals = {
        "invested_total": usd("13750000000", qualifier="about"),
        "committed_total": usd("13000000000"),
        "funded_total": usd("11600000000"),
    }
    assert told("investment", **INVESTMENT, **totals) == [
        "globex investment → acme = money 1000000000 USD",
        "globex invested_total → acme = money about 13750000000 USD",
        "globex committed_total → acme = money 13000000000 USD",
        "globex funded_total → acme = money 11600000000 USD",
    ]


def test_a_tranche_is_noted_on_the_money():
    assert told("investment", **INVESTMENT, tranche="first of three") == [
        "globex investment → acme = money 1000000000 USD (first of three)"
    ]


def test_an_investment_may_begin_before_it_is_told():
    assert told("investment", **INVESTMENT, since="2021") == [
        "globex investment → acme = money 1000000000 USD since 2021"
    ]


@pytest.mark.parametrize("missing", ["investor", "investee", "money"])
def test_an_investment_without_one_of_its_three_parts_is_refused(missing):
    fields = {name: value for name, value in INVESTMENT.items() if name != missing}
    assert refusal("investment", **fields) == (missing, "Field required")


def test_money_has_one_note():
    money = usd("1000000000", note="as announced")
    assert '"money.note"' in refusal("investment", **{**INVESTMENT, "money": money}, tranche="first")[1]


def test_a_round_tells_the_sum_the_valuation_and_the_investors_whose_sums_are_known():
    investors = [{"entity": "globex", "money": usd("750000000")}, {"entity": "initech"}]
    assert told(
        "funding-round",
        company="acme",
        raised=usd("6600000000"),
        valuation=usd("157000000000"),
        investors=investors,
    ) == [
        "acme funding_round = money 6600000000 USD",
        "acme valuation = money 157000000000 USD",
        "globex investment → acme = money 750000000 USD",
    ]


def test_a_sale_of_existing_shares_brings_the_company_nothing():
    investors = [{"entity": "globex", "money": usd("300000000")}]
    assert told("funding-round", company="acme", raised=usd("300000000"), investors=investors, secondary=True) == [
        "acme share_sale = money 300000000 USD"
    ]


def test_an_investor_has_one_entry_in_a_round():
    investors = [{"entity": "globex"}, {"entity": "globex"}]
    field, remedy = refusal("funding-round", company="acme", raised=usd("1"), investors=investors)
    assert (field, remedy) == ("", '"investors" names one investor twice: give each one entry with one sum')


def test_a_valuation_says_what_implies_it():
    assert told("valuation", company="acme", money=usd("86000000000"), implied_by="share sale") == [
        "acme valuation = money 86000000000 USD (share sale)"
    ]


def test_a_valuation_that_is_only_sought_is_an_expected_one():
    money = {"low": "27000000000", "high": "29000000000", "currency": "USD"}
    assert told("valuation", company="acme", money=money, expected=True) == [
        "acme expected_valuation = money 27000000000 29000000000 USD"
    ]


def test_a_valuation_has_one_note():
    money = usd("1", note="before the money")
    assert "leave it" in refusal("valuation", company="acme", money=money, implied_by="share sale")[1]


def test_a_stake_is_equity_unless_the_development_says_otherwise():
    assert told("equity", **EQUITY, percent={"value": "27"}) == ["globex equity_stake → acme = percent 27"]


@pytest.mark.parametrize("attribute", ["profit_share", "expected_stake"])
def test_a_claim_on_profits_or_an_expectation_is_not_equity(attribute):
    assert told("equity", **EQUITY, attribute=attribute, percent={"low": "30", "high": "35"}) == [
        f"globex {attribute} → acme = percent 30 35"
    ]


def test_a_share_of_revenue_runs_from_the_company_that_pays_to_the_holder():
    assert told("equity", **EQUITY, attribute="revenue_share", percent={"value": "20"}, until="2030-12-31") == [
        "acme revenue_share → globex = percent 20 until 2030-12-31"
    ]


def test_the_nature_and_the_worth_of_a_stake_are_facts_of_their_own():
    assert told("equity", **EQUITY, interest="a capped claim on profits", stake_value=usd("135000000000")) == [
        "globex interest → acme = text a capped claim on profits",
        "globex stake_value → acme = money 135000000000 USD",
    ]


def test_an_equity_development_says_something_about_the_stake():
    assert refusal("equity", **EQUITY) == (
        "",
        'give "percent", "interest" or "stake_value": how much, what sort, worth what',
    )


def test_only_a_share_can_have_an_end_of_its_own():
    assert '"until"' in refusal("equity", **EQUITY, interest="shares", until="2030")[1]
