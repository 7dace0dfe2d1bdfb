"""A rebuild makes the tables that are there, whatever was there."""

from __future__ import annotations

import gc
import sqlite3
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projections.rebuild import Progress, RebuildStopped, rebuild, rebuilding
from tests.projections.planes import check_planes
from tests.projections.rebuild.history import answers, begin, kept_in, opened, rows, tables, tell_all
from tests.projections.recorded import ceo
from tests.property.histories import VOCABULARY, Act, World, ask, basis, histories, points
from tests.timeline.telling import TIMELINE
from timeline.errors import InvalidInput
from timeline.store import create_engine, migrate, shadow, write
from timeline.vocabulary import Vocabulary, default_vocabulary

NEWEST = default_vocabulary()


def emptied(engine) -> None:
    with write(engine) as connection:
        for table in reversed(shadow.contract.NAMES):
            connection.exec_driver_sql(f"DELETE FROM {table}")


def test_a_rebuild_ends_in_the_tables_and_the_answers_there_were(service):
    kept = kept_in(service)
    before, told = tables(service.engine), answers(kept)
    done = rebuild(service.engine, NEWEST, batch=3)
    assert (done.revision, done.events, done.resumed) == (kept.record.recorder.max_notification_id(), done.revision, 0)
    assert tables(service.engine) == before
    assert answers(kept) == told
    check_planes(service.engine, TIMELINE)
    assert migrate.check(service.engine) == []


def test_events_that_go_into_several_portions_are_taken_in_together(service, monkeypatch):
    monkeypatch.setattr(rebuilding, "PORTION", 4)
    before, told = tables(service.engine), list[Progress]()
    rebuild(service.engine, NEWEST, batch=10, on_progress=told.append)
    assert [one.done for one in told if one.what == "events" and not one.is_swapping] == [10, 20]
    assert tables(service.engine) == before


def test_on_sqlite_words_that_come_later_are_merged_as_usual(tmp_path):
    url = f"sqlite:///{tmp_path / 'words.db'}"
    migrate.upgrade(url)
    with opened(url) as service:
        tell_all(service)
        rebuild(service.engine, NEWEST)
        merging = dict(rows(service.engine, "search_index_config", "k, v"))
    assert (merging["automerge"], merging["crisismerge"]) == (4, 16)


def test_what_was_lost_or_wrong_is_there_again(service):
    before = tables(service.engine)
    emptied(service.engine)
    assert rows(service.engine, "facts") == []
    rebuild(service.engine, NEWEST)
    assert tables(service.engine) == before


def test_one_can_go_on_recording_and_rebuild_again(service):
    kept = kept_in(service)
    for number in range(3):
        rebuild(service.engine, NEWEST)
        kept.tell(f"again-{number}", ceo("jane"), occurred=f"2024-0{number + 1}")
        assert kept.who("2024-12") == "jane"
        check_planes(service.engine, TIMELINE)
    before = tables(service.engine)
    rebuild(service.engine, NEWEST)
    assert tables(service.engine) == before
    assert migrate.check(service.engine) == []


def test_the_schema_can_be_taken_down_and_up_again_after_a_rebuild(database_url):
    with opened(database_url) as service:
        rebuild(service.engine, NEWEST)
    migrate.downgrade(database_url, "base")
    migrate.upgrade(database_url)
    assert migrate.check(database_url) == []


def test_an_empty_log_gives_empty_tables(database_url):
    with opened(database_url) as service:
        assert rebuild(service.engine, NEWEST).events == 0
        assert rows(service.engine, "timelines") == []
        begin(service)


def test_facts_follow_the_vocabulary_of_the_rebuild(service):
    """An attribute of which several can hold at once becomes one that ends its predecessors."""
    words = NEWEST.model_dump(mode="json")
    words["sections"] = [section.model_dump(mode="json") for section in NEWEST.sections]
    words["attributes"] = [
        {**attribute.model_dump(mode="json"), "cardinality": "each"}
        if name == "legal_form"
        else attribute.model_dump(mode="json")
        for name, attribute in NEWEST.attributes.items()
    ]
    changed = Vocabulary.model_validate(words)
    names = "subject, attribute, development"
    assert ("acme", "legal_form", "") in rows(service.engine, "keys", names)
    rebuild(service.engine, changed)
    assert {row for row in rows(service.engine, "keys", names) if row[1] == "legal_form"} == {
        ("acme", "legal_form", "mary"),
        ("acme", "legal_form", "john"),
    }
    check_planes(service.engine, TIMELINE)
    rebuild(service.engine, NEWEST)
    assert ("acme", "legal_form", "") in rows(service.engine, "keys", names)


def test_an_event_that_breaks_the_vocabulary_is_named_and_nothing_is_swapped(service):
    kept = kept_in(service)
    before, told = tables(service.engine), answers(kept)
    with pytest.raises(RebuildStopped) as stopped:
        rebuild(service.engine, VOCABULARY)
    assert "the event at position 7 cannot be taken in" in str(stopped.value)
    assert "legal_form" in str(stopped.value)
    assert (tables(service.engine), answers(kept)) == (before, told)
    assert migrate.check(service.engine) == []
    rebuild(service.engine, NEWEST)
    assert tables(service.engine) == before


def test_it_says_how_far_it_has_come(service):
    told: list[Progress] = []
    done = rebuild(service.engine, NEWEST, batch=7, on_progress=told.append)
    taken = [one.done for one in told if not one.is_swapping and one.what == "events"]
    assert taken == [*range(7, done.revision, 7), done.revision]
    assert {one.total for one in told if one.what == "events"} == {done.revision}
    made = [one for one in told if one.what == "keys"]
    assert made
    assert (made[-1].done, made[-1].is_swapping) == (made[-1].total, False)
    assert told[-1].is_swapping


