"""The verdict on a claim, on both clocks: one, the first that applies."""

from __future__ import annotations

from typing import Any

import pytest

from tests.projections.check.judged import became, checked, claim, held, leads, led, verdict, was_fired
from tests.projections.recorded import ceo, no_ceo, told
from tests.timeline.telling import TIMELINE
from timeline.dates import parse_date
from timeline.events import Reason, RetractionReason


def stake(value: dict[str, Any] | str, **more: Any) -> dict[str, Any]:
    share = {"value": value} if isinstance(value, str) else value
    fact = {"subject": "globex", "attribute": "equity_stake", "object": "acme"}
    return {**fact, "value": {"type": "percent", **share}, **more}


def owns(value: str | None, **more: Any) -> Any:
    share = None if value is None else {"type": "percent", "value": value}
    return claim("globex", "equity_stake", "acme", share, **more)


def seat(person: str, capacity: str = "member", **more: Any) -> dict[str, Any]:
    return {
        "subject": "acme",
        "attribute": "board_member",
        "object": person,
        "value": {"type": "text", "text": capacity},
        **more,
    }


def sits(person: str, **more: Any) -> Any:
    return claim("acme", "board_member", person, **more)


def paid(amount: str, **more: Any) -> dict[str, Any]:
    fact = {"subject": "globex", "attribute": "investment", "object": "acme"}
    return {**fact, "value": {"type": "money", "amount": amount, "currency": "USD"}, **more}


def invested(amount: str | None, **more: Any) -> Any:
    value = None if amount is None else {"type": "money", "amount": amount, "currency": "USD"}
    return claim("globex", "investment", "acme", value, **more)


@pytest.fixture
def succession(kept):
    """Jane, then John, then nobody, then Jane again."""
    kept.tell("a", ceo("jane"), occurred="2020-01-10")
    kept.tell("b", ceo("john"), occurred="2021-05-05")
    kept.tell("c", no_ceo(), occurred="2022-02-02")
    kept.tell("d", ceo("jane"), occurred="2022-03-03")
    return kept


class TestWhatHolds:
    def test_is_supported(self, succession):
        assert verdict(succession, leads("jane"), "2020-06") == "supported"
        assert verdict(succession, leads("jane"), "2023") == "supported"

    def test_was_true_once_another_took_over(self, succession):
        answer = checked(succession, leads("jane"), "2021-06")
        assert answer.verdict == "was-true"
        assert (
            answer.reason
            == "It held from 10 January 2020 to 5 May 2021; since then John Roe is chief executive of Acme."
        )
        assert [fact.value["id"] for fact in answer.facts] == ["jane", "john"]

    def test_was_true_once_it_ended(self, succession):
        answer = checked(succession, leads("john"), "2022-02-10")
        assert answer.verdict == "was-true"
        assert answer.reason == "It held from 5 May 2021 to 2 February 2022; since then Acme has no chief executive."

    def test_is_not_yet_true_before_it_begins(self, succession):
        answer = checked(succession, leads("john"), "2020-06", known="2023")
        assert answer.verdict == "not-yet-true"
        assert answer.reason == "It begins only on 5 May 2021: John Roe is chief executive of Acme."

    def test_is_not_foreseen_by_what_was_known_then(self, succession):
        assert verdict(succession, leads("john"), "2020-06") == "contradicted"

    def test_is_contradicted_by_another_value(self, succession):
        answer = checked(succession, leads("mary"), "2020-06")
        assert answer.verdict == "contradicted"
        assert answer.reason == (
            "The record has something else: Jane Doe is chief executive of Acme, since 10 January 2020 (confirmed)."
        )

    def test_is_contradicted_by_an_end_if_it_never_held(self, succession):
        answer = checked(succession, leads("mary"), "2022-02-10")
        assert (answer.verdict, answer.cause) == ("contradicted", "over")

    def test_is_unsupported_where_nobody_has_spoken(self, succession):
        answer = checked(succession, leads("jane"), "2019")
        assert answer.verdict == "unsupported"
        assert answer.reason == "The record has nothing on it (chief executive of Acme)."
        assert answer.facts == ()

    def test_is_given_with_all_the_times_at_which_it_held(self, succession):
        assert held(checked(succession, leads("jane"))) == ["2020-01-10/2021-05-05", "2022-03-03/.."]
        assert held(checked(succession, leads("jane"), "2021-06")) == ["2020-01-10/2021-05-05"]
        assert held(checked(succession, leads("mary"))) == []


