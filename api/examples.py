"""One neutral example for every operation: a story about companies that do not exist.

The requests are here. `examples.json` holds the answers that the service gives when these requests are sent to it in
order; a test sends them and compares.
"""

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, Final

Json = dict[str, Any]

TIMELINE: Final = "acme-globex"
DEVELOPMENT: Final = "2024-03-04-doe-removed"
INVESTMENT: Final = "2024-04-02-globex-invests"

REQUESTS: Final[Mapping[str, Json]] = {
    "openTimeline": {
        "slug": TIMELINE,
        "title": "Acme and Globex",
        "summary": "A partnership of two companies that do not exist.",
        "parties": ["acme", "globex"],
    },
    "describeEntity": {
        "id": "acme",
        "name": "Acme",
        "kind": "organisation",
        "aliases": ["Acme Corporation"],
    },
    "recordDevelopment": {
        "slug": DEVELOPMENT,
        "known": "2024-03-05",
        "content": {
            "title": "Acme's board removes its chief executive",
            "summary": "The board of Acme removes Jane Doe; John Roe takes over.",
            "occurred": "2024-03",
            "standing": "reported",
            "detail": {
                "kind": "leadership",
                "organisation": "acme",
                "changes": [{"role": "chief_executive", "left": "jane-doe", "took": "john-roe"}],
            },
            "parties": [{"entity": "acme", "role": "employer"}],
            "sources": [
                {
                    "publisher": "The Example Gazette",
                    "title": "Acme's chief executive is out",
                    "url": "https://example.org/gazette/acme",
                    "published": "2024-03-05",
                    "kind": "press",
                }
            ],
        },
    },
    "correctDevelopment": {
        "reason": "finer-date",
        "known": "2024-03-07",
        "changes": {"occurred": "2024-03-04"},
        "note": "The filing names the day.",
    },
    "addSource": {
        "source": {
            "publisher": "Acme",
            "title": "A change at the top",
            "url": "https://example.org/acme/news",
            "published": "2024-03-08",
            "kind": "primary",
        }
    },
    "changeStanding": {
        "standing": "confirmed",
        "known": "2024-03-08",
        "note": "Acme says so itself.",
    },
    "retractDevelopment": {
        "reason": "withdrawn",
        "known": "2024-04-20",
        "note": "Both companies say that nothing was paid.",
    },
    "check": {
        "timeline": TIMELINE,
        "claim": "Jane Doe is chief executive of Acme",
        "at": "2024-03-10",
        "known": "2024-03-31",
    },
}
"""The body of each request that has one, by operation."""

OTHER_ENTITIES: Final[tuple[Json, ...]] = (
    {"id": "globex", "name": "Globex", "kind": "organisation"},
    {"id": "jane-doe", "name": "Jane Doe", "kind": "person"},
    {"id": "john-roe", "name": "John Roe", "kind": "person"},
)

OTHER_DEVELOPMENT: Final[Json] = {
    "slug": INVESTMENT,
    "known": "2024-04-02",
    "content": {
        "title": "Globex is said to invest in Acme",
        "occurred": "2024-04",
        "standing": "reported",
        "detail": {
            "kind": "investment",
            "investor": "globex",
            "investee": "acme",
            "money": {"amount": "2000000000", "currency": "USD", "qualifier": "about"},
        },
        "sources": [
            {
                "publisher": "The Example Gazette",
                "title": "Globex backs Acme",
                "url": "https://example.org/gazette/globex",
                "published": "2024-04-02",
            }
        ],
    },
}

ANSWERS: Final[Mapping[str, Any]] = json.loads(files("api").joinpath("examples.json").read_text(encoding="utf-8"))
"""The answer of each operation; what is no JSON is text, under operation and media type. Long lists are cut."""

PROBLEM: Final[Json] = {
    "type": "/problems/unknown-timeline",
    "title": "The timeline does not exist",
    "status": 404,
    "detail": 'There is no timeline "acme-initech".',
    "instance": "/v1/timelines/acme-initech",
}
