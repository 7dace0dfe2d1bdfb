"""The tables of the log.

`stored_events` is the log: append-only, kept so by triggers (see the migration `0001_log`), its positions
given out by the recorders under the write lock, from 1 and without gaps. `snapshots` and `tracking` are
conveniences that can be thrown away. The schema is made by the migrations; this metadata is what queries are
written against, and what `timeline.store.migrate.check` compares the database with.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.dialects import postgresql

if TYPE_CHECKING:
    from sqlalchemy import Dialect
    from sqlalchemy.types import TypeEngine

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


class OriginatorId(TypeDecorator[UUID]):
    """An aggregate's id: `uuid` on PostgreSQL, its sixteen bytes on SQLite, where text would take twice that."""

    impl = LargeBinary(16)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The column type of a database."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(postgresql.UUID(as_uuid=True))
        return dialect.type_descriptor(LargeBinary(16))

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> UUID | bytes | None:
        """What the driver is given."""
        return value.bytes if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: UUID | bytes | None, dialect: Dialect) -> UUID | None:  # noqa: ARG002
        """What the caller is given."""
        return UUID(bytes=value) if isinstance(value, bytes) else value


Position = BigInteger().with_variant(Integer, "sqlite")
"""A place in the log. On SQLite only `INTEGER PRIMARY KEY` is the row id itself and needs no second index."""

stored_events = Table(
    "stored_events",
    metadata,
    Column("position", Position, primary_key=True, autoincrement=False),
    Column("originator_id", OriginatorId, nullable=False),
    Column("originator_version", Integer, nullable=False),
    Column("topic", Text, nullable=False),
    Column("state", LargeBinary, nullable=False),
    UniqueConstraint("originator_id", "originator_version"),
    CheckConstraint("position > 0", name="position"),
)

snapshots = Table(
    "snapshots",
    metadata,
    Column("originator_id", OriginatorId, nullable=False),
    Column("originator_version", Integer, nullable=False),
    Column("topic", Text, nullable=False),
    Column("state", LargeBinary, nullable=False),
    PrimaryKeyConstraint("originator_id", "originator_version"),
    sqlite_with_rowid=False,
)

tracking = Table(
    "tracking",
    metadata,
    Column("application_name", Text, nullable=False),
    Column("notification_id", BigInteger, nullable=False),
    PrimaryKeyConstraint("application_name"),
)
