"""What happened, in lanes by kind: marks that never touch, names that never run into each other. Pure.

A lane has a few rows. Each development gets a mark in one of them; where there is no room for one more, several share
a mark with their number. Then names are set beside marks, those first of which most sources tell, each as far as there
is room. Courses, which go on for a time, get rows of their own below.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Final

from api.web.drawing.lettering import fitted, width_of
from api.web.drawing.scale import DAY, Scale
from projections.outline import Course, Occurrence
from timeline.dates import MAX_INSTANT

SIZE: Final = 12.5
"""Of the names beside marks, in pixels."""
COURSE_SIZE: Final = 11.5
"""Of the names in courses, in pixels."""
ROW: Final = 20
COURSE_ROW: Final = 19
RADIUS: Final = 4.2

_CLUSTER: Final = 10.5
"""Half the width of a mark that several share."""
_APART: Final = RADIUS + _CLUSTER + 1.5
_BESIDE: Final = 7.5
"""From the middle of a mark to its name."""
_LEAST_NAME: Final = 52
_LONGEST_NAME: Final = 240
_GAP: Final = 6
_SHOWN_EXTENT: Final = 5
"""From how many pixels on it is drawn that a date is not known more exactly."""
_WORTH_A_NAME: Final = 150
_LEAST_COURSE: Final = 3


@dataclass(slots=True)
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

    @property
    def half(self) -> float:
        """Half its width."""
        return RADIUS if len(self.members) == 1 else _CLUSTER

    @property
    def weight(self) -> int:
        """How many sources tell of it."""
        return max(member.weight for member in self.members)


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
    turns: tuple[float, ...]
    name: str
    is_inside: bool
    is_dim: bool


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
    unshown: int
    """How many courses have no room."""

    def middle(self, row: int) -> float:
        """Where a row of marks lies."""
        return self.top + ROW * row + ROW / 2

    def course_top(self, row: int) -> float:
        """Where a course of a row begins, from above."""
        return self.top + ROW * self.rows + COURSE_ROW * row + 2


@dataclass(frozen=True, slots=True)
class Rules:
    """How lanes are laid out: how many rows at most, and what room a lane's heading takes above it."""

    rows: int = 2
    course_rows: int = 5
    heading: float = 0
    between: float = 9
    fits: Callable[[Occurrence], bool] = field(default=lambda _: True)
    course_fits: Callable[[Course], bool] = field(default=lambda _: True)


def lane_of(
    kind: str, occurrences: Sequence[Occurrence], courses: Sequence[Course], scale: Scale, top: float, rules: Rules
) -> Lane | None:
    """The lane of a kind from `top` down; None if nothing of it is in view."""
    seen = [one for one in occurrences if scale.view.start <= one.latest and one.earliest <= scale.view.end]
    running = [one for one in courses if scale.view.start <= _end(one, scale) and one.begins[0] <= scale.view.end]
    if not seen and not running:
        return None
    rows = min(rules.rows, max(1, ceil(len(seen) / max(1, (scale.right - scale.left) / _WORTH_A_NAME)))) if seen else 0
    marks = _marks(seen, scale, rows, rules.fits)
    for row in range(rows):
        _name([mark for mark in marks if mark.row == row], scale)
    bars, unshown = _bars(running, scale, rules)
    course_rows = max((bar.row + 1 for bar in bars), default=0)
    height = ROW * rows + COURSE_ROW * course_rows
    return Lane(kind, top, height, rows, tuple(marks), tuple(bars), len(seen), unshown)


def _marks(seen: Sequence[Occurrence], scale: Scale, rows: int, fits: Callable[[Occurrence], bool]) -> list[Mark]:
    """Marks in order of time, in the row that has been empty longest; where none has room, the nearest is shared."""
    last: list[Mark | None] = [None] * rows
    marks: list[Mark] = []
    edge = _CLUSTER + 1
    for place, one in sorted(((_place(one, scale), one) for one in seen), key=lambda pair: (pair[0], pair[1].slug)):
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
        if len(mark.members) == 1:
            mark.extent = _extent(mark.members[0], scale)
    return marks


def _right(mark: Mark | None) -> float:
    return -1e9 if mark is None else mark.x + mark.half


