"""The state at a basis: who wins a key, how surely, on whose word, and against whom."""

from __future__ import annotations

import pytest

from projections.state import visible_sources
from tests.projections.recorded import ceo, no_ceo, told
from tests.timeline.telling import CLERICAL, NEWS, TIMELINE, source, url
from timeline.dates import parse_date
from timeline.entities import Entity, EntityKind
from timeline.errors import UnknownTimeline
from timeline.events import RetractionReason
from timeline.standing import Standing

# who wins


def test_a_later_fact_ends_the_earlier_for_good(kept):
    kept.tell("jane", ceo("jane"), occurred="2020-01-01")
    kept.tell("john", ceo("john", until="2022-01-01"), occurred="2021-01-01")
    assert [kept.who(at) for at in ("2019-12-31", "2020", "2021-12-31", "2022")] == [None, "jane", "john", None]


def test_it_does_not_matter_in_which_order_they_were_recorded(kept):
    kept.tell("john", ceo("john"), occurred="2021-01-01")
    kept.tell("jane", ceo("jane"), occurred="2020-01-01")
    assert [kept.who(at) for at in ("2020", "2021")] == ["jane", "john"]


def test_of_two_that_begin_at_once_the_better_standing_wins(kept):
    kept.tell("john", ceo("john"), occurred="2020", standing="confirmed")
    kept.tell("jane", ceo("jane"), occurred="2020", standing="reported", known="2021")
    assert kept.who("2022") == "john"


def test_of_two_that_stand_alike_the_later_known_wins_and_then_the_later_recorded(kept):
    kept.tell("john", ceo("john"), occurred="2020", known="2022")
    kept.tell("jane", ceo("jane"), occurred="2020", known="2021")
    kept.tell("mary", ceo("mary"), occurred="2020", known="2022")
    assert [kept.who("2020", known=known) for known in ("2021", "2022")] == ["jane", "mary"]


def test_a_floor_sees_only_what_it_admits(kept):
    kept.tell("jane", ceo("jane"), occurred="2020", standing="confirmed")
    kept.tell("john", ceo("john"), occurred="2021", standing="reported")
    kept.tell("mary", ceo("mary"), occurred="2022", standing="alleged")
    floors = ("confirmed", "reported", "alleged", None)
    assert [kept.who("2023", standing=floor) for floor in floors] == ["jane", "john", "mary", "john"]


def test_a_denial_is_never_state(kept):
    kept.tell("denied", ceo("jane"), occurred="2020", standing="denied")
    assert kept.who("2021", standing="alleged") is None


def test_only_what_was_known_counts(kept):
    kept.tell("john", ceo("john"), occurred="2020-01-01", known="2023-05-05")
    assert kept.who("2024", known="2023-05-04") is None
    assert kept.who("2020", known="2023-05-05") == "john"


def test_what_held_is_taken_to_go_on(kept):
    kept.tell("john", ceo("john"), occurred="2020-01-01")
    assert kept.who("2032") == "john"


def test_objects_and_developments_keep_facts_apart_where_the_attribute_says_so(kept):
    money = {"type": "money", "amount": "5", "currency": "USD"}
    invested = {"subject": "globex", "attribute": "investment", "object": "acme", "value": money}
    seat = {"attribute": "board_member", "subject": "acme", "value": {"type": "text", "text": "member"}}
    for slug in ("first", "second"):
        kept.tell(slug, invested, occurred="2020")
    kept.tell("seats", {**seat, "object": "jane"}, {**seat, "object": "john"}, occurred="2020")
    found = kept.state("2021").facts
    assert [(fact.attribute, fact.object, fact.key_development) for fact in found] == [
        ("board_member", "jane", None),
        ("board_member", "john", None),
        ("investment", "acme", "first"),
        ("investment", "acme", "second"),
    ]
    assert kept.state("2021").as_json()["sections"]["capital"]["summary"]["totals"][0]["investments"]["low"] == "10"


# how surely


