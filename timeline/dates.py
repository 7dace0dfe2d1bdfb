"""Dates as people know them, and the instants they stand for.

A date of the record is EDTF (ISO 8601-2:2019, levels 0 and 1; https://www.loc.gov/standards/datetime/): it
may be coarse, doubtful or open. It is kept as written and read as two instants, the earliest and the latest
that it may mean. An instant is an integer count of microseconds since 1970-01-01T00:00Z, in the proleptic
Gregorian calendar without leap seconds: the same number, in the same order, in memory and in every database.

    2023   2023-11   2023-11-17          year, month, day
    2023-11-17T20:28Z                    timestamp: minutes, seconds or a fraction; Z or an offset
    2023-11~   2023-11?   2023-11%       approximate, uncertain, both
    202X   20XX   2023-XX   2023-11-XX   digits not known
    2019-07/2023-01   2025-10-28/..      interval; `..` is an open end

Left out, each with an error that says what to write instead: seasons, years outside 0001 to 9999, an empty
(unknown) end of an interval, and level 2.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any, Final, Literal

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

Precision = Literal["year", "month", "day", "instant", "interval"]

MIN_INSTANT: Final[int] = -(2**62)
"""Before every date: the earliest bound of an open start. No calendar date stands for it."""
MAX_INSTANT: Final[int] = 2**62
"""After every date: the latest bound of an open end. No calendar date stands for it."""

_MICROSECOND: Final = timedelta(microseconds=1)
_SECOND: Final = 1_000_000
_DAY: Final = 86_400 * _SECOND
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
# Without its zone: writing an instant is on the path of every answer, and a naive sum takes half the time.
_UTC_EPOCH: Final = _EPOCH.replace(tzinfo=None)
_EPOCH_ORDINAL: Final = _EPOCH.toordinal()
_FIRST_ORDINAL: Final = date.min.toordinal()
_PAST_ORDINAL: Final = date.max.toordinal() + 1
_FIRST_INSTANT: Final = (_FIRST_ORDINAL - _EPOCH_ORDINAL) * _DAY
_PAST_INSTANT: Final = (_PAST_ORDINAL - _EPOCH_ORDINAL) * _DAY
_WIDENING: Final = ("~", "%")
_CACHED_DATES: Final = 16_384
_SHOWN_CHARACTERS: Final = 60

_CALENDAR_DATE: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([~?%])?")
_TIMESTAMP: Final = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
    r"T([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,6}))?)?"
    r"(?:Z|([+-])([0-9]{2}):([0-9]{2}))"
)
_UNSPECIFIED: Final = re.compile(r"([0-9]{2}[0-9X]X|[0-9]{4}-XX(?:-XX)?|[0-9]{4}-[0-9]{2}-XX)([~?%])?")
_INTERVAL: Final = re.compile(r"(\.\.|[^/]{4,})/(\.\.|[^/]{4,})")

_ORDER: Final = "write year, month and day in this order with hyphens, as in 2023-11-17 or 2023-11"
_YEARS: Final = "years run from 0001 to 9999, in four digits"
_TIME: Final = "write a time as in 2023-11-17T20:28Z, 2023-11-17T20:28:05.5Z or 2023-11-17T20:28+01:00"
_DATED: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_CLOCKED: Final = _DATED + r"T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"

# Tried in this order on a text that is no date: the first that matches says how to write what was meant.
_MISTAKES: Final = tuple(
    (re.compile(pattern, re.DOTALL), remedy)
    for pattern, remedy in (
        (r"\s*", "a date is missing; write it as in 2023-11-17, 2023-11 or 2023"),
        (r"\s.*|.*\s", "take away the spaces around it"),
        (r".*[^\x00-\x7f].*", "use only the digits 0 to 9, the plain hyphen and the letters T, Z and X"),
        (r"[0-9]{1,4}[/. ][0-9]{1,2}(?:[/. ][0-9]{1,4})?|[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ][0-9]+", _ORDER),
        (r"[0-9]{5,}(?:T.*)?", _ORDER),
        (r"[-+].*|[Yy][-+]?[0-9].*|[0-9]{1,3}", _YEARS),
        (_CLOCKED, "the time has no zone; add Z if it is UTC, or an offset such as +01:00"),
        (_CLOCKED + r" [0-9]{2}:[0-9]{2}", "write the + of the offset, which is %2B in a URL"),
        (_CLOCKED + r"[+-][0-9]{2}(?:[0-9]{2})?", "write the offset as in +01:00 or -08:00"),
        (_CLOCKED + r"[0-9]+.*", "a fraction of a second has at most six digits"),
        (_CLOCKED + r".*[~?%]", "a time is exact; leave the mark out, or mark the date without its time"),
        (_DATED + r"[Tt ].*", _TIME),
        (r"[0-9]{4}-[0-9]{4}", "write an interval with a slash, as in 2019/2023"),
        (r"[0-9]{4}-(?:W.*|[0-9]{3})", f"weeks and days of the year are not read; {_ORDER}"),
        (r"[0-9]{4}-[0-9]{1,2}(?:-[0-9]{1,2})?", "write month and day with two digits, as in 2023-01-05"),
        (r"[~?%].*|.*[~?%]-.*|.*[~?%]{2,}", "put one mark after the whole date; % is both ~ and ?"),
        (r"[{\[].*", "sets are not read; write the interval that spans them, as in 2019/2023"),
        (r"/.*|.*/", "write an end that is open as two dots, as in 2019/.. or ../2023"),
        (r".*/.*/.*", "an interval has one slash, as in 2019-07/2023-01"),
        (r".*/.*", "write both ends of an interval in full, as in 2019-07/2023-01 or 2025-10-28/.."),
        (
            r"[0-9Xx]{4}[-0-9Xx]*[~?%]?",
            "X stands for unknown digits at the end, as in 202X, 20XX, 2023-XX or 2023-11-XX",
        ),
        (r".*[A-Za-z]{3,}.*", f"use digits; {_ORDER}"),
        (r".*", f"{_ORDER}; {_TIME}"),
    )
)


class DateError(ValueError):
    """A text that is not a date: `text` as it came, and `remedy`, what is wrong and how to write it right."""

    def __init__(self, text: str, remedy: str) -> None:
        super().__init__(text, remedy)
        self.text = text
        self.remedy = remedy

    def __str__(self) -> str:
        shown = self.text if len(self.text) <= _SHOWN_CHARACTERS else f"{self.text[:_SHOWN_CHARACTERS]}…"
        return f"{shown!r}: {self.remedy}"


@dataclass(frozen=True, slots=True, repr=False)
class EdtfDate:
    """A date as written and the instants it may mean; `parse_date` makes it, and equal texts are equal dates.

    Usable as the type of a Pydantic field: validates from a text, serialises to that text.
    """

    text: str
    """As written."""
    earliest: int = field(compare=False)
    """The first instant it may mean, in microseconds since 1970 UTC."""
    latest: int = field(compare=False)
    """The last instant it may mean, inclusive: a day ends at 23:59:59.999999."""
    precision: Precision = field(compare=False)
    """The unit it is written in, also where the digits of that unit are X."""
    start: EdtfDate | None = field(default=None, compare=False)
    """Where an interval begins; None for an open start, and for what is no interval."""
    end: EdtfDate | None = field(default=None, compare=False)
    """Where an interval ends; None for an open end, and for what is no interval."""

    @property
    def approximate(self) -> bool:
        """Whether the date, or an end of the interval, is marked `~` or `%`."""
        return "~" in self.text or "%" in self.text

    @property
    def uncertain(self) -> bool:
        """Whether the date, or an end of the interval, is marked `?` or `%`."""
        return "?" in self.text or "%" in self.text

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"<EdtfDate {self.text}>"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Validate a text (or, in Python, an `EdtfDate`) and serialise to the text."""
        written = core_schema.no_info_after_validator_function(parse_date, core_schema.str_schema(strict=True))
        return core_schema.json_or_python_schema(
            json_schema=written,
            python_schema=core_schema.no_info_before_validator_function(_as_written, written),
            serialization=core_schema.to_string_ser_schema(when_used="always"),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Describe the text."""
        return {
            "type": "string",
            "description": "A date in EDTF (ISO 8601-2, levels 0 and 1), in UTC unless it carries an offset.",
            "examples": ["2023-11-17", "2023-11-17T20:28Z", "2023-11~", "2019-07/2023-01", "2025-10-28/.."],
        }


@lru_cache(maxsize=_CACHED_DATES)
def parse_date(text: str) -> EdtfDate:
    """Read an EDTF date, exactly as written.

    A timestamp is one instant, with minutes too (20:28Z is 20:28:00Z). `~` and `%` move both bounds outward
    by one unit of the date's own precision, not beyond the years 0001 to 9999; `?` moves nothing. An
    interval spans from the earliest bound of its start to the latest of its end.

    Raises:
        DateError: if the text is not such a date, or an interval ends before it begins.
    """
    if match := _CALENDAR_DATE.fullmatch(text):
        return _calendar_date(match)
    if match := _TIMESTAMP.fullmatch(text):
        return _timestamp(match)
    if match := _UNSPECIFIED.fullmatch(text):
        return _unspecified(match)
    if match := _INTERVAL.fullmatch(text):
        return _interval(match)
    raise DateError(text, next(remedy for mistake, remedy in _MISTAKES if mistake.fullmatch(text)))


def parse_moment(text: str) -> int:
    """Read the moment a query asks about, in microseconds since 1970 UTC.

    A day, month or year is meant through its end, UTC; a timestamp is that instant.

    Raises:
        DateError: if the text is not a date, or not one moment (an interval, a mark, unknown digits).
    """
    moment = parse_date(text)
    if moment.precision == "interval":
        raise DateError(text, "an interval is not one moment; ask about one of its ends")
    if moment.approximate or moment.uncertain:
        raise DateError(text, f"a moment is asked about without a mark; write {text[:-1]}")
    if "X" in text:
        raise DateError(text, "a moment is asked about with known digits; write a year, a month or a day")
    return moment.latest


def format_instant(instant: int) -> str:
    """Write an instant in RFC 3339, UTC: 2023-11-17T20:28:00Z, and six digits of a fraction unless it is 0.

    Raises:
        ValueError: if the instant is outside the years 0001 to 9999, as MIN_INSTANT and MAX_INSTANT are.
    """
    if not _FIRST_INSTANT <= instant < _PAST_INSTANT:
        raise ValueError(f"the instant {instant} is outside the years 0001 to 9999 and has no date to write")
    return (_UTC_EPOCH + instant * _MICROSECOND).isoformat() + "Z"


def format_moment(instant: int) -> str:
    """Write an instant so that `parse_moment` reads it back: a day for its last microsecond, else in full.

    Raises:
        ValueError: if the instant is outside the years 0001 to 9999.
    """
    written = format_instant(instant)
    return written[:10] if (instant + 1) % _DAY == 0 else written


def instant_of(moment: datetime) -> int:
    """Return the instant of an aware datetime in microseconds since 1970 UTC.

    Raises:
        DateError: if the datetime is naive; its `text` is the datetime in ISO 8601.
    """
    if moment.utcoffset() is None:
        raise DateError(moment.isoformat(), "the datetime has no zone; give it one, such as tzinfo=UTC")
    return (moment - _EPOCH) // _MICROSECOND


def _calendar_date(match: re.Match[str]) -> EdtfDate:
    """Read a year, month or day."""
    text = match.string
    year, month, day, mark = match.groups()
    first = _ordinal(text, year, month or "01", day or "01")
    if day is not None:
        return _of_days(text, first, first + 1, mark)
    january = int(year) * 12
    if month is None:
        return _of_months(text, january, january + 12, "year", mark)
    return _of_months(text, january + int(month) - 1, january + int(month), "month", mark)


def _unspecified(match: re.Match[str]) -> EdtfDate:
    """Read a date whose last digits are X: it spans all that they may stand for."""
    text = match.string
    written, mark = match.groups()
    year, *rest = written.split("-")
    month = rest[0] if rest else "XX"
    last_year = year.replace("X", "9")
    _ordinal(text, last_year, month.replace("XX", "01"), "01")
    if month == "XX":
        first, past = int(year.replace("X", "0")) * 12, int(last_year) * 12 + 12
    else:
        first = int(year) * 12 + int(month) - 1
        past = first + 1
    if len(rest) == 2:
        return _of_days(text, _first_day(first), _first_day(past), mark)
    return _of_months(text, first, past, "month" if rest else "year", mark)


def _timestamp(match: re.Match[str]) -> EdtfDate:
    """Read a date with a time and a zone."""
    text = match.string
    year, month, day, hour, minute, second, fraction, sign, offset_hour, offset_minute = match.groups()
    days = _ordinal(text, year, month, day) - _EPOCH_ORDINAL
    if hour > "23":
        raise DateError(text, f"there is no hour {hour}; hours run from 00 to 23, and a day ends as the next begins")
    if minute > "59":
        raise DateError(text, f"there is no minute {minute}; minutes run from 00 to 59")
    if second is not None and second > "59":
        raise DateError(text, f"there is no second {second}; seconds run from 00 to 59, a leap second is written 59")
    minutes = int(hour) * 60 + int(minute)
    if sign is not None:
        if offset_hour > "23" or offset_minute > "59":
            raise DateError(text, "there is no such offset; offsets run from -23:59 to +23:59")
        minutes -= int(sign + "1") * (int(offset_hour) * 60 + int(offset_minute))
    instant = days * _DAY + (minutes * 60 + int(second or 0)) * _SECOND + int((fraction or "").ljust(6, "0"))
    if not _FIRST_INSTANT <= instant < _PAST_INSTANT:
        raise DateError(text, f"in UTC this is in another year; {_YEARS}")
    return EdtfDate(text, instant, instant, "instant")


def _interval(match: re.Match[str]) -> EdtfDate:
    """Read two dates with a slash between them, one of which may be open."""
    text = match.string
    try:
        start, end = (None if written == ".." else parse_date(written) for written in match.groups())
    except DateError as error:
        raise DateError(text, f"{error.text!r} in it is wrong: {error.remedy}") from None
    if start is None and end is None:
        raise DateError(text, "one end of an interval must be a date, as in 2019/.. or ../2023")
    earliest = MIN_INSTANT if start is None else start.earliest
    latest = MAX_INSTANT if end is None else end.latest
    if earliest > latest:
        raise DateError(text, f"the interval ends before it begins; did you mean {end}/{start}?")
    return EdtfDate(text, earliest, latest, "interval", start, end)


def _of_days(text: str, first: int, past: int, mark: str | None) -> EdtfDate:
    """Span from the ordinal of a first day to just before another, one more each way where approximate."""
    if mark in _WIDENING:
        first, past = max(first - 1, _FIRST_ORDINAL), min(past + 1, _PAST_ORDINAL)
    return EdtfDate(text, (first - _EPOCH_ORDINAL) * _DAY, (past - _EPOCH_ORDINAL) * _DAY - 1, "day")


def _of_months(text: str, first: int, past: int, precision: Precision, mark: str | None) -> EdtfDate:
    """Span from a first month to just before another, one unit more each way where approximate."""
    if mark in _WIDENING:
        unit = 12 if precision == "year" else 1
        first, past = first - unit, past + unit
    earliest = (_first_day(first) - _EPOCH_ORDINAL) * _DAY
    return EdtfDate(text, earliest, (_first_day(past) - _EPOCH_ORDINAL) * _DAY - 1, precision)


def _first_day(months: int) -> int:
    """Return the ordinal of a month's first day, inside the calendar; months count from January of year 0."""
    year, month = divmod(months, 12)
    if year < date.min.year:
        return _FIRST_ORDINAL
    if year > date.max.year:
        return _PAST_ORDINAL
    return date(year, month + 1, 1).toordinal()


def _ordinal(text: str, year: str, month: str, day: str) -> int:
    """Return the ordinal of a day; raise what is wrong with it if the calendar has no such day."""
    try:
        return date(int(year), int(month), int(day)).toordinal()
    except ValueError:
        raise DateError(text, _not_in_the_calendar(year, month)) from None


def _not_in_the_calendar(year: str, month: str) -> str:
    """Say why the calendar has no such day."""
    if year == "0000":
        return f"there is no year 0000; {_YEARS}"
    if "21" <= month <= "41":
        return "a season has no agreed months; write the months meant, as in 2001-03/2001-05"
    if not "01" <= month <= "12":
        return f"there is no month {month}; months run from 01 to 12"
    return f"{year}-{month} has days from 01 to {monthrange(int(year), int(month))[1]}"


def _as_written(value: object) -> object:
    """Give a date back as its text, so that Pydantic validates both alike."""
    return value.text if isinstance(value, EdtfDate) else value
