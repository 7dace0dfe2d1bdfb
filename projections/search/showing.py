"""Hits as they are shown: with the words that were looked for marked, at the basis of the search."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from pydantic_core import from_json

from projections.archive import Snapshot
from projections.index.contents import BY_WHOM, WRITTEN, content_of
from projections.index.told import ToldFact
from projections.prose import NameOf
from projections.search.candidates import Place as Where
from projections.search.hits import Found, FoundDevelopment, FoundEntity, FoundFact, Hit, Snippet
from projections.search.matching import Search
from projections.search.names import NamedEntity
from projections.search.sentences import sentence
from projections.search.snippets import Marker
from projections.state import visible_sources
from timeline.standing import Standing

if TYPE_CHECKING:
    from projections.search.reader import Ranked

_STANDINGS: Final = {standing.rank: standing for standing in Standing}
_CONTENT: Final = (
    f"SELECT c.development, c.number, c.known, c.cause, {WRITTEN} FROM contents c {BY_WHOM} WHERE c.id = ?"  # noqa: S608
)
_FACT: Final = (
    "SELECT k.subject, k.attribute, k.object, f.is_end, f.standing, f.payload, f.known_since FROM facts f "
    "JOIN keys k ON k.id = f.key_id WHERE f.content_id = ? AND f.ordinal = ? AND "
)
_NOW: Final = "f.known_from <= ? AND f.known_until > ?"
_THEN: Final = (
    "((f.revision <= ? AND f.known_from <= ? AND f.known_until > ?) OR EXISTS (SELECT 1 FROM facts_past p "
    "WHERE p.fact_id = f.id AND p.known_from <= ? AND p.known_until > ? AND p.revision_from <= ? "
    "AND p.revision_until > ?))"
)


class Showing:
    """Shows what was found at one basis."""

    def __init__(
        self, snapshot: Snapshot, where: Where, timeline: str, search: Search, entities: Sequence[NamedEntity]
    ) -> None:
        self._snapshot = snapshot
        self._where = where
        self._marker = Marker(search)
        self._entities = {entity.slug: entity for entity in entities}
        self._title_of_timeline = (timeline, str(snapshot.timeline(timeline, where.revision)[1]["title"]))

    def hits(self, page: Sequence["Ranked"]) -> list[Hit]:
        """What was found, in the same order."""
        return [self._hit(one) for one in page]

    def _hit(self, one: "Ranked") -> Hit:
        if one.entity is not None:
            return self._entity(one.entity, one.score)
        if one.candidate is None:
            raise TypeError("what was found is neither told nor an entity")
        if one.place[3]:
            return self._fact(one.candidate.content_id, one.place[3] - 1, one.score)
        return self._development(one.candidate.content_id, one.score)

    def _content(self, content_id: int) -> tuple[str, int, str, str, Mapping[str, Any]]:
        """The development, the number of the version, its `known` and what opened it, and what it says."""
        found = self._snapshot.rows.one(_CONTENT, (content_id,))
        if found is None:
            raise LookupError(f"the index has no content {content_id}: rebuild it")
        slug, number, known, cause, *written = found
        return slug, number, known, cause, content_of(*written)

    def _development(self, content_id: int, score: int) -> FoundDevelopment:
        slug, number, known, cause, content = self._content(content_id)
        sources = visible_sources(content.get("sources", ()), self._where.known)
        texts = [
            ("summary", content.get("summary", "")),
            *(("facts", sentence(fact, self._snapshot.vocabulary, self._name_of)) for fact in self._told(content_id)),
            *(("sources", f"{source['publisher']}: {source['title']}") for source in sources),
        ]
        return FoundDevelopment(
            found=self._found(content["title"], texts, score),
            slug=slug,
            kind=content["detail"]["kind"],
            occurred=content["occurred"],
            known=known,
            standing=content["standing"],
            version=number,
            cause=cause,
        )

    def _told(self, content_id: int) -> list[ToldFact]:
        rows = self._snapshot.rows.all(
            "SELECT f.ordinal, k.subject, k.attribute, k.object, f.is_end, f.standing, f.payload FROM facts f "
            "JOIN keys k ON k.id = f.key_id WHERE f.content_id = ?",
            (content_id,),
        )
        told = {row[0]: ToldFact(row[1], row[2], row[3], bool(row[4]), row[5], from_json(row[6])) for row in rows}
        return [told[ordinal] for ordinal in sorted(told)]

    def _fact(self, content_id: int, ordinal: int, score: int) -> FoundFact:
        slug, number, _, _, content = self._content(content_id)
        known, revision = self._where.known, self._where.revision
        is_head = revision >= self._snapshot.head
        row = self._snapshot.rows.one(
            _FACT + (_NOW if is_head else _THEN),
            (
                content_id,
                ordinal,
                *((known, known) if is_head else (revision, known, known, known, known, revision, revision)),
            ),
        )
        if row is None:
            raise LookupError(f"the index has no fact {ordinal} of content {content_id}: rebuild it")
        fact = ToldFact(row[0], row[1], row[2], bool(row[3]), row[4], from_json(row[5]))
        text = sentence(fact, self._snapshot.vocabulary, self._name_of)
        found = Found(self._marker.whole(text), Snippet("title", self._marker.best(content["title"])), score)
        return FoundFact(
            found=found,
            slug=slug,
            kind=content["detail"]["kind"],
            key={"subject": fact.subject, "attribute": fact.attribute, "object": fact.object or None},
            is_end=fact.is_end,
            since=fact.payload["since"],
            until=fact.payload["until"],
            known_since=row[6],
            standing=_STANDINGS[fact.standing],
            version=number,
        )

    def _entity(self, entity: NamedEntity, score: int) -> FoundEntity:
        texts = [("description", entity.description), *(("aliases", name) for name in entity.names[1:])]
        return FoundEntity(self._found(entity.names[0], texts, score), entity.slug, entity.kind)

    def _found(self, title: str, texts: Sequence[tuple[str, str]], score: int) -> Found:
        """The title, and of the texts the one with most of what was looked for; the earlier if several have as much."""
        field, text = max(texts, key=lambda one: self._marker.different(one[1]), default=("title", title))
        return Found(self._marker.whole(title), Snippet(field, self._marker.best(text)), score)

    @property
    def _name_of(self) -> NameOf:
        slug_of_timeline, title = self._title_of_timeline

        def name_of(slug: str) -> str:
            entity = self._entities.get(slug)
            return entity.names[0] if entity is not None else title if slug == slug_of_timeline else slug

        return name_of
