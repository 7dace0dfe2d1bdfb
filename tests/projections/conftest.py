"""Records for tests of what is read from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from projections.service import Service
from tests.databases import Fill, SqliteDatabases
from tests.projections.rebuild.history import opened as opened_whole
from tests.projections.rebuild.history import whole_history
from tests.projections.recorded import Kept
from tests.timeline.recording import opened
from tests.timeline.telling import TIMELINE
from timeline.entities import Entity, EntityKind


def parties(url: str) -> None:
    """Opens the timeline in a migrated database and describes who its developments are about."""
    with opened(url) as (record, _):
        record.open_timeline(TIMELINE, title="Acme and Globex")
        for slug, name, kind in (
            ("acme", "Acme", EntityKind.ORGANISATION),
            ("globex", "Globex", EntityKind.ORGANISATION),
            ("jane", "Jane Doe", EntityKind.PERSON),
            ("john", "John Roe", EntityKind.PERSON),
            ("mary", "Mary Major", EntityKind.PERSON),
        ):
            record.describe_entity(TIMELINE, Entity(id=slug, name=name, kind=kind))


@pytest.fixture
def kept(sqlite_databases: SqliteDatabases, tmp_path: Path) -> Iterator[Kept]:
    """A record in an embedded database."""
    with opened(sqlite_databases.copy_to(tmp_path / "timeline.db", parties)) as (record, archive):
        yield Kept(record, archive)


@pytest.fixture
def kept_anywhere(copy_of: Callable[[Fill], str]) -> Iterator[Kept]:
    """A record on each backend."""
    with opened(copy_of(parties)) as (record, archive):
        yield Kept(record, archive)


@pytest.fixture
def service(copy_of: Callable[[Fill], str]) -> Iterator[Service]:
    """The whole service, on each backend, in whose record knowledge changes its mind."""
    with opened_whole(copy_of(whole_history)) as service:
        yield service
