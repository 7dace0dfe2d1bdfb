"""An R*Tree of SQLite filled at once: its nodes are written where the tree keeps them.

A tree keeps its nodes in plain tables of the database: `…_node` (the bytes of each node), `…_rowid` (the leaf in which
each box lies) and `…_parent`. The format belongs to that of the database file (the head of SQLite's `rtree.c` tells
it): two bytes of depth, used in the root, which is node 1, two of the number of cells, then the cells, a number of
eight bytes and the bounds as single-precision floats, everything big-endian. Bounds are rounded outwards. What was
written is counted through the tree; if that fails, the boxes are put in one by one.
"""

from array import array
from collections.abc import Iterator, Sequence
from itertools import chain, groupby, islice
from operator import itemgetter
from struct import Struct
from typing import Any, Final

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from timeline.store.shadow.packing import Box, Parted, leaves, parts

_FILLED: Final = 0.94
"""How full a leaf may be: the next boxes shall not split every one that they meet."""
_SLICE: Final = 6_000
"""About so many boxes are in memory at once."""
_SAMPLED: Final = 40
_BEYOND: Final = 1 << 60
"""A bound as great as this means for ever."""
_AT_ONCE: Final = 2_000
_REMEMBERED: Final = 200_000

_HEAD: Final = Struct(">HH")
_NUMBER: Final = Struct(">q")
_FLOAT: Final = Struct(">f")
_PRECISION: Final = 2**23


def fill(connection: Connection, tree: str, boxes: str) -> None:
    """Fill an empty R*Tree, in the transaction of the connection.

    Args:
        connection: where the tree is in the main database.
        tree: its name.
        boxes: a question that gives its rows.
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
    for group in _groups(connection, boxes, columns, count, nodes.capacity):
        number = nodes.add(group)
        for box in group:
            places[box[0]] = number  # type: ignore[call-overload]
    root = nodes.finish()
    leaf_of = ((number, 1 if place == root else place) for number, place in enumerate(places) if place)
    _write(connection, f"INSERT INTO main.{tree}_rowid (rowid, nodeno) VALUES (?, ?)", leaf_of)
    return int(count)


def _groups(
    connection: Connection, boxes: str, columns: Sequence[str], count: int, capacity: int
) -> Iterator[Sequence[Box]]:
    """The boxes leaf by leaf, read slice by slice; SQLite sorts them by slices."""
    slices = -(-count // _SLICE)
    every = max(_SLICE // _SAMPLED, 1) if slices > 1 else 1
    found = connection.exec_driver_sql(f"SELECT * FROM ({boxes}) WHERE id % {every} = 0")
    sample = [tuple(row) for row in found]
    whole = _whole(sample)
    plan = parts(sample, whole, slices)
    driver: Any = connection.connection.driver_connection
    if plan is None:
        yield from leaves(driver.execute(boxes).fetchall(), whole, capacity)
        return
    slice_of, _ = _sql(plan, columns, 0)
    rows = driver.execute(f"SELECT *, {slice_of} AS slice FROM ({boxes}) ORDER BY slice")
    for _, some in groupby(rows, key=itemgetter(-1)):
        yield from leaves(list(some), whole, capacity)


def _whole(sample: Sequence[Box]) -> list[float]:
    """The bounds of each axis within which boxes lie, whatever lasts for ever left aside."""
    columns = list(zip(*sample, strict=True))[1:]
    whole: list[float] = []
    for axis in range(0, len(columns), 2):
        values = [value for value in (*columns[axis], *columns[axis + 1]) if abs(value) < _BEYOND]
        whole += (min(values, default=0), max(values, default=0))
    return whole


def _sql(plan: Parted | None, columns: Sequence[str], number: int) -> tuple[str, int]:
    """The number of the slice of a row, numbers beginning with `number`; and the next number."""
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
        self._cells = [Struct(">" + f"q{coordinates}f" * count) for count in range(self.capacity + 1)]
        self._last = 1  # the root, which is written last
        self._level: list[Box] = []
        self._waiting: list[tuple[int, bytes]] = []

    def add(self, group: Sequence[Box]) -> int:
        """Write a node with these cells; its number."""
        numbers, *columns = islice(zip(*group, strict=True), self._coordinates + 1)
        if len(_DOWN) > _REMEMBERED:
            _DOWN.clear()
            _UP.clear()
        rounded = [map((_UP if axis % 2 else _DOWN).__getitem__, column) for axis, column in enumerate(columns)]
        cells = chain.from_iterable(zip(numbers, *rounded, strict=True))
        data = _HEAD.pack(0, len(group)) + self._cells[len(group)].pack(*cells)
        self._last += 1
        self._waiting.append((self._last, data.ljust(self._size, b"\0")))
        if len(self._waiting) >= _AT_ONCE:
            self._write_waiting()
        enclosing = [(max if axis % 2 else min)(column) for axis, column in enumerate(columns)]
        self._level.append((self._last, *enclosing))
        return self._last

    def finish(self) -> int:
        """Write the nodes above the leaves; the number that the root had before it became 1."""
        depth = 0
        while len(self._level) > 1:
            below, self._level, depth = self._level, [], depth + 1
            parents: list[tuple[int, int]] = []
            for start in range(0, len(below), self.capacity):
                some = below[start : start + self.capacity]
                number = self.add(some)
                parents += ((int(child[0]), number) for child in some)
            root = int(self._level[0][0]) if len(self._level) == 1 else 0
            _write(
                self._connection,
                f"INSERT INTO main.{self._tree}_parent (nodeno, parentnode) VALUES (?, ?)",
                ((child, 1 if number == root else number) for child, number in parents),
            )
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
        _write(self._connection, f"INSERT INTO main.{self._tree}_node (nodeno, data) VALUES (?, ?)", waiting)


def _write(connection: Connection, sql: str, rows: Any) -> None:
    driver: Any = connection.connection.driver_connection
    driver.executemany(sql, rows)


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
