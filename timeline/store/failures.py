"""Database errors, told in the words of the event-sourcing library.

The library's applications decide by exception class: `IntegrityError` means that somebody else recorded the
same version first, `OperationalError` that the database was not to be had. SQLAlchemy and both drivers use
the class names of PEP 249 for the same things, so one table of names covers all three.

Only the store's own statements are translated. What an inline projection raises is the projection's, and is
left as it is: a constraint broken in a derived table must never be mistaken for a version conflict in the
log.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from eventsourcing import persistence
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

_BY_NAME: dict[str, type[persistence.PersistenceError]] = {
    "InterfaceError": persistence.InterfaceError,
    "DataError": persistence.DataError,
    "OperationalError": persistence.OperationalError,
    "IntegrityError": persistence.IntegrityError,
    "InternalError": persistence.InternalError,
    "ProgrammingError": persistence.ProgrammingError,
    "NotSupportedError": persistence.NotSupportedError,
    "DatabaseError": persistence.DatabaseError,
    "TimeoutError": persistence.OperationalError,  # SQLAlchemy: no connection became free in time
}


@contextmanager
def library_errors(engine: Engine) -> Iterator[None]:
    """Turn errors of SQLAlchemy and of the engine's driver into the library's tree.

    Raises:
        eventsourcing.persistence.PersistenceError: the matching subclass, with the original as its cause.
        KeyboardInterrupt: it struck amid a statement, and what failed is what the driver or the pool did about it.
    """
    driver_error: type[Exception] = engine.dialect.loaded_dbapi.Error
    try:
        yield
    except (SQLAlchemyError, driver_error) as error:
        if _follows_an_interrupt(error):
            raise KeyboardInterrupt from error
        told = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
        raise _translated(error)(str(told)) from error


def _follows_an_interrupt(error: BaseException) -> bool:
    following: BaseException | None = error
    while following is not None and not isinstance(following, KeyboardInterrupt):
        following = following.__cause__ or following.__context__
    return following is not None


def _translated(error: Exception) -> type[persistence.PersistenceError]:
    for cls in type(error).__mro__:
        if cls.__name__ in _BY_NAME:
            return _BY_NAME[cls.__name__]
    return persistence.PersistenceError
