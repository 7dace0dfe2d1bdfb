"""Where the boxes of a graph stand: the same for the same graph, and little else for a graph that is little else. Pure.

A relationship is told around few centres, its parties; most of the others are related to one or two of them. So one or
two *poles* stand in the middle, and every box that hangs on them beside them, in columns: outside what hangs on one
pole, between them what hangs on both. A column is a stack in a fixed order; a box that comes or goes moves the others
of its column by half its height, and nothing changes places. The *crown*, the relationship itself, stands above with
its own lists to its sides; what is related to none of these stands below, each part for itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

GAP: Final = 12.0
"""Pixels, at least, between two boxes."""
_RUN: Final = 62.0
_BESIDE_POLE: Final = 22.0
COLUMN: Final = 292.0
"""Pixels that a column beside a pole is wide: the widest box, or a narrower one with words before it."""
WORDS: Final = 130.0
"""Pixels for the words on a line before a box, where the box leaves them."""
MARK: Final = 32.0
"""Pixels for the mark on a line before a box; there is always room for that."""
BETWEEN: Final = 590.0
"""Pixels between the middles of two poles."""
MARGIN: Final = 36.0
"""Pixels beside the columns, for the lines between the boxes of one of them."""

_ROOMY: Final = 4.5
"""How many times as high as a pole its part is at least, so that a line can lead around it."""
_AROUND_FAN: Final = 22.0
_AROUND_CROWN: Final = 20.0
_ABOVE_POLE: Final = 22.0
"""Pixels that the lists of a crown may reach beyond the middle of a pole, short of the lines of what hangs on that."""
_BELOW_CROWN: Final = 34.0


@dataclass(frozen=True, slots=True)
class Box:
    """Something to find a place for, sizes in pixels.

    `rank` is its place among others. `poles` are those on which it hangs, by number; a box that hangs on none may stand
    `behind` another one, whose id that is.
    """

    id: str
    width: float
    height: float
    rank: tuple[int, str] = (0, "")
    poles: tuple[int, ...] = ()
    behind: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """One part of a graph: its poles, one or two; what stands around them; its crown with what hangs on that.

    `fan` is the height of the lines that join the two poles.
    """

    poles: tuple[Box, ...]
    boxes: tuple[Box, ...]
    crown: Box | None = None
    hung: tuple[Box, ...] = ()
    fan: float = 0.0

    @property
    def all(self) -> tuple[Box, ...]:
        """Every box of the part."""
        return (*self.poles, *self.boxes, *self.hung, *(() if self.crown is None else (self.crown,)))

    @property
    def run(self) -> float:
        """Pixels from the middle of a pole to where the lines of what hangs on it have spread."""
        return max(_RUN, *(pole.width / 2 + _BESIDE_POLE for pole in self.poles))


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The centre of each box on a paper of that size, in pixels."""

    width: float
    height: float
    centres: Mapping[str, tuple[float, float]]


def arranged(plans: Sequence[Plan]) -> Arrangement:
    """A place for every box; no two of them overlap. The first part stands on top, the others below it in rows.

    Args:
        plans: the parts; every id once, no box wider than a `COLUMN`.
    """
    placed = [_arranged(plan) for plan in plans]
    width = max((one.width for one in placed), default=0.0)
    centres: dict[str, tuple[float, float]] = {}
    top = 0.0
    for row in _rows(placed, width):
        left = (width - sum(one.width for one in row) - 2 * GAP * (len(row) - 1)) / 2
        for one in row:
            centres |= {name: (x + left, y + top) for name, (x, y) in one.centres.items()}
            left += one.width + 2 * GAP
        top += max(one.height for one in row) + 3 * GAP
    return Arrangement(width, max(0.0, top - 3 * GAP), centres)


def _rows(placed: Sequence[Arrangement], width: float) -> list[list[Arrangement]]:
    rows: list[list[Arrangement]] = []
    for number, one in enumerate(placed):
        if number < 2 or sum(other.width + 2 * GAP for other in rows[-1]) + one.width > width:
            rows.append([])
        rows[-1].append(one)
    return rows