def test_between_the_bounds_of_its_beginning_and_of_its_end_a_fact_is_possible(kept):
    kept.tell("john", ceo("john", until="2023"), occurred="2020")
    assert [
        kept.who(at)
        for at in (
            "2019-12-31",
            "2020-01-01T00:00Z",
            "2020-12-31T23:59:59.999998Z",
            "2020-12-31",
            "2022-12-31",
            "2023-01-01T00:00Z",
            "2023-12-31T23:59:59.999998Z",
            "2023-12-31",
        )
    ] == [None, "john?", "john?", "john", "john", "john?", "john?", None]


def test_the_day_on_which_it_begins_is_definite_by_its_end(kept):
    kept.tell("john", ceo("john"), occurred="2023-11-17")
    assert kept.who("2023-11-17") == "john"
    assert kept.who("2023-11-17T12:00Z") == "john?"


def test_a_winner_that_may_not_have_begun_is_contested_by_who_would_hold_still(kept):
    kept.tell("jane", ceo("jane"), occurred="2019-01-01")
    kept.tell("john", ceo("john"), occurred="2020")
    assert (kept.who("2020-06"), kept.rivals("2020-06")) == ("john?", ["jane"])
    assert (kept.who("2020-12-31"), kept.rivals("2020-12-31")) == ("john", [])


def test_one_who_would_hold_still_and_is_gone_contests_nothing(kept):
    kept.tell("jane", ceo("jane", until="2020-03-01"), occurred="2019-01-01")
    kept.tell("john", ceo("john"), occurred="2020")
    assert kept.rivals("2020-02") == ["jane"]
    assert kept.rivals("2020-04") == []


def test_what_an_end_may_have_ended_is_possible_until_it_surely_has(kept):
    kept.tell("jane", ceo("jane"), occurred="2019-01-01")
    kept.tell("gone", no_ceo(), occurred="2020-06")
    assert [kept.who(at) for at in ("2020-05-31", "2020-06-15", "2020-06-30")] == ["jane", "jane?", None]


def test_an_end_of_what_was_gone_already_leaves_nothing(kept):
    kept.tell("jane", ceo("jane", until="2020-03-01"), occurred="2019-01-01")
    kept.tell("gone", no_ceo(), occurred="2020-06")
    assert kept.who("2020-06-15") is None


def test_what_an_end_may_have_ended_is_contested_as_any_other(kept):
    kept.tell("jane", ceo("jane"), occurred="2019-01-01")
    kept.tell("john", ceo("john"), occurred="2020")
    kept.tell("gone", no_ceo(), occurred="2020-05/2020-07")
    assert (kept.who("2020-06"), kept.rivals("2020-06")) == ("john?", ["jane"])
    kept.tell("mary", ceo("jane", until="2020-06-10"), occurred="2019-06-01")
    assert [kept.rivals(at) for at in ("2020-06-09", "2020-06-10")] == [["jane"], []]


def test_an_end_of_a_lesser_standing_ends_nothing_on_a_stricter_floor(kept):
    kept.tell("jane", ceo("jane"), occurred="2019-01-01")
    kept.tell("gone", no_ceo(), occurred="2020-06-01", standing="alleged")
    assert [kept.who("2021", standing=floor) for floor in ("reported", "alleged")] == ["jane", None]


# against whom


def test_another_value_about_the_same_time_is_a_rival(kept):
    kept.tell("jane", ceo("jane"), occurred="2020-06")
    kept.tell("john", ceo("john"), occurred="2020-06-10")
    assert (kept.who("2021"), kept.rivals("2021")) == ("john", ["jane"])


def test_the_same_value_with_another_note_is_not(kept):
    kept.tell("one", ceo("john", note="interim"), occurred="2020-06")
    kept.tell("two", ceo("john"), occurred="2020-06-10")
    assert kept.rivals("2021") == []


def test_another_value_about_another_time_is_not(kept):
    kept.tell("jane", ceo("jane"), occurred="2020-05")
    kept.tell("john", ceo("john"), occurred="2020-06")
    assert kept.rivals("2021") == []


def test_a_rival_that_the_floor_does_not_admit_is_not_seen(kept):
    kept.tell("john", ceo("john"), occurred="2020", standing="confirmed")
    kept.tell("jane", ceo("jane"), occurred="2020", standing="alleged")
    assert kept.rivals("2021", standing="reported") == []
    assert kept.rivals("2021", standing="alleged") == ["jane"]


