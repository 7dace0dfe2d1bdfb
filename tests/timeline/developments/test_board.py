"""Who joins or leaves the board."""

from tests.timeline.developments.derived import refusal, told


def test_a_member_sits_in_a_capacity():
    joins = [{"entity": "jane-doe"}, {"entity": "john-roe", "capacity": "independent director"}]
    assert told("board", organisation="acme", joins=joins) == [
        "acme board_member → jane-doe = text member",
        "acme board_member → john-roe = text independent director",
    ]


def test_an_observer_is_no_member():
    assert told("board", organisation="acme", joins=[{"entity": "globex", "seat": "observer"}]) == [
        "acme board_observer → globex = text non-voting observer"
    ]


def test_who_leaves_loses_the_seat_they_had():
    leaves = [{"entity": "jane-doe"}, {"entity": "globex", "seat": "observer", "since": "2024-07-09"}]
    assert told("board", organisation="acme", leaves=leaves) == [
        "acme board_member → jane-doe ends",
        "acme board_observer → globex ends since 2024-07-09",
    ]


def test_an_observer_can_become_a_member():
    joins, leaves = [{"entity": "globex"}], [{"entity": "globex", "seat": "observer"}]
    assert told("board", organisation="acme", joins=joins, leaves=leaves) == [
        "acme board_member → globex = text member",
        "acme board_observer → globex ends",
    ]


def test_the_chair_may_change_with_the_board():
    assert told("board", organisation="acme", chair="jane-doe") == ["acme board_chair = entity jane-doe"]


def test_a_development_that_changes_nothing_derives_nothing():
    assert told("board", organisation="acme") == []


def test_nobody_takes_and_loses_the_same_seat():
    field, remedy = refusal(
        "board", organisation="acme", joins=[{"entity": "jane-doe"}], leaves=[{"entity": "jane-doe"}]
    )
    assert (field, remedy) == ("", '"joins" and "leaves" both name "jane-doe": leave one of them out')
