"""What somebody looks for: a small grammar of our own, so that no database ever reads what a user typed.

    observer seat           both words
    "board observer"        the words next to each other
    observer OR director    one of the two; OR binds its neighbours before all else is joined
    lawsuit -musk           not that word; -"…" not that phrase

Words joined by hyphens or slashes are a phrase, and so is a number with its scale ("13 billion"). The last word may be
the beginning of one. Other punctuation means nothing. A word that nearly every text has is passed over outside quotes.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NoReturn

from projections.search.words import SCALES, STOP_WORDS, fold, stem, words
from timeline.errors import InvalidInput

LONGEST_QUERY: Final = 1_000
MOST_WORDS: Final = 50
_SHORTEST_BEGINNING: Final = 3

_QUOTES: Final = str.maketrans("“”„«»", '"""""')
_PIECES: Final = re.compile(r'(?P<minus>(?<!\S)[-−])?(?:"(?P<phrase>[^"]*)"|(?P<plain>[^\s"]+))')
_LETTERS: Final = re.compile(r"[^\W_]+")
_STOPS: Final = STOP_WORDS | {stem(word) for word in STOP_WORDS}


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand next to each other, most often only one; `beginning` is that of the last one if it may go on."""

    words: tuple[str, ...]
    beginning: str | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """What to find: one term of each clause, and none of those excluded. `sequence` is all of it as it was typed."""

    clauses: tuple[tuple[Term, ...], ...]
    excluded: tuple[Term, ...] = ()
    sequence: tuple[str, ...] = ()


def parse_query(text: str) -> Query:
    """Read a query.

    Raises:
        InvalidInput: it is empty or too long, its quotes do not pair, an OR stands alone, it only excludes, or it has
            nothing but words that nearly every text has. The field is `q`.
    """
    if len(text) > LONGEST_QUERY:
        _refuse(
            f"the query has {len(text):,} characters, more than {LONGEST_QUERY:,}.",
            "Ask for the few words that matter.",
        )
    text = text.translate(_QUOTES)
    if text.count('"') % 2:
        _refuse("a quotation mark has no partner.", "Close the phrase with another one, or leave the mark out.")
    pieces = list(_pieces(text))
    clauses, excluded = _arranged(pieces)
    if not clauses:
        if excluded:
            _refuse("the query only says what to leave out.", "Add a word to look for.")
        if any(piece.terms for piece in pieces):
            _refuse(
                "the query has only words that nearly every text has.",
                'Add a word that matters, or put all of it in quotes: "…".',
            )
        _refuse("the query has no word to look for.", "Give at least one word, or a number.")
    if sum(len(term.words) for clause in (*clauses, excluded) for term in clause) > MOST_WORDS:
        _refuse(f"the query has more than {MOST_WORDS} words.", "Ask for the few words that matter.")
    return Query(clauses, excluded, tuple(word for piece in pieces if not piece.is_excluded for word in piece.words))


@dataclass(frozen=True, slots=True)
class _Piece:
    terms: tuple[Term, ...] = ()
    is_excluded: bool = False
    is_or: bool = False
    is_passed_over: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(word for term in self.terms for word in term.words)


def _pieces(text: str) -> Iterator[_Piece]:
    """The pieces of a query as they stand, a number and the scale after it made one."""
    number: str | None = None
    for found in _PIECES.finditer(text):
        plain, minus = found["plain"], bool(found["minus"])
        if plain in {"OR", "AND"} and not minus:
            if number:
                yield _Piece((Term((number,)),))
                number = None
            if plain == "OR":
                yield _Piece(is_or=True)
            continue
        folded = tuple(words(found["phrase"] if plain is None else plain))
        if not folded:
            continue
        if number is not None:
            if len(folded) == 1 and folded[0] in SCALES and plain and not minus:
                yield _Piece((Term((number, folded[0])),))
                number = None
                continue
            yield _Piece((Term((number,)),))
            number = None
        if plain and not minus and len(folded) == 1 and folded[0][0].isdigit():
            number = folded[0]
            continue
        yield _Piece(
            (Term(folded, None if minus else _beginning(text, found.end(), plain)),),
            is_excluded=minus,
            is_passed_over=plain is not None and not minus and all(word in _STOPS for word in folded),
        )
    if number is not None:
        yield _Piece((Term((number,)),))


def _beginning(text: str, end: int, plain: str | None) -> str | None:
    """The last word of all as it was typed, if it is written without quotes and not too short."""
    if plain is None or text[end:].strip():
        return None
    last = fold(_LETTERS.findall(plain)[-1])
    return last if len(last) >= _SHORTEST_BEGINNING and last.isalpha() else None


def _arranged(pieces: Sequence[_Piece]) -> tuple[tuple[tuple[Term, ...], ...], tuple[Term, ...]]:
    """Clauses and exclusions."""
    clauses: list[tuple[Term, ...]] = []
    excluded: list[Term] = []
    joins = False
    for number, piece in enumerate(pieces):
        if piece.is_or:
            after = pieces[number + 1] if number + 1 < len(pieces) else None
            if (
                joins
                or number == 0
                or after is None
                or after.is_or
                or after.is_excluded
                or pieces[number - 1].is_excluded
            ):
                _refuse(
                    "OR stands between two words or phrases.", "Put one on each side, or write or in small letters."
                )
            joins = True
        elif piece.is_excluded:
            excluded += piece.terms
        else:
            beside_or = joins or (number + 1 < len(pieces) and pieces[number + 1].is_or)
            if joins and clauses:
                clauses[-1] += piece.terms
            elif beside_or or not piece.is_passed_over:
                clauses.append(piece.terms)
            joins = False
    return tuple(clauses), tuple(excluded)


def _refuse(message: str, remedy: str) -> NoReturn:
    raise InvalidInput(message, field="q", remedy=remedy)
