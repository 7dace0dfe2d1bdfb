"""Boxes parted into the leaves of a tree, all at once. Pure, no database.

Put into a tree one by one, each box costs a search for the place where it enlarges the tree least. Where all are known
they can be parted from the top down instead: again and again a group is cut in two, along the coordinate that leaves
the least volume, until each part fits into a leaf. A sample decides where to cut, so that a cut costs little more than
one look at each box.
"""

from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Final, NamedTuple

Box = tuple[float, ...]
"""A number, then a lower and an upper bound for each axis; what comes after them is passed over."""

_SAMPLE: Final = 16
_LEAST: Final = 1e-4
"""As a part of the whole, how wide along an axis a box without extent counts."""


class Cut(NamedTuple):
    """Below it are the boxes whose coordinate is less than the bound."""

    coordinate: int
    bound: float


class Parted(NamedTuple):
    """A group that is cut in two; None is one that is not cut any further."""

    cut: Cut
    below: "Parted | None"
    above: "Parted | None"


def leaves(boxes: Sequence[Box], whole: Sequence[float], capacity: int) -> Iterator[Sequence[Box]]:
    """The boxes in groups of at most `capacity`, neighbours one after the other.

    Args:
        boxes: what is to be parted.
        whole: the lower and the upper bound of each axis between which volume counts.
        capacity: how many a leaf holds, at least 2.
    """
    waiting = [boxes]
    while waiting:
        group = waiting.pop()
        cut = _cut(group, whole) if len(group) > capacity else None
        if cut is not None:
            waiting += _cut_in_two(group, cut)
        else:  # small enough, or all alike
            for start in range(0, len(group), capacity):
                yield group[start : start + capacity]


def parts(sample: Sequence[Box], whole: Sequence[float], count: int) -> Parted | None:
    """How boxes of which this is a sample can be cut into about `count` groups, to be parted one by one."""
    cut = _cut(sample, whole) if count > 1 else None
    if cut is None:
        return None
    above, below = _cut_in_two(sample, cut)
    return Parted(cut, parts(below, whole, count // 2), parts(above, whole, count - count // 2))


def _cut_in_two(group: Sequence[Box], cut: Cut) -> tuple[list[Box], list[Box]]:
    """What is above, and what is below."""
    coordinate, bound = cut
    return [box for box in group if box[coordinate] >= bound], [box for box in group if box[coordinate] < bound]


def _cut(group: Sequence[Box], whole: Sequence[float]) -> Cut | None:
    """The best cut through the middle along one of the coordinates; None if none has two values."""
    sample = group[:: len(group) // _SAMPLE + 1]
    if len(sample) < len(group) and (best := _best_cut(sample, whole)) is not None:
        return best
    return _best_cut(group, whole)


def _best_cut(sample: Sequence[Box], whole: Sequence[float]) -> Cut | None:
    best, least = None, float("inf")
    half = len(sample) // 2
    for coordinate in (1, *range(3, len(whole) + 1)):  # along the first axis boxes are about as wide as each other
        ordered = sorted(sample, key=itemgetter(coordinate))
        bound = ordered[half][coordinate]
        if ordered[0][coordinate] == bound:  # half of them have the least value: cut above it
            bound = next((box[coordinate] for box in ordered[half:] if box[coordinate] > bound), bound)
            if ordered[0][coordinate] == bound:
                continue
        place = half
        while ordered[place - 1][coordinate] == bound:
            place -= 1
        while ordered[place][coordinate] < bound:
            place += 1
        volume = _volume(ordered[:place], whole) * place + _volume(ordered[place:], whole) * (len(ordered) - place)
        if volume < least:
            best, least = Cut(coordinate, bound), volume
    return best


def _volume(group: Sequence[Box], whole: Sequence[float]) -> float:
    """Of the box that encloses a group, as far as it lies within the whole, which is 1."""
    columns = list(zip(*group, strict=True))
    volume = 1.0
    for axis in range(0, len(whole), 2):
        low, high = whole[axis], whole[axis + 1]
        start, end = min(columns[axis + 1]), max(columns[axis + 2])
        extent = (min(end, high) - max(start, low)) / (high - low) if high > low else 1.0
        volume *= max(_LEAST, extent)
    return volume
