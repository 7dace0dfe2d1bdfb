"""The databases tests run on are real, fresh and as the migrations leave them; and no test leaves this machine."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, make_url, text
from sqlalchemy.pool import NullPool

from tests.conftest import OutsideTrafficError

# An address reserved for documentation: no machine answers there.
ELSEWHERE = ("192.0.2.1", 9)


def tables(url: str) -> set[str]:
    engine = create_engine(url, poolclass=NullPool)
    return set(inspect(engine).get_table_names())


def test_a_database_comes_migrated(database_url):
    assert {"alembic_version", "stored_events"} <= tables(database_url)


def test_an_empty_database_has_no_tables(empty_database_url):
    assert tables(empty_database_url) == set()


@pytest.mark.parametrize("attempt", ["first", "second"])
def test_no_test_sees_what_another_wrote(database_url, attempt):
    engine = create_engine(database_url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE left_behind (attempt text)"))
    assert "left_behind" in tables(database_url)


def test_the_url_names_the_backend(sqlite_url, postgresql_url):
    assert make_url(sqlite_url).drivername == "sqlite"
    assert make_url(postgresql_url).drivername == "postgresql+psycopg"


def test_another_machine_cannot_be_reached():
    with socket.socket() as connection, pytest.raises(OutsideTrafficError, match=r"192\.0\.2\.1"):
        connection.connect(ELSEWHERE)
    with socket.socket(type=socket.SOCK_DGRAM) as datagram, pytest.raises(OutsideTrafficError):
        datagram.sendto(b"", ELSEWHERE)
    with pytest.raises(OutsideTrafficError, match=r"elsewhere\.invalid"):
        socket.getaddrinfo("elsewhere.invalid", 80)


def test_this_machine_can_be_reached(tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
