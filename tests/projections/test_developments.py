"""Developments at a basis, against the plainest way to find them: fold the events of each, and look."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projections.developments import Filters, development_at, developments_at, moments_of_knowledge
from tests.projections.recorded import ceo
from tests.property.histories import DEVELOPMENTS, INSTANTS, Act, World, histories, instants
from tests.timeline.telling import TIMELINE
from timeline.basis import Known, Revision
from timeline.dates import MAX_INSTANT, MIN_INSTANT, parse_date, parse_moment
from timeline.errors import InvalidInput, UnknownDevelopment, UnknownTimeline
from timeline.events import DevelopmentEvent, Reason, RetractionReason
from timeline.versions import Version, advance, in_force, version_at


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    with World(database_url).opened() as world:
        yield world


def folded(world: World, timeline: str, revision: int) -> dict[str, tuple[Version, ...]]:
    """The versions of every development of a timeline, from nothing but the log."""
    found: dict[str, tuple[Version, ...]] = {}
    for position, event in world.log():
        if isinstance(event, DevelopmentEvent) and event.timeline == timeline and position <= revision:
            found[event.slug] = advance(found.get(event.slug, ()), event, position)
    return found


fewer = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@fewer
@given(histories, st.lists(st.tuples(instants, instants, instants, st.integers(0, 14)), min_size=2, max_size=5))
def test_the_list_is_what_folding_every_development_gives(
    world: World, history: list[Act], asked: list[tuple[int, int, int, int]]
):
    timeline = world.open()
    revisions = [world.revision, *world.tell(timeline, history)]
    with world.archive.snapshot() as snapshot:
        for known, first, last, back in asked:
            revision = revisions[-1 - min(back, len(revisions) - 1)]
            wanted = []
            for slug, versions in folded(world, timeline, revision).items():
                version = version_at(versions, known)
                content = version.content if version else None
                if content and content.occurred.latest >= first and content.occurred.earliest <= last:
                    wanted.append((content.occurred.earliest, slug, version and version.number))
            found, following = developments_at(
                snapshot,
                timeline,
                known=Known(known),
                revision=revision,
                filters=Filters(occurred_from=first, occurred_until=last),
            )
            assert following is None
            assert [(item.slug, item.number) for item in found] == [
                (slug, number) for _, slug, number in sorted(wanted)
            ]


@fewer
@given(histories, st.integers(0, 14))
def test_the_moments_of_knowledge_are_where_versions_begin_and_end(world: World, history: list[Act], back: int):
    timeline = world.open()
    revisions = [world.revision, *world.tell(timeline, history)]
    revision = revisions[-1 - min(back, len(revisions) - 1)]
    wanted = {
        moment
        for versions in folded(world, timeline, revision).values()
        for force in in_force(versions)
        if force.version.content
        for moment in (force.known_from, force.known_until)
        if moment < MAX_INSTANT
    }
    with world.archive.snapshot() as snapshot:
        found, following = moments_of_knowledge(snapshot, timeline, revision=revision)
        assert (list(found), following) == (sorted(wanted), None)
        paged: list[int] = []
        after: int | None = MIN_INSTANT
        while after is not None:
            some, after = moments_of_knowledge(snapshot, timeline, revision=revision, after=after, limit=1)
            paged += some
        assert paged == sorted(wanted)


@fewer
@given(histories, st.lists(st.tuples(instants, st.integers(0, 14)), min_size=1, max_size=4))
def test_one_development_is_the_version_that_folding_gives(
    world: World, history: list[Act], asked: list[tuple[int, int]]
):
    timeline = world.open()
    revisions = [world.revision, *world.tell(timeline, history)]
    with world.archive.snapshot() as snapshot:
        for known, back in asked:
            revision = revisions[-1 - min(back, len(revisions) - 1)]
            wanted = folded(world, timeline, revision)
            for slug in DEVELOPMENTS:
                if slug not in wanted:
                    with pytest.raises(UnknownDevelopment):
                        development_at(snapshot, timeline, slug, known=Known(known), revision=revision)
                    continue
                found = development_at(snapshot, timeline, slug, known=Known(known), revision=revision)
                assert found.versions == wanted[slug]
                assert found.version == version_at(wanted[slug], known)
                assert (found.status == "in-force") == bool(found.version and found.version.content)
                assert found.as_json()["history"][0]["event"] == "DevelopmentRecorded"


def listed(kept, known=None, *, limit=50, after=None, **filters):
    with kept.archive.snapshot() as snapshot:
        basis = snapshot.basis(known=known)
        found, following = developments_at(
            snapshot,
            TIMELINE,
            known=basis.known,
            revision=basis.revision,
            filters=Filters(**filters),
            limit=limit,
            after=after,
        )
        return [item.slug for item in found], following


def test_developments_of_one_day_are_in_the_order_of_their_slugs_byte_by_byte(kept_anywhere):
    """A hyphen, a digit and a letter are ordered alike on every database, whatever its collation."""
    for slug in ("b", "a-b", "a1", "ab", "a"):
        kept_anywhere.tell(slug, occurred="2020-01-01")
    assert listed(kept_anywhere)[0] == ["a", "a-b", "a1", "ab", "b"]
    found, after = listed(kept_anywhere, limit=2)
    while after is not None:
        more, after = listed(kept_anywhere, limit=2, after=after)
        found += more
    assert found == ["a", "a-b", "a1", "ab", "b"]


def test_an_open_start_stands_first(kept_anywhere):
    kept_anywhere.tell("later", occurred="0001")
    kept_anywhere.tell("since-ever", occurred="../2020", known="2020")
    assert listed(kept_anywhere)[0] == ["since-ever", "later"]
    assert listed(kept_anywhere, occurred_until=parse_moment("0001") - 1)[0] == ["since-ever", "later"]


def test_a_party_is_whoever_the_content_names(kept_anywhere):
    kept_anywhere.tell("of-jane", ceo("jane"), occurred="2020")
    kept_anywhere.tell("of-john", ceo("john"), occurred="2021")
    assert listed(kept_anywhere, party="jane")[0] == ["of-jane"]
    assert listed(kept_anywhere, party="acme")[0] == ["of-jane", "of-john"]
    assert listed(kept_anywhere, party="mary")[0] == []


def test_a_document_of_later_is_no_evidence_yet(kept):
    kept.tell("one", occurred="2020", sources=[("early", "2020"), ("late", "2022")])
    with kept.archive.snapshot() as snapshot:
        for known, count in (("2021", 1), ("2023", 2)):
            basis = snapshot.basis(known=known)
            found, _ = developments_at(
                snapshot, TIMELINE, known=basis.known, revision=basis.revision, filters=Filters()
            )
            assert len(found[0].sources) == count


def history(kept, slug="one"):
    with kept.archive.snapshot() as snapshot:
        basis = snapshot.basis()
        return development_at(snapshot, TIMELINE, slug, known=basis.known, revision=basis.revision)


def changes(kept):
    return [(change.field, change.before, change.after) for change in history(kept).events[-1].changed]


def test_a_clerical_correction_is_compared_with_the_version_it_rewrites(kept):
    kept.tell("one", ceo("jane"), occurred="2020")
    content = history(kept).versions[0].content.model_copy(update={"title": "Otherwise"})
    kept.record.correct(TIMELINE, "one", reason=Reason.CLERICAL, known=parse_date("2019"), content=content)
    assert changes(kept) == [("known", "2020", "2019"), ("title", "Acme says something", "Otherwise")]


def test_a_changed_field_of_the_detail_is_named(kept):
    kept.tell("one", occurred="2020")
    content = history(kept).versions[0].content
    detail = content.detail.model_copy(update={"topic": "the chair"})
    kept.record.correct(TIMELINE, "one", reason=Reason.CLERICAL, content=content.model_copy(update={"detail": detail}))
    assert changes(kept) == [("detail.topic", "the board", "the chair")]


def test_a_retraction_takes_all_of_the_content_and_a_correction_brings_it_back(kept):
    kept.tell("one", occurred="2020")
    content = history(kept).versions[0].content
    kept.record.retract(TIMELINE, "one", reason=RetractionReason.WITHDRAWN, known=parse_date("2021"))
    ((field, before, after),) = changes(kept)
    assert (field, before["title"], after) == ("content", "Acme says something", None)
    assert history(kept).status == "retracted"
    kept.record.correct(TIMELINE, "one", reason=Reason.NEW_INFORMATION, known=parse_date("2022"), content=content)
    ((field, before, after),) = changes(kept)
    assert (field, before, after["title"]) == ("content", None, "Acme says something")
    assert history(kept).status == "in-force"


def test_there_is_nothing_where_there_is_no_timeline(kept):
    with kept.archive.snapshot() as snapshot:
        nowhere = {"known": Known(INSTANTS[-1]), "revision": snapshot.head}
        with pytest.raises(UnknownTimeline):
            developments_at(snapshot, "nowhere", **nowhere, filters=Filters())
        with pytest.raises(UnknownTimeline):
            development_at(snapshot, "nowhere", "one", **nowhere)
        with pytest.raises(UnknownTimeline):
            moments_of_knowledge(snapshot, TIMELINE, revision=Revision(0))


def test_a_question_names_filters_by_dates_that_count_from_their_start_and_through_their_end():
    asked = Filters.asked(kinds=["board", "lawsuit", "board"], party="acme", first="2010-03", last="2010")
    assert asked == Filters(
        ("board", "lawsuit"), "acme", parse_date("2010-03-01").earliest, parse_date("2010-12-31").latest
    )
    assert Filters.asked() == Filters()


@pytest.mark.parametrize(
    ("first", "last", "field", "told"),
    [
        ("2011", "2010", "from", '"2011" lies after "2010"'),
        ("2010-13", None, "from", "there is no month 13"),
        (None, "2010-13", "until", "there is no month 13"),
    ],
)
def test_dates_that_cannot_bound_a_list_are_named_by_their_fields(first, last, field, told):
    with pytest.raises(InvalidInput, match=told) as refused:
        Filters.asked(first=first, last=last, last_field="until")
    assert refused.value.field == field
