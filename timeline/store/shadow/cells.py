"""The cells of an R*Tree of SQLite: a number of eight bytes and the bounds as single-precision floats, big-endian.

Bounds are rounded outwards, as SQLite rounds them. Cells are made many at a time, column by column.
"""

import sys
from array import array
from collections.abc import Sequence
from struct import Struct, pack
from typing import Any, Final

_FLOAT: Final = Struct(">f")
_PRECISION: Final = 2**23
_EXACT: Final = 2**23
"""Whole and half numbers as small as this are single-precision floats as they are."""
_REMEMBERED: Final = 200_000
_NUMBER_WORDS: Final = 2


class Cells:
    """Cells with so many bounds."""

    def __init__(self, coordinates: int) -> None:
        self._width = _NUMBER_WORDS + coordinates
        self._cell = Struct(f"{4 * self._width}s")
        self._one = Struct(f">q{coordinates}f")
        self.size = self._cell.size

    def of(self, rows: Sequence[Sequence[float]]) -> tuple[Sequence[int], list[bytes]]:
        """The cells of rows one after the other, and the upper half of each number, which is left aside.

        Args:
            rows: a number of 64 bits, then the bounds.
        """
        numbers, *bounds = zip(*rows, strict=True)
        halves = array("I", _turned(array("q", numbers)).tobytes())
        cells = array("I", bytes(self.size * len(rows)))
        cells[1 :: self._width] = halves[1::2]
        if len(_DOWN) > _REMEMBERED:
            _DOWN.clear()
            _UP.clear()
        for axis, column in enumerate(bounds):
            if column[0] <= _EXACT and max(column) <= _EXACT and min(column) >= -_EXACT:
                words = pack(f">{len(column)}f", *column)
            else:
                words = b"".join(map((_UP if axis % 2 else _DOWN).__getitem__, column))
            cells[_NUMBER_WORDS + axis :: self._width] = array("I", words)
        return _turned(halves[0::2]), [cell for (cell,) in self._cell.iter_unpack(cells.tobytes())]

    def one(self, number: int, bounds: Sequence[float]) -> bytes:
        """A cell with bounds that are single-precision floats already."""
        return self._one.pack(number, *bounds)

    def bounds(self, cells: bytes) -> "list[array[float]]":
        """The bounds of cells, column by column."""
        words = _turned(array("f", cells))
        return [words[place :: self._width] for place in range(_NUMBER_WORDS, self._width)]

    def numbers(self, cells: bytes) -> "array[int]":
        """The numbers of cells, which are less than 2^32."""
        return _turned(array("I", cells))[1 :: self._width]


def _turned(values: "array[Any]") -> "array[Any]":
    """From the order of bytes of this machine to that of the file, or back."""
    if sys.byteorder == "little":
        values.byteswap()
    return values


class _Rounded(dict[float, bytes]):
    """Values as single-precision floats, rounded as SQLite rounds them; those seen before are remembered."""

    def __init__(self, step: int) -> None:
        super().__init__()
        self._step = step

    def __missing__(self, value: float) -> bytes:
        exact = float(value)
        nearest = _FLOAT.pack(exact)
        (single,) = _FLOAT.unpack(nearest)
        if (single > exact) if self._step < 0 else (single < exact):
            nearest = _FLOAT.pack(exact * (1 + (self._step if exact > 0 else -self._step) / _PRECISION))
        self[value] = nearest
        return nearest


_DOWN: Final = _Rounded(-1)
_UP: Final = _Rounded(1)
