"""What every test has: databases on both backends, no traffic beyond this machine, repeatable examples."""

from __future__ import annotations

import gc
import ipaddress
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import settings
from sqlalchemy import make_url

from tests.databases import (
    OUTSIDE_SERVER,
    Fill,
    PostgresDatabases,
    SqliteDatabases,
    databases_of_run,
    postgres_of_run,
    url_of_file,
)
from tests.memory import memory

BACKENDS = ("sqlite", "postgresql")
POSTGRES = pytest.StashKey[str]()

# In CI a change is judged by the same examples every time; at home each run looks for new ones.
settings.register_profile("home", deadline=None, print_blob=True)
settings.register_profile("ci", settings.get_profile("home"), derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "home")

if folder := memory():
    # The root of every `tmp_path`, unless a run names another one.
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(folder))

LOCAL_NAMES = {None, "", "localhost"} | ({make_url(OUTSIDE_SERVER).host} if OUTSIDE_SERVER else set())


class OutsideTrafficError(RuntimeError):
    """A test reached for another machine. No `OSError`, so that no retry and no fallback hides it."""


def refuse_outside_traffic(event: str, arguments: tuple[object, ...]) -> None:
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None  # a path is a Unix socket
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    if isinstance(host, bytes):
        host = host.decode()
    if host in LOCAL_NAMES:
        return
    try:
        local = ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        local = False
    if not local:
        message = f"tests talk to this machine only; {event} asked for {host!r}"
        raise OutsideTrafficError(message)


sys.addaudithook(refuse_outside_traffic)


def pytest_collection_finish() -> None:
    """What is loaded by now stays until the end: the collector of cycles need not pass over it each time."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    """At the very end all may go: what is frozen then, libraries take for lost."""
    gc.unfreeze()


def migrate(url: str) -> None:
    from timeline.store.migrate import upgrade

    upgrade(url)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """One server for all processes of a run, which ends with the process that started them."""
    config = node.config
    if POSTGRES not in config.stash:
        server = ExitStack()
        config.add_cleanup(server.close)
        url = server.enter_context(postgres_of_run(node.workerinput["testrunuid"], migrate, memory()))
        config.stash[POSTGRES] = url.render_as_string(hide_password=False)
    node.workerinput["postgres"] = config.stash[POSTGRES]


@pytest.fixture(scope="session")
def told_by_controller(request: pytest.FixtureRequest) -> dict[str, str]:
    """What the process that started this one tells it; nothing where there is only one."""
    found: dict[str, str] = getattr(request.config, "workerinput", {})
    return found


@pytest.fixture(scope="session")
def run(told_by_controller: dict[str, str]) -> str:
    """Names the run of which this process is a part."""
    return told_by_controller.get("testrunuid") or uuid4().hex


@pytest.fixture(scope="session")
def postgres_server_url(told_by_controller: dict[str, str], run: str) -> Iterator[str]:
    """An SQLAlchemy URL of a PostgreSQL server on which databases may be created."""
    if "postgres" in told_by_controller:
        yield told_by_controller["postgres"]
        return
    with postgres_of_run(run, migrate, memory()) as url:
        yield url.render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def postgres_databases(postgres_server_url: str, run: str) -> Iterator[PostgresDatabases]:
    with databases_of_run(make_url(postgres_server_url), run, migrate) as databases:
        yield databases


@pytest.fixture(scope="session")
def sqlite_databases(told_by_controller: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> SqliteDatabases:
    own = tmp_path_factory.getbasetemp()
    return SqliteDatabases((own.parent if told_by_controller else own) / "sqlite-templates", migrate)


@pytest.fixture
def sqlite_url(sqlite_databases: SqliteDatabases, tmp_path: Path) -> str:
    """The URL of a fresh, migrated SQLite file."""
    return sqlite_databases.copy_to(tmp_path / "timeline.db")


@pytest.fixture
def postgresql_url(postgres_databases: PostgresDatabases) -> Iterator[str]:
    """The URL of a fresh, migrated PostgreSQL database."""
    with postgres_databases.migrated() as url:
        yield url


@pytest.fixture(params=BACKENDS)
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a fresh, migrated database: the test runs once on each backend."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(params=BACKENDS)
def copy_of(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[Fill], str]]:
    """Answers the URL of a fresh database in which something stands already: the test runs once on each backend."""
    with ExitStack() as stack:

        def copied(filled: Fill) -> str:
            if request.param == "sqlite":
                databases: SqliteDatabases = request.getfixturevalue("sqlite_databases")
                return databases.copy_to(tmp_path / "timeline.db", filled)
            servers: PostgresDatabases = request.getfixturevalue("postgres_databases")
            return stack.enter_context(servers.migrated(filled))

        yield copied


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    """The URL of an SQLite file that does not exist yet."""
    return url_of_file(tmp_path / "empty.db")


@pytest.fixture
def empty_postgresql_url(postgres_databases: PostgresDatabases) -> Iterator[str]:
    """The URL of a PostgreSQL database without tables."""
    with postgres_databases.empty() as url:
        yield url


@pytest.fixture(params=BACKENDS)
def empty_database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a database nobody migrated: the test runs once on each backend."""
    url: str = request.getfixturevalue(f"empty_{request.param}_url")
    return url
