"""Search at a basis: what of the record a query is about, the best first.

Only versions in force at `known` and `revision` are looked at, with the sources that had appeared by `known`, and with
the names that entities have at `revision`. So what was not known then is found neither by its words nor by their
absence.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pydantic_core import from_json

from projections.archive import Snapshot
from projections.developments import Filters, conditions_of
from projections.index.reader import IndexReader
from projections.search.candidates import Candidate, candidates
from projections.search.candidates import Place as Where
from projections.search.documents import source_words
from projections.search.hits import HIT_TYPES, Hit, HitType, Place
from projections.search.matching import Fields, Search, padded
from projections.search.names import NamedEntity, entities_described, search_of
from projections.search.query import Query
from projections.search.showing import Showing
from projections.search.words import BREAK
from projections.state import visible_sources
from timeline.basis import At, Basis, Known, Revision
from timeline.dates import MAX_INSTANT
from timeline.standing import Floor

EVERYTHING: Final = Filters()
"""Filters that let every development through."""

_DENIED: Final = 0
_LEAST: Final = {Floor.CONFIRMED: 3, Floor.REPORTED: 2, Floor.ALLEGED: 1}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to find and among what.

    `floor` is the least standing; None takes all, denials too. With `at`, of developments those that may have occurred
    by then, and of facts those that hold then.
    """

    query: Query
    types: frozenset[HitType] = frozenset(HIT_TYPES)
    filters: Filters = EVERYTHING
    floor: Floor | None = None
    at: At | None = None

    @property
    def is_about_entities(self) -> bool:
        """Whether entities can be found: they have no kind of development, no date and no standing to choose by."""
        return "entity" in self.types and self.filters == EVERYTHING and self.floor is None and self.at is None


@dataclass(frozen=True, slots=True)
class Ranked:
    """Something that meets a query, before it is shown: a candidate or one of its facts, or an entity."""

    place: Place
    candidate: Candidate | None = None
    entity: NamedEntity | None = None

    @property
    def score(self) -> int:
        """How well it fits."""
        return -self.place[0]


def search(
    snapshot: Snapshot,
    timeline: str,
    wanted: Wanted,
    *,
    known: Known,
    revision: Revision,
    after: Place | None = None,
    limit: int = 20,
) -> tuple[Sequence[Hit], Place | None]:
    """At most `limit` hits, the best first, and the place to go on after.

    Equally good ones come with the latest date first, then in the order of their slugs.

    Raises:
        UnknownTimeline: there was no such timeline at that revision.
    """
    number, _ = snapshot.timeline(timeline, revision)
    where = Where(number, known, revision)
    entities = entities_described(snapshot, number, revision)
    sought = search_of(wanted.query, entities, snapshot.vocabulary)
    ranked = sorted(
        (*_told(snapshot, where, sought, wanted), *_entities(snapshot, where, sought, wanted, entities)),
        key=lambda one: one.place,
    )
    following = ranked if after is None else [one for one in ranked if one.place > after]
    page = following[:limit]
    hits = Showing(snapshot, where, timeline, sought, entities).hits(page)
    return hits, page[-1].place if len(following) > limit else None


def _told(snapshot: Snapshot, where: Where, sought: Search, wanted: Wanted) -> Iterator[Ranked]:
    """The developments and the facts that meet the query."""
    if not wanted.types & {"development", "fact"}:
        return
    holding = None if wanted.at is None else _holding(snapshot, where, wanted.at, wanted.floor)
    latest = MAX_INSTANT if wanted.at is None else wanted.at
    least = _DENIED if wanted.floor is None else _LEAST[wanted.floor]
    sentences: dict[tuple[str, bool], Ranked] = {}
    for candidate in candidates(snapshot, where, sought, wanted.filters):
        is_wanted = candidate.occurred <= latest and int(candidate.standings[0]) >= least
        if "development" in wanted.types and is_wanted:
            score = sought.of_development(_fields(snapshot, where, candidate))
            if score:
                yield Ranked((-score, -candidate.occurred, candidate.development, 0), candidate)
        if "fact" not in wanted.types:
            continue
        for ordinal, sentence in enumerate(candidate.facts.split(f" {BREAK} ")):
            standing = int(candidate.standings[ordinal + 1 : ordinal + 2] or -1)
            if standing < least:
                continue
            score = sought.of_fact(padded(sentence))
            if score and (holding is None or (candidate.content_id, ordinal) in holding):
                fact = Ranked((-score, -candidate.occurred, candidate.development, ordinal + 1), candidate)
                # What several developments state (or deny) in the same words is one hit: the one that comes first.
                said = (sentence, standing == _DENIED)
                if said not in sentences or fact.place < sentences[said].place:
                    sentences[said] = fact
    yield from sentences.values()


def _holding(snapshot: Snapshot, where: Where, at: At, floor: Floor | None) -> set[tuple[int, int]]:
    """The facts that hold, by content and ordinal."""
    basis = Basis(at, where.known, where.revision, Floor.ALLEGED if floor is None else floor)
    winners = IndexReader(snapshot.connection, where.number, basis, head=snapshot.head).winners()
    return {(won.fact.content_id, won.fact.ordinal) for won in winners}


def _fields(snapshot: Snapshot, where: Where, candidate: Candidate) -> Fields:
    """The texts of a candidate, the sources as far as they had appeared."""
    sources = candidate.sources
    if candidate.last_published > where.known:
        (stored,) = snapshot.rows.one("SELECT sources FROM contents WHERE id = ?", (candidate.content_id,)) or ("[]",)
        visible = visible_sources(from_json(stored), where.known)
        sources = source_words(visible)[1:]
    texts = (candidate.title, candidate.facts, candidate.summary, candidate.entities, sources)
    return Fields(*(padded(text) for text in texts))


def _entities(
    snapshot: Snapshot, where: Where, sought: Search, wanted: Wanted, entities: Sequence[NamedEntity]
) -> Iterator[Ranked]:
    """The entities that meet the query, and that some version in force names."""
    if not wanted.is_about_entities:
        return
    for entity in entities:
        score = sought.of_entity(entity.padded_names, entity.padded_description)
        if score and _is_named(snapshot, where, entity.slug):
            yield Ranked((-score, -MAX_INSTANT, entity.slug, 0), entity=entity)


def _is_named(snapshot: Snapshot, where: Where, entity: str) -> bool:
    filters = Filters(party=entity)
    condition, values = conditions_of(snapshot, where.number, where.known, where.revision, filters)
    return snapshot.rows.one(f"SELECT 1 FROM contents c WHERE {condition} LIMIT 1", values) is not None  # noqa: S608
