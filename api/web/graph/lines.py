"""The lines of the graph: branches from a pole to what hangs on it, bridges between two poles, and all others. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from api.web.drawing.lettering import fitted, width_of
from api.web.graph.bundles import Bundle, value_of, words_of
from api.web.graph.curves import Curve, Frame, Point, around, arrowhead, branch, bridge, drop, joining
from api.web.graph.lists import CONTESTED, MARK, NOTE_SIZE
from timeline.vocabulary import Vocabulary

SIDE_BY_SIDE: Final = 17.0
"""Pixels between lines that end at the same box."""
_ARROW: Final = 7.0
_LANE: Final = 8.0
_STEP: Final = 6.0
_LONGEST_LABEL: Final = 190.0
_SHORT_LABEL: Final = 90.0
_ASIDE: Final = (0.0, 45.0, -45.0, 90.0, -90.0)
_SAMPLES: Final = 16
_LEAST_PART: Final = 0.7
"""Which part of a label has to be left where it is cut."""
_NUMBERS: Final = frozenset({"money", "percent", "quantity"})
_PLACES: Final = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82)
"""Where along a line its mark and words may stand, the best place first."""


@dataclass(frozen=True, slots=True)
class Line:
    """A bundle as a line: its path, the heads of its arrows, where its mark is and what is written beside it."""

    bundle: Bundle
    path: str
    arrows: tuple[str, ...]
    mark: Point
    label: str
    label_width: float


@dataclass(frozen=True, slots=True)
class Joint:
    """A line from the relationship itself to one whose relationship it is."""

    one: str
    other: str
    path: str


@dataclass(frozen=True, slots=True)
class Places:
    """Where everything stands: the frame of each box, on a paper of that width and height.

    `runs` tells of each pole how far from it its lines have spread, `hangs` on which poles a box hangs; `crown` is the
    relationship itself where it stands above them.
    """

    frames: Mapping[str, Frame]
    width: float
    height: float
    runs: Mapping[str, float]
    hangs: Mapping[str, tuple[str, ...]]
    crown: str


class Lines:
    """Draws the lines between boxes that have their places; what is written on one makes room for the next."""

    def __init__(self, places: Places, vocabulary: Vocabulary, names: Mapping[str, str]) -> None:
        self._places = places
        self._frames = places.frames
        self._vocabulary = vocabulary
        self._names = names
        self._taken = list(places.frames.values())

    def drawn(self, pairs: Mapping[tuple[str, str], Sequence[Bundle]]) -> list[Line]:
        """All lines between pairs: those at poles first, since what is written there has its place."""
        found, free = list[Line](), list[tuple[str, str]]()
        for pair in sorted(pairs):
            one, other = pair
            if one in self._places.runs and other in self._places.runs:
                found += self._bridges(one, other, pairs[pair])
            elif one in self._places.hangs.get(other, ()):
                found += self._branches(one, other, pairs[pair])
            elif other in self._places.hangs.get(one, ()):
                found += self._branches(other, one, pairs[pair])
            else:
                free.append(pair)
        beside = [pair for pair in free if self._is_beside(*pair)]
        found += self._arcs([(*pair, bundle) for pair in beside for bundle in pairs[pair]])
        for one, other in free:
            if (one, other) not in beside:
                found += self._straight(one, other, pairs[one, other])
        return found

    def trunk(self, centre: str, box: str) -> str:
        """The path from a centre to a list that hangs on it."""
        start, end, run = self._span(centre, box)
        level = start[1] if centre == self._places.crown and self._frames[box].holds((end[0], start[1]), 1) else end[1]
        return branch(start, run, (end[0], level))

    def joints(self, joined: Sequence[tuple[str, str]]) -> Iterator[Joint]:
        """The lines from the relationship to those whose it is."""
        crown = self._places.crown
        below = max((self._frames[box].bottom for box, on in self._places.hangs.items() if crown in on), default=0.0)
        for one, other in joined:
            top, party = self._frames[one], self._frames[other]
            if one == crown and other in self._places.runs:
                down = max(below, top.bottom) + 4
                yield Joint(one, other, drop((top.x, top.bottom), down, (party.x, party.y - party.height / 2)))
            elif other in self._places.hangs.get(one, ()):
                start, end, run = self._span(other, one)
                yield Joint(one, other, branch(start, run, end))
            else:
                yield Joint(one, other, joining(top, party, 0).path)

    def _span(self, pole: str, box: str) -> tuple[Point, Point, float]:
        """Where the lines from a pole to a box begin and end, and where they have spread."""
        centre, frame = self._frames[pole], self._frames[box]
        way = 1 if frame.x > centre.x else -1
        run = centre.x + way * self._places.runs.get(pole, centre.width / 2 + _STEP)
        return (centre.x + way * centre.width / 2, centre.y), (frame.x - way * frame.width / 2, frame.y), run

    def _branches(self, pole: str, box: str, bundles: Sequence[Bundle]) -> Iterator[Line]:
        start, (end, middle), run = self._span(pole, box)
        left, right = min(run, end), max(run, end)
        for number, bundle in enumerate(bundles):
            level = middle + (number - (len(bundles) - 1) / 2) * SIDE_BY_SIDE
            to_left, to_right = bundle.leads_to(pole), bundle.leads_to(box)
            if end < run:
                to_left, to_right = to_right, to_left
            mark = (left + _ARROW + MARK + 1, level)
            label = self._label(bundle, right - _ARROW - 5 - mark[0] - MARK)
            yield self._line(
                bundle, branch(start, run, (end, level)), _heads(left, right, level, to_left, to_right), mark, label
            )

    def _bridges(self, one: str, other: str, bundles: Sequence[Bundle]) -> Iterator[Line]:
        left, right = sorted((one, other), key=lambda pole: self._frames[pole].x)
        near, far = self._frames[left], self._frames[right]
        first, last = near.x + self._places.runs[left], far.x - self._places.runs[right]
        start, end = (near.x + near.width / 2, near.y), (far.x - far.width / 2, far.y)
        for number, bundle in enumerate(bundles):
            level = near.y + (number - (len(bundles) - 1) / 2) * SIDE_BY_SIDE
            label = self._label(bundle, last - first - 4 * _ARROW - 2 * MARK)
            mark = ((first + last) / 2 - width_of(label, NOTE_SIZE) / 2 - 2, level)
            heads = _heads(first, last, level, bundle.leads_to(left), bundle.leads_to(right))
            yield self._line(bundle, bridge(start, (first, last), level, end), heads, mark, label)

    def _is_beside(self, one: str, other: str) -> bool:
        """Whether two boxes stand in one column beside a pole, so that a straight line would run through others."""
        first, last = self._frames[one], self._frames[other]
        is_middle = abs(first.x - self._places.width / 2) < 1
        return _is_over(first, last) and not is_middle and self._places.crown not in {one, other}

    def _arcs(self, wanted: Sequence[tuple[str, str, Bundle]]) -> Iterator[Line]:
        """Lines around the outside of a column, the short ones nearest to it, none on top of another."""
        lanes = defaultdict[tuple[int, int], list[tuple[float, float]]](list)
        for one, other, bundle in sorted(wanted, key=lambda arc: (self._apart(arc[0], arc[1]), arc[2].number)):
            first, last = self._frames[one], self._frames[other]
            way = -1 if first.x < self._places.width / 2 else 1
            upper, lower = sorted((first.y, last.y))
            lane = 0
            while any(upper < low + _STEP and lower > high - _STEP for high, low in lanes[way, lane]):
                lane += 1
            lanes[way, lane].append((upper, lower))
            beside = [
                box
                for box in self._frames.values()
                if box.y + box.height / 2 > upper and box.y - box.height / 2 < lower
            ]
            beside = [box for box in beside if (box.x - self._places.width / 2) * way > 0 and _is_over(box, first)]
            outer = max(box.x * way + box.width / 2 for box in (*beside, first, last)) + _STEP * 1.6 + lane * _LANE
            edge = (self._places.width if way > 0 else 0.0) - MARK
            x = min(outer, edge) * way
            start, end = ((box.x + way * box.width / 2, box.y) for box in (first, last))
            heads = [arrowhead(end, (-way, 0.0), _ARROW)] if bundle.leads_on else []
            heads += [arrowhead(start, (-way, 0.0), _ARROW)] if bundle.leads_back else []
            mark = (x, (first.y + last.y) / 2)
            yield self._line(bundle, around(start, x, end), tuple(heads), mark, "")

    def _apart(self, one: str, other: str) -> float:
        return abs(self._frames[one].y - self._frames[other].y)

    def _straight(self, one: str, other: str, bundles: Sequence[Bundle]) -> Iterator[Line]:
        for number, bundle in enumerate(bundles):
            place = (number - (len(bundles) - 1) / 2) * SIDE_BY_SIDE
            curve = self._clear_curve(one, other, place)
            heads = [arrowhead(curve.end, curve.direction(1.0))] if bundle.leads_on else []
            if bundle.leads_back:
                x, y = curve.direction(0.0)
                heads.append(arrowhead(curve.start, (-x, -y)))
            mark, label = self._free_place(bundle, curve)
            yield self._line(bundle, curve.path, tuple(heads), mark, label)

    def _clear_curve(self, one: str, other: str, place: float) -> Curve:
        """The straightest of a few curves on the paper that run behind the fewest boxes and words."""
        boxes = [box for box in self._taken if box not in {self._frames[one], self._frames[other]}]

        paper = Frame(self._places.width / 2, self._places.height / 2, self._places.width, self._places.height)

        def hidden(curve: Curve) -> tuple[bool, int]:
            points = [curve.at(part / _SAMPLES) for part in range(1, _SAMPLES)]
            is_cut = not all(paper.holds(point, -MARK) for point in points)
            reach = curve.reach
            near = [box for box in boxes if box.meets(reach, 1)]
            return is_cut, sum(any(box.holds(point) for point in points) for box in near)

        curves = [joining(self._frames[one], self._frames[other], place + aside) for aside in _ASIDE]
        return min(curves, key=hidden)

    def _free_place(self, bundle: Bundle, curve: Curve) -> tuple[Point, str]:
        """Where a mark stands with as many words as have room; on the middle of the line if nothing has."""
        for label in (self._label(bundle, _LONGEST_LABEL), self._label(bundle, _SHORT_LABEL), ""):
            for part in _PLACES:
                mark = curve.at(part)
                if self._is_free(_room(mark, label, bundle)):
                    return mark, label
        return curve.at(0.5), ""

    def _label(self, bundle: Bundle, room: float) -> str:
        """As much of a bundle in words as has room: what and how much, else what matters more, else its beginning."""
        room -= CONTESTED if bundle.is_contested else 0
        whole = words_of(bundle, self._vocabulary, self._names)
        fact = bundle.facts[0]
        label = self._vocabulary.attributes[fact.attribute].label
        value = value_of(fact, self._names)
        short = value if len(bundle.facts) == 1 and fact.value["type"] in _NUMBERS else label
        fitting = (text for text in (whole, short, label) if width_of(text, NOTE_SIZE) <= room)
        cut = fitted(short, NOTE_SIZE, room) if room > 0 else ""
        return next(fitting, cut if len(cut) > len(short) * _LEAST_PART else "")

    def _line(self, bundle: Bundle, path: str, heads: tuple[str, ...], mark: Point, label: str) -> Line:
        self._taken.append(_room(mark, label, bundle))
        return Line(bundle, path, heads, mark, label, width_of(label, NOTE_SIZE))

    def _is_free(self, room: Frame) -> bool:
        is_within = (
            room.x >= room.width / 2
            and room.x + room.width / 2 <= self._places.width
            and room.y >= room.height / 2
            and room.bottom <= self._places.height
        )
        return is_within and not any(room.meets(other) for other in self._taken)


def _is_over(one: Frame, other: Frame) -> bool:
    """Whether one stands above or below the other, at least in part."""
    return abs(one.x - other.x) < (one.width + other.width) / 2


def _heads(left: float, right: float, level: float, to_left: bool, to_right: bool) -> tuple[str, ...]:  # noqa: FBT001 - both ends alike
    """The heads of arrows at the ends of a level line."""
    heads = [arrowhead((left, level), (-1.0, 0.0), _ARROW)] if to_left else []
    return (*heads, *([arrowhead((right, level), (1.0, 0.0), _ARROW)] if to_right else []))


def _room(mark: Point, label: str, bundle: Bundle) -> Frame:
    """The room that a mark takes with the words to the right of it."""
    words = (width_of(label, NOTE_SIZE) + 4 if label else 0) + (CONTESTED if bundle.is_contested else 0)
    wide = 2 * MARK + words
    return Frame(mark[0] - MARK + wide / 2, mark[1], wide, 2 * MARK)
