"""Deals over cloud computing."""

import pytest

from tests.timeline.developments.derived import refusal, told
from tests.timeline.developments.examples import usd

DEAL = {"customer": "acme", "provider": "globex-cloud"}


def test_what_is_bought_and_for_how_much():
    assert told("cloud-deal", **DEAL, what="primary cloud", money=usd("250000000000")) == [
        "acme cloud_provider → globex-cloud = text primary cloud",
        "acme cloud_commitment → globex-cloud = money 250000000000 USD",
    ]


def test_where_only_the_sum_is_known_it_stands_for_the_deal():
    assert told("cloud-deal", **DEAL, money=usd("38000000000"), since="2025-11-03", until="2032-11-03") == [
        "acme cloud_provider → globex-cloud = money 38000000000 USD since 2025-11-03 until 2032-11-03",
        "acme cloud_commitment → globex-cloud = money 38000000000 USD since 2025-11-03 until 2032-11-03",
    ]


def test_capacity_is_a_quantity_with_its_unit():
    assert told("cloud-deal", **DEAL, what="accelerators", capacity={"amount": "4.5", "unit": "gigawatts"}) == [
        "acme cloud_provider → globex-cloud = text accelerators",
        "acme compute_capacity → globex-cloud = quantity 4.5 gigawatts",
    ]


@pytest.mark.parametrize("duty", ["exclusive", "right-of-first-refusal", "none"])
def test_exclusivity_is_the_customers_duty(duty):
    assert told("cloud-deal", **DEAL, what="cloud", exclusivity=duty)[1:] == [f"acme cloud_exclusivity = stage {duty}"]


def test_a_customer_that_stops_buying_owes_nothing_more():
    assert told("cloud-deal", **DEAL, ends=True, exclusivity="none") == [
        "acme cloud_provider → globex-cloud ends",
        "acme cloud_commitment → globex-cloud ends",
        "acme compute_capacity → globex-cloud ends",
        "acme cloud_exclusivity = stage none",
    ]


def test_a_deal_is_about_something_and_an_end_about_nothing():
    assert refusal("cloud-deal", **DEAL) == (
        "",
        'give "what" or "money": what the customer buys or for how much',
    )
    assert "the customer stops buying" in refusal("cloud-deal", **DEAL, what="cloud", ends=True)[1]
