"""What the words of a sentence can mean in one timeline: names, known texts, stages, units, and what is linked.

A lexicon is built from plain data and never changes; who keeps one keeps it for a timeline and a revision. It tells
what words mean, never what is true: which suits there were between two parties, not how they ended.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from projections.check.reading.english import forms_of
from projections.check.reading.names import Name, attested_in, mentions_in, names_of
from projections.check.reading.phrases import Grammar, grammar_of
from projections.check.reading.tokens import words_of
from projections.check.reading.trie import Trie
from timeline.entities import Entity, EntityKind
from timeline.vocabulary import Attested, Attribute, Vocabulary

_LONGEST_TITLE: Final = 6
"""Texts of up to so many words are names of what somebody is, and are written in other ways too."""
_LONGEST_TEXT: Final = 80
"""Texts of more words than this are not looked for in sentences."""
_ACTING: Final = frozenset({EntityKind.ORGANISATION, EntityKind.PERSON})
_NEVER_UNSEEN: Final = frozenset({EntityKind.TIMELINE, EntityKind.TOPIC, EntityKind.TERM, EntityKind.PRODUCT})
"""Kinds that are no subject where the record has not had them."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A fact that the record has held at any time, as the lexicon needs it; an end has no value."""

    subject: str
    attribute: str
    object: str | None = None
    value: Mapping[str, Any] | None = None
    development: str | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """Words that are a value of one attribute; the value is written as facts carry it."""

    attribute: str
    type: str
    text: str


