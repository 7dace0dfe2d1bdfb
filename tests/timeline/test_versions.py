"""The versions of a development, which of them counts when, and how long each statement has been known."""

from __future__ import annotations

import pytest

from tests.timeline.telling import CLERICAL, Telling, content, form, statements, word, words
from timeline.dates import MAX_INSTANT, parse_date
from timeline.standing import Standing
from timeline.versions import Version, advance, content_at, in_force, latest, stated, version_at

TELL = Telling()


def told(*events) -> tuple[Version, ...]:
    """The versions after events at positions 1, 2, 3 …"""
    versions: tuple[Version, ...] = ()
    for position, event in enumerate(events, start=1):
        versions = advance(versions, event, position)
    return versions


def forces(*events) -> list[tuple[str, str]]:
    """What was said, and since which `known` it counted."""
    return [(words(force.version.content), force.version.known.text) for force in in_force(told(*events))]


def since(*events) -> list[tuple[str, int, int, int]]:
    """Every statement: its word, the version, the year since which it is known, and its position."""
    years = {parse_date(f"{year}").latest: year for year in range(2019, 2031)}
    return [
        (word(made.statement.value), made.version, years[made.known_since], made.position)
        for made in stated(told(*events), statements)
    ]


# which counts


def test_the_record_counts_from_its_known_on_for_good():
    (force,) = in_force(told(TELL.recorded("2020-03-05", content("one"))))
    assert force.version.number == 1
    assert force.version.cause == "development"
    assert force.known_from == parse_date("2020-03-05").latest
    assert force.known_until == MAX_INSTANT


def test_a_coarse_known_counts_from_its_last_instant():
    versions = told(TELL.recorded("2020", content("one")))
    assert version_at(versions, parse_date("2020-12-31").latest - 1) is None
    assert version_at(versions, parse_date("2020-12-31").latest) is not None


def test_of_a_known_that_never_ends_nothing_ever_counts():
    assert forces(TELL.recorded("2020/..", content("one"))) == []


def test_a_correction_opens_a_version_at_its_own_known():
    assert forces(
        TELL.recorded("2020", content("one")),
        TELL.corrected(content("two"), known="2022"),
    ) == [("one", "2020"), ("two", "2022")]


def test_a_correction_known_earlier_leaves_the_later_one_in_force():
    assert forces(
        TELL.recorded("2020", content("one")),
        TELL.corrected(content("three"), known="2024"),
        TELL.corrected(content("two"), known="2022"),
    ) == [("one", "2020"), ("two", "2022"), ("three", "2024")]


def test_of_two_with_the_same_known_the_later_recorded_counts():
    assert forces(
        TELL.recorded("2020", content("one")),
        TELL.corrected(content("two"), known="2020"),
    ) == [("two", "2020")]


def test_a_clerical_correction_rewrites_the_latest_version():
    versions = told(
        TELL.recorded("2020", content("one")),
        TELL.corrected(content("two"), known="2022"),
        TELL.corrected(content("too"), reason=CLERICAL),
    )
    assert [(v.number, words(v.content), v.known.text, v.position, v.touched) for v in versions] == [
        (1, "one", "2020", 1, 1),
        (2, "too", "2022", 2, 3),
    ]


def test_a_clerical_correction_can_name_its_version_and_later_ones_stay():
    assert forces(
        TELL.recorded("2020", content("one")),
        TELL.corrected(content("two"), known="2022"),
        TELL.corrected(content("won"), reason=CLERICAL, version=1),
    ) == [("won", "2020"), ("two", "2022")]


def test_a_clerical_correction_can_mend_a_known_and_so_change_the_order():
    assert forces(
        TELL.recorded("2020", content("one")),
        TELL.corrected(content("two"), known="2022"),
        TELL.corrected(content("one"), reason=CLERICAL, version=1, known="2024"),
    ) == [("two", "2022"), ("one", "2024")]


def test_a_retraction_takes_everything_back_from_its_known_on():
    assert forces(TELL.recorded("2020", content("one")), TELL.retracted("2022")) == [("one", "2020"), ("-", "2022")]


def test_a_correction_reinstates_what_was_retracted():
    assert forces(
        TELL.recorded("2020", content("one")),
        TELL.retracted("2022"),
        TELL.corrected(content("two"), known="2024"),
    ) == [("one", "2020"), ("-", "2022"), ("two", "2024")]


def test_a_clerical_retraction_strikes_every_version():
    versions = told(
        TELL.recorded("2020", content("one")), TELL.corrected(content("two"), known="2022"), TELL.retracted()
    )
    assert in_force(versions) == ()
    assert version_at(versions, MAX_INSTANT) is None
    assert latest(versions).number == 2


