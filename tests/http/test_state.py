"""`GET /v1/timelines/{timeline}/state`: what held on a date, as it was known on a date."""

from __future__ import annotations

import pytest

from api.schemas.state import StateBody
from tests.http.story import HOME, INVESTED, REMOVAL, STATE, head, write


def facts(body, section="leadership"):
    return {fact["attribute"]: fact for fact in body["sections"][section]["facts"]}


def test_the_state_is_as_the_contract_has_it(client):
    body = client.get(f"{STATE}?at=2024-03-10&known=2024-03-31").json()
    StateBody.model_validate(body)
    assert list(body) == ["timeline", "basis", "sections", "links"]
    assert body["basis"] == {
        "at": "2024-03-10T23:59:59.999999Z",
        "known": "2024-03-31T23:59:59.999999Z",
        "revision": head(client),
        "standing": "reported",
    }
    fact = facts(body)["chief_executive"]
    assert fact["subject"] == {"id": "acme", "name": "Acme"}
    assert fact["object"] is None
    assert fact["value"] == {"type": "entity", "id": "john-roe", "name": "John Roe"}
    assert fact["text"] == "John Roe is chief executive of Acme"
    assert (fact["since"], fact["until"], fact["certainty"]) == ("2024-03-04", None, "definite")
    assert fact["standing"] == "confirmed"
    assert fact["development"] == "2024-03-04-doe-removed"
    assert [source["publisher"] for source in fact["sources"]] == ["The Example Gazette", "Acme"]
    assert fact["contested_by"] == []


def test_every_section_of_the_vocabulary_is_there_in_its_order(client):
    sections = [section["name"] for section in client.get("/v1/vocabulary").json()["sections"]]
    assert list(client.get(STATE).json()["sections"]) == sections


def test_the_three_clocks_give_three_different_answers(client):
    removed = {"at": "2024-03-10", "known": "2024-03-31"}
    now = client.get(STATE, params=removed).json()
    not_yet_known = client.get(STATE, params={**removed, "known": "2024-03-04"}).json()
    not_yet_so = client.get(STATE, params={**removed, "at": "2024-02-28"}).json()
    not_yet_recorded = client.get(STATE, params={**removed, "revision": 5}).json()
    assert "chief_executive" in facts(now)
    assert facts(not_yet_known) == facts(not_yet_so) == facts(not_yet_recorded) == {}


def test_before_the_correction_the_date_is_the_coarse_one(client):
    before = client.get(f"{STATE}?at=2024-03-10&known=2024-03-06").json()
    fact = facts(before)["chief_executive"]
    assert (fact["since"], fact["certainty"], fact["standing"]) == ("2024-03", "possible", "reported")


def test_the_floor_of_standing_decides_what_is_seen(client):
    confirmed = client.get(f"{STATE}?at=2024-03-10&known=2024-03-06&standing=confirmed").json()
    assert confirmed["basis"]["standing"] == "confirmed"
    assert facts(confirmed) == {}


def test_what_is_left_out_is_now(client):
    body = client.get(STATE).json()
    assert body["basis"]["at"] == body["basis"]["known"] == "2024-06-01T12:00:00Z"
    assert body["basis"]["revision"] == head(client)


def test_a_day_that_is_not_over_is_known_so_far(client):
    answer = client.get(f"{STATE}?at=2024-06-01&known=2024-06-01&revision=3")
    assert answer.json()["basis"]["known"] == "2024-06-01T12:00:00Z"
    assert answer.json()["basis"]["at"] == "2024-06-01T23:59:59.999999Z"
    assert answer.headers["cache-control"] == "no-cache"


def test_the_basis_is_in_the_headers_too(client):
    answer = client.get(f"{STATE}?at=2024-03-10&known=2024-03-31&revision=7&standing=alleged")
    assert answer.headers["timeline-at"] == "2024-03-10T23:59:59.999999Z"
    assert answer.headers["timeline-known"] == "2024-03-31T23:59:59.999999Z"
    assert answer.headers["timeline-revision"] == "7"
    assert answer.headers["timeline-standing"] == "alleged"


