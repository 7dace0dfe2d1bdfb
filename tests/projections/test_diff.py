"""What differs between two states."""

from __future__ import annotations

from typing import Any

import pytest

from projections.diff import Difference, FactChange, FactIdentity, apply, by_identity, difference
from projections.state import Evidence, Held, State
from timeline.basis import At, Basis, Known, Revision
from timeline.standing import Standing

HERE = Basis(At(1), Known(1), Revision(1))
THERE = Basis(At(2), Known(1), Revision(1))

JANE = Held(
    subject="acme",
    attribute="chief_executive",
    object=None,
    key_development=None,
    value={"type": "entity", "id": "jane"},
    text="Jane is chief executive of Acme",
    since="2020",
    until=None,
    is_certain=True,
    standing=Standing.CONFIRMED,
    known_since=0,
    evidence=Evidence("first", ({"title": "a"},)),
)
JOHN = JANE._replace(value={"type": "entity", "id": "john"}, text="John is chief executive of Acme")
SEAT = JANE._replace(attribute="board_member", object="jane", value={"type": "text", "text": "member"})
DEAL = JANE._replace(attribute="investment", object="acme", key_development="first")


def state(*facts: Held, basis: Basis = HERE) -> State:
    return State("t", basis, {"all": facts}, {})


def between(before: tuple[Held, ...], after: tuple[Held, ...]) -> Difference:
    return difference(state(*before), state(*after, basis=THERE))


def test_a_state_does_not_differ_from_itself():
    assert difference(state(JANE, SEAT), state(JANE, SEAT)) == Difference(HERE, HERE, ())


def test_a_difference_names_both_bases():
    found = between((JANE,), (JANE,))
    assert (found.before, found.after, found.changes) == (HERE, THERE, ())


def test_facts_come_go_and_change():
    found = between((JANE, SEAT), (JOHN, DEAL))
    identity = FactIdentity("acme", "chief_executive", None, None)
    assert found.changed == (FactChange(identity, JANE, JOHN),)
    assert found.removed == (FactChange(FactIdentity("acme", "board_member", "jane", None), SEAT, None),)
    assert found.added == (FactChange(FactIdentity("acme", "investment", "acme", "first"), None, DEAL),)
    assert found.changes == (*found.changed, *found.removed, *found.added)


@pytest.mark.parametrize(
    "change",
    [
        {"since": "2020-01"},
        {"until": "2030"},
        {"is_certain": False},
        {"standing": Standing.REPORTED},
        {"known_since": 1},
        {"evidence": Evidence("second", ({"title": "a"},))},
        {"evidence": Evidence("first", ({"title": "a"}, {"title": "b"}))},
        {"contested_by": (JOHN,)},
        {"value": {"type": "entity", "id": "jane", "note": "interim"}},
    ],
    ids=["since", "until", "certainty", "standing", "known since", "development", "sources", "rivals", "note"],
)
def test_whatever_a_reader_sees_of_a_fact_can_change(change):
    after = JANE._replace(**change)
    assert between((JANE,), (after,)).changed == (FactChange(FactIdentity.of(JANE), JANE, after),)


@pytest.mark.parametrize("part", ["subject", "attribute", "object", "key_development"])
def test_what_a_fact_is_about_makes_it_itself(part):
    change: dict[str, Any] = {part: "other"}
    other = JANE._replace(**change)
    found = between((JANE,), (other,))
    assert (len(found.removed), len(found.added), found.changed) == (1, 1, ())


@pytest.mark.parametrize(
    ("before", "after"),
    [((), (JANE,)), ((JANE,), ()), ((JANE, SEAT), (DEAL, JOHN)), ((SEAT, JANE), (JANE, SEAT)), ((), ())],
    ids=["first", "last", "all at once", "in another order", "nothing"],
)
def test_applied_to_the_one_state_a_difference_gives_the_other(before, after):
    found = between(before, after)
    assert apply(by_identity(state(*before)), found) == by_identity(state(*after))


def test_applying_leaves_the_state_before_as_it_was():
    facts = by_identity(state(JANE))
    apply(facts, between((JANE,), ()))
    assert facts == by_identity(state(JANE))
