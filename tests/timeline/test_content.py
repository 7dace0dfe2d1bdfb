"""The content of a version, and the statements it makes."""

import json

import pytest
from pydantic import ValidationError

from projections.index.told import statement_json
from tests.timeline.developments.examples import EXAMPLES, SOURCE, content
from timeline.content import Content, StatingPart, statements_of
from timeline.dates import parse_date
from timeline.errors import InvalidInput, UnknownAttribute
from timeline.facts import Key, RecordedFact
from timeline.mapper import canonical_json
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


# what is recorded, read without validating it anew

VALUES = (
    {"type": "entity", "id": "john-roe", "note": "interim"},
    {"type": "text", "text": "member", "status": "suspended"},
    {"type": "stage", "stage": "filed"},
    {"type": "money", "low": "1000.00", "currency": "USD", "qualifier": "about"},
    {"type": "percent", "value": "49.0"},
    {"type": "quantity", "amount": "12", "unit": "seats"},
    {"type": "date", "date": "2030-12-31~"},
)


def told_alike(recorded):
    """Read a content both ways from its stored JSON, and give what either says."""
    stored = json.loads(canonical_json(recorded.model_dump(mode="json", exclude_none=True)))
    for read_as in (recorded, StatingPart.read(stored)):
        made = statements_of(read_as, timeline="acme-globex", development="dev", vocabulary=default_vocabulary())
        yield (
            (read_as.kind, read_as.occurred, read_as.standing, read_as.named_entities()),
            [(s.key, s.is_end, s.since, s.until, s.standing, list(statement_json(s).items())) for s in made],
        )


@pytest.mark.parametrize("kind", EXAMPLES)
def test_a_recorded_content_says_the_same_without_being_validated_anew(kind):
    validated, read_only = told_alike(Content.model_validate(EXAMPLES[kind]))
    assert read_only == validated


@pytest.mark.parametrize("value", VALUES, ids=lambda value: value["type"])
def test_a_recorded_fact_has_the_value_that_was_recorded(value):
    attributes = default_vocabulary().attributes
    attribute = next(
        a for a in attributes.values() if value["type"] in a.values and value.get("stage") in {None, *a.stages}
    )
    fact = {"subject": "acme", "attribute": attribute.name, "value": value, "since": "2024-05", "standing": "alleged"}
    if attribute.object != "none":
        fact["object"] = "jane-doe"
    validated, read_only = told_alike(read(fact, {**fact, "until": "2025"}))
    assert read_only == validated
    assert ("john-roe" in read_only[0][3]) == (value["type"] == "entity")


def test_an_end_and_the_fact_that_it_closes_are_read_as_they_are_recorded():
    end = {"subject": "acme", "attribute": "board_member", "object": "john-roe", "end": True}
    closed = {
        "subject": "acme",
        "attribute": "investment",
        "object": "jane-doe",
        "end": True,
        "development": "2019-round",
    }
    validated, read_only = told_alike(read(end, closed))
    assert read_only == validated
    assert [statement[1] for statement in read_only[1]] == [True, True]


@pytest.mark.parametrize("stored", [{}, {"subject": "acme"}, {"subject": "acme", "attribute": "role", "since": "May"}])
def test_what_is_no_fact_is_not_read_as_one(stored):
    with pytest.raises((KeyError, ValueError)):
        RecordedFact.read(stored)
