"""Relations of one kind between the same two parties, as one line and one entry of the list. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from projections.prose import value_text
from projections.relations import Graph, Relation
from projections.state import Held
from timeline.standing import Standing
from timeline.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Bundle:
    """All relations of one section between two parties, at least one.

    `one` and `other` are the parties in the order of their slugs; `number` tells a bundle from the others of its graph,
    `rank` is the place of its section among all.
    """

    number: int
    one: str
    other: str
    rank: int
    section: str
    relations: tuple[Relation, ...]

    @property
    def facts(self) -> tuple[Held, ...]:
        """The facts behind the relations, each once."""
        return tuple({id(relation.fact): relation.fact for relation in self.relations}.values())

    @property
    def leads_on(self) -> bool:
        """Whether a relation leads from the first to the other."""
        return any(relation.source == self.one for relation in self.relations)

    @property
    def leads_back(self) -> bool:
        """Whether a relation leads from the other to the first."""
        return any(relation.source == self.other for relation in self.relations)

    @property
    def is_certain(self) -> bool:
        """Whether any of the facts holds for sure."""
        return any(fact.is_certain for fact in self.facts)

    @property
    def is_contested(self) -> bool:
        """Whether others say something else of any of the facts."""
        return any(fact.contested_by for fact in self.facts)

    @property
    def standing(self) -> Standing:
        """The best standing among the facts."""
        return max((fact.standing for fact in self.facts), key=lambda standing: standing.rank)

    def beyond(self, party: str) -> str:
        """The other of the two."""
        return self.other if party == self.one else self.one

    def leads_to(self, party: str) -> bool:
        """Whether a relation leads to that one of the two."""
        return self.leads_back if party == self.one else self.leads_on


@dataclass(frozen=True, slots=True)
class Related:
    """A party with those of its relations that were not told under a party before it."""

    party: str
    bundles: tuple[Bundle, ...]

    @property
    def size(self) -> int:
        """How many facts that is."""
        return sum(len(bundle.facts) for bundle in self.bundles)


def bundled(graph: Graph, vocabulary: Vocabulary) -> tuple[Bundle, ...]:
    """The relations of a graph by their two parties and their section; what a party is to itself is left out."""
    order = {section.name: place for place, section in enumerate(vocabulary.sections)}
    found = defaultdict[tuple[str, str, int, str], list[Relation]](list)
    for relation in graph.edges:
        if relation.source != relation.target:
            one, other = sorted((relation.source, relation.target))
            section = vocabulary.attributes[relation.fact.attribute].section
            found[one, other, order[section], section].append(relation)
    return tuple(Bundle(number, *key, tuple(found[key])) for number, key in enumerate(sorted(found), 1))


def neighbours(bundles: Iterable[Bundle]) -> dict[str, set[str]]:
    """With whom each party is related."""
    found = defaultdict[str, set[str]](set)
    for bundle in bundles:
        found[bundle.one].add(bundle.other)
        found[bundle.other].add(bundle.one)
    return dict(found)


def by_party(bundles: Sequence[Bundle], first: Sequence[str], names: Mapping[str, str]) -> tuple[Related, ...]:
    """The bundles by party, each once: under those that come first, then under whoever is related to most.

    Those of a party are in the order of the sections, then of the names of the others.
    """
    near = neighbours(bundles)
    given = [party for party in dict.fromkeys(first) if party in near]
    order = [*given, *sorted(near.keys() - set(given), key=lambda party: (-len(near[party]), party))]
    told, found = set[int](), []
    for party in order:
        own = [one for one in bundles if party in {one.one, one.other} and one.number not in told]
        own.sort(key=lambda one: (one.rank, _name(one.beyond(party), names)))
        told.update(one.number for one in own)
        if own:
            found.append(Related(party, tuple(own)))
    return tuple(found)


def words_of(bundle: Bundle, vocabulary: Vocabulary, names: Mapping[str, str]) -> str:
    """A bundle in a few words, for where its parties are seen anyway: `Equity stake: about 27%`, `Investment ×3`."""
    facts = bundle.facts
    labels = list(dict.fromkeys(vocabulary.attributes[fact.attribute].label for fact in facts))
    if len(facts) > 1:
        return f"{labels[0]} ×{len(facts)}" if len(labels) == 1 else f"{labels[0]} +{len(facts) - 1}"
    value = value_of(facts[0], names)
    return labels[0] if value.casefold() in {"", labels[0].casefold()} else f"{labels[0]}: {value}"


def value_of(fact: Held, names: Mapping[str, str]) -> str:
    """The value of a fact without its remarks; where it is an entity, which is seen anyway, the remark alone."""
    if fact.value["type"] == "entity":
        note: str = fact.value.get("note") or ""
        return note
    bare = {name: part for name, part in fact.value.items() if name not in {"note", "status"}}
    return value_text(bare, lambda entity: names.get(entity, entity))


def _name(party: str, names: Mapping[str, str]) -> tuple[str, str]:
    return names.get(party, party).casefold(), party
