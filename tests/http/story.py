"""The story of `api.examples`, told to a real service: what most tests of the API start from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from starlette.testclient import TestClient

from api.app import create_app
from api.examples import DEVELOPMENT, INVESTMENT, OTHER_DEVELOPMENT, OTHER_ENTITIES, REQUESTS, TIMELINE
from projections.service import opened
from timeline.clock import FixedClock
from timeline.dates import parse_moment
from timeline.settings import Settings

NOW = parse_moment("2024-06-01T12:00:00Z")
TOKEN = "of-the-tests"  # noqa: S105 - it opens nothing
AUTHORISED = {"Authorization": f"Bearer {TOKEN}"}

HOME = f"/v1/timelines/{TIMELINE}"
STATE = f"{HOME}/state"
REMOVAL = f"{HOME}/developments/{DEVELOPMENT}"
INVESTED = f"{HOME}/developments/{INVESTMENT}"


def settings_of(url: str, **more: Any) -> Settings:
    return Settings(**{"database_url": url, "write_token": TOKEN, "log_level": "ERROR", **more})


@contextmanager
def client_of(url: str, *, now: int = NOW, **settings: Any) -> Iterator[TestClient]:
    """A client of a running app on that database, at a fixed hour. What the app fails at comes back as an answer."""
    given = settings_of(url, **settings)
    with opened(given, clock=FixedClock(now)) as service:
        app = create_app(given, service=service)
        with TestClient(app, raise_server_exceptions=False) as client:
            yield client


def write(client: TestClient, path: str, body: Any, **headers: str) -> Any:
    """Send a request that writes; it has to succeed."""
    answer = client.post(path, json=body, headers={**AUTHORISED, **headers})
    assert answer.status_code == 201, answer.text
    return answer.json()


def begin(client: TestClient) -> None:
    """The timeline, its entities and its first development."""
    write(client, "/v1/timelines", REQUESTS["openTimeline"])
    for entity in (REQUESTS["describeEntity"], *OTHER_ENTITIES):
        write(client, f"{HOME}/entities", entity)
    write(client, f"{HOME}/developments", REQUESTS["recordDevelopment"])


def tell(client: TestClient) -> dict[str, Any]:
    """The whole story; the receipt of each operation, by its name."""
    receipts = {"openTimeline": write(client, "/v1/timelines", REQUESTS["openTimeline"])}
    receipts["describeEntity"] = write(client, f"{HOME}/entities", REQUESTS["describeEntity"])
    for entity in OTHER_ENTITIES:
        write(client, f"{HOME}/entities", entity)
    receipts["recordDevelopment"] = write(client, f"{HOME}/developments", REQUESTS["recordDevelopment"])
    receipts["correctDevelopment"] = write(client, f"{REMOVAL}/corrections", REQUESTS["correctDevelopment"])
    receipts["addSource"] = write(client, f"{REMOVAL}/sources", REQUESTS["addSource"])
    receipts["changeStanding"] = write(client, f"{REMOVAL}/standing", REQUESTS["changeStanding"])
    write(client, f"{HOME}/developments", OTHER_DEVELOPMENT)
    receipts["retractDevelopment"] = write(client, f"{INVESTED}/retraction", REQUESTS["retractDevelopment"])
    return receipts


def head(client: TestClient) -> int:
    """The newest revision."""
    revision: int = client.get("/v1/").json()["basis"]["revision"]
    return revision
