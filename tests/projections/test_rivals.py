"""When facts of one key begin about the same time, and which of them then speak against each other."""

import json
import sqlite3
from itertools import product

import pytest

from projections.index.reader import FactRow
from projections.index.rivalry import about_then, about_then_sql, earliest_rival, earliest_rival_sql
from projections.rivals import contests, stated
from timeline.dates import MAX_INSTANT, MIN_INSTANT
from timeline.standing import Standing

CONFIRMED, DENIED = Standing.CONFIRMED.rank, Standing.DENIED.rank


def fact(value: object = None, *, since: tuple[int, int] = (1, 1), standing: int = CONFIRMED) -> FactRow:
    return FactRow(
        *(1, 1, 1, 0, *since, MAX_INSTANT, MAX_INSTANT, standing, value is None, 0, 1, False),
        payload=json.dumps({"value": value}),
        development="told",
        sources="[]",
    )


@pytest.fixture
def sqlite():
    with sqlite3.connect(":memory:") as connection:
        yield connection
    connection.close()


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        ((1, 5), (5, 9), True),
        ((1, 4), (5, 9), False),
        ((3, 3), (1, 9), True),
        ((1, 9), (3, 3), True),
        ((MIN_INSTANT, 2), (2, MAX_INSTANT), True),
    ],
)
def test_facts_begin_about_the_same_time_where_the_bounds_of_their_since_overlap(one, other, overlap):
    assert about_then(fact(since=one), fact(since=other)) is about_then(fact(since=other), fact(since=one)) is overlap


def test_the_index_finds_the_same_facts_to_begin_about_then(sqlite):
    spans = [(first, last) for first, last in product(range(5), repeat=2) if first <= last]
    low = earliest_rival_sql("w.since_earliest", "4")
    condition = about_then_sql("f", since_earliest="w.since_earliest", since_latest="w.since_latest", low=low)
    asked = f"WITH f(since_earliest, since_latest) AS (VALUES (?, ?)), w(since_earliest, since_latest) AS (VALUES (?, ?)) SELECT {condition} FROM f, w"
    for one, other in product(spans, repeat=2):
        (found,) = sqlite.execute(asked, (*one, *other)).fetchone()
        assert bool(found) is about_then(fact(since=one), fact(since=other)), (one, other)


@pytest.mark.parametrize("widest", [0, 7, MAX_INSTANT // 2, MAX_INSTANT // 2 + 1, MAX_INSTANT - MIN_INSTANT])
@pytest.mark.parametrize("since", [0, 100, MAX_INSTANT])
def test_the_index_begins_to_look_where_the_earliest_rival_may_begin(sqlite, since, widest):
    (found,) = sqlite.execute(f"SELECT {earliest_rival_sql(str(since), str(widest))}").fetchone()
    assert max(found, MIN_INSTANT) == earliest_rival(since, widest) <= since


def test_another_value_about_the_same_time_contests_a_fact_and_the_same_one_does_not():
    assert contests(fact(since=(1, 5)), fact(since=(5, 9)), says_the_same=False)
    assert not contests(fact(since=(1, 5)), fact(since=(5, 9)), says_the_same=True)
    assert not contests(fact(since=(1, 4)), fact(since=(5, 9)), says_the_same=False)


@pytest.mark.parametrize("says_the_same", [True, False])
def test_a_denial_about_the_same_time_contests_a_fact_whatever_it_denies(says_the_same):
    assert contests(fact(since=(1, 5), standing=DENIED), fact(since=(5, 9)), says_the_same=says_the_same)


def test_a_later_denial_contests_the_value_that_it_denies_and_an_earlier_one_none():
    later, earlier, held = fact(since=(8, 9), standing=DENIED), fact(since=(1, 2), standing=DENIED), fact(since=(5, 5))
    assert contests(later, held, says_the_same=True)
    assert not contests(later, held, says_the_same=False)
    assert not contests(earlier, held, says_the_same=True)


def test_a_note_makes_no_difference_and_an_end_states_nothing():
    assert stated(fact({"type": "text", "text": "a", "note": "b"})) == {"type": "text", "text": "a"}
    assert stated(fact()) == {}
