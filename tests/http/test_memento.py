"""Memento (RFC 7089) on the clock of knowledge."""

from __future__ import annotations

import re

import pytest

from api.memento import http_date
from tests.http.story import REMOVAL, STATE, write
from timeline.dates import parse_moment

ACCEPTED = {"Accept-Datetime": "Wed, 06 Mar 2024 12:00:00 GMT"}


def test_accept_datetime_asks_for_what_was_known_then(client):
    answer = client.get(f"{STATE}?at=2024-03-10", headers=ACCEPTED)
    assert answer.json()["basis"]["known"] == "2024-03-06T12:00:00Z"
    assert answer.headers["memento-datetime"] == "Wed, 06 Mar 2024 12:00:00 GMT"
    written = client.get(f"{STATE}?at=2024-03-10&known=2024-03-06T12:00:00Z").json()
    assert answer.json()["sections"] == written["sections"]


def test_the_answer_says_where_the_memento_stays(client):
    answer = client.get(f"{STATE}?at=2024-03-10", headers=ACCEPTED)
    memento = client.get(answer.headers["content-location"])
    assert memento.json()["sections"] == answer.json()["sections"]
    assert memento.json()["basis"] == answer.json()["basis"]
    assert memento.headers["memento-datetime"] == answer.headers["memento-datetime"]


def test_every_state_names_original_timegate_and_timemap(client):
    for address in (f"{STATE}?at=2024-03-10", f"{STATE}?at=2024-03-10&known=2024-03-06"):
        answer = client.get(address)
        assert answer.headers["link"] == (
            f'<{STATE}?at=2024-03-10>; rel="original timegate", '
            f'<{STATE}/timemap?at=2024-03-10>; rel="timemap"; type="application/link-format"'
        )
        assert answer.headers["vary"] == "Accept-Datetime"


def test_only_what_was_known_at_a_date_is_a_memento(client):
    assert "memento-datetime" not in client.get(STATE).headers
    assert "memento-datetime" in client.get(f"{STATE}?known=2024-03-06").headers


def test_the_address_beats_the_header(client):
    answer = client.get(f"{STATE}?known=2024-03-31", headers=ACCEPTED)
    assert answer.json()["basis"]["known"] == "2024-03-31T23:59:59.999999Z"


def test_the_future_is_now(client):
    answer = client.get(f"{STATE}?at=2024-03-10", headers={"Accept-Datetime": "Sat, 01 Jan 2050 00:00:00 GMT"})
    assert answer.json()["basis"]["known"] == "2024-06-01T12:00:00Z"


def test_answers_to_different_dates_are_kept_apart(client):
    address = f"{STATE}?at=2024-03-10&revision=8"
    plain = client.get(address).json()["basis"]["known"]
    for _ in range(2):
        assert client.get(address, headers=ACCEPTED).json()["basis"]["known"] == "2024-03-06T12:00:00Z"
        assert client.get(address).json()["basis"]["known"] == plain


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2024-03-06",
        "Wed, 06 Mar 2024 12:00:00",
        "Wed, 06 Mar 2024 12:00:00 CET",
        "Wed, 31 Feb 2024 12:00:00 GMT",
        "Wed, 06 Mar 0000 12:00:00 GMT",
        "Wed, 06 Mar 2024 25:00:00 GMT",
    ],
)
def test_a_date_that_http_does_not_know_is_a_problem(client, text):
    answer = client.get(STATE, headers={"Accept-Datetime": text})
    assert answer.status_code == 400
    assert answer.json()["type"] == "/problems/invalid-accept-datetime"
    assert answer.json()["errors"][0]["field"] == "Accept-Datetime"
    assert "GMT" in answer.json()["errors"][0]["remedy"]


MEMENTO = re.compile(r'<([^>]+)>; rel="((?:first )?(?:last )?memento)"; datetime="([^"]+)"')


def test_the_timemap_lists_every_moment_at_which_knowledge_changed(client):
    answer = client.get(f"{STATE}/timemap?at=2024-03-10")
    assert answer.headers["content-type"] == "application/link-format"
    assert f'<{STATE}?at=2024-03-10>; rel="original timegate"' in answer.text
    assert f'<{STATE}/timemap?at=2024-03-10>; rel="self"' in answer.text
    found = MEMENTO.findall(answer.text)
    days = ["2024-03-05", "2024-03-07", "2024-03-08", "2024-04-02", "2024-04-20"]
    assert [date for _, _, date in found] == [http_date(parse_moment(day)) for day in days]
    assert [relation for _, relation, _ in found] == ["first memento", *["memento"] * 3, "last memento"]
    for address, _, date in found:
        assert client.get(address).headers["memento-datetime"] == date


def test_the_timemap_of_an_earlier_revision_is_the_one_there_was(told):
    before = told.get(f"{STATE}/timemap?revision=8").text
    assert "Sat, 20 Apr 2024" not in before
    write(told, f"{REMOVAL}/retraction", {"reason": "clerical"})
    assert told.get(f"{STATE}/timemap?revision=8").text == before
    assert "05 Mar 2024" not in told.get(f"{STATE}/timemap").text


def test_a_long_timemap_goes_on_elsewhere(client):
    whole = MEMENTO.findall(client.get(f"{STATE}/timemap").text)
    pages, address = [], f"{STATE}/timemap?limit=2"
    while address:
        text = client.get(address).text
        pages += MEMENTO.findall(text)
        following = re.search(r'<([^>]+)>; rel="timemap"', text)
        address = following[1] if following else ""
    assert [(address, date) for address, _, date in pages] == [(address, date) for address, _, date in whole]
    assert [relation for _, relation, _ in pages] == [relation for _, relation, _ in whole]


def test_a_timemap_of_nothing_lists_nothing(writable):
    write(writable, "/v1/timelines", {"slug": "empty", "title": "Empty"})
    assert MEMENTO.findall(writable.get("/v1/timelines/empty/state/timemap").text) == []