class TestThePast:
    def test_is_right_if_it_held_at_any_time_up_to_the_date(self, succession):
        assert verdict(succession, led("john")) == "supported"
        assert verdict(succession, led("jane"), "2021-06") == "supported"

    def test_does_not_reach_beyond_the_date(self, succession):
        assert verdict(succession, led("john"), "2020-06", known="2023") == "not-yet-true"

    def test_of_somebody_who_never_did_is_contradicted(self, succession):
        assert verdict(succession, led("mary")) == "contradicted"


class TestADateInTheSentence:
    def test_beats_the_date_asked_about(self, succession):
        assert verdict(succession, led("john", when="2021-12")) == "supported"
        assert verdict(succession, led("john", when="2020-12")) == "not-yet-true"
        assert verdict(succession, led("john", when="2022-12")) == "was-true"

    def test_is_met_by_some_moment_of_it(self, succession):
        assert verdict(succession, led("jane", when="2021")) == "supported"

    def test_is_met_throughout_where_the_sentence_says_so(self, succession):
        assert verdict(succession, led("jane", when="2021", throughout=True)) == "was-true"
        assert verdict(succession, led("jane", when="2020-02/2021-04", throughout=True)) == "supported"


class TestAChange:
    def test_happened_in_the_time_named(self, succession):
        assert verdict(succession, became("john", when="2021-05")) == "supported"
        assert verdict(succession, was_fired("jane", when="2021")) == "supported"
        assert verdict(succession, was_fired("john", when="2022-02-02")) == "supported"

    def test_is_told_with_its_date(self, succession):
        answer = checked(succession, was_fired("jane", when="2021"))
        assert answer.reason == (
            "The record says so: Jane Doe is chief executive of Acme, which ended on 5 May 2021 (confirmed); "
            "since then John Roe is chief executive of Acme."
        )
        assert checked(succession, became("john")).reason == (
            "The record says so: John Roe is chief executive of Acme, on 5 May 2021 (confirmed)."
        )

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


