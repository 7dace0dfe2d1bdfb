"""The specification of dates, as tables."""

import copy
import pickle
from datetime import UTC, datetime, timedelta, timezone

import pytest
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from timeline.dates import (
    MAX_INSTANT,
    MIN_INSTANT,
    DateError,
    EdtfDate,
    format_instant,
    format_moment,
    instant_of,
    parse_date,
    parse_moment,
)

ALWAYS, NEVER = "always", "never"


def written(instant: int) -> str:
    """An instant as the tables write it: a bare date is the first instant of a day, `date end` the last."""
    if instant in (MIN_INSTANT, MAX_INSTANT):
        return ALWAYS if instant == MIN_INSTANT else NEVER
    return format_instant(instant).replace("T00:00:00Z", "").replace("T23:59:59.999999Z", " end")


MEANINGS = [
    # text, precision, earliest, latest
    ("2023", "year", "2023-01-01", "2023-12-31 end"),
    ("2023-11", "month", "2023-11-01", "2023-11-30 end"),
    ("2023-12", "month", "2023-12-01", "2023-12-31 end"),
    ("2024-02", "month", "2024-02-01", "2024-02-29 end"),
    ("2023-11-17", "day", "2023-11-17", "2023-11-17 end"),
    ("2024-02-29", "day", "2024-02-29", "2024-02-29 end"),
    ("1969-12-31", "day", "1969-12-31", "1969-12-31 end"),
    # A timestamp is one instant.
    ("2023-11-17T20:28Z", "instant", "2023-11-17T20:28:00Z", "2023-11-17T20:28:00Z"),
    ("2023-11-17T20:28:30Z", "instant", "2023-11-17T20:28:30Z", "2023-11-17T20:28:30Z"),
    ("2023-11-17T20:28:30.05Z", "instant", "2023-11-17T20:28:30.050000Z", "2023-11-17T20:28:30.050000Z"),
    ("2023-11-19T22:15-08:00", "instant", "2023-11-20T06:15:00Z", "2023-11-20T06:15:00Z"),
    ("2023-11-17T01:00:00+05:45", "instant", "2023-11-16T19:15:00Z", "2023-11-16T19:15:00Z"),
    ("2023-11-17T20:28-00:00", "instant", "2023-11-17T20:28:00Z", "2023-11-17T20:28:00Z"),
    # Approximate: one unit of the date's own precision each way.
    ("2019~", "year", "2018-01-01", "2020-12-31 end"),
    ("2021-03~", "month", "2021-02-01", "2021-04-30 end"),
    ("2024-01~", "month", "2023-12-01", "2024-02-29 end"),
    ("2023-12%", "month", "2023-11-01", "2024-01-31 end"),
    ("2023-12-09~", "day", "2023-12-08", "2023-12-10 end"),
    ("2024-03-01~", "day", "2024-02-29", "2024-03-02 end"),
    ("2023-12-31%", "day", "2023-12-30", "2024-01-01 end"),
    # Uncertain: no wider.
    ("2019?", "year", "2019-01-01", "2019-12-31 end"),
    ("2023-11?", "month", "2023-11-01", "2023-11-30 end"),
    ("2023-11-17?", "day", "2023-11-17", "2023-11-17 end"),
    # Digits not known: all that they may stand for.
    ("201X", "year", "2010-01-01", "2019-12-31 end"),
    ("20XX", "year", "2000-01-01", "2099-12-31 end"),
    ("2019-XX", "month", "2019-01-01", "2019-12-31 end"),
    ("2019-02-XX", "day", "2019-02-01", "2019-02-28 end"),
    ("2019-XX-XX", "day", "2019-01-01", "2019-12-31 end"),
    ("201X~", "year", "2009-01-01", "2020-12-31 end"),
    ("2019-XX~", "month", "2018-12-01", "2020-01-31 end"),
    ("2019-02-XX~", "day", "2019-01-31", "2019-03-01 end"),
    ("201X?", "year", "2010-01-01", "2019-12-31 end"),
    # Intervals: from the earliest of the start to the latest of the end.
    ("2019-07/2023-01", "interval", "2019-07-01", "2023-01-31 end"),
    ("2019/2023-01-05", "interval", "2019-01-01", "2023-01-05 end"),
    ("2019~/2023-01%", "interval", "2018-01-01", "2023-02-28 end"),
    ("2023-11-17T20:28Z/2023-11", "interval", "2023-11-17T20:28:00Z", "2023-11-30 end"),
    ("2023-11/2023-11-17", "interval", "2023-11-01", "2023-11-17 end"),
    ("2023-11-17T20:28Z/2023-11-17T20:28Z", "interval", "2023-11-17T20:28:00Z", "2023-11-17T20:28:00Z"),
    ("2023/2023", "interval", "2023-01-01", "2023-12-31 end"),
    ("2025-10-28/..", "interval", "2025-10-28", NEVER),
    ("../2023", "interval", ALWAYS, "2023-12-31 end"),
    ("201X/2020?", "interval", "2010-01-01", "2020-12-31 end"),
    # The calendar ends at both ends; widening stops there.
    ("0001", "year", "0001-01-01", "0001-12-31 end"),
    ("0001~", "year", "0001-01-01", "0002-12-31 end"),
    ("0001-01~", "month", "0001-01-01", "0001-02-28 end"),
    ("0001-01-01~", "day", "0001-01-01", "0001-01-02 end"),
    ("000X", "year", "0001-01-01", "0009-12-31 end"),
    ("9999", "year", "9999-01-01", "9999-12-31 end"),
    ("9999-12", "month", "9999-12-01", "9999-12-31 end"),
    ("9999~", "year", "9998-01-01", "9999-12-31 end"),
    ("9999-12~", "month", "9999-11-01", "9999-12-31 end"),
    ("9999-12-31~", "day", "9999-12-30", "9999-12-31 end"),
    ("99XX%", "year", "9899-01-01", "9999-12-31 end"),
]


