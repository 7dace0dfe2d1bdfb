"""Search at a basis: what is found, where, and in which order, the same on both backends."""

from __future__ import annotations

import pytest

from projections.developments import Filters
from projections.search.hits import FoundDevelopment, FoundEntity, FoundFact
from projections.search.query import parse_query
from projections.search.reader import Wanted, search
from tests.projections.search.records import Searched, told
from tests.timeline.telling import CLERICAL, NEWS, TIMELINE, source
from timeline.dates import parse_date, parse_moment
from timeline.entities import Entity, EntityKind
from timeline.errors import UnknownTimeline
from timeline.events import RetractionReason
from timeline.standing import Standing

SEAT = {
    "subject": "acme",
    "attribute": "board_observer",
    "object": "globex",
    "value": {"type": "text", "text": "non-voting"},
}
NO_SEAT = {"subject": "acme", "attribute": "board_observer", "object": "globex", "end": True}


def test_a_word_is_found_in_every_field_and_counts_most_in_the_title(searched_anywhere: Searched):
    tell = searched_anywhere.tell
    tell("in-source", "One", occurred="2020", sources=["A lawsuit is filed"])
    tell("in-summary", "Two", occurred="2020", summary="There is a lawsuit.")
    tell("in-title", "A lawsuit in court", occurred="2020")
    tell("nowhere", "Three", occurred="2020")
    assert searched_anywhere.slugs("lawsuits") == ["in-title", "in-summary", "in-source"]
    fields = {hit.slug: hit.found.snippet.field for hit in searched_anywhere.hits("lawsuit", types=["development"])}
    assert fields == {"in-title": "summary", "in-summary": "summary", "in-source": "sources"}


def test_a_fact_is_found_by_its_sentence_and_by_the_names_in_it(searched_anywhere: Searched):
    searched_anywhere.tell("seat", "A change", occurred="2020-03", facts=[SEAT])
    for query in (
        "observer",
        "globex observer",
        '"attends the board of Acme"',
        '"board of acme corporation"',
        "non-vot",
    ):
        (hit,) = searched_anywhere.hits(query, types=["fact"])
        assert isinstance(hit, FoundFact)
        assert (hit.slug, hit.key["attribute"], hit.since, hit.version) == ("seat", "board_observer", "2020-03", 1)
        assert hit.found.title.startswith("Globex attends the board of Acme")
    assert searched_anywhere.slugs("globex observer") == ["seat"]
    assert searched_anywhere.hits('"acme globex observer"') == []


def test_a_name_that_an_entity_is_given_later_finds_what_was_told_before(searched_anywhere: Searched):
    before = searched_anywhere.tell("seat", "A change", occurred="2020", facts=[SEAT])
    assert searched_anywhere.hits("initech") == []
    renamed = Entity(id="globex", name="Initech", kind=EntityKind.ORGANISATION, aliases=("Globex",))
    searched_anywhere.service.record.describe_entity(TIMELINE, renamed)
    assert searched_anywhere.slugs("initech observer") == ["seat"]
    assert searched_anywhere.slugs("globex observer") == ["seat"]
    assert searched_anywhere.titles("initech", types=["fact"])[0].startswith("Initech attends")
    assert searched_anywhere.hits("initech", revision=before) == []


def test_an_alias_finds_the_developments_that_name_the_entity(searched_anywhere: Searched):
    searched_anywhere.tell("one", "Acme speaks", occurred="2020")
    found = searched_anywhere.hits("ACM speaks")
    assert [hit.slug for hit in found] == ["one"]
    assert [piece.text for piece in found[0].found.heading if piece.is_match] == ["Acme speaks"]


def test_what_a_correction_brings_is_found_from_its_known_on_and_what_it_takes_away_no_more(
    searched_anywhere: Searched,
):
    first = searched_anywhere.tell("one", "Talks of a merger", occurred="2020")
    searched_anywhere.service.record.correct(
        TIMELINE,
        "one",
        reason=NEWS,
        known=parse_date("2022"),
        content=told("Talks of a licence", occurred="2020"),
    )
    assert searched_anywhere.slugs("merger") == []
    assert searched_anywhere.slugs("licence") == ["one"]
    assert searched_anywhere.slugs("merger", known="2021") == ["one"]
    assert searched_anywhere.slugs("licence", known="2021") == []
    assert searched_anywhere.slugs("merger", known="2019") == []
    assert searched_anywhere.slugs("merger", revision=first) == ["one"]
    assert searched_anywhere.slugs("licence", revision=first) == []
    assert searched_anywhere.slugs("talks -merger") == ["one"]
    assert searched_anywhere.slugs("talks -licence") == []
    assert searched_anywhere.slugs("talks -licence", known="2021") == ["one"]
    versions = [searched_anywhere.hits("talks", types=["development"], known=known)[0] for known in ("2021", "2023")]
    assert [(hit.version, hit.cause) for hit in versions if isinstance(hit, FoundDevelopment)] == [
        (1, "development"),
        (2, "correction"),
    ]


