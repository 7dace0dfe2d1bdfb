"""The sentence of a fact: with names, to be read; and in folded words, to be searched.

In a searched sentence stand words for entities instead of their names: what an entity is called is looked up when
somebody searches, at the revision of the question.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from projections.index.told import ToldFact
from projections.prose import NameOf, fact_text, value_text
from projections.search.words import attribute_word, folded, named
from timeline.vocabulary import Vocabulary

_SLOT: Final = re.compile(r"(\{(?:subject|object|value)\})")
_TEMPLATES: Final = 1_000


def sentence(fact: ToldFact, vocabulary: Vocabulary, name_of: NameOf) -> str:
    """A fact, or the end of one, as a sentence."""
    attribute, value = vocabulary.attributes[fact.attribute], fact.payload["value"]
    if value is not None:
        return fact_text(attribute, fact.subject, fact.object or None, value, name_of)
    subject, object_ = name_of(fact.subject), name_of(fact.object) if fact.object else ""
    if attribute.end_template is not None:
        return attribute.end_template.format(subject=subject, object=object_)
    return f"{attribute.label} ended: {subject}{f', {object_}' if object_ else ''}"


def fact_words(fact: ToldFact, vocabulary: Vocabulary) -> str:
    """The words of the sentence of a fact, with words that stand for entities, and that of its attribute."""
    subject, name, object_, _, _, payload = fact
    attribute, value = vocabulary.attributes[name], payload["value"]
    if value is not None:
        said = _folded_template(attribute.template, name).replace("{value}", _value_words(value))
    elif attribute.end_template is not None:
        said = _folded_template(attribute.end_template, name)
    else:
        said = _folded_template(f"{attribute.label} ended: {{subject}}, {{object}}", name)
    return said.replace("{subject}", named(subject)).replace("{object}", named(object_))


def _value_words(value: Mapping[str, Any]) -> str:
    if value["type"] != "entity":
        return folded(value_text(value, _nameless))
    if value.get("status") or value.get("note"):
        return named(value["id"]) + folded(value_text(value, _nameless))  # the name comes first
    return named(value["id"])


def _nameless(_: str) -> str:
    return ""


@lru_cache(maxsize=_TEMPLATES)
def _folded_template(template: str, attribute: str) -> str:
    """A template in folded words, with its slots as they are, and the word of its attribute behind it.

    What fills a slot is folded by itself: in no template does a word reach across the edge of one.
    """
    parts = [part if number % 2 else folded(part) for number, part in enumerate(_SLOT.split(template))]
    return f"{''.join(parts)} {attribute_word(attribute)}"