@pytest.mark.parametrize(("text", "precision", "earliest", "latest"), MEANINGS)
def test_what_a_date_may_mean(text, precision, earliest, latest):
    date = parse_date(text)
    assert (date.precision, written(date.earliest), written(date.latest)) == (precision, earliest, latest)


@pytest.mark.parametrize("text", [text for text, *_ in MEANINGS])
def test_a_date_is_given_back_as_written(text):
    assert str(parse_date(text)) == parse_date(text).text == text


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"),
    [
        ("2023", False, False),
        ("2023~", True, False),
        ("2023?", False, True),
        ("2023%", True, True),
        ("2019~/2023?", True, True),
        ("2019/2023?", False, True),
        ("2019/2023", False, False),
    ],
)
def test_what_the_marks_say(text, approximate, uncertain):
    assert (parse_date(text).approximate, parse_date(text).uncertain) == (approximate, uncertain)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2019-07~/2023-01", "2019-07~", "2023-01"),
        ("2025-10-28/..", "2025-10-28", None),
        ("../2023", None, "2023"),
        ("2023", None, None),
    ],
)
def test_an_interval_has_ends(text, start, end):
    interval = parse_date(text)
    assert interval.start == (start and parse_date(start))
    assert interval.end == (end and parse_date(end))


MISTAKES = [
    # text, what the message says
    ("", "a date is missing; write it as in 2023-11-17"),
    ("  ", "a date is missing"),
    (" 2023", "take away the spaces"),
    ("2023-11-17\n", "take away the spaces"),
    ("2023\N{EN DASH}11", "plain hyphen"),
    ("\N{FULLWIDTH DIGIT TWO}023", "only the digits 0 to 9"),
    ("\N{ARABIC-INDIC DIGIT TWO}023-11-17", "only the digits 0 to 9"),
    ("17/11/2023", "year, month and day in this order with hyphens, as in 2023-11-17"),
    ("2023/11/17", "year, month and day in this order with hyphens"),
    ("2023/11", "year, month and day in this order with hyphens"),
    ("17-11-2023", "year, month and day in this order with hyphens"),
    ("17.11.2023", "year, month and day in this order with hyphens"),
    ("20231117", "year, month and day in this order with hyphens"),
    ("20231117T202800Z", "year, month and day in this order with hyphens"),
    ("Nov 2023", "use digits; write year, month and day in this order"),
    ("November 17, 2023", "use digits"),
    ("yesterday", "use digits"),
    ("now", "use digits"),
    ("2023-1-5", "two digits, as in 2023-01-05"),
    ("2023-W46", "weeks and days of the year are not read"),
    ("2023-321", "weeks and days of the year are not read"),
    ("2023-11-17Z", "as in 2023-11-17 or 2023-11"),
    # Days that the calendar does not have.
    ("0000", "there is no year 0000; years run from 0001 to 9999"),
    ("0000-01-01", "there is no year 0000"),
    ("0000-XX", "there is no year 0000"),
    ("-0044", "years run from 0001 to 9999"),
    ("-0044-03-15", "years run from 0001 to 9999"),
    ("Y17000", "years run from 0001 to 9999"),
    ("+2023", "years run from 0001 to 9999"),
    ("23", "in four digits"),
    ("2023-00", "there is no month 00; months run from 01 to 12"),
    ("2023-13", "there is no month 13; months run from 01 to 12"),
    ("2023-13-XX", "there is no month 13"),
    ("2001-21", "a season has no agreed months; write the months meant, as in 2001-03/2001-05"),
    ("2023-02-30", "2023-02 has days from 01 to 28"),
    ("1900-02-29", "1900-02 has days from 01 to 28"),
    ("2023-11-00", "2023-11 has days from 01 to 30"),
    ("2023-02-29~", "2023-02 has days from 01 to 28"),
    # Times.
    ("2023-11-17T20:28", "the time has no zone; add Z if it is UTC"),
    ("2023-11-17T20:28:05.5", "the time has no zone"),
    ("2023-11-17T20:28 01:00", "%2B in a URL"),
    ("2023-11-17T20:28+0100", "write the offset as in +01:00"),
    ("2023-11-17T20:28-08", "write the offset as in +01:00 or -08:00"),
    ("2023-11-17T20:28+24:00", "there is no such offset"),
    ("2023-11-17T20:28+01:60", "there is no such offset"),
    ("2023-11-17T24:00Z", "there is no hour 24"),
    ("2023-11-17T20:60Z", "there is no minute 60"),
    ("2016-12-31T23:59:60Z", "there is no second 60; seconds run from 00 to 59, a leap second is written 59"),
    ("2023-02-30T12:00Z", "2023-02 has days from 01 to 28"),
    ("2023-11-17T20:28:05.1234567Z", "at most six digits"),
    ("2023-11-17T20:28:05,5Z", "write a time as in 2023-11-17T20:28Z"),
    ("2023-11-17T20Z", "write a time as in 2023-11-17T20:28Z"),
    ("2023-11-17t20:28z", "write a time as in 2023-11-17T20:28Z"),
    ("2023-11-17 20:28Z", "write a time as in 2023-11-17T20:28Z"),
    ("2023-11-17T20:28Z~", "a time is exact"),
    ("0001-01-01T00:00+01:00", "in UTC this is in another year"),
    ("9999-12-31T23:00-01:00", "in UTC this is in another year"),
    ("9999-12-31T23:59:59-01:00", "in UTC this is in another year"),
    # Marks, unknown digits, sets.
    ("2023?~", "one mark after the whole date; % is both ~ and ?"),
    ("~2023", "one mark after the whole date"),
    ("2023~-11", "one mark after the whole date"),
    ("XXXX", "X stands for unknown digits at the end"),
    ("2X23", "X stands for unknown digits at the end"),
    ("201x", "X stands for unknown digits at the end"),
    ("201X-05", "X stands for unknown digits at the end"),
    ("2023-XX-17", "X stands for unknown digits at the end"),
    ("[2019,2021]", "sets are not read; write the interval"),
    # Intervals.
    ("2023/2022", "the interval ends before it begins; did you mean 2022/2023?"),
    ("2023-11-17T20:28Z/2023-11-17T20:27Z", "the interval ends before it begins"),
    ("../..", "one end of an interval must be a date"),
    ("2019/", "write an end that is open as two dots, as in 2019/.. or ../2023"),
    ("/2019", "write an end that is open as two dots"),
    ("2019/2020/2021", "an interval has one slash"),
    ("2019-07/08", "write both ends of an interval in full"),
    ("2019-2023", "write an interval with a slash, as in 2019/2023"),
    ("2019/2023-13", "'2023-13' in it is wrong: there is no month 13"),
    ("2019 / 2020", "'2019 ' in it is wrong: take away the spaces"),
]