class TestRivals:
    def test_of_the_same_standing_are_disputed_both(self, kept):
        kept.tell("a", stake("30"), occurred="2020-01-10", standing="reported")
        kept.tell("b", stake("35"), occurred="2020-01-10", standing="reported")
        assert verdict(kept, owns("30"), "2021") == "disputed"
        assert verdict(kept, owns("35"), "2021") == "disputed"
        assert verdict(kept, owns("40"), "2021") == "contradicted"
        assert checked(kept, owns("30"), "2021").reason == (
            "Sources disagree: Globex owns 30% of Acme (reported), but Globex owns 35% of Acme (reported)."
        )

    def test_do_not_dispute_what_all_of_them_bear_out(self, kept):
        kept.tell("a", stake("30"), occurred="2020-01-10", standing="reported")
        kept.tell("b", stake("35"), occurred="2020-01-10", standing="reported")
        assert verdict(kept, owns("25", comparison="more-than"), "2021") == "supported"
        assert verdict(kept, owns(None), "2021") == "supported"

    def test_of_a_better_standing_win(self, kept):
        kept.tell("a", stake("30"), occurred="2020-01-10", standing="confirmed")
        kept.tell("b", stake("35"), occurred="2020-01-10", standing="reported")
        answer = checked(kept, owns("30"), "2021")
        assert answer.verdict == "supported"
        assert [rival.value["value"] for rival in answer.facts[0].contested_by] == ["35"]

    def test_that_the_floor_admits_are_disputed_though_they_lose(self, kept):
        kept.tell("a", stake("30"), occurred="2020-01-10", standing="confirmed")
        kept.tell("b", stake("35"), occurred="2020-01-10", standing="reported")
        assert verdict(kept, owns("35"), "2021") == "disputed"
        assert verdict(kept, owns("35"), "2021", standing="confirmed") == "contradicted"

    def test_only_alleged_do_not_stand_against_what_is_confirmed(self, kept):
        kept.tell("a", stake("30"), occurred="2020-01-10", standing="confirmed")
        kept.tell("b", stake("35"), occurred="2020-01-10", standing="alleged")
        assert verdict(kept, owns("35"), "2021", standing="alleged") == "contradicted"

    def test_that_may_mean_the_same_leave_it_open(self, kept):
        kept.tell("a", stake("30"), occurred="2020-01-10", standing="confirmed")
        kept.tell("b", stake({"value": "35", "qualifier": "up-to"}), occurred="2020-01-10", standing="reported")
        assert verdict(kept, owns("34"), "2021") == "undecidable"

    def test_that_give_exactly_the_value_dispute_one_that_comes_near(self, kept):
        kept.tell("a", stake({"value": "40", "qualifier": "about"}), occurred="2020-01-10", standing="reported")
        kept.tell("b", stake({"value": "41", "qualifier": "about"}), occurred="2020-01-10", standing="reported")
        assert verdict(kept, owns("40"), "2021") == "disputed"
        assert verdict(kept, owns("41"), "2021") == "disputed"

    def test_about_another_time_are_none(self, kept):
        kept.tell("a", stake("30"), occurred="2020-01-10", standing="reported")
        kept.tell("b", stake("35"), occurred="2020-06-10", standing="reported")
        assert verdict(kept, owns("30"), "2021") == "was-true"


class TestDenials:
    def test_dispute_what_is_reported(self, kept):
        kept.tell("a", stake("30"), occurred="2020-01-10", standing="reported")
        kept.tell("b", stake("30", standing="denied"), occurred="2020-02-10")
        answer = checked(kept, owns("30"), "2021")
        assert answer.verdict == "disputed"
        assert answer.reason == "Sources disagree: Globex owns 30% of Acme (reported), and that was denied."

    def test_do_not_shake_what_is_confirmed(self, kept):
        kept.tell("a", stake("30"), occurred="2020-01-10", standing="confirmed")
        kept.tell("b", stake("30", standing="denied"), occurred="2020-02-10")
        assert verdict(kept, owns("30"), "2021") == "supported"

    def test_contradict_what_nobody_else_says(self, kept):
        kept.tell("b", stake("30", standing="denied"), occurred="2020-02-10")
        answer = checked(kept, owns("30"), "2021")
        assert (answer.verdict, answer.cause) == ("contradicted", "denied")
        assert answer.reason == "It was denied on 10 February 2020 that Globex owns 30% of Acme."
        assert verdict(kept, owns("40"), "2021") == "unsupported"

    def test_contradict_what_is_only_alleged_at_a_floor_above(self, kept):
        kept.tell("a", stake("30"), occurred="2020-01-10", standing="alleged")
        kept.tell("b", stake("30", standing="denied"), occurred="2020-02-10")
        assert verdict(kept, owns("30"), "2021") == "contradicted"
        assert verdict(kept, owns("30"), "2021", standing="alleged") == "disputed"


