"""The derived tables, and the boxes in which regions are found.

SQLite keeps boxes in R*Trees (`region_boxes`, `past_boxes`) under the ids of their regions; coordinates there are
single-precision and rounded outwards, so every hit is compared with the exact bounds of its row. PostgreSQL
keeps GiST indexes over expressions of the rows themselves: a range of scopes, a box of (known, at), a range of
revisions. A scope is a timeline and a floor of trust: four times the timeline's number, plus the floor.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002_index"
down_revision = "0001_log"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger()
_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_TABLES: dict[str, list[tuple[str, sa.types.TypeEngine[Any]]]] = {
    "contents": [
        ("id", _ROW_ID),
        ("timeline_id", sa.Integer()),
        ("development", sa.Text()),
        ("number", sa.Integer()),
        ("kind", sa.Text()),
        ("occurred_earliest", _BIG),
        ("occurred_latest", _BIG),
        ("known_from", _BIG),
        ("known_until", _BIG),
        ("revision", _BIG),
        ("payload", sa.Text()),
        ("sources", sa.Text()),
    ],
    "contents_past": [
        ("content_id", _BIG),
        ("known_from", _BIG),
        ("known_until", _BIG),
        ("revision_from", _BIG),
        ("revision_until", _BIG),
    ],
    "content_entities": [("timeline_id", sa.Integer()), ("entity", sa.Text()), ("content_id", _BIG)],
    "keys": [
        ("id", sa.Integer()),
        ("timeline_id", sa.Integer()),
        ("subject", sa.Text()),
        ("attribute", sa.Text()),
        ("object", sa.Text()),
        ("development", sa.Text()),
        ("widest", _BIG),
        ("denied", sa.Boolean()),
    ],
    "facts": [
        ("id", _ROW_ID),
        ("key_id", sa.Integer()),
        ("content_id", _BIG),
        ("ordinal", sa.Integer()),
        ("since_earliest", _BIG),
        ("since_latest", _BIG),
        ("until_earliest", _BIG),
        ("until_latest", _BIG),
        ("standing", sa.SmallInteger()),
        ("is_end", sa.Boolean()),
        ("known_since", _BIG),
        ("position", _BIG),
        ("known_from", _BIG),
        ("known_until", _BIG),
        ("revision", _BIG),
        ("rivalled", sa.Boolean()),
        ("payload", sa.Text()),
    ],
    "facts_past": [
        ("fact_id", _BIG),
        ("known_from", _BIG),
        ("known_until", _BIG),
        ("revision_from", _BIG),
        ("revision_until", _BIG),
    ],
    "regions": [
        ("id", _ROW_ID),
        ("key_id", sa.Integer()),
        ("timeline_id", sa.Integer()),
        ("fact_id", _BIG),
        ("floor_from", sa.SmallInteger()),
        ("floor_until", sa.SmallInteger()),
        ("known_from", _BIG),
        ("known_until", _BIG),
        ("at_from", _BIG),
        ("at_until", _BIG),
        ("shown_until", _BIG),
        ("revision", _BIG),
    ],
    "regions_past": [
        ("id", _ROW_ID),
        ("timeline_id", sa.Integer()),
        ("fact_id", _BIG),
        ("floor_from", sa.SmallInteger()),
        ("floor_until", sa.SmallInteger()),
        ("known_from", _BIG),
        ("known_until", _BIG),
        ("at_from", _BIG),
        ("shown_until", _BIG),
        ("revision_from", _BIG),
        ("revision_until", _BIG),
    ],
}
_PRIMARY_KEYS = {
    "contents_past": ("content_id", "revision_from"),
    "content_entities": ("timeline_id", "entity", "content_id"),
    "facts_past": ("fact_id", "revision_from"),
}
_COMMENTS = {
    ("keys", "object"): "empty where the key has none",
    ("keys", "development"): "empty but for cardinality each",
    ("keys", "widest"): "the longest span between the bounds of a since",
    ("keys", "denied"): "whether anything under this key was ever denied",
    ("facts", "rivalled"): "whether another fact of the key begins about then",
    ("regions", "fact_id"): "0 where nobody has spoken",
    ("regions", "shown_until"): "at_from where there is nothing to show",
}

_SCOPE = "int4range(timeline_id * 4 + floor_from, timeline_id * 4 + floor_until, '[]')"
_PLANE = "box(point(known_from::float8, at_from::float8), point(known_until::float8, shown_until::float8))"


def upgrade() -> None:
    """Make the derived tables and the boxes."""
    op.create_table(
        "timelines",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("slug"),
    )
    op.create_table(
        "timeline_texts",
        sa.Column("timeline_id", sa.Integer(), nullable=False),
        sa.Column("revision_from", _BIG, nullable=False),
        sa.Column("revision_until", _BIG, nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("timeline_id", "revision_from"),
        sa.ForeignKeyConstraint(["timeline_id"], ["timelines.id"]),
    )
    op.create_table(
        "entity_texts",
        sa.Column("timeline_id", sa.Integer(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("revision_from", _BIG, nullable=False),
        sa.Column("revision_until", _BIG, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("timeline_id", "entity", "revision_from"),
        sa.ForeignKeyConstraint(["timeline_id"], ["timelines.id"]),
    )
    for table, columns in _TABLES.items():
        op.create_table(
            table,
            *(
                sa.Column(name, type_, nullable=False, autoincrement=False, comment=_COMMENTS.get((table, name)))
                for name, type_ in columns
            ),
            sa.PrimaryKeyConstraint(*_PRIMARY_KEYS.get(table, ("id",))),
            *(
                [sa.UniqueConstraint("timeline_id", "subject", "attribute", "object", "development")]
                if table == "keys"
                else []
            ),
            sqlite_with_rowid=table != "content_entities",
        )
    op.create_index("ix_contents_occurred", "contents", ["timeline_id", "occurred_earliest", "development"])
    op.create_index("ix_contents_development", "contents", ["timeline_id", "development"])
    op.create_index("ix_facts_key", "facts", ["key_id", "since_earliest"])
    op.create_index("ix_facts_content", "facts", ["content_id"])
    op.create_index("ix_regions_key", "regions", ["key_id", "at_from"])
    op.create_index("ix_regions_fact", "regions", ["fact_id"])
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE region_boxes USING rtree("
            "id, scope_from, scope_until, known_from, known_until, at_from, shown_until)"
        )
        op.execute(
            "CREATE VIRTUAL TABLE past_boxes USING rtree(id, scope_from, scope_until, known_from, known_until, "
            "at_from, shown_until, revision_from, revision_until)"
        )
    else:
        op.execute(
            f"CREATE INDEX ix_regions_box ON regions USING gist ({_SCOPE}, {_PLANE}) WHERE shown_until > at_from"
        )
        op.execute(
            f"CREATE INDEX ix_regions_past_box ON regions_past USING gist ({_SCOPE}, {_PLANE}, "
            "int8range(revision_from, revision_until))"
        )


def downgrade() -> None:
    """Throw the derived tables away; the log is untouched."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE region_boxes")
        op.execute("DROP TABLE past_boxes")
    for table in (*reversed(_TABLES), "entity_texts", "timeline_texts", "timelines"):
        op.drop_table(table)
