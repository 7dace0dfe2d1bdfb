"""What goes on for a time, such as lawsuits and talks: bars in rows of their own, none over another. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from api.web.drawing.lettering import fitted, width_of
from api.web.drawing.scale import Scale
from projections.outline import Course
from timeline.dates import MAX_INSTANT

SIZE: Final = 11.5
"""Of the names in bars, in pixels."""

_LEAST: Final = 3
_LEAST_NAME: Final = 52
_LONGEST_NAME: Final = 240
_GAP: Final = 6
_LONG: Final = 75
"""From how many pixels on a course has a row before shorter ones."""


@dataclass(slots=True)
class Bar:
    """A course, from edge to edge of the paper at most."""

    course: Course
    row: int
    x: float
    right: float
    soft_left: float
    """Up to where it may not have begun."""
    soft_right: float
    """From where on it may have ended."""
    goes_on: bool
    """Whether nobody knows of its end."""
    begins_here: bool
    """Whether it begins in view; else it is cut at the edge."""
    ends_here: bool
    """Whether it ends in view."""
    turns: tuple[float, ...]
    name: str
    is_inside: bool
    is_dim: bool


def bars_of(
    running: Sequence[Course], scale: Scale, most: int, fits: Callable[[Course], bool]
) -> tuple[list[Bar], list[Course]]:
    """Courses in the first row with room for them and their names; those that are long in view come first.

    At most so many rows, and then those that have no room.
    """
    rows: list[list[tuple[float, float]]] = []
    bars: list[Bar] = []
    unshown: list[Course] = []
    for course in sorted(running, key=lambda one: (_length(one, scale) < _LONG, one.begins, one.name)):
        bar = _bar(course, scale, is_dim=not fits(course))
        left, right = bar.x, bar.right
        if not bar.is_inside and bar.name:
            right += _GAP + width_of(bar.name, SIZE)
        row = next((number for number, used in enumerate(rows) if _is_free(used, left, right)), None)
        if row is None and len(rows) < most:
            row = len(rows)
            rows.append([])
        if row is None:
            unshown.append(course)
            continue
        rows[row].append((left, right))
        bar.row = row
        bars.append(bar)
    return bars, unshown


def _is_free(used: Sequence[tuple[float, float]], left: float, right: float) -> bool:
    return all(right + _GAP <= first or left >= last + _GAP for first, last in used)


def _length(course: Course, scale: Scale) -> float:
    return scale.within(end_of(course, scale)) - scale.within(course.begins[0])


def _bar(course: Course, scale: Scale, *, is_dim: bool) -> Bar:
    goes_on = course.ends[1] >= MAX_INSTANT
    left = scale.within(course.begins[0])
    right = max(scale.within(end_of(course, scale)), left + _LEAST)
    if right > scale.right:
        left, right = scale.right - _LEAST, scale.right
    inside = right - left - 2 * _GAP
    name, is_inside = course.name, width_of(course.name, SIZE) <= inside
    if not is_inside:
        room = scale.right - right - _GAP
        if room >= min(width_of(name, SIZE), _LONGEST_NAME):
            name = fitted(name, SIZE, min(room, _LONGEST_NAME))
        else:
            name, is_inside = (fitted(name, SIZE, inside), True) if inside >= _LEAST_NAME else ("", True)
    inner = [scale.within(stage.start) for stage in course.stages[1:]]
    return Bar(
        course=course,
        row=0,
        x=left,
        right=right,
        soft_left=min(max(scale.within(course.begins[1]), left), right),
        soft_right=right if goes_on else max(min(scale.within(course.ends[0]), right), left),
        goes_on=goes_on,
        begins_here=course.begins[1] >= scale.view.start,
        ends_here=course.ends[0] <= scale.view.end and not goes_on,
        turns=tuple(x for x in dict.fromkeys(inner) if left + 1 < x < right - 1),
        name=name,
        is_inside=is_inside,
        is_dim=is_dim,
    )


def end_of(course: Course, scale: Scale) -> int:
    """Until when a course is drawn: to the end of what is in view where nobody knows of its end."""
    return scale.view.end if course.ends[1] >= MAX_INSTANT else course.ends[1]
