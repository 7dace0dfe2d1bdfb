"""The content of a version, and the statements it makes."""

import pytest
from pydantic import ValidationError

from tests.timeline.developments.examples import EXAMPLES, SOURCE, content
from timeline.content import Content, statements_of
from timeline.dates import parse_date
from timeline.errors import InvalidInput, UnknownAttribute
from timeline.facts import Key
from timeline.standing import Standing
from timeline.vocabulary import default_vocabulary

REMARK = {"kind": "statement", "speaker": "jane-doe", "topic": "the board"}
SEAT = {
    "subject": "acme",
    "attribute": "board_member",
    "object": "john-roe",
    "value": {"type": "text", "text": "member"},
}


def read(*facts, **more):
    return Content.model_validate(content(REMARK, title="Jane Doe on the board", facts=facts, **more))


def statements(*facts, **more):
    return statements_of(
        read(*facts, **more), timeline="acme-globex", development="dev", vocabulary=default_vocabulary()
    )


def refusal(**changes):
    with pytest.raises(ValidationError) as caught:
        Content.model_validate({**EXAMPLES["investment"], **changes})
    (error,) = caught.value.errors()
    return ".".join(str(part) for part in error["loc"]), error["msg"].removeprefix("Value error, ")


def test_what_a_fact_leaves_out_comes_from_the_development():
    (statement,) = statements(SEAT)
    assert statement.since == parse_date("2024-03-04")
    assert statement.until is None
    assert statement.standing is Standing.REPORTED


def test_what_a_fact_says_itself_stands():
    (statement,) = statements({**SEAT, "since": "2024-05", "until": "2025", "standing": "alleged"})
    assert (str(statement.since), str(statement.until)) == ("2024-05", "2025")
    assert statement.standing is Standing.ALLEGED


def test_derived_facts_come_before_explicit_ones():
    example = {**EXAMPLES["valuation"], "facts": [SEAT]}
    made = statements_of(
        Content.model_validate(example), timeline="t", development="dev", vocabulary=default_vocabulary()
    )
    assert [statement.key.attribute for statement in made] == ["valuation", "board_member"]


def test_the_development_is_part_of_the_key_where_each_has_its_own_fact():
    money = {"type": "money", "amount": "1", "currency": "USD"}
    seat, investment = statements(SEAT, {**SEAT, "attribute": "investment", "value": money})
    assert seat.key == Key("acme-globex", "acme", "board_member", "john-roe", None)
    assert investment.key == Key("acme-globex", "acme", "investment", "john-roe", "dev")


def test_an_end_closes_the_fact_of_the_development_it_names():
    (end,) = statements(
        {
            "subject": "acme",
            "attribute": "investment",
            "object": "globex",
            "end": True,
            "development": "earlier-dev",
        }
    )
    assert end.is_end
    assert end.key.development == "earlier-dev"


def test_a_term_is_a_fact_about_the_timeline():
    made = statements_of(
        Content.model_validate(EXAMPLES["term"]),
        timeline="acme-globex",
        development="dev",
        vocabulary=default_vocabulary(),
    )
    assert [statement.key for statement in made] == [Key("acme-globex", "acme-globex", "term", "ip-license", None)]


def test_a_fact_that_breaks_the_vocabulary_is_refused_where_it_stands():
    with pytest.raises(UnknownAttribute) as caught:
        statements(SEAT, {**SEAT, "attribute": "board_membr"})
    assert caught.value.field == "facts.1.attribute"
    assert caught.value.remedy is not None
    assert '"board_member"' in caught.value.remedy


def test_a_fact_that_ends_before_the_development_is_refused_where_it_stands():
    with pytest.raises(InvalidInput) as caught:
        statements({**SEAT, "until": "2023"})
    assert caught.value.field == "facts.0.until"
    assert caught.value.message == '"until" (2023) lies before "since" (2024-03-04): swap them or mend one'


def test_a_derived_fact_that_ends_before_the_development_is_refused_as_the_details():
    example = {**EXAMPLES["license"], "occurred": "2031"}
    with pytest.raises(InvalidInput) as caught:
        statements_of(Content.model_validate(example), timeline="t", development="dev", vocabulary=default_vocabulary())
    assert caught.value.field == "detail.until"


def test_a_denial_is_a_statement_with_the_value_denied():
    (statement,) = statements({**SEAT, "standing": "denied"})
    assert statement.standing is Standing.DENIED
    assert statement.value is not None


def test_entities_are_those_of_parties_detail_and_facts():
    seat = {**SEAT, "value": {"type": "text", "text": "globex"}}
    chief = {"subject": "initech", "attribute": "chief_executive", "value": {"type": "entity", "id": "mary-major"}}
    found = read(seat, chief, parties=[{"entity": "hooli"}]).entities()
    assert found == {"jane-doe", "acme", "john-roe", "initech", "mary-major", "hooli"}


def test_a_development_is_found_by_its_parties_first_and_by_each_entity_once():
    parties = [{"entity": "john-roe"}, {"entity": "acme"}, {"entity": "john-roe", "role": "director"}]
    assert list(read(SEAT, parties=parties).named_entities()) == ["john-roe", "acme", "jane-doe"]


def test_a_document_is_named_once():
    assert refusal(sources=[SOURCE, {**SOURCE, "title": "Again"}]) == (
        "",
        "two sources have the same url: name each document once",
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "  "}, "title"),
        ({"occurred": "yesterday"}, "occurred"),
        ({"standing": "certain"}, "standing"),
        ({"parties": [{"entity": "Acme Inc."}]}, "parties.0.entity"),
        ({"sources": [{**SOURCE, "url": "javascript:alert(1)"}]}, "sources.0.url"),
        ({"sources": [{**SOURCE, "url": f"https://example.org/{n}"} for n in range(101)]}, "sources"),
        ({"colour": "blue"}, "colour"),
    ],
)
def test_what_is_wrong_is_named(changes, field):
    assert refusal(**changes)[0] == field


def test_money_without_a_currency_is_refused_where_it_stands():
    detail = {**EXAMPLES["investment"]["detail"], "money": {"amount": "5"}}
    assert refusal(detail=detail) == ("detail.investment.money.currency", "Field required")
