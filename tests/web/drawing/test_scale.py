"""The scale of time: views as addresses write them, where instants lie, and where the axis is marked."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.web.drawing.lettering import width_of
from api.web.drawing.scale import DAY, SHORTEST, Scale, View, periods, ticks
from tests.web.drawing.outlined import LEFT, RIGHT, instant, scale
from timeline.errors import InvalidInput

INSTANTS = st.integers(instant("0002"), instant("9997"))
LENGTHS = st.one_of(
    st.integers(1, 40).map(lambda days: days * DAY), st.integers(40, 900_000).map(lambda days: days * DAY)
)
VIEWS = st.builds(lambda start, length: View.of(start, start + length), INSTANTS, LENGTHS)
SCALES = st.builds(Scale, VIEWS, st.floats(0, 200), st.floats(480, 2600))


def test_a_view_is_written_as_the_interval_it_was_read_from():
    for span in ("2023-11-14/2023-11-22", "2014-01-01/2026-12-31"):
        assert View.read(span).text == span
    assert View.read("2023/2024-06").text == "2023-01-01/2024-06-30"
    assert View.read("2023").text == "2023-01-01/2023-12-31"


@pytest.mark.parametrize("span", ["the weekend", "2023/2022", "../2023", "2023/..", ""])
def test_what_is_no_interval_is_refused_with_a_remedy(span):
    with pytest.raises(InvalidInput) as refused:
        View.read(span)
    assert refused.value.field == "span"
    assert refused.value.remedy == "Write an interval such as 2022/2024-06."


@given(INSTANTS, INSTANTS)
def test_a_view_is_never_shorter_than_the_shortest_nor_outside_the_years_there_are(one, other):
    view = View.of(min(one, other), max(one, other))
    assert view.length >= SHORTEST
    assert instant("0001") <= view.start < view.end


def test_zooming_keeps_the_middle_and_moving_keeps_the_length():
    view = View.read("2023")
    closer, later = view.zoomed(0.5), view.moved(0.25)
    assert (closer.start + closer.end) // 2 == pytest.approx((view.start + view.end) // 2, abs=1)
    assert closer.length == pytest.approx(view.length / 2, abs=2)
    assert later.length == pytest.approx(view.length, abs=2)
    assert later.start - view.start == pytest.approx(view.length / 4, abs=2)


def test_the_edges_of_a_view_lie_at_the_edges_of_the_paper_and_the_rest_between_in_order():
    drawn = scale("2023")
    assert drawn.x(drawn.view.start) == LEFT
    assert drawn.x(drawn.view.end) == RIGHT
    months = [drawn.x(instant(f"2023-{month:02}")) for month in range(1, 13)]
    assert months == sorted(months)
    assert drawn.x(instant("2022")) < LEFT
    assert drawn.within(instant("2022")) == LEFT
    assert drawn.within(instant("2025")) == RIGHT


@pytest.mark.parametrize(
    ("span", "labels"),
    [
        ("2014/2026", {"2014", "2016", "2026"}),
        ("1500/2020", {"1500", "1600", "2000"}),
        ("2023-01/2024-06", {"2023", "Nov", "2024"}),
        ("2023-11-10/2023-11-22", {"11 Nov", "21 Nov"}),
        ("2023-11-27/2023-12-04", {"Dec 2023", "28 Nov"}),
    ],
)
def test_the_axis_is_marked_by_years_months_or_days(span, labels):
    assert labels <= {tick.label for tick in ticks(scale(span))}


@given(SCALES)
def test_labels_of_the_axis_never_touch(drawn):
    marks = ticks(drawn)
    for one, following in pairwise(marks):
        assert one.x + width_of(one.label, 12) < following.x + 4, (one.label, following.label)
    assert all(drawn.left - 0.05 <= tick.x <= drawn.right + 0.05 for tick in marks), "rounded to a tenth"


@given(SCALES, st.floats(20, 60))
def test_periods_follow_each_other_and_have_the_width_asked_for(drawn, least):
    found = periods(drawn, least)
    assert found == sorted(set(found))
    widths = [drawn.x(end) - drawn.x(start) for start, end in pairwise(found)]
    # a month is now and then shorter than months are, and the last days of one are added to those before
    assert all(
        wide > least * 0.9 or end - start >= 28 * DAY
        for wide, (start, end) in zip(widths, pairwise(found), strict=True)
    )
