"""How far knowledge reaches at each revision, and by which one a region was closed.

What becomes known in the order in which it is recorded leaves no past region behind: at an earlier revision nobody asks
beyond the `reach` of that revision, and a region that an event in order closes says so in `closed_by`. What a database
holds already keeps all its past regions; the reach of its events is read from the log.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007_reach"
down_revision = "0006_contents_in_the_log"
branch_labels = None
depends_on = None

_PORTION = 10_000
_EARLIEST, _LATEST = -(1 << 62), 1 << 62
"""Earlier and later than all dates."""
_COLUMNS = (
    ("timeline_log", "reach", _EARLIEST, "the latest known of all its events up to this one"),
    ("regions", "closed_by", 0, "the revision at which known_until became known; or 0"),
    ("regions_past", "closed_by", 0, "as in regions"),
)


def upgrade() -> None:
    """Add the columns, and read the reach of what is recorded."""
    for table, column, value, comment in _COLUMNS:
        op.add_column(
            table, sa.Column(column, sa.BigInteger(), nullable=False, server_default=str(value), comment=comment)
        )
    _read_reach()


def _read_reach() -> None:
    from timeline.dates import parse_date  # noqa: PLC0415 - what is stored is read as it always was

    connection = op.get_bind()
    known = (
        "json_extract(CAST(e.state AS TEXT), '$.known')"
        if connection.dialect.name == "sqlite"
        else "convert_from(e.state, 'UTF8')::json ->> 'known'"
    )
    after = sa.text(
        f"SELECT l.position, l.timeline_id, {known} FROM timeline_log l JOIN stored_events e "  # noqa: S608
        "ON e.position = l.position WHERE l.position > :last ORDER BY l.position LIMIT :most"
    )
    write = sa.text("UPDATE timeline_log SET reach = :reach WHERE timeline_id = :timeline AND position = :position")
    reaches: dict[int, int] = {}
    last = 0
    while found := connection.execute(after, {"last": last, "most": _PORTION}).all():
        read = []
        for position, timeline, written in found:
            latest = _EARLIEST if written is None else parse_date(written).latest
            reaches[timeline] = max(reaches.get(timeline, _EARLIEST), latest if latest < _LATEST else _EARLIEST)
            read.append({"reach": reaches[timeline], "timeline": timeline, "position": position})
        connection.execute(write, read)
        last = found[-1][0]


def downgrade() -> None:
    """Drop the columns: what was not remembered is missing at earlier revisions, until the older program rebuilds."""
    for table, column, *_ in _COLUMNS:
        op.drop_column(table, column)
