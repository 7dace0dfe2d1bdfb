"""What becomes of the statements under one key: over valid time and over knowledge time, told apart."""

from __future__ import annotations

import json
from typing import Any

from projections.history.fates import Fate, Status, Stop, fates, unbroken
from projections.index.keyed import Believed
from projections.index.reader import FactRow
from timeline.dates import MAX_INSTANT

RANKS = {"denied": 0, "alleged": 1, "reported": 2, "confirmed": 3}
NOW = 1000


def said(
    word: str | None,
    since: int,
    *,
    until: int = MAX_INSTANT,
    known: tuple[int, int] = (0, MAX_INSTANT),
    standing: str = "reported",
    **more: Any,
) -> Believed:
    """A statement with the knowledge time over which its development makes it; an end has no word."""
    number = more.get("id", since * 100 + known[0])
    fact = {
        "id": number,
        "key_id": 1,
        "content_id": number,
        "ordinal": 0,
        "since_earliest": since,
        "since_latest": since,
        "until_earliest": until,
        "until_latest": until,
        "standing": RANKS[standing],
        "is_end": word is None,
        "known_since": known[0],
        "position": 1,
        "rivalled": False,
        "payload": json.dumps({"since": since, "value": word and {"type": "text", "text": word}}),
        "development": "d",
        "sources": "[]",
    }
    return Believed(FactRow(**{**fact, **more}), *known)


def told(*statements: Believed) -> list[Fate]:
    return fates(statements, NOW)


def stops(*statements: Believed) -> list[tuple[int, int, Stop | None, int | None]]:
    return [
        (fate.held.start, fate.held.until, fate.held.stop, fate.held.by and fate.held.by.since_earliest)
        for fate in told(*statements)
        if fate.held
    ]


def test_without_statements_there_is_nothing_to_tell():
    assert told() == []
    assert unbroken([]) == []


def test_a_value_goes_on_until_something_stops_it():
    assert stops(said("open", 10)) == [(10, MAX_INSTANT, None, None)]


def test_a_value_is_replaced_by_another_and_restated_by_the_same():
    assert stops(said("open", 10), said("shut", 20), said("shut", 30)) == [
        (10, 20, Stop.REPLACED, 20),
        (20, 30, Stop.RESTATED, 30),
        (30, MAX_INSTANT, None, None),
    ]


def test_a_value_ends_by_its_own_date_or_by_an_end():
    assert stops(said("open", 10, until=15), said("shut", 20), said(None, 30)) == [
        (10, 15, Stop.ENDED, 10),
        (20, 30, Stop.ENDED, 30),
    ]
    assert stops(said("open", 10, until=15)) == [(10, 15, Stop.ENDED, 10)]


def test_what_takes_over_before_a_value_was_to_end_replaces_it():
    assert stops(said("open", 10, until=50), said("shut", 20)) == [
        (10, 20, Stop.REPLACED, 20),
        (20, MAX_INSTANT, None, None),
    ]


def test_of_what_begins_together_the_best_placed_is_held_and_the_others_are_rivals():
    weak, strong = told(said("open", 10), said("shut", 10, standing="confirmed", id=7))
    assert (weak.status, strong.status) == (Status.RIVAL, Status.HELD)
    assert weak.outranked is not None
    assert (weak.outranked.by.id, weak.outranked.known) == (7, None)
    assert [rival.id for rival in strong.rivals] == [weak.told.fact.id]


def test_what_was_overtaken_in_knowledge_says_from_when_on():
    early, late = said("open", 10, known=(5, MAX_INSTANT)), said("shut", 10, known=(40, MAX_INSTANT), id=7)
    [overtaken, _] = told(early, late)
    assert overtaken.status is Status.RIVAL
    assert overtaken.outranked is not None
    assert (overtaken.outranked.by.id, overtaken.outranked.known) == (7, 40)


def test_a_rival_that_was_taken_back_no_longer_outranks():
    early, gone = said("open", 10, known=(5, MAX_INSTANT)), said("shut", 10, known=(40, 50), id=7)
    assert [fate.status for fate in told(early, gone)] == [Status.HELD, Status.HELD]


def test_the_fate_of_what_is_no_longer_believed_is_that_of_when_it_last_was():
    lost, later = said("open", 10, known=(5, 50)), said("shut", 20, known=(60, MAX_INSTANT))
    assert stops(lost, later) == [(10, MAX_INSTANT, None, None), (20, MAX_INSTANT, None, None)]
    also_then = said("shut", 20, known=(40, MAX_INSTANT))
    assert stops(lost, also_then)[0] == (10, 20, Stop.REPLACED, 20)


def test_denials_and_ends_are_what_they_are_and_deny_what_they_are_about():
    value, end, denial = told(said("open", 10), said(None, 20), said("open", 30, standing="denied"))
    assert [fate.status for fate in (value, end, denial)] == [Status.HELD, Status.END, Status.DENIAL]
    assert [rival.since_earliest for rival in value.rivals] == [30], "a denial made later of the same value"
    assert value.held is not None
    assert value.held.stop is Stop.ENDED


def test_a_denial_of_another_value_made_later_is_no_rival():
    assert told(said("open", 10), said("shut", 30, standing="denied"))[0].rivals == ()


def test_versions_that_go_on_saying_the_same_are_one_statement():
    first = said("open", 10, known=(5, 20), id=1, known_since=5)
    second = said("open", 10, known=(20, MAX_INSTANT), id=2, known_since=5)
    [whole] = unbroken([second, first])
    assert (whole.fact.id, whole.known_from, whole.known_until) == (2, 5, MAX_INSTANT)
    anew = said("open", 10, known=(20, MAX_INSTANT), id=2, known_since=20)
    assert len(unbroken([first, anew])) == 2, "said anew after a break, it is as old as that"
