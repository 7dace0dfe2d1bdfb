"""Synthetic histories: as many facts as wanted under a hundred keys of one timeline.

Dates spread over 25 years; most developments become known within months, some years later; the order of arrival is
that of `known`, as it is when a history is kept as it unfolds. The same seed gives the same history.
"""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from timeline.application import Record
from timeline.basis import At, Basis, Known, Revision
from timeline.content import Content
from timeline.dates import instant_of, parse_date
from timeline.entities import Entity, EntityKind
from timeline.events import DevelopmentRecorded
from timeline.standing import Floor
from timeline.store import SQLFactory, create_engine

TIMELINE = "bench"
KEYS = 100
BATCH = 1_000

_START = datetime(2000, 1, 1, tzinfo=UTC)
_DAYS = 25 * 365
_STANDINGS = ("confirmed", "confirmed", "reported", "reported", "reported", "alleged")


def prepare(record: Record) -> None:
    """Open the timeline and describe its entities."""
    record.open_timeline(TIMELINE, title="Benchmark")
    for number in range(KEYS):
        entity = Entity(id=f"party-{number}", name=f"Party {number}", kind=EntityKind.ORGANISATION)
        record.describe_entity(TIMELINE, entity)


def contents(developments: int, facts_each: int, *, seed: int = 7) -> Iterator[tuple[str, str, dict[str, object]]]:
    """Slug, known and content of that many developments, in the order in which they became known."""
    rng = random.Random(seed)
    dated = []
    for _ in range(developments):
        day = rng.randrange(_DAYS)
        late = rng.expovariate(1 / 45) if rng.random() < 0.9 else rng.expovariate(1 / 900)
        dated.append((min(day + int(late), _DAYS + 300), day))
    dated.sort()
    for number, (known, day) in enumerate(dated):
        yield f"development-{number}", _date(known), _content(rng, number, day, facts_each)


def _content(rng: random.Random, number: int, day: int, facts_each: int) -> dict[str, object]:
    facts = [
        {
            "subject": f"party-{subject}",
            "attribute": "chief_executive",
            "value": {"type": "entity", "id": f"party-{rng.randrange(KEYS)}"},
            "since": _date(max(0, day - rng.randrange(30))),
        }
        for subject in rng.sample(range(KEYS), facts_each)
    ]
    return {
        "title": f"Development {number}",
        "summary": "A synthetic development, as long as a short summary of a real one usually is in the record.",
        "occurred": _date(day),
        "standing": rng.choice(_STANDINGS),
        "detail": {"kind": "statement", "speaker": "party-0", "topic": "benchmark"},
        "facts": facts,
        "sources": [
            {"publisher": "The Bench", "title": f"Report {number}", "url": f"https://example.org/{number}"},
            {"publisher": "The Other Bench", "title": f"Notice {number}", "url": f"https://example.net/{number}"},
        ],
    }


def _date(day: int) -> str:
    return (_START + timedelta(days=day)).date().isoformat()


def load(record: Record, developments: int, facts_each: int, *, seed: int = 7, prefix: str = "") -> None:
    """Record a history, a thousand developments to a transaction."""
    batch: list[DevelopmentRecorded] = []
    for slug, known, content in contents(developments, facts_each, seed=seed):
        batch.append(
            record.recording(
                TIMELINE, f"{prefix}{slug}", known=parse_date(known), content=Content.model_validate(content)
            )
        )
        if len(batch) == BATCH:
            record.append(batch)
            batch = []
    if batch:
        record.append(batch)


def keep_log(url: str, developments: int, facts_each: int = 1) -> None:
    """Record a history into the log alone: its derived tables stay empty, for a rebuild to fill."""
    engine = create_engine(url, synchronous="NORMAL")
    record = Record(SQLFactory(engine=engine))
    prepare(record)
    load(record, developments, facts_each)
    record.close()
    engine.dispose()


def random_bases(count: int, head: Revision, *, seed: int) -> Iterator[Basis]:
    """Bases anywhere in the history, by both clocks, at the newest revision."""
    rng = random.Random(seed)
    span = _DAYS * 86_400

    def instant() -> int:
        return instant_of(_START) + int(rng.uniform(0.02, 1.05) * span) * 1_000_000

    for _ in range(count):
        yield Basis(At(instant()), Known(instant()), head, Floor.REPORTED)
