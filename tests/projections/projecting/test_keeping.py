"""Projections kept in the database: in the transaction of the append, or stored when asked to."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from projections import Projection
from projections.projecting import OwnProjections, ProjectionFailed, project, store, stored, stored_all
from projections.service import Service, open_service
from tests.projections.projecting import own
from tests.projections.recorded import Kept, ceo, no_ceo
from tests.timeline.telling import TIMELINE
from timeline.clock import FixedClock
from timeline.dates import parse_date
from timeline.entities import Entity, EntityKind
from timeline.errors import InvalidInput, UnknownTimeline
from timeline.settings import Settings
from timeline.vocabulary import default_vocabulary

NOW = parse_date("2025-06-01T12:00Z").latest


@contextmanager
def serving(url: str, *projections: Projection, **settings: Any) -> Iterator[tuple[Service, Kept]]:
    service = open_service(Settings(database_url=url, **settings), clock=FixedClock(NOW), projections=projections)
    try:
        yield service, Kept(service.record, service.archive)
    finally:
        service.close()


def begin(kept: Kept) -> None:
    kept.record.open_timeline(TIMELINE, title="Acme and Globex")
    for slug in ("acme", "jane", "john", "mary"):
        kept.record.describe_entity(TIMELINE, Entity(id=slug, name=slug.title(), kind=EntityKind.PERSON))


def kept_of(service: Service, name: str):
    with service.archive.snapshot() as snapshot:
        return stored(snapshot, name, TIMELINE)


def test_kept_inline_stored_and_folded_live_are_equal(database_url):
    mine = [own.Counting(), own.Leaders(), own.LeadersInTime(), own.LeadersAsLearned(), own.Mixed()]
    with serving(database_url, *mine) as (service, kept):
        begin(kept)
        kept.tell("jane", ceo("jane"), occurred="2020-01-01")
        kept.tell("john", ceo("john"), occurred="2022-01-01", known="2023-01-01")
        kept.tell("mary", ceo("mary"), occurred="2021-01-01", known="2021-02-01")
        kept.tell("none", no_ceo(), occurred="2024-01-01")
        for projection in mine:
            inline = kept_of(service, projection.name)
            live = project(service.archive, projection, TIMELINE, at="9999")
            assert (inline.state, inline.position, inline.error) == (live.state, 9, None)
            assert store(service.engine, projection, TIMELINE, service.archive.vocabulary) == inline
            assert kept_of(service, projection.name) == inline


def test_one_that_is_added_later_catches_up_with_the_next_append(database_url):
    with serving(database_url) as (_, kept):
        begin(kept)
        kept.tell("jane", ceo("jane"), occurred="2020-01-01")
    with serving(database_url, own.Counting()) as (service, kept):
        assert kept_of(service, "counting") is None
        kept.tell("john", ceo("john"), occurred="2021-01-01")
        found = kept_of(service, "counting")
        assert (found.position, found.state["DevelopmentRecorded"]) == (7, 2)


def test_one_of_a_later_version_is_folded_anew(database_url):
    class Counting(own.Counting):
        name = "counting"
        version = 2

        def initial(self):
            return {"DevelopmentRecorded": 100}

    with serving(database_url, own.Counting()) as (_, kept):
        begin(kept)
        kept.tell("jane", ceo("jane"), occurred="2020-01-01")
    with serving(database_url, Counting()) as (service, kept):
        kept.tell("john", ceo("john"), occurred="2021-01-01")
        found = kept_of(service, "counting")
        assert (found.version, found.state["DevelopmentRecorded"]) == (2, 102)


def test_each_timeline_has_a_state_of_its_own(database_url):
    with serving(database_url, own.Counting()) as (service, kept):
        begin(kept)
        kept.record.open_timeline("other", title="Other")
        with service.archive.snapshot() as snapshot:
            rows = stored_all(snapshot)
        assert [(row.timeline, row.position, row.status(head), row.state) for row, head in rows] == [
            (TIMELINE, 5, "kept", {"TimelineOpened": 1, "EntityDescribed": 4}),
            ("other", 6, "kept", {"TimelineOpened": 1}),
        ]


# what goes wrong


def test_one_that_raises_harms_neither_the_append_nor_the_others(database_url, caplog):
    with serving(database_url, own.Fragile(), own.Quitting(), own.Counting()) as (service, kept):
        begin(kept)
        kept.tell("good", ceo("jane"), occurred="2020-01-01")
        with caplog.at_level(logging.ERROR, "timeline.projections"):
            kept.tell("bad", ceo("john"), occurred="2021-01-01")
            kept.tell("late", ceo("mary"), occurred="2022-01-01")
        assert kept.who() == "mary"
        assert kept_of(service, "counting").state["DevelopmentRecorded"] == 3
        fragile = kept_of(service, "fragile")
        assert (fragile.position, fragile.state) == (6, ["good"]), "it stands where it stood before"
        assert (fragile.error["position"], fragile.error["development"]) == (7, "bad")
        assert "RuntimeError: this one is too much" in fragile.error["told"]
        assert kept_of(service, "quitting").error["told"].rstrip().endswith("SystemExit: 3")
        assert [record.getMessage().partition(":")[0] for record in caplog.records] == [
            f'the projection "quitting" of "{TIMELINE}" is disabled at event 6 (good)',
            f'the projection "fragile" of "{TIMELINE}" is disabled at event 7 (bad)',
        ], "each is told once"
        with service.archive.snapshot() as snapshot:
            statuses = {row.name: row.status(head) for row, head in stored_all(snapshot)}
        assert statuses == {"counting": "kept", "fragile": "disabled", "quitting": "disabled"}


def test_in_one_batch_it_stands_just_before_the_event_at_which_it_failed(database_url):
    with serving(database_url, own.Fragile()) as (service, kept):
        begin(kept)
        record = service.record
        from tests.projections.recorded import told

        events = [
            record.recording(TIMELINE, slug, known=parse_date("2020-01-01"), content=told(occurred="2020-01-01"))
            for slug in ("one", "two", "bad", "three")
        ]
        record.append(events)
        found = kept_of(service, "fragile")
        assert (found.position, found.state, found.error["position"]) == (7, ["one", "two"], 8)


def test_once_mended_it_is_kept_again(database_url):
    class Mended(own.Fragile):
        name = "fragile"
        version = 2

        def on_development_recorded(self, state, event):
            state.append(event.development)

    with serving(database_url, own.Fragile()) as (service, kept):
        begin(kept)
        kept.tell("bad", occurred="2021-01-01")
        with pytest.raises(ProjectionFailed):
            store(service.engine, own.Fragile(), TIMELINE, default_vocabulary())
        assert kept_of(service, "fragile").error is not None
    with serving(database_url, Mended()) as (service, kept):
        kept.tell("good", occurred="2022-01-01")
        assert (kept_of(service, "fragile").state, kept_of(service, "fragile").error) == (["bad", "good"], None)


def test_two_of_one_name_are_refused():
    with pytest.raises(InvalidInput, match='two projections are called "counting"'):
        OwnProjections([own.Counting(), own.Counting()], default_vocabulary())


def test_nothing_is_stored_of_a_timeline_that_is_not_there(sqlite_url):
    with serving(sqlite_url) as (service, _), pytest.raises(UnknownTimeline):
        store(service.engine, own.Counting(), "nothing", default_vocabulary())


def test_the_settings_name_projections_in_files(database_url, tmp_path):
    file = tmp_path / "mine.py"
    file.write_text(
        "from projections import Projection\n\n\nclass Mine(Projection):\n"
        "    def on_development_recorded(self, state, event):\n        state[event.development] = event.position\n"
    )
    with serving(database_url, projections=f" {file} ") as (service, kept):
        begin(kept)
        kept.tell("jane", occurred="2020-01-01")
        assert kept_of(service, "mine").state == {"jane": 6}
