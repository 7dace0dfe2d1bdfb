"""A claim on which sources disagree, which somebody denied, or which was believed until it was taken back."""

from __future__ import annotations

from tests.projections.check.judged import (
    became,
    checked,
    held,
    leads,
    owns,
    stake,
    verdict,
    was_fired,
)
from tests.projections.recorded import ceo, told
from tests.timeline.telling import TIMELINE
from timeline.dates import parse_date
from timeline.events import Reason, RetractionReason


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

    def test_who_denies_that_it_is_over_speaks_against_its_end_and_not_against_it(self, kept):
        ended = {"subject": "acme", "attribute": "chief_executive", "end": True}
        kept.tell("a", ceo("jane"), occurred="2020-01-10")
        kept.tell("b", ended, occurred="2021-05-05", standing="denied")
        answer = checked(kept, leads("jane"), "2022")
        assert (answer.verdict, answer.facts[0].contested_by) == ("supported", ())
        assert [rival.text for rival in kept.ceo("2022").contested_by] == []
        kept.tell("c", ended, occurred="2021-05-05", standing="reported")
        answer = checked(kept, was_fired("jane"), "2022")
        rivals = [rival for fact in answer.as_json()["facts"] for rival in fact["contested_by"]]
        assert [(rival["value"], rival["standing"]) for rival in rivals] == [(None, "denied")]

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
