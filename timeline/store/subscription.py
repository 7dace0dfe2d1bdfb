"""Following the log.

A subscription reads in the thread that iterates it and waits only when it has read everything; it starts no
thread of its own. What wakes it depends on the database: PostgreSQL's NOTIFY, which a trigger on the log
sends at every commit, or on SQLite, which has no such thing, the recorder's bell (writes of this process, at
once) and a short poll of the last position (writes of others).

A PostgreSQL subscription that waits holds one connection outside the pool. To serve many clients, follow the
log once and hand the events on.
"""

from __future__ import annotations

import selectors
import socket
from abc import abstractmethod
from threading import Condition
from typing import TYPE_CHECKING, Any

from eventsourcing.persistence import Subscription

from timeline.store.failures import library_errors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eventsourcing.persistence import Notification
    from sqlalchemy import Connection

    from timeline.store.recorders import SQLApplicationRecorder

CHANNEL = "stored_events"
"""The PostgreSQL channel on which the log's trigger announces every commit."""

_PAGE = 500
_POLL_S = 0.1
_FALLBACK_S = 30.0
"""How long to trust a silent PostgreSQL connection before asking whether the log has grown after all."""


class Bell:
    """Wakes the threads of this process that wait for the log to grow."""

    def __init__(self) -> None:
        self._condition = Condition()
        self._rung = 0

    @property
    def rung(self) -> int:
        """How often it has rung so far."""
        return self._rung

    def ring(self) -> None:
        """Wake everybody who waits."""
        with self._condition:
            self._rung += 1
            self._condition.notify_all()

    def wait(self, heard: int, timeout: float) -> None:
        """Return when it has rung more than `heard` times, or after `timeout` seconds."""
        with self._condition:
            self._condition.wait_for(lambda: self._rung > heard, timeout)


class LogSubscription(Subscription["SQLApplicationRecorder"]):
    """Yields the events after a position in order, each once, until it is stopped."""

    def __init__(self, recorder: SQLApplicationRecorder, gt: int | None = None, topics: Sequence[str] = ()) -> None:
        super().__init__(recorder, gt, topics)
        self._page: Sequence[Notification] = ()
        self._place = 0
        self._position = gt or 0

    def __next__(self) -> Notification:
        """The next event; waits for one if need be.

        Raises:
            StopIteration: the subscription was stopped.
            OperationalError: the database was lost.
        """
        while not self._has_been_stopped:
            if self._place < len(self._page):
                self._place += 1
                return self._page[self._place - 1]
            heard = self._recorder.bell.rung
            if not self._pull():
                self._wait(heard)
        raise StopIteration

    def _pull(self) -> bool:
        """Read on, if the log has grown.

        The end of the log is asked for first: with a selective filter the events after the last match are
        then looked at once, not again at every wake.
        """
        last = self._recorder.max_notification_id() or 0
        if last <= self._position:
            return False
        self._page = self._recorder.select_notifications(
            self._position, _PAGE, stop=last, topics=self._topics, inclusive_of_start=False
        )
        self._place = 0
        self._position = self._page[-1].id if len(self._page) == _PAGE else last
        return True

    @abstractmethod
    def _wait(self, heard: int) -> None:
        """Return when the log may have grown since the bell had rung `heard` times, or on `stop`."""


class PollingSubscription(LogSubscription):
    """Follows a log in SQLite."""

    def stop(self) -> None:
        """End the iteration at once; may be called from any thread."""
        super().stop()
        self._recorder.bell.ring()

    def _wait(self, heard: int) -> None:
        self._recorder.bell.wait(heard, _POLL_S)


class ListeningSubscription(LogSubscription):
    """Follows a log in PostgreSQL."""

    def __init__(self, recorder: SQLApplicationRecorder, gt: int | None = None, topics: Sequence[str] = ()) -> None:
        super().__init__(recorder, gt, topics)
        self._connection: Connection | None = None
        self._driver: Any = None
        self._waker, self._wakened = socket.socketpair()

    def __exit__(self, *args: object, **kwargs: Any) -> None:
        """Stop, and end the connection."""
        try:
            super().__exit__(*args, **kwargs)
        finally:
            if self._connection is not None:
                if self._driver is not None:  # an interrupt may have left it amid a statement: no more of them
                    self._driver.close()
                    self._connection.invalidate()
                self._connection.close()
            self._waker.close()
            self._wakened.close()

    def stop(self) -> None:
        """End the iteration at once; may be called from any thread."""
        if not self._has_been_stopped:
            super().stop()
            self._waker.send(b"!")

    def _wait(self, heard: int) -> None:  # noqa: ARG002 - the database rings for this process too
        if self._connection is None:
            self._listen()
            return  # what was committed before we listened is not announced: look once more
        with selectors.DefaultSelector() as selector:
            selector.register(self._driver.fileno(), selectors.EVENT_READ)
            selector.register(self._wakened, selectors.EVENT_READ)
            selector.select(_FALLBACK_S)
        with library_errors(self._recorder.engine):
            self._driver.pgconn.consume_input()
        while self._driver.pgconn.notifies():
            pass

    def _listen(self) -> None:
        with library_errors(self._recorder.engine):
            self._connection = self._recorder.engine.connect()
            self._driver = self._connection.connection.driver_connection
            self._connection.detach()
            self._driver.autocommit = True
            self._driver.execute(f"LISTEN {CHANNEL}")


def subscribe(recorder: SQLApplicationRecorder, gt: int | None = None, topics: Sequence[str] = ()) -> LogSubscription:
    """The subscription that fits the recorder's database. Nothing is opened before it is iterated."""
    if recorder.engine.dialect.name == "postgresql":
        return ListeningSubscription(recorder, gt, topics)
    return PollingSubscription(recorder, gt, topics)