def _arranged(plan: Plan) -> Arrangement:
    if not plan.boxes and not plan.crown and len(plan.poles) == 1:
        (alone,) = plan.poles
        return Arrangement(alone.width, alone.height, {alone.id: (alone.width / 2, alone.height / 2)})
    is_double = len(plan.poles) == 2
    side = MARGIN + COLUMN + plan.run
    width = 2 * side + (BETWEEN if is_double else 0)
    centres, reach, below_crown = _crowned(plan, width)
    left, middle, right = _columns(plan)
    above, below = _halves(middle)
    clear = max(plan.fan, *(pole.height for pole in plan.poles)) / 2 + _AROUND_FAN
    sides = max(plan.fan, _height(left), _height(right), _ROOMY * max(pole.height for pole in plan.poles)) / 2
    # the columns stand beside the lists of the crown where these leave them room, else below them
    top = 0.0 if reach <= BETWEEN / 2 + _ABOVE_POLE else below_crown
    y = max(top + sides, below_crown + clear + _height(above))
    for number, pole in enumerate(plan.poles):
        centres[pole.id] = (side + BETWEEN * number, y)
    last = side + BETWEEN * (len(plan.poles) - 1)
    for box, low in _stacked(left, y - _height(left) / 2):
        centres[box.id] = (side - plan.run - before(box.width) - box.width / 2, low)
    for box, low in _stacked(right, y - _height(right) / 2):
        centres[box.id] = (last + plan.run + before(box.width) + box.width / 2, low)
    for box, low in (*_stacked(above, y - clear - _height(above)), *_stacked(below, y + clear)):
        centres[box.id] = (width / 2, low)
    height = y + max(sides, clear + _height(below))
    return Arrangement(width, height, centres) if is_double else _cropped(plan, centres, height)


def beside_crown(width: float) -> float:
    """How wide a list may be beside a crown of that width, so that columns have room beside it."""
    return BETWEEN / 2 + _ABOVE_POLE - _AROUND_CROWN - width / 2


def _cropped(plan: Plan, centres: Mapping[str, tuple[float, float]], height: float) -> Arrangement:
    """The part on a paper no wider than it needs."""
    boxes = (*plan.poles, *plan.boxes)
    left = min(centres[box.id][0] - box.width / 2 for box in boxes) - MARGIN
    right = max(centres[box.id][0] + box.width / 2 for box in boxes) + MARGIN
    return Arrangement(right - left, height, {name: (x - left, y) for name, (x, y) in centres.items()})


def before(width: float) -> float:
    """How much room there is for the mark and the words on the line before a box of that width in a column."""
    return max(MARK, min(WORDS, COLUMN - width))


def _crowned(plan: Plan, width: float) -> tuple[dict[str, tuple[float, float]], float, float]:
    """The crown with its lists to its sides, the tallest first; how far they reach aside, and what is below them."""
    if plan.crown is None:
        return {}, 0.0, 0.0
    centres = {plan.crown.id: (width / 2, plan.crown.height / 2)}
    aside = plan.crown.width / 2 + _AROUND_CROWN
    low = [0.0, 0.0]
    for box in sorted(plan.hung, key=lambda box: (-box.height, box.rank, box.id)):
        side = 0 if low[0] <= low[1] else 1
        x = width / 2 + (aside + box.width / 2) * (-1 if side == 0 else 1)
        centres[box.id] = (x, low[side] + box.height / 2)
        low[side] += box.height + GAP
    widest = max((box.width for box in plan.hung), default=0.0)
    return centres, aside + widest, max(plan.crown.height, *low) - GAP + _BELOW_CROWN


def _columns(plan: Plan) -> tuple[list[Box], list[Box], list[Box]]:
    """What stands left of the poles, between and right of them, each from the top down."""
    behind = defaultdict[str, list[Box]](list)
    for box in sorted(plan.boxes, key=_place):
        behind[box.behind].append(box)
    columns = defaultdict[tuple[int, ...], list[list[Box]]](list)
    for box in behind[""]:
        # what is joined to the crown alone stands below it
        columns[box.poles or tuple(range(len(plan.poles)))].append(list(_followed(box, behind)))
    if len(plan.poles) == 2:
        return _flat(columns[0,]), _flat(columns[0, 1]), _flat(columns[1,])
    right, left = _halved(columns[0,])
    return _flat(left), [], _flat(right)


def _followed(box: Box, behind: Mapping[str, Sequence[Box]]) -> Iterable[Box]:
    yield box
    for other in behind.get(box.id, ()):
        yield from _followed(other, behind)


def _flat(groups: Iterable[Sequence[Box]]) -> list[Box]:
    return [box for group in groups for box in group]


def _halves(boxes: Sequence[Box]) -> tuple[list[Box], list[Box]]:
    above, below = _halved([[box] for box in boxes])
    return _flat(above), _flat(below)


def _halved(groups: Sequence[Sequence[Box]]) -> tuple[list[Sequence[Box]], list[Sequence[Box]]]:
    """The first groups and the last ones, about equally high."""
    half, high = sum(_height(group) + GAP for group in groups) / 2, 0.0
    for number, group in enumerate(groups):
        if high + (_height(group) + GAP) / 2 > half:
            return list(groups[:number]), list(groups[number:])
        high += _height(group) + GAP
    return list(groups), []


def _place(box: Box) -> tuple[tuple[int, str], str]:
    return box.rank, box.id


def _height(boxes: Sequence[Box]) -> float:
    return sum(box.height for box in boxes) + GAP * max(0, len(boxes) - 1)


def _stacked(boxes: Iterable[Box], top: float) -> Iterable[tuple[Box, float]]:
    for box in boxes:
        yield box, top + box.height / 2
        top += box.height + GAP
