"""The state of a relationship at a basis: what holds, how surely, who says so, and who disagrees.

The index says which facts win; here they become the state that people and programs read. Nothing is looked up
that the basis does not name, so the same basis gives the same state for good.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic_core import from_json

from projections.index.reader import FactRow, IndexReader, Won
from projections.prose import fact_text
from projections.summary import summarise
from timeline.basis import Basis
from timeline.dates import MAX_INSTANT, format_instant, parse_date
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
        """The fact as answers carry it."""
        value = dict(self.value)
        if value["type"] == "entity":
            value["name"] = names.get(value["id"], value["id"])
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


@dataclass(frozen=True, slots=True)
class _Shown:
    """A winner on its way into the state: the fact to show and those that contest it."""

    won: Won
    fact: FactRow
    is_certain: bool
    rivals: tuple[FactRow, ...]


def assemble(
    reader: IndexReader, timeline: str, title: str, basis: Basis, vocabulary: Vocabulary
) -> tuple[State, tuple[int, ...]]:
    """The state at a basis, and the instants of valid time at which what it shows changes by its own bounds."""
    shown, instants = _select(reader, basis)
    facts = [fact for item in shown for fact in (item.fact, *item.rivals)]
    payloads: dict[int, Mapping[str, Any]] = {fact.id: from_json(fact.payload) for fact in facts}
    evidence = _evidence(reader, {fact.content_id for fact in facts}, basis)
    names = _names(reader, shown, payloads)
    names[timeline] = title

    def held(won: Won, fact: FactRow, rivals: tuple[Held, ...] = (), *, is_certain: bool) -> Held:
        payload, key = payloads[fact.id], won.key
        attribute = vocabulary.attribute(key.attribute)
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
    for item in sorted(shown, key=lambda item: _place(order, item.won)):
        rivals = tuple(held(item.won, rival, is_certain=_is_certain(rival, basis.at)) for rival in item.rivals)
        fact = held(item.won, item.fact, rivals, is_certain=item.is_certain)
        sections[vocabulary.attribute(fact.attribute).section].append(fact)
    state = State(timeline, basis, {name: tuple(held) for name, held in sections.items()}, names)
    return state, instants


def _place(order: Mapping[str, int], won: Won) -> tuple[int, str, str, int, str]:
    key = won.key
    return (order[key.attribute], key.subject, key.object, won.fact.since_earliest, key.development)


def _is_certain(fact: FactRow, at: int) -> bool:
    return fact.since_latest <= at < fact.until_earliest


def _select(reader: IndexReader, basis: Basis) -> tuple[list[_Shown], tuple[int, ...]]:
    at, shown, instants = basis.at, list[_Shown](), set[int]()
    winners = reader.winners()
    kept: list[tuple[Won, FactRow | None]] = []
    for won in winners:
        instants.update((won.at_from, won.shown_until))
        fact, before = won.fact, None
        instants.update((fact.since_latest, fact.until_earliest))
        if at < fact.since_latest:
            before = reader.runner_up(fact)
            if before is not None and (before.is_end or before.until_latest <= at):
                before = None
            if before is not None:
                instants.update((before.until_earliest, before.until_latest, before.since_latest))
        if fact.is_end:
            # until the end is certain, what it ends may still hold
            if before is not None:
                kept.append((replace(won, fact=before), None))
        else:
            kept.append((won, before))
    ending = {won.key.id for won in winners if won.fact.is_end}
    contested = reader.rivals([won for won, _ in kept])
    for won, before in kept:
        rivals = _contesting(won.fact, contested.get(won.fact.id, []), before)
        is_certain = _is_certain(won.fact, at) and won.key.id not in ending
        shown.append(_Shown(won, won.fact, is_certain, rivals))
    return shown, tuple(sorted(i for i in instants if abs(i) < MAX_INSTANT))


def _contesting(fact: FactRow, rivals: Sequence[FactRow], before: FactRow | None) -> tuple[FactRow, ...]:
    """Those that disagree: other values about the same time, denials of this one, and what else may hold still."""
    if not rivals and before is None:
        return ()
    mine = _core(fact)
    found = {}
    for rival in (*rivals, *([before] if before is not None else [])):
        is_denial, same = rival.standing == Standing.DENIED.rank, _core(rival) == mine
        about_then = rival.since_earliest <= fact.since_latest and rival.since_latest >= fact.since_earliest
        if (is_denial and (same or about_then)) or (not is_denial and not same):
            found[rival.id] = rival
    return tuple(sorted(found.values(), key=lambda rival: rival.rank, reverse=True))


def _core(fact: FactRow) -> Mapping[str, Any]:
    """What makes two values differ: all but the note."""
    value = dict(from_json(fact.payload)["value"])
    value.pop("note", None)
    return value


def _evidence(reader: IndexReader, contents: set[int], basis: Basis) -> dict[int, Evidence]:
    found = {}
    for content_id, development, sources in reader.contents(contents):
        found[content_id] = Evidence(development, visible_sources(from_json(sources), basis.known))
    return found


def visible_sources(sources: Sequence[Mapping[str, Any]], known: int) -> tuple[Mapping[str, Any], ...]:
    """The documents that had appeared by `known`; all of them if every one appeared later.

    A later document can be the only evidence of what was public before it; without any the fact would stand bare.
    """
    published = [
        source for source in sources if "published" not in source or parse_date(source["published"]).earliest <= known
    ]
    return tuple(published or sources)


def _names(reader: IndexReader, shown: Sequence[_Shown], payloads: Mapping[int, Mapping[str, Any]]) -> dict[str, str]:
    wanted = {name for item in shown for name in (item.won.key.subject, item.won.key.object) if name}
    wanted.update(
        payload["value"]["id"]
        for payload in payloads.values()
        if payload["value"] and payload["value"]["type"] == "entity"
    )
    return reader.names(wanted)
