"""`timeline rebuild` and `timeline verify`."""

import json
import signal

import pytest

from api.cli import rebuilding
from projections.rebuild import rebuild
from timeline.store import create_engine, write


def damage(url: str) -> None:
    engine = create_engine(url)
    with write(engine) as connection:
        connection.exec_driver_sql("UPDATE facts SET standing = 1 WHERE id = 1")
        connection.exec_driver_sql("DELETE FROM regions WHERE id = 2")
    engine.dispose()


def test_a_sound_database_is_found_sound(loaded):
    told = loaded.says("verify")
    assert "Everything is as the log says (revision " in told
    assert "facts" in told
    found = json.loads(loaded.says("verify", "--json"))
    assert (found["is_sound"], found["findings"], found["remedy"]) == (True, [], None)
    assert found["rows"]["stored_events"] == found["revision"]


def test_what_differs_is_told_with_the_remedy_and_the_remedy_mends_it(loaded):
    before = loaded.says("state", "tiny", "--json", "--at", "2024", "--known", "2024")
    damage(loaded.url)
    told = loaded.says("verify", code=1)
    assert "facts" in told
    assert "Run `timeline rebuild --from-scratch`" in told
    found = json.loads(loaded.says("verify", "--json", code=1))
    assert found["differences"].keys() >= {"facts", "regions"}
    assert {finding["table"] for finding in found["findings"]} == found["differences"].keys()
    assert loaded.says("rebuild", "--from-scratch").startswith("Rebuilt from ")
    assert loaded.says("verify").splitlines()[-1].startswith("Everything is as the log says")
    assert loaded.says("state", "tiny", "--json", "--at", "2024", "--known", "2024") == before
    assert loaded.says("db", "check") == "The schema is as it should be."


def test_a_rebuild_tells_what_it_did_in_json(loaded):
    done = json.loads(loaded.says("rebuild", "--json"))
    assert done["events"] == done["revision"] > 0
    assert done["resumed_after"] == 0
    assert done["seconds"] > 0


def test_a_second_rebuild_at_the_same_time_is_refused(loaded, monkeypatch):
    refused = []

    def rebuild_slowly(engine, vocabulary, **options):
        def on_progress(_progress) -> None:
            refused.append(loaded.refuses("rebuild"))

        return rebuild(engine, vocabulary, **{**options, "on_progress": on_progress})

    engine = create_engine(loaded.url)
    from timeline.vocabulary import default_vocabulary

    rebuild_slowly(engine, default_vocabulary())
    engine.dispose()
    assert set(refused) == {"Error: Another rebuild of this database is running. Wait until it is done, or stop it."}


def test_a_rebuild_that_is_interrupted_says_where_it_stopped(loaded, monkeypatch):
    def interrupted(*_arguments, **_options):
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(rebuilding, "rebuild_tables", interrupted)
    told = loaded.refuses("rebuild")
    assert (
        told
        == "Stopped after event 0. The live tables are complete, as they were; `timeline rebuild` goes on from there."
    )


@pytest.mark.parametrize("command", ["rebuild", "verify"])
def test_an_empty_database_is_told_of(nowhere, command):
    assert "is empty" in nowhere.refuses(command)
