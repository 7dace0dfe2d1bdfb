"""Records for tests of what is read from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from projections.service import Service
from tests.databases import Fill
from tests.projections.rebuild.history import opened as opened_whole
from tests.projections.rebuild.history import whole_history
from tests.projections.recorded import Kept
from tests.timeline.recording import opened
from tests.timeline.telling import TIMELINE
from timeline.entities import Entity, EntityKind


def kept_at(url: str) -> Iterator[Kept]:
    with opened(url) as (record, archive):
        record.open_timeline(TIMELINE, title="Acme and Globex")
        for slug, name, kind in (
            ("acme", "Acme", EntityKind.ORGANISATION),
            ("globex", "Globex", EntityKind.ORGANISATION),
            ("jane", "Jane Doe", EntityKind.PERSON),
            ("john", "John Roe", EntityKind.PERSON),
            ("mary", "Mary Major", EntityKind.PERSON),
        ):
            record.describe_entity(TIMELINE, Entity(id=slug, name=name, kind=kind))
        yield Kept(record, archive)


@pytest.fixture
def kept(sqlite_url: str) -> Iterator[Kept]:
    """A record in an embedded database."""
    yield from kept_at(sqlite_url)


@pytest.fixture
def kept_anywhere(database_url: str) -> Iterator[Kept]:
    """A record on each backend."""
    yield from kept_at(database_url)


@pytest.fixture
def service(copy_of: Callable[[Fill], str]) -> Iterator[Service]:
    """The whole service, on each backend, in whose record knowledge changes its mind."""
    with opened_whole(copy_of(whole_history)) as service:
        yield service
