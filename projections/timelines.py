"""Timelines as they are described at a revision."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from projections.archive import Snapshot
from projections.entities import named
from timeline.basis import Revision


@dataclass(frozen=True, slots=True)
class DescribedTimeline:
    """A timeline as it is described at a revision; `parties` are slugs and names."""

    slug: str
    title: str
    summary: str
    parties: tuple[tuple[str, str], ...]

    def as_json(self) -> dict[str, Any]:
        """The timeline as answers carry it, without links."""
        return {
            "timeline": self.slug,
            "title": self.title,
            "summary": self.summary,
            "parties": [{"id": slug, "name": name} for slug, name in self.parties],
        }


def timeline_at(snapshot: Snapshot, slug: str, revision: Revision) -> DescribedTimeline:
    """The timeline of that slug.

    Raises:
        UnknownTimeline: there was none at that revision.
    """
    number, text = snapshot.timeline(slug, revision)
    return _described(snapshot, number, slug, text, revision)


def timelines_at(
    snapshot: Snapshot, revision: Revision, *, after: str | None = None, limit: int = 50
) -> tuple[Sequence[DescribedTimeline], str | None]:
    """At most `limit` timelines in the order of their slugs, and the slug to go on after, if there are more."""
    rows = snapshot.rows.all(
        "SELECT t.id, t.slug, x.payload FROM timelines t JOIN timeline_texts x ON x.timeline_id = t.id "
        "WHERE x.revision_from <= ? AND x.revision_until > ?",
        (revision, revision),
    )
    # There are few, and sorted here they come in one order whatever the collation of the database.
    following = sorted((row for row in rows if after is None or row[1] > after), key=lambda row: row[1])
    page = following[:limit]
    found = [_described(snapshot, row[0], row[1], json.loads(row[2]), revision) for row in page]
    return found, page[-1][1] if len(following) > limit else None


def _described(
    snapshot: Snapshot, number: int, slug: str, text: Mapping[str, Any], revision: Revision
) -> DescribedTimeline:
    names = named(snapshot, number, text["parties"], revision)
    parties = tuple((party, names.get(party, party)) for party in text["parties"])
    return DescribedTimeline(slug, text["title"], text["summary"], parties)
