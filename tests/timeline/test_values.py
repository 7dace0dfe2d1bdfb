"""What a fact can say, and when two values contradict each other."""

from decimal import Decimal

import pytest
from pydantic import TypeAdapter, ValidationError

from timeline.values import (
    BooleanValue,
    DateValue,
    EntityValue,
    MoneyForm,
    MoneyValue,
    PercentValue,
    Qualifier,
    QuantityValue,
    StageValue,
    TextValue,
    Value,
)

VALUES: TypeAdapter[Value] = TypeAdapter(Value)


def refusal(given):
    with pytest.raises(ValidationError) as caught:
        VALUES.validate_python(given)
    (error,) = caught.value.errors()
    return ".".join(str(part) for part in error["loc"][1:]), error["msg"].removeprefix("Value error, ")


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ({"type": "entity", "id": "jane-doe", "note": "interim"}, EntityValue(id="jane-doe", note="interim")),
        ({"type": "text", "text": " chief scientist "}, TextValue(text="chief scientist")),
        ({"type": "stage", "stage": "filed"}, StageValue(stage="filed")),
        (
            {"type": "money", "amount": "5", "currency": "USD", "qualifier": "at-least", "form": "in-kind"},
            MoneyValue(amount=Decimal(5), currency="USD", qualifier=Qualifier.AT_LEAST, form=MoneyForm.IN_KIND),
        ),
        ({"type": "percent", "low": "30", "high": "35"}, PercentValue(low=Decimal(30), high=Decimal(35))),
        (
            {"type": "quantity", "amount": "4.5", "unit": "gigawatts"},
            QuantityValue(amount=Decimal("4.5"), unit="gigawatts"),
        ),
        ({"type": "boolean", "value": False}, BooleanValue(value=False)),
    ],
    ids=lambda given: given["type"] if isinstance(given, dict) else "",
)
def test_values_are_told_apart_by_their_type(given, read):
    assert VALUES.validate_python(given) == read


def test_a_date_is_kept_as_it_was_written():
    value = VALUES.validate_python({"type": "date", "date": "2032~", "status": "in force"})
    assert isinstance(value, DateValue)
    assert VALUES.dump_python(value, mode="json", exclude_none=True) == {
        "status": "in force",
        "type": "date",
        "date": "2032~",
    }


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("13750000000", "13750000000"),
        ("27.50", "27.5"),
        ("007", "7"),
        ("-4763000000", "-4763000000"),
        ("-0", "0"),
        ("1000000000000000.1", "1000000000000000.1"),
        ("999999999999999999.9999999999", "999999999999999999.9999999999"),
        (11, "11"),
    ],
)
def test_numbers_are_exact_and_travel_as_strings(written, kept):
    value = VALUES.validate_python({"type": "percent", "value": written})
    assert VALUES.dump_python(value, mode="json")["value"] == kept


@pytest.mark.parametrize(
    "written", ["", "ten", "1e9", "1e1000000", "1_000", " 12", "NaN", "Infinity", "1,5", "\uff11\uff12"]
)
def test_what_is_no_plain_number_is_refused(written):
    field, remedy = refusal({"type": "percent", "value": written})
    assert field == "value"
    assert 'write up to 18 digits, then a point and up to 10 more if need be, such as "27.5"' in remedy


@pytest.mark.parametrize("given", [27.5, True])
def test_a_binary_fraction_is_refused_since_it_would_change_the_number(given):
    assert refusal({"type": "percent", "value": given}) == (
        "value",
        'write the number as a string of digits, such as "13750000000" or "27.5"',
    )


@pytest.mark.parametrize("given", [10**18, Decimal("1e1000000"), Decimal("0.00000000001"), Decimal("NaN")])
def test_a_number_too_long_to_keep_exactly_is_refused(given):
    assert refusal({"type": "percent", "value": given})[0] == "value"


def test_money_has_a_currency():
    assert refusal({"type": "money", "amount": "5"}) == ("currency", "Field required")
    assert refusal({"type": "money", "amount": "5", "currency": "usd"})[0] == "currency"


@pytest.mark.parametrize(
    ("given", "exact"),
    [
        ({"type": "money", "currency": "USD"}, "amount"),
        ({"type": "percent"}, "value"),
        ({"type": "quantity", "unit": "people"}, "amount"),
    ],
)
def test_an_amount_is_exact_or_a_range(given, exact):
    assert refusal(given) == ("", f'give "{exact}", or "low" and "high" for a range')
    assert refusal({**given, exact: "1", "low": "0"}) == (
        "",
        f'give either "{exact}" or a range of "low" and "high", not both',
    )
    assert refusal({**given, "low": "2", "high": "1"}) == ("", '"low" is greater than "high": swap them')


def test_a_range_may_be_open_on_one_side():
    assert VALUES.validate_python({"type": "percent", "low": "30"}) == PercentValue(low=Decimal(30))


def test_a_range_may_be_a_single_point():
    assert VALUES.validate_python({"type": "percent", "low": "30", "high": "30"}).type == "percent"


def test_a_type_that_does_not_exist_is_refused_with_those_that_do():
    with pytest.raises(ValidationError) as caught:
        VALUES.validate_python({"type": "colour"})
    assert "'quantity'" in caught.value.errors()[0]["msg"]


def test_a_note_alone_makes_no_difference():
    one, other = TextValue(text="adviser", note="interim"), TextValue(text="adviser")
    assert not one.differs_from(other)
    assert one != other


def test_a_status_does():
    assert TextValue(text="exclusive", status="in force").differs_from(TextValue(text="exclusive", status="proposed"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (TextValue(text="filed"), StageValue(stage="filed")),
        (MoneyValue(amount=Decimal(5), currency="USD"), MoneyValue(amount=Decimal(5), currency="EUR")),
        (PercentValue(value=Decimal(30)), PercentValue(low=Decimal(30), high=Decimal(35))),
        (
            MoneyValue(amount=Decimal(5), currency="USD"),
            MoneyValue(amount=Decimal(5), currency="USD", qualifier=Qualifier.ABOUT),
        ),
    ],
)
def test_values_of_another_type_currency_range_or_precision_differ(one, other):
    assert one.differs_from(other)
    assert other.differs_from(one)


def test_the_same_number_written_in_another_way_does_not_differ():
    one, other = (VALUES.validate_python({"type": "percent", "value": written}) for written in ("27.50", "27.5"))
    assert not one.differs_from(other)


def test_values_cannot_be_changed():
    value = TextValue(text="adviser")
    with pytest.raises(ValidationError):
        value.text = "chief"  # type: ignore[misc]


def test_the_schema_promises_what_the_reader_accepts():
    number = TypeAdapter(PercentValue).json_schema()["properties"]["value"]["anyOf"][0]
    assert number["type"] == "string"
    assert number["pattern"] == r"^[+-]?[0-9]{1,18}(?:\.[0-9]{1,10})?$"
