"""Derived tables beside the live ones: filled under the same names, then swapped in at one stroke.

Whoever fills them uses the code that writes the live tables; where it writes is a matter of the connection it is given.
`opened` finds or makes the shadow of a database: on SQLite a file of its own next to the database
(`timeline.store.shadow.sqlite`), on PostgreSQL a schema of its own (`timeline.store.shadow.postgresql`).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import Engine

from timeline.store.shadow.contract import CLAIMS, RIVALLED, AlreadyRunning, CannotSwap, Mark, Shadow, Stage
from timeline.store.shadow.postgresql import PostgreSQLShadow
from timeline.store.shadow.sqlite import SQLiteShadow


@contextmanager
def opened(engine: Engine, *, made_for: str, boxes: Mapping[str, str], from_scratch: bool = False) -> Iterator[Shadow]:
    """The shadow of a database, empty or as the last one left it; what is committed in it stays if it is not finished.

    Args:
        engine: of the live database, made by `timeline.store.create_engine`.
        made_for: what the tables depend on besides the log; a shadow made for anything else is thrown away.
        boxes: the R*Trees, each with the question that gives what it holds; only SQLite has them.
        from_scratch: throw it away in any case.

    Raises:
        AlreadyRunning: somebody else is filling it.
        InvalidInput: the database lives in memory, where nothing can be beside it.
    """
    shadow: Shadow = PostgreSQLShadow(engine) if engine.dialect.name == "postgresql" else SQLiteShadow(engine, boxes)
    try:
        shadow.prepare(made_for, from_scratch=from_scratch)
        yield shadow
    finally:
        shadow.close()


__all__ = ["CLAIMS", "RIVALLED", "AlreadyRunning", "CannotSwap", "Mark", "Shadow", "Stage", "opened"]
