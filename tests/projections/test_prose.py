"""Values as a reader would say them."""

from decimal import Decimal

import pytest

from projections.prose import money_text, number_text, value_text


def name_of(entity: str) -> str:
    return {"jane-doe": "Jane Doe"}.get(entity, entity)


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        ("13750000000", "USD", "$13.75 billion"),
        ("1000000", "EUR", "€1 million"),
        ("999999", "GBP", "£999,999"),
        ("1400000000000", "USD", "$1.4 trillion"),
        ("-44000000000", "USD", "−$44 billion"),
        ("1200", "CHF", "CHF 1,200"),
        ("0", "USD", "$0"),
    ],
)
def test_money_reads_as_in_a_newspaper(amount: str, currency: str, text: str):
    assert money_text(Decimal(amount), currency) == text


def test_numbers_keep_what_counts_and_nothing_else():
    assert number_text(Decimal("10000.50")) == "10,000.5"
    assert number_text(Decimal(100)) == "100"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"type": "entity", "id": "jane-doe", "note": "interim"}, "Jane Doe (interim)"),
        (
            {"type": "text", "text": "exclusive", "status": "in-force", "note": "as amended"},
            "exclusive (in-force; as amended)",
        ),
        ({"type": "stage", "stage": "agreed-in-principle"}, "agreed in principle"),
        ({"type": "money", "amount": "2000000000", "currency": "USD", "qualifier": "about"}, "about $2 billion"),
        ({"type": "money", "low": "1000000", "high": "2000000", "currency": "USD"}, "$1 million to $2 million"),
        ({"type": "money", "amount": "5", "currency": "USD", "form": "credits"}, "$5 in credits"),
        ({"type": "percent", "low": "30", "high": "35"}, "30% to 35%"),
        ({"type": "percent", "low": "51"}, "at least 51%"),
        ({"type": "percent", "high": "10"}, "up to 10%"),
        ({"type": "quantity", "amount": "4.5", "unit": "gigawatts"}, "4.5 gigawatts"),
        ({"type": "date", "date": "2032"}, "2032"),
        ({"type": "boolean", "value": False}, "no"),
    ],
)
def test_every_type_of_value_has_its_words(value: dict[str, object], text: str):
    assert value_text(value, name_of) == text