def test_a_clerical_correction_leaves_its_text_at_earlier_revisions_only(searched_anywhere: Searched):
    first = searched_anywhere.tell("one", "Talks of a merger", occurred="2020", facts=[SEAT])
    content = told("Talks of a licence", occurred="2020", facts=[NO_SEAT])
    searched_anywhere.service.record.correct(TIMELINE, "one", reason=CLERICAL, content=content)
    assert searched_anywhere.slugs("merger", known="2021") == []
    assert searched_anywhere.slugs("merger", known="2021", revision=first) == ["one"]
    (over,) = searched_anywhere.hits("observer", types=["fact"])
    (held,) = searched_anywhere.hits("observer", types=["fact"], revision=first)
    assert isinstance(over, FoundFact)
    assert isinstance(held, FoundFact)
    assert (over.is_end, held.is_end) == (True, False)


def test_what_was_retracted_is_not_found_from_then_on(searched_anywhere: Searched):
    searched_anywhere.tell("one", "Talks of a merger", occurred="2020")
    searched_anywhere.service.record.retract(
        TIMELINE, "one", reason=RetractionReason.WITHDRAWN, known=parse_date("2021")
    )
    assert searched_anywhere.slugs("merger") == []
    assert searched_anywhere.slugs("merger", known="2020") == ["one"]


def test_a_source_is_found_from_the_day_it_appeared(searched_anywhere: Searched):
    searched_anywhere.tell("one", "Talks", occurred="2020", sources=[("Early paper", "2020"), ("Late memoir", "2022")])
    assert searched_anywhere.slugs("memoir") == ["one"]
    assert searched_anywhere.slugs("memoir", known="2021") == []
    assert searched_anywhere.slugs("paper", known="2021") == ["one"]
    assert searched_anywhere.slugs("talks -memoir", known="2021") == ["one"]
    searched_anywhere.service.record.add_source(TIMELINE, "one", source=source("Diary", "2023"))
    assert searched_anywhere.slugs("diary") == ["one"]
    assert searched_anywhere.slugs("diary", known="2022") == []


def test_an_entity_is_found_once_something_in_force_names_it(searched_anywhere: Searched):
    assert searched_anywhere.hits("acme") == []
    searched_anywhere.tell("one", "Acme speaks", occurred="2020")
    (entity, *_) = searched_anywhere.hits("acme")
    assert isinstance(entity, FoundEntity)
    assert entity.slug == "acme"
    assert searched_anywhere.hits("acme", known="2019") == []
    assert searched_anywhere.hits("hidden valley") == []
    assert searched_anywhere.slugs("corporation", "entity") == ["acme"]


def test_filters_choose_among_developments_and_their_facts(searched_anywhere: Searched):
    tell = searched_anywhere.tell
    tell("seat", "A seat", occurred="2020", facts=[SEAT], summary="of an observer")
    tell("left", "No seat", occurred="2022", facts=[NO_SEAT], summary="for an observer", standing="reported")
    tell(
        "claim", "A claim", occurred="2021", summary="an observer", standing="alleged", parties=[{"entity": "jane-doe"}]
    )
    slugs = searched_anywhere.slugs
    assert set(slugs("observer")) == {"seat", "left", "claim"}
    assert set(slugs("observer", standing="reported")) == {"seat", "left"}
    assert slugs("observer", standing="confirmed") == ["seat"]
    assert slugs("observer", filters=Filters(party="jane-doe")) == ["claim"]
    assert slugs("observer", filters=Filters(kinds=("lawsuit",))) == []
    assert set(slugs("observer", filters=Filters(kinds=("statement",)))) == {"seat", "left", "claim"}
    late = Filters(occurred_from=parse_moment("2020") + 1, occurred_until=parse_moment("2021"))
    assert slugs("observer", filters=late) == ["claim"]
    assert slugs("observer", "fact", standing="confirmed") == ["seat"]
    assert slugs("observer", "entity", standing="confirmed") == []


