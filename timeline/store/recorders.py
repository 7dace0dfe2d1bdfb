"""Recorders: the log as the event-sourcing library sees it.

    SQLAggregateRecorder         appends events, reads the events of one aggregate
    ├── SQLApplicationRecorder       and reads the whole log in order, and follows it
    └── SQLSnapshotRecorder      keeps snapshots instead, in a table of their own
    SQLTrackingRecorder          how far a reader of another log has come
    SQLProcessRecorder           both: events and tracking in one transaction

Whoever appends passes every batch to the inline projections in the same transaction, whichever recorder they
use. The tables belong to the migrations; no recorder makes any.
"""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from threading import local
from typing import TYPE_CHECKING, Any

from eventsourcing.persistence import (
    AggregateRecorder,
    ApplicationRecorder,
    IntegrityError,
    ProcessRecorder,
    ProgrammingError,
    StoredEvent,
    TrackingRecorder,
)
from sqlalchemy import text

from timeline.store.dialects import log_dialect
from timeline.store.engine import read, write
from timeline.store.failures import library_errors
from timeline.store.inline import Recorded
from timeline.store.subscription import Bell, subscribe

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from contextlib import AbstractContextManager
    from uuid import UUID

    from eventsourcing.domain import DomainEventProtocol
    from eventsourcing.persistence import Notification, Subscription, Tracking
    from sqlalchemy import Engine

    from timeline.store.engine import ReadConnection, WriteConnection
    from timeline.store.inline import InlineProjection

_TRACK = text(
    "INSERT INTO tracking VALUES (:application_name, :notification_id) "
    "ON CONFLICT (application_name) DO UPDATE SET notification_id = excluded.notification_id "
    "WHERE tracking.notification_id < excluded.notification_id "
    "RETURNING notification_id"
)
_TRACKED = text("SELECT notification_id FROM tracking WHERE application_name = :application_name")


