"""What may follow in a development, and how what may not is refused: every refusal names the field and the remedy."""

from __future__ import annotations

from typing import Any

import pytest

from tests.timeline.telling import CLERICAL, FINER, NEWS, SLUG, TIMELINE, Telling, content, date, source, url, words
from timeline.aggregates import DescribedEntity, Development, Timeline, fold
from timeline.dates import parse_date
from timeline.entities import Entity, EntityKind
from timeline.errors import AlreadyExists, Conflict, InvalidInput
from timeline.events import EntityDescribed, Reason, RetractionReason, TimelineDescribed, TimelineOpened
from timeline.names import development_id, entity_id, timeline_id
from timeline.standing import Standing

AT = "2025-01-01T00:00:00Z"
WITHDRAWN = RetractionReason.WITHDRAWN
STRUCK = RetractionReason.CLERICAL


def development(*more) -> Development:
    """A development known since March 2020, resting on source "one"; `more` are makers of further events."""
    tell = Telling()
    events = [tell.recorded("2020-03", content("one"))]
    events += [make(tell) for make in more]
    folded = fold(events)
    assert isinstance(folded, Development)
    return folded


def retracted() -> Development:
    return development(lambda tell: tell.retracted("2022"))


def struck() -> Development:
    return development(lambda tell: tell.retracted())


def correct(of: Development, told, *, reason=NEWS, known="2021", version=None):
    return of.correct(reason=reason, content=told, known=date(known), version=version, recorded_at=AT)


def withdraw(of: Development, name: str, known="2021"):
    return of.withdraw_source(url=url(name), known=date(known), recorded_at=AT)


def retract(of: Development, reason=WITHDRAWN, known="2021"):
    return of.retract(reason=reason, known=date(known), recorded_at=AT)


def add(of: Development, name: str, known=None, published=None):
    return of.add_source(source=source(name, published), known=date(known), recorded_at=AT)


def stand(of: Development, standing: Standing, known="2021"):
    return of.change_standing(standing=standing, known=date(known), recorded_at=AT)


# aggregates from their events


def test_a_development_remembers_its_versions_and_counts_its_events():
    found = development(
        lambda tell: tell.corrected(content("two"), known="2021"), lambda tell: tell.sourced("2022", "b")
    )
    assert (found.id, found.version, found.timeline, found.slug) == (development_id(TIMELINE, SLUG), 3, TIMELINE, SLUG)
    assert [words(version.content) for version in found.versions] == ["one", "two", "two"]


def test_a_timeline_reads_as_it_was_described_last():
    told: dict[str, Any] = {"originator_id": timeline_id(TIMELINE), "recorded_at": AT, "timeline": TIMELINE}
    opened = TimelineOpened(**told, originator_version=1, title="Acme and Globex")
    described = TimelineDescribed(**told, originator_version=2, title="Globex and Acme", parties=("acme",))
    assert fold([opened, described]) == Timeline(
        timeline_id(TIMELINE), 2, TIMELINE, title="Globex and Acme", summary="", parties=("acme",)
    )


def test_an_entity_reads_as_it_was_described_last():
    told: dict[str, Any] = {"originator_id": entity_id(TIMELINE, "acme"), "recorded_at": AT, "timeline": TIMELINE}
    acme = Entity(id="acme", name="Acme", kind=EntityKind.ORGANISATION)
    renamed = acme.model_copy(update={"name": "Acme Group"})
    events = [EntityDescribed(**told, originator_version=n, entity=e) for n, e in ((1, acme), (2, renamed))]
    assert fold(events) == DescribedEntity(entity_id(TIMELINE, "acme"), 2, TIMELINE, renamed)


# what may follow


def test_a_decision_is_the_next_event_of_its_development():
    event = correct(development(), content("two"))
    assert (event.originator_id, event.originator_version) == (development_id(TIMELINE, SLUG), 2)
    assert (event.timeline, event.slug, event.recorded_at) == (TIMELINE, SLUG, AT)
    assert (event.reason, event.known, event.version) == (NEWS, parse_date("2021"), None)


def test_a_clerical_correction_names_the_version_it_rewrites_even_if_nobody_did():
    two_versions = development(lambda tell: tell.corrected(content("two"), known="2021"))
    assert correct(two_versions, content("too"), reason=CLERICAL, known=None).version == 2
    assert correct(two_versions, content("won"), reason=CLERICAL, known=None, version=1).version == 1


def test_a_clerical_correction_may_mend_only_a_known_and_to_an_earlier_one():
    assert correct(development(), content("one"), reason=CLERICAL, known="2019").known == parse_date("2019")


def test_a_clerical_correction_with_nothing_new_brings_back_what_was_struck():
    assert correct(struck(), content("one"), reason=CLERICAL, known=None).version == 1


def test_a_finer_date_may_narrow_any_date():
    event = correct(development(), content("one", occurred="2024-03-04T12:00Z"), reason=FINER)
    assert event.content.occurred == parse_date("2024-03-04T12:00Z")