def test_a_denial_is_a_rival_on_every_floor(kept):
    kept.tell("john", ceo("john"), occurred="2020-01-01")
    kept.tell("denied", ceo("john"), occurred="2020-01-01", standing="denied")
    assert [kept.rivals("2021", standing=floor) for floor in ("confirmed", "reported", "alleged")] == [["john!"]] * 3


def test_a_denial_of_this_value_counts_whenever_it_was_made_after_that_began(kept):
    kept.tell("john", ceo("john"), occurred="2020-01-01")
    kept.tell("later", ceo("john"), occurred="2022-01-01", standing="denied")
    kept.tell("other", ceo("jane"), occurred="2022-01-01", standing="denied")
    kept.tell("before", ceo("john"), occurred="2019-01-01", standing="denied")
    assert kept.rivals("2023") == ["john!"]


def test_a_rival_is_seen_from_the_revision_on_that_brought_it(kept):
    revision = kept.tell("john", ceo("john"), occurred="2020-06-10").revision
    kept.tell("jane", ceo("jane"), occurred="2020-06")
    assert kept.rivals("2021", revision=revision) == []
    last = kept.record.retract(TIMELINE, "jane", reason=RetractionReason.CLERICAL).revision
    assert [kept.rivals("2021", revision=number) for number in (revision, revision + 1, last)] == [[], ["jane"], []]


def test_an_end_is_never_a_rival(kept):
    kept.tell("john", ceo("john"), occurred="2020-06-10")
    kept.tell("gone", no_ceo(), occurred="2020-06")
    assert kept.rivals("2021") == []


def test_rivals_come_strongest_first_and_each_with_its_own_certainty(kept):
    kept.tell("john", ceo("john"), occurred="2020-06-10", standing="confirmed")
    kept.tell("jane", ceo("jane"), occurred="2020", standing="confirmed")
    kept.tell("mary", ceo("mary"), occurred="2020-06", standing="reported")
    assert [(r.value["id"], r.is_certain) for r in kept.ceo("2020-07").contested_by] == [
        ("mary", True),
        ("jane", False),
    ]


# on whose word


def test_evidence_is_the_documents_that_had_appeared(kept):
    kept.tell("john", ceo("john"), occurred="2020-01-01", sources=[("old", "2020-01"), ("new", "2022"), "undated"])
    titles = {known: [s["title"] for s in kept.ceo("2021", known=known).evidence.sources] for known in ("2021", "2022")}
    assert titles == {"2021": ["old", "undated"], "2022": ["old", "new", "undated"]}


def test_a_document_published_in_a_month_may_have_appeared_on_its_first_day(kept):
    kept.tell("john", ceo("john"), occurred="2020-01-01", sources=["undated", ("dated", "2021-06")])
    known = ("2021-05-31", "2021-06-01")
    assert [len(kept.ceo("2020", known=day).evidence.sources) for day in known] == [1, 2]


def test_evidence_that_appeared_later_is_better_than_none():
    later = [{"title": "later", "published": "2022"}]
    assert visible_sources(later, parse_date("2020").latest) == tuple(later)
    assert visible_sources([], 0) == ()


def test_an_added_source_makes_no_fact_younger(kept):
    kept.tell("john", ceo("john"), occurred="2020-01-01")
    kept.record.add_source(TIMELINE, "john", source=source("b"), known=parse_date("2022"))
    found = kept.ceo("2023")
    assert found.known_since == parse_date("2020-01-01").latest
    assert [s["title"] for s in found.evidence.sources] == ["a", "b"]


def test_a_withdrawn_source_takes_the_fact_with_it_if_it_was_the_last(kept):
    kept.tell("john", ceo("john"), occurred="2020-01-01", sources=("a", "b"))
    kept.record.withdraw_source(TIMELINE, "john", url=url("a"), known=parse_date("2021-01-01"))
    kept.record.withdraw_source(TIMELINE, "john", url=url("b"), known=parse_date("2022-01-01"))
    assert [kept.who("2020", known=known) for known in ("2021-06", "2021-12-31", "2022-01-01")] == [
        "john",
        "john",
        None,
    ]


# corrections