def _place(one: Occurrence, scale: Scale) -> float:
    """The middle of what is in view of the time at which it may have occurred."""
    if one.latest - one.earliest <= DAY:
        return scale.x(one.earliest)
    return (scale.within(one.earliest) + scale.within(one.latest)) / 2


def _extent(one: Occurrence, scale: Scale) -> tuple[float, float] | None:
    first, last = scale.within(one.earliest), scale.within(one.latest)
    is_coarse = one.latest - one.earliest > DAY or one.is_doubtful
    return (first, last) if is_coarse and last - first >= _SHOWN_EXTENT else None


def _name(row: Sequence[Mark], scale: Scale) -> None:
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
        room = min(until - _GAP - mark.x - _BESIDE, _LONGEST_NAME)
        wanted = min(width_of(title, SIZE), _LONGEST_NAME)
        before = row[number - 1] if number else None
        since = scale.left if before is None else taken.get(number - 1, before.x + before.half)
        room_left = min(mark.x - _BESIDE - since - _GAP, _LONGEST_NAME)
        if room < wanted and room_left > max(room, _LEAST_NAME):
            mark.name = fitted(title, SIZE, room_left)
            mark.is_name_left = True
            held[number] = mark.x - _BESIDE - width_of(mark.name, SIZE)
        elif room >= _LEAST_NAME:
            mark.name = fitted(title, SIZE, room)
            taken[number] = mark.x + _BESIDE + width_of(mark.name, SIZE)


def _end(course: Course, scale: Scale) -> int:
    return scale.view.end if course.ends[1] >= MAX_INSTANT else course.ends[1]


def _bars(running: Sequence[Course], scale: Scale, rules: Rules) -> tuple[list[Bar], int]:
    """Courses in the first row with room for them and their names; those that are long in view come first."""
    rows: list[list[tuple[float, float]]] = []
    bars: list[Bar] = []
    unshown = 0
    for course in sorted(running, key=lambda one: (_length(one, scale) < _WORTH_A_NAME / 2, one.begins, one.name)):
        bar = _bar(course, scale, is_dim=not rules.course_fits(course))
        left, right = bar.x, bar.right
        if not bar.is_inside and bar.name:
            right += _GAP + width_of(bar.name, COURSE_SIZE)
        row = next((number for number, used in enumerate(rows) if _is_free(used, left, right)), None)
        if row is None and len(rows) < rules.course_rows:
            row = len(rows)
            rows.append([])
        if row is None:
            unshown += 1
            continue
        rows[row].append((left, right))
        bar.row = row
        bars.append(bar)
    return bars, unshown


def _is_free(used: Sequence[tuple[float, float]], left: float, right: float) -> bool:
    return all(right + _GAP <= first or left >= last + _GAP for first, last in used)


def _length(course: Course, scale: Scale) -> float:
    return scale.within(_end(course, scale)) - scale.within(course.begins[0])


def _bar(course: Course, scale: Scale, *, is_dim: bool) -> Bar:
    goes_on = course.ends[1] >= MAX_INSTANT
    left = scale.within(course.begins[0])
    right = max(scale.within(_end(course, scale)), left + _LEAST_COURSE)
    if right > scale.right:
        left, right = scale.right - _LEAST_COURSE, scale.right
    inside = right - left - 2 * _GAP
    name, is_inside = course.name, width_of(course.name, COURSE_SIZE) <= inside
    if not is_inside:
        room = scale.right - right - _GAP
        if room >= min(width_of(name, COURSE_SIZE), _LONGEST_NAME):
            name = fitted(name, COURSE_SIZE, min(room, _LONGEST_NAME))
        else:
            name, is_inside = (fitted(name, COURSE_SIZE, inside), True) if inside >= _LEAST_NAME else ("", True)
    inner = [scale.within(stage.start) for stage in course.stages[1:]]
    return Bar(
        course=course,
        row=0,
        x=left,
        right=right,
        soft_left=min(max(scale.within(course.begins[1]), left), right),
        soft_right=right if goes_on else max(min(scale.within(course.ends[0]), right), left),
        goes_on=goes_on,
        turns=tuple(x for x in dict.fromkeys(inner) if left + 1 < x < right - 1),
        name=name,
        is_inside=is_inside,
        is_dim=is_dim,
    )
