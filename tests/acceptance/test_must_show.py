"""The questions that the engine was built for, and their answers."""

import pytest

from tests.acceptance.conftest import Ask, facts


@pytest.mark.parametrize(
    ("at", "who", "note"),
    [
        ("2023-11-16", "Sam Altman", None),
        ("2023-11-18", "Mira Murati", "interim"),
        ("2023-11-19", "Mira Murati", "interim"),
        ("2023-11-20T18:00Z", "Emmett Shear", "interim"),
        ("2023-11-23", "Sam Altman", None),
    ],
)
def test_who_led_openai_through_the_weekend_of_november_2023(state: Ask, at: str, who: str, note: str | None):
    (fact,) = facts(state(at=at), "chief_executive", "openai")
    assert fact["value"]["name"] == who
    assert fact["value"].get("note") == note
    assert fact["sources"]
    assert all(source["url"].startswith("http") for source in fact["sources"])


@pytest.mark.parametrize(
    ("known", "who"),
    [("2023-11-16", "Sam Altman"), ("2023-11-18", "Mira Murati"), ("2023-11-20T12:00Z", "Emmett Shear")],
)
def test_what_was_known_during_the_weekend_is_all_that_is_shown(state: Ask, known: str, who: str):
    (fact,) = facts(state(at="2023-12-01", known=known), "chief_executive", "openai")
    assert fact["value"]["name"] == who


def test_the_investment_of_2021_is_not_seen_before_it_became_public(state: Ask):
    def of_2021(known: str) -> list[str]:
        body = state(at="2022-01-01", known=known)
        found = facts(body, "investment", "microsoft", "openai")
        return [fact["development"] for fact in found if fact["since"].startswith("2021")]

    assert of_2021("2022-01-01") == []
    assert len(of_2021("2023-06-01")) == 1


def test_every_fact_ever_shown_has_a_source(state: Ask):
    for year in range(2015, 2027):
        body = state(at=f"{year}-12-31", standing="alleged")
        bare = [f["text"] for s in body["sections"].values() for f in s["facts"] if not f["sources"]]
        assert bare == [], f"at the end of {year}"


def test_a_permalink_answers_the_same_for_good(client, state: Ask):
    body = state(at="2023-11-19", known="2023-11-19")
    again = client.get(body["links"]["permalink"])
    assert again.status_code == 200
    assert again.json()["sections"] == body["sections"]
    assert "immutable" in again.headers["cache-control"]


def test_stepping_by_changes_walks_through_the_weekend(client, state: Ask):
    body, leaders = state(at="2023-11-17T00:00Z"), list[str]()
    for _ in range(60):
        (fact,) = facts(body, "chief_executive", "openai")
        if not leaders or leaders[-1] != fact["value"]["name"]:
            leaders.append(fact["value"]["name"])
        if body["basis"]["at"] > "2023-11-23":
            break
        body = client.get(body["links"]["next_change"]).json()
    assert leaders == ["Sam Altman", "Mira Murati", "Emmett Shear", "Sam Altman"]
