"""A lane with more developments than it has room for: they are counted by years, months or days, the most told named.

One row has a cell for each period in which something happened, with the number; a period with a single development
has its mark instead. Below stand those of which most sources tell, each with its name, as many as there is room for.
A cell spans exactly the period that it counts, so whoever opens it sees just that. Pure.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from api.web.drawing.lettering import width_of
from api.web.drawing.marks import BESIDE, RADIUS, SHARED, SIZE, Fits, Mark, extent_of, place_of
from api.web.drawing.scale import Scale, periods
from projections.outline import Occurrence

_CELL: Final = 26
"""How wide a cell is at least, in pixels; only at the edges of what is in view it may be a little less."""
_BETWEEN: Final = 1.5
"""From the edge of a period to its cell."""
_AROUND: Final = 7
"""How far a mark of one development stays from the edges of its period: its ring needs the room."""
_NAMED: Final = 150
"""How much room a development has that is named."""
_FULL: Final = 0.8
"""From which part of its places on a lane is crowded."""


def is_crowded(size: int, scale: Scale, rows: int) -> bool:
    """Whether so many developments are too many for marks of their own."""
    return size > rows * (scale.right - scale.left) / (2 * RADIUS + SHARED) * _FULL


def counted(seen: Sequence[Occurrence], scale: Scale, fits: Fits) -> list[Mark]:
    """The marks of a crowded lane: counted cells in row 0, named developments in row 1; from left to right in each."""
    placed = sorted(((place_of(one, scale), one) for one in seen), key=lambda pair: (pair[0], pair[1].slug))
    named = _named(placed, scale, fits)
    told = {mark.members[0].slug for mark in named}
    cells = _cells(scale)
    held: list[list[Occurrence]] = [[] for _ in cells]
    places: dict[str, float] = {}
    number = 0
    for x, one in placed:
        if one.slug in told:
            continue
        while number < len(cells) - 1 and x >= scale.x(cells[number][1]):
            number += 1
        held[number].append(one)
        places[one.slug] = x
    marks = []
    for (start, end), members in zip(cells, held, strict=True):
        if not members:
            continue
        left, right = scale.within(start), scale.within(end)
        if len(members) == 1:
            x = min(max(places[members[0].slug], left + _AROUND), right - _AROUND)
            mark = Mark(x, 0, members, is_dim=not fits(members[0]))
            mark.extent = extent_of(mark, scale)
        else:
            mark = Mark(
                (left + right) / 2,
                0,
                members,
                cell=(left + _BETWEEN, right - _BETWEEN),
                period=(start, end - 1),
                is_dim=not any(fits(one) for one in members),
            )
        marks.append(mark)
    return [*marks, *named]


def _named(placed: Sequence[tuple[float, Occurrence]], scale: Scale, fits: Fits) -> list[Mark]:
    """The developments that are named, so far apart that each name has room."""
    taken: list[tuple[float, float]] = []
    marks = []
    for x, one in sorted(placed, key=lambda pair: (not fits(pair[1]), -pair[1].weight, pair[0], pair[1].slug)):
        is_inside = scale.left + _AROUND <= x <= scale.right - _AROUND
        if not is_inside or any(first - _AROUND <= x <= last + _AROUND for first, last in taken):
            continue
        wide = min(width_of(one.title, SIZE), _NAMED) + BESIDE
        for left, right in ((x - _AROUND, x + wide), (x - wide, x + _AROUND)):
            is_inside = scale.left <= left and right <= scale.right
            if is_inside and all(right + _AROUND < first or left > last + _AROUND for first, last in taken):
                taken.append((left, right))
                mark = Mark(x, 1, [one], is_dim=not fits(one))
                mark.extent = extent_of(mark, scale)
                marks.append(mark)
                break
    return sorted(marks, key=lambda mark: mark.x)


def _cells(scale: Scale) -> list[tuple[int, int]]:
    """The periods in view, each at least a cell wide."""
    inner = [instant for instant in periods(scale, _CELL) if scale.view.start < instant < scale.view.end]
    edges = [scale.view.start, *inner, scale.view.end]
    if len(edges) > 2 and scale.x(edges[1]) - scale.left < _CELL:
        del edges[1]
    if len(edges) > 2 and scale.right - scale.x(edges[-2]) < _CELL:
        del edges[-2]
    return list(pairwise(edges))
