"""Where projections of somebody's own are kept: for each and each timeline its state, and how far it has come."""

import sqlalchemy as sa
from alembic import op

revision = "0005_projection_states"
down_revision = "0004_timeline_log"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, empty: each projection is folded when it is next kept."""
    op.create_table(
        "projection_states",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("timeline", sa.Text(), nullable=False, comment="its slug"),
        sa.Column("version", sa.Integer(), nullable=False, comment="of the projection"),
        sa.Column("position", sa.BigInteger(), nullable=False, comment="of the last event of the log that is taken in"),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True, comment="how the projection failed; null while it is kept"),
        sa.PrimaryKeyConstraint("name", "timeline"),
    )


def downgrade() -> None:
    """Throw the table away; the log is untouched."""
    op.drop_table("projection_states")
