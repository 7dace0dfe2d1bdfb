"""The shadow on SQLite: a file beside the database, whose tables are moved into it at the end.

The file is the main database of its connection and the live one is attached to it. So the names of derived tables mean
those of the file, and `stored_events`, which it lacks, the log. Nobody who appends waits for a rebuild, and a rebuild
that is cut short leaves nothing behind in the live database. Most indexes and the R*Trees are made in the file when its
tables are full (`timeline.store.shadow.rtree`).

At the end everything is copied into the live database under names of its own, table by table, pages and all; an R*Tree
and the index of words are plain tables below, and are copied as such. The swap is a matter of names. SQLite has no
statement that renames an index; its way is to write the new name into the schema.
"""

import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import sqlalchemy
from eventsourcing.persistence import OperationalError
from sqlalchemy import URL, Connection, Engine, event
from sqlalchemy.pool import NullPool
from sqlalchemy.schema import CreateTable

from timeline.errors import InvalidInput
from timeline.store.engine import LOCK_TIMEOUT_S, ReadConnection, WriteConnection, write
from timeline.store.failures import library_errors
from timeline.store.shadow import rtree
from timeline.store.shadow.contract import KEPT_UP, NAMES, NOTES, AlreadyRunning, CatchUp, Mark, Stage

SUFFIX: Final = ".rebuild"
"""What is put behind the name of the database file."""
NEW: Final = "rebuilt_"
OLD: Final = "retired_"
"""How names begin in the live database, of tables that are on their way in and out."""

_WORDS: Final = "search_index"
_VIRTUAL: Final = ("region_boxes", "past_boxes", _WORDS)
_BELOW: Final = "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name LIKE ? || '\\_%' ESCAPE '\\'"
_OWN: Final = "rebuild_mark"
_MERGING: Final = {"automerge": 4, "crisismerge": 16}
"""When FTS5 merges what it has written, as it usually does; while a shadow is filled it does not, and then once."""
_NEVER: Final = {"automerge": 0, "crisismerge": 1_000_000}
_CACHE_KIB: Final = 64 * 1024
_LONG_S: Final = 0.1
"""A transaction that has kept others from appending for so long begins nothing more, in seconds."""
_LONGEST_PAUSE_S: Final = 0.25
_HEAD: Final = re.compile(r'^(CREATE (?:VIRTUAL )?TABLE )"?(\w+)"?')
_REFERENCE: Final = re.compile(r'REFERENCES "?(\w+)"?')
_INDEX: Final = re.compile(r'^(CREATE (?:UNIQUE )?INDEX )"?(\w+)"? ON "?(\w+)"?')
_INDEXES: Final = "SELECT name, sql FROM {schema}.sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql NOT NULL"


