"""Following the log: everything once, in order, woken by every writer, stopped at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice

import psycopg
import pytest
from eventsourcing.persistence import Notification, OperationalError
from sqlalchemy import make_url

from tests.store.events import appender, batch
from timeline.store import SQLApplicationRecorder, create_engine
from timeline.store import subscription as module

PATIENCE_S = 20


@pytest.fixture
def recorder(database_url):
    engine = create_engine(database_url)
    yield SQLApplicationRecorder(engine)
    engine.dispose()


@pytest.fixture
def follower() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as threads:
        yield threads


@pytest.fixture
def waited(monkeypatch) -> threading.Event:
    """Set when a subscription has read everything and begins to wait."""
    begun = threading.Event()
    for cls in (module.PollingSubscription, module.ListeningSubscription):

        def wait(self, heard, *, original=cls._wait):
            if getattr(self, "_connection", self) is not None:  # PostgreSQL: it listens already
                begun.set()
            original(self, heard)

        monkeypatch.setattr(cls, "_wait", wait)
    return begun


def positions(events: list[Notification]) -> list[int]:
    return [event.id for event in events]


def test_yields_what_is_there_across_pages(recorder):
    recorder.insert_events(batch(1_201))
    with recorder.subscribe(gt=3) as subscription:
        assert positions(list(islice(subscription, 1_198))) == list(range(4, 1_202))


def test_filters_by_topic_across_pages(recorder):
    for _ in range(3):
        recorder.insert_events(batch(600))
        recorder.insert_events(batch(1))
    with recorder.subscribe(topics=["batch-of-1"]) as subscription:
        assert positions(list(islice(subscription, 3))) == [601, 1202, 1803]


def test_is_woken_by_an_append_of_the_same_recorder(recorder, follower, waited):
    with recorder.subscribe() as subscription:
        following: Future[list[Notification]] = follower.submit(list, islice(subscription, 2))
        assert waited.wait(PATIENCE_S)
        recorder.insert_events(batch(2))
        assert positions(following.result(PATIENCE_S)) == [1, 2]


def test_on_sqlite_an_append_of_the_same_recorder_is_not_left_to_the_poll(sqlite_url, follower, waited, monkeypatch):
    monkeypatch.setattr(module, "_POLL_S", 60.0)
    engine = create_engine(sqlite_url)
    recorder = SQLApplicationRecorder(engine)
    with recorder.subscribe() as subscription:
        following = follower.submit(list, islice(subscription, 1))
        assert waited.wait(PATIENCE_S)
        recorder.insert_events(batch(1))
        assert positions(following.result(PATIENCE_S)) == [1]
    engine.dispose()


def test_is_woken_by_another_process(recorder, database_url, follower, waited):
    with recorder.subscribe() as subscription, appender(database_url, batches=3, size=70) as process:
        following = follower.submit(list, islice(subscription, 210))
        assert waited.wait(PATIENCE_S)
        process.communicate("go\n")
        assert positions(following.result(PATIENCE_S)) == list(range(1, 211))


def test_goes_on_after_events_it_was_not_asked_for(recorder, follower, waited):
    with recorder.subscribe(topics=["batch-of-1"]) as subscription:
        following = follower.submit(list, islice(subscription, 1))
        assert waited.wait(PATIENCE_S)
        recorder.insert_events(batch(2))
        recorder.insert_events(batch(1))
        assert positions(following.result(PATIENCE_S)) == [3]


@pytest.mark.parametrize("pause", ["_POLL_S", "_FALLBACK_S"])
def test_stops_at_once_while_it_waits(recorder, follower, waited, monkeypatch, pause):
    monkeypatch.setattr(module, pause, 60.0)
    with recorder.subscribe() as subscription:
        following = follower.submit(list, subscription)
        assert waited.wait(PATIENCE_S)
        subscription.stop()
        assert following.result(PATIENCE_S) == []
        assert list(subscription) == []


def test_starts_no_thread_and_opens_nothing_before_it_is_iterated():
    before = threading.active_count()
    for url in ("sqlite:////no/such/folder/timeline.db", "postgresql://nobody@localhost:1/nothing"):
        with SQLApplicationRecorder(create_engine(url)).subscribe():
            assert threading.active_count() == before


def test_many_wait_without_taking_the_connections_of_the_pool(database_url, waited):
    engine = create_engine(database_url, pool_size=1)
    recorder = SQLApplicationRecorder(engine)
    subscriptions = [recorder.subscribe() for _ in range(6)]
    with ThreadPoolExecutor(6) as threads:
        following = [threads.submit(list, islice(one, 1)) for one in subscriptions]
        assert waited.wait(PATIENCE_S)
        recorder.insert_events(batch(1))
        assert [positions(future.result(PATIENCE_S)) for future in following] == [[1]] * 6
    for subscription in subscriptions:
        with subscription:
            pass
    engine.dispose()


def test_says_that_the_server_has_dropped_it(postgresql_url, follower, waited):
    engine = create_engine(postgresql_url)
    recorder = SQLApplicationRecorder(engine)
    url = make_url(postgresql_url).set(drivername="postgresql").render_as_string(hide_password=False)
    with recorder.subscribe() as subscription, psycopg.connect(url, autocommit=True) as administrator:
        following = follower.submit(next, subscription)
        assert waited.wait(PATIENCE_S)
        others = "FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
        listening = f"SELECT count(*) {others} AND query LIKE 'LISTEN %' AND state = 'idle'"
        while administrator.execute(listening).fetchone() == (0,):
            pass
        administrator.execute(f"SELECT pg_terminate_backend(pid) {others}")
        with pytest.raises(OperationalError):
            following.result(PATIENCE_S)
    engine.dispose()


def test_an_interrupt_amid_a_statement_ends_it_as_quietly_as_any(postgresql_url, monkeypatch):
    engine = create_engine(postgresql_url)

    def interrupted(self, heard):
        self._listen()
        self._driver.pgconn.send_query(b"SELECT pg_sleep(60)")
        raise KeyboardInterrupt

    monkeypatch.setattr(module.ListeningSubscription, "_wait", interrupted)
    with SQLApplicationRecorder(engine).subscribe() as subscription, pytest.raises(KeyboardInterrupt):
        next(subscription)
    engine.dispose()
