"""A draft into sentences, each with its place in the text. Pure.

A sentence ends with a full stop, a question mark or an exclamation mark and what follows them of quotes and brackets,
if what comes next begins a new one; and wherever a line is empty or begins an item of a list. A point in a figure, in
an abbreviation or after an initial ends nothing.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_LONGEST_WORD: Final = 40


class Sentence(NamedTuple):
    """A sentence and where it stands: `text` is the draft from `start` to before `end`, in characters."""

    text: str
    start: int
    end: int


_BLOCK: Final = re.compile(r"\r?\n[ \t]*(?:\r?\n\s*)+|\r?\n(?=[ \t]*(?:[-*•–+]|#{1,6}|\d{1,3}[.)])[ \t])")
"""Between two blocks: an empty line, or the end of a line before an item or a heading."""
_MARKER: Final = re.compile(r"[ \t]*(?:(?:[-*•–+>]|#{1,6}|\d{1,3}[.)])[ \t]+)+")
"""What stands before an item, a heading or a quotation and is no part of its sentence."""
_ENDING: Final = re.compile(r"(?:\.{3}|…|[.!?]+)[\"'”’»)\]]*(?=\s|$)|[.!?][\"”»](?=[A-Z])")
_NEXT: Final = re.compile(r"\s+[\"'“\u2018«(\[]*(\w+)")
_LAST_WORD: Final = re.compile(r"(?:^|[\s(\[\"'“\u2018«])((?:[A-Za-z]\.)*[A-Za-z]+)$")
_ABBREVIATIONS: Final = frozenset(
    {"mr", "mrs", "ms", "dr", "prof", "st", "sr", "jr", "gen", "sen", "rep", "gov", "hon", "rev", "messrs"}
    | {"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"}
    | {"vs", "v", "no", "nos", "vol", "fig", "sec", "art", "ca", "approx", "est", "dept", "e.g", "i.e", "cf", "viz"}
)
"""After these a sentence goes on, whatever comes next."""
_OF_FIRMS: Final = frozenset({"inc", "corp", "co", "ltd", "llc", "plc", "l.p", "etc", "al"})
"""After these a sentence ends, unless an office follows: "Acme Inc. Chief Executive Jane Doe"."""
_OFFICES: Final = frozenset({"ceo", "cfo", "cto", "chief", "president", "vice", "chairman", "chair", "board"})
_OF_PLACES: Final = frozenset({"u.s", "u.k", "u.n", "e.u", "d.c"})
"""After these a sentence goes on, unless a word follows that often begins one: "in the U.S. The company"."""
_BEGINNERS: Final = frozenset(
    {"the", "a", "an", "it", "its", "he", "she", "they", "we", "this", "that", "these", "those", "but", "and", "in"}
    | {"on", "at", "by", "for", "after", "before", "while", "when", "as", "if", "however", "there", "his", "her"}
)


def sentences_of(text: str) -> list[Sentence]:
    """The sentences of a draft, in order; each is stripped of white space and of marks of lists and headings."""
    return [
        Sentence(text[start:end], start, end)
        for first, last in _blocks(text)
        for start, end in _in_block(text, first, last)
        if any(letter.isalnum() for letter in text[start:end])
    ]


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in _BLOCK.finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def _in_block(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    marker = _MARKER.match(text, first, last)
    start = marker.end() if marker else first
    for ending in _ENDING.finditer(text, start, last):
        if ending.start() >= start and _ends(text, start, ending, last):
            yield _stripped(text, start, ending.end())
            start = ending.end()
    if text[start:last].strip():
        yield _stripped(text, start, last)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    found = text[start:end]
    return start + len(found) - len(found.lstrip()), end - len(found) + len(found.rstrip())


def _ends(text: str, start: int, ending: "re.Match[str]", last: int) -> bool:
    """Whether a sentence ends here."""
    following = _NEXT.match(text, ending.end(), last)
    if following is None:
        return True
    if following[1][0].islower():
        return False  # "Yahoo! has", "he asked “why?” and left"
    before = _LAST_WORD.search(text, max(start, ending.start() - _LONGEST_WORD), ending.start())
    if ending[0][0] != "." or ending[0].startswith("..") or before is None:
        return True
    word, next_word = before[1].casefold(), following[1].casefold()
    if word in _OF_PLACES:
        return next_word in _BEGINNERS
    if word in _OF_FIRMS:
        return next_word not in _OFFICES
    is_initial = len(word) == 1 and word != "i" and before[1].isupper()
    return not is_initial and word not in _ABBREVIATIONS
