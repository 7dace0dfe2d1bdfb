"""Search over random histories: it finds what folding the log and reading every text would, alike on every database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace

import pytest
from eventsourcing.persistence import StoredEvent
from hypothesis import given
from hypothesis import strategies as st

from projections.index import IndexProjection
from projections.index.rows import Rows
from projections.search import TextWriter
from projections.search.hits import FoundDevelopment, Hit
from projections.search.query import parse_query
from projections.search.reader import Wanted, search
from tests.property.histories import FAR_OFF, URLS, VOCABULARY, Act, World, histories, instants
from tests.property.test_laws import law
from timeline.application import Record
from timeline.basis import Known, Revision
from timeline.clock import FixedClock
from timeline.content import Content
from timeline.events import DevelopmentEvent
from timeline.sources import Source
from timeline.store import InlineProjection, SQLFactory, read
from timeline.versions import Version, advance, version_at

WORDS = ("alpha", "beta", "gamma")
QUERIES = {
    "alpha": lambda has: has("alpha"),
    "alpha beta": lambda has: has("alpha") and has("beta"),
    "beta OR gamma": lambda has: has("beta") or has("gamma"),
    "gamma -alpha": lambda has: has("gamma") and not has("alpha"),
    '"alpha beta"': lambda has: has("alpha beta"),
    "alp": lambda has: has("alpha"),
}
"""What each query asks of a text, in the plainest words."""

texts = st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join)
queries = st.sampled_from(sorted(QUERIES))
Asked = tuple[int, int, str]
"""Knowledge time, how far back in the revisions, and the query."""
questions = st.lists(st.tuples(instants, st.integers(0, 14), queries), min_size=2, max_size=5)


@st.composite
def worded(draw: st.DrawFn) -> list[Act]:
    """A history whose texts have words that can be looked for."""
    found = []
    for act in draw(histories):
        sources = tuple(
            source.model_copy(update={"title": f"t {draw(texts)}", "url": URLS[number]})
            for number, source in enumerate(act.content.sources)
        )
        content = act.content.model_copy(
            update={"title": f"x {draw(texts)}", "summary": draw(texts), "sources": sources}
        )
        found.append(replace(act, content=content, source=act.source.model_copy(update={"title": f"s {draw(texts)}"})))
    return found


class SearchedWorld(World):
    """A world whose texts can be searched."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.record.close()
        inline: list[InlineProjection] = [IndexProjection(VOCABULARY, write_texts=TextWriter(VOCABULARY))]
        self.factory = SQLFactory(engine=self.engine, inline=inline)
        self.record = Record(self.factory, clock=FixedClock(FAR_OFF), vocabulary=VOCABULARY)

    def search(self, timeline: str, query: str, known: int, revision: int) -> list[Hit]:
        with self.archive.snapshot() as snapshot:
            wanted = Wanted(parse_query(query))
            found, following = search(
                snapshot, timeline, wanted, known=Known(known), revision=Revision(revision), limit=100
            )
        assert following is None
        return list(found)

    def texts(self) -> list[tuple]:
        with read(self.engine) as connection:
            return Rows(connection).all("SELECT * FROM search_texts ORDER BY content_id")


@pytest.fixture
def both(sqlite_url: str, postgresql_url: str) -> Iterator[list[SearchedWorld]]:
    """The same world on each database."""
    with ExitStack() as stack:
        yield [stack.enter_context(SearchedWorld(url).opened()) for url in (sqlite_url, postgresql_url)]  # type: ignore[misc]


def readable(content: Content, known: int) -> list[str]:
    """Every text of a content that could be read at `known`, field by field."""

    def had_appeared(source: Source) -> bool:
        return source.published is None or source.published.earliest <= known

    appeared = [source for source in content.sources if had_appeared(source)] or content.sources
    return [content.title, content.summary, *(f"{source.publisher} {source.title}" for source in appeared)]


def found_by_reading(world: World, timeline: str, query: str, known: int, revision: int) -> set[tuple[str, int]]:
    """The developments whose version in force meets the query, from nothing but the log."""
    folded: dict[str, tuple[Version, ...]] = {}
    for position, event in world.log():
        if isinstance(event, DevelopmentEvent) and event.timeline == timeline and position <= revision:
            folded[event.slug] = advance(folded.get(event.slug, ()), event, position)
    found = set()
    for slug, versions in folded.items():
        version = version_at(versions, known)
        if version is not None and version.content is not None:
            fields = readable(version.content, known)
            if QUERIES[query](lambda words, fields=fields: any(words in field for field in fields)):
                found.add((slug, version.number))
    return found


@law
@given(worded(), questions)
def test_what_is_found_is_what_was_known_then(both: list[SearchedWorld], history: list[Act], asked: list[Asked]):
    told = []
    for world in both:
        timeline = world.open()
        told.append((world, timeline, world.revision, [world.revision, *world.tell(timeline, history)]))
    for known, back, query in asked:
        answers = []
        for world, timeline, start, revisions in told:
            revision = revisions[-1 - min(back, len(revisions) - 1)]
            hits = world.search(timeline, query, known, revision)
            developments = {(hit.slug, hit.version) for hit in hits if isinstance(hit, FoundDevelopment)}
            assert developments == found_by_reading(world, timeline, query, known, revision)
            assert start <= revision
            answers.append([hit.as_json() for hit in hits])
        assert answers[0] == answers[1]


@law
@given(worded())
def test_texts_written_with_each_event_are_those_written_at_once(both: list[SearchedWorld], history: list[Act]):
    live, at_once = both
    start, taken, kept = live.revision, at_once.revision, len(at_once.texts())
    before = len(live.texts())
    list(live.tell(live.open(), history))
    found = live.record.recorder.select_notifications(start, 1000, inclusive_of_start=False)
    at_once.record.recorder.insert_events(
        [StoredEvent(item.originator_id, item.originator_version, item.topic, item.state) for item in found]
    )
    assert at_once.revision - taken == live.revision - start
    assert [row[1:] for row in at_once.texts()[kept:]] == [row[1:] for row in live.texts()[before:]]
