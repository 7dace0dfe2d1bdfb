"""The library's factory, on the store."""

from __future__ import annotations

import pytest
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate
from eventsourcing.utils import Environment

from timeline.errors import InvalidInput
from timeline.store import SQLFactory, SQLSnapshotRecorder, create_engine, read


class Positions:
    def __init__(self) -> None:
        self.seen: list[int] = []

    def apply(self, connection, recorded):
        self.seen += [one.position for one in recorded]


def test_uses_the_engine_it_is_given_and_leaves_it_open(database_url):
    engine = create_engine(database_url)
    factory = SQLFactory(engine=engine)
    assert factory.application_recorder().engine is engine
    factory.close()
    with read(engine) as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar_one() == 1
    engine.dispose()


def test_an_application_passes_every_append_to_the_inline_projections(database_url):
    positions = Positions()
    engine = create_engine(database_url)

    class Shelf(Application):
        def construct_factory(self, env: Environment) -> SQLFactory:
            return SQLFactory(env, engine=engine, inline=[positions])

    shelf = Shelf()
    shelf.save(Aggregate(), Aggregate())
    shelf.save(Aggregate())
    assert positions.seen == [1, 2, 3]
    engine.dispose()


def test_finds_its_database_in_the_environment_of_the_application_by_name(sqlite_url):
    factory = SQLFactory(Environment("Timeline", {"TIMELINE_DATABASE_URL": sqlite_url}))
    assert factory.application_recorder().max_notification_id() is None
    factory.close()


def test_without_a_database_says_what_to_set():
    with pytest.raises(InvalidInput, match="SHELF_DATABASE_URL or DATABASE_URL") as caught:
        SQLFactory(Environment("Shelf", {}))
    assert caught.value.field == "database_url"


def test_keeps_snapshots_apart_and_knows_no_other_purpose():
    factory = SQLFactory(engine=create_engine("sqlite://"))
    assert type(factory.aggregate_recorder("snapshots")) is SQLSnapshotRecorder
    with pytest.raises(InvalidInput, match="gossip"):
        factory.aggregate_recorder("gossip")


def test_refuses_a_recorder_class_that_is_none():
    environment = {"APPLICATION_RECORDER_TOPIC": "eventsourcing.domain:Aggregate"}
    factory = SQLFactory(environment, engine=create_engine("sqlite://"))
    with pytest.raises(InvalidInput, match="SQLApplicationRecorder"):
        factory.application_recorder()
