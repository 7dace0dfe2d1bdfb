"""The store: the append-only log of events, in SQLite or PostgreSQL.

Open an engine with `create_engine`, bring its schema up to date with `timeline.store.migrate.upgrade`, and
give `SQLFactory` to the application. Read models ask inside `read(engine)`; those kept in the transaction of
the append are `InlineProjection`s.
"""

from timeline.store.engine import ReadConnection, WriteConnection, create_engine, read, write
from timeline.store.factory import SQLFactory
from timeline.store.inline import InlineProjection, Recorded
from timeline.store.recorders import (
    SQLAggregateRecorder,
    SQLApplicationRecorder,
    SQLProcessRecorder,
    SQLSnapshotRecorder,
    SQLTrackingRecorder,
)

__all__ = [
    "InlineProjection",
    "ReadConnection",
    "Recorded",
    "SQLAggregateRecorder",
    "SQLApplicationRecorder",
    "SQLFactory",
    "SQLProcessRecorder",
    "SQLSnapshotRecorder",
    "SQLTrackingRecorder",
    "WriteConnection",
    "create_engine",
    "read",
    "write",
]
