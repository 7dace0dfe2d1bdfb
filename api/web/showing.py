"""How templates show what is in the record: dates as people write them, names set apart, links only to the web."""

import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from projections.briefing.markdown import is_web_address
from projections.briefing.wording import date_text, listed, moment_text, on_text, since_text, span_text
from projections.prose import value_text
from timeline.dates import format_instant, parse_date

_INITIALS: Final = {"ip": "IP", "agi": "AGI", "api": "API"}


def isolated(text: object) -> Markup:
    """Text of the record: escaped, and set apart so that its direction of writing stays its own affair."""
    return Markup("<bdi>{}</bdi>").format(text)


def plain(text: str) -> str:
    """Text on one line without marks that nobody sees: for titles and attributes, where nothing can be set apart."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join(
        "".join(mark for mark in text if unicodedata.category(mark) not in {"Cf", "Cc"} or mark == "\n").split()
    )


def day(instant: int) -> str:
    """The day of an instant, in UTC: 17 November 2023."""
    return date_text(format_instant(instant)[:10])


def dated(written: str) -> str:
    """A date in words, as short as can be: 18–19 November 2023, May–July 2024."""
    date = parse_date(written)
    if date.start is None or date.end is None:
        return date_text(written)
    first, last = date_text(date.start.text).split(), date_text(date.end.text).split()
    if not all(part.isalnum() for part in (*first, *last)) or len(first) != len(last):
        return date_text(written)
    if first == last:
        return " ".join(last)
    same = 0
    while same < len(first) - 1 and first[-1 - same] == last[-1 - same]:
        same += 1
    first = first[: len(first) - same]
    return " ".join(first) + (" – " if len(first) > 1 else "–") + " ".join(last)


def iso_day(instant: int) -> str:
    """The day of an instant as queries have it: 2023-11-17."""
    return format_instant(instant)[:10]


def label(slug: str) -> str:
    """The words of a slug: funding round, IP license."""
    return " ".join(_INITIALS.get(word, word) for word in slug.replace("_", "-").split("-"))


def begun(text: str) -> str:
    """A text that begins with a capital."""
    return text[:1].upper() + text[1:]


def host(url: str) -> str:
    """The host that a web address leads to."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def count(number: int, one: str, several: str | None = None) -> str:
    """A number with its noun: 1 fact, 2 facts, 1,200 parties."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def value(shown: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """A value in words."""
    return value_text(shown, lambda entity: names.get(entity, entity))


def marked(pieces: Any) -> Markup:
    """A text in pieces, with those marked that were looked for."""
    parts = [Markup("<mark>{}</mark>").format(piece.text) if piece.is_match else escape(piece.text) for piece in pieces]
    return Markup("<bdi>{}</bdi>").format(Markup("").join(parts))


FILTERS: Final[Mapping[str, Callable[..., Any]]] = {
    "begun": begun,
    "count": count,
    "date": date_text,
    "dated": dated,
    "day": day,
    "host": host,
    "iso_day": iso_day,
    "label": label,
    "listed": listed,
    "marked": marked,
    "moment": moment_text,
    "on": on_text,
    "plain": plain,
    "since": since_text,
    "span": span_text,
    "value": value,
}
"""What templates can do with a value."""

TESTS: Final[Mapping[str, Callable[..., bool]]] = {"web_address": is_web_address}
"""What templates can ask of a value."""
