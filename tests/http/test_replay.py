"""`/replay`: history, step by step."""

from __future__ import annotations

import json
from typing import Any

import pytest

from api.schemas.replay import ReplayPage, ReplayStep
from tests.http.live import running_server
from tests.http.story import HOME, INVESTED, STATE, client_of, tell, write

REPLAY = f"{HOME}/replay"
LINES = {"Accept": "application/x-ndjson"}
STREAM = {"Accept": "text/event-stream"}


def replayed(client, **asked):
    answer = client.get(REPLAY, params=asked)
    assert answer.status_code == 200, answer.text
    ReplayPage.model_validate(answer.json())
    return answer.json()["items"]


def identity(fact):
    return fact["subject"]["id"], fact["attribute"], fact["object"] and fact["object"]["id"]


def applied(steps):
    """The facts to which the changes of steps lead."""
    facts: dict[Any, Any] = {}
    for step in steps:
        for change in step["changes"]:
            fact = change["after"] or change["before"]
            assert facts.get(identity(fact)) == change["before"]
            facts[identity(fact)] = change["after"]
    return [fact for fact in facts.values() if fact is not None]


def facts_of(state):
    return [fact for section in state["sections"].values() for fact in section["facts"]]


@pytest.mark.parametrize("clock", ["at", "known", "recorded"])
def test_a_replay_of_everything_ends_in_the_state_that_is_given_elsewhere(client, clock):
    answer = client.get(REPLAY, params={"clock": clock, "state": "true", "limit": 200})
    body = answer.json()
    state = client.get(STATE, params=body["basis"]).json()
    assert body["items"][-1]["state"]["sections"] == state["sections"]
    assert sorted(applied(body["items"]), key=str) == sorted(facts_of(state), key=str)
    assert answer.headers["timeline-revision"] == str(body["basis"]["revision"])


def test_the_story_as_the_world_learned_it(client):
    steps = replayed(client)
    assert [(step["token"][:10], [event["cause"] for event in step["events"]]) for step in steps] == [
        ("2024-03-05", ["development"]),
        ("2024-03-07", ["finer-date"]),
        ("2024-03-08", ["source", "standing"]),
        ("2024-04-02", ["development"]),
        ("2024-04-20", ["retraction"]),
    ]
    [change] = steps[-1]["changes"]
    assert (change["after"], change["cause"], change["event"]["event"]) == (None, "retraction", "DevelopmentRetracted")


def test_pages_are_of_one_piece_however_much_is_recorded(told):
    whole = told.get(REPLAY, params={"limit": 200}).json()
    first = told.get(REPLAY, params={"limit": 2}).json()
    write(told, f"{INVESTED}/retraction", {"reason": "clerical"})
    found, following = first["items"], first["links"]["next"]
    while following:
        answer = told.get(following)
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        page = answer.json()
        assert page["basis"] == first["basis"]
        found, following = found + page["items"], page["links"]["next"]
    assert [step["token"] for step in found] == [step["token"] for step in whole["items"]]
    assert [step["changes"] for step in found] == [step["changes"] for step in whole["items"]]
    assert len(replayed(told)) < len(found)


def test_one_can_go_on_after_any_step(client):
    for clock in ("at", "known", "recorded"):
        steps = replayed(client, clock=clock, limit=200)
        assert [
            step["token"] for step in replayed(client, **{"clock": clock, "from": steps[1]["token"], "limit": 200})
        ] == [step["token"] for step in steps[2:]]


def test_asked_for_lines_it_gives_every_step_on_one(client):
    answer = client.get(REPLAY, params={"clock": "recorded"}, headers=LINES)
    assert answer.headers["content-type"] == "application/x-ndjson"
    steps = [json.loads(line) for line in answer.text.splitlines()]
    for step in steps:
        ReplayStep.model_validate(step)
    assert steps == replayed(client, clock="recorded", limit=200)
    some = client.get(REPLAY, params={"clock": "recorded", "limit": 3}, headers=LINES)
    assert some.text.splitlines() == answer.text.splitlines()[:3]


