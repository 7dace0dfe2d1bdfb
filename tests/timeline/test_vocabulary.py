"""The vocabulary keeps the contract, explains itself, and refuses facts that break it by name."""

from importlib.resources import files
from string import Formatter
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from timeline.errors import InvalidInput, UnknownAttribute
from timeline.facts import Fact
from timeline.vocabulary import Attribute, Cardinality, ObjectUse, Vocabulary, default_vocabulary

VOCABULARY = default_vocabulary()
ATTRIBUTES = list(VOCABULARY.attributes.values())

every_attribute = pytest.mark.parametrize("attribute", ATTRIBUTES, ids=lambda attribute: attribute.name)

ONE, MANY, EACH = Cardinality.ONE, Cardinality.MANY, Cardinality.EACH

# section, cardinality, types of value that the contract names, whether there is an object
CONTRACT = {
    "chief_executive": ("leadership", ONE, {"entity"}, False),
    "president": ("leadership", ONE, {"entity"}, False),
    "board_chair": ("leadership", ONE, {"entity"}, False),
    "role": ("leadership", MANY, {"text"}, True),
    "board_member": ("board", MANY, {"text"}, True),
    "board_observer": ("board", MANY, {"text"}, True),
    "investment": ("capital", EACH, {"money"}, True),
    "invested_total": ("capital", ONE, {"money"}, True),
    "committed_total": ("capital", ONE, {"money"}, True),
    "funded_total": ("capital", ONE, {"money"}, True),
    "equity_stake": ("ownership", ONE, {"percent"}, True),
    "profit_share": ("ownership", ONE, {"percent"}, True),
    "expected_stake": ("ownership", ONE, {"percent"}, True),
    "revenue_share": ("ownership", ONE, {"percent"}, True),
    "valuation": ("ownership", ONE, {"money"}, False),
    "legal_form": ("structure", ONE, {"text"}, False),
    "controlled_by": ("structure", ONE, {"entity"}, False),
    "term": ("terms", ONE, {"text", "date", "money"}, True),
    "cloud_provider": ("cloud", MANY, {"text", "money"}, True),
    "cloud_exclusivity": ("cloud", ONE, {"stage"}, False),
    "negotiation": ("negotiation", ONE, {"stage"}, True),
    "position": ("negotiation", ONE, {"text"}, True),
    "lawsuit": ("disputes", ONE, {"stage"}, False),
    "inquiry": ("regulatory", ONE, {"stage"}, True),
    "uses": ("products", MANY, {"text"}, True),
    "licence": ("products", MANY, {"text"}, True),
    "competitor": ("competition", MANY, {"text"}, True),
}

STAGES = {
    "cloud_exclusivity": "exclusive right-of-first-refusal none",
    "negotiation": "rumoured open agreed-in-principle concluded collapsed",
    "lawsuit": "filed amended dismissed withdrawn trial decided settled appealed closed",
    "inquiry": "opened widened decided closed",
}


@pytest.mark.parametrize("name", CONTRACT)
def test_the_attributes_of_the_contract_are_as_it_says(name):
    section, cardinality, values, has_object = CONTRACT[name]
    attribute = VOCABULARY.attribute(name)
    assert (attribute.section, attribute.cardinality) == (section, cardinality)
    assert values <= set(attribute.values)
    assert attribute.object is (ObjectUse.REQUIRED if has_object else ObjectUse.NONE)


@pytest.mark.parametrize("name", STAGES)
def test_the_stages_of_the_contract_are_as_it_says(name):
    assert VOCABULARY.attribute(name).stages == tuple(STAGES[name].split())


def test_only_the_board_is_closed():
    assert {attribute.name for attribute in ATTRIBUTES if attribute.closed} == {"board_member", "board_observer"}


def test_sections_come_in_the_order_of_the_contract():
    names = [section.name for section in VOCABULARY.sections]
    assert names[:12] == [
        *("leadership", "board", "capital", "ownership", "structure", "terms"),
        *("cloud", "negotiation", "disputes", "regulatory", "products", "competition"),
    ]
    assert len(names) == len(set(names))
    assert {attribute.section for attribute in ATTRIBUTES} == set(names)


def test_no_attribute_is_written_down_twice():
    """The vocabulary is a mapping: a second entry of one name would silently replace the first."""
    raw = yaml.safe_load(files("timeline").joinpath("vocabulary.yaml").read_text(encoding="utf-8"))
    names = [item["name"] for item in raw["attributes"]]
    assert len(names) == len(set(names))


def test_labels_tell_attributes_apart():
    labels = [attribute.label for attribute in ATTRIBUTES]
    assert len(labels) == len(set(labels))


def placeholders(template):
    return [name for _, name, _, _ in Formatter().parse(template) if name is not None]


@every_attribute
def test_every_part_of_a_fact_is_in_its_sentence(attribute):
    parts = {"subject", "value", "object"} if attribute.object is ObjectUse.REQUIRED else {"subject", "value"}
    if attribute.subject == "timeline":
        parts.discard("subject")  # the reader knows which timeline the answer is about
    assert sorted(placeholders(attribute.template)) == sorted(parts)


