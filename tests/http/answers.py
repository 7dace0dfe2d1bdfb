"""The answers of the story, as `api/examples.json` holds them.

To write them anew: ``python -m tests.http.answers``, from the root of the project.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

import api
from api.examples import TIMELINE
from tests.databases import url_of_file
from tests.http.story import HOME, REMOVAL, STATE, client_of, tell
from timeline.store.migrate import upgrade

FILE = Path(api.__file__).with_name("examples.json")

READINGS = {
    "readState": f"{STATE}?at=2024-03-10&known=2024-03-31",
    "listTimelines": "/v1/timelines",
    "readTimeline": f"/v1/timelines/{TIMELINE}",
    "listDevelopments": f"{HOME}/developments?known=2024-05-01",
    "readDevelopment": REMOVAL,
    "listEntities": f"{HOME}/entities?limit=2",
    "readEntity": f"{HOME}/entities/acme",
    "listEvents": f"{HOME}/events?after=5&limit=2",
    "readService": "/v1/",
    "readVocabulary": "/v1/vocabulary",
    "checkHealth": "/health",
    "listProblems": "/problems",
    "readProblem": "/problems/unknown-timeline",
}
"""The address that each operation is asked at."""

TEXTS = {
    "readTimeMap application/link-format": f"{STATE}/timemap",
    "listEvents application/x-ndjson": f"{HOME}/events?after=5&limit=1",
    "listProblems text/html": "/problems",
    "readProblem text/html": "/problems/unknown-timeline",
}
"""The same for answers that are no JSON."""


def answers(client: TestClient) -> dict[str, Any]:
    """Tell the story and ask every operation once."""
    given: dict[str, Any] = dict(tell(client))
    for operation, address in READINGS.items():
        given[operation] = client.get(address, headers={"Accept": "application/json"}).json()
    for operation, address in TEXTS.items():
        given[operation] = client.get(address, headers={"Accept": operation.partition(" ")[2]}).text
    return {operation: _cut(answer) for operation, answer in given.items()}


def _cut(answer: Any) -> Any:
    """Whole sections without facts, and lists of hundreds, say nothing more than a few of them."""
    if not isinstance(answer, dict):
        return answer
    if "sections" in answer and isinstance(answer["sections"], dict):
        kept = {name: part for name, part in answer["sections"].items() if part["facts"] or name == "capital"}
        return {**answer, "sections": kept}
    return {
        name: part[:2] if isinstance(part, list) and name in {"attributes", "sections", "kinds", "items"} else part
        for name, part in answer.items()
    }


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = url_of_file(Path(folder) / "timeline.db")
        upgrade(url)
        with client_of(url) as client:
            text = json.dumps(answers(client), indent=2, ensure_ascii=False)
    FILE.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
