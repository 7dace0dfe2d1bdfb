"""What others see and do while a rebuild runs, and what is left of one that is killed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest

from projections.rebuild import Progress, rebuild
from projections.search.query import parse_query
from projections.search.reader import Wanted, search
from tests.projections.planes import check_planes
from tests.projections.rebuild.history import kept_in, newest_answers, opened, rows, tables, tell_all, whole_history
from tests.projections.recorded import ceo
from tests.timeline.telling import TIMELINE
from timeline.store import migrate, shadow
from timeline.vocabulary import default_vocabulary

ROOT = Path(__file__).resolve().parents[3]
NEWEST = default_vocabulary()


def test_questions_are_answered_all_along_from_the_old_tables_or_the_new(service):
    """Four threads ask, on connections that have their statements prepared, while two rebuilds swap under them."""
    kept = kept_in(service)
    told, over = newest_answers(kept), Event()

    def ask() -> int:
        count = 0
        while not over.is_set():
            assert newest_answers(kept) == told
            count += 1
        return count

    with ThreadPoolExecutor(4) as threads:
        asking = [threads.submit(ask) for _ in range(4)]
        try:
            for _ in range(2):
                rebuild(service.engine, NEWEST, batch=6)
        finally:
            over.set()
        assert all(one.result() > 0 for one in asking)


def test_what_is_recorded_meanwhile_is_not_lost(service):
    """Before the first batch, between batches, and when all that is left to do is to swap."""
    kept = kept_in(service)
    said: list[bool] = []

    def record(progress: Progress) -> None:
        said.append(progress.is_swapping)
        kept.tell(f"meanwhile-{len(said)}", ceo("jane"), occurred="2024-03")

    done = rebuild(service.engine, NEWEST, batch=6, on_progress=record)
    assert done.revision == kept.record.recorder.max_notification_id()
    assert {True, False} <= set(said)
    assert len(rows(service.engine, "contents", "id")) == len(rows(service.engine, "search_texts", "content_id"))
    recorded = {slug for (slug,) in rows(service.engine, "contents", "development") if slug.startswith("meanwhile")}
    assert recorded == {f"meanwhile-{number + 1}" for number in range(len(said))}
    check_planes(service.engine, TIMELINE)
    before = tables(service.engine)
    rebuild(service.engine, NEWEST)
    assert tables(service.engine) == before


def test_writers_in_other_threads_wait_and_lose_nothing(service):
    kept, over = kept_in(service), Event()

    def record(name: str) -> int:
        count = 0
        while not over.is_set():
            kept.tell(f"{name}-{count}", ceo("jane"), occurred="2024-03")
            count += 1
        return count

    with ThreadPoolExecutor(2) as threads:
        writing = [threads.submit(record, name) for name in ("one", "two")]
        try:
            for _ in range(2):
                rebuild(service.engine, NEWEST, batch=50)
        finally:
            over.set()
        written = sum(one.result() for one in writing)
    recorded = [
        slug for (slug,) in rows(service.engine, "contents", "development") if slug.startswith(("one-", "two-"))
    ]
    assert len(recorded) == written
    before = tables(service.engine)
    rebuild(service.engine, NEWEST)
    assert tables(service.engine) == before


def test_a_question_that_began_before_the_swap_goes_on_with_the_tables_of_its_snapshot(service):
    """On PostgreSQL names do not belong to a snapshot: there the swap waits for the question instead."""
    kept = kept_in(service)
    ready, go_on = Event(), Event()

    def ask_slowly() -> list[object]:
        with kept.archive.snapshot() as snapshot:
            assert snapshot.head
            ready.set()
            assert go_on.wait(20)
            return [snapshot.state(TIMELINE, snapshot.basis("2024", known)).as_json() for known in ("2022", "2025")]

    told = [kept.state("2024", known=known).as_json() for known in ("2022", "2025")]
    with ThreadPoolExecutor(2) as threads:
        answer = threads.submit(ask_slowly)
        assert ready.wait(20)
        done = threads.submit(rebuild, service.engine, NEWEST)
        if service.engine.dialect.name == "sqlite":
            done.result(20)
        else:
            assert not done.done()
        go_on.set()
        assert answer.result(20) == told
        done.result(20)


def test_a_transaction_that_stays_open_for_too_long_stops_the_swap(postgresql_url, monkeypatch):
    monkeypatch.setattr("timeline.store.shadow.postgresql._OLD_SNAPSHOTS_S", 0.1)
    with opened(postgresql_url) as service:
        kept = tell_all(service)
        before = tables(service.engine)
        with kept.archive.snapshot() as snapshot:
            assert snapshot.head
            with pytest.raises(shadow.CannotSwap, match="open in this database for so long"):
                rebuild(service.engine, NEWEST)
        kept.tell("after", ceo("jane"), occurred="2024")
        done = rebuild(service.engine, NEWEST)
        assert done.events == 1, "nothing is built anew"
        assert len(tables(service.engine)["contents"]) == len(before["contents"]) + 1


def test_a_search_finds_the_same_after_the_swap(service):
    kept = kept_in(service)

    def found() -> list[str]:
        with kept.archive.snapshot() as snapshot:
            basis = snapshot.basis()
            wanted = Wanted(parse_query("mary"))
            hits, _ = search(snapshot, TIMELINE, wanted, known=basis.known, revision=basis.revision)
            return [repr(hit) for hit in hits]

    before = found()
    assert before
    rebuild(service.engine, NEWEST)
    assert found() == before
    kept.tell("new", ceo("mary"), occurred="2024")
    assert len(found()) > len(before)


@contextmanager
def rebuilding(url: str, batch: int) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.projections.rebuild.killed", url, str(batch)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True, bufsize=1) as process:
        try:
            yield process
        finally:
            process.kill()


def told_until(process: subprocess.Popen[str], wanted: str) -> None:
    assert process.stdout is not None
    assert process.stdin is not None
    while (line := process.stdout.readline().strip()) != wanted:
        assert line, f"it ended before it said {wanted}"
        process.stdin.write("\n")


def test_a_rebuild_that_is_killed_is_gone_on_with_and_ends_equal(copy_of):
    """Killed twice: when it has taken in eight events, and when it puts its tables in place."""
    url = copy_of(whole_history)
    with opened(url) as service:
        kept = kept_in(service)
        before, told = tables(service.engine), newest_answers(kept)
        for moment in ("8", "swapping"):
            with rebuilding(url, 4) as process:
                told_until(process, moment)
                with pytest.raises(shadow.AlreadyRunning):
                    rebuild(service.engine, NEWEST)
                process.kill()
            assert (tables(service.engine), newest_answers(kept)) == (before, told)
            assert migrate.check(service.engine) == []
        done = rebuild(service.engine, NEWEST)
        assert done.resumed == done.revision, "nothing is taken in once more"
        assert (tables(service.engine), newest_answers(kept)) == (before, told)
        assert migrate.check(service.engine) == []
