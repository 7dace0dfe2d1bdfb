"""How Alembic reaches the database: on the connection it is handed, or from the command line on a URL.

alembic upgrade head                                     the URL of alembic.ini
alembic -x url=postgresql://localhost/timeline check     another one
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic import context
from alembic.util import CommandError

from timeline.store.engine import create_engine, write
from timeline.store.migrate import modelled
from timeline.store.tables import metadata

if TYPE_CHECKING:
    from sqlalchemy import Connection


def migrate(connection: Connection) -> None:
    """Run what the command asks for, in the transaction the connection is in."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        include_object=modelled(),
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()


def run() -> None:
    """Find the connection, then migrate."""
    handed: Connection | None = context.config.attributes.get("connection")
    if handed is not None:
        migrate(handed)
        return
    if context.is_offline_mode():
        raise CommandError("These migrations ask the database before they act: run them on one, without --sql.")
    url = context.get_x_argument(as_dictionary=True).get("url") or context.config.get_main_option("sqlalchemy.url")
    if not url:
        raise CommandError("No database is named: set sqlalchemy.url in alembic.ini, or pass -x url=…")
    engine = create_engine(url, pool_size=1)
    try:
        with write(engine) as connection:
            migrate(connection)
    finally:
        engine.dispose()


run()
