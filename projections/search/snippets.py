"""Texts with the words that were looked for marked in them: in pieces, so that nobody has to escape anything."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from projections.search.matching import Search
from projections.search.words import ENTITY, Span, spans

LONGEST_SNIPPET: Final = 240
"""About how many characters of a long text are shown."""
_ELLIPSIS: Final = "…"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text; `is_match` if it is what was looked for. All pieces in a row are the text."""

    text: str
    is_match: bool

    def as_json(self) -> dict[str, Any]:
        """The piece as answers carry it."""
        return {"text": self.text, "match": self.is_match}


class Marker:
    """Marks in texts what a search looks for."""

    def __init__(self, search: Search) -> None:
        self._whole: dict[str, list[tuple[str, ...]]] = {}
        self._open: list[tuple[str, ...]] = []
        for term in search.terms:
            for pattern in (*term.words, *term.names):
                phrase = tuple(pattern.split())
                if phrase and not any(word.startswith(ENTITY) for word in phrase):
                    self._whole.setdefault(phrase[0], []).append(phrase)
            self._open += [tuple(pattern.split()) for pattern in term.beginnings]

    def matches(self, text: str) -> list[tuple[int, int]]:
        """Where the text has what is looked for: parts with something between them, in their order."""
        read = list(spans(text))
        found: list[tuple[int, int]] = []
        for number, span in enumerate(read):
            length = self._length(read, number)
            if length:
                start, end = span.start, read[number + length - 1].end
                if found and not text[found[-1][1] : start].strip():
                    start, end = found[-1][0], max(end, found[-1][1])
                    found.pop()
                found.append((start, end))
        return found

    def _length(self, read: Sequence[Span], number: int) -> int:
        """How many words from this one on are looked for."""
        longest = 0
        for phrase in self._whole.get(read[number].word, ()):
            if len(phrase) > longest and _words(read, number, len(phrase)) == phrase:
                longest = len(phrase)
        for phrase in self._open:
            here = _words(read, number, len(phrase))
            if len(phrase) > longest and here[:-1] == phrase[:-1] and here[-1:] and here[-1].startswith(phrase[-1]):
                longest = len(phrase)
        return longest

    def whole(self, text: str) -> tuple[Piece, ...]:
        """All of a text in pieces."""
        return _pieces(text, self.matches(text), 0, len(text))

    def best(self, text: str, longest: int = LONGEST_SNIPPET) -> tuple[Piece, ...]:
        """The part of a text in which most is marked, in pieces; an ellipsis stands for what is left out."""
        matches = self.matches(text)
        if len(text) <= longest:
            return _pieces(text, matches, 0, len(text))
        start, end = _window(text, matches, longest)
        pieces = _pieces(text, matches, start, end)
        before = (Piece(_ELLIPSIS, is_match=False),) if start else ()
        after = (Piece(_ELLIPSIS, is_match=False),) if end < len(text) else ()
        return (*before, *pieces, *after)

    def different(self, text: str) -> int:
        """How many different words or phrases of what is looked for a text has."""
        return len({text[start:end].casefold() for start, end in self.matches(text)})


def _words(read: Sequence[Span], number: int, length: int) -> tuple[str, ...]:
    return tuple(span.word for span in read[number : number + length])


def _window(text: str, matches: Sequence[tuple[int, int]], longest: int) -> tuple[int, int]:
    """The bounds of the part to show: whole words, with a little before the first match."""
    best, most = 0, 0
    for number, (start, _) in enumerate(matches):
        inside = {text[s:e].casefold() for s, e in matches[number:] if e <= start + longest - 40}
        if len(inside) > most:
            best, most = start, len(inside)
    start = max(0, min(best - 40, len(text) - longest))
    if start:
        start = text.find(" ", start) + 1 or start
    end = min(len(text), start + longest)
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + longest // 2)
    return start, end


def _pieces(text: str, matches: Iterable[tuple[int, int]], start: int, end: int) -> tuple[Piece, ...]:
    found: list[Piece] = []
    place = start
    for match_start, match_end in matches:
        if match_start < start or match_end > end:
            continue
        if match_start > place:
            found.append(Piece(text[place:match_start], is_match=False))
        found.append(Piece(text[match_start:match_end], is_match=True))
        place = match_end
    if place < end:
        found.append(Piece(text[place:end], is_match=False))
    return tuple(found)