class SQLAggregateRecorder(AggregateRecorder):
    """Appends to the log and reads one aggregate's events back."""

    _table = "stored_events"

    def __init__(self, engine: Engine, *, inline: Sequence[InlineProjection] = ()) -> None:
        self.engine = engine
        self.bell = Bell()
        self._dialect = log_dialect(engine)
        self._inline = tuple(inline)
        self._turn = local()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Be alone with the log: what this thread reads and appends in the body is one transaction of its own.

        Whoever reads an aggregate in here and appends what follows from it cannot be overtaken. Other writers wait
        until it is over, so nothing slow belongs into it.

        Raises:
            eventsourcing.persistence.OperationalError: another writer did not finish in time.
        """
        with write(self.engine) as connection:
            self._turn.connection = connection
            try:
                yield
            finally:
                del self._turn.connection
        self.bell.ring()

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        """Append a batch, as a whole or not at all.

        Args:
            stored_events: the batch; it gets consecutive positions in this order.
            kwargs: `domain_events`, the same events as objects, for the inline projections.

        Raises:
            IntegrityError: one of the versions is recorded already.
            Exception: whatever an inline projection raised.
        """
        self._append(stored_events, **kwargs)
        return None

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """The events of one aggregate with versions in (`gt`, `lte`], by version."""
        # The table is named by this class, never by a caller.
        statement = f"SELECT originator_id, originator_version, topic, state FROM {self._table}"  # noqa: S608
        conditions: list[tuple[str, object]] = [("originator_id = ?", self._dialect.key(originator_id))]
        if gt is not None:
            conditions.append(("originator_version > ?", gt))
        if lte is not None:
            conditions.append(("originator_version <= ?", lte))
        statement += _where(conditions) + f" ORDER BY originator_version {'DESC' if desc else 'ASC'}"
        parameters = [value for _, value in conditions]
        if limit is not None:
            statement += " LIMIT ?"
            parameters.append(limit)
        with self._reading() as connection, library_errors(self.engine):
            return self._dialect.stored_events(self._dialect.select(connection, statement, parameters))

    def _reading(self) -> AbstractContextManager[ReadConnection]:
        turn: WriteConnection | None = getattr(self._turn, "connection", None)
        return read(self.engine) if turn is None else nullcontext(turn)

    def _writing(self) -> AbstractContextManager[WriteConnection]:
        turn: WriteConnection | None = getattr(self._turn, "connection", None)
        return write(self.engine) if turn is None else nullcontext(turn)

    def _append(
        self,
        stored_events: Sequence[StoredEvent],
        *,
        domain_events: Sequence[DomainEventProtocol[UUID]] | None = None,
        **kwargs: Any,
    ) -> Sequence[int]:
        if domain_events is not None and len(domain_events) != len(stored_events):
            given, wanted = len(domain_events), len(stored_events)
            raise ProgrammingError(f"domain_events: {given} objects for {wanted} events. Pass one for each.")
        if not self._has_work(stored_events, **kwargs):
            return []
        with self._writing() as connection:
            positions = self._append_in(connection, stored_events, domain_events, **kwargs)
        self.bell.ring()
        return positions

    def _append_in(
        self,
        connection: WriteConnection,
        stored_events: Sequence[StoredEvent],
        domain_events: Sequence[DomainEventProtocol[UUID]] | None,
        **kwargs: Any,
    ) -> Sequence[int]:
        with library_errors(self.engine):
            first = self._insert(connection, stored_events, **kwargs)
        if self._inline and stored_events:
            objects = domain_events if domain_events is not None else [None] * len(stored_events)
            recorded = [
                Recorded(first + place, stored, event)
                for place, (stored, event) in enumerate(zip(stored_events, objects, strict=True))
            ]
            for projection in self._inline:
                projection.apply(connection, recorded)
        return range(first, first + len(stored_events))

    def _has_work(self, stored_events: Sequence[StoredEvent], **_: Any) -> bool:
        return bool(stored_events)

    def _insert(self, connection: WriteConnection, stored_events: Sequence[StoredEvent], **_: Any) -> int:
        return self._dialect.append(connection, stored_events) if stored_events else 0


class SQLSnapshotRecorder(SQLAggregateRecorder):
    """Keeps snapshots: they have versions but no place in the log, and concern no projection."""

    _table = "snapshots"

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)

    def _insert(self, connection: WriteConnection, stored_events: Sequence[StoredEvent], **_: Any) -> int:
        self._dialect.insert_snapshots(connection, stored_events)
        return 0


class SQLApplicationRecorder(SQLAggregateRecorder, ApplicationRecorder):
    """The whole log: appended to, read in order, followed."""

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        """Append a batch as `SQLAggregateRecorder.insert_events` does; answers its positions."""
        return list(self._append(stored_events, **kwargs))

    @contextmanager
    def appending(self) -> Iterator[Appending]:
        """One transaction that takes batch after batch: more than fits into memory, yet all of it or nothing.

        Other writers wait until it is over.
        """
        with write(self.engine) as connection:
            yield Appending(self, connection)
        self.bell.ring()

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """At most `limit` events from position `start` to `stop`, in order, with their positions as ids."""
        conditions: list[tuple[str, object]] = []
        if start is not None:
            conditions.append(("position >= ?" if inclusive_of_start else "position > ?", start))
        if stop is not None:
            conditions.append(("position <= ?", stop))
        parameters = [value for _, value in conditions]
        statement = "SELECT position, originator_id, originator_version, topic, state FROM stored_events"
        statement += _where(conditions)
        if topics:
            statement += " AND" if conditions else " WHERE"
            statement += f" topic IN ({', '.join('?' * len(topics))})"
            parameters.extend(topics)
        statement += " ORDER BY position LIMIT ?"
        parameters.append(limit)
        with read(self.engine) as connection, library_errors(self.engine):
            rows = self._dialect.select(connection, statement, parameters)
        return self._dialect.notifications(rows)

    def max_notification_id(self) -> int | None:
        """The last position of the log, or None if it is empty."""
        with read(self.engine) as connection, library_errors(self.engine):
            last: int | None = connection.exec_driver_sql("SELECT max(position) FROM stored_events").scalar()
        return last

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> Subscription[ApplicationRecorder]:
        """The events after position `gt`, and from then on every new one as soon as it is recorded."""
        return subscribe(self, gt=gt, topics=topics)


class Appending:
    """The means to append inside one transaction; see `SQLApplicationRecorder.appending`."""

    def __init__(self, recorder: SQLApplicationRecorder, connection: WriteConnection) -> None:
        self._recorder = recorder
        self._connection = connection

    def append(
        self, stored_events: Sequence[StoredEvent], domain_events: Sequence[DomainEventProtocol[UUID]]
    ) -> Sequence[int]:
        """Append a batch that is not empty; answers its positions. Raises as `insert_events` does."""
        return self._recorder._append_in(self._connection, stored_events, domain_events)  # noqa: SLF001 - its own

    def versions(self, originators: Collection[UUID]) -> dict[UUID, int]:
        """The last version of each of those aggregates that have events; at most 10,000 are asked about at once."""
        recorder = self._recorder
        keys = {recorder._dialect.key(originator): originator for originator in originators}  # noqa: SLF001 - its own
        rows = recorder._dialect.select(  # noqa: SLF001 - its own
            self._connection,
            "SELECT originator_id, max(originator_version) FROM stored_events "  # noqa: S608 - only marks
            f"WHERE originator_id IN ({', '.join('?' * len(keys))}) GROUP BY originator_id",
            list(keys),
        )
        return {keys[row[0]]: row[1] for row in rows}


class SQLTrackingRecorder(TrackingRecorder):
    """Remembers, per application followed, the last position taken in."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def insert_tracking(self, tracking: Tracking) -> None:
        """Move the mark forward.

        Raises:
            IntegrityError: the mark is there already, or beyond.
        """
        with write(self.engine) as connection, library_errors(self.engine):
            _track(connection, tracking)

    def max_tracking_id(self, application_name: str) -> int | None:
        """The mark of an application, or None if there is none yet."""
        with read(self.engine) as connection, library_errors(self.engine):
            return _tracked(connection, application_name)


