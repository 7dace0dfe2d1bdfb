"""Laws of dates, and the `edtf` package as an oracle where it is right.

Where that package (5.0.2) differs, it is not asked:

- it widens a day by a day, a month *and* a year, a month by a month and a year; it widens for `?`, and twice for `%`;
- it takes 2023-02-29, the year 0000, an hour 24, intervals that end before they begin, and spaces around a date;
- it refuses a timestamp without seconds, and forgets the time of one that has them;
- bounds are calendar days there, instants here.
"""

import calendar
from datetime import UTC, date, datetime, timedelta, timezone
from math import inf

import pytest
from edtf import parse_edtf
from hypothesis import example, given
from hypothesis import strategies as st

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

DAY = 86_400_000_000
FIRST, LAST = parse_date("0001").earliest, parse_date("9999").latest

instants = st.integers(FIRST, LAST)
days = st.dates().map(date.isoformat)
months = days.map(lambda day: day[:7])
years = days.map(lambda day: day[:4])
plain_dates = days | months | years
unspecified_dates = st.one_of(
    years.map(lambda year: f"{year[:3]}X"),
    years.map(lambda year: f"{year[:2]}XX"),
    years.map(lambda year: f"{year}-XX"),
    months.map(lambda month: f"{month}-XX"),
    years.map(lambda year: f"{year}-XX-XX"),
)
zones = st.integers(-23 * 60 - 59, 23 * 60 + 59).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29), timezones=zones)  # noqa: DTZ001
timestamps = moments.map(datetime.isoformat)
marked_dates = st.tuples(plain_dates | unspecified_dates, st.sampled_from(["", "~", "?", "%"])).map("".join)
single_dates = marked_dates | timestamps
open_intervals = single_dates.map(lambda text: f"{text}/..") | single_dates.map(lambda text: f"../{text}")
intervals = st.tuples(single_dates, single_dates).map(
    lambda ends: "/".join(sorted(ends, key=lambda text: (parse_date(text).earliest, parse_date(text).latest)))
)
all_dates = single_dates | intervals | open_intervals


@given(all_dates)
def test_every_date_is_given_back_as_written_and_its_bounds_are_in_order(text):
    read = parse_date(text)
    assert str(read) == text
    assert MIN_INSTANT <= read.earliest <= read.latest <= MAX_INSTANT


@given(single_dates)
def test_every_bound_of_a_single_date_has_a_date_itself(text):
    read = parse_date(text)
    assert parse_date(format_instant(read.earliest)).earliest == read.earliest
    assert parse_moment(format_instant(read.latest)) == read.latest


@given(instants)
def test_an_instant_is_read_back_as_written(instant):
    assert parse_moment(format_instant(instant)) == parse_moment(format_moment(instant)) == instant


@given(st.dates())
def test_the_end_of_a_day_is_written_as_the_day(day):
    assert format_moment(parse_moment(day.isoformat())) == day.isoformat()


