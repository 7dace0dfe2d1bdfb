"""What a key shows along one clock, as a pure function of the claims made on it."""

from __future__ import annotations

from typing import Any

from projections.spans import Claim, Run, over_at, over_known
from timeline.dates import MAX_INSTANT, MIN_INSTANT


def claim(fact: int, since: int, **more: Any) -> Claim:
    given = {
        "standing": 3,
        "known_since": 0,
        "position": fact,
        "ordinal": 0,
        "since_latest": since,
        "until_latest": MAX_INSTANT,
        "is_end": False,
        "known_from": 0,
        "known_until": MAX_INSTANT,
        **more,
    }
    return Claim(since=since, fact=fact, **given)


def end(fact: int, since: int, **more: Any) -> Claim:
    return claim(fact, since, is_end=True, **more)


def test_without_claims_nothing_is_shown():
    assert over_at([]) == over_known([], 0) == []


def test_each_winner_is_shown_until_the_next_begins_or_its_own_end():
    assert over_at([claim(2, 20), claim(1, 10, until_latest=15), claim(3, 30, until_latest=90)]) == [
        Run(10, 15, 1, 1),
        Run(20, 30, 2, 2),
        Run(30, 90, 3, 3),
    ]


def test_of_what_begins_together_only_the_best_is_shown():
    assert over_at([claim(1, 10, standing=2), claim(2, 10), claim(3, 10, standing=1)]) == [Run(10, MAX_INSTANT, 2, 2)]


def test_what_has_always_been_is_shown_from_the_beginning():
    assert over_at([claim(1, MIN_INSTANT), claim(2, 20)]) == [Run(MIN_INSTANT, 20, 1, 1), Run(20, MAX_INSTANT, 2, 2)]


def test_while_an_end_is_only_possible_what_it_ends_is_still_shown():
    assert over_at([claim(1, 10), end(2, 20, since_latest=25)]) == [Run(10, 20, 1, 1), Run(20, 25, 1, 2)]
    assert over_at([claim(1, 10, until_latest=22), end(2, 20, since_latest=25)]) == [
        Run(10, 20, 1, 1),
        Run(20, 22, 1, 2),
    ]
    assert over_at([end(1, 10, since_latest=15), end(2, 20, since_latest=25)]) == [], "nothing was there to end"


def test_the_best_in_force_wins_moment_by_moment_of_knowledge():
    early, late = claim(1, 10, known_from=5, known_until=50), claim(2, 20, known_from=30)
    assert over_known([late, early], 25) == [Run(5, 30, 1, 1), Run(30, MAX_INSTANT, 2, 2)]
    assert over_known([late, early], 15) == [Run(5, 50, 1, 1)], "one has not begun, the other is believed no longer"


def test_a_run_goes_on_where_others_come_and_go_beneath_it():
    best = claim(3, 20)
    assert over_known([best, claim(1, 10, known_from=5, known_until=50)], 25) == [Run(0, MAX_INSTANT, 3, 3)]


def test_what_had_ended_by_then_leaves_a_gap_in_knowledge():
    assert over_known([claim(1, 10), claim(2, 20, until_latest=22, known_from=30, known_until=40)], 25) == [
        Run(0, 30, 1, 1),
        Run(40, MAX_INSTANT, 1, 1),
    ]
