"""Which events of the log belong to which timeline: all timelines share one log.

A store that has a log already gets its rows here: each event names its timeline.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004_timeline_log"
down_revision = "0003_search"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and fill it from the log."""
    op.create_table(
        "timeline_log",
        sa.Column("timeline_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False, comment="of an event of the timeline in the whole log"),
        sa.PrimaryKeyConstraint("timeline_id", "position"),
        sqlite_with_rowid=False,
    )
    named = (
        "json_extract(CAST(e.state AS TEXT), '$.timeline')"
        if op.get_bind().dialect.name == "sqlite"
        else "convert_from(e.state, 'UTF8')::json ->> 'timeline'"
    )
    op.execute(
        "INSERT INTO timeline_log (timeline_id, position) SELECT t.id, e.position FROM stored_events e "  # noqa: S608
        f"JOIN timelines t ON t.slug = {named}"
    )


def downgrade() -> None:
    """Throw the table away; the log is untouched."""
    op.drop_table("timeline_log")
