"""The whole drawing: what is in view at first, what is dimmed, and what looking closer can show."""

from __future__ import annotations

from itertools import pairwise

import pytest

from api.web.drawing.picture import Looking, drawing_of
from api.web.drawing.plane import plane_of
from api.web.drawing.scale import View
from projections.outline import Learning, Outline
from tests.web.drawing.outlined import course, daily, instant, occurrence
from timeline.basis import At, Basis, Known, Revision
from timeline.developments.kinds import KINDS

NOW = instant("2024-06-01")
BASIS = Basis(At(instant("2023-11-19")), Known(instant("2024-01-01")), Revision(1))


def outline(occurrences=(), courses=()):
    return Outline(tuple(sorted(occurrences, key=lambda one: one.earliest)), tuple(courses))


def drawn(given, **looking):
    return drawing_of(given, BASIS, NOW, Looking(**looking))


def test_lanes_are_in_the_order_of_kinds_and_do_not_overlap():
    kinds = ("lawsuit", "board", "investment")
    found = drawn(
        outline([occurrence(kind, "2023-05-01", kind=kind) for kind in kinds], [course("Doe v. Acme", "2023")])
    )
    assert [lane.kind for lane in found.lanes] == [kind for kind in KINDS if kind in kinds]
    assert all(one.top + one.height < other.top for one, other in pairwise(found.lanes))
    assert found.axis < found.lanes[0].top
    assert found.lanes[-1].top + found.lanes[-1].height < found.height


def test_at_first_all_is_in_view_but_the_few_developments_of_long_ago():
    recent = daily(60)
    assert drawn(outline(recent)).view == drawn(outline(recent)).whole
    found = drawn(outline([occurrence("ancient", "1975-04-04"), *recent]))
    assert found.view.start > instant("2022")
    assert found.whole.start < instant("1975-04-04")
    assert (found.earlier, found.later) == (1, 0)
    assert found.zooms()["earlier"] is not None
    assert found.zooms()["later"] is None


def test_nothing_at_all_is_drawn_as_a_year_without_lanes():
    found = drawn(outline())
    assert found.lanes == ()
    assert found.ticks


def test_the_clocks_lie_where_their_dates_lie():
    found = drawn(outline(daily(10)))
    assert found.at == found.scale.x(BASIS.at)
    assert found.known == found.scale.x(BASIS.known)
    assert found.at < found.known < found.now <= found.scale.right


def test_words_kinds_and_parties_dim_the_rest_and_are_counted():
    given = outline(
        [
            occurrence("a", "2023-01-01", title="The Board meets"),
            occurrence("b", "2023-04-01", title="The board is dissolved", parties=frozenset({"globex"})),
            occurrence("c", "2023-08-01", title="Something else", kind="safety"),
        ],
        [course("Board v. Acme", "2023")],
    )
    assert drawn(given).fitting is None
    for looking, fitting in (
        ({"find": "BOARD the"}, 2),
        ({"find": "board", "party": "globex"}, 1),
        ({"kinds": ("safety",)}, 1),
        ({"find": "zeppelin"}, 0),
    ):
        found = drawn(given, **looking)
        assert found.fitting == fitting
        assert sum(1 for lane in found.lanes for mark in lane.marks if not mark.is_dim) == fitting
    assert [bar.is_dim for lane in drawn(given, find="board").lanes for bar in lane.bars] == [False]
    assert [bar.is_dim for lane in drawn(given, kinds=("board",)).lanes for bar in lane.bars] == [True]


@pytest.mark.parametrize(("width", "has_column"), [(280, False), (619, False), (620, True), (2400, True)])
def test_the_names_of_lanes_stand_on_the_left_where_there_is_room(width, has_column):
    found = drawn(outline(daily(10)), width=width)
    assert found.has_column is has_column
    assert found.scale.right == width - 2


def test_a_drawing_says_which_views_are_a_step_away():
    found = drawn(outline(daily(60)), view=View.read("2023-05"))
    zooms = found.zooms()
    assert all(zooms.values())
    assert zooms["in"].length * 2 == pytest.approx(found.view.length, rel=0.01)
    assert drawn(outline(daily(60)), view=View.read("2023-05-04")).zooms()["in"] is None, "no closer than the shortest"


def test_a_shared_mark_opens_as_long_as_looking_closer_may_tell_its_developments_apart():
    same_day = [occurrence(f"d{number}", "2023-05-04") for number in range(90)]

    def shared(view):
        found = drawn(outline(same_day), view=view)
        [mark] = [mark for lane in found.lanes for mark in lane.marks if len(mark.members) > 1]
        return found.opens(mark)

    assert shared(View.read("2023"))
    assert not shared(View.read("2023-05-04")), "closer than this nobody can look"
    vague = drawn(outline([occurrence(f"v{number}", "2023?") for number in range(9)]), view=View.read("2023-05"))
    assert [vague.opens(mark) for mark in vague.lanes[0].marks if len(mark.members) > 1] == [False], (
        "the year is no closer"
    )


def test_opening_counts_again_and_again_comes_to_an_end():
    given = outline([*daily(2_000), *(occurrence(f"s{number}", "2023-05-04", weight=2) for number in range(500))])
    view = drawn(given).whole
    for _ in range(12):
        found = drawn(given, view=view)
        fullest = max((mark for lane in found.lanes for mark in lane.marks), key=lambda mark: len(mark.members))
        if not found.opens(fullest):
            break
        closer = View.of(*fullest.time)
        assert closer.length < view.length
        view = closer
    assert not found.opens(fullest)


def test_the_plane_has_news_on_the_diagonal_and_what_came_out_later_above_it():
    whole = View.read("2020/2024")
    learned = [
        Learning(instant("2021-06-01"), instant("2021-06-01"), 1),
        Learning(instant("2021-06-01"), instant("2023-01-01"), 2),
        Learning(instant("2021-06-01"), instant("2023-01-01"), 2),
        Learning(instant("1999-06-01"), instant("2023-01-01"), 1),
    ]
    plane = plane_of(learned, BASIS, whole)
    assert [point.is_news for point in plane.points] == [True, False], (
        "points on one another are one; those outside none"
    )
    news, later = plane.points
    assert news.x == later.x
    assert later.y < news.y, "what is known later lies further up"
    assert plane.left < plane.at < plane.right
    assert plane.top < plane.known < plane.bottom
    assert plane.days == tuple(
        sorted({instant("2021-06-01") // 86_400_000_000, instant("2023-01-01") // 86_400_000_000})
    )
