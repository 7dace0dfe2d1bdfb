"""Times are read as the days they span, as seen from 15 June 2024."""

import pytest

from projections.check.reading.times import Relation, Time, times
from projections.check.reading.tokens import tokenise
from tests.projections.check.reading.examples import NOW
from timeline.dates import MAX_INSTANT, MIN_INSTANT, format_moment, parse_date, parse_moment


def found(text: str, now: int = NOW) -> tuple[Time, ...]:
    return times(tokenise(text), text, now)


def days(text: str, now: int = NOW) -> tuple[str, str]:
    (time,) = found(text, now)
    return format_moment(time.earliest)[:10], format_moment(time.latest)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023", "2023-01-01", "2023-12-31"),
        ("in November 2023", "2023-11-01", "2023-11-30"),
        ("on 17 November 2023", "2023-11-17", "2023-11-17"),
        ("on Nov. 17, 2023", "2023-11-17", "2023-11-17"),
        ("on Friday, November 17th, 2023", "2023-11-17", "2023-11-17"),
        ("the 17th of November 2023", "2023-11-17", "2023-11-17"),
        ("2023-11-17", "2023-11-17", "2023-11-17"),
        ("by the end of 2025", "2025-12-01", "2025-12-31"),
        ("at the end of May 2024", "2024-05-31", "2024-05-31"),
        ("in early 2024", "2024-01-01", "2024-04-30"),
        ("in late November 2023", "2023-11-20", "2023-11-30"),
        ("in mid-2023", "2023-04-01", "2023-09-30"),
        ("in the first quarter of 2024", "2024-01-01", "2024-03-31"),
        ("in the last quarter of 2023", "2023-10-01", "2023-12-31"),
        ("in Q3 2023", "2023-07-01", "2023-09-30"),
        ("in the second half of 2023", "2023-07-01", "2023-12-31"),
        ("in spring 2024", "2024-03-01", "2024-05-31"),
        ("in the year to June 2023", "2022-07-01", "2023-06-30"),
        ("between March and May 2024", "2024-03-01", "2024-05-31"),
        ("between 2019 and 2023", "2019-01-01", "2023-12-31"),
    ],
)
def test_dates_and_parts_of_the_calendar(text, first, last):
    assert days(text) == (first, last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("yesterday", "2024-06-14", "2024-06-14"),
        ("last year", "2023-01-01", "2023-12-31"),
        ("last month", "2024-05-01", "2024-05-31"),
        ("last week", "2024-06-03", "2024-06-09"),
        ("two years ago", "2022-01-01", "2022-12-31"),
        ("3 months ago", "2024-03-01", "2024-03-31"),
        ("last November", "2023-11-01", "2023-11-30"),
        ("on June 15", "2024-06-15", "2024-06-15"),
        ("on June 16", "2023-06-16", "2023-06-16"),
        ("in November", "2023-11-01", "2023-11-30"),
    ],
)
def test_words_relative_to_the_moment_and_days_without_a_year(text, first, last):
    assert days(text) == (first, last)


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("in 2023", Relation.IN),
        ("since 2019", Relation.SINCE),
        ("ever since 2019", Relation.SINCE),
        ("until January 2025", Relation.UNTIL),
        ("through 2030", Relation.UNTIL),
        ("before 2020", Relation.BEFORE),
        ("prior to 2020", Relation.BEFORE),
        ("after 2020", Relation.AFTER),
        ("by 2020", Relation.BY),
        ("as of June 2023", Relation.AS_OF),
        ("throughout 2023", Relation.THROUGHOUT),
        ("from 2019 to 2023", Relation.THROUGHOUT),
    ],
)
def test_the_word_before_a_time_says_how_it_bears(text, relation):
    (time,) = found(text)
    assert (time.relation, time.text) == (relation, text)


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "is_throughout"),
    [
        ("since 2019", parse_date("2019").latest, NOW, True),
        ("before 2020", MIN_INSTANT, parse_date("2019").latest, False),
        ("after 2020", parse_date("2021").earliest, MAX_INSTANT, False),
        ("by 2020", MIN_INSTANT, parse_date("2020").latest, False),
        ("as of June 2023", parse_date("2023-06").latest, parse_date("2023-06").latest, False),
        ("throughout 2023", parse_date("2023").earliest, parse_date("2023").latest, True),
        ("from 2019 to 2023", parse_date("2019").latest, parse_date("2023").earliest, True),
    ],
)
def test_what_a_claim_is_about(text, earliest, latest, is_throughout):
    when = found(text)[0].when(NOW)
    assert (when.earliest, when.latest, when.is_throughout) == (earliest, latest, is_throughout)


@pytest.mark.parametrize("text", ["it may rain", "march on", "12345", "9999-12-31", "the end of"])
def test_what_is_no_time(text):
    assert found(text) == ()


@pytest.mark.parametrize("now", ["0001-01-01", "9999-12-31"])
def test_no_moment_is_too_early_or_too_late(now):
    moment = int(parse_moment(now))
    for text in ("yesterday", "last year", "99 weeks ago", "next year", "since 2019", "November 17", "last month"):
        for time in found(text, moment):
            time.when(moment)
