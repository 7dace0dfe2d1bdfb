"""What holds for every kind of development."""

import re

import pytest
from pydantic import TypeAdapter, ValidationError

from tests.timeline.developments.derived import SETTING
from tests.timeline.developments.examples import EXAMPLES
from timeline.content import Content, statements_of
from timeline.developments.detail import entities_named_in
from timeline.developments.kinds import KINDS, AnyDetail
from timeline.vocabulary import default_vocabulary

CONTRACT = [
    "leadership",
    "board",
    "investment",
    "funding-round",
    "valuation",
    "equity",
    "agreement",
    "term",
    "cloud-deal",
    "license",
    "product",
    "restructuring",
    "negotiation",
    "lawsuit",
    "regulatory",
    "competition",
    "statement",
    "people",
    "safety",
    "research",
]

CONTENTS = {kind: Content.model_validate(example) for kind, example in EXAMPLES.items()}

every_kind = pytest.mark.parametrize("kind", CONTRACT)


def test_the_kinds_are_those_of_the_contract():
    assert list(KINDS) == CONTRACT
    assert {name: detail.model_fields["kind"].default for name, detail in KINDS.items()} == {
        name: name for name in CONTRACT
    }


def test_the_union_accepts_exactly_these_kinds():
    schema = TypeAdapter(AnyDetail).json_schema()
    assert set(schema["discriminator"]["mapping"]) == set(CONTRACT)


def test_there_is_one_example_for_each_kind():
    assert sorted(EXAMPLES) == sorted(CONTRACT)
    assert {kind: CONTENTS[kind].kind for kind in CONTRACT} == {kind: kind for kind in CONTRACT}


@every_kind
def test_the_example_gives_facts_that_keep_to_the_vocabulary(kind):
    content = CONTENTS[kind]
    facts = content.detail.facts(SETTING)
    assert facts
    for fact in facts:
        default_vocabulary().check(fact)


@every_kind
def test_no_two_facts_of_the_example_are_rivals(kind):
    statements = statements_of(
        CONTENTS[kind], timeline="acme-globex", development="dev", vocabulary=default_vocabulary()
    )
    keys = [statement.key for statement in statements]
    assert len(keys) == len(set(keys))


@every_kind
def test_facts_name_only_entities_of_the_content_and_the_timeline(kind):
    content = CONTENTS[kind]
    derived = {slug for fact in content.detail.facts(SETTING) for slug in entities_named_in(fact)}
    assert derived - {SETTING.timeline} <= content.entities()


@every_kind
def test_an_example_survives_json_unchanged(kind):
    content = CONTENTS[kind]
    assert Content.model_validate_json(content.model_dump_json(exclude_defaults=False)) == content


@every_kind
def test_deriving_twice_gives_the_same_facts(kind):
    detail = CONTENTS[kind].detail
    assert detail.facts(SETTING) == detail.facts(SETTING)


@every_kind
def test_a_start_of_its_own_goes_to_every_fact(kind):
    """Kinds whose parts change on days of their own carry `since` on the parts instead."""
    if "since" not in KINDS[kind].model_fields:
        assert kind in {"leadership", "board", "people"}
        return
    detail = CONTENTS[kind].detail.model_copy(update={"since": SETTING.occurred})
    assert {fact.since for fact in detail.facts(SETTING)} == {SETTING.occurred}
    assert {fact.since for fact in CONTENTS[kind].detail.facts(SETTING)} == {None}


@every_kind
def test_an_unknown_field_is_refused_by_name(kind):
    with pytest.raises(ValidationError) as caught:
        Content.model_validate({**EXAMPLES[kind], "detail": {**EXAMPLES[kind]["detail"], "colour": "blue"}})
    (error,) = caught.value.errors()
    assert error["loc"] == ("detail", kind, "colour")


@every_kind
def test_every_field_and_part_is_described(kind):
    schema = KINDS[kind].model_json_schema()
    parts = [
        schema,
        *(part for name, part in schema.get("$defs", {}).items() if not re.search("Value|Form|Qual", name)),
    ]
    for part in parts:
        assert part["description"]
        undescribed = [
            name
            for name, field in part["properties"].items()
            if name != "kind" and "description" not in field and "$ref" not in field
        ]
        assert undescribed == []


def test_a_kind_that_does_not_exist_is_refused_with_those_that_do():
    with pytest.raises(ValidationError) as caught:
        Content.model_validate({**EXAMPLES["board"], "detail": {"kind": "party"}})
    (error,) = caught.value.errors()
    assert error["loc"] == ("detail",)
    assert "'funding-round'" in error["msg"]


def test_stages_of_details_are_those_of_the_vocabulary():
    """A detail lists its stages as a type; a stage that only one of the two knows would be refused late."""
    vocabulary = default_vocabulary()
    listed = {
        ("agreement", "stage"): "agreement",
        ("negotiation", "stage"): "negotiation",
        ("lawsuit", "stage"): "lawsuit",
        ("regulatory", "stage"): "inquiry",
        ("product", "availability"): "availability",
        ("cloud-deal", "exclusivity"): "cloud_exclusivity",
    }
    for (kind, field), attribute in listed.items():
        schema = KINDS[kind].model_json_schema()["properties"][field]
        choices = schema.get("enum") or next(option["enum"] for option in schema["anyOf"] if "enum" in option)
        assert tuple(choices) == vocabulary.attribute(attribute).stages, kind
    move = KINDS["people"].model_json_schema()["$defs"]["Move"]["properties"]["stage"]
    assert tuple(move["enum"]) == vocabulary.attribute("employment").stages
