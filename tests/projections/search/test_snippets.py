"""Texts with what was looked for marked in them."""

from __future__ import annotations

import pytest

from projections.search.names import search_of
from projections.search.query import parse_query
from projections.search.snippets import LONGEST_SNIPPET, Marker
from timeline.vocabulary import default_vocabulary

LONG = f"{'Nothing of note here. ' * 30}The board gave Globex an observer's seat.{' More of the same.' * 30}"


def marker(query: str) -> Marker:
    return Marker(search_of(parse_query(query), [], default_vocabulary()))


def shown(pieces) -> str:
    return "".join(f"[{piece.text}]" if piece.is_match else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("invest", "Globex invested; investors cheered.", "Globex [invested]; [investors] cheered."),
        ('"observer seat"', "An observer's seat, a seat.", "An [observer's seat], a seat."),
        ("13bn", "It paid $13 billion, or 13B.", "It paid $[13 billion], or [13B]."),
        ("seat observer", "observer seat", "[observer seat]"),
        ("<b>", "<b>bold</b>", "<[b]>bold</[b]>"),
        ("nothing", "At all", "At all"),
        ("zoe", "Zoë & co", "[Zoë] & co"),
    ],
)
def test_what_is_looked_for_is_marked_and_the_text_stays_as_it_is(query, text, marked):
    pieces = marker(query).whole(text)
    assert shown(pieces) == marked
    assert "".join(piece.text for piece in pieces) == text


def test_of_a_long_text_the_part_with_most_in_it_is_shown():
    pieces = marker("observer seat note").best(LONG)
    text = shown(pieces)
    assert "gave Globex an [observer's seat]." in text
    assert text.startswith("…")
    assert text.endswith("…")
    assert sum(len(piece.text) for piece in pieces) <= LONGEST_SNIPPET + 2
    assert shown(marker("absent").best(LONG)).startswith("Nothing of note")
    assert shown(marker("x").best("short")) == "short"
