from decimal import Decimal

import pytest

from projections.numbers import as_numbers, exact_number, one_number, unit_of

MONEY = {"type": "money", "amount": "13000000000", "currency": "USD", "qualifier": "more-than"}
RANGE = {"type": "percent", "low": "26.5", "high": "27.5"}
OPEN = {"type": "quantity", "low": "3", "unit": "seats"}


@pytest.mark.parametrize(
    ("value", "unit", "exact", "one"),
    [
        (MONEY, "USD", "13000000000", Decimal(13_000_000_000)),
        ({"type": "percent", "value": "49"}, "%", "49", Decimal(49)),
        (RANGE, "%", None, Decimal(27)),
        (OPEN, "seats", None, Decimal(3)),
    ],
)
def test_a_value_has_a_unit_and_is_one_number_or_the_middle_of_what_is_known_of_its_range(value, unit, exact, one):
    assert (unit_of(value), exact_number(value), one_number(value)) == (unit, exact, one)


def test_answers_carry_numbers_as_texts_and_none_for_a_value_of_another_type():
    assert as_numbers(MONEY) == {"value": "13000000000", "low": None, "high": None, "qualifier": "more-than"}
    assert as_numbers(RANGE) == {"value": None, "low": "26.5", "high": "27.5", "qualifier": None}
    assert as_numbers({"type": "text", "text": "much"}) == {
        "value": None,
        "low": None,
        "high": None,
        "qualifier": None,
    }
