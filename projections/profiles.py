"""Everything about one entity at a basis: what it is, what holds about it, its relations, what it took part in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from projections.archive import Snapshot
from projections.developments import Filters, Listed, developments_at
from projections.entities import entity_at
from projections.relations import RelationOf, involving, relations, relations_of
from projections.state import Held
from timeline.basis import Basis
from timeline.entities import Entity

LATEST: Final = 20
"""How many developments a profile shows."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One entity at a basis. `latest` are developments that may have occurred by then, the latest first."""

    timeline: str
    basis: Basis
    entity: Entity
    sections: Mapping[str, tuple[Held, ...]]
    relations: tuple[RelationOf, ...]
    latest: Sequence[Listed]
    has_more: bool
    names: Mapping[str, str]

    def as_json(self) -> dict[str, Any]:
        """The profile as answers carry it, without links."""
        return {
            **self.entity.model_dump(mode="json"),
            "timeline": self.timeline,
            "basis": self.basis.as_json(),
            "sections": {
                section: {"facts": [fact.as_json(self.names) for fact in facts]}
                for section, facts in self.sections.items()
            },
            "relations": [relation.as_json(self.names) for relation in self.relations],
            "latest": {"items": [item.as_json() for item in self.latest], "more": self.has_more},
        }


def profile_at(snapshot: Snapshot, timeline: str, entity: str, basis: Basis) -> Profile:
    """Everything about the entity of that slug.

    Raises:
        UnknownTimeline: there was no such timeline at the revision.
        UnknownEntity: the timeline did not describe such an entity by then.
    """
    described = entity_at(snapshot, timeline, entity, basis.revision)
    state = snapshot.state(timeline, basis)
    latest, more = developments_at(
        snapshot,
        timeline,
        known=basis.known,
        revision=basis.revision,
        filters=Filters(party=entity, occurred_until=basis.at),
        limit=LATEST,
        newest_first=True,
    )
    return Profile(
        timeline=timeline,
        basis=basis,
        entity=described,
        sections=involving(state, entity),
        relations=relations_of(relations(state), entity),
        latest=latest,
        has_more=more is not None,
        names=state.names,
    )
