from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from tests.http.story import begin, client_of, tell


@pytest.fixture
def client(database_url: str) -> Iterator[TestClient]:
    """A client of an app to which the whole story was told, on each backend."""
    with client_of(database_url) as client:
        tell(client)
        yield client


@pytest.fixture
def writable(database_url: str) -> Iterator[TestClient]:
    """A client of an app to which the beginning of the story was told, on each backend."""
    with client_of(database_url) as client:
        begin(client)
        yield client


@pytest.fixture
def on_sqlite(sqlite_url: str) -> Iterator[TestClient]:
    """A client of an app to which the whole story was told: for what has nothing to do with the database."""
    with client_of(sqlite_url) as client:
        tell(client)
        yield client
