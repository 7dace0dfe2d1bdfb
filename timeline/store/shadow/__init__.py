"""Derived tables beside the live ones: filled under the same names, then swapped in at one stroke.

Whoever fills them uses the code that writes the live tables; where it writes is a matter of the connection it is given.
`opened` finds or makes the shadow of a database: on SQLite a file of its own next to the database
(`timeline.store.shadow.sqlite`), on PostgreSQL a schema of its own (`timeline.store.shadow.postgresql`).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from timeline.store.shadow.contract import AlreadyRunning, CannotSwap, Mark, Shadow
from timeline.store.shadow.postgresql import PostgreSQLShadow
from timeline.store.shadow.sqlite import SQLiteShadow


@contextmanager
def opened(engine: Engine, *, made_for: str, from_scratch: bool = False) -> Iterator[Shadow]:
    """The shadow of a database, empty or as the last one left it; what is committed in it stays if it is not finished.

    Args:
        engine: of the live database, made by `timeline.store.create_engine`.
        made_for: what the tables depend on besides the log; a shadow made for anything else is thrown away.
        from_scratch: throw it away in any case.

    Raises:
        AlreadyRunning: somebody else is filling it.
        InvalidInput: the database lives in memory, where nothing can be beside it.
    """
    cls = PostgreSQLShadow if engine.dialect.name == "postgresql" else SQLiteShadow
    shadow: Shadow = cls(engine)
    try:
        shadow.prepare(made_for, from_scratch=from_scratch)
        yield shadow
    finally:
        shadow.close()


__all__ = ["AlreadyRunning", "CannotSwap", "Mark", "Shadow", "opened"]
