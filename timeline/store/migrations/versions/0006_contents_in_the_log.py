"""The words of a content are read from the log, which has them anyway; and one index less over regions.

What a row of `contents` repeated was most of all that is derived. A row keeps its words only where the event that wrote
it does not carry them: where a source was added, or a standing changed. The regions that a fact wins are found by
their key and where they begin, which is where the fact does.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006_contents_in_the_log"
down_revision = "0005_projection_states"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger()
_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_KEPT = (
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
)
_CARRIERS = "('development-recorded', 'development-corrected')"


def upgrade() -> None:
    """Lay the table out anew, and move what was in the payload to columns of its own."""
    if op.get_bind().dialect.name == "sqlite":
        known, cause, position, touched, body = (
            f"json_extract(c.payload, '$.{name}')" for name in ("known", "cause", "position", "touched", "content")
        )
    else:
        known, cause = (f"c.payload::json ->> '{name}'" for name in ("known", "cause"))
        position, touched = (f"(c.payload::json ->> '{name}')::bigint" for name in ("position", "touched"))
        body = "(c.payload::json -> 'content')::text"
    carried = f"EXISTS (SELECT 1 FROM stored_events e WHERE e.position = {touched} AND e.topic IN {_CARRIERS})"  # noqa: S608
    _lay_out(
        (
            ("known", sa.Text(), "of its version, as written"),
            ("cause", sa.Text(), "what opened its version"),
            ("position", _BIG, "of the event that opened its version"),
            ("touched", _BIG, "the position of the event that wrote it"),
            ("sources", sa.Text(), None),
        ),
        sa.Column("body", sa.Text(), comment="its words, where the event that wrote it does not carry them"),
        (known, cause, position, touched, "c.sources", f"CASE WHEN {carried} THEN NULL ELSE {body} END"),
    )
    op.drop_index("ix_regions_fact", "regions")


def downgrade() -> None:
    """Put the words back into the rows."""
    if op.get_bind().dialect.name == "sqlite":
        written = (
            "(SELECT json_extract(CAST(e.state AS TEXT), '$.content') FROM stored_events e "
            "WHERE e.position = c.touched)"
        )
        known, cause = "json_quote(c.known)", "json_quote(c.cause)"
    else:
        written = (
            "(SELECT (convert_from(e.state, 'UTF8')::json -> 'content')::text FROM stored_events e "
            "WHERE e.position = c.touched)"
        )
        known, cause = "to_json(c.known)::text", "to_json(c.cause)::text"
    payload = (
        f"'{{\"known\":' || {known} || ',\"cause\":' || {cause} || ',\"position\":' || c.position || ',\"touched\":' "
        f"|| c.touched || ',\"content\":' || coalesce(c.body, {written}) || '}}'"
    )
    _lay_out((("payload", sa.Text(), None), ("sources", sa.Text(), None)), None, (payload, "c.sources"))
    op.create_index("ix_regions_fact", "regions", ["fact_id"])


def _lay_out(
    columns: tuple[tuple[str, sa.types.TypeEngine[Any], str | None], ...],
    last: "sa.Column[str] | None",
    values: tuple[str, ...],
) -> None:
    """Make the table anew with these columns after those that stay, filled with these values of each row `c`."""
    op.drop_index("ix_contents_occurred", "contents")
    op.drop_index("ix_contents_development", "contents")
    op.rename_table("contents", "contents_before")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE contents_before RENAME CONSTRAINT pk_contents TO pk_contents_before")
    op.create_table(
        "contents",
        *(sa.Column(name, type_, nullable=False, autoincrement=False) for name, type_ in _KEPT),
        *(sa.Column(name, type_, nullable=False, comment=comment) for name, type_, comment in columns),
        *([] if last is None else [last]),
        sa.PrimaryKeyConstraint("id"),
    )
    names = [name for name, _ in _KEPT]
    op.execute(
        f"INSERT INTO contents SELECT {', '.join(f'c.{name}' for name in names)}, {', '.join(values)} "  # noqa: S608
        "FROM contents_before c"
    )
    op.drop_table("contents_before")
    op.create_index("ix_contents_occurred", "contents", ["timeline_id", "occurred_earliest", "development"])
    op.create_index("ix_contents_development", "contents", ["timeline_id", "development"])
