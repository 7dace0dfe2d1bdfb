"""The sentences of facts in folded words: by these they are found, so they have to be those that are read."""

from __future__ import annotations

from typing import Any

import pytest

from projections.index.told import ToldFact
from projections.search.sentences import fact_words, sentence
from projections.search.words import ENTITY, attribute_word, words
from timeline.vocabulary import Attribute, ObjectUse, Vocabulary, default_vocabulary

VOCABULARY = default_vocabulary()
ATTRIBUTES = VOCABULARY.attributes
VALUES: dict[str, list[dict[str, Any]]] = {
    "entity": [{"id": "q3"}, {"id": "q3", "note": "interim"}, {"id": "q3", "status": "in-force", "note": "as amended"}],
    "text": [{"text": "O'Brien's 2 terms, at 5bn"}, {"text": "5", "note": "10"}],
    "stage": [{"stage": "under-review"}],
    "money": [{"amount": "13750000000", "currency": "USD"}, {"low": "1", "currency": "CHF", "form": "cash"}],
    "percent": [{"value": "49.5"}, {"low": "2", "high": "3"}],
    "quantity": [{"amount": "1200", "unit": "people", "qualifier": "about"}],
    "date": [{"date": "2023-11-17"}],
    "boolean": [{"value": True}, {"value": False}],
}


def fact(attribute: Attribute, value: dict[str, Any] | None, *, object_: str = "q2") -> ToldFact:
    return ToldFact("q1", attribute.name, object_, value is None, 3, {"value": value})


def read(told: ToldFact, vocabulary: Vocabulary = VOCABULARY) -> list[str]:
    """The words of a sentence as somebody reads it, with words that stand for entities."""
    found = words(sentence(told, vocabulary, lambda slug: f" {slug} "))
    return [f"{ENTITY}{word}" if word in {"q1", "q2", "q3"} else word for word in found]


@pytest.mark.parametrize("name", ATTRIBUTES)
def test_a_fact_is_found_by_the_words_by_which_it_is_read(name):
    attribute = ATTRIBUTES[name]
    values = [{"type": kind, **value} for kind in attribute.values for value in VALUES[kind]]
    for value in (*values, None):
        told = fact(attribute, value, object_="" if attribute.object is ObjectUse.NONE else "q2")
        assert fact_words(told, VOCABULARY).split() == [*read(told), attribute_word(name)]


def test_what_is_over_is_told_by_its_label_if_there_is_no_sentence_for_it():
    attribute = next(iter(ATTRIBUTES.values())).model_copy(update={"end_template": None, "label": "Top job"})
    vocabulary = VOCABULARY.model_copy(update={"attributes": {attribute.name: attribute}})
    for object_ in ("q2", ""):
        told = fact(attribute, None, object_=object_)
        found = fact_words(told, vocabulary).split()
        assert found == [*read(told, vocabulary), attribute_word(attribute.name)]
        assert found[:4] == ["top", "job", "end", f"{ENTITY}q1"]


def test_no_text_of_a_value_stands_for_an_entity():
    attribute = next(attribute for attribute in ATTRIBUTES.values() if "text" in attribute.values)
    for text in (f"{ENTITY}q3", "\ue000q3\ue000", "{subject}", "{object}"):
        found = fact_words(fact(attribute, {"type": "text", "text": text}, object_=""), VOCABULARY)
        assert f"{ENTITY}q3" not in found
        assert found.count(ENTITY) == 1
