"""The pulse of a database: a sign that something was committed, without a transaction."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing

from projections.pulse import Pulse
from tests.processes import ROOT
from tests.timeline.recording import opened
from timeline.store import create_engine

OPEN_A_TIMELINE = """
import sys
from tests.timeline.recording import opened
with opened(sys.argv[1]) as (record, _):
    record.open_timeline("one", title="One")
"""


def test_it_stands_still_until_something_is_committed(sqlite_url):
    with opened(sqlite_url) as (record, archive), closing(Pulse(create_engine(sqlite_url))) as pulse:
        first = pulse.now()
        assert first is not None
        with archive.snapshot() as snapshot:
            assert snapshot.head == 0
        assert pulse.now() == first
        record.open_timeline("one", title="One")
        second = pulse.now()
        assert second != first
        assert pulse.now() == second


def test_what_another_process_commits_is_seen_too(sqlite_url):
    with closing(Pulse(create_engine(sqlite_url))) as pulse:
        first = pulse.now()
        command = [sys.executable, "-c", OPEN_A_TIMELINE, sqlite_url]
        subprocess.run(command, cwd=ROOT, check=True)
        assert pulse.now() != first


def test_once_closed_it_opens_again(sqlite_url):
    engine = create_engine(sqlite_url)
    pulse = Pulse(engine)
    assert pulse.now() is not None
    pulse.close()
    assert pulse.now() is not None
    pulse.close()
    engine.dispose()


def test_other_databases_have_none(postgresql_url):
    for url in (postgresql_url, "sqlite://"):
        engine = create_engine(url)
        assert Pulse(engine).now() is None
        engine.dispose()
