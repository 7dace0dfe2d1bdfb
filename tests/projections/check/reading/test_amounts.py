"""Amounts are read as journalists write them, and nothing else is taken for one."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.check.claim import Comparison
from projections.check.reading.amounts import Amount, amounts
from projections.check.reading.tokens import tokenise
from projections.check.reading.trie import Trie
from projections.prose import money_text

UNITS: Trie[str] = Trie()
UNITS.add("gigawatts", "gigawatts")
UNITS.add("gw", "gigawatts")


def found(text: str) -> tuple[Amount, ...]:
    return amounts(tokenise(text), UNITS)


def only(text: str) -> Amount:
    (amount,) = found(text)
    return amount


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("$13 billion", "13000000000", "USD"),
        ("13.75bn dollars", "13750000000", "USD"),
        ("13.75 billion US dollars", "13750000000", "USD"),
        ("USD 1B", "1000000000", "USD"),
        ("US$ 250bn", "250000000000", "USD"),
        ("US$250bn", "250000000000", "USD"),
        ("a billion dollars", "1000000000", "USD"),
        ("half a billion euros", "500000000", "EUR"),
        ("thirteen billion dollars", "13000000000", "USD"),
        ("one hundred million pounds", "100000000", "GBP"),
        ("$1,500,000", "1500000", "USD"),
        ("€40m", "40000000", "EUR"),
        ("$1.2 trillion", "1200000000000", "USD"),
        ("−$44 billion", "-44000000000", "USD"),
        ("$13.75-billion", "13750000000", "USD"),
    ],
)
def test_sums_of_money(text, amount, currency):
    assert only(text).value == {"type": "money", "amount": amount, "currency": currency}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("49%", {"value": "49"}),
        ("49 %", {"value": "49"}),
        ("27 per cent", {"value": "27"}),
        ("twenty-seven percent", {"value": "27"}),
        ("32.5 percent", {"value": "32.5"}),
        ("half", {"value": "50"}),
        ("a quarter", {"value": "25"}),
        ("20-49%", {"low": "20", "high": "49"}),
        ("20 to 49 percent", {"low": "20", "high": "49"}),
        ("between 20% and 49%", {"low": "20", "high": "49"}),
    ],
)
def test_shares_of_a_hundred(text, value):
    assert only(text).value == {"type": "percent", **value}


@pytest.mark.parametrize(
    "text", ["$10-12 billion", "$10 to $12 billion", "between 10 and 12 billion dollars", "$10bn–$12bn"]
)
def test_a_range_shares_what_only_one_of_its_ends_says(text):
    assert only(text).value == {"type": "money", "low": "10000000000", "high": "12000000000", "currency": "USD"}


@pytest.mark.parametrize(
    ("text", "comparison"),
    [
        ("$5", Comparison.SAME),
        ("exactly $5", Comparison.SAME),
        ("about $5", Comparison.ABOUT),
        ("nearly $5", Comparison.ABOUT),
        ("$5 or so", Comparison.ABOUT),
        ("at least $5", Comparison.AT_LEAST),
        ("$5 or more", Comparison.AT_LEAST),
        ("more than $5", Comparison.MORE_THAN),
        ("over $5", Comparison.MORE_THAN),
        ("up to $5", Comparison.UP_TO),
        ("no more than $5", Comparison.UP_TO),
        ("less than $5", Comparison.LESS_THAN),
        ("under $5", Comparison.LESS_THAN),
        ("minority", Comparison.LESS_THAN),
        ("majority", Comparison.MORE_THAN),
        ("a third", Comparison.ABOUT),
    ],
)
def test_how_an_amount_is_meant(text, comparison):
    assert only(text).comparison is comparison


def test_a_quantity_has_one_of_the_units_of_the_record():
    assert only("6 GW").value == {"type": "quantity", "amount": "6", "unit": "gigawatts"}
    assert found("6 bananas") == ()


@pytest.mark.parametrize("text", ["13 billion", "2019", "GPT-4", "the 6(b) study", "one day", "a deal", "$", "%"])
def test_a_number_that_counts_nothing_is_no_amount(text):
    assert found(text) == ()


def test_several_amounts_are_found_in_their_order():
    assert [item.value["amount"] for item in found("$1 billion in 2019 and $2 billion in 2021")] == [
        "1000000000",
        "2000000000",
    ]


@given(st.integers(1, 10**6), st.sampled_from([Decimal(1), Decimal("0.25"), Decimal("0.5")]), st.integers(0, 9))
def test_a_sum_that_we_print_is_read_back(whole, part, exponent):
    amount = (whole * part).scaleb(exponent).quantize(Decimal("0.01"))
    assert Decimal(only(money_text(amount, "USD")).value["amount"]) == amount