class SQLiteShadow:
    """See `timeline.store.shadow.contract.Shadow`."""

    def __init__(self, engine: Engine, boxes: Mapping[str, str]) -> None:
        path = engine.url.database
        if path in {None, "", ":memory:"} or engine.url.query.get("mode") == "memory":
            raise InvalidInput(
                "a database in memory cannot be rebuilt.", field="database_url", remedy="Use a database in a file."
            )
        self._live = engine
        self._boxes = boxes
        self._path = Path(f"{path}{SUFFIX}")
        self._engine = _engine_of(self._path)
        self._open: Connection | None = None

    def prepare(self, made_for: str, *, from_scratch: bool) -> None:
        """See `Shadow.prepare`."""
        connection = self._engine.connect()
        self._open = connection
        self._take(connection)
        _run(connection, "ATTACH DATABASE ? AS live", str(self._live.url.database))
        _run(connection, "PRAGMA live.synchronous = NORMAL")  # the swap is a commit that lasts, with all before it
        with write(self._live) as live:
            _drop_all(live, NEW)
            _drop_all(live, OLD)
        found = _rows(connection, f"SELECT made_for FROM main.{_OWN}")
        if from_scratch or [row[0] for row in found] != [made_for]:
            self._lay_out(made_for)

    def _take(self, connection: Connection) -> None:
        """Hold the file for as long as the connection is open: its lock goes with the process."""
        _run(connection, "PRAGMA busy_timeout = 0")
        _run(connection, "PRAGMA main.locking_mode = EXCLUSIVE")
        try:
            with library_errors(self._engine):
                # nearly all pages are new: a journal of what was there writes them once, a WAL twice
                _run(connection, "PRAGMA main.journal_mode = TRUNCATE")
                _run(connection, "BEGIN EXCLUSIVE")
                _run(
                    connection,
                    f"CREATE TABLE IF NOT EXISTS main.{_OWN} (made_for TEXT NOT NULL, position INTEGER NOT NULL, "
                    "digest TEXT NOT NULL, stage INTEGER NOT NULL, key_id INTEGER NOT NULL)",
                )
                _run(connection, "COMMIT")
        except OperationalError as error:
            raise AlreadyRunning(
                "another rebuild of this database is running.", remedy="Wait until it is done, or stop it."
            ) from error
        _run(connection, "PRAGMA main.synchronous = FULL")
        _run(connection, f"PRAGMA main.cache_size = -{_CACHE_KIB}")
        _run(connection, f"PRAGMA busy_timeout = {LOCK_TIMEOUT_S * 1000}")

    def _lay_out(self, made_for: str) -> None:
        connection = self._connection
        with self._transaction():
            every = "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND sql LIKE ? AND name <> ?"
            for kind in ("CREATE VIRTUAL%", "CREATE TABLE%"):  # with a virtual one go the tables below it
                for (name,) in _rows(connection, every, kind, _OWN):
                    _run(connection, f"DROP TABLE main.{name}")
            for name in (*NAMES, _WORDS):
                _run(connection, _definition(connection, name))
                for index, sql in _rows(connection, _INDEXES.format(schema="live"), name):
                    if index in KEPT_UP:
                        _run(connection, sql)
            for setting in _MERGING:
                _set_words(connection, setting, _NEVER[setting])
            for notes in NOTES:
                _run(connection, str(CreateTable(notes).compile(dialect=connection.dialect)))
            _run(connection, f"DELETE FROM main.{_OWN}")
            _run(connection, f"INSERT INTO main.{_OWN} VALUES (?, 0, '', 0, 0)", made_for)

    def mark(self) -> Mark:
        """See `Shadow.mark`."""
        ((position, digest, stage, key),) = _rows(
            self._connection, f"SELECT position, digest, stage, key_id FROM main.{_OWN}"
        )
        return Mark(position, digest, Stage(stage), key)

    def restart(self) -> None:
        """See `Shadow.restart`."""
        ((made_for,),) = _rows(self._connection, f"SELECT made_for FROM main.{_OWN}")
        self._lay_out(made_for)

    @contextmanager
    def filling(self, until: Callable[[], Mark]) -> Iterator[WriteConnection]:
        """See `Shadow.filling`."""
        with self._transaction() as connection:
            yield WriteConnection(ReadConnection(connection))
            _run(
                connection, f"UPDATE main.{_OWN} SET position = ?, digest = ?, stage = ?, key_id = ?", *until().as_row()
            )

    def complete(self, on_step: Callable[[], None]) -> None:
        """Make the indexes and the R*Trees in the file."""
        connection = self._connection
        made = {name for (name,) in _rows(connection, "SELECT name FROM main.sqlite_schema")}
        for table in NAMES:
            for index, sql in _rows(connection, _INDEXES.format(schema="live"), table):
                if index not in made:
                    with self._transaction():
                        _run(connection, sql)
                    on_step()
        for tree, boxes in self._boxes.items():
            if tree not in made:
                with self._transaction():
                    _run(connection, _definition(connection, tree))
                    rtree.fill(connection, tree, boxes)
                on_step()
        ((merging,),) = _rows(connection, f"SELECT v FROM main.{_WORDS}_config WHERE k = 'automerge'")
        if merging != _MERGING["automerge"]:
            with self._transaction():
                _run(connection, f"INSERT INTO main.{_WORDS} ({_WORDS}) VALUES ('optimize')")
                for setting, usual in _MERGING.items():
                    _set_words(connection, setting, usual)
            on_step()

    def _copy(self, on_step: Callable[[], None]) -> None:
        """Copy everything into the live database under new names, a few steps of it in each transaction."""
        steps = list(self._steps())
        while steps:
            began = time.monotonic()
            with self._transaction("IMMEDIATE") as connection:
                while steps and time.monotonic() - began < _LONG_S:
                    for sql in steps.pop(0):
                        _run(connection, sql)
            on_step()
            time.sleep(min(time.monotonic() - began, _LONGEST_PAUSE_S))  # for those who wait to append

    def _steps(self) -> Iterator[list[str]]:
        """Tables with their indexes, empty, into which SQLite copies whole records, unread and in their order."""
        connection = self._connection
        for name in NAMES:
            made = [_renamed(_definition(connection, name))]
            for index, sql in _rows(connection, _INDEXES.format(schema="main"), name):
                made.append(_INDEX.sub(rf"\1live.{NEW}{index} ON {NEW}{name}", sql))
            yield [*made, f"INSERT INTO live.{NEW}{name} SELECT * FROM main.{name}"]
        for name in _VIRTUAL:
            yield [_renamed(_definition(connection, name))]
            for (below,) in _rows(connection, _BELOW, name):
                yield [f"DELETE FROM live.{NEW}{below}", f"INSERT INTO live.{NEW}{below} SELECT * FROM main.{below}"]

    def swap(self, catch_up: CatchUp, on_step: Callable[[], None]) -> Mark:
        """See `Shadow.swap`. A snapshot of SQLite has the schema of its moment: nobody sees half of it."""
        self._copy(on_step)
        mark = self.mark()
        with write(self._live) as live:
            indexes = [index for name in NAMES for index, _ in _rows(live, _INDEXES.format(schema="main"), name)]
            for name in (*NAMES, *_VIRTUAL):
                _run(live, f"ALTER TABLE {name} RENAME TO {OLD}{name}")
            for name in (*NAMES, *_VIRTUAL):
                _run(live, f"ALTER TABLE {NEW}{name} RENAME TO {name}")
            _rename_indexes(live, [*((i, f"{OLD}{i}") for i in indexes), *((f"{NEW}{i}", i) for i in indexes)])
            last = catch_up(live, mark)
        retired = [*NAMES, *_VIRTUAL]
        while retired:
            began = time.monotonic()
            with write(self._live) as live:
                while retired and time.monotonic() - began < _LONG_S:
                    _run(live, f"DROP TABLE {OLD}{retired.pop()}")
        self._finish()
        return last

    def _finish(self) -> None:
        self.close()
        for end in ("", "-wal", "-shm", "-journal"):
            Path(f"{self._path}{end}").unlink(missing_ok=True)

    def close(self) -> None:
        """See `Shadow.close`."""
        if self._open is not None:
            with suppress(sqlalchemy.exc.SQLAlchemyError):
                self._open.close()
            self._open = None
        self._engine.dispose()

    @property
    def _connection(self) -> Connection:
        if self._open is None:
            raise RuntimeError("the shadow is closed")
        return self._open

    @contextmanager
    def _transaction(self, mode: str = "DEFERRED") -> Iterator[Connection]:
        """A transaction; a deferred one locks the live database against nobody as long as it is only read."""
        connection = self._connection
        _run(connection, f"BEGIN {mode}")
        try:
            yield connection
        except BaseException:
            _run(connection, "ROLLBACK")
            raise
        _run(connection, "COMMIT")


