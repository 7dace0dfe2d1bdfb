"""The picture as a whole: all of it is there, nothing lies on anything else, and it is always the same."""

from __future__ import annotations

import re
import time

import pytest

from api.web.graph.curves import Frame
from api.web.graph.lists import MARK, Row
from api.web.graph.picture import Picture
from tests.web.graph.telling import PARTIES, TIMELINE, crowd, drawn, fact, graph_of

QUICK_S = 0.2


def frames(picture: Picture) -> dict[str, Frame]:
    named = {node.id: node.frame for node in picture.nodes}
    return {**named, **{f"{one.centre}/{one.section}": one.frame for one in picture.hung}}


def listed(picture: Picture) -> list[tuple[Frame, Row]]:
    """Every row, with the frame of its list."""
    found = [(one.frame, row) for one in picture.hung for row in one.rows]
    return found + [(node.frame, row) for node in picture.nodes for row in node.rows]


def shown(picture: Picture) -> list[str]:
    boxes = [node.id for node in picture.nodes]
    return sorted([*boxes, *{row.id for _, row in listed(picture)}])


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("size", [4, 30, 100])
def test_everybody_has_a_box_or_rows_and_every_relation_is_drawn_once(size, seed):
    facts = crowd(size, seed)
    picture = drawn(*facts)
    assert shown(picture) == sorted(graph_of(*facts).nodes)
    told = [line.bundle.number for line in picture.lines]
    for _, row in listed(picture):
        told += [row.bundle.number, *(bundle.number for _, bundle in row.more)]
    assert sorted(told) == list(range(1, len(told) + 1))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("focus", ["", "globex", TIMELINE])
def test_no_box_lies_on_another_and_all_are_on_the_paper(focus, seed):
    picture = drawn(*crowd(100, seed), focus=focus)
    boxes = sorted(frames(picture).items())
    for place, (name, box) in enumerate(boxes):
        assert box.x - box.width / 2 >= 0, name
        assert box.x + box.width / 2 <= picture.width, name
        assert box.y - box.height / 2 >= 0, name
        assert box.bottom <= picture.height, name
        for other, beside in boxes[place + 1 :]:
            assert not box.meets(beside), (name, other)


@pytest.mark.parametrize("seed", range(6))
def test_no_words_lie_on_a_box_or_on_others(seed):
    picture = drawn(*crowd(100, seed))
    words = [
        Frame(line.mark[0] + MARK + line.label_width / 2 + 3, line.mark[1], line.label_width, 12)
        for line in picture.lines
        if line.label
    ]
    assert len(words) > 20
    for place, one in enumerate(words):
        assert 0 <= one.x - one.width / 2 <= one.x + one.width / 2 <= picture.width
        assert not any(one.meets(box) for box in frames(picture).values())
        assert not any(one.meets(other) for other in words[place + 1 :])


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("focus", ["", "globex", "acme"])
def test_every_line_is_on_the_paper(focus, seed):
    picture = drawn(*crowd(40, seed), focus=focus)
    for line in picture.lines:
        start, bend, end = _bends(line.path)
        halfway = start / 4 + bend / 2 + end / 4
        assert 0 <= halfway <= picture.height
        assert 0 <= line.mark[0] <= picture.width
        assert 0 <= line.mark[1] <= picture.height


def _bends(path: str) -> tuple[float, float, float]:
    """How high a line with one bend begins, bends and ends; of any other, how high it begins, three times."""
    found = [float(number) for number in re.findall(r"-?[\d.]+", path)]
    return (found[1], found[3], found[5]) if re.fullmatch(r"M[^A-Z]+Q[^A-Z]+", path) else (found[1],) * 3


def test_rows_stay_within_their_list():
    picture = drawn(*crowd(100))
    for frame, row in listed(picture):
        assert max(row.contested_at, *(x + MARK for x, _ in row.more), 0) <= frame.width
        assert row.y + MARK <= frame.height


def test_the_same_relations_make_the_same_picture_in_whatever_order_they_come():
    facts = crowd(80)
    assert drawn(*facts) == drawn(*facts)
    again = drawn(*reversed(facts))
    assert frames(again) == frames(drawn(*facts))


