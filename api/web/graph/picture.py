"""The graph as it is drawn: parties as boxes, their relations as lines, leaves in lists. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from api.web.drawing.lettering import fitted, width_of
from api.web.graph.arranging import COLUMN, MARK, Box, Plan, arranged, beside_crown
from api.web.graph.bundles import Bundle
from api.web.graph.casting import Casting, Company
from api.web.graph.curves import Frame
from api.web.graph.lines import SIDE_BY_SIDE, Joint, Line, Lines, Places
from api.web.graph.lists import INDENT, NAME_SIZE, Row, Sheet, sheet_of
from api.web.graph.looks import Look
from timeline.vocabulary import Vocabulary

_BIG: Final = 1.2
"""How much larger the names of the centres are."""
_LONGEST_NAME: Final = 176.0
_PADDING: Final = 22.0
_LEAST_HEIGHT: Final = 26.0
_AFTER_TITLE: Final = 10.0
_LEAST_COLUMN: Final = 200.0
_HEADED_COLUMN: Final = 240.0
_EDGE: Final = 8.0


@dataclass(frozen=True, slots=True)
class Node:
    """A party in a box, `name` as far as it has room. `look` is `focus`, `centre` or `plain`; it may head some rows."""

    id: str
    full: str
    name: str
    frame: Frame
    look: str
    size: float
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Hung:
    """A list that hangs on a centre: those related to it alone, all by one kind of relation."""

    centre: str
    section: str
    title: str
    frame: Frame
    rows: tuple[Row, ...]
    trunk: str
    is_certain: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """All that is drawn, on a paper of that size in pixels."""

    width: float
    height: float
    nodes: tuple[Node, ...]
    hung: tuple[Hung, ...]
    lines: tuple[Line, ...]
    joints: tuple[Joint, ...]


def picture_of(
    bundles: Sequence[Bundle], company: Company, vocabulary: Vocabulary, looks: Mapping[str, Look]
) -> Picture:
    """The picture of those bundles."""
    return _Drawing(bundles, company, vocabulary, looks).drawn()


@dataclass(frozen=True, slots=True)
class _List:
    """A list that hangs on a centre, before it has a place."""

    centre: str
    section: str
    title: str
    sheet: Sheet

    @property
    def id(self) -> str:
        return f"{self.centre}/{self.section}"  # no slug has a stroke in it


class _Drawing:
    def __init__(
        self, bundles: Sequence[Bundle], company: Company, vocabulary: Vocabulary, looks: Mapping[str, Look]
    ) -> None:
        self._company = company
        self._vocabulary = vocabulary
        self._looks = looks
        self._order = {name: place for place, name in enumerate(looks)}
        self._cast = Casting(bundles, company)
        self._lists = self._hung()
        self._sheets = {party: sheet for party in self._cast.boxes if (sheet := self._headed(party)) is not None}

    def drawn(self) -> Picture:
        plans = [self._plan(part, poles) for part, poles in self._cast.parts()]
        placed = arranged(plans)
        boxes = [box for plan in plans for box in plan.all]
        frames = {box.id: _frame(box, placed.centres[box.id]) for box in boxes}
        size = (placed.width, placed.height + 2 * _EDGE)
        lines = Lines(self._places(frames, plans, size), self._vocabulary, self._company.names)
        pairs = {pair: some for pair, some in self._cast.between.items() if self._cast.leaves.keys().isdisjoint(pair)}
        return Picture(
            round(size[0]),
            round(size[1]),
            tuple(self._node(party, frames[party]) for party in self._cast.boxes),
            tuple(
                Hung(
                    one.centre,
                    one.section,
                    one.title,
                    frames[one.id],
                    one.sheet.rows,
                    lines.trunk(one.centre, one.id),
                    any(row.bundle.is_certain for row in one.sheet.rows),
                )
                for one in self._lists
            ),
            tuple(lines.drawn(pairs)),
            tuple(lines.joints(self._cast.joined)),
        )

    # lists

    def _hung(self) -> list[_List]:
        """The lists that hang on the centres, one for each kind of relation: who is related in two ways is in both."""
        groups = {
            (centre, bundle.section)
            for party, centre in self._cast.leaves.items()
            if centre in self._cast.centres
            for bundle in self._cast.of(party, centre)
        }
        return [self._list(*group) for group in sorted(groups, key=lambda group: (group[0], self._order[group[1]]))]

    def _list(self, centre: str, section: str) -> _List:
        rows = self._rows(centre, section)
        attributes = {fact.attribute for _, bundles in rows for fact in bundles[0].facts}
        is_one = len(attributes) == 1
        title = self._vocabulary.attributes[attributes.pop()].label if is_one else self._looks[section].title
        heading = INDENT + width_of(title, NAME_SIZE) + _AFTER_TITLE
        column = COLUMN - MARK
        if centre == self._cast.crown:
            column = max(_LEAST_COLUMN, min(column, beside_crown(self._width(centre))))
        return _List(centre, section, title, self._sheet(rows, heading, column))

    def _headed(self, party: str) -> Sheet | None:
        """The list that a party heads which is not a centre."""
        rows = [] if party in self._cast.centres else self._rows(party)
        heading = self._width(party)
        return self._sheet(rows, heading, _HEADED_COLUMN) if rows else None

    def _rows(self, centre: str, section: str = "") -> list[tuple[str, Sequence[Bundle]]]:
        """The leaves of a party with what relates them to it, if need be in one section only."""
        rows = [(party, self._cast.of(party, centre)) for party, to in self._cast.leaves.items() if to == centre]
        if section:
            rows = [(party, [one for one in bundles if one.section == section]) for party, bundles in rows]
        told = [(party, bundles) for party, bundles in rows if bundles]
        return sorted(told, key=lambda row: (self._order[row[1][0].section], *self._alphabetic(row[0])))

    def _sheet(self, rows: Sequence[tuple[str, Sequence[Bundle]]], heading: float, column: float) -> Sheet:
        return sheet_of(rows, self._company.names, self._vocabulary, heading=heading, column=column)

    # boxes

    def _alphabetic(self, party: str) -> tuple[str, str]:
        return self._company.name(party).casefold(), party

    def _letters(self, party: str) -> float:
        return NAME_SIZE * (_BIG if party in self._cast.centres else 1)

    def _name(self, party: str, room: float = _LONGEST_NAME) -> str:
        full = self._company.name(party)
        return fitted(full, self._letters(party), room) or full[:3]

    def _width(self, party: str) -> float:
        return width_of(self._name(party), self._letters(party)) + _PADDING

    def _size(self, party: str) -> tuple[float, float]:
        sides = [len(self._cast.of(party, pole)) for pole in self._cast.poles if party not in self._cast.centres]
        lines = max(sides, default=0) * SIDE_BY_SIDE + 6
        sheet = self._sheets.get(party)
        if sheet is not None:
            return sheet.width, max(sheet.height, lines)
        high = max(self._letters(party) * 2, _LEAST_HEIGHT, lines)
        return self._width(party), high

    def _node(self, party: str, frame: Frame) -> Node:
        is_focus = party == self._company.focus
        look = "focus" if is_focus else "centre" if party in self._cast.centres else "plain"
        sheet = self._sheets.get(party)
        name = self._name(party, max(_LONGEST_NAME, frame.width - _PADDING))
        rows = () if sheet is None else sheet.rows
        return Node(party, self._company.name(party), name, frame, look, self._letters(party), rows)

    # places

    def _plan(self, part: Sequence[str], poles: tuple[str, ...]) -> Plan:
        cast = self._cast
        around = [party for party in part if party not in poles and party != cast.crown]
        behind = cast.behind(poles, around)
        boxes = [self._box(party, poles, behind.get(party, "")) for party in around]
        lists = [
            Box(one.id, one.sheet.width, one.sheet.height, (self._order[one.section], ""), on)
            for one in self._lists
            if (on := tuple(number for number, pole in enumerate(poles) if pole == one.centre))
        ]
        is_crowned = bool(cast.crown) and cast.crown in part
        hung = [one for one in self._lists if is_crowned and one.centre == cast.crown]
        return Plan(
            tuple(Box(pole, *self._size(pole)) for pole in poles),
            (*boxes, *lists),
            Box(cast.crown, *self._size(cast.crown)) if is_crowned else None,
            tuple(Box(one.id, one.sheet.width, one.sheet.height, (self._order[one.section], "")) for one in hung),
            SIDE_BY_SIDE * len(cast.of(*poles)) if len(poles) == 2 else 0.0,
        )

    def _box(self, party: str, poles: Sequence[str], behind: str) -> Box:
        on = tuple(number for number, pole in enumerate(poles) if pole in self._cast.near[party])
        to = [behind] if behind else [poles[number] for number in on]
        kinds = [self._order[bundle.section] for other in to for bundle in self._cast.of(party, other)]
        rank = (min(kinds, default=-1), self._company.name(party).casefold())
        return Box(party, *self._size(party), rank, on, behind)

    def _places(self, frames: Mapping[str, Frame], plans: Sequence[Plan], size: tuple[float, float]) -> Places:
        hangs = {box.id: tuple(plan.poles[number].id for number in box.poles) for plan in plans for box in plan.boxes}
        hangs |= {one.id: (one.centre,) for one in self._lists}
        runs = {pole.id: plan.run for plan in plans for pole in plan.poles}
        return Places(frames, *size, runs, hangs, self._cast.crown)


def _frame(box: Box, centre: tuple[float, float]) -> Frame:
    x, y = centre
    return Frame(x, y + _EDGE, box.width, box.height)
