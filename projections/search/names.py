"""What a query says by name: each term with the entities that are called so at a revision."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from pydantic_core import from_json

from projections.archive import Snapshot
from projections.search.matching import Search, Sought, padded
from projections.search.query import Query, Term
from projections.search.words import STOP_WORDS, attribute_word, entity_word, words
from timeline.basis import Revision
from timeline.vocabulary import Vocabulary

_MOST_ENTITIES: Final = 100
"""A beginning such as "par" may fit a thousand names: those of the fewest words are taken."""
_MOST_PHRASES: Final = 12
_MOST_ATTRIBUTES: Final = 4
_SLOTS: Final = re.compile(r"\{[^}]*\}|\$\w+")


@dataclass(frozen=True, slots=True)
class NamedEntity:
    """An entity with its names and its description, also as padded words."""

    slug: str
    kind: str
    names: tuple[str, ...]
    description: str
    padded_names: tuple[str, ...]
    padded_description: str

    @property
    def word(self) -> str:
        """The word that stands for it."""
        return entity_word(self.slug)


@lru_cache(maxsize=5_000)
def _read(payload: str) -> NamedEntity:
    found: dict[str, Any] = from_json(payload)
    names = (found["name"], *found["aliases"])
    return NamedEntity(
        found["id"],
        found["kind"],
        names,
        found["description"],
        tuple(padded(words(name)) for name in names),
        padded(words(found["description"])),
    )


def entities_described(snapshot: Snapshot, number: int, revision: Revision) -> Sequence[NamedEntity]:
    """All entities that the timeline of that number describes at a revision, in the order of their slugs."""
    rows = snapshot.rows.all(
        "SELECT payload FROM entity_texts WHERE timeline_id = ? AND revision_from <= ? AND revision_until > ?",
        (number, revision, revision),
    )
    return sorted((_read(row[0]) for row in rows), key=lambda entity: entity.slug)


def search_of(query: Query, entities: Sequence[NamedEntity], vocabulary: Vocabulary) -> Search:
    """The query with all that stands for its terms."""

    def sought(term: Term) -> Sought:
        return _sought(term, entities, vocabulary)

    row = query.sequence if len(query.sequence) > 1 and all(len(clause) == 1 for clause in query.clauses) else ()
    return Search(
        clauses=tuple(tuple(sought(term) for term in clause) for clause in query.clauses),
        excluded=tuple(sought(term) for term in query.excluded),
        row=tuple(padded(phrase) for phrase in _phrases(row, entities)) if row else (),
    )


def _sought(term: Term, entities: Sequence[NamedEntity], vocabulary: Vocabulary) -> Sought:
    word = padded(term.words)
    beginning = padded((*term.words[:-1], term.beginning))[:-1] if term.beginning else None
    called = sorted(
        (entity for entity in entities if _is_called(entity, word, beginning)),
        key=lambda entity: (min(name.count(" ") for name in entity.padded_names), entity.slug),
    )[:_MOST_ENTITIES]
    phrases = [padded(phrase) for phrase in _phrases(term.words, entities)] if len(term.words) > 1 else [word]
    return Sought(
        words=tuple(dict.fromkeys((word, *phrases))),
        beginnings=(beginning,) if beginning else (),
        entities=tuple(padded(entity.word) for entity in called),
        attributes=tuple(padded(attribute_word(name)) for name in _spoken_of(term.words, vocabulary)),
        names=tuple(dict.fromkeys(name for entity in called for name in entity.padded_names if word not in name)),
    )


def _is_called(entity: NamedEntity, word: str, beginning: str | None) -> bool:
    return any(word in name or (beginning is not None and beginning in name) for name in entity.padded_names)


def _spoken_of(said: tuple[str, ...], vocabulary: Vocabulary) -> Sequence[str]:
    """The attributes that one speaks of in these words, if they are words that few attributes are spoken of in."""
    found = [
        name
        for name, attribute in vocabulary.attributes.items()
        if said in _wordings(tuple(wording for phrase in attribute.phrases for wording in phrase.says))
    ]
    return found if len(found) <= _MOST_ATTRIBUTES else ()


@lru_cache(maxsize=1_000)
def _wordings(phrases: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    """The words in the phrases of an attribute, but for slots: each by itself, and phrases without any as they are."""
    plain = [tuple(words(phrase)) for phrase in phrases if not _SLOTS.search(phrase)]
    single = {(word,) for phrase in phrases for word in words(_SLOTS.sub(" ", phrase)) if len(word) > 2}
    return frozenset(single.difference((word,) for word in STOP_WORDS).union(plain))


def _phrases(phrase: tuple[str, ...], entities: Sequence[NamedEntity]) -> list[tuple[str, ...]]:
    """A phrase, also with the words of entities where it names some: so it is found in the sentence of a fact."""
    text = padded(phrase)
    named: dict[str, list[str]] = {}
    for entity in entities:
        for name in entity.padded_names:
            if name in text and name.strip():
                named.setdefault(name, []).append(entity.word)
    found: list[tuple[str, ...]] = []
    for variant in _variants(text, sorted(named.items(), key=lambda item: (-len(item[0]), item[0]))):
        found.append(tuple(variant.split()))
        if len(found) == _MOST_PHRASES:
            break
    return found


def _variants(text: str, named: Sequence[tuple[str, Iterable[str]]]) -> Iterator[str]:
    """The text with each of the names as it is, and as a word that stands for an entity of that name."""
    if not named:
        yield text
        return
    (name, stand_ins), rest = named[0], named[1:]
    if name in text:
        for word in stand_ins:
            yield from _variants(text.replace(name, f" {word} "), rest)
    yield from _variants(text, rest)
