"""`/entities`: who and what a history is about."""

from __future__ import annotations

import pytest

from api.schemas.record import EntityBody, EntityPage
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


def test_pages_stay_of_one_piece(client):
    first = client.get(LIST, params={"limit": 2, "q": ""}).json()
    assert [item["id"] for item in first["items"]] == ["acme", "globex"]
    write(client, LIST, {"id": "hooli", "name": "Hooli", "kind": "organisation"})
    second = client.get(first["links"]["next"]).json()
    assert [item["id"] for item in second["items"]] == ["jane-doe", "john-roe"]
    assert second["next"] is None
    assert "hooli" in slugs(client)


def test_one_entity_is_as_it_was_described(client):
    body = client.get(f"{LIST}/acme").json()
    EntityBody.model_validate(body)
    assert (body["name"], body["kind"], body["aliases"]) == ("Acme", "organisation", ["Acme Corporation"])
    listed = client.get(body["links"]["developments"]).json()["items"]
    assert [item["development"] for item in listed] == ["2024-03-04-doe-removed"]


def test_entities_of_another_timeline_are_other_entities(client):
    write(client, "/v1/timelines", {"slug": "other", "title": "Other"})
    write(client, "/v1/timelines/other/entities", {"id": "acme", "name": "ACME", "kind": "product"})
    assert client.get("/v1/timelines/other/entities/acme").json()["name"] == "ACME"
    assert client.get(f"{LIST}/acme").json()["name"] == "Acme"
    assert client.get("/v1/timelines/other/entities/globex").status_code == 404
