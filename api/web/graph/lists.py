"""Lists of parties that are related to one other party only: what each row says, and how large it all is. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from api.web.drawing.lettering import fitted, width_of
from api.web.graph.bundles import Bundle, value_of, words_of
from timeline.vocabulary import Vocabulary

NAME_SIZE: Final = 13.5
NOTE_SIZE: Final = 12.0
HEAD: Final = 27.0
ROW: Final = 19.0
INDENT: Final = 26.0
"""Pixels from the edge of a list to the names in it; the spine and the arrows stand before them."""
CONTESTED: Final = 15.0
"""Pixels that the mark of a contested relation takes."""
MARK: Final = 8.0
"""Half the pixels that the mark of a kind takes."""

_TEXTS: Final = frozenset({"text", "stage"})
_FOOT: Final = 5.0
_NAME_BESIDE_NOTE: Final = 0.59
"""Which part of the width of a list a name may take that has a note beside it."""
_APART: Final = 3.0
_LEAST_NOTE: Final = 30.0
_ENOUGH: Final = 9
"""Letters of a note that is cut; fewer are not worth reading."""
_SPACE: Final = 7.0


@dataclass(frozen=True, slots=True)
class Row:
    """A party in a list, `name` as far as it has room, with its first relation in words and marks for the others.

    `y` is the middle of the row from the top of the list; `note_at`, `contested_at` and the places of `more` are from
    its left; all in pixels.
    """

    id: str
    full: str
    name: str
    note: str
    bundle: Bundle
    y: float
    note_at: float
    contested_at: float
    more: tuple[tuple[float, Bundle], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list without a place: its rows, and its size in pixels."""

    rows: tuple[Row, ...]
    width: float
    height: float


def sheet_of(
    parties: Sequence[tuple[str, Sequence[Bundle]]],
    names: Mapping[str, str],
    vocabulary: Vocabulary,
    *,
    heading: float,
    column: float,
) -> Sheet:
    """The list of some parties, each with what relates it to the one it hangs on.

    Args:
        parties: with their bundles, at least one each, in the order of the rows.
        names: of all entities.
        vocabulary: for the words of the relations.
        heading: how wide the heading is, in pixels.
        column: how wide the list may be, in pixels.
    """
    attributes = {fact.attribute for _, bundles in parties for fact in bundles[0].facts}
    rows, widest = list[Row](), heading
    for place, (party, bundles) in enumerate(parties):
        words = _words(bundles[0], vocabulary, names, is_told=len(attributes) == 1)
        row, end = _row(party, names.get(party, party), words, bundles, HEAD + ROW * (place + 0.5), column)
        rows.append(row)
        widest = max(widest, end)
    return Sheet(tuple(rows), widest, HEAD + ROW * len(rows) + _FOOT)


def _row(
    party: str, full: str, words: Sequence[str], bundles: Sequence[Bundle], y: float, column: float
) -> tuple[Row, float]:
    """A row and where it ends."""
    marks = (CONTESTED if bundles[0].is_contested else 0) + 2 * MARK * (len(bundles) - 1)
    whole = column - INDENT - marks - 2 * _SPACE
    name = _name(full, min(whole, column * _NAME_BESIDE_NOTE))
    room = whole - width_of(name, NAME_SIZE) - _APART
    fitting = (text for text in words if width_of(text, NOTE_SIZE) <= room)
    cut = fitted(words[-1], NOTE_SIZE, room) if room > _LEAST_NOTE else ""
    note = next(fitting, cut if len(cut) > _ENOUGH else "")
    name = name if note else _name(full, whole)
    note_at = INDENT + width_of(name, NAME_SIZE) + _SPACE
    contested_at = note_at + width_of(note, NOTE_SIZE) + (_APART if note else -_APART)
    first = contested_at + (CONTESTED if bundles[0].is_contested else 0) + MARK
    more = tuple((first + 2 * MARK * number, bundle) for number, bundle in enumerate(bundles[1:]))
    end = contested_at + marks + _SPACE
    return Row(party, full, name, note, bundles[0], y, note_at, contested_at, more), end


def _name(full: str, room: float) -> str:
    return fitted(full, NAME_SIZE, room) or full[:3]


def _words(bundle: Bundle, vocabulary: Vocabulary, names: Mapping[str, str], *, is_told: bool) -> tuple[str, ...]:
    """A bundle in words, and in fewer; of a single text its value alone, and of any value that the heading explains."""
    fact = bundle.facts[0]
    words, value = words_of(bundle, vocabulary, names), value_of(fact, names)
    if len(bundle.facts) > 1 or not value:
        return (words,)
    return (value,) if is_told or fact.value["type"] in _TEXTS else (words, value)
