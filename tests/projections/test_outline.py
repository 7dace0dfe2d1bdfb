"""A timeline at a glance: what happened, what went on, and when it was learned, at any basis and on both backends."""

from __future__ import annotations

from typing import Any

import pytest

from projections.outline import Outline, learnings_at, outline_at
from tests.projections.recorded import Kept, told
from tests.timeline.telling import TIMELINE
from timeline.basis import Revision
from timeline.dates import MAX_INSTANT, parse_date
from timeline.entities import Entity, EntityKind
from timeline.errors import UnknownTimeline
from timeline.events import Reason

CASE = "doe-v-acme"


def outline(kept: Kept, **asked: Any) -> Outline:
    with kept.archive.snapshot() as snapshot:
        given = (asked.get("at"), asked.get("known"), asked.get("revision"), asked.get("standing"))
        return outline_at(snapshot, TIMELINE, snapshot.basis(*given))


def titles(kept: Kept, **asked: Any) -> list[str]:
    return [one.slug for one in outline(kept, **asked).occurrences]


def suit(stage: str, **more: Any) -> dict[str, Any]:
    return {"subject": CASE, "attribute": "lawsuit", "value": {"type": "stage", "stage": stage}, **more}


def bounds(date: str) -> tuple[int, int]:
    found = parse_date(date)
    return found.earliest, found.latest


@pytest.fixture
def in_court(kept_anywhere: Kept) -> Kept:
    kept_anywhere.record.describe_entity(TIMELINE, Entity(id=CASE, name="Doe v. Acme", kind=EntityKind.CASE))
    return kept_anywhere


def test_developments_are_told_in_the_order_of_time_with_what_a_drawing_needs(kept_anywhere):
    kept = kept_anywhere
    kept.tell("later", occurred="2023-05~", known="2023-08-01", sources=("a", "b", "c"))
    kept.tell("earlier", occurred="2021-03-04", standing="reported")
    earlier, later = outline(kept).occurrences
    assert (earlier.slug, earlier.kind, earlier.standing, earlier.weight) == ("earlier", "statement", "reported", 1)
    assert (earlier.earliest, earlier.latest) == bounds("2021-03-04")
    assert not earlier.is_doubtful
    assert (later.slug, later.weight, later.occurred, later.is_doubtful) == ("later", 3, "2023-05~", True)
    assert (later.earliest, later.latest) == bounds("2023-05~")
    assert later.known == parse_date("2023-08-01").latest


def test_what_was_not_known_is_not_there_whatever_the_date_in_the_world(kept_anywhere):
    kept_anywhere.tell("secret", occurred="2021", known="2023-01-23")
    assert titles(kept_anywhere, known="2023-01-22") == []
    assert titles(kept_anywhere, known="2023-01-23") == ["secret"]
    assert titles(kept_anywhere, known="2023-01-23", at="1999") == ["secret"], "an outline shows all of valid time"


def test_a_correction_moves_a_development_from_its_own_date_on_and_a_retraction_takes_it_away(kept_anywhere):
    kept = kept_anywhere
    kept.tell("moved", occurred="2021-05")
    kept.record.correct(
        TIMELINE,
        "moved",
        known=parse_date("2022-01-01"),
        reason=Reason.FINER_DATE,
        content=told(occurred="2021-05-20"),
    )
    revision = kept.tell("other", occurred="2023-01-01").revision
    kept.record.retract(TIMELINE, "moved", known=parse_date("2024-01-01"), reason="withdrawn")

    def occurred(**asked: Any) -> str:
        return next((one.occurred for one in outline(kept, **asked).occurrences if one.slug == "moved"), "")

    assert occurred(known="2021-12-31") == "2021-05"
    assert occurred(known="2022-01-01") == "2021-05-20"
    assert occurred() == ""
    assert occurred(revision=int(revision)) == "2021-05-20"
    assert occurred(revision=int(revision) - 2) == "2021-05"


