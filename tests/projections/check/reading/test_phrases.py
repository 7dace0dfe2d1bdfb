"""The phrases of a vocabulary compile, and a phrase that is not well written says where."""

import pytest

from projections.check.reading.phrases import Grammar, PhraseError, expanded
from timeline.vocabulary import Phrase, Vocabulary, default_vocabulary

ATTRIBUTES = list(default_vocabulary().attributes.values())


def vocabulary(*says: str, **wordings: str) -> Vocabulary:
    attribute = {
        "name": "ally",
        "section": "ties",
        "label": "Ally",
        "definition": "Whom it is allied with.",
        "cardinality": "many",
        "subject": "organisation",
        "object": "required",
        "values": ["text"],
        "template": "{subject} is allied with {object} in {value}",
        "phrases": [{"says": list(says)}],
    }
    return Vocabulary.model_validate(
        {"sections": [{"name": "ties", "title": "Ties"}], "wordings": wordings, "attributes": [attribute]}
    )


def test_all_phrases_that_ship_with_the_service_compile():
    grammar = Grammar(default_vocabulary())
    assert {reading.attribute.name for reading in grammar.readings} == {attribute.name for attribute in ATTRIBUTES}


@pytest.mark.parametrize("attribute", ATTRIBUTES, ids=lambda attribute: attribute.name)
def test_slots_are_parts_of_the_fact_or_other_attributes(attribute):
    grammar = Grammar(default_vocabulary().model_copy(update={"attributes": {attribute.name: attribute}}))
    own = {"subject", "object", "value", "party", "former", "successor", "previous", "object.about"}
    for reading in grammar.readings:
        others = {slot.removeprefix("object.") for slot in reading.slots - own}
        assert others <= set(default_vocabulary().attributes), reading.phrase.says


@pytest.mark.parametrize("attribute", ATTRIBUTES, ids=lambda attribute: attribute.name)
def test_a_value_that_a_phrase_names_is_one_the_attribute_can_have(attribute):
    for phrase in attribute.phrases:
        if phrase.value is not None and attribute.stages:
            assert phrase.value in attribute.stages


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("{subject} (likes|loves {object}", "does not close a bracket"),
        ("{subject} likes] {object}", "closes a bracket"),
        ("{subject} <LIKE> {object}", "not well written"),
        ("{subject} $likes {object}", 'names the wording "likes"'),
    ],
)
def test_a_phrase_that_is_not_well_written_is_refused_with_its_text(says, told):
    with pytest.raises(PhraseError, match=r"likes|LIKE") as refused:
        Grammar(vocabulary(says))
    assert told in str(refused.value)


def test_a_wording_may_name_others():
    assert expanded("{subject} $like {object}", {"like": "(likes|$love)", "love": "loves"}) == (
        "{subject} (likes|loves) {object}"
    )


def test_a_phrase_may_be_written_as_a_plain_sentence():
    given = default_vocabulary().attribute("board_member").model_dump(mode="json")
    assert type(default_vocabulary().attribute("board_member")).model_validate(
        given | {"phrases": ["{object} serves {subject}"]}
    ).phrases == (Phrase(says=("{object} serves {subject}",)),)
