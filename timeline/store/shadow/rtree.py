"""An R*Tree of SQLite filled at once: its nodes are written where the tree keeps them.

A tree keeps its nodes in plain tables of the database: `…_node` (the bytes of each node), `…_rowid` (the leaf in which
each box lies) and `…_parent`. The format belongs to that of the database file (the head of SQLite's `rtree.c` tells
it): two bytes of depth, used in the root, which is node 1, two of the number of cells, then the cells
(`timeline.store.shadow.cells`). What was written is counted through the tree; if that fails, the boxes are put in one
by one.
"""

from array import array
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import chain
from struct import Struct
from typing import Any, Final

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from timeline.store.shadow.cells import Cells
from timeline.store.shadow.packing import Bounds, Cut, Parted, leaves, parts

_FILLED: Final = 0.86
"""How full a leaf may be: the next boxes shall not split every one that they meet."""
_GROUP: Final = 500
"""About so many boxes are in each of the groups into which they are parted as they are read."""
_SAMPLED: Final = 10
"""About so many boxes of a group are looked at before."""
_SMALL: Final = 4_000
"""Of so few boxes each is looked at."""
_MOST_SAMPLED: Final = 150_000
_IN_MEMORY: Final = 1_200
"""At most about so many groups are in memory at once."""
_BEYOND: Final = 1 << 60
"""A bound as great as this means for ever."""
_ROWS: Final = 500
"""So many are made into cells at once: with more of them memory is slower."""
_MOST_NUMBERS: Final = 1 << 32
_AT_ONCE: Final = 2_000
_NUMBERS: Final = 50

