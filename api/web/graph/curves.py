"""The lines between boxes: where they begin and end, how several between the same two keep apart. Pure."""

from dataclasses import dataclass
from math import hypot
from typing import Final

Point = tuple[float, float]

_SEARCHES: Final = 14
_SAMPLES: Final = 24
_TINY: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Frame:
    """A box with its centre and its size, in pixels."""

    x: float
    y: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """Where it ends below."""
        return self.y + self.height / 2

    def holds(self, point: Point, room: float = 0.0) -> bool:
        """Whether a point lies in the box, or nearer to it than that."""
        return abs(point[0] - self.x) < self.width / 2 + room and abs(point[1] - self.y) < self.height / 2 + room

    def meets(self, other: "Frame", room: float = 0.0) -> bool:
        """Whether two boxes overlap, or lie nearer than that."""
        return (
            abs(self.x - other.x) < (self.width + other.width) / 2 + room
            and abs(self.y - other.y) < (self.height + other.height) / 2 + room
        )


@dataclass(frozen=True, slots=True)
class Curve:
    """A line with one bend from point to point."""

    start: Point
    bend: Point
    end: Point

    def at(self, part: float) -> Point:
        """The point at that part of the way, from 0 to 1."""
        a, b, c = (1 - part) ** 2, 2 * part * (1 - part), part**2
        return (
            a * self.start[0] + b * self.bend[0] + c * self.end[0],
            a * self.start[1] + b * self.bend[1] + c * self.end[1],
        )

    def direction(self, part: float) -> Point:
        """Where it leads at that part of the way, as a step of length 1."""
        x = (1 - part) * (self.bend[0] - self.start[0]) + part * (self.end[0] - self.bend[0])
        y = (1 - part) * (self.bend[1] - self.start[1]) + part * (self.end[1] - self.bend[1])
        length = hypot(x, y) or _TINY
        return x / length, y / length

    def between(self, first: float, last: float) -> "Curve":
        """The piece from one part of the way to another."""
        start, end = self.at(first), self.at(last)
        bend = (
            (1 - first) * (1 - last) * self.start[0]
            + (first * (1 - last) + last * (1 - first)) * self.bend[0]
            + first * last * self.end[0],
            (1 - first) * (1 - last) * self.start[1]
            + (first * (1 - last) + last * (1 - first)) * self.bend[1]
            + first * last * self.end[1],
        )
        return Curve(start, bend, end)

    @property
    def reach(self) -> Frame:
        """The box that its ends and its bend span: none of it lies outside."""
        across, down = zip(self.start, self.bend, self.end, strict=True)
        left, right, top, bottom = min(across), max(across), min(down), max(down)
        return Frame((left + right) / 2, (top + bottom) / 2, right - left, bottom - top)

    @property
    def path(self) -> str:
        """The line as the data of an SVG path."""
        (ax, ay), (bx, by), (cx, cy) = self.start, self.bend, self.end
        return f"M{ax:.1f} {ay:.1f}Q{bx:.1f} {by:.1f} {cx:.1f} {cy:.1f}"


def joining(one: Frame, other: Frame, aside: float) -> Curve:
    """The line from the edge of a box to that of another; `aside` is how far it swings to one side, in pixels."""
    dx, dy = other.x - one.x, other.y - one.y
    length = hypot(dx, dy) or _TINY
    bend = ((one.x + other.x) / 2 - dy / length * aside * 2, (one.y + other.y) / 2 + dx / length * aside * 2)
    whole = Curve((one.x, one.y), bend, (other.x, other.y))
    return whole.between(_leaving(whole, one), 1 - _leaving(Curve(whole.end, bend, whole.start), other))


def _leaving(curve: Curve, box: Frame) -> float:
    """At which part of its way a line that begins in a box leaves it."""
    inside = 0.0
    outside = next((part / _SAMPLES for part in range(1, _SAMPLES) if not box.holds(curve.at(part / _SAMPLES))), 0.5)
    inside = outside - 1 / _SAMPLES
    for _ in range(_SEARCHES):
        middle = (inside + outside) / 2
        if box.holds(curve.at(middle)):
            inside = middle
        else:
            outside = middle
    return min(outside, 0.5)


def arrowhead(tip: Point, direction: Point, size: float = 7.0) -> str:
    """The head of an arrow as the data of an SVG path."""
    (x, y), (dx, dy) = tip, direction
    back = (x - dx * size, y - dy * size)
    half = size * 0.45
    left, right = (back[0] - dy * half, back[1] + dx * half), (back[0] + dy * half, back[1] - dx * half)
    return f"M{x:.1f} {y:.1f}L{left[0]:.1f} {left[1]:.1f}L{right[0]:.1f} {right[1]:.1f}z"


def branch(start: Point, run: float, end: Point) -> str:
    """The path of a branch: it spreads between its start and `run`, and is level from there to its end."""
    (x, y), (far, level) = start, end
    return f"M{x:.1f} {y:.1f}C{run:.1f} {y:.1f} {x:.1f} {level:.1f} {run:.1f} {level:.1f}H{far:.1f}"


def bridge(start: Point, runs: Point, level: float, end: Point) -> str:
    """The path of a line between two poles: level between the runs, and drawn together towards both ends."""
    (x, y), (far, low), (first, last) = start, end, runs
    return (
        f"M{x:.1f} {y:.1f}C{first:.1f} {y:.1f} {x:.1f} {level:.1f} {first:.1f} {level:.1f}H{last:.1f}"
        f"C{far:.1f} {level:.1f} {last:.1f} {low:.1f} {far:.1f} {low:.1f}"
    )


def drop(start: Point, down: float, end: Point) -> str:
    """The path of a line that falls: straight to `down`, aside, and straight to its end."""
    (x, y), (far, low) = start, end
    turn = down + abs(far - x) * 0.06
    return f"M{x:.1f} {y:.1f}V{down:.1f}C{x:.1f} {turn:.1f} {far:.1f} {down:.1f} {far:.1f} {turn:.1f}V{low:.1f}"


def around(start: Point, aside: float, end: Point) -> str:
    """The path of a line from one side of two boxes, one below the other, around what stands between them."""
    (x, y), (far, low) = start, end
    turn = min(10.0, abs(low - y) / 2) * (1 if low > y else -1)
    return (
        f"M{x:.1f} {y:.1f}Q{aside:.1f} {y:.1f} {aside:.1f} {y + turn:.1f}V{low - turn:.1f}"
        f"Q{aside:.1f} {low:.1f} {far:.1f} {low:.1f}"
    )