class TestBelief:
    def test_that_a_correction_took_back(self, kept):
        kept.tell("a", stake("49"), occurred="2020-01-10", known="2020-02-01", standing="reported")
        content = told(stake("30"), occurred="2020-01-10", standing="reported")
        kept.record.correct(
            TIMELINE, "a", reason=Reason.NEW_INFORMATION, content=content, known=parse_date("2020-06-01")
        )
        assert verdict(kept, owns("49"), "2020-03") == "supported"
        answer = checked(kept, owns("49"), "2021")
        assert answer.verdict == "believed-then-corrected"
        assert answer.reason == (
            "From 1 February 2020 to 1 June 2020 the record had it that Globex owns 49% of Acme; that was taken back, "
            "and now Globex owns 30% of Acme."
        )
        assert [fact.value["value"] for fact in answer.facts] == ["49", "30"]
        assert held(answer) == []
        assert verdict(kept, owns("49"), "2020-03", known="2021") == "believed-then-corrected"

    def test_that_a_retraction_took_back(self, kept):
        kept.tell("a", stake("49"), occurred="2020-01-10", standing="reported")
        kept.record.retract(TIMELINE, "a", reason=RetractionReason.WITHDRAWN, known=parse_date("2020-06-01"))
        assert verdict(kept, owns("49"), "2021") == "believed-then-corrected"
        assert verdict(kept, owns("40"), "2021") == "unsupported"

    def test_of_a_change_that_was_dated_otherwise(self, kept):
        kept.tell("a", ceo("jane"), occurred="2020-01-10")
        content = told(ceo("jane"), occurred="2020-03-10")
        kept.record.correct(
            TIMELINE, "a", reason=Reason.NEW_INFORMATION, content=content, known=parse_date("2020-06-01")
        )
        assert verdict(kept, became("jane", when="2020-01")) == "believed-then-corrected"
        assert verdict(kept, became("jane", when="2020-03")) == "supported"

    def test_is_not_what_later_news_changed(self, kept):
        kept.tell("a", ceo("jane"), occurred="2020-01")
        kept.record.correct(
            TIMELINE,
            "a",
            reason=Reason.FINER_DATE,
            content=told(ceo("jane"), occurred="2020-01-10"),
            known=parse_date("2020-02-10"),
        )
        kept.tell("b", ceo("john"), occurred="2021-01-10")
        assert verdict(kept, leads("jane"), "2021-06") == "was-true"

    def test_leaves_no_trace_of_a_slip_of_ours(self, kept):
        kept.tell("a", stake("49"), occurred="2020-01-10")
        before = kept.record.recorder.max_notification_id()
        kept.record.correct(TIMELINE, "a", reason=Reason.CLERICAL, content=told(stake("30"), occurred="2020-01-10"))
        assert verdict(kept, owns("49"), "2021") == "contradicted"
        assert verdict(kept, owns("49"), "2021", revision=before) == "supported"


class TestAClosedAttribute:
    def test_does_not_hold_what_its_list_does_not_have(self, kept):
        kept.tell("a", seat("jane"), occurred="2020-01-10")
        answer = checked(kept, sits("john"), "2021")
        assert answer.verdict == "contradicted"
        assert answer.reason == "John Roe is not in the record's list (board member of Acme) for that time."
        assert verdict(kept, claim("acme", "board_observer", "john"), "2021") == "contradicted"
        assert verdict(kept, sits("john", tense="past"), "2021") == "contradicted"

    def test_says_nothing_where_no_list_is_kept(self, kept):
        kept.tell("a", seat("jane"), occurred="2020-01-10")
        assert verdict(kept, claim("globex", "board_member", "john"), "2021") == "unsupported"
        assert verdict(kept, sits("john"), "2019", known="2021") == "unsupported"

    def test_leaves_open_in_which_capacity_somebody_listed_sits_there(self, kept):
        kept.tell("a", seat("jane", "independent member"), occurred="2020-01-10")
        chair = {"type": "text", "text": "chair"}
        assert verdict(kept, claim("acme", "board_member", "jane", chair), "2021") == "undecidable"


