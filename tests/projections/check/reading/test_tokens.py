"""Sentences become tokens that meet however they were typed."""

import pytest

from projections.check.reading.tokens import tokenise, words_of


def texts(sentence: str) -> list[str]:
    return [token.text for token in tokenise(sentence)]


@pytest.mark.parametrize(
    ("sentence", "tokens"),
    [
        ("Acme owns Globex.", ["acme", "owns", "globex"]),
        ("Acme’s board didn’t meet", ["acme", "'s", "board", "did", "n't", "meet"]),
        ("the employees' letter", ["the", "employees", "'s", "letter"]),
        ("a non-voting seat", ["a", "non", "voting", "seat"]),
        ("20-49%", ["20", "-", "49", "%"]),
        ("US$13.75bn", ["us", "$", "13.75", "bn"]),
        ("1,500,000 euros", ["1500000", "euros"]),
        ("on 2023-11-17", ["on", "2023-11-17"]),
        ("Karén O'Brien of Acme Corp. left", ["karen", "o'brien", "of", "acme", "corp", "left"]),
        ("Doe v. Acme", ["doe", "v", "acme"]),
        ("AT&T and x.ai", ["at&t", "and", "x.ai"]),
        ("a loss of −$5", ["a", "loss", "of", "-", "$", "5"]),
    ],
)
def test_words_numbers_and_marks_are_told_apart(sentence, tokens):
    assert texts(sentence) == tokens


def test_a_token_knows_how_and_where_it_was_written():
    acme, roe = tokenise("Acme, Roe")
    assert (acme.start, acme.end, acme.has_capital, acme.after_comma) == (0, 4, True, False)
    assert (roe.start, roe.end, roe.has_capital, roe.after_comma) == (6, 9, True, True)


def test_the_words_of_a_name_are_the_tokens_of_a_sentence_that_has_it():
    assert words_of("Café-Bar O’Neill, Inc.") == tuple(texts("cafe bar o'neill inc"))


@pytest.mark.parametrize("sentence", ["", "  ", "...", "\u0000", "—", "漢字", "'s", "a" * 5_000, "-" * 2_000])
def test_any_text_has_tokens(sentence):
    for token in tokenise(sentence):
        assert 0 <= token.start < token.end <= len(sentence)
