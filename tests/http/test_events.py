"""`/events`: the log of a timeline."""

from __future__ import annotations

import json

import pytest

from api.schemas.record import EventItem, EventPage
from tests.http.live import next_events, running_server
from tests.http.story import HOME, client_of, tell, write

LIST = f"{HOME}/events"
LINES = {"Accept": "application/x-ndjson"}
STREAM = {"Accept": "text/event-stream"}


def test_the_log_is_in_the_order_in_which_it_was_recorded(client):
    body = client.get(LIST).json()
    EventPage.model_validate(body)
    assert [item["position"] for item in body["items"]] == list(range(1, 12))
    assert [item["event"] for item in body["items"]][:3] == ["TimelineOpened", "EntityDescribed", "EntityDescribed"]
    assert body["next"] is None


def test_each_event_says_what_it_is_about(client):
    items = client.get(LIST).json()["items"]
    assert (items[1]["entity"], items[1]["development"]) == ("acme", None)
    assert (items[5]["entity"], items[5]["development"]) == (None, "2024-03-04-doe-removed")
    assert items[6]["payload"]["content"]["occurred"] == "2024-03-04"
    assert [item["version"] for item in items[5:9]] == [1, 2, 3, 4]


def test_one_can_begin_after_a_position_and_go_on_with_cursors(client):
    body = client.get(LIST, params={"after": 4, "limit": 3}).json()
    assert [item["position"] for item in body["items"]] == [5, 6, 7]
    body = client.get(body["links"]["next"]).json()
    assert [item["position"] for item in body["items"]] == [8, 9, 10]
    body = client.get(LIST, params={"cursor": body["next"]}).json()
    assert [item["position"] for item in body["items"]] == [11]
    assert body["next"] is None
    assert client.get(LIST, params={"after": 11}).json()["items"] == []
    assert client.get(LIST, params={"after": 2**62}).json()["items"] == []


def test_a_position_and_a_cursor_do_not_go_together(client):
    cursor = client.get(LIST, params={"limit": 1}).json()["next"]
    answer = client.get(LIST, params={"after": 3, "cursor": cursor})
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid-cursor")


def test_a_revision_bounds_the_log(client):
    assert [item["position"] for item in client.get(LIST, params={"revision": 3}).json()["items"]] == [1, 2, 3]


def test_asked_for_lines_it_gives_one_event_to_a_line(client):
    answer = client.get(LIST, params={"limit": 4}, headers=LINES)
    assert answer.headers["content-type"] == "application/x-ndjson"
    assert answer.text.endswith("\n")
    items = [json.loads(line) for line in answer.text.splitlines()]
    for item in items:
        EventItem.model_validate(item)
    assert items == client.get(LIST, params={"limit": 4}).json()["items"]
    following = answer.headers["link"].removeprefix("<").removesuffix('>; rel="next"')
    assert json.loads(client.get(following, headers=LINES).text.splitlines()[0])["position"] == 5


def test_the_two_forms_have_tags_of_their_own(client):
    shown, lines = client.get(LIST), client.get(LIST, headers=LINES)
    assert shown.headers["etag"] != lines.headers["etag"]
    assert shown.headers["vary"] == lines.headers["vary"] == "Accept"


def test_other_timelines_are_not_in_it(told):
    write(told, "/v1/timelines", {"slug": "other", "title": f'About "timeline":"{HOME.rpartition("/")[2]}"'})
    for name in ("a", "b", "c", "d", "e"):
        write(told, "/v1/timelines/other/entities", {"id": name, "name": name, "kind": "person"})
    write(told, f"{HOME}/entities", {"id": "hooli", "name": "Hooli", "kind": "organisation"})
    found, address = [], f"{LIST}?after=9&limit=2"
    while address:
        body = told.get(address).json()
        found += [item["position"] for item in body["items"]]
        address = body["links"]["next"]
    assert found == [10, 11, 18]


# as a stream


@pytest.mark.parametrize(
    ("asked", "headers", "field"),
    [
        ({"revision": 3}, {}, "revision"),
        ({}, {"Last-Event-ID": "the first"}, "Last-Event-ID"),
        ({}, {"Last-Event-ID": "-1"}, "Last-Event-ID"),
    ],
)
def test_a_stream_refuses_what_would_end_it_or_begin_nowhere(on_sqlite, asked, headers, field):
    answer = on_sqlite.get(LIST, params=asked, headers={**STREAM, **headers})
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid-input")
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_there_is_no_stream_of_a_timeline_that_is_not_there(on_sqlite):
    answer = on_sqlite.get("/v1/timelines/nothing/events", headers=STREAM)
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/unknown-timeline")


def test_a_stream_gives_what_there_is_and_then_what_is_added(database_url):
    """Over a real server: a client in this process would wait for the end, and there is none."""
    with running_server(database_url) as server, client_of(database_url) as client:
        tell(client)
        with server.stream(LIST, {"Last-Event-ID": "9"}) as lines:
            items = client.get(LIST).json()["items"]
            assert next_events(lines, 2) == [(10, items[9]), (11, items[10])]
            write(client, "/v1/timelines", {"slug": "other", "title": "Another"})
            write(client, f"{HOME}/entities", {"id": "hooli", "name": "Hooli", "kind": "organisation"})
            [(position, event)] = next_events(lines, 1)
        assert (position, event["event"], event["entity"]) == (13, "EntityDescribed", "hooli")
