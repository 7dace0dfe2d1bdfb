"""A sentence as tokens: the words, numbers and marks that everything after this reads.

Commas and hyphens inside a word are not tokens of their own: a comma is remembered on the token after it, and
"non-voting" is two words, so that spellings with and without the hyphen meet. A hyphen between digits stays: it
makes a range.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_PATTERN: Final = re.compile(
    r"""
      (?P<date>\d{4}-\d{2}(?:-\d{2})?(?![\d-]))          # an ISO date is one token
    | (?P<number>\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)
    | (?P<negation>(?<=[a-z])n't\b)
    | (?P<possessive>'s\b|(?<=s)'(?=\s))
    | (?P<word>(?:[^\W\d_](?:(?!n't\b)(?:[^\W_]|[&.](?=[^\W_])|'(?!s\b)(?=[^\W\d_])))*))
    | (?P<mark>[^\s])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SAME: Final = str.maketrans(
    {"’": "'", "\u2018": "'", "\u02bc": "'", "\u2010": "-", "\u2011": "-", "−": "-", "—": "–", "“": '"', "”": '"'}
)
"""Typographic variants of apostrophes, hyphens, dashes and quotation marks."""
_MAY_END_IN_A_POINT: Final = 5
"""A word of up to so many letters before a point can be an abbreviation: "Corp.", "Sept."."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark. `text` is folded for comparing; `sentence[start:end]` is how it was written."""

    text: str
    start: int
    end: int
    kind: str
    """`word`, `number`, `date`, `mark`, `possessive` or `negation` (the "n't" of "didn't")."""
    has_capital: bool = False
    after_comma: bool = False
    is_joined: bool = False
    """Whether it follows the token before it without a space, or with only a hyphen between."""


def folded(text: str) -> str:
    """Text as it is compared: without case, accents and typographic variants."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.translate(_SAME).casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def tokenise(sentence: str) -> tuple[Token, ...]:
    """The tokens of a sentence; the point, semicolon or other mark that ends it is left out."""
    written = sentence.translate(_SAME)
    found: list[Token] = []
    after_comma = False
    previous_end = -1
    for match in _PATTERN.finditer(written):
        kind, text = match.lastgroup or "mark", match.group()
        start, end = match.span()
        if text == ",":
            after_comma = True
            continue
        if text == "-" and not (_joins_numbers(written, start) or _is_minus(written, start)):
            previous_end = end if previous_end == start else previous_end
            continue
        if text == "." and _ends_abbreviation(found, written, start):
            previous_end = end
            continue
        if kind == "possessive":
            text = "'s"
        if kind == "number":
            text = text.replace(",", "")
        found.append(
            Token(folded(text), start, end, kind, text[:1].isupper(), after_comma, is_joined=start == previous_end)
        )
        after_comma, previous_end = False, end
    while found and found[-1].text in {".", ";", ":"}:
        found.pop()
    return tuple(found)


@lru_cache(maxsize=8_192)
def words_of(text: str) -> tuple[str, ...]:
    """The folded tokens of a name or phrase, as a sentence that contains it has them."""
    return tuple(token.text for token in tokenise(text))


def _joins_numbers(written: str, place: int) -> bool:
    before, after = written[:place].rstrip("%"), written[place + 1 : place + 3].lstrip("$€£")
    return before[-1:].isdigit() and after[:1].isdigit()


def _is_minus(written: str, place: int) -> bool:
    return written[:place][-1:] in {"", " ", "("} and re.match(r"[$€£¥]?\d", written[place + 1 :]) is not None


def _ends_abbreviation(found: list[Token], written: str, place: int) -> bool:
    """Whether a point belongs to the word before it: "Corp." and "Nov. 17", but not the end of a sentence."""
    if not found or found[-1].kind != "word" or found[-1].end != place:
        return False
    rest = written[place + 1 :].lstrip()
    return bool(rest) and len(found[-1].text) <= _MAY_END_IN_A_POINT