class SQLProcessRecorder(SQLTrackingRecorder, SQLApplicationRecorder, ProcessRecorder):
    """Events and the mark of what they were made from, in one transaction."""

    def __init__(self, engine: Engine, *, inline: Sequence[InlineProjection] = ()) -> None:
        SQLApplicationRecorder.__init__(self, engine, inline=inline)

    def _has_work(self, stored_events: Sequence[StoredEvent], *, tracking: Tracking | None = None, **_: Any) -> bool:
        return bool(stored_events) or tracking is not None

    def _insert(
        self,
        connection: WriteConnection,
        stored_events: Sequence[StoredEvent],
        *,
        tracking: Tracking | None = None,
        **_: Any,
    ) -> int:
        if tracking is not None:
            _track(connection, tracking)
        return super()._insert(connection, stored_events)


def _where(conditions: Sequence[tuple[str, object]]) -> str:
    return f" WHERE {' AND '.join(condition for condition, _ in conditions)}" if conditions else ""


def _track(connection: WriteConnection, tracking: Tracking) -> None:
    row = {"application_name": tracking.application_name, "notification_id": tracking.notification_id}
    if connection.execute(_TRACK, row).scalar() is None:
        raise IntegrityError(
            f"{tracking.application_name} is tracked up to {tracking.notification_id} or beyond already."
        )


def _tracked(connection: ReadConnection, application_name: str) -> int | None:
    position: int | None = connection.execute(_TRACKED, {"application_name": application_name}).scalar()
    return position
