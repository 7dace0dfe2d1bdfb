"""Dates as people type them, read as the dates of a query. Pure.

Month and day as two numbers are not read: 4/5/2024 is April to some and May to others.
"""

import re
from typing import Final

from timeline.dates import DateError, parse_moment

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
_YEAR: Final = r"(?P<year>\d{4})"
_CLOCK: Final = r"(?:,?\s+(?:at\s+)?(?P<clock>\d{2}:\d{2})(?:\s*(?:utc|z|gmt))?)?"
_WRITTEN: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:on\s+)?{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}{_CLOCK}",
        rf"(?:on\s+)?{_MONTH}\s+{_DAY},?\s+{_YEAR}{_CLOCK}",
        rf"(?:in\s+)?{_MONTH},?\s+{_YEAR}",
        rf"{_YEAR}[/.](?P<number>\d{{1,2}})[/.](?P<day>\d{{1,2}})",
        rf"{_YEAR}-(?P<number>\d{{1,2}})-(?P<day>\d{{1,2}}){_CLOCK}",
    )
)
_NOW: Final = frozenset({"now", "today"})


def as_query(text: str) -> str:
    """The date as queries have it: empty for now, and as it was typed where it cannot be read otherwise."""
    typed = " ".join(text.split())
    if typed.casefold() in _NOW:
        return ""
    if _is_date(typed):
        return typed
    for pattern in _WRITTEN:
        match = pattern.fullmatch(typed)
        written = None if match is None else _written(match.groupdict())
        if written is not None and _is_date(written):
            return written
    return typed


def _written(parts: dict[str, str | None]) -> str | None:
    month = parts.get("number") or str(_MONTHS.index((parts["month"] or "")[:3].lower()) + 1)
    day, clock = parts.get("day"), parts.get("clock")
    date = f"{parts['year']}-{int(month):02}" + (f"-{int(day):02}" if day else "")
    return f"{date}T{clock}Z" if clock else date


def _is_date(text: str) -> bool:
    try:
        parse_moment(text)
    except DateError:
        return False
    return True
