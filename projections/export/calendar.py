"""Dates of the record for formats that know no EDTF: never made more precise than they are known. Pure."""

import re
from typing import Final, NamedTuple

from timeline.dates import MAX_INSTANT, MIN_INSTANT, EdtfDate, format_instant

_PREFIX: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class Calendar(NamedTuple):
    """Year, month and day as far as they are known; `time` is of that day, UTC, to the second."""

    year: int
    month: int | None = None
    day: int | None = None
    time: str | None = None

    def __str__(self) -> str:
        """As ISO 8601 writes it."""
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)]
        return "-".join(parts) + (f"T{self.time}Z" if self.time else "")


def begin(date: EdtfDate) -> Calendar | None:
    """The date on which a date begins, in its own unit; None where it has no beginning, or not one that is told."""
    return _of(date.start if date.precision == "interval" else date)


def finish(date: EdtfDate) -> Calendar | None:
    """The date on which an interval ends, in its own unit; None for what is no interval or has no end."""
    return _of(date.end)


def _of(date: EdtfDate | None) -> Calendar | None:
    if date is None:
        return None
    if date.precision == "instant":
        text = format_instant(date.earliest)
        return Calendar(int(text[:4]), int(text[5:7]), int(text[8:10]), text[11:19])
    match = _PREFIX.match(date.text)  # a decade is none
    return Calendar(*(int(part) if part else None for part in match.groups())) if match else None  # type: ignore[arg-type]


def day_of(instant: int) -> Calendar:
    """The day of an instant, UTC; the first or last there is for an open end."""
    if instant <= MIN_INSTANT:
        return Calendar(1, 1, 1)
    if instant >= MAX_INSTANT:
        return Calendar(9999, 12, 31)
    text = format_instant(instant)
    return Calendar(int(text[:4]), int(text[5:7]), int(text[8:10]))


def in_words(date: EdtfDate) -> str:
    """A date as a reader would say it: "about July 2019", "17 November 2023, 20:28 UTC", "2019 to January 2023"."""
    if date.precision == "interval":
        first = f"{_words(date.start)}" if date.start else ""
        last = f"{_words(date.end)}" if date.end else ""
        if first and last:
            return f"{first} to {last}"
        return f"from {first}" if first else f"until {last}"
    return _words(date)


def _words(date: EdtfDate) -> str:
    found = _of(date)
    if found is None:
        return date.text.rstrip("~?%").replace("X", "0") + "s" if "X" in date.text[:4] else date.text
    text = str(found.year)
    if found.month:
        text = f"{_MONTHS[found.month - 1]} {text}"
    if found.day:
        text = f"{found.day} {text}"
    if found.time:
        text += f", {found.time[:5]} UTC"
    return ("about " if date.approximate else "") + text + (" (uncertain)" if date.uncertain else "")