@pytest.mark.parametrize(("text", "remedy"), MISTAKES)
def test_what_is_no_date_is_explained(text, remedy):
    with pytest.raises(DateError) as caught:
        parse_date(text)
    assert caught.value.text == text
    assert remedy in caught.value.remedy
    assert str(caught.value) == f"{text!r}: {caught.value.remedy}"


def test_the_message_shows_only_the_beginning_of_a_very_long_text():
    with pytest.raises(DateError) as caught:
        parse_date("2" * 10_000)
    assert len(caught.value.text) == 10_000
    assert len(str(caught.value)) < 200


def test_an_error_survives_the_way_between_processes():
    with pytest.raises(DateError) as caught:
        parse_date("2023-13")
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own bytes
    assert (type(again), again.text, str(again)) == (DateError, "2023-13", str(caught.value))


class TestADateAsAValue:
    def test_the_same_text_is_the_same_date(self):
        parse_date.cache_clear()
        first = parse_date("2023-11")
        parse_date.cache_clear()
        assert parse_date("2023-11") is not first
        assert parse_date("2023-11") == first
        assert hash(parse_date("2023-11")) == hash(first)

    def test_another_text_is_another_date_even_with_the_same_bounds(self):
        month, days = parse_date("2023-11"), parse_date("2023-11-01/2023-11-30")
        assert (month.earliest, month.latest) == (days.earliest, days.latest)
        assert month != days

    def test_it_is_no_text(self):
        text: object = "2023"
        assert parse_date("2023") != text

    def test_it_does_not_change(self):
        with pytest.raises(AttributeError):
            parse_date("2023").earliest = 0  # type: ignore[misc]

    def test_it_has_no_room_for_more(self):
        assert not hasattr(parse_date("2023"), "__dict__")

    def test_its_representation_names_it(self):
        assert repr(parse_date("2023-11~")) == "<EdtfDate 2023-11~>"

    @pytest.mark.parametrize("again", [copy.deepcopy, lambda date: pickle.loads(pickle.dumps(date))])  # noqa: S301
    def test_a_copy_keeps_everything(self, again):
        date = parse_date("2019-07~/2023-01")
        twin = again(date)
        assert (twin, twin.earliest, twin.latest, twin.start) == (
            date,
            date.earliest,
            date.latest,
            date.start,
        )


