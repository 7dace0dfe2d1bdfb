"""An independent look finds nothing where nothing is wrong, and whatever is."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import Table

from projections.rebuild import rebuild
from projections.verify import Progress, verify
from tests.projections.rebuild.history import kept_in, opened, rows, tables
from tests.property.histories import VOCABULARY, Act, World, histories
from timeline.store import write
from timeline.store.derived import DERIVED
from timeline.vocabulary import default_vocabulary

NEWEST = default_vocabulary()


def test_what_is_sound_is_found_sound(service):
    kept = kept_in(service)
    found = verify(service.engine, NEWEST)
    assert found.findings == []
    assert found.is_sound
    assert found.remedy is None
    assert found.revision == kept.record.recorder.max_notification_id()
    held = {name: len(rows) for name, rows in tables(service.engine).items()}
    for name in held.keys() - {"search_index", "projection_states"}:
        assert found.rows[name] == held[name] > 0, f"every row of {name} was looked at"
    assert found.sampled_keys == 0


def test_an_empty_database_is_sound(database_url):
    with opened(database_url) as service:
        assert verify(service.engine, NEWEST).is_sound


def test_it_says_how_far_it_has_come(service):
    told: list[Progress] = []
    found = verify(service.engine, NEWEST, on_progress=told.append)
    assert ("events", found.revision, found.revision) in told
    assert told[-1][0] == "keys"
    assert told[-1].done == told[-1].total


DAMAGE = {
    "timelines": ["UPDATE timelines SET slug = 'elsewhere' WHERE slug = 'other'"],
    "timeline_texts": [
        "UPDATE timeline_texts SET payload = '{}' WHERE timeline_id = 2",
        "UPDATE timeline_texts SET revision_until = 3 WHERE timeline_id = 2",
        "DELETE FROM timeline_texts WHERE timeline_id = 2",
    ],
    "timeline_log": [
        "DELETE FROM timeline_log WHERE position = 9",
        "INSERT INTO timeline_log (timeline_id, position) VALUES (1, 900)",
        "UPDATE timeline_log SET timeline_id = 2 WHERE position = 9",
    ],
    "entity_texts": [
        "UPDATE entity_texts SET name = 'Nobody' WHERE entity = 'mary'",
        "DELETE FROM entity_texts WHERE entity = 'mary' AND revision_until > 1000",
        (
            "INSERT INTO entity_texts SELECT timeline_id, 'stray', revision_from, revision_until, kind, name, payload "
            "FROM entity_texts WHERE entity = 'john'"
        ),
    ],
    "contents": [
        "UPDATE contents SET kind = 'investment' WHERE id = 1",
        "UPDATE contents SET known_until = known_until - 1 WHERE id = 1",
        "UPDATE contents SET touched = 8 WHERE id = 1",
        "UPDATE contents SET known = '2001' WHERE id = 1",
        "UPDATE contents SET cause = 'standing' WHERE id = 1",
        "UPDATE contents SET body = '{}' WHERE id = 1",
        "UPDATE contents SET body = '{}' WHERE body IS NOT NULL",
        "UPDATE contents SET sources = '[]' WHERE id = 1",
        "DELETE FROM contents WHERE id = 2",
        "UPDATE contents SET development = 'elsewhere' WHERE id = 1",
    ],
    "contents_past": [
        "DELETE FROM contents_past WHERE content_id = (SELECT min(content_id) FROM contents_past)",
        "UPDATE contents_past SET revision_until = revision_until + 1",
        "INSERT INTO contents_past VALUES (900, 1, 2, 3, 4)",
    ],
    "content_entities": [
        "DELETE FROM content_entities WHERE entity = 'mary'",
        "INSERT INTO content_entities (timeline_id, entity, content_id) VALUES (1, 'globex', 1)",
    ],
    "keys": [
        "UPDATE keys SET widest = widest + 1 WHERE id = 1",
        "UPDATE keys SET denied = NOT denied WHERE id = 1",
        "INSERT INTO keys SELECT 900, timeline_id, subject, attribute, 'stray', development, 0, denied FROM keys WHERE id = 1",
    ],
    "facts": [
        "UPDATE facts SET since_earliest = since_earliest - 1 WHERE id = 1",
        "UPDATE facts SET standing = 2 WHERE id = 1",
        "UPDATE facts SET payload = '{\"value\": null}' WHERE id = 1",
        "UPDATE facts SET key_id = 900 WHERE id = 1",
        "UPDATE facts SET rivalled = NOT rivalled WHERE id = 1",
        "DELETE FROM facts WHERE id = 3",
    ],
    "facts_past": [
        "DELETE FROM facts_past WHERE fact_id = (SELECT min(fact_id) FROM facts_past)",
        "UPDATE facts_past SET known_until = known_until - 1",
        "INSERT INTO facts_past VALUES (900, 1, 2, 3, 4)",
    ],
    "regions": [
        "DELETE FROM regions WHERE id = 1",
        "UPDATE regions SET fact_id = 0 WHERE fact_id = 1",
        "UPDATE regions SET fact_id = 1 WHERE fact_id = 0",
        "UPDATE regions SET known_from = known_from + 1 WHERE id = 2",
        "UPDATE regions SET at_until = at_until - 1, shown_until = shown_until - 1 WHERE id = 2",
        "UPDATE regions SET shown_until = shown_until - 1 WHERE fact_id <> 0 AND at_from < shown_until",
        "UPDATE regions SET floor_from = floor_from + 1 WHERE floor_from < floor_until",
        "UPDATE regions SET timeline_id = 2 WHERE id = 2",
        (
            "INSERT INTO regions SELECT 900, key_id, timeline_id, fact_id, floor_from, floor_until, known_from, known_until, "
            "at_from, at_until, shown_until, revision, closed_by FROM regions WHERE id = 2"
        ),
    ],
    "regions_past": [
        "DELETE FROM regions_past WHERE id = 1",
        "UPDATE regions_past SET fact_id = fact_id + 1 WHERE id = 1",
        "UPDATE regions_past SET revision_until = revision_until + 3",
        "UPDATE regions_past SET known_until = known_until - 1",
        "UPDATE regions_past SET shown_until = shown_until - 1",
        "UPDATE regions_past SET fact_id = 900 WHERE id = 1",
    ],
    "search_texts": [
        "UPDATE search_texts SET facts = 'nothing' WHERE content_id = 1",
        "UPDATE search_texts SET standings = '33' WHERE content_id = 1",
        "DELETE FROM search_texts WHERE content_id = 1",
        (
            "INSERT INTO search_texts SELECT 900, title, facts, summary, entities, sources, standings, last_published "
            "FROM search_texts WHERE content_id = 1"
        ),
    ],
}
ON_SQLITE = {
    "region_boxes": [
        "DELETE FROM region_boxes WHERE id = (SELECT min(id) FROM region_boxes)",
        "UPDATE region_boxes SET known_from = known_until - 1",
        "INSERT INTO region_boxes VALUES (900, 1, 1, 1, 1, 1, 1)",
        "UPDATE region_boxes_node SET data = zeroblob(length(data)) WHERE nodeno = 1",
    ],
    "past_boxes": [
        "DELETE FROM past_boxes WHERE id = 1",
        "UPDATE past_boxes SET revision_until = revision_from",
    ],
    "search_index": [
        "INSERT INTO search_index (rowid, words) VALUES (1, 'word')",
        "DELETE FROM search_index_data WHERE id > 10",
    ],
}
ON_POSTGRESQL = {
    "search_index": [
        "DELETE FROM search_index WHERE content_id = 1",
        "UPDATE search_index SET words = ''::tsvector WHERE content_id = 1",
        "INSERT INTO search_index VALUES (900, '')",
    ],
}


def put_back(engine, table: Table, rows: list[tuple]) -> None:
    with write(engine) as connection:
        connection.execute(table.delete())
        names = [column.name for column in table.columns]
        if rows:
            connection.execute(table.insert(), [dict(zip(names, row, strict=True)) for row in rows])


@pytest.mark.parametrize("name", [*DAMAGE, "region_boxes", "past_boxes", "search_index"])
def test_damage_to_any_table_is_found_and_a_rebuild_mends_it(service, name):
    before = tables(service.engine)
    table = next((table for table in DERIVED if table.name == name), None)
    kept = [] if table is None else rows(service.engine, name)
    of_backend = ON_SQLITE if service.engine.dialect.name == "sqlite" else ON_POSTGRESQL
    for number, statement in enumerate({**DAMAGE, **of_backend}.get(name, [])):
        with write(service.engine) as connection:
            assert connection.exec_driver_sql(statement).rowcount, statement
        found = verify(service.engine, NEWEST)
        assert name in found.differences, f"{statement}: {found.findings}"
        assert "timeline rebuild" in (found.remedy or "")
        if number == 0 or table is None:
            rebuild(service.engine, NEWEST)
            assert tables(service.engine) == before
            kept = kept and rows(service.engine, name)  # regions have got other numbers
        else:
            put_back(service.engine, table, kept)
    assert verify(service.engine, NEWEST).findings == []


IN_THE_LOG = {
    "a gap": ("DELETE FROM stored_events WHERE position = 12", "the event before it has position 11"),
    "an event that cannot be read": (
        "UPDATE stored_events SET state = '{\"slug\":1}' WHERE position = 12",
        "it cannot be read",
    ),
    "bytes that are not canonical": (
        "UPDATE stored_events SET state = {spaced} WHERE position = 12",
        "its bytes are not canonical JSON",
    ),
    "a version that is missing": (
        "UPDATE stored_events SET originator_version = 7 WHERE position = 12",
        "events, numbered from 1 to 7",
    ),
}


@pytest.mark.parametrize("damage", IN_THE_LOG)
def test_damage_to_the_log_itself_is_found_and_not_for_a_rebuild_to_mend(service, damage):
    """It takes somebody who has switched the triggers off."""
    statement, told = IN_THE_LOG[damage]
    with write(service.engine) as connection:
        if connection.dialect.name == "sqlite":
            for trigger in connection.exec_driver_sql(
                "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
            ).scalars():
                connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
            spaced = "CAST('{ ' || substr(CAST(state AS TEXT), 2) AS BLOB)"
        else:
            connection.exec_driver_sql("ALTER TABLE stored_events DISABLE TRIGGER ALL")
            spaced = "convert_to('{ ' || substr(convert_from(state, 'UTF8'), 2), 'UTF8')"
        connection.exec_driver_sql(statement.format(spaced=spaced) if "{spaced}" in statement else statement)
    found = verify(service.engine, NEWEST)
    assert any(finding.table == "stored_events" and told in finding.message for finding in found.findings), found
    assert "restore the database from a backup" in (found.remedy or "")


def test_another_vocabulary_is_told_of_and_a_rebuild_brings_the_tables_in_line(service):
    form = NEWEST.attributes["legal_form"]
    words = {
        "sections": [section.model_dump(mode="json") for section in NEWEST.sections],
        "attributes": [
            {**attribute.model_dump(mode="json"), "cardinality": "each" if attribute is form else attribute.cardinality}
            for attribute in NEWEST.attributes.values()
        ],
    }
    changed = type(NEWEST).model_validate({**NEWEST.model_dump(mode="json"), **words})
    assert "facts" in verify(service.engine, changed).differences
    rebuild(service.engine, changed)
    assert verify(service.engine, changed).findings == []


@settings(max_examples=4, suppress_health_check=list(HealthCheck))
@given(histories)
def test_random_histories_are_sound_before_and_after_a_rebuild(world, history: list[Act]):
    timeline = world.open()
    list(world.tell(timeline, history))
    assert [f for f in verify(world.engine, VOCABULARY).findings if not f.table.startswith("search")] == []
    rebuild(world.engine, VOCABULARY)
    assert verify(world.engine, VOCABULARY).findings == []


@pytest.fixture
def world(database_url: str):
    with World(database_url).opened() as world:
        yield world