class TestEachDevelopmentOnItsOwn:
    @pytest.fixture
    def rounds(self, kept):
        kept.tell("a", paid("1000000000"), occurred="2019-07-22")
        kept.tell("b", paid("2000000000"), occurred="2021-03")
        return kept

    def test_any_of_several_may_be_meant(self, rounds):
        assert verdict(rounds, invested("1000000000")) == "supported"
        assert verdict(rounds, invested("2000000000", aspect="began", tense="past", when="2021")) == "supported"
        assert verdict(rounds, invested(None)) == "supported"

    def test_the_sum_of_several_is_none_of_them(self, rounds):
        answer = checked(rounds, invested("3000000000"))
        assert (answer.verdict, answer.cause) == ("unsupported", "others-only")

    def test_another_one_at_another_time_is_not_ruled_out(self, rounds):
        answer = checked(rounds, invested("1000000000", aspect="began", tense="past", when="2021"))
        assert answer.verdict == "unsupported"
        assert answer.reason == "It began on 22 July 2019, not in 2021: Globex invested $1 billion in Acme."

    def test_the_times_of_several_are_one(self, rounds):
        assert held(checked(rounds, invested(None))) == ["2019-07-22/.."]


class TestADenyingSentence:
    @pytest.mark.parametrize(
        ("person", "at", "plain", "denied"),
        [
            ("jane", "2020-06", "supported", "contradicted"),
            ("mary", "2020-06", "contradicted", "supported"),
            ("jane", "2021-06", "was-true", "supported"),
            ("jane", "2019", "unsupported", "unsupported"),
        ],
    )
    def test_is_right_where_the_plain_one_is_wrong(self, succession, person, at, plain, denied):
        assert verdict(succession, leads(person), at) == plain
        assert verdict(succession, leads(person, no=True), at) == denied

    def test_is_right_before_it_begins(self, succession):
        assert verdict(succession, leads("john", no=True), "2020-06", known="2023") == "supported"

    def test_is_right_of_whom_a_closed_list_does_not_have(self, kept):
        kept.tell("a", seat("jane"), occurred="2020-01-10")
        assert verdict(kept, sits("john", no=True, aspect="began", tense="past"), "2021") == "supported"

    def test_stays_open_or_disputed_as_the_plain_one(self, kept):
        kept.tell("a", stake("30"), occurred="2020-01-10", standing="reported")
        kept.tell("b", stake("35"), occurred="2020-01-10", standing="reported")
        assert verdict(kept, owns("30", no=True), "2021") == "disputed"


class TestTheFuture:
    def test_is_what_the_record_dates(self, kept):
        kept.tell("a", stake("30", until="2030-12-31"), occurred="2020-01-10")
        assert verdict(kept, owns("30", tense="future")) == "supported"
        assert verdict(kept, owns("30", tense="future", when="2029")) == "supported"

    def test_is_not_foretold_from_what_holds(self, kept):
        kept.tell("a", stake("30"), occurred="2020-01-10")
        answer = checked(kept, owns("30", tense="future"))
        assert (answer.verdict, answer.cause) == ("undecidable", "no-prediction")
        assert answer.reason == "The record cannot tell what is still to come."
        assert verdict(kept, owns("40", tense="future")) == "undecidable"

    def test_asked_about_goes_on_as_far_as_is_known(self, kept):
        kept.tell("a", stake("30"), occurred="2020-01-10")
        answer = checked(kept, owns("30"), "2032", known=None)
        assert answer.verdict == "supported"
        assert answer.reason.endswith("and nothing known so far ends it.")


def test_facts_are_given_as_the_state_carries_them(kept_anywhere):
    kept = kept_anywhere
    kept.tell(
        "a", ceo("jane"), occurred="2020-01-10", standing="reported", sources=[("a", "2020-01-10"), ("b", "2022")]
    )
    kept.tell("b", ceo("john"), occurred="2020-01-10", standing="reported")
    kept.tell("c", ceo("john", standing="denied"), occurred="2020-02-10")
    answer = checked(kept, leads("john"), "2021")
    state = kept.state("2021", known="2021")
    assert [fact.as_json(answer.names) for fact in answer.facts] == [
        fact.as_json(state.names) for fact in state.facts if fact.attribute == "chief_executive"
    ]
    assert answer.verdict == "disputed"
