"""The app as a whole: when it opens what, what it logs, and how it hands out answers kept in memory."""

from __future__ import annotations

import json
import threading

import pytest
from starlette.responses import Response
from starlette.testclient import TestClient

from api.app import create_app
from api.memory import Kept, Memory
from projections.service import opened
from tests.http.story import AUTHORISED, HOME, NOW, STATE, begin, head, settings_of, write
from timeline.basis import At, Basis, Known, Revision
from timeline.clock import FixedClock
from timeline.settings import Settings


def test_making_an_app_opens_nothing(tmp_path):
    before = threading.active_count()
    create_app(Settings(database_url=f"sqlite:///{tmp_path}/nothing.db"))
    assert list(tmp_path.iterdir()) == []
    assert threading.active_count() == before


def test_an_app_opens_its_service_when_it_starts_and_closes_it_when_it_stops(database_url):
    app = create_app(settings_of(database_url), clock=FixedClock(NOW))
    with TestClient(app) as client:
        begin(client)
        engine = app.state.context.service.engine
        assert head(client) == 6
    assert engine.pool.checkedin() == 0
    assert app.state.context is None
    with TestClient(app) as client:
        assert head(client) == 6


def test_a_service_that_was_open_stays_open(sqlite_url):
    settings = settings_of(sqlite_url)
    with opened(settings, clock=FixedClock(NOW)) as service:
        with TestClient(create_app(settings, service=service)) as client:
            begin(client)
        with TestClient(create_app(settings, service=service)) as client:
            assert head(client) == 6


def test_before_it_starts_an_app_answers_that_it_cannot(sqlite_url):
    app = create_app(settings_of(sqlite_url))
    answer = TestClient(app, raise_server_exceptions=False).get("/v1/")
    assert (answer.status_code, answer.json()["type"]) == (500, "/problems/internal-error")


def test_each_request_is_one_line_of_json_without_query_or_body(sqlite_url, capsys):
    settings = settings_of(sqlite_url).model_copy(update={"log_level": "INFO"})
    with (
        opened(settings, clock=FixedClock(NOW)) as service,
        TestClient(create_app(settings, service=service)) as client,
    ):
        client.get("/v1/?private=1")
        client.head("/health")
        client.post("/v1/timelines", json={"slug": "x", "title": "private"}, headers=AUTHORISED)
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [(line["method"], line["path"], line["status"]) for line in lines] == [
        ("GET", "/v1/", 422),
        ("HEAD", "/health", 200),
        ("POST", "/v1/timelines", 201),
    ]
    assert {line["time"] for line in lines} == {"2024-06-01T12:00:00Z"}
    assert all(line["ms"] >= 0 for line in lines)
    assert "private" not in json.dumps(lines)


def test_an_answer_that_is_certainly_good_needs_no_database(sqlite_url, monkeypatch):
    from projections import archive

    settings = settings_of(sqlite_url)
    pinned = f"{STATE}?at=2024-03-10&known=2024-03-31&revision=6"
    settled = f"{STATE}?at=2024-03-10&known=2024-03-31"
    with (
        opened(settings, clock=FixedClock(NOW)) as service,
        TestClient(create_app(settings, service=service), raise_server_exceptions=False) as client,
    ):
        begin(client)
        kept = {address: client.get(address).content for address in (pinned, settled)}
        write(client, f"{HOME}/entities", {"id": "hooli", "name": "Hooli", "kind": "organisation"})
        current = client.get(settled).content
        assert current != kept[settled], "it says at which revision it is"

        def unreachable(_engine):
            raise AssertionError("the database was asked")

        monkeypatch.setattr(archive, "read", unreachable)
        assert client.get(pinned).content == kept[pinned]
        assert client.get(settled).content == current
        assert client.get(f"{STATE}?at=2024-03-10").status_code == 500, "what is known now has to be asked for"


def answer_of(size: int) -> Kept:
    basis = Basis(At(0), Known(0), Revision(0))
    return Kept(Response(b"x" * size), basis, is_pinned=True, pulse=None)


def test_memory_forgets_what_nobody_asked_for_the_longest():
    memory = Memory(capacity=100_000)
    for number in range(12):
        memory.keep(number, answer_of(8_000))
        assert memory.recall(0) is not None
    assert memory.taken <= 100_000
    assert len(memory) == 10
    assert memory.recall(1) is None
    assert memory.recall(11) is not None


def test_memory_does_not_keep_what_would_crowd_out_the_rest():
    memory = Memory(capacity=100_000)
    memory.keep("large", answer_of(50_000))
    assert (len(memory), memory.taken) == (0, 0)


def test_memory_counts_an_answer_once():
    memory = Memory(capacity=100_000)
    for _ in range(50):
        memory.keep("same", answer_of(8_000))
    assert memory.taken == answer_of(8_000).size
    memory.keep("same", answer_of(1_000))
    assert memory.taken == answer_of(1_000).size


@pytest.mark.parametrize("workers", [4])
def test_memory_is_used_from_several_threads(workers):
    memory = Memory(capacity=60_000)

    def use(name: int) -> None:
        for number in range(300):
            memory.keep((name, number % 7), answer_of(number * 10))
            memory.recall((name, number % 5))

    threads = [threading.Thread(target=use, args=(name,)) for name in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert memory.taken == sum(kept.size for kept in memory._kept.values()) <= 60_000
