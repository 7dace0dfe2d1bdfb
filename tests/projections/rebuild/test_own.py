"""Projections of one's own: folded anew by a rebuild, and looked at by a verification."""

from __future__ import annotations

import pytest

from projections import Projection
from projections.projecting import stored_all
from projections.rebuild import Progress, rebuild
from projections.verify import verify
from tests.projections.projecting import own
from tests.projections.projecting.test_keeping import begin, serving
from tests.projections.rebuild.history import rows
from tests.projections.recorded import ceo
from tests.timeline.telling import TIMELINE
from timeline.store import write
from timeline.vocabulary import default_vocabulary

NEWEST = default_vocabulary()
MINE: tuple[Projection, ...] = (own.Counting(), own.Leaders(), own.LeadersInTime(), own.Quitting())


@pytest.fixture
def service(database_url: str):
    with serving(database_url, *MINE) as (service, kept):
        begin(kept)
        kept.tell("jane", ceo("jane"), occurred="2020-01-01")
        kept.tell("john", ceo("john"), occurred="2022-01-01", known="2023-01-01")
        yield service, kept


def test_their_states_are_what_appending_had_made_of_them(service):
    service, kept = service
    before = rows(service.engine, "projection_states")
    assert {row[0] for row in before} == {one.name for one in MINE}

    def tell(progress: Progress) -> None:
        if progress.is_swapping and not kept_on:
            kept_on.append(kept.tell("mary", ceo("mary"), occurred="2024-01-01"))

    kept_on: list[object] = []
    rebuild(service.engine, NEWEST, projections=service.projections)
    assert rows(service.engine, "projection_states") == before
    rebuild(service.engine, NEWEST, projections=service.projections, on_progress=tell)
    with service.archive.snapshot() as snapshot:
        assert {found.status(last) for found, last in stored_all(snapshot)} == {"kept", "disabled"}
    kept.tell("jane-again", ceo("jane"), occurred="2024-06-01")
    after = rows(service.engine, "projection_states")
    rebuild(service.engine, NEWEST, projections=service.projections)
    assert rows(service.engine, "projection_states") == after


def test_a_verification_finds_a_state_that_does_not_follow_from_the_history(service):
    service, _ = service
    found = verify(service.engine, NEWEST, projections=service.projections)
    assert (found.is_sound, found.rows["projection_states"]) == (True, len(MINE))
    with write(service.engine) as connection:
        connection.exec_driver_sql("UPDATE projection_states SET state = '{}' WHERE name = 'counting'")
    found = verify(service.engine, NEWEST, projections=service.projections)
    assert [(one.table, one.where) for one in found.findings] == [("projection_states", f"counting of {TIMELINE}")]
    assert verify(service.engine, NEWEST).is_sound, "without the code there is nothing to compare with"
    rebuild(service.engine, NEWEST, projections=service.projections)
    assert verify(service.engine, NEWEST, projections=service.projections).is_sound