@dataclass(frozen=True)
class Lexicon:
    """What reading knows of one timeline at one revision; `build` makes it."""

    timeline: str
    parties: frozenset[str]
    grammar: Grammar
    names: Trie[Name]
    kinds: Mapping[str, EntityKind]
    values: Trie[Words]
    units: Trie[str]
    notes: Trie[bool]
    offices: Trie[str]
    """Words for an office or part that somebody has, each with the attribute it is recorded under."""
    linked_from: Mapping[tuple[str, str], frozenset[str]]
    """The subjects under which an attribute has an entity as object or value, by attribute and entity."""
    attested: frozenset[tuple[str, str, bool]] = frozenset()
    """Entity, form of a verb, and whether the entity does it (or else undergoes it), as titles of developments tell."""
    about: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The entities in whose names, or in what the record says of them, an entity is named."""
    stated: Mapping[tuple[str, str], frozenset[tuple[str, str | None]]] = field(default_factory=dict)
    """Subject and object of the facts of an attribute that have a text as their value, by attribute and text."""
    together: frozenset[tuple[str, str, str, str, str]] = frozenset()
    """Subject, attribute and stage, and another attribute and its object, that one development has stated together."""
    _objects: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    _words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    _counted: frozenset[tuple[str, str]] = frozenset()
    _kinds_seen: Mapping[tuple[str, str], frozenset[EntityKind]] = field(default_factory=dict)

    def objects(self, subject: str, attribute: str) -> frozenset[str]:
        """The objects that an attribute of a subject has ever had."""
        return self._objects.get((subject, attribute), frozenset())

    def counts_in(self, attribute: str, unit: str) -> bool:
        """Whether an attribute is counted in a unit."""
        return (attribute, unit) in self._counted

    def words_for(self, entity: str) -> frozenset[str]:
        """All words of the names of an entity."""
        return self._words.get(entity, frozenset())

    def is_attested(self, entity: str, attested: Attested) -> bool:
        """Whether the title of a development tells of the entity with one of the verbs."""
        return any(
            (entity, form, does) in self.attested
            for verbs, does in ((attested.did, True), (attested.suffered, False))
            for verb in verbs
            for forms in [forms_of(verb)]
            for form in (*forms.present, *forms.past, forms.participle)
        )

    def may_be(self, attribute: str, role: str, entity: str) -> bool:
        """Whether an entity of that kind can be the subject or object of an attribute.

        Kinds that the record has in that place; an organisation may stand where a person does, and the reverse.
        """
        kind = self.kinds[entity]
        seen = self._kinds_seen.get((attribute, role))
        if role == "subject" and kind.value in self.grammar.vocabulary.attributes[attribute].subject:
            return True
        if not seen:
            return kind is not EntityKind.TIMELINE and (role != "subject" or kind not in _NEVER_UNSEEN)
        return kind in seen or (kind in _ACTING and not seen.isdisjoint(_ACTING))


def build(
    timeline: str,
    entities: Iterable[Entity],
    facts: Iterable[Recorded],
    titles: Iterable[str] = (),
    *,
    vocabulary: Vocabulary,
    title: str = "",
    parties: Iterable[str] = (),
) -> Lexicon:
    """The lexicon of a timeline.

    `entities` are all that the timeline describes, `facts` all that its record has stated up to the revision, at any
    time and at any knowledge, and `titles` those of its developments. The timeline is an entity too, by its `title`;
    the names of its `parties` are known without capitals.
    """
    described = list(entities)
    recorded = list(facts)
    grammar = grammar_of(vocabulary)
    names = names_of(described, grammar.words)
    if title:
        names.add(title, Name(timeline, needs_capital=False))
    linked, objects = _links(recorded)
    kinds = {entity.id: entity.kind for entity in described} | {timeline: EntityKind.TIMELINE}
    return Lexicon(
        timeline=timeline,
        parties=frozenset(parties),
        grammar=grammar,
        names=names,
        kinds=kinds,
        values=_values(recorded, vocabulary),
        units=_units(recorded, vocabulary),
        notes=_notes(recorded),
        offices=_offices(recorded, vocabulary),
        linked_from=linked,
        attested=frozenset(attested_in(titles, names, grammar.verbs)),
        about=mentions_in(_texts(described, recorded), names),
        stated=_stated(recorded),
        together=frozenset(_together(recorded)),
        _objects=objects,
        _words={
            entity.id: frozenset(word for name in (entity.name, *entity.aliases) for word in words_of(name))
            for entity in described
        },
        _counted=frozenset(_counted(recorded, vocabulary)),
        _kinds_seen=_kinds_seen(recorded, kinds),
    )


def _values(recorded: list[Recorded], vocabulary: Vocabulary) -> Trie[Words]:
    """Texts that the record has for an attribute, its stages, and the words that the vocabulary lists."""
    trie: Trie[Words] = Trie()
    for attribute in vocabulary.attributes.values():
        for stage in attribute.stages:
            trie.add(stage.replace("-", " "), Words(attribute.name, "stage", stage))
        if "text" in attribute.values:
            for text, others in attribute.words.items():
                for spelling in (text, *others):
                    trie.add(spelling, Words(attribute.name, "text", text))
    for fact in recorded:
        if fact.value is not None and fact.value["type"] == "text":
            text = fact.value["text"]
            for spelt in _spellings(text, vocabulary.attributes[fact.attribute]):
                if len(spelt) <= _LONGEST_TEXT:
                    trie.add_words(spelt, Words(fact.attribute, "text", text))
    return trie


def _spellings(text: str, attribute: Attribute) -> Iterator[tuple[str, ...]]:
    """A text of the record as people write it: with other words for what it begins with, and a few words of several."""
    whole = words_of(text)
    yield whole
    if len(whole) > _LONGEST_TITLE:
        return
    for listed, others in attribute.words.items():
        begins = words_of(listed)
        if whole[: len(begins)] == begins and whole != begins:
            yield from ((*words_of(other), *whole[len(begins) :]) for other in others)
    if text.count(",") == 1:
        yield words_of(text.replace(", ", " of "))
    if whole and whole[-1].isalpha() and not whole[-1].endswith("s"):
        yield (*whole[:-1], f"{whole[-1]}s")


def _units(recorded: list[Recorded], vocabulary: Vocabulary) -> Trie[str]:
    trie: Trie[str] = Trie()
    for attribute in vocabulary.attributes.values():
        if "quantity" in attribute.values:
            for unit, others in attribute.words.items():
                for spelling in (unit, *others):
                    trie.add(spelling, unit)
    for fact in recorded:
        if fact.value is not None and fact.value["type"] == "quantity":
            trie.add(fact.value["unit"], fact.value["unit"])
    return trie


def _counted(recorded: list[Recorded], vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    for attribute in vocabulary.attributes.values():
        if "quantity" in attribute.values:
            yield from ((attribute.name, unit) for unit in attribute.words)
    for fact in recorded:
        if fact.value is not None and fact.value["type"] == "quantity":
            yield fact.attribute, fact.value["unit"]


def _notes(recorded: list[Recorded]) -> Trie[bool]:
    """What stands in brackets after a value where the record prints it: its status and its note."""
    trie: Trie[bool] = Trie()
    for fact in recorded:
        remarks = [fact.value[name] for name in ("status", "note") if fact.value.get(name)] if fact.value else []
        if remarks:
            trie.add(f"({'; '.join(remarks)})", meaning=True)
    return trie


def _offices(recorded: list[Recorded], vocabulary: Vocabulary) -> Trie[str]:
    """The words of attributes that say who holds an office, and the posts that people have had."""
    trie: Trie[str] = Trie()
    people = EntityKind.PERSON.value
    for attribute in vocabulary.attributes.values():
        for text, others in attribute.words.items():
            for spelling in (text, *others):
                trie.add(spelling, attribute.name)
    for fact in recorded:
        is_post = fact.value is not None and fact.value["type"] == "text"
        if is_post and fact.value is not None and vocabulary.attributes[fact.attribute].subject == people:
            trie.add(fact.value["text"], fact.attribute)
    return trie


def _links(
    recorded: list[Recorded],
) -> tuple[dict[tuple[str, str], frozenset[str]], dict[tuple[str, str], frozenset[str]]]:
    subjects: dict[tuple[str, str], set[str]] = {}
    objects: dict[tuple[str, str], set[str]] = {}
    for fact in recorded:
        other = fact.object
        if other is None and fact.value is not None and fact.value["type"] == "entity":
            other = fact.value["id"]
        if other is not None:
            subjects.setdefault((fact.attribute, other), set()).add(fact.subject)
            objects.setdefault((fact.subject, fact.attribute), set()).add(other)
    return _frozen(subjects), _frozen(objects)


def _frozen(found: dict[tuple[str, str], set[str]]) -> dict[tuple[str, str], frozenset[str]]:
    return {key: frozenset(values) for key, values in found.items()}


def _texts(entities: list[Entity], recorded: list[Recorded]) -> Iterator[tuple[str, str]]:
    """What an entity is called, and what is said of it as the object of a fact."""
    for entity in entities:
        yield from ((entity.id, text) for text in (entity.name, *entity.aliases))
    for fact in recorded:
        if fact.object is not None and fact.value is not None and fact.value["type"] == "text":
            yield fact.object, fact.value["text"]


def _stated(recorded: list[Recorded]) -> dict[tuple[str, str], frozenset[tuple[str, str | None]]]:
    found: dict[tuple[str, str], set[tuple[str, str | None]]] = {}
    for fact in recorded:
        if fact.value is not None and fact.value["type"] == "text":
            found.setdefault((fact.attribute, fact.value["text"]), set()).add((fact.subject, fact.object))
    return {place: frozenset(keys) for place, keys in found.items()}


def _together(recorded: list[Recorded]) -> Iterator[tuple[str, str, str, str, str]]:
    stages: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for fact in recorded:
        if fact.development and fact.value is not None and fact.value["type"] == "stage":
            place = (fact.development, fact.subject)
            stages.setdefault(place, []).append((fact.attribute, fact.value["stage"]))
    for fact in recorded:
        if fact.development and fact.object is not None:
            for attribute, stage in stages.get((fact.development, fact.subject), ()):
                yield fact.subject, attribute, stage, fact.attribute, fact.object


def _kinds_seen(
    recorded: list[Recorded], kinds: Mapping[str, EntityKind]
) -> dict[tuple[str, str], frozenset[EntityKind]]:
    found: dict[tuple[str, str], set[EntityKind]] = {}
    for fact in recorded:
        value = fact.value["id"] if fact.value is not None and fact.value["type"] == "entity" else None
        for role, entity in (("subject", fact.subject), ("object", fact.object), ("value", value)):
            if entity is not None and entity in kinds:
                found.setdefault((fact.attribute, role), set()).add(kinds[entity])
    return {place: frozenset(seen) for place, seen in found.items()}
