"""Whether a value of the record is the one that a sentence gives, as a careful editor would say."""

from __future__ import annotations

from typing import Any

import pytest

from projections.check.claim import Comparison
from projections.check.compare import compare, compare_texts
from timeline.vocabulary import default_vocabulary

VOCABULARY = default_vocabulary()


def usd(billions: str | None = None, **more: Any) -> dict[str, Any]:
    def whole(number: str) -> str:
        return str(int(float(number) * 1_000_000_000))

    amount = {} if billions is None else {"amount": whole(billions)}
    ends: dict[str, Any] = {name: whole(more.pop(name)) for name in ("low", "high") if name in more}
    return {"type": "money", "currency": "USD", **amount, **ends, **more}


def percent(value: str | None = None, **more: Any) -> dict[str, Any]:
    return {"type": "percent", **({} if value is None else {"value": value}), **more}


def said(recorded: Any, claimed: Any, comparison: str = "same", attribute: str = "valuation") -> str:
    return compare(recorded, claimed, Comparison(comparison), VOCABULARY.attributes[attribute]).value


@pytest.mark.parametrize(
    ("recorded", "comparison", "claimed", "match"),
    [
        # a plain figure is rounded by no more than one part in a hundred
        (usd("13.75"), "same", usd("13.75"), "same"),
        (usd("6.58"), "same", usd("6.6"), "same"),
        (usd("13.75"), "same", usd("13"), "different"),
        (usd("13.75"), "same", usd("14"), "different"),
        # "about" reaches a tenth
        (usd("13.75"), "about", usd("13"), "same"),
        (usd("13.75"), "about", usd("14"), "same"),
        (usd("13.75"), "about", usd("10"), "different"),
        # limits
        (usd("13.75"), "more-than", usd("13"), "same"),
        (usd("13"), "more-than", usd("13"), "different"),
        (usd("13"), "at-least", usd("13"), "same"),
        (usd("13"), "less-than", usd("14"), "same"),
        (usd("13"), "up-to", usd("13"), "same"),
        (usd("13"), "up-to", usd("12"), "different"),
        (usd("5"), "up-to", usd("50"), "cannot-tell"),
        # what the record only has roughly
        (usd("13", qualifier="about"), "same", usd("13"), "same"),
        (usd("13", qualifier="about"), "same", usd("13.5"), "cannot-tell"),
        (usd("13", qualifier="about"), "same", usd("13.75"), "different"),
        (usd("13", qualifier="about"), "more-than", usd("13"), "cannot-tell"),
        (usd("13", qualifier="about"), "more-than", usd("10"), "same"),
        (usd("13", qualifier="about"), "about", usd("13.2"), "same"),
        (usd("13", qualifier="about"), "about", usd("14"), "cannot-tell"),
        (usd("13", qualifier="about"), "about", usd("20"), "different"),
        (usd("133", qualifier="more-than"), "same", usd("133"), "same"),
        (usd("133", qualifier="more-than"), "same", usd("140"), "cannot-tell"),
        (usd("133", qualifier="more-than"), "same", usd("100"), "different"),
        (usd("133", qualifier="more-than"), "more-than", usd("133"), "same"),
        (usd("15", qualifier="at-least"), "more-than", usd("15"), "cannot-tell"),
        # "up to" promises less than the figure
        (usd("50", qualifier="up-to"), "up-to", usd("50"), "same"),
        (usd("50", qualifier="up-to"), "same", usd("50"), "cannot-tell"),
        (usd("50", qualifier="up-to"), "same", usd("60"), "different"),
        (usd("50", qualifier="up-to"), "more-than", usd("50"), "different"),
        # ranges
        (usd(low="27", high="29"), "same", usd("35"), "different"),
        (usd(low="27", high="29"), "same", usd("28"), "cannot-tell"),
        (usd(low="27", high="29"), "about", usd("28"), "same"),
        (usd(low="27", high="29"), "at-least", usd("27"), "same"),
        (usd(low="27", high="29"), "same", usd(low="27", high="29"), "same"),
        (usd("28"), "same", usd(low="27", high="29"), "same"),
        (usd(low="27", high="29"), "same", usd(low="20", high="25"), "different"),
        (usd(low="27", high="29"), "same", usd(low="28", high="35"), "cannot-tell"),
        # another currency is not converted, another form of payment is another statement
        (usd("13"), "same", {**usd("13"), "currency": "EUR"}, "cannot-tell"),
        (usd("1", form="cash"), "same", usd("1"), "same"),
        (usd("1", form="cash"), "same", usd("1", form="credits"), "different"),
        (usd("1", form="mixed"), "same", usd("1", form="cash"), "cannot-tell"),
        # a loss is an amount below nothing
        (usd("-5"), "same", usd("-5"), "same"),
        (usd("-5"), "same", usd("5"), "different"),
    ],
)
def test_money_is_compared_as_it_is_meant(recorded, comparison, claimed, match):
    assert said(recorded, claimed, comparison) == match