@every_attribute
def test_the_sentence_for_an_end_names_all_but_the_value(attribute):
    if attribute.end_template is None:
        assert set(attribute.values) <= {"money", "percent", "quantity"} or attribute.name == "founder"
        return
    assert sorted(placeholders(attribute.end_template)) == sorted(set(placeholders(attribute.template)) - {"value"})


@every_attribute
def test_definitions_are_one_sentence_and_phrases_are_lower_case(attribute):
    assert attribute.definition.endswith(".")
    assert "\n" not in attribute.definition
    assert attribute.phrases
    said = [(says, phrase.aspect, phrase.value) for phrase in attribute.phrases for says in phrase.says]
    assert all(says == says.lower().strip() for says, _, _ in said)
    assert len(said) == len(set(said))
    assert not attribute.template.endswith(".")


@every_attribute
def test_every_attribute_accepts_a_fact_of_each_of_its_types(attribute):
    for given in values_for(attribute):
        fact = Fact.model_validate(
            {
                "subject": "acme",
                "attribute": attribute.name,
                "object": "globex" if attribute.object is ObjectUse.REQUIRED else None,
                "value": given,
            }
        )
        assert VOCABULARY.check(fact) is attribute


def values_for(attribute):
    examples: dict[str, dict[str, Any]] = {
        "entity": {"id": "jane-doe"},
        "text": {"text": "member"},
        "money": {"amount": "1", "currency": "USD"},
        "percent": {"value": "1"},
        "quantity": {"amount": "1", "unit": "people"},
        "date": {"date": "2024"},
        "boolean": {"value": True},
    }
    for name in attribute.values:
        if name == "stage":
            yield from ({"type": "stage", "stage": stage} for stage in attribute.stages)
        else:
            yield {"type": name, **examples[name]}


def refusal(**fields):
    with pytest.raises(InvalidInput) as caught:
        VOCABULARY.check(Fact.model_validate({"subject": "acme", **fields}), field="facts.0")
    return caught.value


def test_an_unknown_attribute_is_refused_with_close_ones():
    error = refusal(attribute="chief_executiv", value={"type": "text", "text": "x"})
    assert isinstance(error, UnknownAttribute)
    assert error.field == "facts.0.attribute"
    assert error.remedy == 'Did you mean "chief_executive" or "cloud_exclusivity"?'


def test_an_attribute_like_no_other_points_to_the_list():
    error = refusal(attribute="zzzz", value={"type": "text", "text": "x"})
    assert error.remedy == "The vocabulary at /v1/vocabulary lists all attributes."


def test_a_missing_object_is_refused():
    error = refusal(attribute="board_member", value={"type": "text", "text": "member"})
    assert error.field == "facts.0.object"
    assert error.message == '"board_member" needs an object.'
    assert error.remedy.startswith("Say which one: Who sits on the board")


def test_an_object_too_many_is_refused():
    error = refusal(attribute="chief_executive", object="globex", value={"type": "entity", "id": "jane-doe"})
    assert (error.field, error.remedy) == ("facts.0.object", "Leave the object out.")


def test_a_value_of_the_wrong_type_is_refused():
    error = refusal(attribute="term", object="agi-clause", value={"type": "boolean", "value": True})
    assert error.field == "facts.0.value.type"
    assert error.remedy == 'Give a value of type "text", "date" or "money".'


def test_a_stage_that_is_not_listed_is_refused():
    error = refusal(attribute="inquiry", object="merger", value={"type": "stage", "stage": "cleared"})
    assert error.field == "facts.0.value.stage"
    assert error.remedy == 'Use one of "opened", "widened", "decided" or "closed".'


def test_an_end_names_a_development_where_each_has_its_own_fact():
    error = refusal(attribute="investment", object="globex", end=True)
    assert (error.field, error.remedy) == ("facts.0.development", "Name the development whose fact ends.")
    ends = Fact(subject="acme", attribute="investment", object="globex", end=True, development="dev")
    assert VOCABULARY.check(ends).name == "investment"


def test_an_end_names_none_where_developments_share_the_fact():
    error = refusal(attribute="board_member", object="jane-doe", end=True, development="dev")
    assert (error.field, error.remedy) == ("facts.0.development", "Leave the development out.")


def described(**changes):
    return {
        "name": "colour",
        "section": "looks",
        "label": "Colour",
        "definition": "What it looks like.",
        "cardinality": "one",
        "subject": "product",
        "object": "none",
        "values": ["text"],
        "template": "{subject} is {value}",
        **changes,
    }


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"values": ["stage"]}, '"stages" and the value type "stage" go together'),
        ({"stages": ["new"]}, '"stages" and the value type "stage" go together'),
        ({"cardinality": "many"}, "cardinality many needs an object"),
        ({"values": ["stage"], "stages": ["new"], "final_stages": ["old"]}, "every final stage must be one of"),
    ],
)
def test_an_attribute_that_contradicts_itself_is_refused(changes, reason):
    with pytest.raises(ValidationError, match=reason):
        Attribute.model_validate(described(**changes))


def test_an_attribute_belongs_to_a_section_that_exists():
    with pytest.raises(ValidationError, match='colour: there is no section "looks"'):
        Vocabulary.model_validate({"sections": [], "attributes": [described()]})
