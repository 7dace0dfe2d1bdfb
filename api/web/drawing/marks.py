"""Marks of developments in the rows of a lane, and their names beside them: none ever touches another. Pure.

Each development gets a mark in one of the rows; where there is no room for one more, several share a mark with their
number. Then names are set beside marks, those first of which most sources tell, each as far as there is room.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from api.web.drawing.lettering import fitted, width_of
from api.web.drawing.scale import DAY, Scale
from projections.outline import Occurrence

SIZE: Final = 12.5
"""Of the names beside marks, in pixels."""
RADIUS: Final = 4.2
SHARED: Final = 10.5
"""Half the width of a mark that several share."""
BESIDE: Final = 7.5
"""From the middle of a mark to its name."""
LONGEST_NAME: Final = 240

_APART: Final = RADIUS + SHARED + 1.5
_LEAST_NAME: Final = 52
_GAP: Final = 6
_SHOWN_EXTENT: Final = 5
"""From how many pixels on it is drawn that a date is not known more exactly."""
_THOUSAND: Final = 1_000
_CROWDING: Final = (5, 15, 40)

Fits = Callable[[Occurrence], bool]


@dataclass
class Mark:
    """One development, or several that are too close to be told apart at this scale."""

    x: float
    row: int
    members: list[Occurrence]
    name: str = ""
    is_name_left: bool = False
    extent: tuple[float, float] | None = None
    """From where to where the development may have occurred, if that is to be seen."""
    is_dim: bool = False
    cell: tuple[float, float] | None = None
    """From where to where the period lies whose developments are counted here, where that is what the mark is."""
    period: tuple[int, int] | None = None
    """That period, from its first instant to its last."""

    @property
    def half(self) -> float:
        """Half its width."""
        if self.cell is not None:
            return (self.cell[1] - self.cell[0]) / 2
        return RADIUS if len(self.members) == 1 else SHARED

    @property
    def weight(self) -> int:
        """How many sources tell of it."""
        return max(member.weight for member in self.members)

    @cached_property
    def time(self) -> tuple[int, int]:
        """From when until when its developments occurred, or the period in which they are counted."""
        return self.period or (
            min(member.earliest for member in self.members),
            max(member.latest for member in self.members),
        )

    @property
    def is_loose(self) -> bool:
        """Whether most of its developments may lie outside the period in which they are counted."""
        first, last = self.time
        loose = sum(1 for member in self.members if member.earliest < first or member.latest > last)
        return loose * 2 > len(self.members)

    @property
    def number(self) -> str:
        """How many developments it stands for, in three letters at most."""
        return str(len(self.members)) if len(self.members) < _THOUSAND else f"{len(self.members) // _THOUSAND}k"

    @property
    def crowding(self) -> int:
        """How many that is on a scale from 0 to 3, for all to see."""
        return sum(1 for bound in _CROWDING if len(self.members) >= bound)

    @property
    def known(self) -> int:
        """When the first of its developments became known."""
        return min(member.known for member in self.members)

    @property
    def most_told(self) -> list[Occurrence]:
        """Its developments, those first of which most sources tell."""
        return sorted(self.members, key=lambda member: -member.weight)


def packed(placed: Iterable[tuple[float, Occurrence]], scale: Scale, rows: int, fits: Fits) -> list[Mark]:
    """Marks in order of time, in the row that has been empty longest; where none has room, the nearest is shared."""
    last: list[Mark | None] = [None] * rows
    marks: list[Mark] = []
    edge = SHARED + 1
    for place, one in sorted(placed, key=lambda pair: (pair[0], pair[1].slug)):
        x = min(max(place, scale.left + edge), scale.right - edge)
        row = min(range(rows), key=lambda number: _right(last[number]))
        before = last[row]
        if before is None or x - before.x >= before.half + _APART - RADIUS:
            mark = Mark(x, row, [one], is_dim=not fits(one))
            marks.append(mark)
            last[row] = mark
        else:
            nearest = max((mark for mark in last if mark is not None), key=lambda mark: mark.x)
            nearest.members.append(one)
            nearest.is_dim = nearest.is_dim and not fits(one)
    for mark in marks:
        mark.extent = extent_of(mark, scale)
    return marks


def name_row(row: Sequence[Mark], scale: Scale) -> None:
    """Set names beside the marks of one row, given from left to right."""
    taken: dict[int, float] = {}  # how far the name on the right of a mark goes
    held: dict[int, float] = {}  # how far the name on the left of a mark goes
    for number in sorted(range(len(row)), key=lambda number: (row[number].is_dim, -row[number].weight, number)):
        mark = row[number]
        if len(mark.members) > 1:
            continue
        title = mark.members[0].title
        following = row[number + 1] if number + 1 < len(row) else None
        until = scale.right if following is None else held.get(number + 1, following.x - following.half)
        room = min(until - _GAP - mark.x - BESIDE, LONGEST_NAME)
        wanted = min(width_of(title, SIZE), LONGEST_NAME)
        before = row[number - 1] if number else None
        since = scale.left if before is None else taken.get(number - 1, before.x + before.half)
        room_left = min(mark.x - BESIDE - since - _GAP, LONGEST_NAME)
        if room < wanted and room_left > max(room, _LEAST_NAME):
            mark.name = fitted(title, SIZE, room_left)
            mark.is_name_left = True
            held[number] = mark.x - BESIDE - width_of(mark.name, SIZE)
        elif room >= _LEAST_NAME:
            mark.name = fitted(title, SIZE, room)
            taken[number] = mark.x + BESIDE + width_of(mark.name, SIZE)


def place_of(one: Occurrence, scale: Scale) -> float:
    """The middle of what is in view of the time at which it may have occurred."""
    if one.latest - one.earliest <= DAY:
        return scale.x(one.earliest)
    return (scale.within(one.earliest) + scale.within(one.latest)) / 2


def extent_of(mark: Mark, scale: Scale) -> tuple[float, float] | None:
    """Over what a mark of one development is uncertain, where that is wide enough to be seen."""
    if len(mark.members) > 1:
        return None
    one = mark.members[0]
    first, last = scale.within(one.earliest), scale.within(one.latest)
    is_coarse = one.latest - one.earliest > DAY or one.is_doubtful
    return (first, last) if is_coarse and last - first >= _SHOWN_EXTENT else None


def _right(mark: Mark | None) -> float:
    return -1e9 if mark is None else mark.x + mark.half
