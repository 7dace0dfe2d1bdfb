"""How pages put dates, names and numbers."""

from __future__ import annotations

import pytest

from api.web.showing import count, dated, host, isolated, label, plain


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2023-11-17T20:28Z", "17 November 2023"),
        ("2023-11-18/2023-11-19", "18–19 November 2023"),
        ("2024-05/2024-07", "May–July 2024"),
        ("2023-10-30/2023-11-02", "30 October – 2 November 2023"),
        ("2023-12-30/2024-01-02", "30 December 2023 – 2 January 2024"),
        ("2019/2021", "2019–2021"),
        ("2023-11-20T04:00Z/2023-11-20T07:53Z", "20 November 2023"),
        ("2021~", "about 2021"),
        ("2025-10-28/..", "from 28 October 2025"),
    ],
)
def test_a_date_is_put_as_short_as_can_be(written, shown):
    assert dated(written) == shown


def test_text_of_the_record_is_escaped_and_set_apart():
    assert isolated("<b>") == "<bdi>&lt;b&gt;</bdi>"


def test_a_title_has_no_marks_that_nobody_sees():
    assert plain("a\u202e b\n c\u200f\x07") == "a b c"


def test_words_of_slugs_numbers_and_hosts():
    assert label("funding-round") == "funding round"
    assert label("ip-license") == "IP license"
    assert (count(1, "fact"), count(1200, "fact")) == ("1 fact", "1,200 facts")
    assert (host("https://www.example.org/a"), host("http://[")) == ("example.org", "")