@pytest.mark.parametrize("seed", range(4))
def test_one_relation_more_moves_little(seed):
    facts = crowd(80, seed)
    before, after = (frames(drawn(*facts, *more)) for more in ((), (fact("newcomer", "competitor", "globex"),)))
    moved = [abs(before[name].x - box.x) + abs(before[name].y - box.y) for name, box in after.items() if name in before]
    assert len(moved) > 30
    assert sorted(moved)[len(moved) // 2] <= 60


def test_a_hundred_entities_are_drawn_quickly():
    facts = crowd(100)
    before = time.process_time()
    drawn(*facts)
    assert time.process_time() - before < QUICK_S


def test_who_is_related_to_one_party_only_stands_in_a_list_with_others_of_that_kind():
    picture = drawn(
        fact("acme", "board_member", "jane", "chair"),
        fact("acme", "board_member", "john", "director"),
        fact("acme", "uses", "rocket", "in use"),
        fact("acme", "competitor", "globex"),
    )
    (seats,) = picture.hung
    assert (seats.centre, seats.title) == ("acme", "Board member")
    assert [(row.name, row.note) for row in seats.rows] == [("jane", "chair"), ("john", "director")]
    assert "rocket" in [node.id for node in picture.nodes], "one alone has a box, with more words on its line"


def test_who_is_related_to_a_centre_in_two_ways_stands_in_both_lists():
    picture = drawn(
        fact("acme", "board_member", "jane"),
        fact("acme", "board_member", "john"),
        fact("acme", "founder", "jane"),
        fact("acme", "competitor", "globex"),
    )
    assert {one.section: [row.id for row in one.rows] for one in picture.hung} == {
        "board": ["jane", "john"],
        "people": ["jane"],
    }


def test_who_belongs_to_somebody_else_stands_in_the_list_that_one_heads():
    picture = drawn(
        fact("doe-v-acme", "defendant", "acme", "defendant"),
        fact("doe-v-acme", "plaintiff", "doe", "plaintiff"),
        fact("acme", "competitor", "globex"),
    )
    (case,) = [node for node in picture.nodes if node.rows]
    assert (case.id, [row.id for row in case.rows]) == ("doe-v-acme", ["doe"])


def test_the_relationship_itself_stands_above_its_parties_and_is_joined_to_them():
    picture = drawn(fact(TIMELINE, "term", "clause", "in force"), fact("acme", "competitor", "globex"))
    places = frames(picture)
    assert places[TIMELINE].bottom < places["acme"].y
    assert [(joint.one, joint.other) for joint in picture.joints] == [(TIMELINE, party) for party in PARTIES]


def test_around_a_focus_nobody_else_is_a_centre():
    picture = drawn(fact("acme", "competitor", "globex"), fact("acme", "role", "jane"), focus="jane")
    assert {node.id: node.look for node in picture.nodes} == {"acme": "plain", "jane": "focus"}
    assert [row.id for node in picture.nodes for row in node.rows] == ["globex"]


def test_an_arrow_leads_from_whom_a_fact_is_about_to_whom_it_names():
    one = drawn(fact("acme", "uses", "globex")).lines[0]
    other = drawn(fact("globex", "uses", "acme")).lines[0]
    both = drawn(fact("acme", "uses", "globex"), fact("globex", "uses", "acme")).lines[0]
    assert len(one.arrows) == len(other.arrows) == 1
    assert one.arrows != other.arrows
    assert set(both.arrows) == {*one.arrows, *other.arrows}


@pytest.mark.parametrize("parties", [(), ("acme",), ("acme", "globex", "initech"), ("nobody",)])
def test_any_number_of_parties_can_be_drawn(parties):
    told = [fact(TIMELINE, "term", "clause"), fact("acme", "uses", "globex"), fact("initech", "uses", "globex")]
    facts = [*told, fact("initech", "role", "hooli"), fact("a", "competitor", "b")]
    assert shown(drawn(*facts, parties=parties)) == sorted(graph_of(*facts).nodes)


def test_no_relation_is_no_picture():
    picture = drawn()
    assert (picture.nodes, picture.lines) == ((), ())