def test_a_withdrawn_source_leaves_a_content_without_it():
    event = withdraw(development(lambda tell: tell.sourced("2020-04", "b")), "one")
    assert event.reason is Reason.SOURCE_WITHDRAWN
    assert (event.source, event.content) == (url("one"), content("one", sources=("b",)))


def test_after_a_retraction_a_correction_may_reinstate():
    assert correct(retracted(), content("one"), known="2023").content == content("one")


def test_after_a_clerical_retraction_any_known_is_as_good_as_another():
    assert correct(struck(), content("one"), known="2010").known == parse_date("2010")


@pytest.mark.parametrize(
    ("published", "known"),
    [(None, "2020-03"), ("2020-01-01", "2020-03"), ("2020-06-01", "2020-06-01")],
    ids=["undated", "older than the development", "newer"],
)
def test_an_added_source_counts_from_its_publication_but_not_before_what_it_speaks_of(published, known):
    assert add(development(), "b", published=published).known == parse_date(known)


def test_a_standing_changes_from_a_known_on():
    event = stand(development(), Standing.CONFIRMED)
    assert (event.standing, event.known) == (Standing.CONFIRMED, parse_date("2021"))


# what may not


REFUSALS = {
    "a correction without a known": (lambda: correct(development(), content("two"), known=None), InvalidInput, "known"),
    "a correction known before the development": (
        lambda: correct(development(), content("two"), known="2020-02"),
        InvalidInput,
        "known",
    ),
    "a correction that changes nothing": (lambda: correct(development(), content("one")), InvalidInput, "content"),
    "new information about a version": (
        lambda: correct(development(), content("two"), version=1),
        InvalidInput,
        "version",
    ),
    "a correction by a withdrawn source": (
        lambda: correct(development(), content("two"), reason=Reason.SOURCE_WITHDRAWN),
        InvalidInput,
        "reason",
    ),
    "a clerical correction that changes nothing": (
        lambda: correct(development(), content("one"), reason=CLERICAL, known=None),
        InvalidInput,
        "content",
    ),
    "a clerical correction to the same known": (
        lambda: correct(development(), content("one"), reason=CLERICAL, known="2020-03"),
        InvalidInput,
        "content",
    ),
    "a clerical correction of no version": (
        lambda: correct(development(), content("two"), reason=CLERICAL, known=None, version=7),
        InvalidInput,
        "version",
    ),
    "a finer date that is coarser": (
        lambda: correct(development(), content("one", occurred="2024"), reason=FINER),
        InvalidInput,
        "occurred",
    ),
    "a finer date with news": (
        lambda: correct(development(), content("one", title="News"), reason=FINER),
        InvalidInput,
        "title",
    ),
    "a finer date of what is retracted": (
        lambda: correct(retracted(), content("one", occurred="2024-03-04T12:00Z"), reason=FINER, known="2023"),
        Conflict,
        "known",
    ),
    "a withdrawn source it does not rest on": (lambda: withdraw(development(), "b"), InvalidInput, "source"),
    "a withdrawn source without a known": (
        lambda: withdraw(development(), "one", known=None),
        InvalidInput,
        "known",
    ),
    "a withdrawn source of what is retracted": (lambda: withdraw(retracted(), "one", "2023"), Conflict, "known"),
    "a retraction without a known": (lambda: retract(development(), known=None), InvalidInput, "known"),
    "a retraction before the development": (lambda: retract(development(), known="2019"), InvalidInput, "known"),
    "a second retraction": (lambda: retract(retracted(), known="2023"), Conflict, "known"),
    "a clerical retraction with a known": (lambda: retract(development(), STRUCK), InvalidInput, "known"),
    "a second clerical retraction": (lambda: retract(struck(), STRUCK, known=None), Conflict, None),
    "a source it rests on already": (lambda: add(development(), "one"), AlreadyExists, "source.url"),
    "a source before the development": (lambda: add(development(), "b", known="2019"), InvalidInput, "known"),
    "a source of what is retracted": (lambda: add(retracted(), "b", known="2023"), Conflict, "known"),
    "a source of what was struck": (lambda: add(struck(), "b"), Conflict, "known"),
    "the standing it has": (lambda: stand(development(), Standing.REPORTED), InvalidInput, "standing"),
    "a standing without a known": (
        lambda: stand(development(), Standing.ALLEGED, known=None),
        InvalidInput,
        "known",
    ),
    "a standing of what is retracted": (lambda: stand(retracted(), Standing.ALLEGED, "2023"), Conflict, "known"),
}


@pytest.mark.parametrize(("decide", "error", "field"), REFUSALS.values(), ids=REFUSALS)
def test_it_refuses(decide, error, field):
    with pytest.raises(error) as caught:
        decide()
    assert type(caught.value) is error
    assert caught.value.field == field
    assert caught.value.message.endswith(".")
    assert caught.value.remedy


def test_at_a_known_before_its_retraction_a_development_can_still_change():
    assert stand(retracted(), Standing.CONFIRMED, known="2021").known == parse_date("2021")
