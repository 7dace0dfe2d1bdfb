"""Rows straight from the driver: the index asks small questions by the thousand, and each microsecond counts.

SQL is written once, with question marks; PostgreSQL gets its own placeholders. Many rows are written with one call on
SQLite and with one statement over arrays on PostgreSQL, where writes also travel together with the next question
instead of waiting for an answer each.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import Dialect, Table
from sqlalchemy.dialects.postgresql import dialect as postgresql_dialect

from timeline.store import ReadConnection, WriteConnection

Row = tuple[Any, ...]

_POSTGRESQL: Dialect = postgresql_dialect()  # type: ignore[no-untyped-call]


@lru_cache(maxsize=512)
def _for_psycopg(sql: str) -> str:
    return sql.replace("%", "%%").replace("?", "%s")


@lru_cache(maxsize=64)
def _arrays(table: Table, columns: tuple[str, ...]) -> str:
    """`unnest` over one array a column, typed as the columns are."""
    types = (table.c[name].type.compile(dialect=_POSTGRESQL) for name in columns)
    return f"unnest({', '.join(f'%s::{type_}[]' for type_ in types)})"


def _columns(rows: Sequence[Row]) -> list[str]:
    """The columns of rows as PostgreSQL writes arrays: the driver would search every text character by character."""
    return [f"{{{','.join(_elements(column))}}}" for column in zip(*rows, strict=True)]


def _elements(column: Sequence[object]) -> Iterator[str]:
    first = column[0]
    if first is None or isinstance(first, str):
        texts = cast("Sequence[str | None]", column)
        return (
            "NULL" if text is None else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"' for text in texts
        )
    if isinstance(first, bytes):
        return (f'"\\\\x{some.hex()}"' for some in cast("Sequence[bytes]", column))
    if isinstance(first, bool):
        return ("t" if value else "f" for value in column)
    return map(str, column)


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
        self._new: defaultdict[Table, list[Row]] = defaultdict(list)

    def run(self, sql: str, parameters: Sequence[object]) -> None:
        """Write something at once."""
        if self.is_sqlite:
            self._cursor.execute(sql, parameters)
        else:
            self._driver.execute(_for_psycopg(sql), parameters)

    def run_each(self, sql: str, rows: Sequence[Row]) -> None:
        """Write the same thing for each of many rows: SQLite only, where a call costs little."""
        if rows:
            self._cursor.executemany(sql, rows)

    def run_all(self, sql: str, rows: Sequence[Row]) -> None:
        """Write the same thing for many rows at once: PostgreSQL only; `sql` takes one array a column."""
        if rows:
            self._driver.execute(_for_psycopg(sql), _columns(rows))

    def add(self, table: Table, row: Row) -> None:
        """Add a row, all columns in the order of the table; nobody may need to read it before `flush`."""
        self._new[table].append(row)

    def adder(self, table: Table) -> Callable[[Row], None]:
        """`add` to one table, for who adds many rows."""
        return self._new[table].append

    def flush(self) -> None:
        """Write the rows that were added."""
        for table, rows in self._new.items():
            self.insert(table, rows)
            rows.clear()

    def insert(self, table: Table, rows: Sequence[Row]) -> None:
        """Write new rows."""
        if not rows:
            return
        names = tuple(column.name for column in table.columns)
        into = f"INSERT INTO {table.name} ({', '.join(names)})"
        if self.is_sqlite:
            self._cursor.executemany(f"{into} VALUES ({', '.join('?' * len(names))})", rows)
        else:
            self._driver.execute(f"{into} SELECT * FROM {_arrays(table, names)}", _columns(rows))

    def update(self, table: Table, rows: Sequence[Row]) -> None:
        """Write all columns of rows that exist; the first column is the `id`."""
        if not rows:
            return
        names = tuple(column.name for column in table.columns)
        if self.is_sqlite:
            setting = ", ".join(f"{name} = ?" for name in names[1:])
            self._cursor.executemany(
                f"UPDATE {table.name} SET {setting} WHERE id = ?", [(*row[1:], row[0]) for row in rows]
            )
        else:
            setting = ", ".join(f"{name} = u.{name}" for name in names[1:])
            self._driver.execute(
                f"UPDATE {table.name} t SET {setting} FROM {_arrays(table, names)} AS u ({', '.join(names)}) "
                "WHERE t.id = u.id",
                _columns(rows),
            )

    def write_boxes(self, sql: str, rows: Sequence[Row]) -> None:
        """Write to an R*Tree: only SQLite has them."""
        if self.is_sqlite:
            self.run_each(sql, rows)

    def delete(self, table: Table, ids: Sequence[int]) -> None:
        """Take rows out of a derived table, by `id`."""
        if not ids:
            return
        if self.is_sqlite:
            self._cursor.executemany(f"DELETE FROM {table.name} WHERE id = ?", [(row_id,) for row_id in ids])
        else:
            self._driver.execute(f"DELETE FROM {table.name} WHERE id = ANY(%s)", (list(ids),))

    @contextmanager
    def pipelined(self) -> Iterator[None]:
        """Let writes travel together; what fails among them raises at the end at the latest."""
        if self.is_sqlite:
            yield
        else:
            with self._driver.pipeline():
                yield
