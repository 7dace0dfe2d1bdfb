"""The bundled timelines, one copy a process and backend, and a client of the real app on them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from tests.beginnings import with_bundled
from tests.conftest import BACKENDS
from timeline.settings import Settings

Ask = Callable[..., Any]


@pytest.fixture(scope="session", params=BACKENDS)
def bundled_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a database with all bundled timelines in it. Tests only read it."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            folder: Path = tmp_path_factory.mktemp("bundled")
            url: str = request.getfixturevalue("sqlite_databases").copy_to(folder / "timeline.db", with_bundled)
        else:
            url = stack.enter_context(request.getfixturevalue("postgres_databases").migrated(with_bundled))
        yield url


@pytest.fixture(scope="session")
def client(bundled_url: str) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(database_url=bundled_url, log_level="ERROR"))) as client:
        yield client


@pytest.fixture(scope="session")
def state(client: TestClient) -> Ask:
    """Asks for the state of the bundled timeline."""

    def ask(**query: str) -> dict[str, Any]:
        answer = client.get("/v1/timelines/microsoft-openai/state", params=query)
        assert answer.status_code == 200, answer.text
        body: dict[str, Any] = answer.json()
        return body

    return ask


def facts(body: dict[str, Any], attribute: str, subject: str | None = None, object_: str | None = None) -> list[Any]:
    """The facts of a state that have an attribute, and a subject and object where asked."""
    return [
        fact
        for section in body["sections"].values()
        for fact in section["facts"]
        if fact["attribute"] == attribute
        and subject in {None, fact["subject"]["id"]}
        and object_ in {None, fact["object"] and fact["object"]["id"]}
    ]
