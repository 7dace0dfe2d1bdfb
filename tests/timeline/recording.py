"""A record to write to in tests, and a process that writes to one: tests start several of it at once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from sqlalchemy import Engine

from projections.archive import Archive
from projections.index import IndexProjection
from tests.processes import talking, wait
from tests.timeline.telling import SLUG, TIMELINE, content, source
from timeline.application import Record
from timeline.clock import FixedClock
from timeline.dates import parse_date
from timeline.entities import Entity, EntityKind
from timeline.store import SQLFactory, create_engine
from timeline.vocabulary import default_vocabulary

NOW = parse_date("2025-06-01T12:00Z").latest


@contextmanager
def opened(url: str, *, now: int = NOW) -> Iterator[tuple[Record, Archive]]:
    """A record and an archive of a migrated database, on a clock that stands still."""
    engine = create_engine(url, synchronous="NORMAL")
    factory = SQLFactory(engine=engine, inline=[IndexProjection(default_vocabulary())])
    record = Record(factory, clock=FixedClock(now))
    try:
        yield record, Archive(engine, clock=FixedClock(now))
    finally:
        record.close()
        engine.dispose()


def engine_of(record: Record) -> Engine:
    """The engine of a record opened here."""
    return record.factory.engine


def set_up(record: Record) -> None:
    """A timeline with the parties that tests speak of."""
    record.open_timeline(TIMELINE, title="Acme and Globex")
    for slug in ("acme", "globex", "jane-doe"):
        kind = EntityKind.PERSON if slug == "jane-doe" else EntityKind.ORGANISATION
        record.describe_entity(TIMELINE, Entity(id=slug, name=slug.replace("-", " ").title(), kind=kind))


def writer(url: str, name: str, times: int) -> AbstractContextManager[subprocess.Popen[str]]:
    """The process. It says `ready`, waits for a line, then records developments of its own and changes a shared one."""
    return talking("tests.timeline.recording", url, name, times)


def main(url: str, name: str, times: str) -> None:
    with opened(url) as (record, _):
        wait()
        for number in range(int(times)):
            slug = f"{name}-{number}"
            record.record(TIMELINE, slug, known=parse_date("2024"), content=content(slug))
            record.add_source(TIMELINE, SLUG, source=source(slug))


if __name__ == "__main__":
    main(*sys.argv[1:])
