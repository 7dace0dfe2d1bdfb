"""Several processes on one log, and processes that die in the middle."""

from __future__ import annotations

from contextlib import ExitStack

from eventsourcing.persistence import Notification

from tests.processes import said, start
from tests.store.events import appender, batch, batches_of
from timeline.store import SQLApplicationRecorder, create_engine


def the_log(url: str) -> list[Notification]:
    engine = create_engine(url)
    try:
        return list(SQLApplicationRecorder(engine).select_notifications(None, 1_000_000))
    finally:
        engine.dispose()


def append(url: str, size: int) -> list[int]:
    engine = create_engine(url)
    try:
        return list(SQLApplicationRecorder(engine).insert_events(batch(size)) or ())
    finally:
        engine.dispose()


def test_processes_that_append_at_once_lose_nothing_and_never_interleave_their_batches(database_url):
    sizes = {"few": 5, "many": 90}  # PostgreSQL takes small and large batches in by different ways
    with ExitStack() as stack:
        processes = [stack.enter_context(appender(database_url, batches=20, size=size)) for size in sizes.values()]
        assert [said(process) for process in processes] == ["ready", "ready"]
        for process in processes:
            start(process)
        acknowledged = [line.split() for process in processes for line in process.communicate()[0].splitlines()]
        assert [process.returncode for process in processes] == [0, 0]

    log = the_log(database_url)
    assert [event.id for event in log] == list(range(1, 20 * sum(sizes.values()) + 1))
    batches = batches_of(log)
    assert all(f"batch-of-{len(events)}" == events[0].topic for events in batches)
    assert sorted((events[0].id, events[-1].id) for events in batches) == sorted(
        (int(first), int(last)) for first, last in acknowledged
    )


def test_a_process_killed_inside_a_batch_leaves_the_whole_batches_before_it(database_url):
    with appender(database_url, batches=10, size=70, stay_at=4) as process:
        assert said(process) == "ready"
        start(process)
        assert [said(process) for _ in range(4)] == ["1 70", "71 140", "141 210", "inside"]
        assert len(the_log(database_url)) == 210, "a batch that is not committed is not seen"
        process.kill()
        process.wait()

    assert [len(events) for events in batches_of(the_log(database_url))] == [70, 70, 70]
    assert append(database_url, 2) == [211, 212], "the dead process holds no lock"


def test_a_process_killed_at_any_moment_loses_nothing_that_was_acknowledged(database_url):
    with appender(database_url, batches=1_000_000, size=40) as process:
        assert said(process) == "ready"
        start(process)
        acknowledged = [said(process) for _ in range(25)]
        process.kill()
        acknowledged += process.communicate()[0].split("\n")[:-1]

    log = the_log(database_url)
    assert [event.id for event in log] == list(range(1, len(log) + 1))
    assert {len(events) for events in batches_of(log)} == {40}
    assert len(log) >= int(acknowledged[-1].split()[-1])