@pytest.mark.parametrize(
    ("recorded", "comparison", "claimed", "match"),
    [
        (percent("27"), "same", percent("27.0"), "same"),
        (percent("26.79"), "same", percent("27"), "same"),
        (percent("26.79"), "same", percent("26.8"), "same"),
        (percent("26.79"), "same", percent("26.5"), "different"),
        (percent("27"), "same", percent("27.5"), "different"),
        (percent("27", qualifier="about"), "same", percent("27"), "same"),
        (percent("25", qualifier="about"), "same", percent("27"), "different"),
        (percent("25", qualifier="about"), "about", percent("27"), "different"),
        (percent("27"), "about", percent("25"), "different"),
        (percent("49"), "about", percent("50"), "same"),
        (percent("49"), "less-than", percent("50"), "same"),
        (percent("49", qualifier="up-to"), "same", percent("49"), "cannot-tell"),
        (percent(low="30", high="35"), "about", percent("33.3"), "same"),
        (percent(low="30", high="60"), "about", percent("45"), "cannot-tell"),
    ],
)
def test_a_share_is_as_exact_as_its_last_digit(recorded, comparison, claimed, match):
    assert said(recorded, claimed, comparison, "equity_stake") == match


def test_a_structured_claim_may_bring_its_qualifier_in_the_value():
    assert said(usd("13.75"), usd("13", qualifier="more-than")) == "same"
    assert said(usd("13.75"), usd("13", qualifier="about")) == "same"


def test_numbers_of_different_things_are_not_compared():
    def number(amount: str, unit: str) -> dict[str, Any]:
        return {"type": "quantity", "amount": amount, "unit": unit}

    assert said(number("6", "gigawatts"), number("6", "gigawatt"), attribute="compute_capacity") == "same"
    assert said(number("6", "gigawatts"), number("6", "megawatts"), attribute="compute_capacity") == "cannot-tell"


@pytest.mark.parametrize(
    ("recorded", "claimed", "match"),
    [
        ("Chief Technology Officer", "chief technology officer", "same"),
        ("chief executive and member of the board", "chief executive", "same"),
        ("independent members", "independent member", "same"),
        ("non-voting observer, to be represented by Jane Doe", "observer", "same"),
        ("non-voting observer", "nonvoting observer", "same"),
        ("non-voting observer", "voting observer", "cannot-tell"),
        ("former president", "president", "cannot-tell"),
        ("corporation controlled by a foundation", "foundation", "cannot-tell"),
        ("corporation controlled by a foundation", "corporation", "same"),
        ("member", "board member", "cannot-tell"),
        ("president", "treasurer", "different"),
        ("without a cap", "no cap", "same"),
        ("Größe", "grosse", "same"),
        ("résumé", "resume", "same"),
        ("…", "…", "same"),
        ("…", "president", "cannot-tell"),
    ],
)
def test_words_are_compared_by_what_they_say_first(recorded, claimed, match):
    assert compare_texts(recorded, claimed).value == match


@pytest.mark.parametrize(
    ("recorded", "claimed", "match"),
    [
        ("2030-12-31", "2030", "same"),
        ("2030", "2030-12-31", "cannot-tell"),
        ("2030", "2032", "different"),
    ],
)
def test_a_date_is_the_same_if_it_lies_within_the_one_claimed(recorded, claimed, match):
    assert said({"type": "date", "date": recorded}, {"type": "date", "date": claimed}, attribute="term") == match


def test_entities_stages_and_truths_are_equal_or_not():
    assert (
        said({"type": "entity", "id": "jane"}, {"type": "entity", "id": "jane"}, attribute="chief_executive") == "same"
    )
    assert (
        said({"type": "entity", "id": "jane"}, {"type": "entity", "id": "john"}, attribute="chief_executive")
        == "different"
    )
    assert (
        said({"type": "stage", "stage": "filed"}, {"type": "stage", "stage": "trial"}, attribute="lawsuit")
        == "different"
    )
    assert said({"type": "boolean", "value": True}, {"type": "boolean", "value": False}) == "different"


def test_a_note_makes_no_difference_and_a_status_does():
    interim = {"type": "entity", "id": "jane", "note": "interim"}
    assert said(interim, {"type": "entity", "id": "jane"}, attribute="chief_executive") == "same"
    term = {"type": "text", "text": "exclusive", "status": "proposed"}
    assert said(term, {"type": "text", "text": "exclusive", "status": "in force"}, attribute="term") == "different"
    assert said({**term, "status": None}, {**term, "status": "in force"}, attribute="term") == "cannot-tell"


def test_values_of_different_types_are_not_compared():
    assert said({"type": "text", "text": "13"}, usd("13")) == "cannot-tell"


@pytest.mark.parametrize(
    ("recorded", "attribute", "match"),
    [
        (usd("13"), "valuation", "same"),
        (usd("0"), "valuation", "different"),
        ({"type": "stage", "stage": "none"}, "cloud_exclusivity", "different"),
        ({"type": "stage", "stage": "exclusive"}, "cloud_exclusivity", "same"),
        ({"type": "stage", "stage": "withdrawn"}, "lawsuit", "different"),
        ({"type": "stage", "stage": "filed"}, "lawsuit", "same"),
        ({"type": "text", "text": "None"}, "interest", "different"),
        ({"type": "boolean", "value": False}, "interest", "different"),
        ({"type": "entity", "id": "jane"}, "chief_executive", "same"),
    ],
)
def test_a_claim_without_a_value_is_that_there_is_something(recorded, attribute, match):
    assert said(recorded, None, attribute=attribute) == match
