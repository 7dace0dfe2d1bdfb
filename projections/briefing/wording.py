"""Dates, lists and moments as people write them. Pure."""

from collections.abc import Sequence
from typing import Final

from timeline.dates import EdtfDate, format_moment, parse_date

_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def date_text(written: str) -> str:
    """A date of the record in words: 17 November 2023, November 2023, about 2021, between May and July 2024."""
    return _date(parse_date(written))


def since_text(written: str) -> str:
    """Since when: since 2019, since about March 2021, since some time between 2019 and 2021."""
    date = parse_date(written)
    if date.precision == "interval":
        if date.start is None and date.end is not None:
            return f"since {_date(date.end)} at the latest"
        if date.end is None and date.start is not None:
            return f"since {_date(date.start)} at the earliest"
        words = _date(date)
        return f"since {words.removeprefix('on ')}" if words.startswith("on ") else f"since some time {words}"
    return f"since {_date(date)}"


def span_text(since: str, until: str) -> str:
    """From when to when: from 1 July 2025 to 30 June 2026."""
    first, last = parse_date(since), parse_date(until)
    if "interval" in {first.precision, last.precision}:
        return f"{since_text(since)}, until {_date(last)}"
    return f"from {_date(first)} to {_date(last)}"


def on_text(written: str) -> str:
    """When: on 17 November 2023, in November 2023, in or about 2021, between May and July 2024."""
    date = parse_date(written)
    if date.precision == "interval":
        return _date(date)
    words = _plain(date)
    if words.startswith("some "):
        return words
    if date.precision in {"day", "instant"} and not date.approximate and "X" not in date.text:
        return f"on {words}" if not date.uncertain else f"on {words}, it seems"
    if date.approximate:
        return f"{'on' if date.precision == 'day' else 'in'} or about {words}"
    return f"in {words}" if not date.uncertain else f"in {words}, it seems"


def short_date(written: str) -> str:
    """A date as it is written, without its hour; an interval by where it begins."""
    date = parse_date(written)
    if date.precision == "interval":
        part = date.start or date.end
        return short_date(part.text) if part else written
    return written[:10] if date.precision == "instant" else written


def moment_text(instant: int) -> str:
    """A moment that is asked about: a day for its end, else with the hour."""
    return _moment(format_moment(instant))


def listed(items: Sequence[str]) -> str:
    """One, two and three."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


def sentence(text: str, *, names: Sequence[str] = ()) -> str:
    """A text that begins with a capital, unless it begins with one of the names, and ends with a full stop."""
    if not any(name and text.startswith(name) for name in names):
        text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "?", "!", ".”")) else f"{text}."


def _date(date: EdtfDate) -> str:
    if date.precision == "interval":
        return _interval(date)
    words = _plain(date)
    if date.approximate:
        words = f"about {words}"
    return f"{words} (uncertain)" if date.uncertain else words


def _interval(date: EdtfDate) -> str:
    if date.start is None and date.end is not None:
        return f"until {_date(date.end)}"
    if date.end is None and date.start is not None:
        return f"from {_date(date.start)}"
    if date.start is None or date.end is None:
        return date.text
    first, last = _date(date.start), _date(date.end)
    return f"on {first}" if first == last else f"between {first} and {last}"


def _plain(date: EdtfDate) -> str:
    """A single date without its marks."""
    text = date.text.rstrip("~?%")
    if "X" in text:
        return _unknown_digits(text)
    if date.precision == "instant":
        return _calendar(format_moment(date.latest)[:10])
    return _calendar(text)


def _calendar(text: str) -> str:
    year, *rest = text.split("-")
    words = [*reversed([_MONTHS[int(rest[0]) - 1], *(str(int(day)) for day in rest[1:])])] if rest else []
    return " ".join([*words, str(int(year))])


def _unknown_digits(text: str) -> str:
    year, *rest = text.split("-")
    if rest and "X" not in rest[0]:
        return f"some day in {_calendar(f'{year}-{rest[0]}')}"
    if rest:
        return f"some time in {year}"
    return f"the {year.replace('X', '0')}s" if year.endswith("X") and year[2] != "X" else f"the century of {year[:2]}00"


def _moment(text: str) -> str:
    """A moment as a query has it: the day alone where it is a whole one, in UTC."""
    day, _, clock = text.partition("T")
    return _calendar(day) if not clock else f"{_calendar(day)}, {clock[:5]} UTC"
