"""What the recorders add to the library's contract: gapless positions, inline projections, one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import FrozenInstanceError
from itertools import islice
from uuid import uuid4

import pytest
from eventsourcing.domain import DomainEvent
from eventsourcing.persistence import IntegrityError, Notification, ProgrammingError, StoredEvent, Tracking
from sqlalchemy import exc, text

from tests.store.events import batch
from timeline.store import (
    Recorded,
    SQLAggregateRecorder,
    SQLApplicationRecorder,
    SQLProcessRecorder,
    SQLSnapshotRecorder,
    SQLTrackingRecorder,
    WriteConnection,
    create_engine,
)

SMALL_AND_LARGE = pytest.mark.parametrize("size", [3, 500])  # PostgreSQL takes them in by different ways


class Census:
    """An inline projection that keeps what it saw, and counts in a table."""

    def __init__(self) -> None:
        self.seen: list[Recorded] = []

    def apply(self, connection: WriteConnection, recorded: Sequence[Recorded]) -> None:
        self.seen.extend(recorded)
        statement = text(
            "INSERT INTO tracking VALUES ('census', :count) ON CONFLICT (application_name) "
            "DO UPDATE SET notification_id = tracking.notification_id + excluded.notification_id"
        )
        connection.execute(statement, {"count": len(recorded)})


class Faulty:
    """An inline projection that fails in a way of its own."""

    def __init__(self, statement: str) -> None:
        self._statement = statement

    def apply(self, connection: WriteConnection, recorded: Sequence[Recorded]) -> None:
        connection.exec_driver_sql(self._statement)
        raise ZeroDivisionError("a mistake of the projection")


@pytest.fixture
def engine(database_url):
    engine = create_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def recorder(engine):
    return SQLApplicationRecorder(engine)


class TestPositions:
    def test_run_from_one_without_gaps_through_batches_of_every_size(self, recorder):
        sizes = [1, 63, 64, 65, 1, 500]
        positions = [position for size in sizes for position in recorder.insert_events(batch(size))]
        assert positions == list(range(1, sum(sizes) + 1))
        assert [event.id for event in recorder.select_notifications(None, 1_000)] == positions

    @SMALL_AND_LARGE
    def test_are_not_used_up_by_a_batch_that_is_refused(self, recorder, size):
        taken = batch(1)
        recorder.insert_events(taken)
        with pytest.raises(IntegrityError):
            recorder.insert_events([*batch(size), *taken, *batch(size)])
        assert recorder.insert_events(batch(1)) == [2]

    def test_are_given_out_by_every_recorder_of_events_alike(self, engine):
        SQLAggregateRecorder(engine).insert_events(batch(2))
        SQLProcessRecorder(engine).insert_events(batch(2), tracking=Tracking("upstream", 1))
        assert SQLApplicationRecorder(engine).insert_events(batch(1)) == [5]

    def test_of_one_version_recorded_by_many_at_once_there_is_one(self, recorder):
        rivals = [batch(2, originator_id=uuid4())] * 8

        def attempt(events: list[StoredEvent]) -> bool:
            try:
                recorder.insert_events(events)
            except IntegrityError:
                return False
            return True

        with ThreadPoolExecutor(8) as threads:
            assert sorted(threads.map(attempt, rivals)) == [False] * 7 + [True]
        assert recorder.max_notification_id() == 2


class TestEvents:
    @SMALL_AND_LARGE
    def test_come_back_as_they_were_written(self, recorder, size):
        state = bytes(range(256)) + "Zoë — ☃".encode()
        events = [StoredEvent(uuid4(), 7, "a topic — ☃", state) for _ in range(size)]
        recorder.insert_events(events)
        assert recorder.select_notifications(None, size) == [
            Notification(event.originator_id, event.originator_version, event.topic, event.state, position)
            for position, event in enumerate(events, start=1)
        ]
        assert recorder.select_events(events[-1].originator_id) == [events[-1]]

    def test_are_as_frozen_as_the_library_makes_them(self, recorder):
        recorder.insert_events(batch(1))
        (event,) = recorder.select_notifications(None, 1)
        with pytest.raises(FrozenInstanceError):
            event.topic = "forged"

    @pytest.mark.parametrize("originator_id", ["2023-11-17-chief-executive-removed", ""])
    def test_of_an_aggregate_whose_id_is_a_text_are_refused_with_a_remedy(self, recorder, originator_id):
        with pytest.raises(ProgrammingError, match="uuid5"):
            recorder.insert_events([StoredEvent(originator_id, 1, "topic", b"")])
        with pytest.raises(ProgrammingError, match="originator_id"):
            recorder.select_events(originator_id)
        assert recorder.max_notification_id() is None

    def test_that_are_none_open_no_transaction(self):
        nowhere = create_engine("postgresql://nobody@localhost:1/nothing")
        assert SQLApplicationRecorder(nowhere).insert_events([]) == []
        assert SQLProcessRecorder(nowhere).insert_events([]) == []


class TestInlineProjections:
    @SMALL_AND_LARGE
    def test_get_every_event_with_its_position(self, engine, size):
        census = Census()
        recorder = SQLApplicationRecorder(engine, inline=[census])
        recorder.insert_events(batch(2))
        events = batch(size)
        recorder.insert_events(events)
        assert [(one.position, one.stored) for one in census.seen[2:]] == list(enumerate(events, start=3))
        assert {one.event for one in census.seen} == {None}

    def test_get_the_events_as_objects_when_the_caller_has_them(self, engine):
        census = Census()
        objects = [DomainEvent(uuid4(), 1, DomainEvent.create_timestamp()) for _ in range(2)]
        stored = [StoredEvent(event.originator_id, 1, "topic", b"") for event in objects]
        SQLApplicationRecorder(engine, inline=[census]).insert_events(stored, domain_events=objects)
        assert [one.event for one in census.seen] == objects

    def test_need_an_object_for_each_event_or_none(self, engine):
        recorder = SQLApplicationRecorder(engine, inline=[Census()])
        with pytest.raises(ProgrammingError, match="domain_events"):
            recorder.insert_events(batch(2), domain_events=[])
        assert recorder.max_notification_id() is None

    def test_write_in_the_transaction_of_the_append(self, engine):
        recorder = SQLApplicationRecorder(engine, inline=[Census()])
        taken = batch(3)
        recorder.insert_events(taken)
        with pytest.raises(IntegrityError):
            recorder.insert_events([*batch(100), *taken])
        assert SQLTrackingRecorder(engine).max_tracking_id("census") == 3

    @SMALL_AND_LARGE
    def test_undo_the_whole_append_when_one_of_them_raises(self, engine, size):
        faulty = Faulty("INSERT INTO tracking VALUES ('faulty', 1)")
        recorder = SQLProcessRecorder(engine, inline=[Census(), faulty])
        with pytest.raises(ZeroDivisionError, match="a mistake of the projection"):
            recorder.insert_events(batch(size), tracking=Tracking("upstream", 1))
        assert recorder.max_notification_id() is None
        assert {name: recorder.max_tracking_id(name) for name in ("census", "faulty", "upstream")} == dict.fromkeys(
            ("census", "faulty", "upstream")
        )

    def test_that_break_a_constraint_are_not_mistaken_for_a_version_conflict(self, engine):
        faulty = Faulty("INSERT INTO tracking VALUES (NULL, NULL)")
        with pytest.raises(exc.IntegrityError):
            SQLApplicationRecorder(engine, inline=[faulty]).insert_events(batch(1))

    @pytest.mark.parametrize("recorder_class", [SQLAggregateRecorder, SQLApplicationRecorder, SQLProcessRecorder])
    def test_are_passed_by_no_recorder_of_events(self, engine, recorder_class):
        census = Census()
        recorder_class(engine, inline=[census]).insert_events(batch(2))
        assert [one.position for one in census.seen] == [1, 2]

    def test_are_not_called_for_tracking_alone(self, engine):
        census = Census()
        recorder = SQLProcessRecorder(engine, inline=[census])
        recorder.insert_events([], tracking=Tracking("upstream", 1))
        assert (census.seen, recorder.max_tracking_id("census")) == ([], None)


class TestATurn:
    def test_is_one_transaction_of_what_is_read_and_appended(self, engine):
        recorder, mine = SQLApplicationRecorder(engine), batch(3)
        with recorder.turn():
            recorder.insert_events(mine[:1])
            assert recorder.select_events(mine[0].originator_id) == mine[:1]
            recorder.insert_events(mine[1:])
            assert recorder.max_notification_id() is None  # the log tells what is committed
        assert recorder.select_events(mine[0].originator_id) == mine

    def test_that_fails_leaves_nothing_and_hands_on(self, engine):
        recorder, mine = SQLApplicationRecorder(engine), batch(1)
        with pytest.raises(IntegrityError), recorder.turn():
            recorder.insert_events([*mine, *mine])
        with suppress(ZeroDivisionError), recorder.turn():
            recorder.insert_events(mine)
            raise ZeroDivisionError
        assert recorder.select_events(mine[0].originator_id) == []
        recorder.insert_events(mine)
        assert recorder.max_notification_id() == 1

    def test_lets_nobody_in(self, engine):
        recorder, mine, theirs = SQLApplicationRecorder(engine), batch(2), batch(1)
        with ThreadPoolExecutor(1) as others:
            with recorder.turn():
                recorder.insert_events(mine[:1])
                waiting = others.submit(recorder.insert_events, theirs)
                recorder.insert_events(mine[1:])
            waiting.result(30)
        assert [one.originator_id for one in recorder.select_notifications(1, 10)] == [
            one.originator_id for one in (*mine, *theirs)
        ]

    def test_wakes_those_who_follow_the_log(self, engine):
        recorder, mine = SQLApplicationRecorder(engine), batch(2)
        with recorder.subscribe() as subscription:
            with recorder.turn():
                recorder.insert_events(mine)
            assert [one.id for one in islice(subscription, 2)] == [1, 2]


class TestSnapshots:
    def test_take_no_place_in_the_log(self, engine):
        snapshots = SQLSnapshotRecorder(engine)
        originator_id = uuid4()
        kept = batch(2, originator_id)
        assert snapshots.insert_events(kept) is None
        assert snapshots.select_events(originator_id, desc=True, limit=1) == [kept[-1]]
        assert SQLApplicationRecorder(engine).max_notification_id() is None

    def test_are_kept_once_for_each_version(self, engine):
        snapshots = SQLSnapshotRecorder(engine)
        kept = batch(2)
        snapshots.insert_events(kept)
        with pytest.raises(IntegrityError):
            snapshots.insert_events(kept[1:])


class TestTracking:
    def test_and_events_are_recorded_together_or_not_at_all(self, engine):
        recorder = SQLProcessRecorder(engine)
        taken = batch(1)
        recorder.insert_events(taken, tracking=Tracking("upstream", 5))
        with pytest.raises(IntegrityError):
            recorder.insert_events(taken, tracking=Tracking("upstream", 6))
        with pytest.raises(IntegrityError, match="upstream is tracked up to 5"):
            recorder.insert_events(batch(1), tracking=Tracking("upstream", 5))
        assert (recorder.max_notification_id(), recorder.max_tracking_id("upstream")) == (1, 5)
