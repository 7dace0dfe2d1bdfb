"""A claim that something began or ended, and when; and dates that leave it open."""

from __future__ import annotations

import pytest

from tests.projections.check.judged import (
    became,
    checked,
    claim,
    held,
    leads,
    verdict,
    was_fired,
)
from tests.projections.recorded import ceo


class TestAChange:
    def test_happened_in_the_time_named(self, succession):
        assert verdict(succession, became("john", when="2021-05")) == "supported"
        assert verdict(succession, was_fired("jane", when="2021")) == "supported"
        assert verdict(succession, was_fired("john", when="2022-02-02")) == "supported"

    def test_is_told_with_its_date(self, succession):
        answer = checked(succession, was_fired("jane", when="2021"))
        assert answer.reason == (
            "The record says so: Jane Doe is chief executive of Acme, which ended on 5 May 2021 (confirmed); "
            "then John Roe is chief executive of Acme."
        )
        assert checked(succession, became("john")).reason == (
            "The record says so: John Roe is chief executive of Acme, on 5 May 2021 (confirmed)."
        )

    def test_has_times_of_what_began_or_ended_not_of_its_own(self, succession):
        assert checked(succession, was_fired("jane")).what_held == "What ended"
        assert checked(succession, became("john")).what_held == "What began"
        assert checked(succession, claim("acme", "chief_executive", "jane")).what_held == "It"
        assert checked(succession, claim("acme", "chief_executive", "jane", no=True)).what_held == "What it denies"

    def test_with_the_wrong_date_is_contradicted_by_the_right_one(self, succession):
        answer = checked(succession, became("john", when="2020"))
        assert answer.verdict == "contradicted"
        assert answer.reason == "It began on 5 May 2021, not in 2020: John Roe is chief executive of Acme."
        answer = checked(succession, was_fired("john", when="2021"))
        assert answer.reason == "It ended on 2 February 2022, not in 2021: Acme has no chief executive."

    def test_without_a_date_happened_at_any_time_before(self, succession):
        assert verdict(succession, was_fired("jane")) == "supported"
        assert verdict(succession, became("john"), "2021-01", known="2023") == "not-yet-true"

    def test_did_not_happen_while_it_goes_on(self, succession):
        answer = checked(succession, was_fired("jane"), "2020-06")
        assert answer.verdict == "contradicted"
        assert answer.reason.startswith("It has not ended: Jane Doe is chief executive of Acme")

    def test_is_known_by_its_end_alone(self, kept):
        kept.tell(
            "a", {"subject": "acme", "attribute": "board_observer", "object": "jane", "end": True}, occurred="2020-05"
        )
        left = claim("acme", "board_observer", "jane", aspect="ended", tense="past", when="2020")
        answer = checked(kept, left)
        assert answer.verdict == "supported"
        assert answer.reason.endswith("no longer attends the board of Acme as an observer, since May 2020 (confirmed).")
        [end] = answer.as_json()["facts"]
        assert (end["value"], end["since"]) == (None, "2020-05")
        assert end["text"] == "Jane Doe no longer attends the board of Acme as an observer"

    def test_said_to_be_so_now_is_undone_by_a_return(self, succession):
        assert verdict(succession, was_fired("jane", tense="present"), "2021-06") == "supported"
        assert verdict(succession, was_fired("jane", tense="present"), "2023") == "contradicted"

    def test_is_no_beginning_where_the_same_is_only_said_again(self, kept):
        kept.tell("a", ceo("jane"), occurred="2020-01-10")
        kept.tell("b", ceo("jane", note="for good"), occurred="2021-01-10")
        assert verdict(kept, became("jane", when="2020")) == "supported"
        assert verdict(kept, became("jane", when="2021")) == "contradicted"
        assert held(checked(kept, leads("jane"))) == ["2020-01-10/.."]


class TestCoarseDates:
    @pytest.fixture
    def coarse(self, kept):
        kept.tell("a", ceo("jane"), occurred="2020")
        kept.tell("b", ceo("john"), occurred="2022-06", known="2022-07")
        return kept

    def test_leave_it_open_within_their_bounds(self, coarse):
        answer = checked(coarse, leads("john"), "2022-06-15", known="2023")
        assert (answer.verdict, answer.cause) == ("undecidable", "dates")
        assert (
            answer.reason
            == "The dates leave it open: John Roe is chief executive of Acme, since June 2022 (confirmed)."
        )
        assert verdict(coarse, leads("jane"), "2022-06-15", known="2023") == "undecidable"
        assert verdict(coarse, leads("mary"), "2022-06-15", known="2023") == "unsupported"

    def test_decide_outside_them(self, coarse):
        assert verdict(coarse, leads("john"), "2022-07-15", known="2023") == "supported"
        assert verdict(coarse, leads("jane"), "2022-05-15", known="2023") == "supported"

    def test_leave_open_when_exactly_something_changed(self, coarse):
        assert verdict(coarse, became("john", when="2022-06")) == "supported"
        assert verdict(coarse, became("john", when="2022-06-15")) == "undecidable"
        assert verdict(coarse, became("john", when="2022-05")) == "contradicted"

    def test_make_certain_what_holds_either_way(self, kept):
        kept.tell("a", ceo("jane"), occurred="2020")
        kept.tell("b", ceo("jane"), occurred="2022-06", known="2022-07")
        assert verdict(kept, leads("jane"), "2022-06-15", known="2023") == "supported"
