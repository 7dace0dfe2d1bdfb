"""Pieces of the calendar in a sentence: years, months, days, seasons, and words relative to a moment.

A day without a year is the latest such day that is not after the moment. Days are UTC, as in the record.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from projections.check.reading.english import english
from projections.check.reading.tokens import Token
from timeline.dates import DateError, instant_of, parse_date

_DAY: Final = 86_400_000_000
"""Microseconds."""
_FIRST_YEAR: Final = 1500
_LAST_YEAR: Final = 2500
"""Four digits outside these are some other number; no sentence is read from a moment outside them either."""
_UNITS: Final = {unit + ending: unit for unit in ("day", "week", "month", "year") for ending in ("", "s")}
_WEEKDAYS: Final = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
_ORDINALS: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_EDGES: Final = {"end": True, "close": True, "start": False, "beginning": False}
_SEASONS: Final = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9}
_LENGTHS: Final = {"year": 12, "half-year": 6, "quarter": 3}
_MANY_DAYS: Final = 300
_SHORTEST_MONTH: Final = 28
# the months of "early", "mid" and "late" in a year, and the days in a month
_THIRDS: Final = {"early": (1, 4, 1, 10), "mid": (4, 9, 10, 20), "middle": (4, 9, 10, 20), "late": (9, 12, 20, 31)}


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the calendar, from `earliest` to `latest`, in the tokens up to before `end`."""

    end: int
    earliest: int
    latest: int


