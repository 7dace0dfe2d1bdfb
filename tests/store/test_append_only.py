"""The database itself keeps the log append-only, against every client."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest
from sqlalchemy import make_url

from tests.store.events import batch
from timeline.store import SQLApplicationRecorder, create_engine

EVENTS = batch(3)


def record(url: str) -> None:
    engine = create_engine(url)
    SQLApplicationRecorder(engine).insert_events(EVENTS)
    engine.dispose()


@pytest.fixture
def raw_sqlite(sqlite_url) -> Iterator[sqlite3.Connection]:
    record(sqlite_url)
    with closing(sqlite3.connect(make_url(sqlite_url).database or "")) as connection:
        yield connection


@pytest.fixture
def raw_postgresql(postgresql_url) -> Iterator[psycopg.Connection]:
    record(postgresql_url)
    url = make_url(postgresql_url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection


REWRITES = {
    "an update": ("UPDATE stored_events SET state = ''", "stored_events is append-only: UPDATE is refused"),
    "an update of one column": (
        "UPDATE stored_events SET position = position + 9 WHERE position = 3",
        "stored_events is append-only: UPDATE is refused",
    ),
    "a delete": ("DELETE FROM stored_events", "stored_events is append-only: DELETE is refused"),
    "a delete of the last event": (
        "DELETE FROM stored_events WHERE position = 3",
        "stored_events is append-only: DELETE is refused",
    ),
    "an upsert": (
        """INSERT INTO stored_events SELECT 4, originator_id, originator_version, topic, state FROM stored_events
        WHERE position = 1 ON CONFLICT (originator_id, originator_version) DO UPDATE SET topic = 'forged'""",
        "stored_events is append-only: ",
    ),
}
BY_NAME = pytest.mark.parametrize(("statement", "told"), REWRITES.values(), ids=REWRITES.keys())


@BY_NAME
def test_sqlite_refuses(raw_sqlite, statement, told):
    with pytest.raises(sqlite3.IntegrityError, match=told):
        raw_sqlite.execute(statement)
    assert_as_recorded(raw_sqlite)


@BY_NAME
def test_postgresql_refuses(raw_postgresql, statement, told):
    with pytest.raises(psycopg.IntegrityError, match=told):
        raw_postgresql.execute(statement)
    assert_as_recorded(raw_postgresql)


def test_postgresql_refuses_to_truncate(raw_postgresql):
    with pytest.raises(psycopg.IntegrityError, match="stored_events is append-only: TRUNCATE is refused"):
        raw_postgresql.execute("TRUNCATE stored_events")
    assert_as_recorded(raw_postgresql)


def test_sqlite_refuses_to_replace_a_position(raw_sqlite):
    with pytest.raises(sqlite3.IntegrityError, match="stored_events is append-only: an event takes the next position"):
        raw_sqlite.execute("INSERT OR REPLACE INTO stored_events VALUES (2, zeroblob(16), 1, 'forged', '')")
    assert_as_recorded(raw_sqlite)


def test_sqlite_refuses_to_replace_a_version(raw_sqlite):
    forged = (EVENTS[1].originator_id.bytes, EVENTS[1].originator_version)  # type: ignore[union-attr]
    with pytest.raises(sqlite3.IntegrityError, match="stored_events is append-only: that version is recorded already"):
        raw_sqlite.execute("INSERT OR REPLACE INTO stored_events VALUES (4, ?, ?, 'forged', '')", forged)
    assert_as_recorded(raw_sqlite)


def test_sqlite_refuses_a_gap(raw_sqlite):
    with pytest.raises(sqlite3.IntegrityError, match="stored_events is append-only: an event takes the next position"):
        raw_sqlite.execute("INSERT INTO stored_events VALUES (5, zeroblob(16), 1, 'early', '')")
    assert_as_recorded(raw_sqlite)


def assert_as_recorded(connection: sqlite3.Connection | psycopg.Connection) -> None:
    rows = connection.execute("SELECT position, topic, state FROM stored_events ORDER BY position").fetchall()
    assert rows == [(place, event.topic, event.state) for place, event in enumerate(EVENTS, start=1)]
