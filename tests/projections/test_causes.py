"""Why a fact of one state is not the fact of another: each cause, with the event behind it."""

from __future__ import annotations

from typing import Any

import pytest

from projections.causes import Cause, cause_of
from projections.comparison import Line, compare
from tests.projections.recorded import Kept, ceo, no_ceo, told
from tests.timeline.telling import TIMELINE, url
from timeline.dates import parse_date
from timeline.entities import Entity, EntityKind
from timeline.errors import InvalidInput
from timeline.events import EVENTS, Reason, RetractionReason
from timeline.sources import Source
from timeline.standing import Standing


def lines(kept: Kept, before: dict[str, Any], after: dict[str, Any], **both: Any) -> tuple[Line, ...]:
    with kept.archive.snapshot() as snapshot:
        bases = (snapshot.basis(**{**both, **one}) for one in (before, after))
        return compare(snapshot, TIMELINE, *bases).lines


def at(kept: Kept, first: str, last: str, **both: Any) -> Line:
    """The one change between two dates in the world."""
    (line,) = lines(kept, {"at": first}, {"at": last}, **both)
    return line


def known(kept: Kept, first: str, last: str, **both: Any) -> Line:
    """The one change between two dates of knowledge."""
    (line,) = lines(kept, {"known": first}, {"known": last}, **both)
    return line


def said(line: Line) -> tuple[Any, ...]:
    """Who held it before and after, why, when in the world, and by which event."""
    people = [fact and fact.value["id"] for fact in (line.change.before, line.change.after)]
    return (*people, line.cause.value, line.happened, line.event.name, line.event.development)


def correct(kept: Kept, slug: str, *facts: dict[str, Any], reason: Reason = Reason.NEW_INFORMATION, **more: Any) -> int:
    known = more.pop("known", None)
    content = told(*facts, **more)
    date = None if known is None else parse_date(known)
    return kept.record.correct(TIMELINE, slug, reason=reason, content=content, known=date).revision


class TestTimeInTheWorld:
    def test_a_fact_begins_by_its_development(self, kept_anywhere):
        kept_anywhere.tell("jane", ceo("jane"), occurred="2020-03-01")
        line = at(kept_anywhere, "2019", "2020")
        assert said(line) == (None, "jane", "development", "2020-03-01", "DevelopmentRecorded", "jane")
        assert line.fields == ()

    def test_a_successor_takes_over(self, kept_anywhere):
        kept_anywhere.tell("jane", ceo("jane"), occurred="2020-03-01")
        kept_anywhere.tell("john", ceo("john"), occurred="2021-03-01")
        line = at(kept_anywhere, "2020", "2021")
        assert said(line) == ("jane", "john", "development", "2021-03-01", "DevelopmentRecorded", "john")
        assert {"value", "text", "since", "development"} <= set(line.fields)

    def test_another_development_ends_it(self, kept_anywhere):
        kept_anywhere.tell("jane", ceo("jane"), occurred="2020-03-01")
        kept_anywhere.tell("left", no_ceo(), occurred="2021-03-01")
        line = at(kept_anywhere, "2020", "2021")
        assert said(line) == ("jane", None, "development", "2021-03-01", "DevelopmentRecorded", "left")

    def test_of_two_ends_it_is_the_first_that_ended_it(self, kept_anywhere):
        kept_anywhere.tell("jane", ceo("jane"), occurred="2020-03-01")
        kept_anywhere.tell("left", no_ceo(), occurred="2021-03-01")
        kept_anywhere.tell("vacant", no_ceo(), occurred="2021-06-01")
        assert said(at(kept_anywhere, "2020", "2021"))[-1] == "left"
        assert said(at(kept_anywhere, "2020", "2022-01"))[3] == "2021-03-01"

    def test_it_runs_out_by_a_date_of_its_own(self, kept_anywhere):
        kept_anywhere.tell("jane", ceo("jane", until="2020-12-31"), occurred="2020-03-01")
        kept_anywhere.tell("vacant", no_ceo(), occurred="2021-06-01")
        line = at(kept_anywhere, "2020-06", "2021-03")
        assert said(line) == ("jane", None, "expired", "2020-12-31", "DevelopmentRecorded", "jane")
        assert said(at(kept_anywhere, "2020-06", "2022"))[2:4] == ("expired", "2020-12-31")

    def test_time_makes_certain_what_was_possible_and_possible_what_was_certain(self, kept_anywhere):
        kept_anywhere.tell("jane", ceo("jane", until="2021-06"), occurred="2020-03")
        begun = at(kept_anywhere, "2020-03-10", "2020-04-10", known="2022")
        assert (said(begun), begun.fields) == (
            ("jane", "jane", "time", "2020-03", "DevelopmentRecorded", "jane"),
            ("certainty",),
        )
        assert said(at(kept_anywhere, "2020-05", "2021-06-10", known="2022"))[2:4] == ("time", "2021-06")

    def test_what_was_corrected_since_is_told_as_it_is_known(self, kept_anywhere):
        """The world did not change by the correction: the development did it, and the correction is how it is known."""
        kept_anywhere.tell("jane", ceo("jane"), occurred="2020-03-01")
        position = correct(kept_anywhere, "jane", ceo("john"), occurred="2020-03-01", known="2020-05-01")
        line = at(kept_anywhere, "2020-02", "2020-04")
        assert said(line) == (None, "john", "development", "2020-03-01", "DevelopmentCorrected", "jane")
        assert line.event.position == position


