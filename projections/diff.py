"""What differs between two states: facts that came, facts that went, facts that read differently.

Pure. A fact stays itself as long as it is about the same thing: subject, attribute, object and, where each
development has a fact of its own, that development. All else about it can change: its value and dates, how sure it
is, how well it stands, its sources, and who contests it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, Self

from projections.state import Held, State
from timeline.basis import Basis


class FactIdentity(NamedTuple):
    """What makes two facts of different states the same fact."""

    subject: str
    attribute: str
    object: str | None
    key_development: str | None

    @classmethod
    def of(cls, fact: Held) -> Self:
        """The identity of a fact; a state has one fact of each."""
        return cls(fact.subject, fact.attribute, fact.object, fact.key_development)


@dataclass(frozen=True, slots=True)
class FactChange:
    """What became of one fact: `before` is None where it came, `after` where it went.

    Equal they are only where somebody in the fact goes by another name.
    """

    identity: FactIdentity
    before: Held | None
    after: Held | None


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs between the states at two bases.

    What went or changed comes in the order of the state before, then what came in the order of the state after.
    """

    before: Basis
    after: Basis
    changes: tuple[FactChange, ...]

    @property
    def added(self) -> tuple[FactChange, ...]:
        """The facts that only the state after has."""
        return tuple(change for change in self.changes if change.before is None)

    @property
    def removed(self) -> tuple[FactChange, ...]:
        """The facts that only the state before has."""
        return tuple(change for change in self.changes if change.after is None)

    @property
    def changed(self) -> tuple[FactChange, ...]:
        """The facts that both states have, and that read differently."""
        return tuple(change for change in self.changes if change.before is not None and change.after is not None)


def by_identity(state: State) -> dict[FactIdentity, Held]:
    """The facts of a state, by what makes each of them itself."""
    return {FactIdentity.of(fact): fact for fact in state.facts}


def difference(before: State, after: State) -> Difference:
    """What has to be done to the facts of one state to get those of the other."""
    old, new = by_identity(before), by_identity(after)
    others = renamed(before.names, after.names)
    changes = [
        FactChange(identity, fact, new.get(identity))
        for identity, fact in old.items()
        if new.get(identity) != fact or (others and not others.isdisjoint(entities_in(fact)))
    ]
    changes += [FactChange(identity, None, fact) for identity, fact in new.items() if identity not in old]
    return Difference(before.basis, after.basis, tuple(changes))


def entities_in(fact: Held) -> set[str]:
    """The entities that a fact and those that contest it name."""
    told = (fact, *fact.contested_by)
    return {name for one in told for name in (one.subject, one.object, one.value.get("id")) if name}


def renamed(before: Mapping[str, str], after: Mapping[str, str]) -> set[str]:
    """The entities that go by another name in the state after, given the names in both."""
    return {entity for entity, name in before.items() if after.get(entity, name) != name}


def apply(facts: Mapping[FactIdentity, Held], found: Difference) -> dict[FactIdentity, Held]:
    """The facts after the changes, where `facts` are those of the state before."""
    result = dict(facts)
    for change in found.changes:
        if change.after is None:
            del result[change.identity]
        else:
            result[change.identity] = change.after
    return result