@given(instants, instants)
def test_instants_sort_as_their_texts(one, other):
    whole = [instant // 1_000_000 * 1_000_000 for instant in (one, other)]
    assert (whole[0] < whole[1]) == (format_instant(whole[0]) < format_instant(whole[1]))


@given(moments)
def test_a_timestamp_is_the_instant_that_the_standard_library_reads(moment):
    read = parse_date(moment.isoformat())
    assert read.earliest == read.latest == instant_of(moment) == parse_moment(moment.isoformat())
    assert datetime.fromisoformat(format_instant(read.latest)) == moment


@given(st.dates())
def test_days_months_and_years_follow_the_calendar_of_the_standard_library(day):
    def first_instant(of: date) -> int:
        return instant_of(datetime(of.year, of.month, of.day, tzinfo=UTC))

    last_of_month = day.replace(day=calendar.monthrange(day.year, day.month)[1])
    for text, first, last in (
        (day.isoformat(), day, day),
        (day.isoformat()[:7], day.replace(day=1), last_of_month),
        (day.isoformat()[:4], day.replace(month=1, day=1), day.replace(month=12, day=31)),
    ):
        read = parse_date(text)
        assert (read.earliest, read.latest) == (first_instant(first), first_instant(last) + DAY - 1)


@given(plain_dates)
@example("0001")
@example("9999-12")
@example("0001-01-01")
@example("2024-02-29")
@example("2024-03-01")
def test_an_approximate_date_reaches_to_the_far_ends_of_its_neighbours(text):
    read = parse_date(text)
    widened = parse_date(f"{text}~")
    length = len(text)
    before = format_instant(max(read.earliest - 1, FIRST))[:length]
    after = format_instant(min(read.latest + 1, LAST))[:length]
    assert (widened.earliest, widened.latest) == (parse_date(before).earliest, parse_date(after).latest)


@given(plain_dates | unspecified_dates)
def test_uncertainty_widens_nothing_and_both_marks_together_widen_as_one(text):
    def bounds(of: str) -> tuple[int, int]:
        return parse_date(of).earliest, parse_date(of).latest

    assert bounds(f"{text}?") == bounds(text)
    assert bounds(f"{text}%") == bounds(f"{text}~")


@given(single_dates, single_dates)
def test_an_interval_spans_its_ends_or_is_refused_because_it_ends_before_it_begins(one, other):
    start, end = parse_date(one), parse_date(other)
    if start.earliest > end.latest:
        with pytest.raises(DateError, match="ends before it begins"):
            parse_date(f"{one}/{other}")
    else:
        interval = parse_date(f"{one}/{other}")
        assert (interval.start, interval.end) == (start, end)
        assert (interval.earliest, interval.latest) == (start.earliest, end.latest)


@given(plain_dates)
def test_a_moment_is_the_latest_of_its_date(text):
    assert parse_moment(text) == parse_date(text).latest


def read(text: str) -> EdtfDate | DateError:
    try:
        return parse_date(text)
    except DateError as error:
        return error


@given(st.text() | st.text("0123456789-/.~?%TZX:+ ", max_size=24))
def test_any_text_is_a_date_or_explained(text):
    assert read(text).text == text


@given(all_dates, st.sampled_from(" _a\u0660\uff12\u2013\n"), st.data())
def test_a_character_that_no_date_has_is_never_overlooked(text, stranger, data):
    place = data.draw(st.integers(0, len(text)))
    assert isinstance(read(text[:place] + stranger + text[place:]), DateError)


def day_number(bound) -> float:
    """The day of a bound of the oracle since 1970, or an infinity."""
    return bound if bound in (inf, -inf) else calendar.timegm(bound) // 86_400


def day_of(instant: int) -> float:
    return {MIN_INSTANT: -inf, MAX_INSTANT: inf}.get(instant, instant // DAY)


# Its grammar reads a year below 1000 too, but its bounds of unknown digits may fall in the year 0000.
asked_dates = (plain_dates | unspecified_dates).filter(lambda text: text[:2] != "00" or "X" not in text)
asked_intervals = st.one_of(
    st.tuples(plain_dates, plain_dates).map(sorted).map("/".join),
    plain_dates.map(lambda text: f"{text}/.."),
    plain_dates.map(lambda text: f"../{text}"),
)


@given(asked_dates | asked_intervals)
@example("2024-02")
@example("1900-02")
@example("20XX")
@example("9999-12-31")
def test_the_bounds_are_those_of_the_oracle(text):
    read, oracle = parse_date(text), parse_edtf(text)
    assert day_of(read.earliest) == day_number(oracle.lower_strict())
    assert day_of(read.latest) == day_number(oracle.upper_strict())


@given(years.filter(lambda year: "0001" < year < "9999"))
def test_an_approximate_year_is_as_wide_as_the_oracles(year):
    read, oracle = parse_date(f"{year}~"), parse_edtf(f"{year}~")
    assert day_of(read.earliest) == day_number(oracle.lower_fuzzy())
    assert day_of(read.latest) == day_number(oracle.upper_fuzzy())
