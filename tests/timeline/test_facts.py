"""Facts: what belongs together, and the order of dates."""

import pytest
from pydantic import ValidationError

from timeline.dates import MAX_INSTANT, parse_date
from timeline.facts import Fact, Key, Statement, check_order
from timeline.standing import Standing
from timeline.values import TextValue

SEAT = {"subject": "acme", "attribute": "board_member", "object": "jane-doe"}
MEMBER = {"type": "text", "text": "member"}


def refusal(**fields):
    with pytest.raises(ValidationError) as caught:
        Fact.model_validate({**SEAT, **fields})
    (error,) = caught.value.errors()
    return ".".join(str(part) for part in error["loc"]), error["msg"].removeprefix("Value error, ")


def test_a_fact_leaves_dates_and_standing_to_its_development():
    fact = Fact.model_validate({**SEAT, "value": MEMBER})
    assert (fact.since, fact.until, fact.standing, fact.end) == (None, None, None, False)


def test_a_fact_has_a_value_or_is_an_end():
    assert refusal() == ("", 'a fact needs a "value" (or "end": true, to close what held)')
    assert refusal(value=MEMBER, end=True) == ("", 'an end closes what held: leave out "value" and "until"')
    assert refusal(until="2024", end=True) == ("", 'an end closes what held: leave out "value" and "until"')
    assert Fact.model_validate({**SEAT, "end": True}).value is None


def test_only_an_end_names_another_development():
    assert refusal(value=MEMBER, development="dev") == ("", '"development" belongs on an end only: leave it out')
    assert Fact.model_validate({**SEAT, "end": True, "development": "dev"}).development == "dev"


def test_an_end_cannot_be_denied():
    _, remedy = refusal(end=True, standing="denied")
    assert remedy == "an end cannot be denied: deny the value that it would have closed"


def test_a_fact_does_not_end_before_it_begins():
    field, remedy = refusal(value=MEMBER, since="2024-03-04", until="2024-02")
    assert field == ""
    assert remedy == '"until" (2024-02) lies before "since" (2024-03-04): swap them or mend one'


@pytest.mark.parametrize(("since", "until"), [("2024-03-04", "2024"), ("2024", "2024-01-01"), ("2024", "2024")])
def test_dates_that_may_be_in_order_are_accepted(since, until):
    check_order(parse_date(since), parse_date(until))
    fact = Fact.model_validate({**SEAT, "value": MEMBER, "since": since, "until": until})
    assert (str(fact.since), str(fact.until)) == (since, until)


def test_a_date_that_is_none_is_refused_by_name():
    field, reason = refusal(value=MEMBER, since="spring 2024")
    assert field == "since"
    assert "'spring 2024'" in reason


@pytest.mark.parametrize("slug", ["Jane Doe", "jane_doe", "-jane", "jane--doe", ""])
def test_entities_are_named_by_slugs(slug):
    assert refusal(value=MEMBER, object=slug)[0] == "object"


def test_attributes_are_named_in_snake_case():
    assert refusal(value=MEMBER, attribute="board-member")[0] == "attribute"


def statement(value, until=None):
    return Statement(
        key=Key("acme-globex", "acme", "board_member", "jane-doe", None),
        value=value,
        since=parse_date("2024"),
        until=until,
        standing=Standing.REPORTED,
    )


def test_a_statement_without_a_value_is_an_end():
    assert statement(None).is_end
    assert not statement(TextValue(text="member")).is_end


def test_a_statement_is_gone_from_the_last_instant_that_its_end_may_mean():
    member = TextValue(text="member")
    assert statement(member).gone_from == MAX_INSTANT
    assert statement(member, until=parse_date("2024-05")).gone_from == parse_date("2024-05").latest
