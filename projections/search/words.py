"""Texts as words to be found by: folded in Python, so that every database finds the same.

A word is folded to lower case without accents and possessive; of an English word only the stem stays, so that
"invest" finds "investments" and "invested". Sums are read as newspapers write them: "$13bn", "13 billion" and
"13B" are the same two words. The databases get nothing but words that this module made.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

BREAK: Final = "¶"
"""Stands between two facts, or two sources, of one text: no phrase reaches across it."""
ENTITY: Final = "§"
"""Begins the word that stands for an entity, whatever its name is; no text that somebody writes has such a word."""
ATTRIBUTE: Final = "¤"
"""Begins the word that stands for an attribute of the vocabulary, by whatever phrases one speaks of it."""
LONGEST_WORD: Final = 40
_REMEMBERED: Final = 50_000

STOP_WORDS: Final = frozenset(
    {
        "a", "an", "and", "are", "as", "at", "be", "been", "by", "did", "do", "does",
        "for", "from", "had", "has", "have", "how", "in", "into", "is", "it", "its", "of",
        "on", "or", "that", "the", "their", "them", "they", "this", "to", "was", "were", "what",
        "when", "where", "which", "who", "whom", "whose", "why", "will", "with", "would",
    }
)  # fmt: skip
"""Words that nearly every text has: alone they find nothing, and beside others they are passed over."""

_LETTER: Final = r"[^\W_]"
_WORDS: Final = re.compile(
    rf"(?P<number>\d+(?:[.,]\d+)*)(?P<scale>bln|bn|mln|mn|trn|tn|[bmtk])?(?!{_LETTER})"
    rf"|(?P<word>{_LETTER}(?:{_LETTER}|[\u0300-\u036f])*(?:['’]{_LETTER}(?:{_LETTER}|[\u0300-\u036f])*)?)",
    re.IGNORECASE,
)
_THOUSANDS: Final = re.compile(r",(?=\d{3}(?!\d))")
_SCALES: Final = {
    "k": "thousand",
    "m": "million",
    "mn": "million",
    "mln": "million",
    "b": "billion",
    "bn": "billion",
    "bln": "billion",
    "t": "trillion",
    "tn": "trillion",
    "trn": "trillion",
}
SCALES: Final = frozenset(_SCALES.values())
_ALONE: Final = {short: word for short, word in _SCALES.items() if len(short) > 1}
_VOWEL: Final = re.compile(r"[aeiouy]")
_UNDOUBLED: Final = re.compile(r"([bdgmnprt])\1$")


class Span(NamedTuple):
    """A word of a text with where it stands: the text from `start` up to `end`."""

    word: str
    start: int
    end: int


def spans(text: str) -> Iterator[Span]:
    """The words of a text, each with its place; a number with a short scale gives two of one place."""
    for found in _WORDS.finditer(text):
        for word in _folded(*found.groups()):
            yield Span(word, found.start(), found.end())


def words(text: str) -> list[str]:
    """The words of a text."""
    return folded(text).split()


def folded(text: str) -> str:
    """The words of a text in one string, with a blank before each."""
    # A word never reaches across a blank, and most of what stands between two blanks was read before.
    return "".join(map(_of_known_part, text.split()))


@lru_cache(maxsize=_REMEMBERED)
def folded_name(text: str) -> str:
    """As `folded`, of a text that comes up again and again."""
    return folded(text)


def entity_word(slug: str) -> str:
    """The word that stands for an entity."""
    return named(slug)[1:]


@lru_cache(maxsize=_REMEMBERED)
def attribute_word(name: str) -> str:
    """The word that stands for an attribute."""
    return ATTRIBUTE + name.replace("_", ATTRIBUTE)


class _Remembered(dict[str, str]):
    """What a function makes of texts, asked a dozen times for each content.

    A dictionary answers in half the time of `lru_cache`, which keeps an order; when it is full, it begins anew.
    """

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, text: str) -> str:
        made = self._make(text)
        if len(self) >= _REMEMBERED:
            self.clear()
        self[text] = made
        return made


def _of_part(part: str) -> str:
    if part.isdecimal():
        return f" {part[:LONGEST_WORD]}"
    if part.isascii() and part.isalpha():
        word = part.lower()[:LONGEST_WORD]
        return f" {_ALONE.get(word) or stem(word)}"
    return "".join(f" {word}" for groups in _WORDS.findall(part) for word in _folded(*groups))


_of_known_part: Final = _Remembered(_of_part).__getitem__
named: Final = _Remembered(lambda slug: f" {ENTITY}{slug.replace('-', ENTITY)}" if slug else "").__getitem__
"""The word that stands for an entity, with a blank before it; nothing for no entity."""


@lru_cache(maxsize=_REMEMBERED)
def _folded(number: str | None, scale: str | None, word: str | None) -> tuple[str, ...]:
    if number:
        plain = _THOUSANDS.sub("", number).replace(",", "·").replace(".", "·")[:LONGEST_WORD]
        return (plain, _SCALES[scale.lower()]) if scale else (plain,)
    folded = fold(word or "")
    return (_ALONE.get(folded) or stem(folded),) if folded else ()


def fold(word: str) -> str:
    """A word in lower case, without accents, apostrophes and the s of a possessive."""
    if not word.isascii():
        word = unicodedata.normalize("NFKD", word.replace("’", "'"))
    word = word.casefold().removesuffix("'s")
    return "".join(char for char in word if char.isalnum())[:LONGEST_WORD]


def stem(word: str) -> str:
    """What an English word has in common with its inflections; words of other letters stay as they are.

    Only endings that leave a stem to be recognised go, one plural and then one more, so that names keep apart.
    """
    if len(word) < 4 or not (word.isascii() and word.isalpha()):
        return word
    return _without_last_vowel(_without_ending(_singular(word)))


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith("sses"):
        return word[:-2]
    if word.endswith("s") and word[-2] not in "suia":
        return word[:-1]
    return word


def _without_ending(word: str) -> str:
    for ending, least in (("ment", 5), ("ity", 5), ("ly", 4), ("ion", 5), ("al", 5)):
        if word.endswith(ending) and len(word) - len(ending) >= least:
            rest = word[: -len(ending)]
            return rest if ending != "ion" or rest[-1] in "st" else word
    if word.endswith("eed"):
        return word[:-1]
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= 3 and _VOWEL.search(rest):
            return _UNDOUBLED.sub(r"\1", rest)
    return word


def _without_last_vowel(word: str) -> str:
    if word.endswith("e") and len(word) > 3:
        return word[:-1]
    return f"{word[:-1]}i" if word.endswith("y") and len(word) > 3 else word