class Calendar:
    """Reads pieces of the calendar from tokens, relative to the instant `now`."""

    def __init__(self, tokens: Sequence[Token], now: int) -> None:
        self.tokens = tokens
        bounded = min(max(now, _year(_FIRST_YEAR)[0]), _year(_LAST_YEAR)[1])
        self.now = _day_of(bounded)

    def text(self, place: int) -> str:
        """The token at a place; nothing past the end."""
        return self.tokens[place].text if place < len(self.tokens) else ""

    def span(self, start: int) -> Span | None:
        """The longest piece of the calendar that begins at a token."""
        return _longest(self.readings(self._past_article(start)))

    def readings(self, place: int) -> Iterator[Span | None]:
        """All pieces that may begin at a token."""
        yield from self._whole(place)
        yield self._edge(place)
        yield self._third(place)
        yield self._up_to(place)
        yield self._ago(place)

    def _whole(self, place: int) -> Iterator[Span | None]:
        """Pieces that do not name a part of another."""
        yield self._iso(place)
        yield self._day_first(place)
        yield self._month_first(place)
        yield self._year(place)
        yield self._quarter(place)
        yield self._season(place)
        yield self._relative(place)

    def _whole_at(self, place: int) -> Span | None:
        return _longest(self._whole(self._past_article(place)))

    def _past_article(self, place: int) -> int:
        return place + 1 if self.text(place) == "the" else place

    def in_year_of(self, place: int, other: Span) -> Span | None:
        """The month that begins at a token, in the year of another piece: "March" of "March and May 2024"."""
        year = _day_of(other.latest).year
        month = english().months.get(self.text(place))
        return Span(place + 1, *_month(year, month)) if month else None

    def _iso(self, place: int) -> Span | None:
        if place >= len(self.tokens) or self.tokens[place].kind != "date":
            return None
        try:
            found = parse_date(self.text(place))
        except DateError:
            return None
        return Span(place + 1, found.earliest, found.latest) if _is_year(self.text(place)[:4]) else None

    def _year_at(self, place: int) -> int | None:
        if place < len(self.tokens) and self.tokens[place].kind == "number" and len(self.text(place)) == 4:
            return int(self.text(place)) if _is_year(self.text(place)) else None
        return None

    def _year(self, place: int) -> Span | None:
        if self.text(place) == "year":
            place += 1
        year = self._year_at(place)
        return Span(place + 1, *_year(year)) if year else None

    def _day_number(self, place: int) -> tuple[int, int] | None:
        """A day of the month and where it ends: "17", "17th"."""
        text = self.text(place)
        if not text.isdigit() or not 1 <= int(text) <= 31 or self.tokens[place].kind != "number":
            return None
        suffix = self.text(place + 1)
        is_ordinal = suffix in {"st", "nd", "rd", "th"} and self.tokens[place + 1].is_joined
        return int(text), place + (2 if is_ordinal else 1)

    def _day_first(self, place: int) -> Span | None:
        """Read "17 November 2023", "17 November", "the 17th of November"."""
        day = self._day_number(place)
        if not day:
            return None
        number, place = day
        if self.text(place) == "of":
            place += 1
        month = english().months.get(self.text(place))
        return self._dated(place + 1, month, number) if month else None

    def _month_first(self, place: int) -> Span | None:
        """Read "November 17, 2023", "November 2023", "November", also after a weekday."""
        if self.text(place) in _WEEKDAYS:
            place += 1
        month = english().months.get(self.text(place))
        if not month or not self.tokens[place].has_capital:
            return None
        year = self._year_at(place + 1) or (self._year_at(place + 2) if self.text(place + 1) == "of" else None)
        if year:
            end = place + 2 if self._year_at(place + 1) else place + 3
            return Span(end, *_month(year, month))
        day = self._day_number(place + 1)
        if day:
            return self._dated(day[1], month, day[0])
        return Span(place + 1, *_month(self._latest_year(month, 1), month))

    def _dated(self, place: int, month: int, day: int) -> Span | None:
        year = self._year_at(place)
        try:
            found = date(year or self._latest_year(month, day), month, day)
        except ValueError:
            return None
        return Span(place + 1 if year else place, *_days(found, found))

    def _latest_year(self, month: int, day: int) -> int:
        return self.now.year if (month, day) <= (self.now.month, self.now.day) else self.now.year - 1

    def _edge(self, place: int) -> Span | None:
        """Read "the end of 2025" as its last month, and "the end of May 2025" as its last day."""
        word = self.text(place)
        whole = self._whole_at(place + 2) if word in _EDGES and self.text(place + 1) == "of" else None
        if not whole:
            return None
        day = _day_of(whole.latest if _EDGES[word] else whole.earliest)
        if whole.latest - whole.earliest > _MANY_DAYS * _DAY:
            return Span(whole.end, *_month(day.year, day.month))
        return Span(whole.end, *_days(day, day))

    def _third(self, place: int) -> Span | None:
        """Read "early 2024", "late November 2023", "the middle of 2025"."""
        third = _THIRDS.get(self.text(place))
        whole = self._whole_at(place + 2 if self.text(place + 1) == "of" else place + 1) if third else None
        if not third or not whole:
            return None
        first_month, last_month, first_day, last_day = third
        begin, finish = _day_of(whole.earliest), _day_of(whole.latest)
        if (finish - begin).days > _MANY_DAYS:
            return Span(whole.end, _month(begin.year, first_month)[0], _month(begin.year, last_month)[1])
        if (finish - begin).days < _SHORTEST_MONTH - 1:
            return None
        last = min(begin.replace(day=1) + timedelta(days=last_day - 1), finish)
        return Span(whole.end, *_days(begin.replace(day=first_day), last))

    def _up_to(self, place: int) -> Span | None:
        """Read "the year to June 2026", "the quarter ended 30 September 2025"."""
        length = _LENGTHS.get(self.text(place))
        if self.text(place) in {"twelve", "12", "fiscal", "financial"} and self.text(place + 1) in {"months", "year"}:
            length, place = _LENGTHS["year"], place + 1
        whole = self._whole_at(place + 2) if length and self.text(place + 1) in {"to", "ended", "ending"} else None
        if not length or not whole:
            return None
        day = _day_of(whole.latest)
        months = day.year * 12 + day.month - length
        return Span(whole.end, _month(months // 12, months % 12 + 1)[0], whole.latest)

    def _quarter(self, place: int) -> Span | None:
        """Read "the first quarter of 2024", "the second half of 2025", "Q3 2025"."""
        word, named = self.text(place), self.text(place + 1)
        short = {"q": "quarter", "h": "half"}.get(word[:1], "") if len(word) == 2 else ""
        length = _LENGTHS.get({"half": "half-year"}.get(short or named, short or named))
        number = _ORDINALS.get(word) or (12 // length if word == "last" and length else None)
        if short and word[1].isdecimal():
            number = int(word[1])
        place += 1 if short else 2
        place += self.text(place) == "of"
        year = self._year_at(place)
        if not length or length == 12 or not number or number * length > 12 or not year:
            return None
        return Span(place + 1, _month(year, (number - 1) * length + 1)[0], _month(year, number * length)[1])

    def _season(self, place: int) -> Span | None:
        """Read "spring 2026", "the summer of 2024"; winter lies in two years, and which is meant cannot be told."""
        first = _SEASONS.get(self.text(place))
        year = self._year_at(place + 2 if self.text(place + 1) == "of" else place + 1)
        if not first or not year:
            return None
        end = place + 3 if self.text(place + 1) == "of" else place + 2
        return Span(end, _month(year, first)[0], _month(year, first + 2)[1])

    def _relative(self, place: int) -> Span | None:
        """Read "yesterday", "last year", "this month"."""
        word, unit = self.text(place), _UNITS.get(self.text(place + 1))
        if word == "yesterday":
            day = self.now - timedelta(days=1)
            return Span(place + 1, *_days(day, day))
        if word in {"last", "this", "next"} and unit:
            return Span(place + 2, *self._shifted(unit, {"last": -1, "this": 0, "next": 1}[word]))
        if word == "last" and (month := english().months.get(self.text(place + 1))):
            year = self.now.year if month < self.now.month else self.now.year - 1
            return Span(place + 2, *_month(year, month))
        return None

    def _ago(self, place: int) -> Span | None:
        """Read "two years ago", "a month ago": the year or month as a whole, for such words are meant roughly."""
        count = english().numbers.get(self.text(place), 1 if self.text(place) in {"a", "an"} else None)
        if self.text(place).isdigit() and len(self.text(place)) <= 2:
            count = int(self.text(place))
        unit = _UNITS.get(self.text(place + 1))
        if count is None or unit is None or self.text(place + 2) not in {"ago", "earlier"}:
            return None
        return Span(place + 3, *self._shifted(unit, -count))

    def _shifted(self, unit: str, count: int) -> tuple[int, int]:
        if unit == "year":
            return _year(max(self.now.year + count, 1))
        if unit == "month":
            months = max(self.now.year * 12 + self.now.month - 1 + count, 12)
            return _month(months // 12, months % 12 + 1)
        first = self.now + timedelta(days=count * (7 if unit == "week" else 1))
        if unit == "week":
            first -= timedelta(days=first.weekday())
        return _days(first, first + timedelta(days=6 if unit == "week" else 0))


def _longest(found: Iterator[Span | None]) -> Span | None:
    return max((span for span in found if span), key=lambda span: span.end, default=None)


def _is_year(text: str) -> bool:
    return text.isdecimal() and _FIRST_YEAR <= int(text) <= _LAST_YEAR


def _days(first: date, last: date) -> tuple[int, int]:
    begin = datetime(first.year, first.month, first.day, tzinfo=UTC)
    past = datetime(last.year, last.month, last.day, tzinfo=UTC) + timedelta(days=1)
    return instant_of(begin), instant_of(past) - 1


def _month(year: int, month: int) -> tuple[int, int]:
    found = parse_date(f"{year:04}-{month:02}")
    return found.earliest, found.latest


def _year(year: int) -> tuple[int, int]:
    found = parse_date(f"{year:04}")
    return found.earliest, found.latest


def _day_of(instant: int) -> date:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=instant)).date()