def test_a_pinned_replay_is_for_good_and_need_not_be_sent_twice(client):
    asked = {"to": "2024-04-30", "at": "2024-04-30", "revision": 11}
    answer = client.get(REPLAY, params=asked)
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    again = client.get(REPLAY, params=asked, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(REPLAY).headers["cache-control"] == "no-cache"


def test_as_a_stream_it_ends_and_can_be_gone_on_with(database_url):
    with running_server(database_url) as server, client_of(database_url) as client:
        tell(client)
        steps = replayed(client)
        with server.stream(REPLAY) as lines:
            told = [line for line in lines if line and not line.startswith("retry")]
        assert told[0::3] == [f"id: {step['token']}" for step in steps] + [told[-3]]
        assert told[1::3] == ["event: step"] * len(steps) + ["event: end"]
        assert [json.loads(line.removeprefix("data: "))["changes"] for line in told[2:-1:3]] == [
            step["changes"] for step in steps
        ]
        with server.stream(REPLAY, {"Last-Event-ID": steps[2]["token"]}) as lines:
            assert [line.removeprefix("id: ") for line in lines if line.startswith("id: ")][:-1] == [
                step["token"] for step in steps[3:]
            ]


def test_a_stream_that_is_at_its_end_is_not_come_back_to(on_sqlite):
    end = on_sqlite.get(REPLAY, params={"to": "2024-04-30"}).json()["basis"]["known"]
    answer = on_sqlite.get(REPLAY, params={"to": "2024-04-30"}, headers={**STREAM, "Last-Event-ID": end})
    assert (answer.status_code, answer.content) == (204, b"")


@pytest.mark.parametrize(
    ("asked", "headers", "problem", "field"),
    [
        ({"clock": "sundial"}, {}, "invalid-input", "clock"),
        ({"clock": "at", "at": "2024"}, {}, "invalid-input", "at"),
        ({"clock": "known", "known": "2024"}, {}, "invalid-input", "known"),
        ({"clock": "recorded", "revision": 3}, {}, "invalid-input", "revision"),
        ({"clock": "recorded", "from": "2024"}, {}, None, None),
        ({"clock": "recorded", "from": "2024-01"}, {}, "invalid-input", "from"),
        ({"from": "never"}, {}, "invalid-input", "from"),
        ({"to": "2031"}, {}, "future-known", "to"),
        ({"clock": "recorded", "to": "99"}, {}, "unknown-revision", "to"),
        ({"from": "2024-05", "to": "2024-04"}, {}, "invalid-input", "from"),
        ({"cursor": "x"}, {}, "invalid-cursor", "cursor"),
        ({"limit": 0}, {}, "invalid-input", "limit"),
        ({"limit": 5}, STREAM, "invalid-input", "limit"),
        ({}, {**STREAM, "Last-Event-ID": "the first"}, "invalid-input", "Last-Event-ID"),
        ({"clock": "recorded"}, {**STREAM, "Last-Event-ID": "-1"}, "invalid-input", "Last-Event-ID"),
        ({"speed": 2}, {}, "unknown-parameter", "speed"),
    ],
)
def test_what_cannot_be_asked_is_a_problem_that_names_the_field(on_sqlite, asked, headers, problem, field):
    answer = on_sqlite.get(REPLAY, params=asked, headers=headers)
    if problem is None:
        # a number is a position, and there may be that many one day
        assert answer.status_code == 422
        return
    assert answer.json()["type"] == f"/problems/{problem}"
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_a_cursor_is_good_for_its_own_question_and_brings_its_own_clocks(on_sqlite):
    cursor = on_sqlite.get(REPLAY, params={"limit": 1}).json()["next"]
    for more in ({"clock": "at"}, {"state": "true"}, {"standing": "alleged"}, {"to": "2024-04"}, {"revision": 5}):
        answer = on_sqlite.get(REPLAY, params={"cursor": cursor, **more})
        assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid-cursor"), more


def test_there_is_no_replay_of_a_timeline_that_is_not_there(on_sqlite):
    for headers in ({}, LINES, STREAM):
        answer = on_sqlite.get("/v1/timelines/nothing/replay", headers=headers)
        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/unknown-timeline")
