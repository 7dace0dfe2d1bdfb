"""What happened and what goes on, in lanes by kind: a few rows of marks, and rows of courses below. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Final

from api.web.drawing.counting import counted, is_crowded
from api.web.drawing.courses import Bar, bars_of, end_of
from api.web.drawing.marks import Fits, Mark, name_row, packed, place_of
from api.web.drawing.scale import Scale
from projections.outline import Course, Occurrence

ROW: Final = 20
COURSE_ROW: Final = 19

_WORTH_A_NAME: Final = 150


@dataclass(frozen=True, slots=True)
class Lane:
    """The developments of a kind, and what goes on of it."""

    kind: str
    top: float
    height: float
    rows: int
    marks: tuple[Mark, ...]
    bars: tuple[Bar, ...]
    size: int
    """How many developments are in view."""
    unshown: tuple[Course, ...]
    """The courses that have no room."""

    def middle(self, row: int) -> float:
        """Where a row of marks lies."""
        return self.top + ROW * row + ROW / 2

    def course_top(self, row: int) -> float:
        """Where a course of a row begins, from above."""
        return self.top + ROW * self.rows + COURSE_ROW * row + 2

    @property
    def unshown_attribute(self) -> str:
        """The attribute whose history has the courses that have no room."""
        return dict(self.unshown[0].key)["attribute"] if self.unshown else ""


@dataclass(frozen=True, slots=True)
class Rules:
    """How lanes are laid out: how many rows at most, and what room a lane's heading takes above it."""

    rows: int = 2
    course_rows: int = 5
    heading: float = 0
    between: float = 9
    fits: Fits = field(default=lambda _: True)
    course_fits: Callable[[Course], bool] = field(default=lambda _: True)


def lane_of(
    kind: str, occurrences: Sequence[Occurrence], courses: Sequence[Course], scale: Scale, top: float, rules: Rules
) -> Lane | None:
    """The lane of a kind from `top` down; None if nothing of it is in view."""
    seen = [one for one in occurrences if scale.view.start <= one.latest and one.earliest <= scale.view.end]
    running = [one for one in courses if scale.view.start <= end_of(one, scale) and one.begins[0] <= scale.view.end]
    if not seen and not running:
        return None
    marks = _marks(seen, scale, rules)
    rows = max((mark.row + 1 for mark in marks), default=0)
    for row in range(rows):
        name_row([mark for mark in marks if mark.row == row], scale)
    bars, unshown = bars_of(running, scale, rules.course_rows, rules.course_fits)
    height = ROW * rows + COURSE_ROW * max((bar.row + 1 for bar in bars), default=0)
    return Lane(kind, top, height, rows, tuple(marks), tuple(bars), len(seen), tuple(unshown))


def _marks(seen: Sequence[Occurrence], scale: Scale, rules: Rules) -> list[Mark]:
    if is_crowded(len(seen), scale, rules.rows):
        return counted(seen, scale, rules.fits)
    wanted = max(1, ceil(len(seen) / max(1, (scale.right - scale.left) / _WORTH_A_NAME)))
    return packed(((place_of(one, scale), one) for one in seen), scale, min(rules.rows, wanted), rules.fits)
