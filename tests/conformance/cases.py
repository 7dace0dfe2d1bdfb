"""The conformance kit of the event-sourcing library, ready to be pointed at a database.

The kit's own classes stay inside their module here: a test runner that sees them collects them, abstract as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from threading import enumerate as enumerate_threads
from typing import Any
from unittest import TestCase

from eventsourcing.tests import application as application_kit
from eventsourcing.tests import persistence as kit
from eventsourcing.utils import Environment

from timeline.store import (
    SQLAggregateRecorder,
    SQLApplicationRecorder,
    SQLFactory,
    SQLProcessRecorder,
    SQLTrackingRecorder,
    create_engine,
)


class OnDatabase(TestCase):
    """Makes recorders on the database of the test. Subclasses set `database_url` before each test."""

    database_url: str
    recorder_class: type[Any]

    def create_recorder(self) -> Any:
        engine = create_engine(self.database_url)
        self.addCleanup(engine.dispose)
        self.addCleanup(join_all_but, set(enumerate_threads()))
        return self.recorder_class(engine)


def join_all_but(others: set[Thread]) -> None:
    # The kit tells its reading threads to stop, but does not wait until they have given their connections back.
    for thread in set(enumerate_threads()) - others:
        thread.join()


class AggregateRecorders(OnDatabase, kit.AggregateRecorderTestCase):
    recorder_class = SQLAggregateRecorder


class ApplicationRecorders(OnDatabase, kit.ApplicationRecorderTestCase[SQLApplicationRecorder]):
    recorder_class = SQLApplicationRecorder

    def test_insert_subscribe(self) -> None:
        self.optional_test_insert_subscribe()


class TrackingRecorders(OnDatabase, kit.TrackingRecorderTestCase):
    recorder_class = SQLTrackingRecorder


class ProcessRecorders(OnDatabase, kit.ProcessRecorderTestCase):
    recorder_class = SQLProcessRecorder


class NonInterleavingPositions(OnDatabase, kit.NonInterleavingNotificationIDsBaseCase):
    recorder_class = SQLApplicationRecorder


class NamedTrackingRecorder(SQLTrackingRecorder):
    """What an application names in its environment."""


class Factories(OnDatabase, kit.InfrastructureFactoryTestCase[SQLFactory]):
    def setUp(self) -> None:
        environment = {"PERSISTENCE_MODULE": "timeline.store.factory", "DATABASE_URL": self.database_url}
        self.env = Environment("App", environment)
        super().setUp()

    def expected_factory_class(self) -> type[SQLFactory]:
        return SQLFactory

    def expected_aggregate_recorder_class(self) -> type[SQLAggregateRecorder]:
        return SQLAggregateRecorder

    def expected_application_recorder_class(self) -> type[SQLApplicationRecorder]:
        return SQLApplicationRecorder

    def expected_tracking_recorder_class(self) -> type[SQLTrackingRecorder]:
        return SQLTrackingRecorder

    def tracking_recorder_subclass(self) -> type[SQLTrackingRecorder]:
        return NamedTrackingRecorder

    def expected_process_recorder_class(self) -> type[SQLProcessRecorder]:
        return SQLProcessRecorder


class Applications(OnDatabase, application_kit.ExampleApplicationTestCase):
    """A whole application, snapshots included. It reads the environment of the process."""

    expected_factory_topic = "timeline.store.factory:SQLFactory"
    setenv: Callable[[str, str], None]

    def setUp(self) -> None:
        self.setenv("PERSISTENCE_MODULE", "timeline.store.factory")
        self.setenv("DATABASE_URL", self.database_url)
        super().setUp()
