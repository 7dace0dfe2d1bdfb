"""Boxes parted into the leaves of a tree, all at once. Pure, no database.

Put into a tree one by one, each box costs a search for the place where it enlarges the tree least. Where all are known
they can be parted from the top down instead: again and again a group is cut in two, along the coordinate that leaves
the least volume, until few leaves are left of it, into which it is cut along one. A sample decides about each cut.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Final, NamedTuple

Bounds = Sequence[Sequence[float]]
"""The bounds of boxes, column by column: for each axis all the lower ones, then all the upper ones."""

_SAMPLE: Final = 20
"""About so many boxes decide on a cut."""
_CLOSELY: Final = 40
"""And so many on one that matters more: a bad cut costs all that are below it."""
_FAR: Final = 16
"""What is to be cut into more parts than this matters more."""
_STRIPS: Final = 9
"""A group that makes no more leaves than this is cut into them along one coordinate."""
_FEW_STRIPS: Final = 3
"""And this where it is looked at closely."""
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


class _Axis(NamedTuple):
    """The bounds between which volume counts, and what a unit is as a part of the whole."""

    low: float
    high: float
    part: float


def _axes(whole: Sequence[float]) -> list[_Axis]:
    return [
        _Axis(low, high, 1 / (high - low) if high > low else 0)
        for low, high in zip(whole[::2], whole[1::2], strict=True)
    ]


def leaves(bounds: Bounds, whole: Sequence[float], capacity: int, *, closely: bool = False) -> Iterator[list[int]]:
    """The places of the boxes in groups of at most `capacity`, neighbours one after the other.

    Args:
        bounds: what is to be parted.
        whole: the lower and the upper bound of each axis between which volume counts.
        capacity: how many a leaf holds, at least 2.
        closely: whether every cut is looked at closely.
    """
    axes = _axes(whole)
    waiting = [list(range(len(bounds[0])))]
    while waiting:
        group = waiting.pop()
        count = -(-len(group) // capacity)
        if cut := _cut(bounds, group, axes, count, closely=closely):
            values = list(bounds[cut.coordinate])
            group.sort(key=values.__getitem__)
            if count > (_FEW_STRIPS if closely else _STRIPS):
                middle = _first_alike([values[place] for place in group], len(group) * (count // 2) // count)
                waiting += group[middle:], group[:middle]
                continue
        for number in range(count):
            yield group[len(group) * number // count : len(group) * (number + 1) // count]


def parts(sample: Bounds, whole: Sequence[float], count: int) -> Parted | None:
    """How boxes of which this is a sample can be cut into about `count` groups, to be parted one by one."""
    return _parts(sample, list(range(len(sample[0]))), _axes(whole), count)


def _parts(sample: Bounds, group: Sequence[int], axes: Sequence[_Axis], count: int) -> Parted | None:
    cut = _cut(sample, group, axes, count, closely=count > _FAR)
    if cut is None:
        return None
    values, bound = sample[cut.coordinate], cut.bound
    below = [place for place in group if values[place] < bound]
    above = [place for place in group if values[place] >= bound]
    return Parted(cut, _parts(sample, below, axes, count // 2), _parts(sample, above, axes, count - count // 2))


def _cut(bounds: Bounds, group: Sequence[int], axes: Sequence[_Axis], count: int, *, closely: bool) -> Cut | None:
    """The best cut along one of the coordinates, half of `count` parts below it; None if nothing is to be cut."""
    if count < 2 or len(group) < 2:
        return None
    # odd, lest it sees only one of two heaps that take turns
    step = len(group) // (_CLOSELY if closely else _SAMPLE) | 1
    some = group[::step]
    share = (count // 2) / count
    if len(some) < len(group) and (best := _best_cut(bounds, some, axes, share)) is not None:
        return best
    return _best_cut(bounds, group, axes, share)


def _best_cut(bounds: Bounds, some: Sequence[int], axes: Sequence[_Axis], share: float) -> Cut | None:
    """The cut that leaves the least volume, with about that share of the boxes below it."""
    sample = list(zip(*(map(column.__getitem__, some) for column in bounds), strict=True))
    best, least = None, float("inf")
    aim = int(len(sample) * share) or 1
    for coordinate in (0, *range(2, 2 * len(axes))):  # along the first axis boxes are about as wide as each other
        ordered = sorted(sample, key=itemgetter(coordinate))
        values = [box[coordinate] for box in ordered]
        place = _first_alike(values, aim)
        if place == len(values):
            continue
        volume = _volume(ordered[:place], axes) * place + _volume(ordered[place:], axes) * (len(values) - place)
        if volume < least:
            best, least = Cut(coordinate, values[place]), volume
    return best


def _first_alike(values: Sequence[float], place: int) -> int:
    """The first that has the value of that place; where so many have the least, the first that has another."""
    return bisect_left(values, values[place]) or bisect_right(values, values[0])


def _volume(group: Sequence[Sequence[float]], axes: Sequence[_Axis]) -> float:
    """Of the box that encloses a group, as far as it lies within the whole, which is 1."""
    columns = list(zip(*group, strict=True))
    volume = 1.0
    for (low, high, part), starts, ends in zip(axes, columns[::2], columns[1::2], strict=True):
        start, end = min(starts), max(ends)
        # comparisons, not calls of max and min, which take twice as long: this is asked of every cut that is weighed
        end = end if end < high else high  # noqa: FURB136
        start = start if start > low else low  # noqa: FURB136
        extent = (end - start) * part
        volume *= extent if extent > _LEAST else _LEAST  # noqa: FURB136
    return volume
