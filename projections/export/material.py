"""What exports are made from: the state, the developments and the entities of a timeline at one basis."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from projections.archive import Archive
from projections.developments import Filters, Listed, developments_at
from projections.export.addresses import Addresses
from projections.state import Held, State
from timeline.basis import Basis
from timeline.entities import Entity, EntityKind
from timeline.standing import Standing

_PORTION: Final = 500


@dataclass(frozen=True)
class Material:
    """A timeline at a basis. Every question opens a snapshot of its own: a pinned basis gives one answer for good.

    `development` is the one that is to be cited, None for the state.
    """

    archive: Archive
    timeline: str
    basis: Basis
    addresses: Addresses
    development: str | None = None

    @cached_property
    def title(self) -> str:
        """The title of the timeline."""
        with self.archive.snapshot() as snapshot:
            title: str = snapshot.timeline(self.timeline, self.basis.revision)[1]["title"]
        return title

    @cached_property
    def state(self) -> State:
        """The state at the basis."""
        with self.archive.snapshot() as snapshot:
            return snapshot.state(self.timeline, self.basis)

    @cached_property
    def sections(self) -> tuple[tuple[str, Held], ...]:
        """The facts of the state, each with its section."""
        return tuple((section, fact) for section, facts in self.state.sections.items() for fact in facts)

    @property
    def permalink(self) -> str:
        """The address of the state."""
        return self.addresses.state(self.timeline, self.basis)

    def entities(self, wanted: Collection[str]) -> dict[str, Entity]:
        """Those entities by slug, in the order of their slugs; the timeline counts as one of them."""
        slugs, found = sorted(set(wanted)), dict[str, Entity]()
        with self.archive.snapshot() as snapshot:
            number, _ = snapshot.timeline(self.timeline, self.basis.revision)
            for start in range(0, len(slugs), _PORTION):
                some = slugs[start : start + _PORTION]
                rows = snapshot.rows.all(
                    "SELECT entity, payload FROM entity_texts WHERE timeline_id = ? AND revision_from <= ? "  # noqa: S608
                    f"AND revision_until > ? AND entity IN ({', '.join('?' * len(some))})",
                    (number, self.basis.revision, self.basis.revision, *some),
                )
                found.update((row[0], Entity.model_validate_json(row[1])) for row in rows)
        if self.timeline in slugs:
            found[self.timeline] = Entity(id=self.timeline, name=self.title, kind=EntityKind.TIMELINE)
        return {slug: found[slug] for slug in slugs if slug in found}

    def developments(self) -> Iterator[Listed]:
        """The developments known at the basis that may have begun by its `at`, as they occurred, page by page.

        The floor of the basis holds for them as for facts.
        """
        filters, after = Filters(occurred_until=self.basis.at), None
        while True:
            with self.archive.snapshot() as snapshot:
                page, after = developments_at(
                    snapshot,
                    self.timeline,
                    known=self.basis.known,
                    revision=self.basis.revision,
                    filters=filters,
                    after=after,
                    limit=_PORTION,
                )
            yield from (item for item in page if self.basis.floor.admits(Standing(item.content["standing"])))
            if after is None:
                return


def entities_named(facts: Collection[Held]) -> set[str]:
    """Every entity that facts speak of, those that contest them left out."""
    named = {name for fact in facts for name in (fact.subject, fact.object) if name}
    return named | {fact.value["id"] for fact in facts if fact.value["type"] == "entity"}


def json_line(content: Mapping[str, object]) -> bytes:
    """A line of NDJSON."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