class Enough(Exception):
    """Somebody has had enough of waiting."""


def stop_after(events: int):
    def on_progress(progress: Progress) -> None:
        if progress.what == "events" and progress.done >= events and not progress.is_swapping:
            raise Enough

    return on_progress


def stop_at_the_end(progress: Progress) -> None:
    if progress.is_swapping:
        raise Enough


def test_a_rebuild_that_is_stopped_changes_nothing_and_is_gone_on_with(service):
    kept = kept_in(service)
    before, told = tables(service.engine), answers(kept)
    with pytest.raises(Enough):
        rebuild(service.engine, NEWEST, batch=4, on_progress=stop_after(10))
    assert (tables(service.engine), answers(kept)) == (before, told)
    assert migrate.check(service.engine) == []
    kept.tell("meanwhile", ceo("jane"), occurred="2024")
    before = tables(service.engine)
    done = rebuild(service.engine, NEWEST, batch=4)
    assert (done.resumed, done.events) == (12, done.revision - 12)
    assert tables(service.engine) == before


def test_one_stopped_while_its_tables_are_put_in_place_is_gone_on_with(service):
    kept = kept_in(service)
    with pytest.raises(Enough):
        rebuild(service.engine, NEWEST, on_progress=stop_at_the_end)
    assert migrate.check(service.engine) == []
    kept.tell("meanwhile", ceo("jane"), occurred="2024")
    before = tables(service.engine)
    assert rebuild(service.engine, NEWEST).events == 1
    assert tables(service.engine) == before
    assert migrate.check(service.engine) == []


def mark_as_of_another_log(engine) -> None:
    if engine.dialect.name == "postgresql":
        with write(engine) as connection:
            connection.exec_driver_sql("UPDATE timeline_rebuild.rebuild_mark SET digest = 'another'")
    else:
        with closing(sqlite3.connect(f"{engine.url.database}.rebuild")) as left, left:
            left.execute("UPDATE rebuild_mark SET digest = 'another'")


@pytest.mark.parametrize("why", ["asked for", "another vocabulary", "another log"])
def test_what_was_left_is_thrown_away(service, why, tmp_path):
    kept = kept_in(service)
    with pytest.raises(Enough):
        rebuild(service.engine, NEWEST, batch=4, on_progress=stop_after(4))
    vocabulary, from_scratch = NEWEST, why == "asked for"
    if why == "another vocabulary":
        first, *others = NEWEST.attributes.values()
        renamed = first.model_copy(update={"definition": "Something else."})
        vocabulary = NEWEST.model_copy(update={"attributes": {first.name: renamed, **{a.name: a for a in others}}})
    if why == "another log":
        mark_as_of_another_log(service.engine)
    assert rebuild(service.engine, vocabulary, from_scratch=from_scratch).resumed == 0
    assert kept.who("2024") is not None


def test_only_one_rebuild_runs_at_a_time(service):
    refused: list[str | None] = []

    def rebuild_again(progress: Progress) -> None:
        if not refused:
            with pytest.raises(shadow.AlreadyRunning, match="another rebuild of this database is running") as error:
                rebuild(service.engine, NEWEST)
            refused.append(error.value.remedy)

    rebuild(service.engine, NEWEST, batch=5, on_progress=rebuild_again)
    assert refused == ["Wait until it is done, or stop it."]
    assert rebuild(service.engine, NEWEST).resumed == 0, "nothing is left of either"


def test_what_the_program_has_frozen_for_the_collector_stays_frozen_and_nothing_else_does(service):
    gc.freeze()
    rebuild(service.engine, NEWEST)
    assert gc.get_freeze_count() > 0
    gc.unfreeze()
    try:
        rebuild(service.engine, NEWEST)
        assert (gc.get_freeze_count(), gc.isenabled()) == (0, True)
    finally:
        gc.freeze()


def test_a_database_in_memory_is_refused():
    engine = create_engine("sqlite://")
    migrate.upgrade(engine)
    with pytest.raises(InvalidInput, match="memory"):
        rebuild(engine, NEWEST)
    engine.dispose()


def test_whoever_could_read_the_tables_still_can(postgresql_url):
    with opened(postgresql_url) as service:
        tell_all(service)
        grants = "SELECT relname, relacl::text FROM pg_class WHERE relname IN ('facts', 'regions', 'search_index') ORDER BY 1"
        with write(service.engine) as connection:
            connection.exec_driver_sql("GRANT SELECT ON facts, search_index TO PUBLIC")
            connection.exec_driver_sql("GRANT SELECT, INSERT ON regions TO pg_monitor WITH GRANT OPTION")
            before = connection.exec_driver_sql(grants).all()
        rebuild(service.engine, NEWEST)
        with write(service.engine) as connection:
            assert connection.exec_driver_sql(grants).all() == before


@settings(max_examples=4, suppress_health_check=list(HealthCheck))
@given(histories, st.lists(points, min_size=4, max_size=8), st.integers(1, 9))
def test_random_histories_are_rebuilt_as_they_were(database_url_of_world, history: list[Act], asked, batch: int):
    world = database_url_of_world
    timeline = world.open()
    revisions = list(world.tell(timeline, history))

    def answers() -> list[object]:
        with world.archive.snapshot() as snapshot:
            return [ask(snapshot, timeline, basis(point, revision)) for point in asked for revision in revisions[-5:]]

    before = answers()
    rebuild(world.engine, VOCABULARY, batch=batch)
    assert answers() == before
    check_planes(world.engine, timeline)


@pytest.fixture
def database_url_of_world(database_url: str):
    with World(database_url).opened() as world:
        yield world
