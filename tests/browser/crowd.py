"""A long history of a busy partnership, made up: thousands of developments of every kind, in quiet years and in storms.

The same number gives the same history, so what is seen of it can be compared.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from projections.service import opened, upgrade
from tests.browser.serving import NOW
from tests.timeline.developments.examples import EXAMPLES
from timeline.application import Record
from timeline.clock import FixedClock
from timeline.content import Content, statements_of
from timeline.dates import parse_date
from timeline.entities import Entity, EntityKind
from timeline.settings import Settings

CROWD: Final = "acme-globex"
MANY: Final = 5_000

_FIRST: Final = datetime(2008, 3, 1, tzinfo=UTC)
_LAST: Final = datetime(2026, 11, 18, tzinfo=UTC)
_STORMS: Final = (
    datetime(2019, 7, 20, tzinfo=UTC),
    datetime(2023, 11, 18, tzinfo=UTC),
    datetime(2025, 10, 24, tzinfo=UTC),
)
_PARTIES: Final = ("acme", "globex", "initech")
_GROWING: Final = {
    "doe-v-acme": "case",
    "acme-globex-partnership": "matter",
    "acme-restructuring": "talks",
    "ip-license": "right",
}
"""What there are many of: each in turn goes through its stages."""
_STAGES: Final = {
    "lawsuit": ("filed", "amended", "trial", "decided", "settled"),
    "regulatory": ("opened", "widened", "decided", "closed"),
    "negotiation": ("rumoured", "open", "agreed-in-principle", "concluded"),
}
_STANDINGS: Final = ("confirmed", "confirmed", "reported", "reported", "reported", "alleged", "denied")
_ENDINGS: Final = ("", " after months of talks", ", people who know of it say", " for the second time this year")
_BATCH: Final = 1_000


def crowded(path: Path, developments: int = MANY) -> str:
    """The URL of a new SQLite file with that many developments in it, under the timeline `CROWD`."""
    url = f"sqlite:///{path}"
    upgrade(url)
    with opened(Settings(database_url=url), clock=FixedClock(NOW)) as service:
        record = service.record
        record.open_timeline(
            CROWD, title="Acme and Globex", summary="Two companies that cannot leave each other alone."
        )
        told = list(_contents(developments))
        names = {name for slug, _, content in told for name in _named(record, slug, content)}
        for name in sorted(names):
            title = name.replace("-", " ").title()
            record.describe_entity(CROWD, Entity(id=name, name=title, kind=EntityKind.ORGANISATION))
        for start in range(0, len(told), _BATCH):
            record.append(
                [
                    record.recording(CROWD, slug, known=parse_date(known), content=content)
                    for slug, known, content in told[start : start + _BATCH]
                ]
            )
    return url


def _contents(developments: int) -> Iterator[tuple[str, str, Content]]:
    rng = random.Random(developments)
    kinds = list(EXAMPLES)
    found = []
    for number in range(developments):
        day = _day(rng)
        late = timedelta(days=int(rng.expovariate(1 / 20)))
        found.append((min(day + late, _LAST), day, number))
    for known, day, number in sorted(found):
        kind = rng.choice(kinds)
        told = EXAMPLES[kind]
        detail = _varied(told["detail"], rng)
        if kind in _STAGES:
            detail["stage"] = rng.choice(_STAGES[kind])
        yield (
            f"development-{number}",
            f"{known:%Y-%m-%d}",
            Content.model_validate(
                {
                    **told,
                    "title": told["title"] + rng.choice(_ENDINGS),
                    "occurred": _written(day, rng),
                    "standing": rng.choice(_STANDINGS),
                    "detail": detail,
                    "parties": [{"entity": rng.choice(_PARTIES)}],
                    "sources": [
                        {**told["sources"][0], "url": f"https://example.org/{number}/{one}"}
                        for one in range(rng.choice((1, 1, 1, 2, 2, 3, 5)))
                    ],
                }
            ),
        )


def _day(rng: random.Random) -> datetime:
    """Ever more from year to year, and a fifth of everything within days of a storm."""
    if rng.random() < 0.2:
        return rng.choice(_STORMS) + timedelta(days=rng.gauss(0, 4), hours=rng.randrange(24))
    part = 1 - rng.random() ** 2
    return _FIRST + (_LAST - _FIRST) * part


def _written(day: datetime, rng: random.Random) -> str:
    """A date as exactly as it is known: mostly to the day, now and then to the hour, the month or the year."""
    return f"{day:{rng.choice(('%Y-%m-%d',) * 14 + ('%Y-%m-%dT%H:%MZ',) * 3 + ('%Y-%m',) * 2 + ('%Y-%m~', '%Y?'))}}"


def _varied(value: Any, rng: random.Random) -> Any:
    if isinstance(value, dict):
        return {name: _varied(part, rng) for name, part in value.items()}
    if isinstance(value, list):
        return [_varied(part, rng) for part in value]
    if isinstance(value, str) and value in _GROWING:
        return f"{_GROWING[value]}-{rng.randrange(60)}"
    return value


def _named(record: Record, slug: str, content: Content) -> Iterator[str]:
    """The entities of a content and of the facts that follow from it."""
    yield from content.entities()
    for one in statements_of(content, timeline=CROWD, development=slug, vocabulary=record.vocabulary):
        yield from (name for name in (one.key.subject, one.key.object) if name not in {None, CROWD})