def test_a_correction_counts_from_its_known_on(kept):
    kept.tell("john", ceo("john"), occurred="2020-01-01")
    kept.record.correct(
        TIMELINE, "john", reason=NEWS, content=told(ceo("jane"), occurred="2020-01-01"), known=parse_date("2022")
    )
    assert [kept.who("2021", known=known) for known in ("2021", "2022")] == ["john", "jane"]


def test_a_slip_is_mended_as_if_it_had_been_right_and_only_the_revision_shows_it(kept):
    before = kept.tell("john", ceo("john"), occurred="2020-01-01").revision
    kept.record.correct(TIMELINE, "john", reason=CLERICAL, content=told(ceo("jane"), occurred="2020-01-01"))
    assert kept.who("2021", known="2021") == "jane"
    assert kept.who("2021", known="2021", revision=before) == "john"


def test_a_change_of_standing_lifts_a_fact_to_another_floor(kept):
    kept.tell("john", ceo("john"), occurred="2020-01-01", standing="alleged")
    kept.record.change_standing(TIMELINE, "john", standing=Standing.CONFIRMED, known=parse_date("2022"))
    assert [kept.who("2021", known=k, standing="confirmed") for k in ("2021", "2022")] == [None, "john"]


def test_when_a_development_is_taken_back_what_it_had_ended_goes_on(kept):
    kept.tell("jane", ceo("jane"), occurred="2019-01-01")
    revision = kept.tell("john", ceo("john"), occurred="2020-01-01").revision
    kept.record.retract(TIMELINE, "john", reason=RetractionReason.CLERICAL)
    assert kept.who("2021", known="2021") == "jane"
    assert kept.who("2021", known="2021", revision=revision) == "john"


# how it reads


def test_a_fact_reads_as_the_contract_has_it(kept):
    kept.tell("john", ceo("john", note="interim"), occurred="2020-01-01", sources=[("a", "2020-01-01")])
    answer = kept.state("2021-06-01", known="2022").as_json()
    assert answer["timeline"] == TIMELINE
    assert answer["basis"] == {
        "at": "2021-06-01T23:59:59.999999Z",
        "known": "2022-12-31T23:59:59.999999Z",
        "revision": 7,
        "standing": "reported",
    }
    assert answer["sections"]["leadership"] == {
        "facts": [
            {
                "subject": {"id": "acme", "name": "Acme"},
                "attribute": "chief_executive",
                "object": None,
                "value": {"type": "entity", "id": "john", "name": "John Roe", "note": "interim"},
                "text": "John Roe (interim) is chief executive of Acme",
                "since": "2020-01-01",
                "until": None,
                "certainty": "definite",
                "standing": "confirmed",
                "known_since": "2020-01-01T23:59:59.999999Z",
                "development": "john",
                "sources": [
                    {"publisher": "P", "title": "a", "url": url("a"), "published": "2020-01-01", "kind": "press"}
                ],
                "contested_by": [],
            }
        ],
        "summary": {},
    }
    assert answer["sections"]["board"] == {"facts": [], "summary": {}}


def test_a_rival_reads_as_a_fact_without_rivals_of_its_own(kept):
    kept.tell("jane", ceo("jane"), occurred="2020", standing="denied")
    kept.tell("john", ceo("john"), occurred="2020", standing="reported")
    (fact,) = kept.state("2021").as_json()["sections"]["leadership"]["facts"]
    (rival,) = fact["contested_by"]
    assert rival.keys() == fact.keys() - {"contested_by"}
    assert (rival["standing"], rival["value"]["name"]) == ("denied", "Jane Doe")


def test_names_are_those_of_the_revision(kept):
    revision = kept.tell("john", ceo("john"), occurred="2020-01-01").revision
    kept.record.describe_entity(TIMELINE, Entity(id="john", name="Sir John", kind=EntityKind.PERSON))
    assert kept.ceo("2021").text == "Sir John is chief executive of Acme"
    assert kept.ceo("2021", revision=revision).text == "John Roe is chief executive of Acme"


def test_sections_and_attributes_come_in_the_order_of_the_vocabulary(kept):
    form = {"subject": "acme", "attribute": "legal_form", "value": {"type": "text", "text": "x"}}
    chair = ceo("jane", attribute="board_chair")
    kept.tell("all", form, chair, ceo("john"), occurred="2020-01-01")
    assert [fact.attribute for fact in kept.state("2021").facts] == ["chief_executive", "board_chair", "legal_form"]