def test_a_past_revision_shows_what_the_record_held_then(kept_anywhere):
    kept = kept_anywhere
    first = kept.tell("first", occurred="2021-01-01").revision
    kept.tell("second", occurred="2022-01-01")
    assert titles(kept, revision=int(first)) == ["first"]
    assert titles(kept) == ["first", "second"]
    before = outline(kept, revision=int(first))
    kept.tell("third", occurred="2020-01-01", known="2020-01-01")
    assert outline(kept, revision=int(first)) == before


def test_a_course_goes_through_its_stages_and_on_until_somebody_knows_of_its_end(in_court):
    in_court.tell("filed", suit("filed"), occurred="2023-02")
    in_court.tell("amended", suit("amended"), occurred="2023-09-01")
    [course] = outline(in_court).courses
    assert (course.kind, course.name, course.parties) == ("lawsuit", "Doe v. Acme", frozenset({CASE}))
    assert course.key == (("subject", CASE), ("attribute", "lawsuit"))
    assert course.begins == bounds("2023-02")
    assert course.ends[1] == MAX_INSTANT
    assert [stage.text for stage in course.stages] == ["filed", "amended"]
    assert course.stages[0].until == course.stages[1].start == parse_date("2023-09-01").earliest


def test_a_course_is_over_when_it_is_settled_though_it_stays_settled(in_court):
    in_court.tell("filed", suit("filed"), occurred="2023-02-01")
    in_court.tell("settled", suit("settled"), occurred="2024-06")
    [course] = outline(in_court).courses
    assert course.ends == bounds("2024-06")
    [before] = outline(in_court, known="2024-01-01").courses
    assert before.ends[1] == MAX_INSTANT, "nobody knew that then"


def test_a_course_that_was_ended_has_the_bounds_of_its_end(in_court):
    in_court.tell("filed", suit("filed"), occurred="2023-02-01")
    in_court.tell("over", {"subject": CASE, "attribute": "lawsuit", "end": True}, occurred="2024-05-06")
    [course] = outline(in_court).courses
    assert course.ends == bounds("2024-05-06")
    assert [stage.text for stage in course.stages] == ["filed"], "that it may have ended is no stage"


def test_a_course_whose_own_end_was_known_has_the_bounds_of_that(in_court):
    in_court.tell("filed", suit("filed", until="2024-03"), occurred="2023-02-01")
    [course] = outline(in_court).courses
    assert course.ends == bounds("2024-03")


def test_the_floor_of_trust_counts_for_courses(in_court):
    in_court.tell("filed", suit("filed"), occurred="2023-02-01", standing="alleged")
    assert outline(in_court).courses == ()
    assert len(outline(in_court, standing="alleged").courses) == 1


def test_learnings_are_every_moment_at_which_knowledge_of_a_development_changed(kept_anywhere):
    kept = kept_anywhere
    revision = kept.tell("a", occurred="2021-05-04", known="2021-06-01").revision
    kept.record.correct(
        TIMELINE,
        "a",
        known=parse_date("2023-01-01"),
        reason=Reason.NEW_INFORMATION,
        content=told(occurred="2021-05-05"),
    )
    with kept.archive.snapshot() as snapshot:
        first, second = learnings_at(snapshot, TIMELINE, snapshot.head)
        assert (first.occurred, first.known, first.number) == (
            parse_date("2021-05-04").earliest,
            parse_date("2021-06-01").latest,
            1,
        )
        assert (second.occurred, second.known, second.number) == (
            parse_date("2021-05-05").earliest,
            parse_date("2023-01-01").latest,
            2,
        )
        assert learnings_at(snapshot, TIMELINE, revision) == (first,)


def test_a_timeline_that_there_was_not_yet_is_told(kept):
    with kept.archive.snapshot() as snapshot:
        with pytest.raises(UnknownTimeline):
            outline_at(snapshot, "nowhere", snapshot.basis(None, None, None, None))
        with pytest.raises(UnknownTimeline):
            learnings_at(snapshot, TIMELINE, Revision(0))