class Holding(BaseModel):
    model_config = ConfigDict(frozen=True)

    since: EdtfDate
    until: EdtfDate | None = None


class TestADateAsAField:
    @pytest.mark.parametrize("text", ["2023-11-17T20:28+01:00", "2023-11~", "2025-10-28/..", "201X"])
    def test_it_travels_as_its_text(self, text):
        holding = Holding.model_validate({"since": text})
        assert holding.since == parse_date(text)
        assert holding.model_dump() == holding.model_dump(mode="json") == {"since": text, "until": None}
        assert Holding.model_validate_json(holding.model_dump_json()) == holding

    def test_it_takes_a_date_already_read(self):
        assert Holding(since=parse_date("2023")).since == parse_date("2023")

    def test_a_strict_model_takes_both(self):
        for since in ("2023", parse_date("2023")):
            assert Holding.model_validate({"since": since}, strict=True).since == parse_date("2023")

    def test_what_is_no_date_is_one_error_that_says_why(self):
        with pytest.raises(ValidationError) as caught:
            Holding.model_validate({"since": "2023-13"})
        (error,) = caught.value.errors()
        assert error["loc"] == ("since",)
        assert "there is no month 13" in error["msg"]
        assert isinstance(error["ctx"]["error"], DateError)

    @pytest.mark.parametrize("value", [2023, 2023.5, b"in bytes", True, ["2023"], datetime(2023, 11, 17, tzinfo=UTC)])
    def test_only_a_text_is_read(self, value):
        with pytest.raises(ValidationError) as caught:
            Holding.model_validate({"since": value})
        assert [error["type"] for error in caught.value.errors()] == ["string_type"]

    @pytest.mark.parametrize("mode", ["validation", "serialization"])
    def test_its_schema_is_a_string_with_examples_that_are_dates(self, mode):
        schema = TypeAdapter(EdtfDate).json_schema(mode=mode)
        assert schema["type"] == "string"
        assert [str(parse_date(example)) for example in schema["examples"]] == schema["examples"]

    def test_it_can_be_the_key_of_a_mapping(self):
        counts = TypeAdapter(dict[EdtfDate, int])
        assert counts.dump_json(counts.validate_json('{"2023-11~": 1}')) == b'{"2023-11~":1}'


