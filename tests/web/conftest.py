from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from tests.databases import SqliteDatabases
from tests.http.story import client_of, tell


@pytest.fixture(scope="session")
def on_sqlite(sqlite_databases: SqliteDatabases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of an app to which the whole story was told. Tests of pages only read it."""
    url = sqlite_databases.copy_to(tmp_path_factory.mktemp("pages") / "timeline.db")
    with client_of(url) as client:
        tell(client)
        yield client
