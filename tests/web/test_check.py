"""The check of a draft on its page: verdicts for each sentence, and nothing kept."""

from __future__ import annotations

import json

from starlette.testclient import TestClient

from api.app import create_app
from api.examples import TIMELINE
from projections.service import opened
from tests.http.story import NOW, settings_of, tell
from tests.web.reading import read_page
from timeline.clock import FixedClock

CHECK = f"/t/{TIMELINE}/check"
DRAFT = "John Roe is chief executive of Acme. Jane Doe is chief executive of Acme.\n\nIt rained all day."


def test_each_sentence_gets_its_verdict_reason_and_sources(on_sqlite):
    answer = on_sqlite.post(CHECK, data={"text": DRAFT, "at": "10 March 2024", "known": "", "standing": ""})
    assert answer.status_code == 200
    page = read_page(answer.text)
    assert page.mistakes == []
    assert "3 sentences" in page.text
    assert page.text.index("Supported John Roe is chief executive of Acme.") < page.text.index("Jane Doe is chief")
    assert "Cannot be decided It rained all day." in page.text
    assert "It held since 4 March 2024" in page.text
    assert "https://example.org/acme/news" in page.links
    assert "on 10 March 2024" in page.text


def test_the_answer_to_a_draft_is_kept_by_no_cache(on_sqlite):
    answer = on_sqlite.post(CHECK, data={"text": DRAFT})
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers


def test_nothing_of_a_draft_is_stored_or_logged(sqlite_url, tmp_path, capsys):
    settings = settings_of(sqlite_url, log_level="DEBUG")
    with (
        opened(settings, clock=FixedClock(NOW)) as service,
        TestClient(create_app(settings, service=service)) as client,
    ):
        tell(client)
        before = client.get("/v1/").json()["basis"]
        client.post(CHECK, data={"text": "A secret about zeppelins."})
        assert client.get("/v1/").json()["basis"] == before
    assert b"zeppelin" not in b"".join(path.read_bytes() for path in tmp_path.rglob("*.db*"))
    logged = capsys.readouterr().err
    assert json.dumps(CHECK) in logged
    assert "zeppelin" not in logged


def test_a_draft_without_a_sentence_is_asked_for_again(on_sqlite):
    for text in ("", "   \n", "…"):
        answer = on_sqlite.post(CHECK, data={"text": text})
        assert answer.status_code == 200
        assert "no sentence" in answer.text


def test_what_cannot_be_checked_is_told_with_a_remedy(on_sqlite):
    html = {"Accept": "text/html", "Content-Type": "application/x-www-form-urlencoded"}
    for body, status, remedy in (
        (b"text=" + b"x" * 100_001, 422, "Paste at most 100,000 at once"),
        (b"text=%00", 422, "Take it out."),
        (b"text=%ff", 422, "Send it from the page"),
        (b"text=x&at=4/5/2024", 422, "hyphens"),
        (b"text=x&standing=rumoured", 422, "Ask for"),
        (b"text=" + b"x" * 1_048_577, 413, ""),
    ):
        answer = on_sqlite.post(CHECK, content=body, headers=html)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8"), body[:20]
        assert remedy in answer.text
