import json

import pytest
from sqlalchemy import make_url

from tests.cli.running import Timeline
from timeline.store import migrate


def test_the_schema_goes_up_and_down(empty_database_url):
    timeline = Timeline(empty_database_url)
    assert timeline.says("db", "current") == "none: the database is empty"
    assert timeline.says("db", "upgrade").endswith(f"is at {migrate.current(empty_database_url)}.")
    assert timeline.says("db", "check") == "The schema is as it should be."
    assert json.loads(timeline.says("db", "current", "--json")) == {"revision": migrate.current(empty_database_url)}
    assert timeline.says("db", "downgrade", "base").endswith("is at base.")
    assert migrate.current(empty_database_url) is None


def test_what_would_destroy_recorded_events_is_refused(loaded):
    assert loaded.refuses("db", "downgrade", "base").startswith("Error: ")
    assert "is chief executive of" in loaded.says("state", "tiny")


def test_a_schema_that_differs_is_told_of(empty_sqlite_url):
    timeline = Timeline(empty_sqlite_url)
    timeline("db", "upgrade", "0001_log")
    answer = json.loads(timeline.says("db", "check", "--json", code=1))
    assert any("facts" in difference for difference in answer["differences"])


def test_a_database_with_an_older_schema_is_not_read(empty_database_url):
    timeline = Timeline(empty_database_url)
    timeline("db", "upgrade", "0001_log")
    told = timeline.refuses("state", "tiny")
    assert "is at 0001_log, not at " in told
    assert told.endswith("Bring it up to date with `timeline db upgrade`, or use the program that made it.")


def test_a_revision_that_does_not_exist_is_told_of(timeline):
    assert "nonsense" in timeline.refuses("db", "upgrade", "nonsense")


def test_the_database_is_named_without_its_password():
    url = "postgresql://reader:secret@db.example/timeline"
    assert Timeline(url).says("db", "url") == "postgresql://reader:***@db.example/timeline"


def test_the_option_beats_the_environment(nowhere, sqlite_url):
    assert nowhere.says("db", "url", "--database", sqlite_url) == make_url(sqlite_url).render_as_string()


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("timeline.db", "Error: database_url: This is not a database URL."),
        ("mysql://x/y", "Error: database_url: The store does not run on mysql."),
        ("postgresql://nobody@127.0.0.1:1/x", "Error: The database cannot be used: "),
    ],
)
def test_a_database_that_cannot_be_used_is_told_of(url, told):
    assert Timeline(url).refuses("state", "tiny").startswith(told)


def test_a_setting_that_cannot_be_read_is_named(nowhere):
    result = nowhere("db", "url", code=1, TIMELINE_PORT="many")
    assert result.stderr.startswith("Error: TIMELINE_PORT: Input should be a valid integer")
