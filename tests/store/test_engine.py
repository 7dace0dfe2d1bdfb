"""Engines, snapshots and the one writer."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from eventsourcing.persistence import OperationalError
from sqlalchemy import Engine, make_url, text
from sqlalchemy.exc import DBAPIError

from tests.store.events import batch
from timeline.errors import InvalidInput
from timeline.store import (
    ReadConnection,
    SQLApplicationRecorder,
    SQLTrackingRecorder,
    WriteConnection,
    create_engine,
    migrate,
    read,
    write,
)

COUNT = "SELECT count(*) FROM stored_events"
MARK = text("INSERT INTO tracking VALUES (:name, 0)")


@pytest.fixture
def engine(database_url):
    engine = create_engine(database_url)
    yield engine
    engine.dispose()


def setting(engine: Engine, name: str) -> object:
    with read(engine) as connection:
        statement = f"PRAGMA {name}" if engine.dialect.name == "sqlite" else f"SHOW {name}"
        return connection.exec_driver_sql(statement).scalar_one()


class TestMakingAnEngine:
    def test_opens_nothing(self, tmp_path):
        create_engine(f"sqlite:///{tmp_path / 'none.db'}")
        create_engine("postgresql://nobody@localhost:1/nothing")
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("url", ["mysql://localhost/timeline", "timeline.db", ""])
    def test_names_the_field_and_the_remedy_of_a_url_it_cannot_use(self, url):
        with pytest.raises(InvalidInput, match="sqlite:///") as caught:
            create_engine(url)
        assert caught.value.field == "database_url"

    def test_refuses_a_pool_of_nothing(self):
        with pytest.raises(InvalidInput) as caught:
            create_engine("sqlite://", pool_size=0)
        assert caught.value.field == "pool_size"

    @pytest.mark.parametrize("scheme", ["postgresql", "postgresql+psycopg"])
    def test_reaches_postgresql_through_psycopg_3(self, scheme):
        assert create_engine(f"{scheme}://localhost/timeline").driver == "psycopg"

    @pytest.mark.parametrize(
        ("name", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 30_000)]
    )
    def test_sqlite_is_set_up_for_durable_appends_beside_readers(self, sqlite_url, name, value):
        engine = create_engine(sqlite_url)
        assert setting(engine, name) == value
        engine.dispose()

    def test_sqlite_may_be_told_to_sync_less_for_a_bulk_load(self, sqlite_url):
        engine = create_engine(sqlite_url, synchronous="NORMAL")
        assert setting(engine, "synchronous") == 1
        engine.dispose()

    def test_a_file_that_is_no_database_is_an_error_of_the_library(self, tmp_path):
        Path(tmp_path / "prose.db").write_text("It was a dark and stormy night. " * 100)
        engine = create_engine(f"sqlite:///{tmp_path / 'prose.db'}")
        with pytest.raises(Exception, match="not a database") as caught, read(engine):
            pass
        assert type(caught.value).__module__ == "eventsourcing.persistence"
        engine.dispose()

    def test_a_server_that_does_not_answer_is_an_operational_error(self):
        engine = create_engine("postgresql://nobody@localhost:1/nothing")
        with pytest.raises(OperationalError), read(engine):
            pass
        engine.dispose()


class TestReading:
    def test_sees_one_moment_of_the_log_however_long_it_takes(self, engine):
        recorder = SQLApplicationRecorder(engine)
        recorder.insert_events(batch(2))
        with read(engine) as connection:
            before = connection.exec_driver_sql(COUNT).scalar_one()
            recorder.insert_events(batch(3))
            after = connection.exec_driver_sql(COUNT).scalar_one()
        assert (before, after) == (2, 2)
        assert recorder.max_notification_id() == 5

    def test_cannot_write(self, engine):
        with pytest.raises(DBAPIError, match=r"read-?only"), read(engine) as connection:
            connection.execute(MARK, {"name": "forged"})

    def test_leaves_the_connection_able_to_write_again(self, database_url):
        engine = create_engine(database_url, pool_size=1)
        with read(engine) as connection:
            connection.exec_driver_sql(COUNT)
        with write(engine) as connection:
            connection.execute(MARK, {"name": "written"})
        with engine.begin() as plain:
            plain.execute(MARK, {"name": "written too"})
        assert SQLTrackingRecorder(engine).max_tracking_id("written too") == 0
        engine.dispose()


class TestWriting:
    def test_commits_at_the_end(self, engine):
        with write(engine) as connection:
            connection.execute(MARK, {"name": "kept"})
        assert SQLTrackingRecorder(engine).max_tracking_id("kept") == 0

    def test_undoes_everything_when_the_body_raises_and_passes_the_error_on(self, engine):
        mistake = ZeroDivisionError("mine")

        def body(connection: WriteConnection) -> None:
            connection.execute(MARK, {"name": "lost"})
            raise mistake

        with pytest.raises(ZeroDivisionError) as caught, write(engine) as connection:
            body(connection)
        assert caught.value is mistake
        assert SQLTrackingRecorder(engine).max_tracking_id("lost") is None

    def test_translates_no_error_of_the_body(self, engine):
        with pytest.raises(DBAPIError), write(engine) as connection:
            connection.exec_driver_sql("SELECT * FROM no_such_table")

    @pytest.mark.parametrize("engines", [1, 2])
    def test_is_alone(self, database_url, engines):
        """Each of many writers reads a number and writes the next one: none of them reads the same."""
        pools = [create_engine(database_url, pool_size=2) for _ in range(engines)]
        with write(pools[0]) as connection:
            connection.execute(MARK, {"name": "count"})

        def increment(turn: int) -> None:
            with write(pools[turn % engines]) as connection:
                count = connection.exec_driver_sql("SELECT notification_id FROM tracking").scalar_one()
                connection.execute(text("UPDATE tracking SET notification_id = :next"), {"next": count + 1})

        with ThreadPoolExecutor(8) as threads:
            list(threads.map(increment, range(40)))
        assert SQLTrackingRecorder(pools[0]).max_tracking_id("count") == 40
        for pool in pools:
            pool.dispose()

    def test_waiting_writers_leave_the_readers_their_connections(self, database_url):
        engine = create_engine(database_url, pool_size=2)
        recorder = SQLApplicationRecorder(engine)
        with ThreadPoolExecutor(8) as threads:
            with write(engine):
                waiting = [threads.submit(recorder.insert_events, batch(1)) for _ in range(8)]
                assert recorder.max_notification_id() is None
            positions = [position for writer in waiting for position in writer.result() or ()]
        assert sorted(positions) == list(range(1, 9))
        engine.dispose()


def lose(connection: ReadConnection, url: str) -> None:
    """End the server's side of a connection, as a restart does."""
    (pid,) = connection.exec_driver_sql("SELECT pg_backend_pid()").one()
    administrator = create_engine(url)
    with administrator.connect() as other:
        other.exec_driver_sql(f"SELECT pg_terminate_backend({pid}, 20000)")
    administrator.dispose()


