"""`/facts`: the history of keys."""

from __future__ import annotations

import pytest

from api.schemas.history import KeyPage
from tests.http.story import HOME, INVESTED, write

LIST = f"{HOME}/facts"


def keys(client, **asked):
    answer = client.get(LIST, params=asked)
    assert answer.status_code == 200, answer.text
    KeyPage.model_validate(answer.json())
    return answer.json()["items"]


def test_every_value_of_a_key_says_how_it_stopped(client):
    [key] = keys(client, subject="acme", attribute="chief_executive")
    assert (key["section"], key["label"], key["object"]) == ("leadership", "Chief executive", None)
    assert [
        (value["since"], value["standing"], (value["stopped_being_believed"] or {}).get("how"))
        for value in key["values"]
    ] == [
        ("2024-03", "reported", "finer-date"),
        ("2024-03-04", "reported", "standing-changed"),
        ("2024-03-04", "confirmed", None),
    ]


def test_the_end_of_a_statement_leads_to_its_event(client):
    [key] = keys(client, attribute="investment")
    [value] = key["values"]
    stop = value["stopped_being_believed"]
    assert (stop["how"], stop["known"], stop["note"]) == (
        "retracted",
        "2024-04-20T23:59:59.999999Z",
        "Both companies say that nothing was paid.",
    )
    [event] = client.get(f"{HOME}/events", params={"after": stop["event"] - 1, "limit": 1}).json()["items"]
    assert event["event"] == "DevelopmentRetracted"


def test_what_was_not_known_or_not_admitted_is_not_told(client):
    assert keys(client, attribute="investment", known="2024-04-01") == []
    assert keys(client, attribute="investment", standing="confirmed") == []
    [key] = keys(client, attribute="investment", known="2024-04-10")
    assert key["values"][0]["known_until"] is None


def test_an_entity_or_a_section_narrows_the_keys(client):
    assert {key["attribute"] for key in keys(client, entity="john-roe")} >= {"chief_executive"}
    assert {key["section"] for key in keys(client, section="capital")} == {"capital"}
    assert [key["attribute"] for key in keys(client, subject="globex")] == [
        key["attribute"] for key in keys(client, entity="globex", section="capital")
    ]


def test_each_key_leads_to_itself(client):
    for key in keys(client):
        again = client.get(key["links"]["self"]).json()["items"]
        assert key in again


def test_the_answer_names_its_basis(client):
    answer = client.get(LIST, params={"known": "2024-04-10", "revision": 8, "standing": "alleged"})
    assert answer.json()["basis"] == {"known": "2024-04-10T23:59:59.999999Z", "revision": 8, "standing": "alleged"}
    assert [answer.headers[f"Timeline-{name}"] for name in ("Known", "Revision", "Standing")] == [
        "2024-04-10T23:59:59.999999Z",
        "8",
        "alleged",
    ]
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_pages_stay_of_one_piece(told):
    whole = keys(told, standing="alleged")
    first = told.get(LIST, params={"limit": 1, "standing": "alleged"}).json()
    write(told, f"{INVESTED}/retraction", {"reason": "clerical"})
    found, following = first["items"], first["links"]["next"]
    while following:
        page = told.get(following).json()
        assert page["basis"] == first["basis"]
        found, following = found + page["items"], page["links"]["next"]
    assert found == whole
    assert len(keys(told, standing="alleged")) < len(whole)


@pytest.mark.parametrize(
    ("asked", "problem", "field", "remedy"),
    [
        ({"attribute": "chief_executiv"}, "unknown-attribute", "attribute", "chief_executive"),
        ({"section": "captial"}, "invalid-input", "section", 'Did you mean "capital"?'),
        ({"entity": "acmes"}, "undescribed-entity", "entity", 'Did you mean "acme"?'),
        ({"subject": "Acme"}, "invalid-input", "subject", "lower-case"),
        ({"object": "doe"}, "undescribed-entity", "object", 'Did you mean "jane-doe"?'),
        ({"known": "2031"}, "future-known", "known", "now or earlier"),
        ({"at": "2024"}, "unknown-parameter", "at", ""),
        ({"cursor": "x"}, "invalid-cursor", "cursor", "begin again"),
    ],
)
def test_what_cannot_be_asked_is_a_problem_with_a_remedy(on_sqlite, asked, problem, field, remedy):
    answer = on_sqlite.get(LIST, params=asked)
    assert answer.status_code == 422, answer.text
    body = answer.json()
    assert body["type"] == f"/problems/{problem}"
    assert body["errors"][0]["field"] == field
    assert remedy in body["errors"][0]["message"] + body["errors"][0]["remedy"]


def test_a_cursor_is_good_for_its_own_filters_only(on_sqlite):
    cursor = on_sqlite.get(LIST, params={"limit": 1}).json()["next"]
    answer = on_sqlite.get(LIST, params={"limit": 1, "standing": "alleged", "cursor": cursor})
    assert answer.json()["type"] == "/problems/invalid-cursor"
