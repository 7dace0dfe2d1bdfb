"""Entities as one timeline describes them at a revision."""

import json
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import Any

from projections.archive import Snapshot
from timeline.basis import Revision
from timeline.entities import Entity
from timeline.errors import UndescribedEntity, UnknownEntity

_PORTION = 500
_COMPARED = 5000
"""With how many entities, at most, the name of one that there is not is compared."""

_AT_REVISION = "timeline_id = ? AND revision_from <= ? AND revision_until > ?"


def entity_at(snapshot: Snapshot, timeline: str, entity: str, revision: Revision) -> Entity:
    """The entity of that slug.

    Raises:
        UnknownTimeline: there was no such timeline at that revision.
        UnknownEntity: the timeline did not describe such an entity.
    """
    number, _ = snapshot.timeline(timeline, revision)
    payload = _payload(snapshot, number, entity, revision)
    if payload is None:
        raise UnknownEntity(
            f'the timeline "{timeline}" has no entity "{entity}".',
            field="entity",
            remedy=_remedy(snapshot, timeline, number, entity, revision),
        )
    return Entity.model_validate_json(payload)


def entities_at(
    snapshot: Snapshot,
    timeline: str,
    revision: Revision,
    *,
    kinds: Collection[str] = (),
    beginning: str = "",
    after: str | None = None,
    limit: int = 50,
) -> tuple[Sequence[Entity], str | None]:
    """At most `limit` entities in the order of their slugs, and the slug to go on after, if there are more.

    Args:
        snapshot: where to look.
        timeline: whose entities.
        revision: as of which revision of the log.
        kinds: only these kinds; all of them if empty.
        beginning: only those whose slug, name or an alias begins like this, in capitals or not.
        after: only those whose slug comes after this one.
        limit: how many, at least 1.

    Raises:
        UnknownTimeline: there was no such timeline at that revision.
    """
    number, _ = snapshot.timeline(timeline, revision)
    found: list[Entity] = []
    for entity in _following(snapshot, number, revision, after or ""):
        if (not kinds or entity.kind in kinds) and _begins(entity, beginning.casefold()):
            found.append(entity)
            if len(found) > limit:
                return found[:limit], found[limit - 1].id
    return found, None


def named(snapshot: Snapshot, number: int, entities: Collection[str], revision: Revision) -> dict[str, str]:
    """The names of those entities that the timeline of that number describes, by slug."""
    wanted, found = sorted(set(entities)), dict[str, str]()
    for start in range(0, len(wanted), _PORTION):
        some = wanted[start : start + _PORTION]
        rows = snapshot.rows.all(
            f"SELECT entity, payload FROM entity_texts WHERE {_AT_REVISION} "  # noqa: S608 - constants and marks
            f"AND entity IN ({', '.join('?' * len(some))})",
            (number, revision, revision, *some),
        )
        found.update((row[0], json.loads(row[1])["name"]) for row in rows)
    return found


def require_entity(snapshot: Snapshot, timeline: str, entity: str, revision: Revision, *, field: str) -> None:
    """Make sure that a question is about an entity that the timeline describes.

    Raises:
        UnknownTimeline: there was no such timeline at that revision.
        UndescribedEntity: it was not described by then.
    """
    number, _ = snapshot.timeline(timeline, revision)
    if entity != timeline and _payload(snapshot, number, entity, revision) is None:
        raise UndescribedEntity(
            f'the timeline "{timeline}" has no entity "{entity}".',
            field=field,
            remedy=_remedy(snapshot, timeline, number, entity, revision),
        )


def _payload(snapshot: Snapshot, number: int, entity: str, revision: Revision) -> str | None:
    row = snapshot.rows.one(
        f"SELECT payload FROM entity_texts WHERE {_AT_REVISION} AND entity = ?",  # noqa: S608 - constants only
        (number, revision, revision, entity),
    )
    return None if row is None else row[0]


def _remedy(snapshot: Snapshot, timeline: str, number: int, entity: str, revision: Revision) -> str:
    """What to do about an entity that there is not: those that may have been meant, by slug, name or alias."""
    # difflib is not imported at the top: only mistakes need it
    from difflib import get_close_matches  # noqa: PLC0415

    slugs: dict[str, str] = {}
    for described in islice(_following(snapshot, number, revision, ""), _COMPARED):
        slugs |= dict.fromkeys((alias.casefold() for alias in described.aliases), described.id)
        slugs |= dict.fromkeys((described.id, described.name.casefold()), described.id)
    wanted = entity.casefold().replace("-", " ")
    close = sorted((name for name in slugs if wanted in name.split()), key=lambda name: (name.count(" "), name))
    close += [*get_close_matches(entity, slugs, n=3), *get_close_matches(wanted, slugs, n=3)]
    meant = list(dict.fromkeys(slugs[name] for name in close))[:3]
    if meant:
        quoted = [f'"{slug}"' for slug in meant]
        return f"Did you mean {' or '.join(quoted)}?"
    return f"See /v1/timelines/{timeline}/entities for all of them."


def _following(snapshot: Snapshot, number: int, revision: Revision, after: str) -> Iterator[Entity]:
    """The entities after a slug, fetched in portions; slugs are ordered byte by byte on every database."""
    collation = "" if snapshot.rows.is_sqlite else ' COLLATE "C"'
    while True:
        rows: list[tuple[Any, ...]] = snapshot.rows.all(
            f"SELECT entity, payload FROM entity_texts WHERE {_AT_REVISION} "  # noqa: S608 - constants only
            f"AND entity{collation} > ? ORDER BY entity{collation} LIMIT {_PORTION}",
            (number, revision, revision, after),
        )
        for _, payload in rows:
            yield Entity.model_validate_json(payload)
        if len(rows) < _PORTION:
            return
        after = rows[-1][0]


def _begins(entity: Entity, beginning: str) -> bool:
    return any(name.casefold().startswith(beginning) for name in (entity.id, entity.name, *entity.aliases))
