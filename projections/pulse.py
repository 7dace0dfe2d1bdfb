"""A quick way to see that nothing was written since one last looked.

Asking for the newest revision takes a transaction. An SQLite file says in a few microseconds, and without one, whether
any other connection has committed anything, in this process or elsewhere; whoever keeps an answer can then tell that it
is still the newest. Other databases have no such sign: there the pulse is None, and one has to ask.
"""

import sqlite3
import weakref
from threading import Lock

from sqlalchemy import Engine


class Pulse:
    """A number that changes with every commit to the database. Opens its own connection when first asked."""

    def __init__(self, engine: Engine) -> None:
        self._path = _file_of(engine)
        self._connection: sqlite3.Connection | None = None
        self._lock = Lock()

    def now(self) -> int | None:
        """The number now: if it is the one of an earlier call, nothing was committed since that call.

        None where the database gives no such sign, or is busy.
        """
        if self._path is None:
            return None
        with self._lock:
            try:
                if self._connection is None:
                    self._connection = sqlite3.connect(self._path, timeout=0, check_same_thread=False)
                    weakref.finalize(self, self._connection.close)
                found: tuple[int] = self._connection.execute("PRAGMA data_version").fetchone()
            except sqlite3.Error:
                return None
            return found[0]

    def close(self) -> None:
        """Close the connection; the next call of `now` opens another."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None


def _file_of(engine: Engine) -> str | None:
    """The path of the SQLite file; None for a memory database, which lives in one connection, and for others."""
    url = engine.url
    if url.get_backend_name() != "sqlite" or url.query or url.database in {None, "", ":memory:"}:
        return None
    return url.database
