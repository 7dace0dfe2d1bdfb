"""Migrations: up, down and up again on both backends, and never apart from the metadata."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine, inspect

from projections.rebuild import rebuild
from projections.verify import verify
from tests.processes import ROOT
from tests.projections.rebuild.history import opened, tell_all
from tests.projections.rebuild.history import tables as kept_tables
from tests.store.events import batch
from timeline.store import SQLApplicationRecorder, create_engine, read, write
from timeline.store.migrate import SCRIPTS, UNMODELLED, check, current, downgrade, upgrade
from timeline.vocabulary import default_vocabulary

LOG = {"stored_events", "snapshots", "tracking"}


def scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", SCRIPTS)
    return ScriptDirectory.from_config(config)


@contextmanager
def opened_engine(url: str) -> Iterator[Engine]:
    engine = create_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def tables(url: str) -> set[str]:
    with opened_engine(url) as engine, read(engine) as connection:
        return set(inspect(connection).get_table_names())


def execute(url: str, statement: str) -> None:
    with opened_engine(url) as engine, write(engine) as connection:
        connection.exec_driver_sql(statement)


def test_the_migrations_form_one_line():
    (base,), (head,) = scripts().get_bases(), scripts().get_heads()
    assert base == "0001_log"
    assert [step.revision for step in scripts().iterate_revisions(head, "base")][-1] == base


def test_up_down_and_up_again(empty_database_url):
    (head,) = scripts().get_heads()
    assert current(empty_database_url) is None

    upgrade(empty_database_url)
    assert current(empty_database_url) == head
    assert tables(empty_database_url) > LOG
    assert check(empty_database_url) == []

    downgrade(empty_database_url, "base")
    assert current(empty_database_url) is None
    assert tables(empty_database_url) == {"alembic_version"}

    upgrade(empty_database_url)
    assert current(empty_database_url) == head
    assert check(empty_database_url) == []


def test_every_step_can_be_taken_back(empty_database_url):
    steps = [step.revision for step in reversed(list(scripts().iterate_revisions("head", "base")))]
    for before, step in zip([None, *steps], steps, strict=False):
        upgrade(empty_database_url, step)
        after_step = tables(empty_database_url)
        downgrade(empty_database_url, before or "base")
        upgrade(empty_database_url, step)
        assert (current(empty_database_url), tables(empty_database_url)) == (step, after_step)


def test_an_upgrade_of_what_is_up_to_date_changes_nothing(database_url):
    before = tables(database_url)
    upgrade(database_url)
    assert tables(database_url) == before


def test_contents_keep_their_words_on_the_way_down_and_up(database_url):
    """Before 0006 each row had its words itself; since then most are read from the log."""
    with opened(database_url) as service:
        tell_all(service)
        before = kept_tables(service.engine)
    assert any(row[-1] is not None for row in before["contents"]), "some rows keep their words"
    downgrade(database_url, "0005_projection_states")
    with opened_engine(database_url) as engine, read(engine) as connection:
        held = connection.exec_driver_sql("SELECT payload, sources FROM contents").all()
    assert held
    for payload, sources in held:
        content = json.loads(payload)
        assert (content["position"] > 0, content["content"]["sources"]) == (True, json.loads(sources))
    upgrade(database_url)
    with opened(database_url) as service:
        for table in ("contents", "timeline_log"):
            assert kept_tables(service.engine)[table] == before[table]
        rebuild(service.engine, default_vocabulary())
        assert kept_tables(service.engine) == before
        assert verify(service.engine, default_vocabulary()).findings == []


def test_a_downgrade_never_destroys_a_log(database_url):
    engine = create_engine(database_url)
    SQLApplicationRecorder(engine).insert_events(batch(2))
    engine.dispose()
    with pytest.raises(CommandError, match="2 events are recorded"):
        downgrade(database_url, "base")
    assert current(database_url) == scripts().get_current_head(), "the steps before it are undone as well"
    assert check(database_url) == []


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("CREATE TABLE stray (id INTEGER PRIMARY KEY)", "stray"),
        ("DROP TABLE snapshots", "snapshots"),
        ("ALTER TABLE tracking ADD COLUMN mood TEXT", "mood"),
        ("CREATE INDEX ix_stray ON tracking (notification_id)", "ix_stray"),
    ],
)
def test_a_database_that_differs_from_the_metadata_is_told_of(database_url, statement, told):
    execute(database_url, statement)
    (difference,) = check(database_url)
    assert told in difference


def test_a_name_listed_as_unmodelled_is_passed_over_with_all_that_hangs_on_it(database_url):
    execute(database_url, "CREATE TABLE shadow_one (id INTEGER PRIMARY KEY, name TEXT)")
    execute(database_url, "CREATE INDEX ix_on_it ON shadow_one (name)")
    unlisted = check(database_url, unmodelled=())
    assert any("shadow_one" in difference for difference in unlisted)
    assert check(database_url, unmodelled=("shadow_*", *UNMODELLED)) == []


def test_an_unknown_revision_is_refused(database_url):
    with pytest.raises(CommandError, match="9999"):
        upgrade(database_url, "9999")


def test_migrating_is_quiet(empty_database_url, capfd):
    upgrade(empty_database_url)
    check(empty_database_url)
    downgrade(empty_database_url, "base")
    assert capfd.readouterr() == ("", "")


def test_processes_that_start_at_once_migrate_once(empty_database_url):
    program = "import sys; from timeline.store.migrate import upgrade; print(flush=True); input(); upgrade(sys.argv[1])"
    with ExitStack() as stack:
        processes = [
            stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-W", "error", "-c", program, empty_database_url],
                    cwd=ROOT,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    text=True,
                )
            )
            for _ in range(3)
        ]
        for process in processes:
            assert process.stdout is not None
            process.stdout.readline()
        for process in processes:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        told = [process.communicate() for process in processes]
    assert told == [("", "")] * 3
    assert check(empty_database_url) == []


def test_the_command_line_reaches_the_same_migrations(empty_database_url):
    alembic = [sys.executable, "-m", "alembic", "-x", f"url={empty_database_url}"]
    for command in (["upgrade", "head"], ["check"], ["downgrade", "base"], ["upgrade", "head"]):
        subprocess.run([*alembic, *command], cwd=ROOT, check=True, capture_output=True)
    assert current(empty_database_url) == scripts().get_current_head()


def test_a_script_without_a_database_is_refused():
    command = [sys.executable, "-m", "alembic", "upgrade", "head", "--sql"]
    refused = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert refused.returncode != 0
    assert "without --sql" in refused.stdout + refused.stderr