_HEAD: Final = Struct(">HH")


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
    driver: Any = connection.connection.driver_connection
    ((last,),) = driver.execute(f"SELECT max(id) FROM ({boxes})")
    if last is None:
        return 0
    if last >= _MOST_NUMBERS:
        raise LookupError(f"a box has the number {last}: packing keeps 32 bits of it")
    columns = [row[1] for row in driver.execute(f"PRAGMA main.table_info({tree})")]
    every = max(last // _MOST_SAMPLED, _GROUP // _SAMPLED) if last > _SMALL else 1
    sample = _sample(driver, boxes, len(columns), range(1, last + 1, every))
    whole = _whole(sample)
    nodes = _Nodes(driver, tree, len(columns) - 1)
    leaf_of, count = array("I", bytes(4 * (last + 1))), 0
    for plan, condition in _portions(parts(sample, whole, len(sample[0]) * every // _GROUP), columns):
        for cells in _groups(driver, boxes, columns, plan, condition, nodes.cells):
            nodes.add(cells, whole, leaf_of, closely=every == 1)
            count += len(cells)
    nodes.finish(leaf_of)
    return count


def _sample(driver: Any, boxes: str, columns: int, some: range) -> Bounds:
    """The bounds of the boxes that have one of these numbers."""
    numbers = (
        f"WITH RECURSIVE some (id) AS (SELECT {some.start} UNION ALL SELECT id + {some.step} FROM some "
        f"WHERE id < {some.stop - some.step}) SELECT id FROM some"
    )
    sample = [array("d") for _ in range(columns)]
    for rows in _fetched(driver.execute(f"SELECT * FROM ({boxes}) WHERE id IN ({numbers})")):
        for column, values in zip(sample, zip(*rows, strict=True), strict=True):
            column.extend(values)
    return sample[1:]


def _whole(bounds: Bounds) -> list[float]:
    """The bounds of each axis within which boxes lie, whatever lasts for ever left aside."""
    whole: list[float] = []
    for axis in range(0, len(bounds), 2):
        values = [value for value in chain(bounds[axis], bounds[axis + 1]) if abs(value) < _BEYOND]
        whole += (min(values, default=0), max(values, default=0))
    return whole


def _portions(
    plan: Parted | None, columns: Sequence[str], condition: str = "TRUE"
) -> Iterator[tuple[Parted | None, str]]:
    """A plan in portions that go into memory, each with the condition for what belongs to it."""
    if plan is None or _size(plan) <= _IN_MEMORY:
        yield plan, condition
        return
    below = _sql_of(plan.cut, columns)
    yield from _portions(plan.below, columns, f"{condition} AND {below}")
    yield from _portions(plan.above, columns, f"{condition} AND NOT {below}")


def _size(plan: Parted | None) -> int:
    return 1 if plan is None else _size(plan.below) + _size(plan.above)


def _sql_of(cut: Cut, columns: Sequence[str]) -> str:
    bound = int(cut.bound) if cut.bound == int(cut.bound) else cut.bound  # SQLite compares whole numbers faster
    return f"{columns[cut.coordinate + 1]} < {bound}"


def _sql(plan: Parted | None, columns: Sequence[str], number: int) -> tuple[str, int]:
    """The number of the group of a row in the upper half of 64 bits, beginning with `number`; and the next number."""
    if plan is None:
        return str(number << 32), number + 1
    below, number = _sql(plan.below, columns, number)
    above, number = _sql(plan.above, columns, number)
    return f"CASE WHEN {_sql_of(plan.cut, columns)} THEN {below} ELSE {above} END", number


def _groups(
    driver: Any, boxes: str, columns: Sequence[str], plan: Parted | None, condition: str, cells: Cells
) -> Iterator[list[bytes]]:
    """The cells of the boxes of a portion, group by group."""
    group_of, count = _sql(plan, columns, 0)
    groups: list[list[bytes]] = [[] for _ in range(count)]
    numbered = f"SELECT id + {group_of}, {', '.join(columns[1:])} FROM ({boxes}) WHERE {condition}"
    for rows in _fetched(driver.execute(numbered)):
        numbers, made = cells.of(rows)
        deque(map(list.append, map(groups.__getitem__, numbers), made), maxlen=0)
    groups.reverse()
    while groups:
        if group := groups.pop():
            yield group


def _fetched(cursor: Any) -> Iterator[list[tuple[Any, ...]]]:
    while rows := cursor.fetchmany(_ROWS):
        yield rows


class _Nodes:
    """Writes nodes from the leaves up; a node above another has the boxes that enclose it."""

    def __init__(self, driver: Any, tree: str, coordinates: int) -> None:
        self._driver = driver
        self._tree = tree
        self.cells = Cells(coordinates)
        ((self._size,),) = driver.execute(f"SELECT length(data) FROM main.{tree}_node WHERE nodeno = 1")
        self._capacity = int((self._size - _HEAD.size) // self.cells.size * _FILLED)
        self._last = 1  # the root, which is written last
        self._above: list[bytes] = []
        self._waiting: list[tuple[int, bytes]] = []

    def add(self, cells: Sequence[bytes], whole: Sequence[float], inside: "array[int]", *, closely: bool) -> None:
        """Write nodes that hold these cells; inside which each lies is noted by its number."""
        bounds = self.cells.bounds(b"".join(cells))
        groups = list(leaves(bounds, whole, self._capacity, closely=closely))
        ordered = b"".join([cells[place] for group in groups for place in group])
        numbers, bounds = self.cells.numbers(ordered), self.cells.bounds(ordered)
        start = 0
        for group in groups:
            end = start + len(group)
            if len(self._waiting) >= _AT_ONCE:
                self._write_waiting()
            self._last += 1
            data = _HEAD.pack(0, len(group)) + ordered[start * self.cells.size : end * self.cells.size]
            self._waiting.append((self._last, data.ljust(self._size, b"\0")))
            enclosing = [(max if axis % 2 else min)(column[start:end]) for axis, column in enumerate(bounds)]
            self._above.append(self.cells.one(self._last, enclosing))
            for number in numbers[start:end]:
                inside[number] = self._last
            start = end

    def finish(self, leaf_of: "array[int]") -> None:
        """Write the nodes above the leaves, and in which each box and each node lies."""
        depth, inside, parent_of = 0, leaf_of, array("I")
        while len(self._above) > 1:
            below, self._above, depth, inside = self._above, [], depth + 1, parent_of
            parent_of.extend([0] * (self._last + 1 - len(parent_of)))
            self.add(below, _whole(self.cells.bounds(b"".join(below))), parent_of, closely=True)
        _, data = self._waiting.pop()  # the last is the root
        _, count = _HEAD.unpack_from(data)
        self._waiting.append((1, _HEAD.pack(depth, count) + data[_HEAD.size :]))
        self._write_waiting()
        for number in self.cells.numbers(data[_HEAD.size : _HEAD.size + count * self.cells.size]):
            inside[number] = 1
        _write_numbers(self._driver, f"main.{self._tree}_rowid", ("rowid", "nodeno"), leaf_of)
        _write_numbers(self._driver, f"main.{self._tree}_parent", ("nodeno", "parentnode"), parent_of)

    def _write_waiting(self) -> None:
        self._driver.executemany(
            f"INSERT OR REPLACE INTO main.{self._tree}_node (nodeno, data) VALUES (?, ?)", self._waiting
        )
        self._waiting.clear()


def _write_numbers(driver: Any, table: str, columns: tuple[str, str], numbers: "array[int]") -> None:
    """Write each number beside its place, nothing where it is 0.

    What follows on the row before takes the next place by itself: to tell each place takes three times as long.
    """
    key, value = columns
    many = f"INSERT INTO {table} ({value}) VALUES {', '.join(['(?)'] * _NUMBERS)}"
    numbers.append(0)
    start = 0
    while start < len(numbers):
        end = numbers.index(0, start)
        if end > start:
            driver.execute(f"INSERT INTO {table} ({key}, {value}) VALUES (?, ?)", (start, numbers[start]))
            start += 1
        while end - start >= _NUMBERS:
            driver.execute(many, numbers[start : start + _NUMBERS].tolist())
            start += _NUMBERS
        driver.executemany(f"INSERT INTO {table} ({value}) VALUES (?)", ((number,) for number in numbers[start:end]))
        start = end + 1
