"""`/entities`: who and what a history is about."""

from __future__ import annotations

import pytest

from api.schemas.entities import EntityBody
from api.schemas.record import EntityPage
from tests.http.story import HOME, write

LIST = f"{HOME}/entities"


def slugs(client, **asked):
    answer = client.get(LIST, params=asked)
    assert answer.status_code == 200, answer.text
    EntityPage.model_validate(answer.json())
    return [item["id"] for item in answer.json()["items"]]


def test_all_entities_come_in_the_order_of_their_slugs(client):
    assert slugs(client) == ["acme", "globex", "jane-doe", "john-roe"]
    assert slugs(client, revision=3) == ["acme", "globex"]


def test_they_can_be_narrowed_by_kind(client):
    assert slugs(client, kind="person") == ["jane-doe", "john-roe"]
    assert slugs(client, kind=["person", "organisation"]) == slugs(client)
    assert slugs(client, kind="case") == []


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("j", ["jane-doe", "john-roe"]),
        ("JOHN R", ["john-roe"]),
        ("acme corp", ["acme"]),
        ("doe", []),
        ("", ["acme", "globex", "jane-doe", "john-roe"]),
        ("%", []),
    ],
)
def test_they_can_be_narrowed_by_how_a_name_begins(client, q, found):
    assert slugs(client, q=q) == found


def test_pages_stay_of_one_piece(told):
    first = told.get(LIST, params={"limit": 2, "q": ""}).json()
    assert [item["id"] for item in first["items"]] == ["acme", "globex"]
    write(told, LIST, {"id": "hooli", "name": "Hooli", "kind": "organisation"})
    second = told.get(first["links"]["next"]).json()
    assert [item["id"] for item in second["items"]] == ["jane-doe", "john-roe"]
    assert second["next"] is None
    assert "hooli" in slugs(told)


def test_one_entity_is_as_it_was_described(client):
    body = client.get(f"{LIST}/acme").json()
    EntityBody.model_validate(body)
    assert (body["name"], body["kind"], body["aliases"]) == ("Acme", "organisation", ["Acme Corporation"])
    listed = client.get(body["links"]["developments"]).json()["items"]
    assert [item["development"] for item in listed] == ["2024-03-04-doe-removed"]


def read(client, slug, **asked):
    answer = client.get(f"{LIST}/{slug}", params=asked)
    assert answer.status_code == 200, answer.text
    EntityBody.model_validate(answer.json())
    return answer.json()


def test_an_entity_comes_with_all_that_holds_about_it(client):
    body = read(client, "john-roe", at="2024-03-10", known="2024-03-31")
    assert [fact["text"] for fact in body["sections"]["leadership"]["facts"]] == [
        "John Roe is chief executive of Acme",
        "John Roe is chief executive at Acme",
    ]
    assert [(item["with"]["id"], item["direction"], item["attribute"]) for item in body["relations"]] == [
        ("acme", "from", "chief_executive"),
        ("acme", "to", "role"),
    ]
    assert [item["development"] for item in body["latest"]["items"]] == ["2024-03-04-doe-removed"]
    listed = client.get(body["latest"]["links"]["all"]).json()["items"]
    assert [item["development"] for item in listed] == ["2024-03-04-doe-removed"]
    assert read(client, "john-roe", at="2024-02", known="2024-03-31")["sections"] == {}
    assert read(client, "globex", known="2024-04-10", at="2024-05")["relations"] != []
    assert read(client, "globex", at="2024-05")["relations"] == [], "the investment was retracted"


def test_its_facts_are_those_of_the_state(client):
    asked = {"at": "2024-04-10", "known": "2024-04-10", "standing": "alleged"}
    state = client.get(f"{HOME}/state", params=asked).json()["sections"]
    body = read(client, "acme", **asked)
    assert body["sections"] == {
        name: {"facts": section["facts"]} for name, section in state.items() if section["facts"]
    }, "everything in this story is about Acme"


def test_its_address_pins_its_basis(client):
    body = read(client, "acme", at="2024-03-10")
    again = client.get(body["links"]["permalink"])
    assert again.json()["basis"] == body["basis"]
    assert again.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert client.get(body["links"]["facts"]).json()["items"] != []


def test_a_misspelt_entity_is_told_what_may_have_been_meant(client):
    for slug, meant in (("acmes", '"acme"'), ("roe", '"john-roe"'), ("corporation", '"acme"')):
        problem = client.get(f"{LIST}/{slug}").json()
        assert problem["errors"][0]["remedy"] == f"Did you mean {meant}?"


def test_entities_of_another_timeline_are_other_entities(told):
    write(told, "/v1/timelines", {"slug": "other", "title": "Other"})
    write(told, "/v1/timelines/other/entities", {"id": "acme", "name": "ACME", "kind": "product"})
    assert told.get("/v1/timelines/other/entities/acme").json()["name"] == "ACME"
    assert told.get(f"{LIST}/acme").json()["name"] == "Acme"
    assert told.get("/v1/timelines/other/entities/globex").status_code == 404
