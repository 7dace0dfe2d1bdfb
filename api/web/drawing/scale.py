"""The scale of time: which instants are in view, where each lies, and where the axis is marked. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Self

from timeline.dates import MAX_INSTANT, MIN_INSTANT, DateError, format_instant, parse_date
from timeline.errors import InvalidInput

DAY: Final = 86_400_000_000
"""A day in microseconds, as instants are."""
SHORTEST: Final = 3 * DAY
"""The least that is ever in view."""

_FIRST: Final = parse_date("0001").earliest
_LAST: Final = parse_date("9998").latest
_YEAR: Final = 365.25 * DAY
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_BETWEEN_LABELS: Final = 64


@dataclass(frozen=True, slots=True)
class View:
    """What is in view: from an instant until another, at least `SHORTEST` apart."""

    start: int
    end: int

    @classmethod
    def of(cls, start: float, end: float) -> Self:
        """The view between two instants, made wide enough and brought inside the years there are."""
        middle = (start + end) / 2
        half = max(end - start, SHORTEST) / 2
        first = max(round(middle - half), _FIRST)
        return cls(first, max(min(round(middle + half), _LAST), first + SHORTEST))

    @classmethod
    def read(cls, written: str) -> Self:
        """A view as addresses write it: an interval of dates such as 2022/2024-06.

        Raises:
            InvalidInput: it is no such interval.
        """
        try:
            date = parse_date(written)
        except DateError as error:
            raise InvalidInput(str(error), field="span", remedy="Write an interval such as 2022/2024-06.") from None
        if date.earliest <= MIN_INSTANT or date.latest >= MAX_INSTANT:
            raise InvalidInput(
                f'"{written}" is open at an end.', field="span", remedy="Write an interval such as 2022/2024-06."
            )
        return cls.of(date.earliest, date.latest)

    @property
    def length(self) -> int:
        """How long it is."""
        return self.end - self.start

    @property
    def text(self) -> str:
        """The view as addresses write it, in whole days."""
        return f"{format_instant(self.start)[:10]}/{format_instant(self.end)[:10]}"

    def zoomed(self, factor: float) -> "View":
        """A view of the same middle, so many times as long."""
        middle, half = self.start + self.length / 2, self.length * factor / 2
        return View.of(middle - half, middle + half)

    def moved(self, part: float) -> "View":
        """A view moved by a part of its length."""
        return View.of(self.start + self.length * part, self.end + self.length * part)


@dataclass(frozen=True, slots=True)
class Scale:
    """Where instants lie between two edges of the paper, in pixels."""

    view: View
    left: float
    right: float

    def x(self, instant: int) -> float:
        """Where an instant lies; outside the edges where it is not in view."""
        return self.left + (instant - self.view.start) / self.view.length * (self.right - self.left)

    def within(self, instant: int) -> float:
        """Where an instant lies, at an edge where it is not in view."""
        return min(max(self.x(instant), self.left), self.right)


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the axis; those without a label are between others."""

    instant: int
    x: float
    label: str
    is_year: bool


def ticks(scale: Scale) -> tuple[Tick, ...]:
    """The marks in view: years, months or days, as close as their labels allow."""
    pixels = (scale.right - scale.left) / scale.view.length
    found: list[Tick] = []
    for instant, label, is_year in _dates(scale.view, _BETWEEN_LABELS / pixels):
        x = scale.x(instant)
        if scale.left <= x <= scale.right:
            found.append(Tick(instant, round(x, 1), label, is_year))
    return tuple(found)


def periods(scale: Scale, least: float) -> list[int]:
    """Where years, months or days begin in view, in steps of one length that is at least `least` pixels wide.

    The first may lie before what is in view, so that it is known of every instant in view to which period it belongs.
    """
    pixels = (scale.right - scale.left) / scale.view.length
    found = [instant for instant, _, _ in _dates(scale.view, least / pixels) if instant <= scale.view.end]
    first = sum(1 for instant in found if instant <= scale.view.start)
    return found[max(0, first - 1) :]


def _dates(view: View, least: float) -> Iterator[tuple[int, str, bool]]:
    first, last = _year(view.start), _year(view.end)
    if least > _YEAR / 2:
        step = next((few for few in (1, 2, 5, 10, 20, 50, 100, 200, 500) if few * _YEAR >= least), 1000)
        for year in range(first - first % step, last + 1, step):
            if year >= 1:
                yield _start(year), str(year), True
        return
    if least > 10 * DAY:
        step = next(few for few in (1, 2, 3, 6) if few * 30.4 * DAY >= least or few == 6)
        for year in range(first, last + 1):
            for month in range(1, 13, step):
                label = str(year) if month == 1 else _MONTHS[month - 1]
                yield _start(year, month), label, month == 1
        return
    yield from _days(view, first, last, least)


def _days(view: View, first: int, last: int, least: float) -> Iterator[tuple[int, str, bool]]:
    step = next(few for few in (1, 2, 5, 10) if few * DAY >= least or few == 10)
    for year in range(first, last + 1):
        for month in range(1, 13):
            begin, past = _start(year, month), _start(*((year + 1, 1) if month == 12 else (year, month + 1)))
            if past < view.start or begin > view.end:
                continue
            for day in range(1, (past - begin) // DAY + 1, step):
                if day > 1 and past - begin - (day - 1) * DAY < least:
                    continue
                name = f"{_MONTHS[month - 1]} {year}" if day == 1 else f"{day} {_MONTHS[month - 1]}"
                yield begin + (day - 1) * DAY, name, day == 1


def _year(instant: int) -> int:
    return int(format_instant(instant)[:4])


def _start(year: int, month: int = 1) -> int:
    return parse_date(f"{year:04}-{month:02}").earliest
