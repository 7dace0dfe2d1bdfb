"""The texts that can be searched, and the index by which their words are found.

`search_texts` holds the words of each content, folded by us; the words of all its columns go into `search_index`: on
SQLite an FTS5 table without a copy of the text, on PostgreSQL a `tsvector` under GIN. Neither folds anything
itself. Both are made from the other derived tables, which `projections.search` does with the next append, or at once
when `timeline db upgrade` runs this migration.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003_search"
down_revision = "0002_index"
branch_labels = None
depends_on = None

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the texts and their index, both empty."""
    op.create_table(
        "search_texts",
        sa.Column("content_id", _ROW_ID, nullable=False, autoincrement=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False, comment="sentence by sentence, in the order of their ordinals"),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("entities", sa.Text(), nullable=False),
        sa.Column("sources", sa.Text(), nullable=False),
        sa.Column("standings", sa.Text(), nullable=False, comment="a digit for the content, and one for each fact"),
        sa.Column("last_published", sa.BigInteger(), nullable=False, comment="when the last of the sources appeared"),
        sa.PrimaryKeyConstraint("content_id"),
    )
    if op.get_bind().dialect.name == "sqlite":
        # The ascii tokenizer parts at ASCII punctuation only, and folded words have none: each stays whole.
        op.execute("CREATE VIRTUAL TABLE search_index USING fts5(words, content='', columnsize=0, tokenize='ascii')")
    else:
        op.execute("CREATE TABLE search_index (content_id bigint PRIMARY KEY, words tsvector NOT NULL)")
        op.execute("CREATE INDEX search_index_words ON search_index USING gin (words)")


def downgrade() -> None:
    """Throw the texts and their index away; the log is untouched."""
    op.execute("DROP TABLE search_index")
    op.drop_table("search_texts")
