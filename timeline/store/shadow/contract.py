"""What a shadow can do, whichever database it lives in."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from enum import IntEnum
from typing import NamedTuple, Protocol

from sqlalchemy import BigInteger, Column, LargeBinary, MetaData, PrimaryKeyConstraint, Table

from timeline.errors import TimelineError
from timeline.store.derived import DERIVED
from timeline.store.engine import WriteConnection

NAMES: tuple[str, ...] = tuple(table.name for table in DERIVED)
"""The derived tables, in the order in which they can be filled."""


class AlreadyRunning(TimelineError):
    """Somebody else is filling the shadow tables of this database."""


class CannotSwap(TimelineError):
    """The live tables were in use for so long that the shadow tables could not take their place."""


class Stage(IntEnum):
    """What a shadow is being filled with."""

    EVENTS = 0
    """What follows from each event alone; of the planes of keys there are only notes (`CLAIMS`)."""
    PLANES = 1
    """The regions of the keys, one key after the other."""
    FULL = 2
    """Everything is there, and is kept up as the live tables are."""


class Mark(NamedTuple):
    """How far a shadow is filled, and the digest of the last event, by which one log is told from another."""

    position: int
    digest: str
    stage: Stage = Stage.EVENTS
    key: int = 0
    """The last key whose plane is made."""

    def as_row(self) -> tuple[int, str, int, int]:
        """As it is kept with what was written."""
        return self.position, self.digest, int(self.stage), self.key


CLAIMS = Table(
    "claims",
    MetaData(),
    Column("key_id", BigInteger, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("count", BigInteger, nullable=False),
    Column("claims", LargeBinary, nullable=False),
    PrimaryKeyConstraint("key_id", "number"),
    sqlite_with_rowid=False,
)
"""What comes into force under keys and what goes out of it, in the order of the log: noted while a shadow is filled.

A row has all that a portion of events claims on one key: how many, and the numbers by which they are told.
"""
RIVALLED = Table(
    "rivalled",
    MetaData(),
    Column("last_key", BigInteger, primary_key=True, autoincrement=False),
    Column("facts", LargeBinary, nullable=False),
)
"""Which facts have rivals: noted with the planes of a portion of keys, and marked when all are known."""
NOTES: tuple[Table, ...] = (CLAIMS, RIVALLED)
"""What is in a shadow while it is filled, and never in a live database."""

KEPT_UP: tuple[str, ...] = ("ix_contents_development", "ix_facts_content")
"""The indexes that are needed while a shadow is filled; all others are made when it is full."""

CatchUp = Callable[[WriteConnection, Mark], Mark]
"""Takes in all events after a mark, in the transaction of the connection; answers the mark of the last."""


class Shadow(Protocol):
    """Derived tables that are filled beside the live ones."""

    def prepare(self, made_for: str, *, from_scratch: bool) -> None:
        """Make the shadow tables, or take them as they are; nobody else may until `close`."""

    def mark(self) -> Mark:
        """How far the tables are filled: position 0 where they are empty."""

    def restart(self) -> None:
        """Throw away what is filled."""

    def filling(self, until: Callable[[], Mark]) -> AbstractContextManager[WriteConnection]:
        """A transaction in which the names of derived tables mean the shadow's, and that of the log means the log.

        At its end the mark that `until` then gives is kept with what was written. What `complete` makes is not there
        before it has.
        """

    def complete(self, on_step: Callable[[], None]) -> None:
        """Make what is faster made of full tables than kept up, unless it is made; `on_step` is called now and then."""

    def swap(self, catch_up: CatchUp, on_step: Callable[[], None]) -> Mark:
        """Let the shadow tables take the place of the live ones, at one stroke and with nothing missing.

        Appends wait meanwhile. Questions do not: each sees the old tables or the new ones. Answers how far they are
        filled.

        Raises:
            CannotSwap: a transaction that began before was open for too long; the live tables are as they were.
        """

    def close(self) -> None:
        """Let others at it. What was not swapped in stays, to be gone on with."""
