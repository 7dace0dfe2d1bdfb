"""The shadow on PostgreSQL: a schema of its own, whose tables are moved to where the live ones are.

The connection looks for names in the shadow's schema first and in the live one after it. So the names of derived tables
mean the shadow's, and `stored_events`, of which it has none, the log.

The swap has to mind two things. A snapshot does not freeze names: a reader that began before the last rows were
committed would find the new tables, yet not those rows. So the last rows are committed first, and the swap waits until
every transaction has ended that began before that. And a table that is asked cannot be dropped: the swap asks for all
locks at once, but never waits for them as long as the database takes to see a deadlock; it steps back and tries again.
"""

import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

import sqlalchemy
from eventsourcing.persistence import OperationalError
from sqlalchemy import Connection, Engine
from sqlalchemy.pool import NullPool
from sqlalchemy.schema import CreateTable

from timeline.store.engine import LOCK_TIMEOUT_S, WRITERS_LOCK_KEY, ReadConnection, WriteConnection
from timeline.store.failures import library_errors
from timeline.store.shadow.contract import KEPT_UP, NAMES, NOTES, AlreadyRunning, CannotSwap, CatchUp, Mark, Stage

SCHEMA: Final = "timeline_rebuild"
REBUILD_LOCK_KEY: Final = WRITERS_LOCK_KEY + 1
"""The advisory lock that a rebuild holds from its beginning to its end."""

_WORDS: Final = "search_index"
_OWN: Final = "rebuild_mark"
_ALL: Final = (*NAMES, _WORDS)
_TRIES: Final = 5
_OLD_SNAPSHOTS_S: Final = 10.0
"""How long a try waits for transactions that began before, in seconds; appends wait as long."""
_LOCKS_S: Final = 10.0
"""How long a try goes on asking for the locks."""
_LOCK_WAIT_MS: Final = 150
_PAUSE_S: Final = 0.05

_INDEXES: Final = """
    SELECT pg_get_indexdef(i.indexrelid), c.relname
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indrelid = %s::regclass AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid
        AND k.conrelid = i.indrelid AND k.contype IN ('p', 'u', 'x'))
    ORDER BY c.relname
"""
_CONSTRAINTS: Final = """
    SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid = %s::regclass AND contype IN ('p', 'u', 'f') ORDER BY contype = 'f', conname
"""
_GRANTS: Final = """
    SELECT acl.privilege_type, CASE acl.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(acl.grantee)) END,
           acl.is_grantable
    FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) acl WHERE c.oid = %s::regclass AND acl.grantee <> c.relowner
"""
# Who waits for the writers' lock began before, but asks again once it has the lock.
_OPEN: Final = """
    SELECT l.virtualtransaction FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
    WHERE l.locktype = 'virtualxid' AND a.datname = current_database() AND l.pid <> pg_backend_pid()
    AND NOT EXISTS (SELECT 1 FROM pg_locks w WHERE w.pid = l.pid AND w.locktype = 'advisory' AND NOT w.granted)
"""


