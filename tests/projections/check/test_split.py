"""A draft into sentences, each where it stands."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.check.split import sentences_of


@pytest.mark.parametrize(
    ("draft", "sentences"),
    [
        ("Jane leads Acme. John left.", ["Jane leads Acme.", "John left."]),
        ("Did Jane leave? No! She stayed.", ["Did Jane leave?", "No!", "She stayed."]),
        (
            "Acme paid $13.75 billion. It was 2.5 times the offer.",
            ["Acme paid $13.75 billion.", "It was 2.5 times the offer."],
        ),
        (
            "Mr. Doe and Dr. J. R. Roe met on Nov. 17. They agreed.",
            ["Mr. Doe and Dr. J. R. Roe met on Nov. 17.", "They agreed."],
        ),
        ("Acme Inc. owns Globex Corp. John leads it.", ["Acme Inc. owns Globex Corp.", "John leads it."]),
        ("Acme Corp. Chief Executive Jane Doe resigned.", ["Acme Corp. Chief Executive Jane Doe resigned."]),
        ("It sued in the U.S. The court agreed.", ["It sued in the U.S.", "The court agreed."]),
        ("The U.S. Senate asked Acme.", ["The U.S. Senate asked Acme."]),
        ("“We own it.” Jane said so.", ["“We own it.”", "Jane said so."]),
        ("He asked “why?” and left. She stayed", ["He asked “why?” and left.", "She stayed"]),
        ("Wait… Jane left. So did I. We met.", ["Wait…", "Jane left.", "So did I.", "We met."]),
        ("Jane left (so it is said). John stayed.", ["Jane left (so it is said).", "John stayed."]),
        ("Jane leads\nAcme today. John left.", ["Jane leads\nAcme today.", "John left."]),
        ("A heading\n\nJane leads Acme", ["A heading", "Jane leads Acme"]),
        (
            "# Acme\n- Jane leads it\n- John left\n1. Mary sits on the board",
            ["Acme", "Jane leads it", "John left", "Mary sits on the board"],
        ),
        ("First.\r\n\r\nSecond.", ["First.", "Second."]),
        ("", []),
        (" \n\n … — !!! \n", []),
        ("See https://example.org/a.b?c=d. It says so.", ["See https://example.org/a.b?c=d.", "It says so."]),
        ("Acme e.g. Globex vs. Initech.", ["Acme e.g. Globex vs. Initech."]),
    ],
)
def test_a_draft_is_split_as_a_reader_would(draft, sentences):
    assert [sentence.text for sentence in sentences_of(draft)] == sentences


@given(st.text(alphabet="aB1 .!?\n\"'“”’()-*#…é", max_size=200))
def test_every_sentence_stands_where_it_says_and_nothing_is_lost(draft):
    found = sentences_of(draft)
    for sentence in found:
        assert draft[sentence.start : sentence.end] == sentence.text
        assert sentence.text == sentence.text.strip()
        assert any(letter.isalnum() for letter in sentence.text)
    for before, after in pairwise(found):
        assert before.end <= after.start
    left = set(range(len(draft))) - {place for one in found for place in range(one.start, one.end)}
    lost = "".join(draft[place] for place in sorted(left))
    assert not any(letter.isalpha() for letter in lost)
