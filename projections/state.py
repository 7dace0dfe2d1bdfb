"""The state of a relationship at a basis: what holds, how surely, who says so, and who disagrees.

The index says which facts win; here they become the state that people and programs read. Nothing is looked up
that the basis does not name, so the same basis gives the same state for good.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from pydantic_core import from_json

from projections.index.reader import FactRow, IndexReader, KeyRow
from projections.prose import fact_text
from projections.rivals import payloads
from projections.selection import Selection, Shown, is_certain
from projections.summary import summarise
from timeline.basis import Basis
from timeline.dates import format_instant, parse_date
from timeline.standing import Standing
from timeline.vocabulary import Vocabulary

_STANDINGS = {standing.rank: standing for standing in Standing}
_written = lru_cache(maxsize=4096)(format_instant)
"""An instant in words: the facts of a state became known at few instants, and states have most of them in common."""


class Evidence(NamedTuple):
    """Where a fact comes from: the development, and the documents that had appeared by the basis."""

    development: str
    sources: tuple[Mapping[str, Any], ...]


class Held(NamedTuple):
    """One fact of a state."""

    subject: str
    attribute: str
    object: str | None
    key_development: str | None
    value: Mapping[str, Any]
    text: str
    since: str
    until: str | None
    is_certain: bool
    standing: Standing
    known_since: int
    evidence: Evidence
    contested_by: tuple["Held", ...] = ()

    def as_json(self, names: Mapping[str, str], *, is_rival: bool = False) -> dict[str, Any]:
        """The fact as answers carry it. An end, which no state holds but a verdict may rest on, has no value."""
        name_of, told = names.get, self.value
        value: dict[str, Any] | None = None
        if told and told["type"] == "entity":
            value = {"type": "entity", "id": told["id"], "name": name_of(told["id"], told["id"]), **told}
        elif told:
            value = {"type": told["type"], **told}
        body: dict[str, Any] = {
            "subject": {"id": self.subject, "name": name_of(self.subject, self.subject)},
            "attribute": self.attribute,
            "object": {"id": self.object, "name": name_of(self.object, self.object)} if self.object else None,
            "value": value,
            "text": self.text,
            "since": self.since,
            "until": self.until,
            "certainty": "definite" if self.is_certain else "possible",
            "standing": self.standing._value_,
            "known_since": _written(self.known_since),
            "development": self.evidence.development,
            "sources": list(self.evidence.sources),
        }
        if not is_rival:
            body["contested_by"] = [rival.as_json(names, is_rival=True) for rival in self.contested_by]
        return body


@dataclass(frozen=True, slots=True)
class State:
    """What held at a basis: facts by section, in the order of the vocabulary."""

    timeline: str
    basis: Basis
    sections: Mapping[str, tuple[Held, ...]]
    names: Mapping[str, str]

    @property
    def facts(self) -> tuple[Held, ...]:
        """All facts, section after section."""
        return tuple(fact for section in self.sections.values() for fact in section)

    def as_json(self) -> dict[str, Any]:
        """The state as answers carry it, without links."""
        return {
            "timeline": self.timeline,
            "basis": self.basis.as_json(),
            "sections": {
                name: {
                    "facts": [fact.as_json(self.names) for fact in facts],
                    "summary": summarise(name, facts, self.names),
                }
                for name, facts in self.sections.items()
            },
        }


def assemble(reader: IndexReader, selection: Selection, timeline: str, title: str, vocabulary: Vocabulary) -> State:
    """The state that consists of what was selected, put into words."""
    shown, basis = selection.shown, reader.basis
    facts = [fact for item in shown for fact in (item.fact, *item.rivals)]
    read = selection.payloads
    told = {**read, **payloads([fact for fact in facts if fact.id not in read])}
    evidence = _evidence(facts, basis)
    names = _names(reader, shown, [told[fact.id]["value"] for fact in facts])
    names[timeline] = title
    attributes, name_of = vocabulary.attributes, names.__getitem__

    def held(key: KeyRow, fact: FactRow, rivals: tuple[Held, ...], *, is_certain: bool) -> Held:
        payload, object_ = told[fact.id], key.object or None
        value = payload["value"]
        return Held(
            key.subject,
            key.attribute,
            object_,
            key.development or None,
            value,
            fact_text(attributes[key.attribute], key.subject, object_, value, name_of),
            payload["since"],
            payload["until"],
            is_certain,
            _STANDINGS[fact.standing],
            fact.known_since,
            evidence[fact.content_id],
            rivals,
        )

    order = {name: number for number, name in enumerate(attributes)}

    def place(item: Shown) -> tuple[int, str, str, int, str]:
        key = item.won.key
        return (order[key.attribute], key.subject, key.object, item.fact.since_earliest, key.development)

    sections: dict[str, list[Held]] = {section.name: [] for section in vocabulary.sections}
    for item in sorted(shown, key=place):
        key = item.won.key
        rivals = [held(key, rival, (), is_certain=is_certain(rival, basis.at)) for rival in item.rivals]
        fact = held(key, item.fact, tuple(rivals), is_certain=item.is_certain)
        sections[attributes[key.attribute].section].append(fact)
    return State(timeline, basis, {name: tuple(held) for name, held in sections.items()}, names)


def _evidence(facts: Sequence[FactRow], basis: Basis) -> dict[int, Evidence]:
    """What the facts rest on, once for each content that states several."""
    stating = {fact.content_id: fact for fact in facts}
    read = from_json(f"[{','.join([fact.sources for fact in stating.values()])}]", cache_strings="keys")
    return {
        content: Evidence(fact.development, visible_sources(sources, basis.known))
        for (content, fact), sources in zip(stating.items(), read, strict=True)
    }


def visible_sources(sources: Sequence[Mapping[str, Any]], known: int) -> tuple[Mapping[str, Any], ...]:
    """The documents that had appeared by `known`; all of them if every one appeared later.

    A later document can be the only evidence of what was public before it; without any the fact would stand bare.
    """
    for source in sources:
        if "published" in source and parse_date(source["published"]).earliest > known:
            break
    else:  # as nearly always
        return tuple(sources)
    published = [
        source for source in sources if "published" not in source or parse_date(source["published"]).earliest <= known
    ]
    return tuple(published or sources)


class _Names(dict[str, str]):
    """Names of entities by slug; who has none goes by the slug."""

    def __missing__(self, slug: str) -> str:
        return slug


def _names(reader: IndexReader, shown: Sequence[Shown], values: Sequence[Mapping[str, Any]]) -> _Names:
    wanted = {name for item in shown for name in (item.won.key.subject, item.won.key.object) if name}
    wanted.update([value["id"] for value in values if value and value["type"] == "entity"])
    return _Names(reader.names(wanted))
