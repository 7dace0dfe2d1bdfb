"""A history in which knowledge changes its mind, and the tables that follow from it as plain rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from typing import Any

from sqlalchemy import Engine

from projections.index.rows import Rows
from projections.service import Service, open_service
from tests.projections.recorded import Kept, ceo, no_ceo, told
from tests.timeline.recording import NOW
from tests.timeline.telling import CLERICAL, NEWS, TIMELINE, form, source
from timeline.clock import FixedClock
from timeline.dates import parse_date
from timeline.entities import Entity, EntityKind
from timeline.events import RetractionReason
from timeline.settings import Settings
from timeline.standing import Standing
from timeline.store import read
from timeline.store.derived import DERIVED
from timeline.vocabulary import Vocabulary

PEOPLE = ("jane", "john", "mary")
BASES: tuple[dict[str, Any], ...] = tuple(
    {"at": at, "known": known} for at in ("2020-06", "2022-06", "2024") for known in ("2022", "2025")
)


@contextmanager
def opened(url: str, vocabulary: Vocabulary | None = None) -> Iterator[Service]:
    """The whole service, search included, on a clock that stands still."""
    service = open_service(Settings(database_url=url), clock=FixedClock(NOW), vocabulary=vocabulary)
    try:
        yield service
    finally:
        service.close()


def begin(service: Service) -> Kept:
    service.record.open_timeline(TIMELINE, title="Acme and Globex")
    for slug in ("acme", "globex", *PEOPLE):
        kind = EntityKind.PERSON if slug in PEOPLE else EntityKind.ORGANISATION
        service.record.describe_entity(TIMELINE, Entity(id=slug, name=slug.title(), kind=kind))
    return kept_in(service)


def tell_all(service: Service) -> Kept:
    """Corrections of every kind, a denial, dates that overlap, a second timeline, an entity described anew."""
    kept = begin(service)
    john, jane = (TIMELINE, "john"), told(ceo("jane"), occurred="2020-01-01")
    kept.tell("mary", ceo("mary"), form("limited"), occurred="2019")
    kept.tell("john", ceo("john"), form("private"), occurred="2020-01-01")
    kept.record.correct(*john, reason=NEWS, content=jane, known=parse_date("2022"))
    kept.record.correct(*john, reason=CLERICAL, content=told(ceo("john"), occurred="2021"), version=1)
    kept.tell("gone", no_ceo(), occurred="2023-06", standing="reported")
    kept.record.retract(*john, reason=RetractionReason.WITHDRAWN, known=parse_date("2023"))
    kept.record.retract(TIMELINE, "gone", reason=RetractionReason.CLERICAL)
    kept.tell("rumour", ceo("mary", note="interim"), occurred="2021/2023", standing="alleged")
    kept.tell("denial", ceo("mary"), occurred="2022", standing="denied")
    kept.record.add_source(TIMELINE, "mary", source=source("late", "2020-05"), known=parse_date("2020-05"))
    kept.record.change_standing(TIMELINE, "rumour", standing=Standing.REPORTED, known=parse_date("2024-02"))
    kept.record.describe_entity(TIMELINE, Entity(id="mary", name="Mary Major", kind=EntityKind.PERSON))
    kept.record.describe_timeline(TIMELINE, title="Acme and Globex, told anew", parties=("acme",))
    kept.record.open_timeline("other", title="Another history")
    return kept


def whole_history(url: str) -> None:
    """Tells all of it to a migrated database."""
    with opened(url) as service:
        tell_all(service)


def kept_in(service: Service) -> Kept:
    return Kept(service.record, service.archive)


def rows(engine: Engine, table: str, columns: str = "*") -> list[tuple]:
    with read(engine) as connection:
        return sorted(Rows(connection).all(f"SELECT {columns} FROM {table}"), key=repr)


def tables(engine: Engine) -> dict[str, list[tuple]]:
    """What the derived tables hold. Regions are told without their numbers, which follow from no event."""
    found = {}
    for table in DERIVED:
        names = [column.name for column in table.columns]
        if table.name in {"regions", "regions_past"}:
            names.remove("id")
        found[table.name] = rows(engine, table.name, ", ".join(names))
    if engine.dialect.name == "sqlite":
        for boxes in ("region_boxes", "past_boxes"):
            found[boxes] = [row[1:] for row in rows(engine, boxes)]
            found[boxes].sort()
        with read(engine) as connection:
            found["search_index"] = [
                (word, count)
                for word in ("mary", "¤chief¤executive", "§acme")
                for (count,) in Rows(connection).all(
                    "SELECT count(*) FROM search_index WHERE search_index MATCH ?", (f'"{word}"',)
                )
            ]
    else:
        found["search_index"] = rows(engine, "search_index")
    return found


def answers(kept: Kept) -> list[Any]:
    """The state at every revision, each at one of the bases."""
    with kept.archive.snapshot() as snapshot:
        return [
            snapshot.state(TIMELINE, snapshot.basis(**basis, revision=revision, standing="alleged")).as_json()
            for revision, basis in zip(range(1, snapshot.head + 1), cycle(BASES), strict=False)
        ]


def newest_answers(kept: Kept) -> list[Any]:
    """The state at several bases, at the newest revision."""
    return [kept.state(**basis, standing="alleged").as_json() for basis in BASES]