class TestLosingTheServer:
    def test_while_writing_hides_no_error_of_the_body(self, postgresql_url):
        engine = create_engine(postgresql_url, pool_size=1)
        mistake = ZeroDivisionError("mine")

        def body(connection: WriteConnection) -> None:
            connection.execute(MARK, {"name": "lost"})
            lose(connection, postgresql_url)
            raise mistake

        with pytest.raises(ZeroDivisionError) as caught, write(engine) as connection:
            body(connection)
        assert caught.value is mistake
        assert SQLTrackingRecorder(engine).max_tracking_id("lost") is None
        assert SQLApplicationRecorder(engine).insert_events(batch(1)) == [1]
        engine.dispose()

    def test_before_the_commit_is_an_error(self, postgresql_url):
        engine = create_engine(postgresql_url, pool_size=1)

        def write_and_lose() -> None:
            with write(engine) as connection:
                connection.execute(MARK, {"name": "lost"})
                lose(connection, postgresql_url)

        with pytest.raises(OperationalError):
            write_and_lose()
        assert SQLTrackingRecorder(engine).max_tracking_id("lost") is None
        engine.dispose()

    def test_after_reading_leaves_the_answer_standing(self, postgresql_url):
        engine = create_engine(postgresql_url, pool_size=1)
        with read(engine) as connection:
            answer = connection.exec_driver_sql(COUNT).scalar_one()
            lose(connection, postgresql_url)
        assert answer == 0
        assert SQLApplicationRecorder(engine).max_notification_id() is None
        engine.dispose()


@pytest.mark.parametrize("transaction", [read, write])
def test_an_interrupt_in_the_middle_of_a_statement_is_passed_on_and_the_next_one_works(postgresql_url, transaction):
    engine = create_engine(postgresql_url, pool_size=1)

    def interrupted() -> None:
        with transaction(engine) as connection:
            connection.connection.driver_connection.pgconn.send_query(b"SELECT pg_sleep(60)")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert SQLApplicationRecorder(engine).max_notification_id() is None
    engine.dispose()


def test_an_interrupt_while_a_connection_is_tried_is_no_error_of_the_database(postgresql_url, monkeypatch):
    engine = create_engine(postgresql_url, pool_size=1)
    SQLApplicationRecorder(engine).max_notification_id()  # from now on the pool has one to try

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    tried = list[psycopg.Connection]()

    def ping(connection: psycopg.Connection) -> None:
        tried.append(connection)
        try:
            with monkeypatch.context() as patched:
                patched.setattr(psycopg.Cursor, "execute", interrupted)
                connection.cursor().execute("")
        finally:
            raise psycopg.ProgrammingError("can't change 'autocommit' now")

    monkeypatch.setattr(engine.dialect, "do_ping", ping)
    with pytest.raises(KeyboardInterrupt):
        SQLApplicationRecorder(engine).max_notification_id()
    tried[0].close()
    engine.dispose()


def test_a_writer_may_read_but_a_reader_may_not_write():
    """What mypy goes by: a write connection is a read connection, and not the other way round."""
    assert vars(WriteConnection)["__supertype__"] is ReadConnection


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_memory_database_serves_all_threads_from_one_connection(url):
    engine = create_engine(url)
    migrate.upgrade(engine)
    recorder = SQLApplicationRecorder(engine)
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(recorder.insert_events, [batch(5) for _ in range(20)]))
    assert recorder.max_notification_id() == 100
    engine.dispose()


def test_the_password_stays_out_of_the_errors():
    url = make_url("mysql://me:secret@localhost/timeline").render_as_string(hide_password=False)
    with pytest.raises(InvalidInput) as caught:
        create_engine(url)
    assert "secret" not in str(caught.value)
