"""The searched texts in the database: one for each content, whoever wrote it and when."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from projections.index.rows import Rows
from projections.search import catch_up
from projections.service import open_service, upgrade
from tests.projections.search.records import Searched, searched_at, told
from tests.timeline.telling import NEWS, TIMELINE
from timeline.dates import parse_date
from timeline.settings import Settings
from timeline.store import create_engine, migrate, read, write
from timeline.vocabulary import default_vocabulary


def texts(engine: Engine) -> list[tuple]:
    with read(engine) as connection:
        return Rows(connection).all("SELECT * FROM search_texts ORDER BY content_id")


def tell_a_little(url: str) -> None:
    with searched_at(url) as searched:
        searched.tell("one", "Talks of a merger", occurred="2020", sources=[("Early", "2019"), ("Late", "2022")])
        searched.service.record.correct(
            TIMELINE, "one", reason=NEWS, known=parse_date("2021"), content=told("A licence", occurred="2020")
        )


def test_a_store_from_before_there_was_search_gets_its_texts_with_the_migration(database_url):
    tell_a_little(database_url)
    engine = create_engine(database_url)
    before = texts(engine)
    migrate.downgrade(engine, "0002_index")
    upgrade(database_url)
    assert len(before) == 2
    assert texts(engine) == before
    assert migrate.check(engine) == []
    engine.dispose()
    service = open_service(Settings(database_url=database_url))
    assert Searched(service).slugs("licence") == ["one"]
    assert Searched(service).slugs("merger", known="2020") == ["one"]
    service.close()


def test_an_upgrade_to_before_there_was_search_makes_no_texts(empty_database_url):
    upgrade(empty_database_url, "0002_index")
    assert migrate.current(empty_database_url) == "0002_index"


def test_the_next_append_adds_what_is_missing(database_url):
    tell_a_little(database_url)
    engine = create_engine(database_url)
    before = texts(engine)
    migrate.downgrade(engine, "0002_index")
    migrate.upgrade(engine)
    assert texts(engine) == []
    engine.dispose()
    service = open_service(Settings(database_url=database_url))
    service.record.record(TIMELINE, "two", known=parse_date("2021"), content=told("More", occurred="2021"))
    found = texts(service.engine)
    service.close()
    assert found[:-1] == before
    assert found[-1][1] == "mor"


def test_what_fails_leaves_neither_event_nor_text(database_url, monkeypatch):
    with searched_at(database_url) as searched:
        before = searched.tell("one", "One", occurred="2020")

        def fail(*_):
            raise RuntimeError("no")

        monkeypatch.setattr("projections.search.writer._write", fail)
        with pytest.raises(RuntimeError):
            searched.tell("two", "Two", occurred="2020")
        assert searched.service.record.recorder.max_notification_id() == before
        assert len(texts(searched.service.engine)) == 1


def test_there_is_nothing_to_add_twice(searched):
    searched.tell("one", "One", occurred="2020")
    with write(searched.service.engine) as connection:
        assert catch_up(connection, default_vocabulary()) == 0
