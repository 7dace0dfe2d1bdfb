"""Times in a sentence: dates, parts of the calendar and words relative to a moment, with the word before them.

"in November 2023", "on 17 November 2023", "Nov. 17", "since 2019", "until the end of 2025", "last year", "two years
ago", "between March and May 2024", "from 2019 to 2023", "throughout 2023". A day without a year is the latest such
day that is not after the moment. Times are UTC, as in the record.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from projections.check.claim import When
from projections.check.reading.calendar import Calendar, Span
from projections.check.reading.english import english
from projections.check.reading.tokens import Token
from projections.check.reading.trie import Trie
from timeline.dates import MAX_INSTANT, MIN_INSTANT, format_instant, parse_date


class Relation(StrEnum):
    """How a time bears on what the sentence says."""

    IN = "in"
    """At some moment of it: "in 2023", "on 17 November", "between March and May 2024"."""
    SINCE = "since"
    UNTIL = "until"
    BEFORE = "before"
    AFTER = "after"
    BY = "by"
    AS_OF = "as of"
    THROUGHOUT = "throughout"
    """All of it: "throughout 2023", "from 2019 to 2023"."""


@dataclass(frozen=True, slots=True)
class Time:
    """A time in the tokens from `start` to before `end`."""

    start: int
    end: int
    relation: Relation
    earliest: int
    latest: int
    text: str
    has_relation: bool
    """Whether a word such as "in" or "since" introduces it."""

    @property
    def edtf(self) -> str | None:
        """The time as a date of the record: a year, month or day; None if it is no such piece of the calendar."""
        day = format_instant(self.earliest)[:10]
        for text in (day[:4], day[:7], day):
            date = parse_date(text)
            if (date.earliest, date.latest) == (self.earliest, self.latest):
                return text
        return None

    def when(self, now: int) -> When:
        """The instants that a claim is about, as seen from `now`; "until" and its like are left to the claim."""
        earliest, latest, is_throughout = self.earliest, self.latest, False
        match self.relation:
            case Relation.SINCE:
                # what began in the course of 2019 held since 2019, so the rest of that year does not count
                earliest, latest, is_throughout = min(latest, now), max(latest, now), True
            case Relation.BEFORE:
                earliest, latest = MIN_INSTANT, earliest - 1
            case Relation.AFTER:
                earliest, latest = latest + 1, MAX_INSTANT
            case Relation.BY:
                earliest = MIN_INSTANT
            case Relation.AS_OF:
                earliest = latest
            case Relation.THROUGHOUT:
                is_throughout = True
        return When(earliest, latest, self.text, is_throughout)


@lru_cache(maxsize=1)
def _relations() -> Trie[Relation]:
    trie: Trie[Relation] = Trie()
    for relation, phrases in english().relations.items():
        for phrase in phrases:
            trie.add(phrase, Relation(relation))
    return trie


def times(tokens: Sequence[Token], sentence: str, now: int) -> tuple[Time, ...]:
    """All times, each as long as it can be, in their order."""
    calendar = Calendar(tokens, now)
    found: list[Time] = []
    place = 0
    while place < len(tokens):
        time = _time(calendar, sentence, place)
        if time:
            found.append(time)
        place = time.end if time else place + 1
    return tuple(found)


def _time(calendar: Calendar, sentence: str, start: int) -> Time | None:
    tokens = calendar.tokens

    def made(relation: Relation, span: Span, *, has_relation: bool) -> Time:
        text = sentence[tokens[start].start : tokens[span.end - 1].end]
        return Time(start, span.end, relation, span.earliest, span.latest, text, has_relation)

    pair = _pair(calendar, start)
    if pair:
        relation, span = pair
        return made(relation, span, has_relation=True)
    for end, (relation, *_) in reversed(list(_relations().matches(tokens, start))):
        found = calendar.span(end)
        if found:
            return made(relation, found, has_relation=True)
    bare = calendar.span(start)
    return made(Relation.IN, bare, has_relation=False) if bare else None


def _pair(calendar: Calendar, start: int) -> tuple[Relation, Span] | None:
    """Read "between March and May 2024" or "from 2019 to 2023"; the first may leave its year to the second."""
    opened = calendar.text(start)
    joints = {"between": {"and"}, "from": {"to", "until", "through", "till", "-", "–"}}.get(opened)
    if joints is None:
        return None
    for first in [span for span in calendar.readings(start + 1) if span]:
        if calendar.text(first.end) not in joints:
            continue
        second = calendar.span(first.end + 1)
        if not second:
            continue
        low = first
        if first.earliest > second.earliest:
            # "March and May 2024": the month alone was taken for the latest one before now
            low = calendar.in_year_of(start + 1, second) or first
        if low.earliest > second.latest:
            return None
        if opened == "between":
            return Relation.IN, Span(second.end, low.earliest, second.latest)
        # "from 2019 to 2023" need not have begun on the first day nor go on to the last
        inner = (low.latest, second.earliest) if low.latest <= second.earliest else (low.earliest, second.latest)
        return Relation.THROUGHOUT, Span(second.end, *inner)
    return None
