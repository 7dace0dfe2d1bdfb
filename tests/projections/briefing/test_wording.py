"""Dates, lists and sentences as people write them."""

from __future__ import annotations

import pytest

from projections.briefing.wording import (
    date_text,
    listed,
    moment_text,
    on_text,
    sentence,
    short_date,
    since_text,
    span_text,
)
from timeline.dates import parse_moment


@pytest.mark.parametrize(
    ("written", "date", "on", "since"),
    [
        ("2023-11-17", "17 November 2023", "on 17 November 2023", "since 17 November 2023"),
        ("2023-11-05", "5 November 2023", "on 5 November 2023", "since 5 November 2023"),
        ("2023-11", "November 2023", "in November 2023", "since November 2023"),
        ("2019", "2019", "in 2019", "since 2019"),
        ("2023-11-17T20:28Z", "17 November 2023", "on 17 November 2023", "since 17 November 2023"),
        ("2023-11-20T02:00+05:00", "19 November 2023", "on 19 November 2023", "since 19 November 2023"),
        ("2021~", "about 2021", "in or about 2021", "since about 2021"),
        ("2021-03~", "about March 2021", "in or about March 2021", "since about March 2021"),
        ("2021-03-07~", "about 7 March 2021", "on or about 7 March 2021", "since about 7 March 2021"),
        ("2021?", "2021 (uncertain)", "in 2021, it seems", "since 2021 (uncertain)"),
        ("2023-11-17?", "17 November 2023 (uncertain)", "on 17 November 2023, it seems", None),
        ("202X", "the 2020s", "in the 2020s", "since the 2020s"),
        ("2023-XX", "some time in 2023", "some time in 2023", None),
        ("2023-11-XX", "some day in November 2023", "some day in November 2023", None),
        (
            "2019-07/2023-01",
            "between July 2019 and January 2023",
            "between July 2019 and January 2023",
            "since some time between July 2019 and January 2023",
        ),
        ("2025-10-28/..", "from 28 October 2025", "from 28 October 2025", "since 28 October 2025 at the earliest"),
        ("../2020-06", "until June 2020", "until June 2020", "since June 2020 at the latest"),
        ("2023-11-17T19:30Z/2023-11-17T20:28Z", "on 17 November 2023", "on 17 November 2023", "since 17 November 2023"),
    ],
)
def test_dates_are_written_as_people_write_them(written, date, on, since):
    assert date_text(written) == date
    assert on_text(written) == on
    if since is not None:
        assert since_text(written) == since


def test_a_span_says_from_when_to_when():
    assert span_text("2025-07-01", "2026-06-30") == "from 1 July 2025 to 30 June 2026"
    assert span_text("2019/2020", "2026") == "since some time between 2019 and 2020, until 2026"


def test_a_short_date_stays_as_it_is_written():
    assert [short_date(text) for text in ("2023-11-17T20:28Z", "2021-03~", "2019/2020", "../2020", "2019/..")] == [
        "2023-11-17",
        "2021-03~",
        "2019",
        "2020",
        "2019",
    ]


def test_the_end_of_a_day_is_the_day_and_any_other_moment_has_its_hour():
    assert moment_text(parse_moment("2023-11-19")) == "19 November 2023"
    assert moment_text(parse_moment("2023-11-19T18:05:59Z")) == "19 November 2023, 18:05 UTC"


def test_lists_and_sentences():
    assert [listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == ["a", "a and b", "a, b and c"]
    assert sentence("it holds") == "It holds."
    assert sentence("Acme Inc.") == "Acme Inc."
    assert sentence("xAI competes", names=["xAI"]) == "xAI competes."
