"""Bringing a database's schema up to date, from Python and without an ini file.

An upgrade is one write transaction: it holds the writers' lock, so that two processes that start at once do
not both migrate and no append falls in between, and it happens as a whole or not at all.
"""

from __future__ import annotations

from contextlib import contextmanager
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine

from timeline.store import derived  # noqa: F401 - its tables join the metadata
from timeline.store.engine import create_engine, read, write
from timeline.store.tables import metadata

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy.schema import SchemaItem

SCRIPTS = "timeline.store:migrations"
"""Where the migrations are, in Alembic's way of naming a folder of an installed package."""

UNMODELLED: tuple[str, ...] = (
    "region_boxes*",  # R*Trees on SQLite
    "past_boxes*",
    "ix_regions_box",  # GiST on PostgreSQL
    "ix_regions_past_box",
    "search_index*",  # FTS5 on SQLite, a tsvector under GIN on PostgreSQL
    "rebuilt_*",  # on SQLite, derived tables on their way in and out: see `timeline.store.shadow`
    "retired_*",
)
"""Names of tables and indexes that migrations make and the metadata cannot describe, as shell patterns.

Here belong SQLite's virtual tables with the shadow tables that SQLite makes for them (an R*Tree `regions`
has `regions_node`, `regions_parent` and `regions_rowid`: write ``regions*``), PostgreSQL's GiST indexes over
expressions, and tables of which several copies exist while one is rebuilt. `check` passes over them, and over
whatever hangs on them; every one needs a test of its own that it is there.
"""


def upgrade(database: str | Engine, revision: str = "head") -> None:
    """Run the migrations that the database lacks, up to `revision`.

    Args:
        database: its URL, or an engine (the only way to reach a memory database).
        revision: a revision's name, or `head` for the latest.

    Raises:
        alembic.util.CommandError: there is no such revision, or the database is ahead of this program.
    """
    with _engine(database) as engine, write(engine) as connection:
        command.upgrade(_config(connection), revision)


def downgrade(database: str | Engine, revision: str) -> None:
    """Undo migrations down to `revision`, or `base` for all of them.

    Raises:
        alembic.util.CommandError: there is no such revision, or undoing would destroy recorded events.
    """
    with _engine(database) as engine, write(engine) as connection:
        command.downgrade(_config(connection), revision)


def current(database: str | Engine) -> str | None:
    """The revision the database is at, or None before the first migration."""
    with _engine(database) as engine, read(engine) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def check(database: str | Engine, *, unmodelled: Sequence[str] = UNMODELLED) -> list[str]:
    """How a migrated database differs from the metadata; empty if it does not."""
    with _engine(database) as engine, read(engine) as connection:
        options = {"include_object": modelled(unmodelled)}
        return [
            repr(change) for change in compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
        ]


def modelled(
    unmodelled: Sequence[str] = UNMODELLED,
) -> Callable[[SchemaItem, str | None, str, bool, SchemaItem | None], bool]:
    """Alembic's `include_object`: false for what the metadata is not meant to describe."""

    def include(
        item: SchemaItem,
        name: str | None,
        _kind: str,
        _reflected: bool,  # noqa: FBT001 - Alembic calls it so
        _compared: SchemaItem | None,
    ) -> bool:
        table = getattr(item, "table", None)
        names = (name, getattr(table, "name", None))
        return not any(fnmatchcase(known, pattern) for known in names if known for pattern in unmodelled)

    return include


@contextmanager
def _engine(database: str | Engine) -> Iterator[Engine]:
    if isinstance(database, Engine):
        yield database
        return
    engine = create_engine(database, pool_size=1)
    try:
        yield engine
    finally:
        engine.dispose()


def _config(connection: Any) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", SCRIPTS)
    return config