class TestKnowledge:
    @pytest.fixture
    def kept_anywhere(self, kept_anywhere):
        kept_anywhere.tell("jane", ceo("jane"), occurred="2020-03-01", standing="reported", sources=("a", "b"))
        return kept_anywhere

    def test_a_development_becomes_known(self, kept_anywhere):
        kept_anywhere.tell("john", ceo("john"), occurred="2020-04-01", known="2021-04-01")
        line = known(kept_anywhere, "2020-12", "2021-12", at="2020-06")
        assert said(line) == ("jane", "john", "development", None, "DevelopmentRecorded", "john")
        assert line.event.known == "2021-04-01"

    def test_the_world_learns_better(self, kept_anywhere):
        position = correct(kept_anywhere, "jane", ceo("mary"), occurred="2020-03-01", known="2021-01-01")
        line = known(kept_anywhere, "2020", "2021", at="2020-06")
        assert said(line) == ("jane", "mary", "correction", None, "DevelopmentCorrected", "jane")
        assert line.event.position == position

    def test_a_correction_takes_a_fact_back(self, kept_anywhere):
        correct(kept_anywhere, "jane", occurred="2020-03-01", known="2021-01-01")
        kept_anywhere.record.add_source(
            TIMELINE,
            "jane",
            source=Source(publisher="P", title="later", url=url("later")),
            known=parse_date("2021-06-01"),
        )
        line = known(kept_anywhere, "2020", "2021", at="2020-06")
        assert said(line) == ("jane", None, "correction", None, "DevelopmentCorrected", "jane")

    def test_what_came_back_is_told_by_what_was_lost(self, kept_anywhere):
        kept_anywhere.tell("john", ceo("john"), occurred="2020-04-01")
        kept_anywhere.record.retract(
            TIMELINE, "john", reason=RetractionReason.WITHDRAWN, known=parse_date("2021-02-01")
        )
        line = known(kept_anywhere, "2020", "2021", at="2020-06")
        assert said(line) == ("john", "jane", "retraction", None, "DevelopmentRetracted", "john")

    def test_a_date_becomes_finer(self, kept_anywhere):
        correct(
            kept_anywhere,
            "jane",
            ceo("jane"),
            reason=Reason.FINER_DATE,
            occurred="2020-03-01T12:00Z",
            standing="reported",
            sources=("a", "b"),
            known="2021-01-01",
        )
        line = known(kept_anywhere, "2020", "2021", at="2020-06")
        assert said(line)[:3] == ("jane", "jane", "finer-date")
        assert line.fields == ("since", "known_since")

    def test_it_comes_to_stand_better(self, kept_anywhere):
        kept_anywhere.record.change_standing(
            TIMELINE, "jane", standing=Standing.CONFIRMED, known=parse_date("2021-01-01")
        )
        line = known(kept_anywhere, "2020", "2021", at="2020-06")
        assert said(line) == ("jane", "jane", "standing", None, "StandingChanged", "jane")
        assert line.event.title == "Acme says something"

    def test_a_source_is_added_or_withdrawn(self, kept_anywhere):
        record = kept_anywhere.record
        new = Source(publisher="P", title="new", url=url("new"))
        record.add_source(TIMELINE, "jane", source=new, known=parse_date("2021-01-01"))
        record.withdraw_source(TIMELINE, "jane", url=url("a"), known=parse_date("2022-01-01"))
        added = known(kept_anywhere, "2020", "2021", at="2020-06")
        assert (said(added)[2:], added.fields) == (("source", None, "SourceAdded", "jane"), ("sources",))
        assert added.is_evidence
        withdrawn = known(kept_anywhere, "2021", "2022", at="2020-06")
        assert said(withdrawn)[2:] == ("source-withdrawn", None, "DevelopmentCorrected", "jane")

    def test_the_last_source_is_withdrawn(self, kept_anywhere):
        for name, date in (("a", "2021-01-01"), ("b", "2021-02-01")):
            kept_anywhere.record.withdraw_source(TIMELINE, "jane", url=url(name), known=parse_date(date))
        line = known(kept_anywhere, "2020", "2021", at="2020-06")
        assert said(line) == ("jane", None, "source-withdrawn", None, "DevelopmentCorrected", "jane")
        assert line.event.known == "2021-02-01"

    def test_a_document_that_was_named_appears(self, kept_anywhere):
        kept_anywhere.tell(
            "mary", ceo("mary"), occurred="2020-04-01", sources=(("now", "2020-04-01"), ("book", "2021-05-01"))
        )
        line = known(kept_anywhere, "2020", "2021", at="2020-06")
        assert (line.cause, line.fields, line.event.development) == (Cause.SOURCE, ("sources",), "mary")

    def test_others_contest_it_and_no_longer_do(self, kept_anywhere):
        denied = ceo("jane", standing="denied")
        kept_anywhere.tell("no", denied, occurred="2020-03-01", known="2021-03-01")
        kept_anywhere.record.retract(TIMELINE, "no", reason=RetractionReason.WITHDRAWN, known=parse_date("2022-03-01"))
        for years, event in ((("2020", "2021"), "DevelopmentRecorded"), (("2021", "2022"), "DevelopmentRetracted")):
            line = known(kept_anywhere, *years, at="2020-06")
            assert (line.cause, line.fields) == (Cause.RIVAL, ("contested_by",))
            assert (line.event.name, line.event.development) == (event, "no")

    def test_the_same_correction_tells_why_where_time_moves_as_well(self, kept_anywhere):
        """Held since March by what was known then; since May by what is known now."""
        correct(kept_anywhere, "jane", ceo("mary"), occurred="2020-05-01", known="2021-01-01")
        (line,) = lines(kept_anywhere, {"at": "2020-04", "known": "2020-04"}, {"at": "2020-06", "known": "2021-06"})
        assert said(line) == ("jane", "mary", "correction", None, "DevelopmentCorrected", "jane")

    def test_what_happened_since_is_told_as_such_where_knowledge_moves_as_well(self, kept_anywhere):
        kept_anywhere.tell("john", ceo("john"), occurred="2020-05-01", known="2020-05-02")
        (line,) = lines(kept_anywhere, {"at": "2020-04", "known": "2020-04"}, {"at": "2020-06", "known": "2020-06"})
        assert said(line) == ("jane", "john", "development", "2020-05-01", "DevelopmentRecorded", "john")


