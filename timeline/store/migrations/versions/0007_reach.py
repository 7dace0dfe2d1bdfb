"""How far knowledge reaches at each revision, and by which one a region was closed.

What becomes known in the order in which it is recorded leaves no past region behind: at an earlier revision nobody asks
beyond the `reach` of that revision, and a region that an event in order closes says so in `closed_by`. What a database
holds already has all its past regions, so nothing has to be known of its reach: as far as there are dates, which also
means that nothing arrives in order there until `timeline rebuild` has been run.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007_reach"
down_revision = "0006_contents_in_the_log"
branch_labels = None
depends_on = None

_LATEST = 1 << 62
"""Later than all dates."""
_COLUMNS = (
    ("timeline_log", "reach", _LATEST, "the latest known of all its events up to this one"),
    ("regions", "closed_by", 0, "the revision at which known_until became known; or 0"),
    ("regions_past", "closed_by", 0, "as in regions"),
)


def upgrade() -> None:
    """Add the columns."""
    for table, column, value, comment in _COLUMNS:
        op.add_column(
            table, sa.Column(column, sa.BigInteger(), nullable=False, server_default=str(value), comment=comment)
        )


def downgrade() -> None:
    """Drop the columns: what was not remembered is missing at earlier revisions, until the older program rebuilds."""
    for table, column, *_ in _COLUMNS:
        op.drop_column(table, column)
