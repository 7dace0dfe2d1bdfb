"""The text of one content as it is searched: field by field, in folded words.

The sentences of facts and the entities that a content names carry no names but the words that stand for the entities:
what an entity is called is looked up when somebody searches, at the revision of the question.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from projections.index.told import ToldFact
from projections.prose import NameOf, fact_text
from projections.search.words import (
    BREAK,
    attribute_word,
    entity_word,
    folded,
    folded_name,
    folded_sentence,
    named_by_slug,
)
from timeline.dates import MIN_INSTANT, parse_date
from timeline.vocabulary import Vocabulary

_MOST_WORDS: Final = {"title": 250, "facts": 2_250, "summary": 1_750, "entities": 250, "sources": 1_500}
"""Only so many words of a field are kept: what is searched of a content never outgrows a `tsvector`."""

_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TAGS: Final = frozenset({"kind", "type"})
"""Fields of a detail that say what something is, and name nobody."""
_PARTED: Final = f" {BREAK}"


class SearchText(NamedTuple):
    """The words of a content, separated by blanks, and what decides which of them count."""

    title: str
    facts: str
    summary: str
    entities: str
    sources: str
    standings: str
    last_published: int

    @property
    def told(self) -> str:
        """All words, as the databases index them."""
        return f"{_PARTED} ".join((self.title, self.facts, self.summary, self.entities, self.sources))

    @property
    def stream(self) -> list[str]:
        """All words in one row."""
        return self.told.split()


def search_text(
    content: Mapping[str, Any], standing: int, facts: Sequence[ToldFact], vocabulary: Vocabulary
) -> SearchText:
    """The text of a content (as JSON) that states these facts, in the order of their ordinals."""
    sources = content.get("sources", ())
    published = [parse_date(source["published"]).earliest for source in sources if "published" in source]
    named = "".join([f" {entity_word(slug)}" for slug in _entities(content, facts)])
    return SearchText(
        title=_cut("title", folded(content["title"])),
        facts=_cut("facts", _PARTED.join([fact_words(fact, vocabulary) for fact in facts])),
        summary=_cut("summary", folded(content.get("summary", ""))),
        entities=_cut("entities", folded_name(content["detail"]["kind"]) + named),
        sources=_cut("sources", source_words(sources)),
        standings="".join([str(rank) for rank in [standing, *[fact.standing for fact in facts]]]),
        last_published=max(published) if published else MIN_INSTANT,
    )


def source_words(sources: Iterable[Mapping[str, Any]]) -> str:
    """The words of the publishers and titles, with a blank before each."""
    return _PARTED.join([folded_name(source["publisher"]) + folded(source["title"]) for source in sources])


def fact_words(fact: ToldFact, vocabulary: Vocabulary) -> str:
    """The words of the sentence of a fact, with words that stand for entities, and that of its attribute."""
    return f"{folded_sentence(sentence(fact, vocabulary, named_by_slug))} {attribute_word(fact.attribute)}"


def sentence(fact: ToldFact, vocabulary: Vocabulary, name_of: NameOf) -> str:
    """A fact, or the end of one, as a sentence."""
    attribute, value = vocabulary.attributes[fact.attribute], fact.payload["value"]
    if value is not None:
        return fact_text(attribute, fact.subject, fact.object or None, value, name_of)
    subject, object_ = name_of(fact.subject), name_of(fact.object) if fact.object else ""
    if attribute.end_template is not None:
        return attribute.end_template.format(subject=subject, object=object_)
    return f"{attribute.label} ended: {subject}{f', {object_}' if object_ else ''}"


def _entities(content: Mapping[str, Any], facts: Sequence[ToldFact]) -> Iterable[str]:
    """Whoever the content names: its parties, its facts, and what may be a name in its detail.

    A text of the detail that only looks like a slug is the name of no entity, so nobody can find it.
    """
    found = [party["entity"] for party in content.get("parties", ())]
    for fact in facts:
        found += (fact.subject, fact.object)
        value = fact.payload["value"]
        if value is not None and value["type"] == "entity":
            found.append(value["id"])
    found += sorted(_slugs(content["detail"], []))  # its fields come in one order or another
    return filter(None, dict.fromkeys(found))


def _slugs(part: Any, found: list[str]) -> list[str]:
    inside = [inner for name, inner in part.items() if name not in _TAGS] if isinstance(part, dict) else part
    for inner in inside:
        if isinstance(inner, str):
            if " " not in inner and _SLUG.fullmatch(inner):
                found.append(inner)
        elif isinstance(inner, dict | list):
            _slugs(inner, found)
    return found


def _cut(field: str, found: str) -> str:
    """As many words as are kept, with blanks between them."""
    most = _MOST_WORDS[field]
    return found[1:] if found.count(" ") <= most else " ".join(found.split()[:most])