class TestRevisions:
    def between(self, kept: Kept, first: int, last: int) -> Line:
        (line,) = lines(kept, {"revision": first}, {"revision": last}, at="2020-06", known="2023")
        return line

    def test_a_slip_is_mended(self, kept_anywhere):
        first = kept_anywhere.tell("jane", ceo("jane"), occurred="2020-03-01").revision
        last = correct(kept_anywhere, "jane", ceo("john"), reason=Reason.CLERICAL, occurred="2020-03-01")
        line = self.between(kept_anywhere, first, last)
        assert said(line) == ("jane", "john", "clerical", None, "DevelopmentCorrected", "jane")
        assert line.event.position == last

    def test_what_should_never_have_been_recorded_goes(self, kept_anywhere):
        first = kept_anywhere.tell("jane", ceo("jane"), occurred="2020-03-01").revision
        last = kept_anywhere.record.retract(TIMELINE, "jane", reason=RetractionReason.CLERICAL).revision
        assert said(self.between(kept_anywhere, first, last))[2:] == (
            "clerical",
            None,
            "DevelopmentRetracted",
            "jane",
        )

    def test_something_is_recorded_or_corrected_late(self, kept_anywhere):
        first = kept_anywhere.tell("jane", ceo("jane"), occurred="2020-03-01").revision
        second = kept_anywhere.tell("john", ceo("john"), occurred="2020-04-01").revision
        third = correct(kept_anywhere, "john", ceo("mary"), occurred="2020-04-01", known="2021")
        assert said(self.between(kept_anywhere, first, second))[2:] == (
            "development",
            None,
            "DevelopmentRecorded",
            "john",
        )
        assert said(self.between(kept_anywhere, second, third))[2] == "correction"

    def test_somebody_is_called_otherwise(self, kept_anywhere):
        first = kept_anywhere.tell("jane", ceo("jane"), occurred="2020-03-01").revision
        person = Entity(id="jane", name="Jane Roe", kind=EntityKind.PERSON)
        last = kept_anywhere.record.describe_entity(TIMELINE, person).revision
        line = self.between(kept_anywhere, first, last)
        assert (line.cause, line.event.name, line.event.position) == (Cause.DESCRIPTION, "EntityDescribed", last)
        assert line.event.development is None
        assert line.fields == ("value", "text")


class TestTheQuestion:
    @pytest.mark.parametrize(
        ("before", "after", "field"),
        [
            ({"at": "2021"}, {"at": "2020"}, "from"),
            ({"known": "2021"}, {"known": "2020"}, "known_from"),
            ({"revision": 2}, {"revision": 1}, "revision_from"),
            ({"standing": "alleged"}, {"standing": "confirmed"}, "standing"),
        ],
    )
    def test_a_difference_is_told_forwards_and_on_one_floor(self, kept, before, after, field):
        with pytest.raises(InvalidInput) as error:
            lines(kept, before, after)
        assert error.value.field == field
        assert error.value.remedy

    def test_between_equal_bases_nothing_differs(self, kept):
        kept.tell("jane", ceo("jane"), occurred="2020-03-01")
        assert lines(kept, {"at": "2020"}, {"at": "2020"}, known="2021") == ()


def test_every_event_is_the_cause_of_something():
    reasons: dict[str, list[Any]] = {
        "DevelopmentCorrected": list(Reason),
        "DevelopmentRetracted": list(RetractionReason),
    }
    for event in EVENTS.values():
        for reason in reasons.get(event.__name__, [None]):
            assert isinstance(cause_of(event.__name__, reason), Cause)
