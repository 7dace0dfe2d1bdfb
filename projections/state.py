"""The state of a relationship at a basis: what holds, how surely, who says so, and who disagrees.

The index says which facts win; here they become the state that people and programs read. Nothing is looked up
that the basis does not name, so the same basis gives the same state for good.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic_core import from_json

from projections.index.reader import FactRow, IndexReader, Won
from projections.prose import fact_text
from projections.selection import Selection, Shown, is_certain
from projections.summary import summarise
from timeline.basis import Basis
from timeline.dates import format_instant, parse_date
from timeline.standing import Standing
from timeline.vocabulary import Vocabulary

_STANDINGS = {standing.rank: standing for standing in Standing}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a fact comes from: the development, and the documents that had appeared by the basis."""

    development: str
    sources: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Held:
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
        value: dict[str, Any] | None = None
        if self.value:
            value = {"type": self.value["type"]}
            if value["type"] == "entity":
                value |= {"id": self.value["id"], "name": names.get(self.value["id"], self.value["id"])}
            value |= self.value
        body: dict[str, Any] = {
            "subject": {"id": self.subject, "name": names.get(self.subject, self.subject)},
            "attribute": self.attribute,
            "object": {"id": self.object, "name": names.get(self.object, self.object)} if self.object else None,
            "value": value,
            "text": self.text,
            "since": self.since,
            "until": self.until,
            "certainty": "definite" if self.is_certain else "possible",
            "standing": self.standing.value,
            "known_since": format_instant(self.known_since),
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
    payloads: dict[int, Mapping[str, Any]] = {fact.id: from_json(fact.payload) for fact in facts}
    evidence = _evidence(facts, basis)
    names = _names(reader, shown, payloads)
    names[timeline] = title

    def held(won: Won, fact: FactRow, rivals: tuple[Held, ...] = (), *, is_certain: bool) -> Held:
        payload, key = payloads[fact.id], won.key
        attribute = vocabulary.attributes[key.attribute]
        return Held(
            subject=key.subject,
            attribute=key.attribute,
            object=key.object or None,
            key_development=key.development or None,
            value=payload["value"],
            text=fact_text(
                attribute,
                key.subject,
                key.object or None,
                payload["value"],
                lambda entity: names.get(entity, entity),
            ),
            since=payload["since"],
            until=payload["until"],
            is_certain=is_certain,
            standing=_STANDINGS[fact.standing],
            known_since=fact.known_since,
            evidence=evidence[fact.content_id],
            contested_by=rivals,
        )

    order = {name: number for number, name in enumerate(vocabulary.attributes)}
    sections: dict[str, list[Held]] = {section.name: [] for section in vocabulary.sections}
    for item in sorted(shown, key=lambda item: _place(order, item)):
        rivals = tuple(held(item.won, rival, is_certain=is_certain(rival, basis.at)) for rival in item.rivals)
        fact = held(item.won, item.fact, rivals, is_certain=item.is_certain)
        sections[vocabulary.attributes[fact.attribute].section].append(fact)
    return State(timeline, basis, {name: tuple(held) for name, held in sections.items()}, names)


def _place(order: Mapping[str, int], item: Shown) -> tuple[int, str, str, int, str]:
    key = item.won.key
    return (order[key.attribute], key.subject, key.object, item.fact.since_earliest, key.development)


def _evidence(facts: Sequence[FactRow], basis: Basis) -> dict[int, Evidence]:
    """What the facts rest on, once for each content that states several."""
    found: dict[int, Evidence] = {}
    for fact in facts:
        if fact.content_id not in found:
            sources = visible_sources(from_json(fact.sources), basis.known)
            found[fact.content_id] = Evidence(fact.development, sources)
    return found


def visible_sources(sources: Sequence[Mapping[str, Any]], known: int) -> tuple[Mapping[str, Any], ...]:
    """The documents that had appeared by `known`; all of them if every one appeared later.

    A later document can be the only evidence of what was public before it; without any the fact would stand bare.
    """
    published = [
        source for source in sources if "published" not in source or parse_date(source["published"]).earliest <= known
    ]
    return tuple(published or sources)


def _names(reader: IndexReader, shown: Sequence[Shown], payloads: Mapping[int, Mapping[str, Any]]) -> dict[str, str]:
    wanted = {name for item in shown for name in (item.won.key.subject, item.won.key.object) if name}
    wanted.update(
        payload["value"]["id"]
        for payload in payloads.values()
        if payload["value"] and payload["value"]["type"] == "entity"
    )
    return reader.names(wanted)
