"""Developments in the order of time, by year, with the moment that is looked at among them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from projections.developments import Listed
from timeline.dates import format_instant, parse_date


@dataclass(frozen=True, slots=True)
class Entry:
    """A development in the list. `is_first_past` marks the first that does not lie after the moment looked at."""

    listed: Listed
    is_ahead: bool
    is_first_past: bool = False

    @property
    def kind(self) -> str:
        """The kind of the development."""
        kind: str = self.listed.content["detail"]["kind"]
        return kind


@dataclass(frozen=True, slots=True)
class Year:
    """The developments that occurred in a year, or began in it, the latest first."""

    number: int
    entries: tuple[Entry, ...]


def years_of(found: Sequence[Listed], at: int) -> tuple[Year, ...]:
    """Developments, given the latest first, by year."""
    return tuple(
        Year(number, tuple(some))
        for number, some in groupby(_entries(found, at), key=lambda entry: _year(entry.listed))
    )


def _entries(found: Sequence[Listed], at: int) -> Iterator[Entry]:
    was_ahead = False
    for listed in found:
        is_ahead = parse_date(listed.content["occurred"]).earliest > at
        yield Entry(listed, is_ahead, is_first_past=was_ahead and not is_ahead)
        was_ahead = is_ahead


def _year(listed: Listed) -> int:
    return int(format_instant(parse_date(listed.content["occurred"]).earliest)[:4])
