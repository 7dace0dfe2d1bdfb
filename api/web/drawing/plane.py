"""The plane of both clocks: what happened when, against when it was learned. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from api.web.drawing.scale import DAY, Scale, Tick, View, ticks
from projections.outline import Learning
from timeline.basis import Basis

SIDE: Final = 300
"""The width of the plane, in pixels; it is as high."""
_LEFT: Final = 34
_BOTTOM: Final = 22
_EDGE: Final = 5


@dataclass(frozen=True, slots=True)
class Point:
    """Where knowledge changed; `is_news` if something was heard of for the first time."""

    x: float
    y: float
    is_news: bool


@dataclass(frozen=True, slots=True)
class Plane:
    """The plane: what is true goes from left to right, what is known from the bottom up, both over the same years."""

    view: View
    left: float
    right: float
    top: float
    bottom: float
    points: tuple[Point, ...]
    ticks: tuple[Tick, ...]
    rows: tuple[Tick, ...]
    at: float
    known: float
    days: tuple[int, ...]
    """The days on which knowledge changed, counted from 1970."""


def plane_of(learnings: Sequence[Learning], basis: Basis, whole: View) -> Plane:
    """The plane over what the whole drawing shows; points that fall on one another are drawn once."""
    across = Scale(whole, _LEFT, SIDE - _EDGE)
    upward = Scale(whole, SIDE - _BOTTOM, _EDGE)
    points: dict[tuple[int, int, bool], None] = {}
    for one in learnings:
        if whole.start <= one.occurred <= whole.end and whole.start <= one.known <= whole.end:
            points[round(across.x(one.occurred)), round(upward.x(one.known)), one.number == 1] = None
    years = tuple(tick for tick in ticks(across) if tick.is_year)
    return Plane(
        view=whole,
        left=across.left,
        right=across.right,
        top=upward.right,
        bottom=upward.left,
        points=tuple(Point(*point) for point in points),
        ticks=years,
        rows=tuple(Tick(tick.instant, round(upward.x(tick.instant), 1), tick.label, is_year=True) for tick in years),
        at=across.within(basis.at),
        days=tuple(sorted({one.known // DAY for one in learnings})),
        # a scale that runs upward has its left edge below
        known=min(max(upward.x(basis.known), upward.right), upward.left),
    )
