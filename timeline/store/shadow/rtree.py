"""An R*Tree of SQLite filled at once: its nodes are written where the tree keeps them.

A tree keeps its nodes in plain tables of the database: `…_node` (the bytes of each node), `…_rowid` (the leaf in which
each box lies) and `…_parent`. The format belongs to that of the database file (the head of SQLite's `rtree.c` tells
it): two bytes of depth, used in the root, which is node 1, two of the number of cells, then the cells, a number of
eight bytes and the bounds as single-precision floats, everything big-endian. Bounds are rounded outwards. What was
written is counted through the tree; if that fails, the boxes are put in one by one.
"""

import sys
from array import array
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, groupby, islice
from operator import itemgetter
from struct import Struct
from typing import Any, Final

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from timeline.store.shadow.packing import Box, Parted, leaves, parts

_FILLED: Final = 0.86
"""How full a leaf may be: the next boxes shall not split every one that they meet."""
_GROUP: Final = 500
"""About so many boxes are in each of the groups by which SQLite sorts them."""
_MOST_GROUPS: Final = 1_600
_SAMPLED: Final = 16
"""So many boxes of a group are looked at before."""
_IN_MEMORY: Final = 400
"""About so many boxes are made into leaves at once."""
_BEYOND: Final = 1 << 60
"""A bound as great as this means for ever."""
_AT_ONCE: Final = 2_000
_PAIRS: Final = 100
_REMEMBERED: Final = 200_000

_HEAD: Final = Struct(">HH")
_NUMBER: Final = Struct(">q")
_FLOAT: Final = Struct(">f")
_PRECISION: Final = 2**23
_EXACT: Final = 2**23
"""Whole and half numbers as small as this are single-precision floats as they are."""


def fill(connection: Connection, tree: str, boxes: str) -> None:
    """Fill an empty R*Tree, in the transaction of the connection.

    Args:
        connection: where the tree is in the main database.
        tree: its name.
        boxes: a question that gives its rows; their bounds are whole or half numbers.
    """
    connection.exec_driver_sql("SAVEPOINT packing")
    try:
        count = _pack(connection, tree, boxes)
        ((found,),) = connection.exec_driver_sql(f"SELECT count(*) FROM main.{tree} WHERE id IS NOT NULL")
        is_good = found == count
    except (DatabaseError, LookupError):
        is_good = False
    if not is_good:
        connection.exec_driver_sql("ROLLBACK TO packing")
        connection.exec_driver_sql(f"INSERT INTO main.{tree} {boxes}")
    connection.exec_driver_sql("RELEASE packing")


def _pack(connection: Connection, tree: str, boxes: str) -> int:
    """Write all nodes; how many boxes there are."""
    columns = [row[1] for row in connection.exec_driver_sql(f"PRAGMA main.table_info({tree})")]
    ((size,),) = connection.exec_driver_sql(f"SELECT length(data) FROM main.{tree}_node WHERE nodeno = 1")
    ((count, last),) = connection.exec_driver_sql(f"SELECT count(*), max(id) FROM ({boxes})")
    if not count:
        return 0
    nodes = _Nodes(connection, tree, len(columns) - 1, size)
    places = array("I", bytes(4 * (last + 1)))
    for groups in _together(_groups(connection, boxes, columns, count, nodes.capacity)):
        for number, group in zip(nodes.add(groups), groups, strict=True):
            for box in group:
                places[box[0]] = number  # type: ignore[call-overload]
    root = nodes.finish()
    leaf_of = ((number, 1 if place == root else place) for number, place in enumerate(places) if place)
    _write_pairs(connection, f"main.{tree}_rowid (rowid, nodeno)", leaf_of)
    return int(count)


