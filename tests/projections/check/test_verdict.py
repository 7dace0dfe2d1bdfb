"""The verdict on a claim, on both clocks: one, the first that applies."""

from __future__ import annotations

import pytest

from tests.projections.check.judged import (
    checked,
    claim,
    held,
    invested,
    leads,
    led,
    owns,
    paid,
    seat,
    sits,
    stake,
    verdict,
)
from tests.projections.recorded import ceo


class TestWhatHolds:
    def test_is_supported(self, succession):
        assert verdict(succession, leads("jane"), "2020-06") == "supported"
        assert verdict(succession, leads("jane"), "2023") == "supported"

    def test_was_true_once_another_took_over(self, succession):
        answer = checked(succession, leads("jane"), "2021-06")
        assert answer.verdict == "was-true"
        assert answer.reason == "It held from 10 January 2020 to 5 May 2021; then John Roe is chief executive of Acme."
        assert [fact.value["id"] for fact in answer.facts] == ["jane", "john"]

    def test_was_true_once_it_ended(self, succession):
        answer = checked(succession, leads("john"), "2022-02-10")
        assert answer.verdict == "was-true"
        assert answer.reason == "It held from 5 May 2021 to 2 February 2022; then Acme has no chief executive."

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
