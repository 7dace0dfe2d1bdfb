"""How texts are folded into words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.search.words import _Remembered, entity_word, named, spans, words


@pytest.mark.parametrize(
    "family",
    [
        "invest invests invested investing investment investments",
        "exclusive exclusively exclusivity",
        "remove removed removing removal",
        "agree agreed agreement agreements",
        "negotiate negotiated negotiation negotiations",
        "company companies company's",
        "Musk Musk's musk’s MUSK",
        "café CAFÉ cafe\u0301 Cafe",
        "process processes",
    ],
)
def test_a_word_is_one_with_its_inflections(family):
    assert len(set(words(family))) == 1


@pytest.mark.parametrize(
    "pair",
    ["observer observe", "billion bill", "Zilis Zili", "press pres", "us use", "equity equal", "sing s", "need ne"],
)
def test_words_that_only_look_alike_stay_apart(pair):
    one, other = words(pair)
    assert one != other


@pytest.mark.parametrize("text", ["$13 billion", "13bn", "$13B", "13 bn", "€13 Billion"])
def test_a_sum_is_read_as_newspapers_write_it(text):
    assert words(text) == ["13", "billion"]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("13.75bn", ["13·75", "billion"]),
        ("1,200 staff", ["1200", "staff"]),
        ("GPT-4", ["gpt", "4"]),
        ("4o", ["4o"]),
        ("2023-11-17", ["2023", "11", "17"]),
        ("Москва и СПб", ["москва", "и", "спб"]),
        ("O'Brien, snake_case & co.", ["obrien", "snak", "cas", "co"]),
        ("", []),
        ("… -- !", []),
    ],
)
def test_numbers_names_and_other_letters(text, read):
    assert words(text) == read


def test_each_word_knows_its_place_in_the_text():
    text = "Zoë's $13bn, told"
    assert [(span.word, text[span.start : span.end]) for span in spans(text)] == [
        ("zoe", "Zoë's"),
        ("13", "13bn"),
        ("billion", "13bn"),
        ("told", "told"),
    ]
    assert [span.word for span in spans(text)] == words(text)


@given(st.text(st.sampled_from("aZéß’'5٣²\u066b.,-_$ \u0301\n") | st.characters()))
def test_a_text_has_the_same_words_part_by_part(text):
    assert words(text) == [span.word for span in spans(text)]


def test_an_entity_is_a_word_that_nobody_can_write():
    word = entity_word("jane-doe")
    assert named("jane-doe") == f" {word}"
    assert named("") == ""
    assert word not in words(f"{word} § jane-doe")


def test_no_more_is_remembered_than_has_room(monkeypatch):
    monkeypatch.setattr("projections.search.words._REMEMBERED", 3)
    remembered = _Remembered(str.upper)
    assert [remembered[text] for text in ("a", "b", "c", "a", "d", "a")] == ["A", "B", "C", "A", "D", "A"]
    assert list(remembered) == ["d", "a"]
