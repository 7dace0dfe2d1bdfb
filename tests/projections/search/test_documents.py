"""The searched text of a content."""

from __future__ import annotations

from typing import Any

import pytest

from projections.search.documents import SearchText, search_text
from timeline.dates import MIN_INSTANT, parse_date
from timeline.vocabulary import default_vocabulary


def text_of(**content: Any) -> SearchText:
    return search_text({"title": "One", "detail": {"kind": "statement"}, **content}, 2, [], default_vocabulary())


def test_a_content_that_says_little_has_a_text():
    assert text_of() == SearchText("one", "", "", "stat", "", "2", MIN_INSTANT)


def test_the_text_tells_when_the_last_source_appeared():
    sources = [{"publisher": "A", "title": "B", **date} for date in ({"published": "2023"}, {"published": "2021"}, {})]
    assert text_of(sources=sources).last_published == parse_date("2023").earliest
    assert text_of(sources=sources).sources == "a b ¶ a b ¶ a b"


def test_whoever_a_detail_may_name_is_found_however_deep():
    detail = {
        "kind": "leadership",
        "organisation": "zeta",
        "changes": [{"type": "text", "left": "alpha-beta", "took": ["alphabet", ["a1"]]}, "alpha-beta"],
        "reason": "no-slug Because",
        "interim": True,
        "value": {"kind": "other", "date": "2023-11"},
    }
    parties = [{"entity": "zeta"}, {"entity": "omega"}]
    assert (
        text_of(detail=detail, parties=parties).entities == "leadership §zeta §omega §2023§11 §a1 §alpha§beta §alphabet"
    )


@pytest.mark.parametrize(("field", "most"), [("title", 250), ("summary", 1_750)])
def test_no_more_words_of_a_field_are_kept_than_have_room(field, most):
    for count in (most - 1, most, most + 1):
        kept = getattr(text_of(**{field: "x1 " * count}), field)
        assert kept == " ".join(["x1"] * min(count, most))
    long = f"{'z' * 40} " * 100
    assert getattr(text_of(**{field: long}), field) == long.strip()
