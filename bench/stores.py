"""Stores to measure on: fresh, migrated, one for each backend and size."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Self
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

from projections.service import Service, opened
from tests.databases import postgres_server
from timeline.settings import Settings
from timeline.store.migrate import upgrade


class Stores:
    """Makes databases in a scratch folder and on one PostgreSQL server; everything is gone at the end."""

    def __init__(self, backends: tuple[str, ...]) -> None:
        self.backends = backends
        self._stack = ExitStack()
        self._folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="timeline-bench-")))
        self._server: URL | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def url(self, backend: str) -> str:
        """The URL of a fresh database, migrated."""
        url = self.empty(backend)
        upgrade(url)
        return url

    def empty(self, backend: str) -> str:
        """The URL of a fresh database without tables."""
        if backend == "sqlite":
            return f"sqlite:///{self._folder / uuid4().hex}.db"
        if self._server is None:
            given = os.environ.get("TIMELINE_BENCH_DATABASE_URL")
            self._server = make_url(given) if given else self._stack.enter_context(postgres_server())
        name = f"bench_{uuid4().hex}"
        conninfo = self._server.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(conninfo, autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return self._server.set(database=name).render_as_string(hide_password=False)

    def analyse(self, url: str) -> None:
        """Give the planner its statistics, as autovacuum would within a minute."""
        if url.startswith("postgresql"):
            conninfo = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
            with psycopg.connect(conninfo, autocommit=True) as connection:
                connection.execute("VACUUM ANALYZE")


@contextmanager
def service(url: str) -> Iterator[Service]:
    """The service on a database."""
    with opened(Settings(database_url=url)) as open_:
        yield open_