class TestTheMomentAskedAbout:
    @pytest.mark.parametrize(
        ("text", "instant"),
        [
            ("2023-11-17", "2023-11-17T23:59:59.999999Z"),
            ("2023-11", "2023-11-30T23:59:59.999999Z"),
            ("2024-02", "2024-02-29T23:59:59.999999Z"),
            ("2023", "2023-12-31T23:59:59.999999Z"),
            ("9999", "9999-12-31T23:59:59.999999Z"),
            ("2023-11-17T20:28Z", "2023-11-17T20:28:00Z"),
            ("2023-11-17T20:28:00.25Z", "2023-11-17T20:28:00.250000Z"),
            ("2023-11-17T12:28-08:00", "2023-11-17T20:28:00Z"),
        ],
    )
    def test_a_day_month_or_year_is_meant_through_its_end_and_a_timestamp_is_itself(self, text, instant):
        assert format_instant(parse_moment(text)) == instant

    @pytest.mark.parametrize(
        ("text", "remedy"),
        [
            ("2023-11~", "write 2023-11"),
            ("2023?", "write 2023"),
            ("2023-11-17%", "write 2023-11-17"),
            ("2019/2023", "an interval is not one moment; ask about one of its ends"),
            ("2019~/..", "an interval is not one moment"),
            ("201X", "known digits"),
            ("2023-11-17T20:28", "add Z"),
            ("17/11/2023", "year, month and day in this order"),
            ("", "a date is missing"),
        ],
    )
    def test_what_is_not_one_moment_is_refused(self, text, remedy):
        with pytest.raises(DateError) as caught:
            parse_moment(text)
        assert caught.value.text == text
        assert remedy in str(caught.value)


class TestWritingAnInstant:
    @pytest.mark.parametrize(
        ("instant", "text"),
        [
            (0, "1970-01-01T00:00:00Z"),
            (-1, "1969-12-31T23:59:59.999999Z"),
            (1_700_252_880_000_000, "2023-11-17T20:28:00Z"),
            (1_700_252_880_250_000, "2023-11-17T20:28:00.250000Z"),
            (-62_135_596_800_000_000, "0001-01-01T00:00:00Z"),
            (253_402_300_799_999_999, "9999-12-31T23:59:59.999999Z"),
        ],
    )
    def test_it_is_rfc_3339_in_utc(self, instant, text):
        assert format_instant(instant) == text

    @pytest.mark.parametrize(
        "instant", [MIN_INSTANT, MAX_INSTANT, -62_135_596_800_000_001, 253_402_300_800_000_000, 10**30]
    )
    @pytest.mark.parametrize("write", [format_instant, format_moment])
    def test_an_instant_outside_the_calendar_has_no_date(self, write, instant):
        with pytest.raises(ValueError, match=str(instant)):
            write(instant)

    @pytest.mark.parametrize(
        ("asked", "text"),
        [
            ("2023-11-16", "2023-11-16"),
            ("2023-11", "2023-11-30"),
            ("2023", "2023-12-31"),
            ("1969-12-31", "1969-12-31"),
            ("2023-11-16T00:00Z", "2023-11-16T00:00:00Z"),
            ("2023-11-16T23:59:59.999998Z", "2023-11-16T23:59:59.999998Z"),
        ],
    )
    def test_the_last_microsecond_of_a_day_is_written_as_that_day(self, asked, text):
        assert format_moment(parse_moment(asked)) == text


class TestTheInstantOfADatetime:
    @pytest.mark.parametrize(
        ("moment", "text"),
        [
            (datetime(2023, 11, 17, 20, 28, tzinfo=UTC), "2023-11-17T20:28:00Z"),
            (
                datetime(2023, 11, 17, 12, 28, 0, 1, timezone(timedelta(hours=-8))),
                "2023-11-17T20:28:00.000001Z",
            ),
            (datetime.max.replace(tzinfo=UTC), "9999-12-31T23:59:59.999999Z"),
            (datetime.min.replace(tzinfo=UTC), "0001-01-01T00:00:00Z"),
        ],
    )
    def test_it_is_exact_to_the_microsecond(self, moment, text):
        assert format_instant(instant_of(moment)) == text

    def test_a_datetime_without_a_zone_is_refused(self):
        with pytest.raises(DateError, match="no zone") as caught:
            instant_of(datetime(2023, 11, 17))  # noqa: DTZ001 - the point
        assert caught.value.text == "2023-11-17T00:00:00"
