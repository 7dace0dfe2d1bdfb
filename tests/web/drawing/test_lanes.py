"""Lanes: marks that never touch, names that never run into each other, and courses with open ends."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.web.drawing.courses import SIZE as COURSE_SIZE
from api.web.drawing.lanes import COURSE_ROW, ROW, Lane, Rules, lane_of
from api.web.drawing.lettering import width_of
from api.web.drawing.marks import BESIDE, SIZE, Mark
from projections.outline import Stage
from tests.web.drawing.outlined import LEFT, RIGHT, course, daily, instant, occurrence, scale

SPANS = ("2023", "2014/2026", "2023-11-01/2023-11-30", "2023-11-17/2023-11-19")
DAYS = st.integers(0, 30 * 365).map(lambda day: f"{2000 + day // 365}-{day // 31 % 12 + 1:02}-{day % 28 + 1:02}")
DATES = st.one_of(
    DAYS, DAYS.map(lambda day: day[:7]), DAYS.map(lambda day: day[:4] + "?"), DAYS.map(lambda day: f"{day}~")
)


def lane(occurrences=(), courses=(), span="2023", rules=None, **edges) -> Lane:
    found = lane_of("board", occurrences, courses, scale(span, **edges), 50, rules or Rules())
    assert found is not None
    return found


def reach(mark: Mark) -> tuple[float, float]:
    """From where to where a mark and its name lie."""
    left, right = mark.x - mark.half, mark.x + mark.half
    if mark.name:
        wide = BESIDE + width_of(mark.name, SIZE)
        left, right = (mark.x - wide, right) if mark.is_name_left else (left, mark.x + wide)
    return left, right


def nothing_touches(found: Lane, left: float = LEFT, right: float = RIGHT) -> None:
    for row in range(found.rows):
        reaches = [reach(mark) for mark in found.marks if mark.row == row]
        assert reaches == sorted(reaches), "marks are in the order of time"
        assert all(one[1] < other[0] for one, other in pairwise(reaches)), reaches
        assert all(left - 0.01 <= one[0] and one[1] <= right + 0.01 for one in reaches)
    for row in {bar.row for bar in found.bars}:
        bars = sorted(
            (bar.x, bar.right + (0 if bar.is_inside or not bar.name else 6 + width_of(bar.name, COURSE_SIZE)))
            for bar in found.bars
            if bar.row == row
        )
        assert all(one[1] < other[0] for one, other in pairwise(bars)), bars


@given(
    st.lists(st.tuples(DATES, st.integers(1, 9)), min_size=1, max_size=300),
    st.sampled_from(SPANS),
    st.integers(1, 3),
    st.sampled_from([280, 760, 2400]),
)
def test_whatever_happened_every_development_has_one_mark_and_none_touches_another(told, span, rows, right):
    given_ones = [occurrence(f"d{number}", date, weight=weight) for number, (date, weight) in enumerate(told)]
    found = lane_of("board", given_ones, (), scale(span, 2, right), 0, Rules(rows=rows))
    view = scale(span).view
    seen = [one.slug for one in given_ones if view.start <= one.latest and one.earliest <= view.end]
    if found is None:
        assert seen == []
        return
    assert sorted(member.slug for mark in found.marks for member in mark.members) == sorted(seen)
    assert found.size == len(seen)
    nothing_touches(found, 2, right)


def test_nothing_in_view_makes_no_lane():
    assert (
        lane_of("board", [occurrence("early", "2019")], [course("Old", "2010", "2011")], scale("2023"), 0, Rules())
        is None
    )


def test_the_same_outline_is_always_drawn_the_same_whatever_its_order():
    given_ones = daily(40)
    first = lane(given_ones)
    assert lane(given_ones[::-1]) == first


def test_rows_are_as_many_as_are_worth_it():
    assert lane(daily(3)).rows == 1
    assert lane(daily(20)).rows == 2
    assert lane(daily(60), rules=Rules(rows=3)).rows == 3


def test_the_most_told_is_named_first():
    quiet = occurrence("quiet", "2023-06-10", title="A quiet matter with a very long name")
    loud = occurrence("loud", "2023-06-20", title="A loud matter with a very long name too", weight=9)
    names = {mark.members[0].slug: mark for mark in lane([quiet, loud], rules=Rules(rows=1)).marks}
    assert len(names["loud"].name) >= len(names["quiet"].name)
    assert names["loud"].name.startswith("A loud matter")


def test_what_is_too_close_to_be_told_apart_shares_a_mark_with_its_number():
    [mark] = lane([occurrence(f"d{number}", "2023-05-04") for number in range(12)], rules=Rules(rows=1)).marks
    assert mark.number == "12"
    assert mark.name == ""
    assert mark.time == (instant("2023-05-04"), instant("2023-05-05") - 1)


def test_a_date_not_known_to_the_day_is_drawn_over_the_time_it_may_have_been():
    for written in ("2023-06", "2023-06-10~", "2023?"):
        [mark] = lane([occurrence("vague", written)]).marks
        assert mark.extent is not None, written
        one = mark.members[0]
        assert mark.extent == (scale("2023").within(one.earliest), scale("2023").within(one.latest))
        assert mark.extent[0] <= mark.x <= mark.extent[1]
    [exact] = lane([occurrence("exact", "2023-06-10T12:00Z")]).marks
    assert exact.extent is None
    [far] = lane([occurrence("vague", "2023-06")], span="1500/2026").marks
    assert far.extent is None, "what is too narrow to be seen is not drawn"


def test_what_does_not_fit_is_dimmed_and_a_shared_mark_only_if_none_of_it_fits():
    pair = [occurrence("a", "2023-05-04"), occurrence("b", "2023-05-04"), occurrence("c", "2023-09-01")]
    found = lane(pair, rules=Rules(rows=1, fits=lambda one: one.slug == "a"))
    assert [mark.is_dim for mark in found.marks] == [False, True]


class TestCrowdedLanes:
    def test_developments_are_counted_by_months_and_the_most_told_are_named_below(self):
        found = lane(daily(300))
        counted = [mark for mark in found.marks if mark.cell]
        assert len(counted) == 12
        assert next(mark.period for mark in counted) == (instant("2023-01-01"), instant("2023-02-01") - 1)
        named = [mark for mark in found.marks if mark.row == 1]
        assert 3 <= len(named) <= 5
        assert all(mark.name and mark.weight == 5 for mark in named)
        assert sum(len(mark.members) for mark in found.marks) == 300

    def test_a_cell_spans_the_period_that_it_counts(self):
        drawn = scale("2023")
        for mark in lane(daily(300)).marks:
            if mark.cell and mark.period:
                assert drawn.within(mark.period[0]) <= mark.cell[0] < mark.cell[1] <= drawn.within(mark.period[1] + 1)
                assert all(mark.period[0] <= one.latest and one.earliest <= mark.period[1] for one in mark.members)

    def test_how_many_there_are_is_seen_from_afar(self):
        sizes = {
            mark.crowding: len(mark.members) for mark in lane([*daily(600), *daily(4, 2022)], span="2022/2023").marks
        }
        assert max(sizes) == 3
        assert sizes[3] >= 40

    def test_thousands_are_told_in_short(self):
        [mark] = [m for m in lane([occurrence(f"d{n}", "2023-05-04") for n in range(2500)]).marks if m.cell]
        assert mark.number == "2k"

    def test_a_count_of_what_may_have_happened_at_another_time_says_so(self):
        vague = [occurrence(f"v{number}", "2023?") for number in range(200)]
        [mark] = [mark for mark in lane(vague, span="2023-06").marks if mark.cell]
        assert mark.is_loose
        assert not any(mark.is_loose for mark in lane(daily(300)).marks if mark.cell)

    def test_what_fits_is_named_first_and_a_count_of_nothing_that_fits_is_dimmed(self):
        found = lane(daily(300), rules=Rules(fits=lambda one: one.slug in {"d7", "d8"}))
        assert [mark.members[0].slug for mark in found.marks if mark.row == 1 and not mark.is_dim] == ["d8"]
        assert sum(1 for mark in found.marks if mark.cell and not mark.is_dim) == 1

    def test_a_period_with_one_development_has_its_mark(self):
        alone = occurrence("alone", "2022-03-15")
        marks = lane([alone, *daily(200)], span="2022/2023").marks
        assert next(mark for mark in marks if mark.members == [alone]).cell is None


class TestCourses:
    def test_one_without_an_end_goes_on_to_the_edge_and_has_none(self):
        [bar] = lane(courses=[course("Doe v. Acme", "2023-03-01")]).bars
        assert (bar.goes_on, bar.begins_here, bar.ends_here) == (True, True, False)
        assert bar.right == bar.soft_right == RIGHT

    def test_one_that_began_before_and_ends_after_is_cut_at_both_edges(self):
        [bar] = lane(courses=[course("Doe v. Acme", "2020-03-01", "2025-01-01")]).bars
        assert (bar.x, bar.right) == (LEFT, RIGHT)
        assert (bar.goes_on, bar.begins_here, bar.ends_here) == (False, False, False)

    def test_uncertain_bounds_are_soft(self):
        [bar] = lane(courses=[course("Doe v. Acme", "2023-02", "2023-10")]).bars
        drawn = scale("2023")
        assert (bar.x, bar.soft_left) == (drawn.x(instant("2023-02")), drawn.x(instant("2023-03") - 1))
        assert (bar.soft_right, bar.right) == (drawn.x(instant("2023-10")), drawn.x(instant("2023-11") - 1))
        [sharp] = lane(courses=[course("Doe v. Acme", "2023-02-03", "2023-10-05")]).bars
        assert sharp.soft_left - sharp.x < 3
        assert sharp.right - sharp.soft_right < 3

    def test_a_turn_is_marked_where_a_stage_begins_in_view(self):
        stages = [
            Stage(instant(day), instant("2024"), day) for day in ("2022-01-01", "2023-05-01", "2023-09-01", "2025")
        ]
        [bar] = lane(courses=[course("Doe v. Acme", "2022-01-01", stages=stages)]).bars
        assert bar.turns == (scale("2023").x(instant("2023-05-01")), scale("2023").x(instant("2023-09-01")))

    def test_those_without_room_are_told_of_and_the_long_ones_come_first(self):
        short = [course(f"Short {number}", "2023-06-01", "2023-06-10") for number in range(4)]
        found = lane(courses=[*short, course("Long", "2023-01-01")], rules=Rules(course_rows=3))
        assert found.bars[0].course.name == "Long"
        assert len(found.bars) + len(found.unshown) == 5
        assert found.unshown_attribute == "lawsuit"
        nothing_touches(found)

    @given(st.lists(st.tuples(DAYS, st.none() | st.integers(1, 900)), max_size=40), st.sampled_from(SPANS))
    def test_no_course_ever_lies_over_another(self, told, span):
        courses = [
            course(f"Case {number}", begins, None if length is None else f"{int(begins[:4]) + length // 300}-12-30")
            for number, (begins, length) in enumerate(told)
        ]
        found = lane_of("lawsuit", (), courses, scale(span), 0, Rules())
        if found is not None:
            nothing_touches(found)
            assert all(LEFT <= bar.x < bar.right <= RIGHT for bar in found.bars)

    def test_rows_of_courses_lie_below_the_marks(self):
        found = lane(daily(2), [course("Doe v. Acme", "2023-03-01")])
        assert found.middle(0) == 50 + ROW / 2
        assert found.course_top(0) >= 50 + ROW
        assert found.height == ROW + COURSE_ROW


@pytest.mark.parametrize("narrow", [280, 320])
def test_on_the_narrowest_paper_marks_stay_inside(narrow):
    nothing_touches(lane(daily(30), left=2, right=narrow), 2, narrow)
