"""How these tests ask: what was told of, what held as it was known then, and what held as it is known now."""

from typing import Any

from starlette.testclient import TestClient

from tests.acceptance.conftest import Ask, facts

YEAR_ENDS = [f"{year}-12-31" for year in range(2015, 2027)]
FLOORS = ["confirmed", "reported", "alleged"]
FROM_MICROSOFT = ("microsoft", "openai")
TO_MICROSOFT = ("openai", "microsoft")


def told_of(client: TestClient, development: str, known: str) -> bool:
    """Whether a development was public by a date."""
    answer = client.get(f"/v1/timelines/microsoft-openai/developments/{development}", params={"known": known})
    status = answer.json()["status"]
    assert status in {"in-force", "not-yet-known"}
    return status == "in-force"


def read(state: Ask, day: str, *key: str, **query: str) -> list[Any]:
    """What held on a day under a key, as it was known then."""
    return facts(state(at=day, known=day, **query), *key)


def looked_back(state: Ask, day: str, *key: str, **query: str) -> list[Any]:
    """What held on a day under a key, as it is known now."""
    return facts(state(at=day, **query), *key)


def term(name: str) -> tuple[str, str, str]:
    return "term", "microsoft-openai", name
