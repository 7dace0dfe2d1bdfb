"""`icalendar`: developments as events of a calendar (RFC 5545).

What is dated to the day is an event of all that day; what has an hour has it in UTC; what is dated to a month or a
year, or only about, takes all days that it may mean, and says so. No event makes anybody busy.
"""

from collections.abc import Iterator
from typing import Final
from uuid import UUID

from projections.developments import Listed
from projections.export.calendar import begin, day_of, in_words
from projections.export.material import Material
from timeline.dates import MAX_INSTANT, MIN_INSTANT, EdtfDate, format_instant, parse_date
from timeline.names import development_id

_DAY: Final = 86_400_000_000
_LONGEST: Final = 75
"""Of a line, in bytes without its break (RFC 5545, 3.1)."""
_ESCAPED: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def calendar(material: Material) -> Iterator[bytes]:
    """The calendar, development by development."""
    basis = material.basis
    stamp = f"{_digits(format_instant(basis.known))[:15]}Z"
    yield _lines(
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Timeline//Export 1//EN",
        "CALSCALE:GREGORIAN",
        f"NAME:{_text(material.title)}",
        f"X-WR-CALNAME:{_text(material.title)}",
        f"SOURCE;VALUE=URI:{material.permalink}",
    )
    for item in material.developments():
        yield _lines("BEGIN:VEVENT", *_event(material, item, stamp), "END:VEVENT")
    yield _lines("END:VCALENDAR")


def _event(material: Material, item: Listed, stamp: str) -> Iterator[str]:
    content = item.content
    occurred = parse_date(content["occurred"])
    yield f"UID:{_identity(material.timeline, item.slug)}"
    yield f"DTSTAMP:{stamp}"
    yield f"SEQUENCE:{item.number - 1}"
    yield from _dates(occurred)
    yield f"SUMMARY:{_text(content['title'])}"
    yield f"DESCRIPTION:{_text(_description(item, occurred))}"
    yield f"CATEGORIES:{_text(content['detail']['kind'])}"
    yield f"STATUS:{'CONFIRMED' if content['standing'] == 'confirmed' else 'TENTATIVE'}"
    yield "TRANSP:TRANSPARENT"
    yield f"URL:{material.addresses.development(material.timeline, item.slug, material.basis)}"


def _dates(date: EdtfDate) -> Iterator[str]:
    if date.precision == "instant":
        yield f"DTSTART:{_digits(format_instant(date.earliest))[:15]}Z"
        return
    # of what has no beginning, or no end, the other one
    first = date.earliest if date.earliest > MIN_INSTANT else date.latest
    last = date.latest if date.latest < MAX_INSTANT else date.earliest
    if date.latest >= MAX_INSTANT and (opening := date.start) is not None:
        last = opening.latest
    if date.earliest <= MIN_INSTANT and (closing := date.end) is not None:
        first = closing.earliest
    yield f"DTSTART;VALUE=DATE:{_digits(str(day_of(first)))}"
    past = last + 1 if (last + 1) % _DAY == 0 else last - last % _DAY + _DAY
    try:
        yield f"DTEND;VALUE=DATE:{_digits(format_instant(past)[:10])}"
    except ValueError:  # the last day of the year 9999 has none after it
        return


def _description(item: Listed, occurred: EdtfDate) -> str:
    content = item.content
    parts = [content.get("summary", "")]
    is_exact = occurred.precision in {"day", "instant"} and begin(occurred) is not None and not occurred.approximate
    if not is_exact or occurred.uncertain:
        parts.append(f"Date: {in_words(occurred)}.")
    parts.append(f"Standing: {content['standing']}; known since {in_words(parse_date(item.known))}.")
    parts += [f"{source['publisher']}: {source['title']} {source['url']}" for source in item.sources]
    return "\n".join(part for part in parts if part)


def _identity(timeline: str, development: str) -> UUID:
    return development_id(timeline, development)


def _digits(text: str) -> str:
    return text.replace("-", "").replace(":", "")


def _text(text: str) -> str:
    legal = "".join(mark for mark in text if mark in "\n\t" or mark.isprintable() or ord(mark) >= 0xA0)
    return legal.translate(_ESCAPED)


def _lines(*lines: str) -> bytes:
    return b"".join(_folded(line.encode()) for line in lines)


def _folded(line: bytes) -> bytes:
    """A line cut into pieces that are short enough, never inside a character."""
    parts, room = list[bytes](), _LONGEST
    while len(line) > room:
        cut = room
        while line[cut] & 0xC0 == 0x80:
            cut -= 1
        parts.append(line[:cut])
        line, room = line[cut:], _LONGEST - 1  # the space at the beginning counts
    return b"\r\n ".join([*parts, line]) + b"\r\n"
