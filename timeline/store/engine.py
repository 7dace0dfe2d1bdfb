"""Engines, and the two kinds of transaction the store knows.

A *read* is a snapshot that cannot write: everything asked inside it sees one and the same moment of the log,
however long it takes. A *write* is alone: it holds the one write lock from its first statement to its commit,
so positions are given out without gaps and in the order of the commits. The two are different types, so that
a function which only reads cannot be handed the means to write, and a writer may still call it.

Nothing is opened before the first transaction.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import contextmanager, suppress
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal, NewType

import sqlalchemy
from eventsourcing.persistence import OperationalError
from sqlalchemy import Connection, Engine, event, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from timeline.errors import InvalidInput
from timeline.store.failures import library_errors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import URL
    from sqlalchemy.pool import ConnectionPoolEntry

ReadConnection = NewType("ReadConnection", Connection)
"""A connection inside a read-only snapshot transaction."""

WriteConnection = NewType("WriteConnection", ReadConnection)
"""A connection inside the one write transaction. It reads as well as it writes."""

LOCK_TIMEOUT_S = 30
"""How long a writer waits for another one, in seconds, before it gives up."""

WRITERS_LOCK_KEY = 0x74696D656C696E65
"""The PostgreSQL advisory lock that writers hold: "timeline" in ASCII. Advisory locks are per database."""

_CACHE_KIB = 8 * 1024
_MMAP_BYTES = 16 * 1024 * 1024
_WAL_BYTES = 64 * 1024 * 1024
_PREPARE_AFTER = 2

_WRITER = "timeline_writer"
_MODE = "timeline_mode"


def create_engine(url: str, *, pool_size: int = 5, synchronous: Literal["FULL", "NORMAL"] = "FULL") -> Engine:
    """An engine for an SQLite file or memory database, or for PostgreSQL through psycopg 3.

    Args:
        url: `sqlite:///timeline.db`, `sqlite://` (memory) or `postgresql://user@host/database`.
        pool_size: most connections open at once, at least 1; further callers wait up to 30 seconds. A memory
            database lives in a single connection, and there the bound is 1.
        synchronous: SQLite only. `FULL` makes an acknowledged append survive a loss of power, `NORMAL` only a
        crash
            of the process: for bulk loads that can be started anew.

    Raises:
        InvalidInput: the URL cannot be read, or names another database.
    """
    if pool_size < 1:
        raise InvalidInput(f"{pool_size} connections are not enough.", field="pool_size", remedy="Allow at least 1.")
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise InvalidInput(
            "This is not a database URL.", field="database_url", remedy="Write sqlite:///timeline.db, say."
        ) from error
    match parsed.get_backend_name():
        case "sqlite":
            engine = _sqlite(parsed, pool_size, synchronous)
        case "postgresql":
            engine = _postgresql(parsed, pool_size)
        case other:
            raise InvalidInput(
                f"The store does not run on {other}.",
                field="database_url",
                remedy="Use sqlite:///… or postgresql://….",
            )
    # Waiting writers queue here, before they take a connection, so that they cannot starve the readers.
    engine.update_execution_options(**{_WRITER: Lock()})
    return engine


@contextmanager
def read(engine: Engine) -> Iterator[ReadConnection]:
    """A read-only transaction on one snapshot of the database; nothing in it blocks a writer.

    Raises:
        eventsourcing.persistence.OperationalError: the database cannot be reached or no connection is free.
    """
    options = _READ_OPTIONS[engine.dialect.name]
    with _connected(engine) as connection:  # closing ends the transaction, and there is nothing to commit
        with library_errors(engine):
            connection.execution_options(**options).begin()
        yield ReadConnection(connection)


@contextmanager
def write(engine: Engine) -> Iterator[WriteConnection]:
    """The write transaction: alone from the start, committed at the end, rolled back if the body raises.

    Raises:
        eventsourcing.persistence.OperationalError: another writer did not finish within `LOCK_TIMEOUT_S`.
    """
    writer: Lock = engine.get_execution_options()[_WRITER]
    if not writer.acquire(timeout=LOCK_TIMEOUT_S):
        raise OperationalError(f"Another writer of this process has held the log for {LOCK_TIMEOUT_S} s.")
    try:
        with _connected(engine) as connection:
            with library_errors(engine):
                transaction = connection.execution_options(**{_MODE: "write"}).begin()
                if engine.dialect.name == "postgresql":
                    _lock_postgresql(connection)
            yield WriteConnection(ReadConnection(connection))
            with library_errors(engine):
                transaction.commit()
    finally:
        writer.release()


@contextmanager
def _connected(engine: Engine) -> Iterator[Connection]:
    with library_errors(engine):
        connection = engine.connect()
    try:
        yield connection
    except KeyboardInterrupt:
        if engine.dialect.name == "postgresql":  # half a statement may be under way, which no rollback can end
            connection.invalidate()
        raise
    finally:
        # If the rollback fails, the database was lost and has rolled back by itself. The pool throws the
        # connection away; what was read stands, and so does the error on its way to the caller.
        with suppress(SQLAlchemyError):
            connection.close()


_READ_OPTIONS: dict[str, dict[str, Any]] = {
    "sqlite": {_MODE: "read"},
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}


def _sqlite(url: URL, pool_size: int, synchronous: str) -> Engine:
    memory = _is_memory(url)
    engine = sqlalchemy.create_engine(
        url,
        poolclass=QueuePool,
        pool_size=1 if memory else pool_size,
        max_overflow=0,
        pool_timeout=LOCK_TIMEOUT_S,
        pool_use_lifo=True,  # the page cache of the last connection used is the warmest
        connect_args={
            "timeout": LOCK_TIMEOUT_S,
            "isolation_level": None,  # the driver begins nothing by itself; `_begin_sqlite` does
            "check_same_thread": False,  # the pool hands a connection to one thread at a time
        },
    )

    @event.listens_for(engine, "connect")
    def configure(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        if not memory:
            _enter_wal(connection)
        connection.execute(f"PRAGMA synchronous = {synchronous}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        connection.execute(f"PRAGMA mmap_size = {_MMAP_BYTES}")
        connection.execute(f"PRAGMA journal_size_limit = {_WAL_BYTES}")

    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _is_memory(url: URL) -> bool:
    return url.database in {None, "", ":memory:"} or url.query.get("mode") == "memory"


def _enter_wal(connection: sqlite3.Connection) -> None:
    """Switch the file to write-ahead logging, once in its life.

    Whoever opens a new file first makes the switch, and meanwhile SQLite turns the others away without
    regard to their timeout.
    """
    deadline = time.monotonic() + LOCK_TIMEOUT_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    mode = connection.get_execution_options().get(_MODE)
    read_only = mode == "read"
    if connection.info.get(_MODE, False) is not read_only:
        connection.exec_driver_sql(f"PRAGMA query_only = {int(read_only)}")
        connection.info[_MODE] = read_only
    connection.exec_driver_sql("BEGIN IMMEDIATE" if mode == "write" else "BEGIN")


def _postgresql(url: URL, pool_size: int) -> Engine:
    engine = sqlalchemy.create_engine(
        url.set(drivername="postgresql+psycopg"),
        poolclass=QueuePool,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=LOCK_TIMEOUT_S,
        pool_use_lifo=True,
        pool_pre_ping=True,
        connect_args={"prepare_threshold": _PREPARE_AFTER},
    )

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _entry: ConnectionPoolEntry) -> None:  # psycopg is loaded only when in use
        connection.autocommit = True
        connection.execute(f"SET lock_timeout = '{LOCK_TIMEOUT_S}s'")
        connection.execute("SET jit = off")  # compiling a query takes longer than any query of this service
        connection.autocommit = False

    return engine


def _lock_postgresql(connection: Connection) -> None:
    # READ COMMITTED on purpose: the statement after the lock must see what the writer before us committed.
    # The pipeline sends BEGIN and the lock in one round trip.
    driver: Any = connection.connection.driver_connection
    with driver.pipeline():
        driver.execute("SELECT pg_advisory_xact_lock(%s)", (WRITERS_LOCK_KEY,))
