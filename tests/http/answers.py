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
from api.examples import REQUESTS, TIMELINE
from api.following import EVENT_STREAM, sse
from projections.export.formats import FORMATS
from tests.databases import url_of_file
from tests.http.story import HOME, REMOVAL, STATE, client_of, tell
from timeline.store.migrate import upgrade

FILE = Path(api.__file__).with_name("examples.json")

READINGS = {
    "readState": f"{STATE}?at=2024-03-10&known=2024-03-31",
    "readDiff": f"{HOME}/diff?from=2024-02-01&to=2024-05-01&known=2024-04-10",
    "listTimelines": "/v1/timelines",
    "readTimeline": f"/v1/timelines/{TIMELINE}",
    "listDevelopments": f"{HOME}/developments?known=2024-05-01",
    "readDevelopment": REMOVAL,
    "listEntities": f"{HOME}/entities?limit=2",
    "readEntity": f"{HOME}/entities/acme?at=2024-03-10&known=2024-03-31",
    "listFacts": f"{HOME}/facts?attribute=chief_executive&known=2024-05-01",
    "listEvents": f"{HOME}/events?after=5&limit=2",
    "replay": f"{HOME}/replay?from=2024-03-31&to=2024-05-01&limit=1",
    "readSeries": f"{HOME}/series?attribute=investment&known=2024-04-10",
    "search": f"{HOME}/search?q=chief+executive&known=2024-05-01",
    "exportTimeline": f"{HOME}/export?format=timelinejs&at=2024-05-01&known=2024-05-01&revision=10",
    "readService": "/v1/",
    "readVocabulary": "/v1/vocabulary",
    "checkHealth": "/health",
    "listProblems": "/problems",
    "readProblem": "/problems/unknown-timeline",
}
"""The address that each operation is asked at."""

TEXTS = {
    "readDiff text/plain": f"{HOME}/diff?from=2024-02-01&to=2024-05-01&known=2024-04-10",
    "readBriefing text/markdown": f"{HOME}/briefing?at=2024-05-01&known=2024-04-10",
    "readBriefing text/html": f"{HOME}/briefing?at=2024-05-01&known=2024-04-10&format=html-fragment",
    "readBriefing text/plain": f"{HOME}/briefing?at=2024-05-01&known=2024-04-10&format=text",
    "readTimeMap application/link-format": f"{STATE}/timemap",
    "listEvents application/x-ndjson": f"{HOME}/events?after=5&limit=1",
    **{
        f"exportTimeline {one.media_type.partition(';')[0]}": (
            f"{HOME}/export?format={one.name}" + ("" if one.is_of_log else "&at=2024-03-10&known=2024-03-31")
        )
        for one in FORMATS.values()
        if one.is_text and one.media_type != "application/json"
    },
    "replay application/x-ndjson": f"{HOME}/replay?from=2024-03-31&to=2024-05-01&limit=1",
    "replay text/event-stream": f"{HOME}/replay?from=2024-03-31&to=2024-05-01",
    "readSeries text/csv": f"{HOME}/series?attribute=investment&known=2024-04-10",
    "readSeries image/svg+xml": f"{HOME}/series?attribute=investment&known=2024-04-10&to=2024-05-01",
    "listProblems text/html": "/problems",
    "readProblem text/html": "/problems/unknown-timeline",
}
"""The same for answers that are no JSON."""


def answers(client: TestClient) -> dict[str, Any]:
    """Tell the story and ask every operation once."""
    given: dict[str, Any] = dict(tell(client))
    given["check"] = client.post("/v1/check", json=REQUESTS["check"]).json()
    for operation, address in READINGS.items():
        given[operation] = client.get(address, headers={"Accept": "application/json"}).json()
    for operation, address in TEXTS.items():
        answer = client.get(address, headers={"Accept": operation.partition(" ")[2]})
        given[operation] = answer.json() if operation.endswith("+json") else answer.text
    event = client.get(f"{HOME}/events?after=5&limit=1").json()["items"][0]  # a stream would not end
    given[f"listEvents {EVENT_STREAM}"] = sse(event["position"], event["event"], event).decode()
    return {operation: _cut(answer) for operation, answer in given.items()}


def _cut(answer: Any) -> Any:
    """Whole sections without facts, and lists of hundreds, say nothing more than a few of them."""
    if not isinstance(answer, dict):
        return answer
    if "sections" in answer and isinstance(answer["sections"], dict):
        kept = {name: part for name, part in answer["sections"].items() if any(part.values()) or name == "capital"}
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
