"""Boxes parted into the leaves of a tree, all at once. Pure, no database.

Put into a tree one by one, each box costs a search for the place where it enlarges the tree least. Where all are known
they can be parted from the top down instead: again and again a group is cut in two, along the coordinate that leaves
the least volume, until few leaves are left of it. A sample decides where to cut, so that a cut costs little more than
one look at each box. Cuts are made where whole leaves can be filled on both sides.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Final, NamedTuple

Box = tuple[float, ...]
"""A number, then a lower and an upper bound for each axis; what comes after them is passed over."""

_SAMPLE: Final = 24
"""About so many boxes decide on a cut."""
_STRIPS: Final = 3
"""A group that makes no more leaves than this is cut into them along one coordinate."""
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


def leaves(boxes: Sequence[Box], whole: Sequence[float], capacity: int) -> Iterator[Sequence[Box]]:
    """The boxes in groups of at most `capacity`, neighbours one after the other.

    Args:
        boxes: what is to be parted.
        whole: the lower and the upper bound of each axis between which volume counts.
        capacity: how many a leaf holds, at least 2.
    """
    axes = _axes(whole)
    waiting = [boxes]
    while waiting:
        group = waiting.pop()
        count = -(-len(group) // capacity)
        cut = _cut(group, axes, count)
        if cut is not None and count > _STRIPS:
            waiting += _cut_in_two(group, _exact(cut, group, count))
            continue
        ordered = group if cut is None else sorted(group, key=itemgetter(cut.coordinate))
        for number in range(count):
            yield ordered[len(group) * number // count : len(group) * (number + 1) // count]


def _exact(cut: Cut, group: Sequence[Box], count: int) -> Cut:
    """The same cut where it leaves whole leaves on both sides: the sample told only about where that is."""
    values = sorted(map(itemgetter(cut.coordinate), group))
    bound = values[len(group) * (count // 2) // count]
    return cut if bound == values[0] else Cut(cut.coordinate, bound)


def parts(sample: Sequence[Box], whole: Sequence[float], count: int) -> Parted | None:
    """How boxes of which this is a sample can be cut into about `count` groups, to be parted one by one."""
    return _parts(sample, _axes(whole), count)


def _parts(sample: Sequence[Box], axes: Sequence[_Axis], count: int) -> Parted | None:
    cut = _cut(sample, axes, count)
    if cut is None:
        return None
    above, below = _cut_in_two(sample, cut)
    return Parted(cut, _parts(below, axes, count // 2), _parts(above, axes, count - count // 2))


def _cut_in_two(group: Sequence[Box], cut: Cut) -> tuple[list[Box], list[Box]]:
    """What is above, and what is below."""
    coordinate, bound = cut
    return [box for box in group if box[coordinate] >= bound], [box for box in group if box[coordinate] < bound]


def _cut(group: Sequence[Box], axes: Sequence[_Axis], count: int) -> Cut | None:
    """The best cut along one of the coordinates, half of `count` parts below it; None if nothing is to be cut."""
    if count < 2 or len(group) < 2:
        return None
    sample = group[:: len(group) // _SAMPLE | 1]  # odd, lest it sees only one of two heaps that take turns
    share = (count // 2) / count
    if len(sample) < len(group) and (best := _best_cut(sample, axes, share)) is not None:
        return best
    return _best_cut(group, axes, share)


def _best_cut(sample: Sequence[Box], axes: Sequence[_Axis], share: float) -> Cut | None:
    """The cut that leaves the least volume, with about that share of the boxes below it."""
    best, least = None, float("inf")
    aim = int(len(sample) * share)
    near = range(max(aim - 1, 1), min(aim + 2, len(sample)))
    for coordinate in (1, *range(3, 2 * len(axes) + 1)):  # along the first axis boxes are about as wide as each other
        of_box = itemgetter(coordinate)
        ordered = sorted(sample, key=of_box)
        values = list(map(of_box, ordered))
        # a sample is out by one or so: of the places about there the widest gap is meant
        bound = values[max(near, key=lambda place: values[place] - values[place - 1])]
        place = bisect_left(values, bound)
        if not place:  # so many have the least value: cut above it
            place = bisect_right(values, bound)
            if place == len(values):
                continue
            bound = values[place]
        volume = _volume(ordered[:place], axes) * place + _volume(ordered[place:], axes) * (len(values) - place)
        if volume < least:
            best, least = Cut(coordinate, bound), volume
    return best


def _volume(group: Sequence[Box], axes: Sequence[_Axis]) -> float:
    """Of the box that encloses a group, as far as it lies within the whole, which is 1."""
    columns = list(zip(*group, strict=True))
    volume = 1.0
    for (low, high, part), starts, ends in zip(axes, columns[1::2], columns[2::2], strict=False):
        start, end = min(starts), max(ends)
        # comparisons, not calls of max and min, which take twice as long: this is asked of every cut that is weighed
        end = end if end < high else high  # noqa: FURB136
        start = start if start > low else low  # noqa: FURB136
        extent = (end - start) * part
        volume *= extent if extent > _LEAST else _LEAST  # noqa: FURB136
    return volume