class PostgreSQLShadow:
    """See `timeline.store.shadow.contract.Shadow`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = sqlalchemy.create_engine(engine.url, poolclass=NullPool, isolation_level="READ COMMITTED")
        self._open: Connection | None = None
        self._live = "public"

    def prepare(self, made_for: str, *, from_scratch: bool) -> None:
        """See `Shadow.prepare`."""
        with library_errors(self._engine):
            connection = self._open = self._engine.connect()
        with self._transaction():
            ((is_mine,),) = _rows(connection, "SELECT pg_try_advisory_lock(%s)", REBUILD_LOCK_KEY)
            if not is_mine:
                raise AlreadyRunning(
                    "another rebuild of this database is running.", remedy="Wait until it is done, or stop it."
                )
            ((self._live,),) = _rows(connection, "SELECT current_schema()")
            _run(connection, f"SET SESSION search_path = {SCHEMA}, {_quoted(self._live)}")
            _run(connection, f"SET SESSION lock_timeout = '{LOCK_TIMEOUT_S}s'")
            _run(connection, "SET SESSION jit = off")
        with self._transaction():
            is_there = _rows(connection, "SELECT to_regclass(%s)", f"{SCHEMA}.{_OWN}") != [(None,)]
            found = _rows(connection, f"SELECT made_for FROM {SCHEMA}.{_OWN}") if is_there else []
        if from_scratch or found != [(made_for,)]:
            self._lay_out(made_for)

    def _lay_out(self, made_for: str) -> None:
        """Make the tables as the live ones are, down to the names of their constraints and indexes."""
        with self._transaction() as connection:
            _run(connection, f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
            _run(connection, f"CREATE SCHEMA {SCHEMA}")
            _run(
                connection,
                f"CREATE TABLE {SCHEMA}.{_OWN} (made_for text, position bigint, digest text, stage int, key_id bigint)",
            )
            _run(connection, f"INSERT INTO {SCHEMA}.{_OWN} VALUES (%s, 0, '', 0, 0)", made_for)
            for name in _ALL:
                _run(
                    connection,
                    f"CREATE TABLE {SCHEMA}.{name} (LIKE {self._of_live(name)} INCLUDING DEFAULTS INCLUDING COMMENTS "
                    "INCLUDING STORAGE)",
                )
                for constraint, definition in self._constraints(name):
                    _run(connection, f"ALTER TABLE {SCHEMA}.{name} ADD CONSTRAINT {_quoted(constraint)} {definition}")
                self._make_indexes(name, KEPT_UP)
            _run(connection, f"SET LOCAL search_path = {SCHEMA}")
            for notes in NOTES:
                _run(connection, str(CreateTable(notes).compile(dialect=connection.dialect)))

    def _constraints(self, name: str) -> list[tuple[Any, ...]]:
        """Those of a live table, told as if the live schema were the only one: what they refer to is in the shadow."""
        connection = self._connection
        _run(connection, f"SET LOCAL search_path = {_quoted(self._live)}")
        found = _rows(connection, _CONSTRAINTS, self._of_live(name))
        _run(connection, f"SET LOCAL search_path = {SCHEMA}, {_quoted(self._live)}")
        return found

    def _make_indexes(self, name: str, names: Collection[str]) -> None:
        for definition, index in _rows(self._connection, _INDEXES, self._of_live(name)):
            if index in names:
                _run(self._connection, definition.replace(f" ON {self._of_live(name)} ", f" ON {SCHEMA}.{name} ", 1))

    def mark(self) -> Mark:
        """See `Shadow.mark`."""
        with self._transaction() as connection:
            ((position, digest, stage, key),) = _rows(
                connection, f"SELECT position, digest, stage, key_id FROM {SCHEMA}.{_OWN}"
            )
        return Mark(position, digest, Stage(stage), key)

    def restart(self) -> None:
        """See `Shadow.restart`."""
        with self._transaction() as connection:
            ((made_for,),) = _rows(connection, f"SELECT made_for FROM {SCHEMA}.{_OWN}")
        self._lay_out(made_for)

    @contextmanager
    def filling(self, until: Callable[[], Mark]) -> Iterator[WriteConnection]:
        """See `Shadow.filling`."""
        with self._transaction() as connection:
            yield WriteConnection(ReadConnection(connection))
            _run(
                connection,
                f"UPDATE {SCHEMA}.{_OWN} SET position = %s, digest = %s, stage = %s, key_id = %s",
                *until().as_row(),
            )

    def complete(self, on_step: Callable[[], None]) -> None:
        """Make the indexes that are better made of full tables, and give the planner its statistics."""
        for name in _ALL:
            with self._transaction() as connection:
                made = {index for _, index in _rows(connection, _INDEXES, f"{SCHEMA}.{name}")}
                wanted = {index for _, index in _rows(connection, _INDEXES, self._of_live(name))}
                self._make_indexes(name, wanted - made)
                _run(connection, f"ANALYZE {SCHEMA}.{name}")
            on_step()
        with self._transaction() as connection:
            _run(connection, f"TRUNCATE {', '.join(f'{SCHEMA}.{notes.name}' for notes in NOTES)}")

    def swap(self, catch_up: CatchUp, on_step: Callable[[], None]) -> Mark:  # noqa: ARG002 - it takes no time
        """See `Shadow.swap`."""
        for _ in range(_TRIES):
            with self._no_appends():
                last = self._caught_up(catch_up)
                if self._old_snapshots_gone() and self._swapped():
                    self.close()
                    return last
            time.sleep(_PAUSE_S)
        raise CannotSwap(
            "another transaction has been open in this database for so long that the new tables could not take the "
            "place of the live ones, which are as they were.",
            remedy="Run `timeline rebuild` again when it is over: nothing needs to be built anew.",
        )

    def _caught_up(self, catch_up: CatchUp) -> Mark:
        last = self.mark()
        with self.filling(lambda: last) as connection:
            last = catch_up(connection, last)
        return last

    @contextmanager
    def _no_appends(self) -> Iterator[None]:
        """Hold the writers' lock over several transactions."""
        with self._transaction() as connection, library_errors(self._engine):
            _run(connection, "SELECT pg_advisory_lock(%s)", WRITERS_LOCK_KEY)
        try:
            yield
        finally:
            if self._open is not None:
                with self._transaction() as connection:
                    _run(connection, "SELECT pg_advisory_unlock(%s)", WRITERS_LOCK_KEY)

    def _old_snapshots_gone(self) -> bool:
        deadline = time.monotonic() + _OLD_SNAPSHOTS_S
        old = self._transactions()
        while old and time.monotonic() < deadline:
            time.sleep(_PAUSE_S)
            old &= self._transactions()
        return not old

    def _transactions(self) -> set[str]:
        with self._transaction() as connection:
            return {row[0] for row in _rows(connection, _OPEN)}

    def _swapped(self) -> bool:
        """Swap, unless the locks are not to be had."""
        live = ", ".join(self._of_live(name) for name in _ALL)
        deadline = time.monotonic() + _LOCKS_S
        with self._transaction() as connection:
            _run(connection, f"LOCK TABLE {live} IN SHARE UPDATE EXCLUSIVE MODE")  # sends an autovacuum away
            _run(connection, f"SET LOCAL lock_timeout = '{_LOCK_WAIT_MS}ms'")
            while True:
                _run(connection, "SAVEPOINT before")
                try:
                    with library_errors(self._engine):
                        _run(connection, f"LOCK TABLE {live} IN ACCESS EXCLUSIVE MODE")
                    break
                except OperationalError:
                    _run(connection, "ROLLBACK TO before")
                if time.monotonic() > deadline:
                    return False
                time.sleep(_PAUSE_S)
            for name in _ALL:
                for privilege, grantee, is_grantable in _rows(connection, _GRANTS, self._of_live(name)):
                    option = " WITH GRANT OPTION" if is_grantable else ""
                    _run(connection, f"GRANT {privilege} ON {SCHEMA}.{name} TO {grantee}{option}")
            _run(connection, f"DROP TABLE {live}")
            for name in _ALL:
                _run(connection, f"ALTER TABLE {SCHEMA}.{name} SET SCHEMA {_quoted(self._live)}")
            _run(connection, f"DROP SCHEMA {SCHEMA} CASCADE")
        return True

    def close(self) -> None:
        """See `Shadow.close`."""
        if self._open is not None:
            with suppress(sqlalchemy.exc.SQLAlchemyError):
                self._open.close()  # the session ends, and its locks with it
            self._open = None
        self._engine.dispose()

    @property
    def _connection(self) -> Connection:
        if self._open is None:
            raise RuntimeError("the shadow is closed")
        return self._open

    def _of_live(self, name: str) -> str:
        return f"{_quoted(self._live)}.{name}"

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with library_errors(self._engine), self._connection.begin():
            yield self._connection


def _quoted(name: str) -> str:
    plain = name.isascii() and name.islower() and name.isidentifier()
    return name if plain else '"' + name.replace('"', '""') + '"'


def _run(connection: Connection, sql: str, *parameters: object) -> None:
    connection.exec_driver_sql(sql, parameters)


def _rows(connection: Connection, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.exec_driver_sql(sql, parameters)]