def test_with_a_date_only_facts_that_hold_then_are_found(searched_anywhere: Searched):
    searched_anywhere.tell("seat", "A seat for an observer", occurred="2020-03-01", facts=[SEAT])
    searched_anywhere.tell("left", "No observer any more", occurred="2022-03-01", facts=[NO_SEAT])
    assert searched_anywhere.slugs("observer", "fact", at="2021") == ["seat"]
    assert searched_anywhere.slugs("observer", "fact", at="2023") == []
    assert searched_anywhere.slugs("observer", "fact", at="2019") == []
    assert searched_anywhere.slugs("observer", at="2021") == ["seat"]
    assert searched_anywhere.slugs("observer", at="2021", known="2020-12") == ["seat"]


def test_what_several_developments_state_in_the_same_words_is_one_hit(searched_anywhere: Searched):
    searched_anywhere.tell("first", "One", occurred="2020", facts=[SEAT])
    searched_anywhere.tell("again", "Two", occurred="2021", facts=[SEAT])
    assert searched_anywhere.slugs("observer", "fact") == ["again"]
    assert searched_anywhere.slugs("observer", "fact", known="2020") == ["first"]


def test_equally_good_hits_come_latest_first_then_by_slug(searched_anywhere: Searched):
    for slug, occurred in (("b", "2020"), ("a-b", "2021"), ("a1", "2021"), ("a", "2021"), ("c", "2019")):
        searched_anywhere.tell(slug, "The same thing", occurred=occurred)
    for limit in (1, 2, 3, 50):
        assert searched_anywhere.slugs("thing", limit=limit) == ["a", "a-b", "a1", "b", "c"]


def test_words_in_a_row_count_more_than_words_apart(searched_anywhere: Searched):
    searched_anywhere.tell(
        "apart", "A seat nobody took: observer wanted", occurred="2021", summary="an observer and a seat"
    )
    searched_anywhere.tell("in-row", "The observer's seat goes to somebody else", occurred="2020")
    assert searched_anywhere.slugs("observer seat") == ["in-row", "apart"]
    assert searched_anywhere.slugs('"observer seat"') == ["in-row"]


def test_a_denial_is_found_unless_a_standing_is_asked_for(searched_anywhere: Searched):
    searched_anywhere.tell("denied", "No observer", occurred="2020", facts=[{**SEAT, "standing": "denied"}])
    searched_anywhere.tell("said", "An observer", occurred="2021", facts=[{**SEAT, "standing": "reported"}])
    said, denied = searched_anywhere.hits("observer", types=["fact"])
    assert isinstance(said, FoundFact)
    assert isinstance(denied, FoundFact)
    assert (said.found.title, said.standing) == (denied.found.title, Standing.REPORTED)
    assert denied.standing is Standing.DENIED
    assert searched_anywhere.slugs("observer", "fact", standing="alleged") == ["said"]


def test_the_syntax_of_a_database_means_nothing(searched_anywhere: Searched):
    searched_anywhere.tell("one", "Acme says something", occurred="2020")
    for query in (
        *("a'b", 'x" OR "y', "NEAR(a b)", "a:b", "a* b^2", "{a} : b", "!a & b | (c)", "a <-> b:*", "%s ? %(x)s", "§x"),
        *("words:acme", "title MATCH 'acme'", "acme; DROP TABLE search_texts"),
    ):
        assert searched_anywhere.hits(query) == [], query
    assert searched_anywhere.slugs("(acme) & [something]*!") == ["one"]


def test_of_another_timeline_nothing_is_found(searched_anywhere: Searched):
    record = searched_anywhere.service.record
    record.open_timeline("other", title="Another")
    record.describe_entity("other", Entity(id="acme", name="Acme", kind=EntityKind.ORGANISATION))
    record.record("other", "one", known=parse_date("2020"), content=told("A lawsuit", occurred="2020"))
    assert searched_anywhere.hits("lawsuit") == []
    with searched_anywhere.service.archive.snapshot() as snapshot:
        now, wanted = snapshot.basis(), Wanted(parse_query("lawsuit"))
        with pytest.raises(UnknownTimeline):
            search(snapshot, "nowhere", wanted, known=now.known, revision=now.revision)


def test_a_text_longer_than_is_indexed_is_recorded_all_the_same(searched_anywhere: Searched):
    searched_anywhere.tell("long", "Long", occurred="2020", summary=" ".join(f"w{n}x" for n in range(1_300)))
    assert searched_anywhere.slugs("w1299x") == ["long"]
    searched_anywhere.tell("longer", "Longer", occurred="2020", summary="a b " * 1_900)
    assert searched_anywhere.slugs("longer") == ["longer"]
