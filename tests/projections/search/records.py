"""Records that can be searched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from projections.developments import Filters
from projections.search.hits import HIT_TYPES, Hit
from projections.search.query import parse_query
from projections.search.reader import Wanted, search
from projections.service import Service, open_service
from tests.timeline.recording import NOW
from tests.timeline.telling import REMARK, TIMELINE, url
from timeline.clock import FixedClock
from timeline.content import Content
from timeline.dates import parse_date
from timeline.entities import Entity, EntityKind
from timeline.settings import Settings
from timeline.standing import Floor

ENTITIES = (
    ("acme", "Acme", EntityKind.ORGANISATION, ("Acme Corporation", "ACM")),
    ("globex", "Globex", EntityKind.ORGANISATION, ()),
    ("jane-doe", "Jane Doe", EntityKind.PERSON, ()),
    ("hidden-valley", "Hidden Valley", EntityKind.ORGANISATION, ()),
)


def told(title: str, *, occurred: str, summary: str = "", sources: Sequence[Any] = ("a",), **more: Any) -> Content:
    """A content. A source is a title, or a title and when it was published."""
    pairs = [(source, None) if isinstance(source, str) else source for source in sources]
    return Content.model_validate(
        {
            "title": title,
            "summary": summary,
            "occurred": occurred,
            "standing": "confirmed",
            "detail": REMARK,
            "sources": [
                {"publisher": "Gazette", "title": name, "url": url(str(n)), **({"published": date} if date else {})}
                for n, (name, date) in enumerate(pairs)
            ],
            **more,
        }
    )


@dataclass(frozen=True)
class Searched:
    """A service, and questions to it."""

    service: Service

    def tell(self, slug: str, title: str, *, occurred: str, known: str | None = None, **more: Any) -> int:
        content = told(title, occurred=occurred, **more)
        return self.service.record.record(TIMELINE, slug, known=parse_date(known or occurred), content=content).revision

    def hits(self, query: str, *, known: str | None = None, revision: int | None = None, **more: Any) -> list[Hit]:
        """All hits, a page of two at a time."""
        limit, filters = more.pop("limit", 2), more.pop("filters", Filters())
        found: list[Hit] = []
        with self.service.archive.snapshot() as snapshot:
            at = more.pop("at", None)
            basis = snapshot.basis(at, known, revision)
            wanted = Wanted(
                parse_query(query),
                types=frozenset(more.pop("types", HIT_TYPES)),
                filters=filters,
                floor=Floor[more.pop("standing").upper()] if "standing" in more else None,
                at=None if at is None else basis.at,
            )
            after, is_more = None, True
            while is_more:
                page, after = search(
                    snapshot, TIMELINE, wanted, known=basis.known, revision=basis.revision, after=after, limit=limit
                )
                assert len(page) <= limit
                found += page
                is_more = after is not None
        assert not more
        return found

    def slugs(self, query: str, *types: Any, **more: Any) -> list[str]:
        """The slugs of the developments found, or of hits of other types."""
        return [hit.slug for hit in self.hits(query, types=types or ("development",), **more)]

    def titles(self, query: str, **more: Any) -> list[str]:
        return [hit.found.title for hit in self.hits(query, **more)]


@contextmanager
def searched_at(url: str) -> Iterator[Searched]:
    service = open_service(Settings(database_url=url), clock=FixedClock(NOW))
    try:
        service.record.open_timeline(TIMELINE, title="Acme and Globex")
        for slug, name, kind, aliases in ENTITIES:
            service.record.describe_entity(TIMELINE, Entity(id=slug, name=name, kind=kind, aliases=aliases))
        yield Searched(service)
    finally:
        service.close()
