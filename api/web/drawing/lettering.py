"""How wide a text is when it is set, so that it can be cut before it runs into another. Pure.

The widths are those of the sans serif of the pages, in thousandths of its size. Where another typeface stands in for
it, letters are a little wider: what is reckoned here leaves room for that.
"""

from functools import lru_cache
from typing import Final

_WIDTHS: Final = {
    letter: width
    for width, letters in (
        (200, " "),
        (250, "|ijl',.:;\u2019\u2018·I"),
        (303, "!f()[]{}-"),
        (350, "tr/\\"),
        (425, '*s?z"“”'),
        (460, "xcvyY"),
        (500, "JkLFeé0123456789#$+<=>^~€£_ag–"),
        (530, "XVETSZ"),
        (548, "Aoöhuünbdpq"),
        (590, "PRCKB"),
        (620, "&DG"),
        (665, "UNHOQ"),
        (735, "wM"),
        (800, "W—"),
        (850, "%m@"),
        (948, "…"),
    )
    for letter in letters
}
_OTHER_LATIN: Final = 620
_WIDE: Final = 1000
_FIRST_WIDE: Final = "\u1100"
_ROOM: Final = 1.07
"""For other typefaces."""
_ELLIPSIS: Final = "…"
_LEAST: Final = 3
"""More letters than that are worth reading."""


@lru_cache(maxsize=8192)
def width_of(text: str, size: float) -> float:
    """The width of a text in pixels at a size in pixels, a little too wide rather than too narrow."""
    return sum(_letter(letter) for letter in text) / 1000 * size * _ROOM


@lru_cache(maxsize=4096)
def fitted(text: str, size: float, room: float) -> str:
    """As much of a text as has room, in whole words where it has words; empty if hardly one has.

    What is seen of a name is then also part of the name that is read aloud.
    """
    if width_of(text, size) <= room:
        return text
    left = room - width_of(_ELLIPSIS, size)
    kept = 0
    for letter in text:
        left -= _letter(letter) / 1000 * size * _ROOM
        if left < 0:
            break
        kept += 1
    short = text[:kept]
    if text[kept] != " " and text[kept] < _FIRST_WIDE:
        short = short.rpartition(" ")[0]
    short = short.rstrip(" ,;:-–")
    return f"{short}{_ELLIPSIS}" if len(short) > _LEAST else ""


def _letter(letter: str) -> int:
    found = _WIDTHS.get(letter)
    if found is None:
        return _WIDE if letter >= _FIRST_WIDE else _OTHER_LATIN
    return found
