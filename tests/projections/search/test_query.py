"""The grammar of queries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.search.query import MOST_WORDS, Query, Term, parse_query
from timeline.errors import InvalidInput


def read(text: str) -> tuple[list[list[str]], list[str]]:
    """Clauses with their terms, and what is excluded; a term that may go on ends in a star."""
    query = parse_query(text)

    def told(term: Term) -> str:
        return " ".join(term.words) + ("*" if term.beginning else "")

    return [[told(term) for term in clause] for clause in query.clauses], [told(term) for term in query.excluded]


@pytest.mark.parametrize(
    ("text", "clauses", "excluded"),
    [
        ("observer seat", [["observer"], ["seat*"]], []),
        ("observers seat ", [["observer"], ["seat*"]], []),
        ('"observer seat"', [["observer seat"]], []),
        ("“observer seat”", [["observer seat"]], []),
        ("observer OR director lawsuit", [["observer", "director"], ["lawsuit*"]], []),
        ('a b OR "c d" OR e', [["b", "c d", "e"]], []),
        ("lawsuit -musk", [["lawsuit"]], ["musk"]),
        ('lawsuit -"elon musk"', [["lawsuit"]], ["elon musk"]),
        ("AGI-clause", [["agi claus*"]], []),
        ("AGI - clause", [["agi"], ["claus*"]], []),
        ("13 billion dollars", [["13 billion"], ["dollar*"]], []),
        ("$13bn", [["13 billion"]], []),
        ("13 OR 14 billion", [["13", "14 billion"]], []),
        ("13 14", [["13"], ["14"]], []),
        ("the board of openai", [["board"], ["openai*"]], []),
        ('"the who"', [["the who"]], []),
        ("this OR that", [["this", "that*"]], []),
        ("one AND two", [["one"], ["two*"]], []),
        ("or else", [["els*"]], []),
        ("go to", [["go"]], []),
        ("(a board), [seat]!", [["board"], ["seat*"]], []),
    ],
)
def test_what_a_query_asks_for(text, clauses, excluded):
    assert read(text) == (clauses, excluded)


@pytest.mark.parametrize(
    ("text", "message", "remedy"),
    [
        ("", "no word", "at least one word"),
        ("  …!", "no word", "at least one word"),
        ('""', "no word", "at least one word"),
        ("the of and", "nearly every text", "quotes"),
        ('"open', "no partner", "Close"),
        ('a "b" c"', "no partner", "Close"),
        ("-musk", "leave out", "Add a word"),
        ("OR musk", "OR stands between", "each side"),
        ("musk OR", "OR stands between", "each side"),
        ("musk OR OR altman", "OR stands between", "each side"),
        ("musk OR -altman", "OR stands between", "each side"),
        ("x" * 1001, "1,001 characters", "few words"),
        ("word " * (MOST_WORDS + 1), "more than 50 words", "few words"),
    ],
)
def test_what_cannot_be_asked_names_the_field_and_the_remedy(text, message, remedy):
    with pytest.raises(InvalidInput) as refused:
        parse_query(text)
    assert refused.value.field == "q"
    assert message in refused.value.message
    assert remedy in (refused.value.remedy or "")


@given(st.text(alphabet=st.sampled_from("ab 1\"-−ORAND*():&|!<>\\'§¶·é").map(str), max_size=30) | st.text(max_size=40))
def test_whatever_is_typed_is_words_or_refused(text):
    try:
        query = parse_query(text)
    except InvalidInput:
        return
    assert isinstance(query, Query)
    for term in (*query.excluded, *(term for clause in query.clauses for term in clause)):
        assert term.words
        assert all(char.isalnum() or char == "·" for word in (*term.words, term.beginning or "") for char in word)
