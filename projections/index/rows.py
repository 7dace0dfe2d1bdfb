"""Rows straight from the driver: the index asks small questions by the thousand, and each microsecond counts.

SQL is written once, with question marks; PostgreSQL gets its own placeholders. On PostgreSQL writes are pipelined:
they travel with the next question instead of waiting for an answer each.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from timeline.store import ReadConnection, WriteConnection

Row = tuple[Any, ...]


@lru_cache(maxsize=512)
def _for_psycopg(sql: str) -> str:
    return sql.replace("%", "%%").replace("?", "%s")


class Rows:
    """Asks and writes in the transaction of a connection."""

    def __init__(self, connection: ReadConnection) -> None:
        self.is_sqlite = connection.dialect.name == "sqlite"
        driver: Any = connection.connection.driver_connection
        self._driver = driver
        self._cursor: Any = driver.cursor()

    def all(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """All rows that answer a question."""
        if self.is_sqlite:
            found: list[Row] = self._cursor.execute(sql, parameters).fetchall()
            return found
        answered: list[Row] = self._cursor.execute(_for_psycopg(sql), parameters).fetchall()
        return answered

    def one(self, sql: str, parameters: Sequence[object] = ()) -> Row | None:
        """The first row that answers a question."""
        rows = self.all(sql, parameters)
        return rows[0] if rows else None

    def close(self) -> None:
        """Give the cursor back."""
        self._cursor.close()


class WritableRows(Rows):
    """Asks and writes in the one write transaction."""

    def __init__(self, connection: WriteConnection) -> None:
        super().__init__(connection)
        self._deferred: dict[str, list[Sequence[object]]] = {}

    def defer(self, sql: str, parameters: Sequence[object]) -> None:
        """Write something that nobody will read before `flush`."""
        self._deferred.setdefault(sql, []).append(parameters)

    def flush(self) -> None:
        """Write what was deferred, statement by statement."""
        deferred, self._deferred = self._deferred, {}
        for sql, rows in deferred.items():
            self.run_many(sql, rows)

    def run(self, sql: str, parameters: Sequence[object]) -> None:
        """Write something."""
        if self.is_sqlite:
            self._cursor.execute(sql, parameters)
        else:
            self._driver.execute(_for_psycopg(sql), parameters)

    def run_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Write the same thing for many rows."""
        if self.is_sqlite:
            self._cursor.executemany(sql, rows)
        else:
            for row in rows:
                self._driver.execute(_for_psycopg(sql), row)

    @contextmanager
    def pipelined(self) -> Iterator[None]:
        """Let writes travel together; what fails among them raises at the end at the latest."""
        if self.is_sqlite:
            yield
        else:
            with self._driver.pipeline():
                yield
