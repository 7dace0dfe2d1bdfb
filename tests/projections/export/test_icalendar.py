"""Developments as a calendar, as the package icalendar reads it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import icalendar
import pytest

from tests.projections.export.conftest import BASE, HEAD, NASTY, TITLE
from timeline.names import development_id


@pytest.fixture
def events(exported):
    def read(*basis: str, **more: str) -> dict[str, icalendar.Component]:
        calendar = icalendar.Calendar.from_ical(exported("icalendar", *basis, **more).read_bytes())
        return {str(event["uid"]): event for event in calendar.walk("VEVENT")}

    return read


def of(slug: str) -> str:
    return str(development_id("tiny", slug))


def test_a_day_is_an_event_of_all_that_day(events):
    event = events()[of("2010-05-20-supply-agreement")]
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2010, 5, 20), date(2010, 5, 21))
    assert str(event["summary"]) == "Supply agreement signed"
    assert str(event["status"]) == "CONFIRMED"
    assert (
        event["url"]
        == f"{BASE}/v1/timelines/tiny/developments/2010-05-20-supply-agreement?known=2013-12-31&revision={HEAD}"
    )


def test_what_is_only_about_a_month_takes_all_days_that_it_may_mean(events):
    event = events()[of(NASTY)]
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2011, 12, 1), date(2012, 3, 1))
    assert "Date: about January 2012." in event["description"]
    assert str(event["status"]) == "TENTATIVE"


def test_a_month_ends_with_its_last_day(events):
    """Before the register gave the day."""
    event = events("2010-03", "2010-03")[of("2010-03-01-board-seat")]
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2010, 3, 1), date(2010, 4, 1))


@pytest.mark.parametrize(
    ("occurred", "begins", "ends"),
    [
        ("2012-05-04T20:28+02:00", datetime(2012, 5, 4, 18, 28, tzinfo=UTC), None),
        ("2012-05-04/2012-05-06", date(2012, 5, 4), date(2012, 5, 7)),
        ("2012-05-04/..", date(2012, 5, 4), date(2012, 5, 5)),
        ("../2012-05-04", date(2012, 5, 4), date(2012, 5, 5)),
        ("9999-12-31", date(9999, 12, 31), None),
        ("200X", date(2000, 1, 1), date(2010, 1, 1)),
    ],
)
def test_every_sort_of_date_has_its_days(occurred, begins, ends):
    from projections.export.icalendar import _dates
    from timeline.dates import parse_date

    lines = "".join(f"{line}\r\n" for line in _dates(parse_date(occurred)))
    event = icalendar.Event.from_ical(f"BEGIN:VEVENT\r\n{lines}END:VEVENT\r\n")
    assert event.decoded("dtstart") == begins
    assert ("dtend" in event) == (ends is not None)
    assert ends is None or event.decoded("dtend") == ends


def test_texts_come_back_as_they_were_but_for_what_no_calendar_can_hold(events):
    event = events()[of(NASTY)]
    assert str(event["summary"]) == TITLE
    assert 'commas\nand <img src=x onerror="alert(2)"> {braces} 🛳️ and a bell  inside.' in event["description"]
    assert """O'Neill & <Sons>: "A" <i>title</i>; b, c https://o.example/?a=1&b=2,3""" in event["description"]


def test_no_line_is_longer_than_75_bytes_and_none_is_cut_inside_a_character(exported):
    for line in exported("icalendar").read_bytes().split(b"\r\n"):
        assert len(line) <= 75
        assert line.decode() is not None
        assert b"\n" not in line


def test_a_calendar_holds_what_was_known_and_may_have_happened_by_then(events):
    assert of("2011-04-01-second-ferry-talks") in events("2011-04-10", "2011-04-10")
    assert of("2011-04-01-second-ferry-talks") not in events("2011-04-30", "2011-04-30"), "retracted by then"
    assert of(NASTY) not in events("2011-11", "2013")
    assert of(NASTY) not in events("2013", "2013", standing="confirmed")
