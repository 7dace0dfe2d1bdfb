"""The whole drawing of a timeline: its axis, its lanes, and where the two clocks stand. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from api.web.drawing.lanes import Lane, Rules, lane_of
from api.web.drawing.marks import Mark
from api.web.drawing.scale import DAY, SHORTEST, Scale, Tick, View, ticks
from projections.outline import Course, Occurrence, Outline
from timeline.basis import Basis
from timeline.developments.kinds import KINDS

WIDTH: Final = 780
"""The width for which a page is drawn before it is known how wide the window is, in pixels."""
NARROWEST: Final = 280
WIDEST: Final = 2400

_AXIS: Final = 30
_COLUMN: Final = 122
_HEADED: Final = 620
"""Below this width the name of a lane stands above it, and not on its left."""
_HEADING: Final = 20
_COURSE_ROWS: Final = 10
_FOOT: Final = 6
_EARLY: Final = 0.045
"""Which part of the developments may lie before what is in view at first: long ago little happened."""
_AHEAD: Final = 0.02
_NEARLY: Final = 1.5
_CLOSER: Final = 0.8


@dataclass(frozen=True, slots=True)
class Looking:
    """What is looked at: which part of time, how wide the paper is, and what is not dimmed."""

    view: View | None = None
    width: int = WIDTH
    kinds: Collection[str] = ()
    party: str = ""
    find: str = ""

    @property
    def is_choosy(self) -> bool:
        """Whether anything is dimmed at all."""
        return bool(self.kinds or self.party or self.find.split())

    def fits(self, one: Occurrence) -> bool:
        """Whether a development is not dimmed."""
        return (
            (not self.kinds or one.kind in self.kinds)
            and (not self.party or self.party in one.parties)
            and self._finds(one.title)
        )

    def course_fits(self, course: Course) -> bool:
        """Whether a course is not dimmed."""
        return (
            (not self.kinds or course.kind in self.kinds)
            and (not self.party or self.party in course.parties)
            and self._finds(course.name)
        )

    def _finds(self, title: str) -> bool:
        folded = title.casefold()
        return all(word in folded for word in self.find.casefold().split())


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing, in pixels."""

    scale: Scale
    width: int
    height: float
    axis: float
    """Where the axis lies; the lanes are below."""
    has_column: bool
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    at: float
    known: float
    now: float
    earlier: int
    """How many developments lie before what is in view."""
    later: int
    fitting: int | None
    """How many developments fit what is looked for; None where nothing is."""
    whole: View
    """The view of everything."""

    @property
    def view(self) -> View:
        """What is in view."""
        return self.scale.view

    @property
    def is_counted(self) -> bool:
        """Whether there is a lane so crowded that developments are counted by periods."""
        return any(mark.cell is not None for lane in self.lanes for mark in lane.marks)

    def opens(self, mark: Mark) -> bool:
        """Whether looking closer at the time of a mark may set its developments apart; else only a list can."""
        first, last = mark.time
        return self.view.length > SHORTEST * _NEARLY and last - first < self.view.length * _CLOSER

    def zooms(self) -> dict[str, View | None]:
        """The views that are one step away; None where a step leads nowhere."""
        view = self.view
        return {
            "in": view.zoomed(0.5) if view.zoomed(0.5).length < view.length else None,
            "out": view.zoomed(2) if view.length < self.whole.length * 1.5 else None,
            "earlier": view.moved(-0.5) if view.start > self.whole.start else None,
            "later": view.moved(0.5) if view.end < self.whole.end else None,
        }


def drawing_of(outline: Outline, basis: Basis, now: int, looking: Looking) -> Drawing:
    """The drawing of an outline."""
    whole = _whole(outline, now)
    view = looking.view or _first_view(outline, whole)
    has_column = looking.width >= _HEADED
    scale = Scale(view, _COLUMN if has_column else 2, looking.width - 2)
    rules = Rules(
        rows=2 if has_column else 3,
        course_rows=_COURSE_ROWS,
        heading=0 if has_column else _HEADING,
        fits=looking.fits,
        course_fits=looking.course_fits,
    )
    lanes: list[Lane] = []
    top: float = _AXIS + rules.between
    occurrences: dict[str, list[Occurrence]] = {kind: [] for kind in KINDS}
    courses: dict[str, list[Course]] = {kind: [] for kind in KINDS}
    for one in outline.occurrences:
        occurrences[one.kind].append(one)
    for course in outline.courses:
        courses[course.kind].append(course)
    for kind in KINDS:
        lane = lane_of(
            kind,
            occurrences[kind],
            courses[kind],
            scale,
            top + rules.heading,
            rules,
        )
        if lane is not None:
            lanes.append(lane)
            top = lane.top + lane.height + rules.between
    return Drawing(
        scale=scale,
        width=looking.width,
        height=top + _FOOT,
        axis=_AXIS,
        has_column=has_column,
        lanes=tuple(lanes),
        ticks=ticks(scale),
        at=scale.x(basis.at),
        known=scale.x(basis.known),
        now=scale.x(now),
        earlier=sum(1 for one in outline.occurrences if one.latest < view.start),
        later=sum(1 for one in outline.occurrences if one.earliest > view.end),
        fitting=sum(1 for one in outline.occurrences if looking.fits(one)) if looking.is_choosy else None,
        whole=whole,
    )


def _whole(outline: Outline, now: int) -> View:
    first = min((one.earliest for one in outline.occurrences), default=now - 365 * DAY)
    last = max((one.latest for one in outline.occurrences), default=now)
    length = max(last, now) - first
    return View.of(first - length * _AHEAD / 2, max(last, now) + length * _AHEAD)


def _first_view(outline: Outline, whole: View) -> View:
    """Everything but the few developments of long ago, where they would leave little room to the rest."""
    begins = sorted(one.earliest for one in outline.occurrences)
    if not begins:
        return whole
    early = begins[int(len(begins) * _EARLY)]
    return whole if early - whole.start < whole.length / 4 else View.of(early - (whole.end - early) * _AHEAD, whole.end)
