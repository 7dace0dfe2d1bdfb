"""How each database spells what the recorders say.

These are the statements a bulk load and a replay run hundreds of thousands of times, so they go to the
driver as they are and their rows come back as plain tuples: for them, a query compiler and row objects would
cost more than the database does. Everything else in the project is written with SQLAlchemy Core on
`timeline.store.tables`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, cast
from uuid import UUID

from eventsourcing.persistence import Notification, ProgrammingError, StoredEvent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection, Engine

    from timeline.store.engine import ReadConnection, WriteConnection

_LAST_POSITION = "SELECT coalesce(max(position), 0) FROM stored_events"
_new = object.__new__
_COPY_FROM = 64
"""From this many rows on, COPY's extra round trips cost PostgreSQL less than an INSERT's parsing of
arrays."""


class LogDialect(ABC):
    """The statements of the log in one database."""

    marker: ClassVar[str]
    """What stands for a parameter."""

    @abstractmethod
    def append(self, connection: WriteConnection, events: Sequence[StoredEvent]) -> int:
        """Give the events the next positions of the log, in their order; answers the first."""

    @abstractmethod
    def insert_snapshots(self, connection: WriteConnection, snapshots: Sequence[StoredEvent]) -> None:
        """Keep the snapshots, beside earlier ones of the same aggregates."""

    @abstractmethod
    def key(self, originator_id: UUID | str) -> object:
        """An aggregate's id as the driver takes it."""

    @abstractmethod
    def notifications(self, rows: Sequence[Sequence[Any]]) -> list[Notification]:
        """Events with their positions, from rows of (position, originator id, version, topic, state)."""

    @abstractmethod
    def stored_events(self, rows: Sequence[Sequence[Any]]) -> list[StoredEvent]:
        """Events, from rows of (originator id, version, topic, state)."""

    def select(self, connection: ReadConnection, statement: str, parameters: Sequence[object]) -> Any:
        """The rows of a statement written with `?` for each parameter."""
        result = connection.exec_driver_sql(statement.replace("?", self.marker), tuple(parameters))
        return cast("Any", result.cursor).fetchall()


class SQLiteDialect(LogDialect):
    """SQLite: one connection in the same process, so many small statements cost nothing."""

    marker = "?"

    def append(self, connection: WriteConnection, events: Sequence[StoredEvent]) -> int:
        """See `LogDialect.append`."""
        first: int = connection.exec_driver_sql(_LAST_POSITION).scalar_one() + 1
        key = self.key
        connection.exec_driver_sql(
            "INSERT INTO stored_events VALUES (?, ?, ?, ?, ?)",
            [
                (position, key(event.originator_id), event.originator_version, event.topic, event.state)
                for position, event in enumerate(events, start=first)
            ],
        )
        return first

    def insert_snapshots(self, connection: WriteConnection, snapshots: Sequence[StoredEvent]) -> None:
        """See `LogDialect.insert_snapshots`."""
        connection.exec_driver_sql(
            "INSERT INTO snapshots VALUES (?, ?, ?, ?)",
            [
                (
                    self.key(snapshot.originator_id),
                    snapshot.originator_version,
                    snapshot.topic,
                    snapshot.state,
                )
                for snapshot in snapshots
            ],
        )

    def key(self, originator_id: UUID | str) -> bytes:
        """See `LogDialect.key`."""
        return _uuid(originator_id).bytes

    def notifications(self, rows: Sequence[Sequence[Any]]) -> list[Notification]:
        """See `LogDialect.notifications`."""
        return [
            _notification(position, UUID(bytes=key), version, topic, state)
            for position, key, version, topic, state in rows
        ]

    def stored_events(self, rows: Sequence[Sequence[Any]]) -> list[StoredEvent]:
        """See `LogDialect.stored_events`."""
        return [StoredEvent(UUID(bytes=key), version, topic, state) for key, version, topic, state in rows]


class PostgreSQLDialect(LogDialect):
    """PostgreSQL: what counts is the number of round trips, then the number of bytes to parse."""

    marker = "%s"

    def append(self, connection: WriteConnection, events: Sequence[StoredEvent]) -> int:
        """See `LogDialect.append`."""
        if len(events) < _COPY_FROM:
            return self._append_few(connection, events)
        first: int = connection.exec_driver_sql(_LAST_POSITION).scalar_one() + 1
        key = self.key
        with (
            _cursor(connection) as cursor,
            cursor.copy("COPY stored_events FROM STDIN (FORMAT binary)") as copy,
        ):
            copy.set_types(("int8", "uuid", "int4", "text", "bytea"))
            for position, event in enumerate(events, start=first):
                row = (position, key(event.originator_id), event.originator_version, event.topic, event.state)
                copy.write_row(row)
        return first

    def _append_few(self, connection: WriteConnection, events: Sequence[StoredEvent]) -> int:
        statement = """
            INSERT INTO stored_events
            SELECT log.last + place, originator_id, originator_version, topic, state
            FROM (SELECT coalesce(max(position), 0) AS last FROM stored_events) AS log,
                 unnest(%b::uuid[], %b::int4[], %b::text[], %b::bytea[]) WITH ORDINALITY
                 AS batch (originator_id, originator_version, topic, state, place)
            RETURNING position
        """
        returned = connection.exec_driver_sql(statement, self._columns(events)).scalars()
        return min(cast("Sequence[int]", returned.all()))

    def insert_snapshots(self, connection: WriteConnection, snapshots: Sequence[StoredEvent]) -> None:
        """See `LogDialect.insert_snapshots`."""
        connection.exec_driver_sql(
            "INSERT INTO snapshots SELECT * FROM unnest(%b::uuid[], %b::int4[], %b::text[], %b::bytea[])",
            self._columns(snapshots),
        )

    def _columns(self, events: Sequence[StoredEvent]) -> tuple[list[object], ...]:
        return (
            [self.key(event.originator_id) for event in events],
            [event.originator_version for event in events],
            [event.topic for event in events],
            [event.state for event in events],
        )

    def key(self, originator_id: UUID | str) -> UUID:
        """See `LogDialect.key`."""
        return _uuid(originator_id)

    def notifications(self, rows: Sequence[Sequence[Any]]) -> list[Notification]:
        """See `LogDialect.notifications`."""
        return [_notification(*row) for row in rows]

    def stored_events(self, rows: Sequence[Sequence[Any]]) -> list[StoredEvent]:
        """See `LogDialect.stored_events`."""
        return [StoredEvent(*row) for row in rows]


def log_dialect(engine: Engine) -> LogDialect:
    """The dialect of an engine made by `timeline.store.engine.create_engine`."""
    return PostgreSQLDialect() if engine.dialect.name == "postgresql" else SQLiteDialect()


def _cursor(connection: Connection) -> Any:
    return cast("Any", connection.connection.driver_connection).cursor()


def _uuid(originator_id: UUID | str) -> UUID:
    if isinstance(originator_id, UUID):
        return originator_id
    raise ProgrammingError(f"originator_id: {originator_id!r} is not a UUID. Give the aggregate the uuid5 of its name.")


def _notification(
    position: int, originator_id: UUID, originator_version: int, topic: str, state: bytes
) -> Notification:
    # A frozen dataclass sets each field through object.__setattr__; a replay makes too many of them for that.
    notification: Notification = _new(Notification)
    notification.__dict__.update(
        originator_id=originator_id,
        originator_version=originator_version,
        topic=topic,
        state=state,
        id=position,
    )
    return notification
