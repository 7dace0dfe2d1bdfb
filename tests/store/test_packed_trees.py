"""An R*Tree that was packed holds what one holds that grew, and SQLite finds it in order."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy
from sqlalchemy import Connection

from timeline.dates import MAX_INSTANT, MIN_INSTANT
from timeline.store.shadow import rtree
from timeline.store.shadow.packing import leaves, parts

COLUMNS = "id, scope_from, scope_until, known_from, known_until, at_from, at_until"
BOXES = f"SELECT {COLUMNS} FROM boxes"


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    engine = sqlalchemy.create_engine(f"sqlite:///{tmp_path / 'trees.db'}", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for tree in ("packed", "grown"):
            connection.exec_driver_sql(f"CREATE VIRTUAL TABLE {tree} USING rtree({COLUMNS})")
        connection.exec_driver_sql(f"CREATE TABLE boxes ({COLUMNS})")
        yield connection
    engine.dispose()


def some_boxes(count: int, *, seed: int = 1) -> list[tuple[int, float, float, int, int, int, int]]:
    """Boxes as regions make them: some last for ever, some bounds are negative, many are alike."""
    rng = random.Random(seed)

    def span() -> tuple[int, int]:
        start = rng.choice([MIN_INSTANT, -rng.randrange(10**15), rng.randrange(10**9), rng.randrange(10**15)])
        return start, rng.choice([MAX_INSTANT, start + 1, start + rng.randrange(1, 10**14)])

    return [(3 * number, 4 + number % 3, 4.5 + number % 3, *span(), *span()) for number in range(1, count + 1)]


def fill_both(connection: Connection, boxes: list[tuple[int, float, float, int, int, int, int]]) -> None:
    connection.exec_driver_sql("BEGIN")
    for box in boxes:
        connection.exec_driver_sql("INSERT INTO boxes VALUES (?, ?, ?, ?, ?, ?, ?)", box)
    connection.exec_driver_sql(f"INSERT INTO grown {BOXES}")
    rtree.fill(connection, "packed", BOXES)
    connection.exec_driver_sql("COMMIT")


def everything(connection: Connection, tree: str) -> list[tuple[float, ...]]:
    return sorted(tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {tree}"))


@pytest.mark.parametrize("count", [0, 1, 40, 300, 4_000], ids="{} boxes".format)
def test_a_packed_tree_holds_the_same_boxes_and_is_in_order(connection, count):
    fill_both(connection, some_boxes(count))
    assert everything(connection, "packed") == everything(connection, "grown")
    assert connection.exec_driver_sql("SELECT rtreecheck('packed')").scalar() == "ok"


def test_it_answers_as_one_that_grew_and_can_be_changed_like_one(connection):
    fill_both(connection, some_boxes(2_000))
    for tree in ("packed", "grown"):
        connection.exec_driver_sql(f"DELETE FROM {tree} WHERE id % 2 = 0")
        connection.exec_driver_sql(f"INSERT INTO {tree} SELECT id + 1, 5, 5.5, 1, 2, 3, 4 FROM boxes")
    asked = "known_from <= ?1 AND known_until >= ?1 AND at_from <= ?2 AND at_until >= ?2 AND scope_from <= 5"
    for at in (-(10**14), 3, 10**13, 10**14):
        found = [
            sorted(connection.exec_driver_sql(f"SELECT id FROM {tree} WHERE {asked}", (10**14, at)).scalars())
            for tree in ("packed", "grown")
        ]
        assert found[0] == found[1]
        assert found[0]
    assert connection.exec_driver_sql("SELECT rtreecheck('packed')").scalar() == "ok"


@pytest.mark.parametrize("in_memory", [1, 4, 1_000], ids="{} groups".format)
def test_groups_are_packed_one_by_one(connection, monkeypatch, in_memory):
    monkeypatch.setattr(rtree, "_GROUP", 130)
    monkeypatch.setattr(rtree, "_SMALL", 100)
    monkeypatch.setattr(rtree, "_IN_MEMORY", in_memory)
    fill_both(connection, some_boxes(2_000))
    assert everything(connection, "packed") == everything(connection, "grown")
    assert connection.exec_driver_sql("SELECT rtreecheck('packed')").scalar() == "ok"


def test_what_the_sample_does_not_tell_is_packed_all_the_same(connection, monkeypatch):
    """Boxes of which the sample has none go into groups that are much too large, or stay empty."""
    monkeypatch.setattr(rtree, "_SMALL", 100)
    monkeypatch.setattr(rtree, "_sample", lambda *_: [[x * y for x in range(100)] for y in (1, 1, 3, 3, 7, 7)])
    fill_both(connection, some_boxes(2_000))
    assert everything(connection, "packed") == everything(connection, "grown")
    assert connection.exec_driver_sql("SELECT rtreecheck('packed')").scalar() == "ok"


def test_numbers_may_have_gaps_between_them(connection):
    boxes = some_boxes(2_000)
    fill_both(connection, [(box[0] // 3 + (box[0] // 600) * 70, *box[1:]) for box in boxes])
    assert everything(connection, "packed") == everything(connection, "grown")
    assert connection.exec_driver_sql("SELECT rtreecheck('packed')").scalar() == "ok"


def test_numbers_that_packing_cannot_keep_are_put_in_one_by_one(connection):
    first, *others = some_boxes(300)
    fill_both(connection, [(2**32, *first[1:]), *others])
    assert everything(connection, "packed") == everything(connection, "grown")
    assert max(everything(connection, "packed"))[0] == 2**32


def test_where_the_nodes_do_not_count_the_boxes_are_put_in_one_by_one(connection, monkeypatch):
    monkeypatch.setattr(rtree, "_pack", lambda *_: 1)
    fill_both(connection, some_boxes(300))
    assert everything(connection, "packed") == everything(connection, "grown")


def test_boxes_that_are_all_alike_are_parted_all_the_same():
    alike = [[bound] * 100 for bound in (0, 1, 2, 3)]
    groups = list(leaves(alike, (0, 1, 2, 3), 40))
    assert [len(group) for group in groups] == [33, 33, 34]
    assert sorted(place for group in groups for place in group) == list(range(100))
    assert parts(alike, (0, 1, 2, 3), 4) is None


@pytest.mark.parametrize("closely", [False, True])
def test_neighbours_lie_in_one_leaf(closely):
    """Of four heaps that lie apart, no leaf holds boxes of two."""
    heaps = [(x, y) for x in (0, 1_000) for y in (0, 1_000)]
    boxes = [(0, 1, x + n % 7, x + n % 7 + 1, y + n % 5, y + n % 5 + 1) for n in range(400) for x, y in heaps]
    for group in leaves(list(zip(*boxes, strict=True)), (0, 1, 0, 1_007, 0, 1_005), 40, closely=closely):
        assert len({(boxes[place][2] > 500, boxes[place][4] > 500) for place in group}) == 1
