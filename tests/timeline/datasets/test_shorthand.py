from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from timeline.datasets.shorthand import VALUES, expand
from timeline.developments.capital import FundingRound, Investment
from timeline.values import MoneyValue, Value

ANY: TypeAdapter[Any] = TypeAdapter(Value)


def expanded(written, annotation=Value):
    value, slips = expand(written, annotation)
    assert slips == []
    return value


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ({"entity": "ada-holm", "note": "interim"}, {"type": "entity", "id": "ada-holm", "note": "interim"}),
        ({"text": "director"}, {"type": "text", "text": "director"}),
        ({"stage": "filed", "status": "x"}, {"type": "stage", "stage": "filed", "status": "x"}),
        ({"money": "13.75 billion USD"}, {"type": "money", "amount": "13750000000", "currency": "USD"}),
        ({"money": "1.5 trillion USD"}, {"type": "money", "amount": "1500000000000", "currency": "USD"}),
        ({"money": "0 USD"}, {"type": "money", "amount": "0", "currency": "USD"}),
        ({"money": "-250 thousand EUR"}, {"type": "money", "amount": "-250000", "currency": "EUR"}),
        ({"money": "1,234,567.89 EUR"}, {"type": "money", "amount": "1234567.89", "currency": "EUR"}),
        (
            {"money": "10-12 billion USD", "qualifier": "about", "form": "cash"},
            {
                "type": "money",
                "low": "10000000000",
                "high": "12000000000",
                "currency": "USD",
                "qualifier": "about",
                "form": "cash",
            },
        ),
        ({"percent": "27"}, {"type": "percent", "value": "27"}),
        ({"percent": "27.5%"}, {"type": "percent", "value": "27.5"}),
        (
            {"percent": "30-35", "qualifier": "about"},
            {"type": "percent", "low": "30", "high": "35", "qualifier": "about"},
        ),
        ({"quantity": "6 gigawatts"}, {"type": "quantity", "amount": "6", "unit": "gigawatts"}),
        ({"quantity": "490–747 signatures"}, {"type": "quantity", "low": "490", "high": "747", "unit": "signatures"}),
        ({"quantity": "800 million weekly users"}, {"type": "quantity", "amount": "800000000", "unit": "weekly users"}),
        ({"date": "2032-12-31", "status": "in force"}, {"type": "date", "date": "2032-12-31", "status": "in force"}),
        ({"boolean": True}, {"type": "boolean", "value": True}),
    ],
)
def test_a_short_value_says_the_same_as_its_long_form(short, long):
    assert expanded(short) == long
    ANY.validate_python(long)


def test_every_type_of_value_has_a_short_form():
    assert set(VALUES) == {model.model_fields["type"].default for model in VALUES.values()}


def test_the_long_form_is_left_as_it_is():
    long = {"type": "money", "amount": "5", "currency": "EUR"}
    assert expanded(long) == long


def test_where_only_one_type_fits_its_name_may_be_left_out():
    assert expanded({"amount": "5", "currency": "EUR"}, MoneyValue)["type"] == "money"
    assert expanded("5 EUR", MoneyValue) == {"type": "money", "amount": "5", "currency": "EUR"}


def test_values_are_expanded_at_any_depth_of_a_detail():
    value = expanded(
        {
            "company": "yard",
            "raised": {"money": "30 million EUR"},
            "investors": [{"entity": "x", "money": {"money": "5 EUR"}}],
        },
        FundingRound,
    )
    assert value["raised"]["amount"] == "30000000"
    assert value["investors"] == [{"entity": "x", "money": {"type": "money", "amount": "5", "currency": "EUR"}}]


@given(
    st.decimals(min_value=0, max_value=Decimal("999999.999999"), places=6),
    st.sampled_from([("", 1), (" million", 10**6), (" billion", 10**9), (" trillion", 10**12)]),
)
def test_no_digit_is_lost(number, scale):
    word, factor = scale
    value = ANY.validate_python(expanded({"money": f"{number}{word} USD"}))
    assert value.amount == number * factor


@pytest.mark.parametrize(
    ("annotation", "written", "at", "message"),
    [
        (Value, {"money": "a lot of USD"}, ("money",), '"a lot of USD" cannot be read as money.'),
        (Value, {"money": "5 billion"}, ("money",), '"5 billion" cannot be read as money.'),
        (Value, {"money": "5 bn USD"}, ("money",), '"5 bn USD" cannot be read as money.'),
        (Value, {"percent": "a third"}, ("percent",), '"a third" cannot be read as percent.'),
        (Value, {"quantity": "6"}, ("quantity",), '"6" cannot be read as quantity.'),
        (Value, {"entity": "x", "text": "y"}, (), "this says entity and text at once."),
        (Value, {"nte": "x"}, (), "this names no type of value it can have."),
        (Value, "plain words", (), "this is not a value."),
        (Value, {"text": "x", "nte": "y"}, ("nte",), 'there is no field "nte" here.'),
        (Value, {"money": "5 EUR", "currency": "USD"}, ("currency",), '"currency" is said twice.'),
        (Investment, {"mony": "5 EUR"}, ("mony",), 'there is no field "mony" here.'),
    ],
)
def test_what_cannot_be_expanded_is_told_of_with_its_place(annotation, written, at, message):
    _, slips = expand(written, annotation)
    assert [(slip.at, slip.message) for slip in slips] == [(at, message)]
    assert slips[0].remedy