def test_the_links_lead_to_itself_for_good_and_to_the_changes_next_to_it(client):
    links = client.get(f"{STATE}?at=2024-03-10&known=2024-03-31&standing=alleged").json()["links"]
    assert links == {
        "self": f"{STATE}?at=2024-03-10&known=2024-03-31&standing=alleged",
        "permalink": f"{STATE}?at=2024-03-10&known=2024-03-31&revision={head(client)}&standing=alleged",
        "previous_change": f"{STATE}?at=2024-03-04T23:59:59.999998Z&known=2024-03-31&standing=alleged",
        "next_change": None,
    }
    before = client.get(links["previous_change"]).json()
    assert before["sections"] != client.get(links["self"]).json()["sections"]
    assert client.get(before["links"]["next_change"]).json()["basis"]["at"] > before["basis"]["at"]


def test_a_permalink_gives_the_same_facts_whatever_is_recorded_later(told):
    address = f"{STATE}?at=2024-03-10&known=2024-03-31"
    first = told.get(address).json()
    write(told, f"{REMOVAL}/retraction", {"reason": "clerical"})
    assert facts(told.get(address).json()) == {}
    cited = told.get(first["links"]["permalink"]).json()
    assert cited["sections"] == first["sections"]
    assert cited["basis"] == first["basis"]


def test_neighbours_stop_where_the_calendar_stops(client):
    body = client.get(f"{STATE}?at=0001-01-01").json()
    assert body["links"]["previous_change"] is None
    assert client.get(f"{STATE}?at=9999-12-31").json()["links"]["next_change"] is None


def test_a_retracted_investment_is_no_state_from_its_retraction_on(client):
    before = client.get(f"{STATE}?at=2024-05-01&known=2024-04-19").json()["sections"]["capital"]
    after = client.get(f"{STATE}?at=2024-05-01&known=2024-04-20").json()["sections"]["capital"]
    assert [fact["attribute"] for fact in before["facts"]] == ["investment"]
    assert before["summary"]["totals"][0]["currency"] == "USD"
    assert after == {"facts": [], "summary": {}}


def test_kept_answers_are_those_that_would_be_made(told):
    """A state asked for again comes from memory; it must never be one that something written since has changed."""
    address = f"{STATE}?at=2024-05-01&known=2024-04-19"
    first = told.get(address)
    assert told.get(address).content == first.content
    write(
        told,
        f"{INVESTED}/corrections",
        {"reason": "clerical", "version": 1, "changes": {"detail": {"money": {"amount": "3", "currency": "EUR"}}}},
    )
    again = told.get(address)
    assert again.headers["timeline-revision"] == str(int(first.headers["timeline-revision"]) + 1)
    assert again.json()["sections"]["capital"]["facts"][0]["value"]["currency"] == "EUR"
    assert again.headers["etag"] != first.headers["etag"]
    assert told.get(address).content == again.content


@pytest.mark.parametrize("name", ["at", "known"])
def test_a_moment_may_be_written_as_day_month_year_or_timestamp(client, name):
    for text in ("2024-03-31", "2024-03", "2024-03-31T23:59:59.999999Z", "2024-04-01T00:59:59.999999+01:00"):
        body = client.get(STATE, params={name: text}).json()
        assert body["basis"][name] == "2024-03-31T23:59:59.999999Z", text


def test_links_are_absolute_where_the_public_address_is_known(sqlite_url):
    from tests.http.story import begin, client_of

    with client_of(sqlite_url, base_url="https://history.example.org/") as client:
        begin(client)
        answer = client.get(f"{HOME}/state?at=2024-03-10")
    assert answer.json()["links"]["self"] == f"https://history.example.org{STATE}?at=2024-03-10"
    assert f"<https://history.example.org{STATE}?at=2024-03-10>" in answer.headers["link"]
