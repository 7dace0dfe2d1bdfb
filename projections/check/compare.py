"""Whether a value of the record is what a sentence says. Pure; `docs/check.md` gives the rules with their reasons."""

import re
import unicodedata
from decimal import Decimal
from typing import Final

from projections.check.claim import Comparison
from projections.check.figures import FIGURES, Match, Value, compare_figures
from timeline.dates import parse_date
from timeline.vocabulary import Attribute

_WORD: Final = re.compile(r"[^\W_]+")
_SMALL_WORDS: Final = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "from", "her", "his", "in", "is", "it", "its", "of", "on", "or", "our"}
    | {"s", "that", "the", "their", "this", "to", "was", "were", "which", "with"}
)
_REFUSALS: Final = frozenset({"no", "non", "not", "never", "neither", "nor", "without", "former", "ex", "none"})
_JOINED: Final = re.compile(r"non([a-z]{4,})")
_MORE: Final = re.compile(
    r"[,;:(]|\b(?:\w+ed by|by|under|with|without|for|of|from|to|in|on|at|that|which|who|whose|until|after|before)\b",
    re.IGNORECASE,
)
_NOTHING: Final = frozenset({"none", "no"})
_SHORTEST_PLURAL: Final = 4


def compare(recorded: Value, claimed: Value | None, comparison: Comparison, attribute: Attribute) -> Match:
    """What the record says of a value that a sentence claims.

    Without a value the claim is that there is something: an answer that says "none", and a stage that is the last of
    its attribute, are not.
    """
    if claimed is None:
        return Match.DIFFERENT if _is_nothing(recorded, attribute) else Match.SAME
    if recorded["type"] != claimed["type"]:
        return Match.CANNOT_TELL
    if claimed.get("status") is not None and recorded.get("status") != claimed["status"]:
        return Match.CANNOT_TELL if recorded.get("status") is None else Match.DIFFERENT
    if recorded["type"] == "text" and claimed["text"] in attribute.words:
        begins = max((word for word in attribute.words if _begins(recorded["text"], word)), key=len, default=None)
        if begins is not None and (begins == claimed["text"] or not _words(begins) & _words(claimed["text"])):
            return Match.SAME if begins == claimed["text"] else Match.DIFFERENT
    return _compare_alike(recorded, claimed, comparison)


def _compare_alike(recorded: Value, claimed: Value, comparison: Comparison) -> Match:
    """Two values of the same type."""
    match recorded["type"]:
        case "text":
            return compare_texts(recorded["text"], claimed["text"])
        case "date":
            return _compare_dates(recorded["date"], claimed["date"])
        case kind if kind in FIGURES:
            return _compare_amounts(recorded, claimed, comparison)
        case kind:
            field = {"entity": "id", "stage": "stage"}.get(kind, "value")
            return Match.SAME if recorded[field] == claimed[field] else Match.DIFFERENT


def _begins(text: str, word: str) -> bool:
    """Whether a text begins with a word that its attribute lists."""
    return re.match(rf"{re.escape(word)}\b", text) is not None


def _is_nothing(value: Value, attribute: Attribute) -> bool:
    match value["type"]:
        case "stage":
            return value["stage"] in _NOTHING or value["stage"] in attribute.final_stages
        case "text":
            return value["text"].casefold() in _NOTHING
        case "boolean":
            return not value["value"]
        case kind if kind in FIGURES:
            figure = value.get(FIGURES[kind])
            return figure is not None and Decimal(figure) == 0
        case _:
            return False


def compare_texts(recorded: str, claimed: str) -> Match:
    """Whether the words of a claim are among those of the record; capitals, order and small words do not count.

    One of them has to be among the words that say what it is, before what it is done by, with or for: a corporation
    controlled by a foundation is no foundation. A word that one side refuses ("non-voting", "former") leaves it
    open, and so does a part in common.
    """
    theirs, mine = _words(recorded), _words(claimed)
    if not mine or not theirs:
        return Match.SAME if recorded.casefold().split() == claimed.casefold().split() else Match.CANNOT_TELL
    if {_opposite(word) for word in mine} & theirs:
        return Match.CANNOT_TELL
    if mine <= theirs:
        return Match.SAME if mine & _words(_head(recorded)) else Match.CANNOT_TELL
    return Match.CANNOT_TELL if mine & theirs else Match.DIFFERENT


def _head(text: str) -> str:
    """The words before the first that only says more of them; all of them if it begins with such a word."""
    first = _MORE.search(text)
    return text if first is None or first.start() == 0 else text[: first.start()]


def _words(text: str) -> frozenset[str]:
    """The words that count, in the singular; one that is refused has a minus before it."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    found, is_refused = set[str](), False
    for word in _WORD.findall(plain):
        if word in _REFUSALS:
            is_refused = True
        elif word not in _SMALL_WORDS:
            joined = _JOINED.fullmatch(word)
            found.add(("-" if is_refused or joined else "") + _singular(joined[1] if joined else word))
            is_refused = False
    return frozenset(found | {"-"} if is_refused else found)


def _opposite(word: str) -> str:
    return word[1:] if word.startswith("-") else f"-{word}"


def _singular(word: str) -> str:
    is_plural = len(word) >= _SHORTEST_PLURAL and word.endswith("s") and not word.endswith("ss")
    return word[:-1] if is_plural else word


def _compare_dates(recorded: str, claimed: str) -> Match:
    theirs, mine = parse_date(recorded), parse_date(claimed)
    if mine.earliest <= theirs.earliest and theirs.latest <= mine.latest:
        return Match.SAME
    return Match.DIFFERENT if mine.latest < theirs.earliest or theirs.latest < mine.earliest else Match.CANNOT_TELL


def _compare_amounts(recorded: Value, claimed: Value, comparison: Comparison) -> Match:
    if recorded.get("currency") != claimed.get("currency"):
        return Match.CANNOT_TELL
    if _words(recorded.get("unit", "")) != _words(claimed.get("unit", "")):
        return Match.CANNOT_TELL
    forms = {recorded.get("form"), claimed.get("form")} - {None}
    if len(forms) > 1:
        return Match.CANNOT_TELL if "mixed" in forms else Match.DIFFERENT
    return compare_figures(recorded, claimed, comparison)