def _groups(
    connection: Connection, boxes: str, columns: Sequence[str], count: int, capacity: int
) -> Iterator[Sequence[Box]]:
    """The boxes leaf by leaf; SQLite sorts them by groups, which are parted into leaves as they are read."""
    groups = min(-(-count // _GROUP), _MOST_GROUPS)
    every = max(count // (groups * _SAMPLED), 1)
    found = connection.exec_driver_sql(f"SELECT * FROM ({boxes}) WHERE id % {every} = 0")
    sample = [tuple(row) for row in found]
    whole = _whole(sample)
    group_of, _ = _sql(parts(sample, whole, groups), columns, 0)
    driver: Any = connection.connection.driver_connection
    rows = driver.execute(f"SELECT *, {group_of} AS part FROM ({boxes}) ORDER BY part")
    for _, some in groupby(rows, key=itemgetter(-1)):
        yield from leaves(list(some), whole, capacity)


def _together(groups: Iterator[Sequence[Box]]) -> Iterator[list[Sequence[Box]]]:
    """Some groups at a time."""
    some, held = list[Sequence[Box]](), 0
    for group in groups:
        some.append(group)
        held += len(group)
        if held >= _IN_MEMORY:
            yield some
            some, held = [], 0
    if some:
        yield some


def _whole(sample: Sequence[Box]) -> list[float]:
    """The bounds of each axis within which boxes lie, whatever lasts for ever left aside."""
    columns = list(zip(*sample, strict=True))[1:]
    whole: list[float] = []
    for axis in range(0, len(columns), 2):
        values = [value for value in (*columns[axis], *columns[axis + 1]) if abs(value) < _BEYOND]
        whole += (min(values, default=0), max(values, default=0))
    return whole


def _sql(plan: Parted | None, columns: Sequence[str], number: int) -> tuple[str, int]:
    """The number of the group of a row, numbers beginning with `number`; and the next number."""
    if plan is None:
        return str(number), number + 1
    below, number = _sql(plan.below, columns, number)
    above, number = _sql(plan.above, columns, number)
    return f"CASE WHEN {columns[plan.cut.coordinate]} < {plan.cut.bound} THEN {below} ELSE {above} END", number


class _Nodes:
    """Writes nodes from the leaves up; a node above another has the boxes that enclose it."""

    def __init__(self, connection: Connection, tree: str, coordinates: int, size: int) -> None:
        self._connection = connection
        self._tree = tree
        self._size = size
        self._coordinates = coordinates
        most = (size - _HEAD.size) // (_NUMBER.size + _FLOAT.size * coordinates)
        self.capacity = int(most * _FILLED)
        self._last = 1  # the root, which is written last
        self._level: list[Box] = []
        self._waiting: list[tuple[int, bytes]] = []

    def add(self, groups: Sequence[Sequence[Box]]) -> range:
        """Write a node for each group of cells; their numbers."""
        numbers, *columns = islice(zip(*chain.from_iterable(groups), strict=True), self._coordinates + 1)
        ends = list(accumulate(map(len, groups)))
        places = [slice(end - len(group), end) for group, end in zip(groups, ends, strict=True)]
        enclosing = [
            [(max if axis % 2 else min)(column[place]) for place in places] for axis, column in enumerate(columns)
        ]
        cells = self._cells(numbers, columns)
        size = len(cells) // len(numbers)
        added = range(self._last + 1, self._last + 1 + len(groups))
        for number, place in zip(added, places, strict=True):
            data = _HEAD.pack(0, place.stop - place.start) + cells[place.start * size : place.stop * size]
            self._waiting.append((number, data.ljust(self._size, b"\0")))
        self._level += zip(added, *enclosing, strict=True)
        self._last = added[-1]
        if len(self._waiting) >= _AT_ONCE:
            self._write_waiting()
        return added

    def _cells(self, numbers: Sequence[float], columns: Sequence[Sequence[float]]) -> bytes:
        """Cells as the tree keeps them, made column by column: eight bytes for the number, four for each bound."""
        width = 2 + self._coordinates
        cells = array("f", bytes(4 * width * len(numbers)))
        halves = array("f", _big_endian(array("q", numbers)))
        cells[0::width], cells[1::width] = halves[0::2], halves[1::2]
        if len(_DOWN) > _REMEMBERED:
            _DOWN.clear()
            _UP.clear()
        for axis, column in enumerate(columns):
            is_exact = max(column) <= _EXACT and min(column) >= -_EXACT
            rounded = column if is_exact else list(map((_UP if axis % 2 else _DOWN).__getitem__, column))
            cells[2 + axis :: width] = array("f", _big_endian(array("f", rounded)))
        return cells.tobytes()

    def finish(self) -> int:
        """Write the nodes above the leaves; the number that the root had before it became 1."""
        depth = 0
        while len(self._level) > 1:
            below, self._level, depth = self._level, [], depth + 1
            groups = list(leaves(below, _whole(below), self.capacity))
            above = zip(groups, self.add(groups), strict=True)
            parents = [(int(child[0]), number) for group, number in above for child in group]
            root = int(self._level[0][0]) if len(self._level) == 1 else 0
            of_child = ((child, 1 if number == root else number) for child, number in parents)
            _write_pairs(self._connection, f"main.{self._tree}_parent (nodeno, parentnode)", of_child)
        self._write_waiting()
        root = int(self._level[0][0])
        run = self._connection.exec_driver_sql
        run(f"DELETE FROM main.{self._tree}_node WHERE nodeno = 1")
        run(f"UPDATE main.{self._tree}_node SET nodeno = 1 WHERE nodeno = ?", (root,))
        ((data,),) = run(f"SELECT data FROM main.{self._tree}_node WHERE nodeno = 1")
        _, cells = _HEAD.unpack_from(data)
        run(
            f"UPDATE main.{self._tree}_node SET data = ? WHERE nodeno = 1",
            (_HEAD.pack(depth, cells) + data[_HEAD.size :],),
        )
        return root

    def _write_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        driver: Any = self._connection.connection.driver_connection
        driver.executemany(f"INSERT INTO main.{self._tree}_node (nodeno, data) VALUES (?, ?)", waiting)


def _big_endian(values: "array[Any]") -> bytes:
    """Numbers as bytes, the most significant first; `Struct` takes twice as long."""
    if sys.byteorder == "little":
        values.byteswap()
    return values.tobytes()


def _write_pairs(connection: Connection, into: str, pairs: Iterator[tuple[int, int]]) -> None:
    """Write rows of two numbers, many with each statement: by themselves they take twice as long."""
    driver: Any = connection.connection.driver_connection
    while some := tuple(chain.from_iterable(islice(pairs, _PAIRS))):
        driver.execute(f"INSERT INTO {into} VALUES {', '.join(['(?, ?)'] * (len(some) // 2))}", some)


class _Rounded(dict[float, float]):
    """Values as single-precision floats, rounded as SQLite rounds them; those seen before are remembered."""

    def __init__(self, step: int) -> None:
        super().__init__()
        self._step = step

    def __missing__(self, value: float) -> float:
        exact = float(value)
        nearest = _single(exact)
        if (nearest > exact) if self._step < 0 else (nearest < exact):
            nearest = _single(exact * (1 + (self._step if exact > 0 else -self._step) / _PRECISION))
        self[value] = nearest
        return nearest


_DOWN: Final = _Rounded(-1)
_UP: Final = _Rounded(1)


def _single(value: float) -> float:
    (single,) = _FLOAT.unpack(_FLOAT.pack(value))
    return float(single)
