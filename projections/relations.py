"""Who stands in which relation to whom: the facts of a state that lead from one entity to another. Pure.

A fact relates its subject to its object, and to its value where that is an entity; it may do both. The attribute says
which relation it is, and its direction is that of the fact: a holder *to* the company in which it holds shares, a
company *to* its chief executive.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from projections.state import Held, State


class Via(StrEnum):
    """What of a fact leads to the other entity."""

    OBJECT = "object"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Relation:
    """A fact as an edge from its subject to another entity."""

    source: str
    target: str
    via: Via
    fact: Held


@dataclass(frozen=True, slots=True)
class Graph:
    """The entities that are related, with their names, in the order of their slugs; the relations in that of the state.

    Every end of a relation is among the nodes.
    """

    nodes: Mapping[str, str]
    edges: tuple[Relation, ...]


def relations(state: State, sections: Collection[str] = ()) -> Graph:
    """The relations that hold at the basis of a state; only those of some sections, if any are given."""
    held = (facts for name, facts in state.sections.items() if not sections or name in sections)
    edges = tuple(edge for facts in held for fact in facts for edge in _edges(fact))
    ends = {end for edge in edges for end in (edge.source, edge.target)}
    return Graph({end: state.names.get(end, end) for end in sorted(ends)}, edges)


def around(graph: Graph, entity: str) -> Graph:
    """An entity with those that it is related to, and all relations among them; nothing if it is related to none."""
    near = {entity, *(one.other for one in relations_of(graph, entity))}
    if near == {entity}:
        return Graph({}, ())
    edges = tuple(edge for edge in graph.edges if edge.source in near and edge.target in near)
    return Graph({slug: name for slug, name in graph.nodes.items() if slug in near}, edges)


def involves(fact: Held, entity: str) -> bool:
    """Whether a fact speaks of an entity: as its subject, its object or its value."""
    return entity in {fact.subject, fact.object, _value(fact)}


def involving(state: State, entity: str) -> dict[str, tuple[Held, ...]]:
    """The facts of a state that speak of an entity, by section; sections without any are left out."""
    found = {
        section: tuple(fact for fact in facts if involves(fact, entity)) for section, facts in state.sections.items()
    }
    return {section: facts for section, facts in found.items() if facts}


@dataclass(frozen=True, slots=True)
class RelationOf:
    """A relation as one of its ends sees it."""

    entity: str
    relation: Relation

    @property
    def other(self) -> str:
        """The other end."""
        return self.relation.target if self.is_outward else self.relation.source

    @property
    def is_outward(self) -> bool:
        """Whether it leads from the entity to the other."""
        return self.relation.source == self.entity

    def as_json(self, names: Mapping[str, str]) -> dict[str, Any]:
        """The relation as answers carry it."""
        fact = self.relation.fact
        return {
            "with": {"id": self.other, "name": names.get(self.other, self.other)},
            "direction": "to" if self.is_outward else "from",
            "attribute": fact.attribute,
            "via": self.relation.via.value,
            "text": fact.text,
            "since": fact.since,
            "until": fact.until,
            "certainty": "definite" if fact.is_certain else "possible",
            "standing": fact.standing.value,
            "development": fact.evidence.development,
            "sources": len(fact.evidence.sources),
            "contested": bool(fact.contested_by),
        }


def relations_of(graph: Graph, entity: str) -> tuple[RelationOf, ...]:
    """The relations in which an entity stands, in the order of the state; what it is to itself is none."""
    return tuple(RelationOf(entity, edge) for edge in graph.edges if (edge.source == entity) != (edge.target == entity))


def _edges(fact: Held) -> Iterator[Relation]:
    if fact.object is not None:
        yield Relation(fact.subject, fact.object, Via.OBJECT, fact)
    value = _value(fact)
    if value is not None:
        yield Relation(fact.subject, value, Via.VALUE, fact)


def _value(fact: Held) -> str | None:
    """The entity that is the value of a fact, if it is one."""
    if fact.value["type"] != "entity":
        return None
    entity: str = fact.value["id"]
    return entity