def test_a_timeline_is_not_there_before_it_was_opened(kept):
    with pytest.raises(UnknownTimeline) as caught:
        kept.state("2021", revision=0)
    assert caught.value.field == "timeline"
    assert kept.state("2021", revision=1).facts == ()


# the instants next to it


def neighbours(kept, at: str, **more):
    with kept.archive.snapshot() as snapshot:
        return snapshot.state_and_neighbours(TIMELINE, snapshot.basis(at, **more))[1]


def last(text: str) -> int:
    return parse_date(text).latest


def first(text: str) -> int:
    return parse_date(text).earliest


def test_the_neighbours_are_the_last_other_state_before_and_the_first_after(kept):
    kept.tell("jane", ceo("jane"), occurred="2019-01-01T08:00Z")
    kept.tell("john", ceo("john", until="2022-01-01"), occurred="2020-01-01T08:00Z")
    found = neighbours(kept, "2020-06")
    assert (found.previous, found.next) == (first("2020-01-01T08:00Z") - 1, first("2022-01-01"))


def test_becoming_definite_is_a_change(kept):
    kept.tell("john", ceo("john"), occurred="2020")
    assert neighbours(kept, "2020-06").next == last("2020")
    assert neighbours(kept, "2021").previous == last("2020") - 1


def test_a_rival_becoming_definite_is_a_change(kept):
    kept.tell("jane", ceo("jane"), occurred="2020", standing="reported")
    kept.tell("john", ceo("john"), occurred="2020-06-10T08:00Z")
    assert neighbours(kept, "2020-07").next == last("2020")


def test_what_is_never_definite_does_not_change_before_it_is_gone(kept):
    kept.tell("john", ceo("john", until="2020-06/2021-06"), occurred="2020")
    assert neighbours(kept, "2020-03").next == last("2021-06")


def test_what_may_have_ended_and_then_surely_has_is_a_change(kept):
    kept.tell("jane", ceo("jane", until="2020-03"), occurred="2019-01-01T08:00Z")
    kept.tell("gone", no_ceo(), occurred="2020")
    assert neighbours(kept, "2020-02").next == last("2020-03")
    assert neighbours(kept, "2020-06").previous == last("2020-03") - 1


def test_an_end_that_ends_nothing_is_no_change(kept):
    kept.tell("jane", ceo("jane", until="2020-01-01T08:00Z"), occurred="2019-01-01T08:00Z")
    kept.tell("gone", no_ceo(), occurred="2020-06")
    assert neighbours(kept, "2020-03").next is None
    assert neighbours(kept, "2021").previous == first("2020-01-01T08:00Z") - 1


def test_a_correction_made_later_is_no_change_at_the_revision_before_it(kept):
    revision = kept.tell("jane", ceo("jane"), occurred="2019-01-01T08:00Z").revision
    kept.tell("john", ceo("john"), occurred="2020-01-01T08:00Z")
    assert neighbours(kept, "2019-06", revision=revision).next is None
    assert neighbours(kept, "2021", revision=revision).previous == first("2019-01-01T08:00Z") - 1


def test_however_far_away_they_are_found(kept):
    kept.tell("jane", ceo("jane"), occurred="1234-01-01T08:00Z")
    kept.tell("john", ceo("john"), occurred="2020-01-01T08:00Z")
    kept.tell("mary", ceo("mary"), occurred="9999-01-01T08:00Z", known="2020")
    assert neighbours(kept, "1900").next == first("2020-01-01T08:00Z")
    assert neighbours(kept, "2019").previous == first("1234-01-01T08:00Z") - 1
    assert neighbours(kept, "2021").next == first("9999-01-01T08:00Z")
    assert neighbours(kept, "9999").next is None


def test_before_the_first_day_of_the_calendar_there_is_nothing_to_step_to(kept):
    kept.tell("jane", ceo("jane", until="9999-12-31T23:59:59.999999Z"), occurred="0001-01-01T00:00Z", known="2020")
    found = neighbours(kept, "2020")
    assert found.previous is None
    assert found.next == last("9999")
