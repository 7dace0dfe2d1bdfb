"""The log, append-only; snapshots and tracking.

Revision: 0001_log
After: nothing

The triggers are the promise that no event is ever changed or taken away, kept against every client of the
database and not only against this program.

PostgreSQL refuses UPDATE, DELETE and TRUNCATE, also where they would touch no row. SQLite has no TRUNCATE,
but it has INSERT OR REPLACE, which takes the rows in its way without asking the delete triggers; so there an
INSERT is refused too, unless it appends the next position and a version that is not recorded.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from alembic.util import CommandError
from sqlalchemy.dialects import postgresql

revision = "0001_log"
down_revision = None
branch_labels = None
depends_on = None

POSITION = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ORIGINATOR_ID = sa.LargeBinary(16).with_variant(postgresql.UUID(as_uuid=True), "postgresql")

SQLITE_TRIGGERS = (
    """
    CREATE TRIGGER stored_events_no_update BEFORE UPDATE ON stored_events BEGIN
        SELECT RAISE(ABORT, 'stored_events is append-only: UPDATE is refused, record a correction instead');
    END
    """,
    """
    CREATE TRIGGER stored_events_no_delete BEFORE DELETE ON stored_events BEGIN
        SELECT RAISE(ABORT, 'stored_events is append-only: DELETE is refused, record a retraction instead');
    END
    """,
    """
    CREATE TRIGGER stored_events_next_position BEFORE INSERT ON stored_events
    WHEN NEW.position IS NOT (SELECT coalesce(max(position), 0) + 1 FROM stored_events) BEGIN
        SELECT RAISE(ABORT, 'stored_events is append-only: an event takes the next position and no other');
    END
    """,
    """
    CREATE TRIGGER stored_events_new_version BEFORE INSERT ON stored_events
    WHEN EXISTS (
        SELECT 1 FROM stored_events
        WHERE originator_id = NEW.originator_id AND originator_version = NEW.originator_version
    ) BEGIN
        SELECT RAISE(ABORT, 'stored_events is append-only: that version is recorded already');
    END
    """,
)

POSTGRESQL_TRIGGERS = (
    """
    CREATE FUNCTION stored_events_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'stored_events is append-only: % is refused, record a correction instead', TG_OP
            USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    """
    CREATE TRIGGER stored_events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON stored_events
    FOR EACH STATEMENT EXECUTE FUNCTION stored_events_refuse()
    """,
    """
    CREATE FUNCTION stored_events_announce() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        NOTIFY stored_events;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER stored_events_announce AFTER INSERT ON stored_events
    FOR EACH STATEMENT EXECUTE FUNCTION stored_events_announce()
    """,
)


def upgrade() -> None:
    """Make the three tables and the triggers of the log."""
    op.create_table(
        "stored_events",
        sa.Column("position", POSITION, autoincrement=False, nullable=False),
        sa.Column("originator_id", ORIGINATOR_ID, nullable=False),
        sa.Column("originator_version", sa.Integer(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_stored_events")),
        sa.UniqueConstraint(
            "originator_id",
            "originator_version",
            name=op.f("uq_stored_events_originator_id_originator_version"),
        ),
        sa.CheckConstraint("position > 0", name=op.f("ck_stored_events_position")),
    )
    op.create_table(
        "snapshots",
        sa.Column("originator_id", ORIGINATOR_ID, nullable=False),
        sa.Column("originator_version", sa.Integer(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("originator_id", "originator_version", name=op.f("pk_snapshots")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tracking",
        sa.Column("application_name", sa.Text(), nullable=False),
        sa.Column("notification_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("application_name", name=op.f("pk_tracking")),
    )
    for statement in POSTGRESQL_TRIGGERS if _on_postgresql() else SQLITE_TRIGGERS:
        op.execute(statement)


def downgrade() -> None:
    """Drop everything, but never a log that holds something.

    Raises:
        CommandError: events are recorded.
    """
    recorded = op.get_bind().execute(sa.text("SELECT count(*) FROM stored_events")).scalar_one()
    if recorded:
        raise CommandError(f"{recorded} events are recorded, and a downgrade would destroy them.")
    for table in ("tracking", "snapshots", "stored_events"):
        op.drop_table(table)  # its triggers go with it
    if _on_postgresql():
        op.execute("DROP FUNCTION stored_events_refuse()")
        op.execute("DROP FUNCTION stored_events_announce()")


def _on_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"
