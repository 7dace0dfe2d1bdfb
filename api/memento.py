"""Memento (RFC 7089) on the clock of knowledge: the web's own way to ask for a page as it was.

The address of a state without `known` is the original resource and its own timegate; with `known` it is a memento. A
request with Accept-Datetime is answered at once (pattern 1.2 of the RFC), and Content-Location names the memento.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Final

from starlette.requests import Request

from api.links import Links
from api.problems import FieldError, Problem
from timeline.basis import Known
from timeline.dates import format_instant, instant_of

LINK_FORMAT: Final = "application/link-format"

_HTTP_DATE: Final = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), ([0-9]{2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) ([0-9]{4}) "
    r"([0-9]{2}):([0-9]{2}):([0-9]{2}) GMT"
)
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SECOND: Final = 1_000_000


def accepted_moment(request: Request) -> int | None:
    """The instant that Accept-Datetime asks for; None without the header.

    Raises:
        Problem: it is not written as in ``Sun, 19 Nov 2023 12:00:00 GMT``.
    """
    given = request.headers.get("accept-datetime")
    if given is None:
        return None
    try:
        return _instant(given.strip())
    except ValueError:
        remedy = "Write it like this: Sun, 19 Nov 2023 12:00:00 GMT."
        message = "The header is not a date of HTTP."
        raise Problem(
            "invalid-accept-datetime",
            f"Accept-Datetime: {message} {remedy}",
            errors=[FieldError("Accept-Datetime", message, remedy)],
        ) from None


def _instant(text: str) -> int:
    match = _HTTP_DATE.fullmatch(text)
    if match is None:
        raise ValueError(text)
    day, month, year, *clock = match.groups()
    hour, minute, second = map(int, clock)
    return instant_of(datetime(int(year), _MONTHS.index(month) + 1, int(day), hour, minute, second, tzinfo=UTC))


def http_date(instant: int) -> str:
    """An instant as HTTP writes dates, to the second, rounded down."""
    seconds = instant // _SECOND
    return format_datetime(datetime.fromtimestamp(seconds, UTC), usegmt=True)


def relations(links: Links, timeline: str, asked: Sequence[tuple[str, str]]) -> str:
    """The value of Link on a state: where it is asked for at other times, and the map of all of them.

    `asked` are the parameters of the address but `known`.
    """
    original = links.state(timeline, asked)
    timemap = links.timemap(timeline, asked)
    return f'<{original}>; rel="original timegate", <{timemap}>; rel="timemap"; type="{LINK_FORMAT}"'


def timemap(
    links: Links,
    timeline: str,
    asked: Sequence[tuple[str, str]],
    moments: Iterable[Known],
    *,
    is_first: bool,
    this: str,
    following: str | None,
) -> bytes:
    """A TimeMap in link-format (RFC 6690): the mementos at which knowledge changed, oldest first.

    `this` is the address of the map itself, `following` that of the map that goes on where this one ends.
    """
    original = links.state(timeline, asked)
    lines = [
        f'<{original}>; rel="original timegate"',
        f'<{this}>; rel="self"; type="{LINK_FORMAT}"',
    ]
    listed = list(moments)
    for place, moment in enumerate(listed):
        relation = "memento"
        if place == 0 and is_first:
            relation = "first memento"
        if place == len(listed) - 1 and following is None:
            relation = "first last memento" if relation == "first memento" else "last memento"
        address = links.state(timeline, [*asked, ("known", format_instant(moment))])
        lines.append(f'<{address}>; rel="{relation}"; datetime="{http_date(moment)}"')
    if following is not None:
        lines.append(f'<{following}>; rel="timemap"; type="{LINK_FORMAT}"; from="{http_date(listed[-1])}"')
    return (",\n".join(lines) + "\n").encode()
