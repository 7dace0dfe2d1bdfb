"""Where boxes stand: beside their poles, in a fixed order, none on top of another."""

from __future__ import annotations

from api.web.graph.arranging import COLUMN, GAP, Box, Plan, arranged

ACME, GLOBEX = Box("acme", 80, 30), Box("globex", 90, 30)


def box(name: str, *poles: int, height: float = 26, **more) -> Box:
    return Box(name, 120, height, (0, name), poles, **more)


def placed(*boxes: Box, **more):
    return arranged([Plan((ACME, GLOBEX), boxes, **more)]).centres


def test_what_hangs_on_one_pole_stands_outside_it_and_what_hangs_on_both_between_them():
    at = placed(box("left", 0), box("right", 1), box("both", 0, 1))
    assert at["left"][0] < at["acme"][0] < at["both"][0] < at["globex"][0] < at["right"][0]
    assert at["acme"][1] == at["globex"][1]


def test_a_column_is_in_the_order_of_its_ranks():
    at = placed(*(box(name, 0) for name in ("c", "a", "b")))
    assert at["a"][1] < at["b"][1] < at["c"][1]


def test_between_the_poles_there_is_room_for_what_joins_them():
    at = placed(*(box(name, 0, 1) for name in "abcd"), fan=100.0)
    middle = at["acme"][1]
    assert all(abs(at[name][1] - middle) > 50 + 13 for name in "abcd")
    assert [at[name][1] < middle for name in "abcd"] == [True, True, False, False]


def test_who_hangs_on_no_pole_stands_behind_whom_it_belongs_to():
    at = placed(box("a", 1), box("b", behind="a"), box("c", 1))
    assert at["a"][0] == at["b"][0] == at["c"][0]
    assert at["a"][1] < at["b"][1] < at["c"][1]


def test_around_one_pole_both_sides_are_about_equally_full():
    at = arranged([Plan((ACME,), tuple(box(name, 0) for name in "abcdef"))]).centres
    right = [name for name in "abcdef" if at[name][0] > at["acme"][0]]
    assert right == ["a", "b", "c"]


def test_the_crown_stands_above_with_its_lists_beside_it():
    hung = (Box("terms", 300, 200), Box("talks", 200, 90), Box("agreements", 200, 40))
    at = placed(box("left", 0), crown=Box("both", 150, 34), hung=hung)
    assert at["terms"][0] < at["both"][0] < at["talks"][0]
    assert at["agreements"][0] > at["both"][0]
    assert at["acme"][1] > 200 + GAP


def test_what_is_related_to_no_centre_stands_below():
    whole = arranged([Plan((ACME, GLOBEX), (box("left", 0),)), Plan((box("alone"),), ()), Plan((box("other"),), ())])
    at = whole.centres
    assert at["alone"][1] == at["other"][1] > at["left"][1]
    assert at["alone"][0] < at["other"][0]
    assert whole.height == at["alone"][1] + 13


def test_a_box_that_comes_moves_the_others_by_no_more_than_its_height():
    some = [box(f"entity-{number}", number % 2) for number in range(40)]
    before, after = placed(*some), placed(*some, box("entity-17b", 1))
    moved = [abs(after[name][1] - before[name][1]) for name in before]
    assert max(moved) <= 26 + GAP
    assert all(after[name][0] == before[name][0] for name in before)


def test_nothing_is_drawn_of_nothing():
    assert arranged([]).centres == {}
    assert arranged([]).height == 0


def test_the_widest_box_fits_into_its_column():
    whole = arranged([Plan((ACME, GLOBEX), (Box("wide", COLUMN - 32, 26, (0, ""), (1,)),))])
    assert whole.centres["wide"][0] + (COLUMN - 32) / 2 < whole.width