def _set_words(connection: Connection, setting: str, value: int) -> None:
    _run(connection, f"INSERT INTO main.{_WORDS} ({_WORDS}, rank) VALUES (?, ?)", setting, value)


def _engine_of(path: Path) -> Engine:
    engine = sqlalchemy.create_engine(
        URL.create("sqlite", database=str(path)),
        poolclass=NullPool,
        connect_args={"isolation_level": None, "check_same_thread": False},
    )
    event.listen(engine, "begin", lambda _: None)
    return engine


def _definition(connection: Connection, name: str) -> str:
    ((sql,),) = _rows(connection, "SELECT sql FROM live.sqlite_schema WHERE type = 'table' AND name = ?", name)
    return str(sql)


def _renamed(sql: str) -> str:
    """The definition of a table as one that is on its way in, referring to others that are."""
    return _REFERENCE.sub(rf"REFERENCES {NEW}\1", _HEAD.sub(rf"\1live.{NEW}\2", sql))


def _drop_all(live: Connection, prefix: str) -> None:
    """Drop what a rebuild that was killed has left in the live database."""
    for name in reversed((*NAMES, *_VIRTUAL)):
        _run(live, f"DROP TABLE IF EXISTS {prefix}{name}")


def _rename_indexes(live: Connection, names: list[tuple[str, str]]) -> None:
    _run(live, "PRAGMA writable_schema = ON")
    for old, new in names:
        ((sql,),) = _rows(live, "SELECT sql FROM sqlite_schema WHERE type = 'index' AND name = ?", old)
        table = _INDEX.sub(rf"\1{new} ON \3", sql)
        _run(live, "UPDATE sqlite_schema SET name = ?, sql = ? WHERE type = 'index' AND name = ?", new, table, old)
    _run(live, "PRAGMA writable_schema = RESET")


def _run(connection: Connection, sql: str, *parameters: object) -> None:
    connection.exec_driver_sql(sql, parameters)


def _rows(connection: Connection, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.exec_driver_sql(sql, parameters)]
