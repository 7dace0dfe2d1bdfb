"""A state as a brief: section by section, attribute by attribute, each fact with its evidence and its rivals."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from api.web.addresses import naming
from api.web.footnotes import Footnote, Footnotes, Reference
from api.web.showing import count
from projections.corrected import Mended
from projections.prose import value_text
from projections.state import Held, State
from projections.summary import summarise
from timeline.vocabulary import Vocabulary

_STATED: Final = (("invested_total", "invested"), ("committed_total", "committed"), ("funded_total", "paid in"))
"""The totals that somebody stated, each under its own name: they are never added up or mixed."""


@dataclass(frozen=True, slots=True)
class ToldFact:
    """A fact as a brief shows it; `mended` where it is as it is since a correction."""

    fact: Held
    notes: tuple[Reference, ...]
    mended: Mended | None
    rivals: tuple["ToldFact", ...] = ()

    @property
    def key(self) -> list[tuple[str, str]]:
        """The parameters that ask for the history of its key."""
        return naming(self.fact.subject, self.fact.attribute, self.fact.object)


@dataclass(frozen=True, slots=True)
class Group:
    """The facts of one attribute."""

    attribute: str
    label: str
    facts: tuple[ToldFact, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """What the investments of one investor in another party come to, and the totals that were stated, in words."""

    investor: str
    investee: str
    added: str
    stated: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A section with facts in it."""

    name: str
    title: str
    groups: tuple[Group, ...]
    totals: tuple[Total, ...] = ()

    @property
    def size(self) -> int:
        """How many facts it has."""
        return sum(len(group.facts) for group in self.groups)

    @property
    def facts(self) -> tuple[ToldFact, ...]:
        """Its facts, whatever their attribute."""
        return tuple(fact for group in self.groups for fact in group.facts)


@dataclass(frozen=True, slots=True)
class Brief:
    """A state, put in order for reading."""

    sections: tuple[Section, ...]
    notes: tuple[Footnote, ...]

    @property
    def size(self) -> int:
        """How many facts it has."""
        return sum(section.size for section in self.sections)


def brief_of(state: State, vocabulary: Vocabulary, mended: Mapping[str, Mended], *, only: str | None = None) -> Brief:
    """The brief of a state; of one section alone where `only` names it."""
    notes = Footnotes()
    sections = tuple(
        Section(
            section.name,
            section.title,
            tuple(groups_of(facts, vocabulary, mended, notes)),
            tuple(totals_of(section.name, facts, state.names)),
        )
        for section in vocabulary.sections
        if (facts := state.sections.get(section.name, ())) and only in {None, section.name}
    )
    return Brief(sections, notes.all())


def groups_of(
    facts: Sequence[Held], vocabulary: Vocabulary, mended: Mapping[str, Mended], notes: Footnotes
) -> Iterator[Group]:
    """Facts by attribute, in their order; their sources become footnotes."""
    for attribute, some in groupby(facts, key=lambda fact: fact.attribute):
        told = tuple(_told(fact, mended, notes) for fact in some)
        yield Group(attribute, vocabulary.attributes[attribute].label, told)


def totals_of(section: str, facts: Sequence[Held], names: Mapping[str, str]) -> Iterator[Total]:
    """What a section adds up to; see `projections.summary` for what may be added."""
    for total in summarise(section, facts, names).get("totals", ()):
        stated = tuple((name, value_text(total[key], str)) for key, name in _STATED if key in total)
        added = total.get("investments")
        if stated or (added is not None and added["count"] > 1):
            yield Total(total["investor"]["name"], total["investee"]["name"], _sum(added, total["currency"]), stated)


def _sum(added: Mapping[str, Any] | None, currency: str) -> str:
    """A sum in words: 3 investments of about $13.5 billion, at least $1 billion, $1 to $2 billion."""
    if added is None:
        return ""
    bounds = {"low": added["low"], "high": added["high"], "currency": currency, "type": "money"}
    if added["low"] == added["high"]:
        bounds = {"amount": added["low"], "currency": currency, "type": "money"}
    about = "about " if added.get("about") else ""
    return f"{about}{value_text(bounds, str)} in {count(added['count'], 'investment')}"


def _told(fact: Held, mended: Mapping[str, Mended], notes: Footnotes) -> ToldFact:
    version = mended.get(fact.evidence.development)
    return ToldFact(
        fact,
        notes.cite(fact.evidence.sources),
        version if version is not None and version.brought(fact) else None,
        tuple(_told(rival, mended, notes) for rival in fact.contested_by),
    )
