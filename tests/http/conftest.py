from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache

import pytest
from starlette.testclient import TestClient

from tests.conftest import BACKENDS
from tests.databases import Fill, PostgresDatabases, SqliteDatabases
from tests.http.story import begin, client_of, head, tell


def beginning(url: str) -> None:
    with client_of(url) as client:
        begin(client)


def whole_story(url: str) -> None:
    with client_of(url) as client:
        tell(client)


Shared = Callable[[Fill], TestClient]
"""One client for each beginning, for all tests that only read."""


def sharing(copy: Callable[[Fill], str], stack: ExitStack) -> Shared:
    return cache(lambda filled: stack.enter_context(client_of(copy(filled))))


@pytest.fixture(scope="session")
def shared_on_sqlite(sqlite_databases: SqliteDatabases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    with ExitStack() as stack:
        yield sharing(lambda filled: sqlite_databases.copy_to(tmp_path_factory.mktemp("story") / "t.db", filled), stack)


@pytest.fixture(scope="session")
def shared_on_postgresql(postgres_databases: PostgresDatabases) -> Iterator[Shared]:
    with ExitStack() as stack:
        yield sharing(lambda filled: stack.enter_context(postgres_databases.migrated(filled)), stack)


def only_read(client: TestClient) -> Iterator[TestClient]:
    before = head(client)
    yield client
    assert head(client) == before, "others read from this app too: take `told` or `writable` for a test that writes"


@pytest.fixture(params=BACKENDS)
def client(request: pytest.FixtureRequest) -> Iterator[TestClient]:
    """A client of an app to which the whole story was told, on each backend. Nothing is written to it."""
    yield from only_read(request.getfixturevalue(f"shared_on_{request.param}")(whole_story))


@pytest.fixture(params=BACKENDS)
def begun(request: pytest.FixtureRequest) -> Iterator[TestClient]:
    """A client of an app to which the beginning of the story was told, on each backend. Nothing is written to it."""
    yield from only_read(request.getfixturevalue(f"shared_on_{request.param}")(beginning))


@pytest.fixture
def on_sqlite(shared_on_sqlite: Shared) -> Iterator[TestClient]:
    """A client of an app to which the whole story was told: for what has nothing to do with the database."""
    yield from only_read(shared_on_sqlite(whole_story))


@pytest.fixture
def told(copy_of: Callable[[Fill], str]) -> Iterator[TestClient]:
    """A client of an app of the test's own, to which the whole story was told, on each backend."""
    with client_of(copy_of(whole_story)) as client:
        yield client


@pytest.fixture
def writable(copy_of: Callable[[Fill], str]) -> Iterator[TestClient]:
    """A client of an app of the test's own, to which the beginning of the story was told, on each backend."""
    with client_of(copy_of(beginning)) as client:
        yield client