def test_a_clerical_correction_brings_back_the_one_version_that_it_rewrites():
    assert forces(
        TELL.recorded("2020", content("one")),
        TELL.corrected(content("two"), known="2022"),
        TELL.retracted(),
        TELL.corrected(content("won"), reason=CLERICAL, version=1),
    ) == [("won", "2020")]


def test_after_a_clerical_retraction_new_information_starts_afresh():
    assert forces(
        TELL.recorded("2020", content("one")),
        TELL.retracted(),
        TELL.corrected(content("two"), known="2019"),
    ) == [("two", "2019")]


def test_a_withdrawn_source_leaves_the_others():
    versions = told(
        TELL.recorded("2020", content("one", sources=("a", "b"))),
        TELL.withdrawn_source(content("one", sources=("b",)), known="2022", name="a"),
    )
    assert latest(versions).cause == "source-withdrawn"
    assert latest(versions).content == content("one", sources=("b",))


def test_with_no_source_left_the_development_counts_as_retracted():
    assert forces(
        TELL.recorded("2020", content("one", sources=("a",))),
        TELL.withdrawn_source(content("one", sources=()), known="2022", name="a"),
    ) == [("one", "2020"), ("-", "2022")]


def test_an_added_source_joins_those_that_stood_at_its_known():
    versions = told(TELL.recorded("2020", content("one", sources=("a",))), TELL.sourced("2022", "b"))
    assert latest(versions).content == content("one", sources=("a", "b"))


def test_a_changed_standing_changes_nothing_else():
    before, after = content("one"), content("one").model_copy(update={"standing": Standing.CONFIRMED})
    assert latest(told(TELL.recorded("2020", before), TELL.stood("2022", Standing.CONFIRMED))).content == after


@pytest.mark.parametrize("known", ["2019", "2022"])
def test_where_nothing_was_said_no_source_can_be_added(known):
    versions = told(TELL.recorded("2020", content("one")), TELL.retracted("2021"))
    with pytest.raises(ValueError, match=f"said nothing at {known}"):
        content_at(versions, parse_date(known))


# how long it has been known


def test_a_fact_that_a_correction_leaves_as_it_was_keeps_its_first_known_and_position():
    assert since(
        TELL.recorded("2020", content("one", "two")),
        TELL.corrected(content("two", "three"), known="2022"),
    ) == [
        ("one", 1, 2020, 1),
        ("two", 1, 2020, 1),
        ("two", 2, 2020, 1),
        ("three", 2, 2022, 2),
    ]


@pytest.mark.parametrize(
    "changed",
    [
        content("one", standing="confirmed"),
        content("one", occurred="2024-03"),
        content(facts=(form("one", value={"type": "text", "text": "one", "note": "for now"}),)),
        content(facts=(form("one", until="2030"),)),
    ],
    ids=["standing", "since", "note", "until"],
)
def test_a_fact_that_changes_in_any_way_is_as_old_as_its_change(changed):
    assert since(TELL.recorded("2020", content("one")), TELL.corrected(changed, known="2022"))[1] == ("one", 2, 2022, 2)


def test_a_fact_that_was_taken_back_in_between_is_new_again():
    assert since(
        TELL.recorded("2020", content("one")),
        TELL.retracted("2022"),
        TELL.corrected(content("one"), known="2024"),
    ) == [("one", 1, 2020, 1), ("one", 3, 2024, 3)]


def test_a_version_that_turns_up_in_between_breaks_the_run():
    assert since(
        TELL.recorded("2020", content("one")),
        TELL.corrected(content("one", title="Another title"), known="2024"),
        TELL.corrected(content("two"), known="2022"),
    ) == [("one", 1, 2020, 1), ("two", 3, 2022, 3), ("one", 2, 2024, 2)]


def test_a_clerical_correction_counts_as_if_it_had_been_right_all_along():
    assert since(
        TELL.recorded("2020", content("one")),
        TELL.corrected(content("two"), reason=CLERICAL),
    ) == [("two", 1, 2020, 1)]


def test_the_same_said_twice_is_matched_one_by_one():
    assert since(
        TELL.recorded("2020", content("one")),
        TELL.corrected(content("one", "one"), known="2022"),
    )[1:] == [("one", 2, 2020, 1), ("one", 2, 2022, 2)]


def test_sources_alone_do_not_make_a_fact_new():
    versions = told(TELL.recorded("2020", content("one", sources=("a",))), TELL.sourced("2022", "b"))
    assert latest(versions).content == content("one", sources=("a", "b"))
    assert [made.known_since for made in stated(versions, statements)] == [parse_date("2020").latest] * 2
