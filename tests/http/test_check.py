"""`POST /v1/check`: a claim, a sentence, a draft; and what cannot be checked."""

from __future__ import annotations

from typing import Any

import pytest

from api.examples import TIMELINE
from tests.http.story import HOME, client_of, tell

BASIS: dict[str, Any] = {"at": "2024-03-10", "known": "2024-03-31"}
JANE = {"type": "entity", "id": "jane-doe"}
JOHN = {"type": "entity", "id": "john-roe"}


def check(client: Any, code: int = 200, **body: Any) -> Any:
    answer = client.post("/v1/check", json={"timeline": TIMELINE, **body})
    assert answer.status_code == code, answer.text
    return answer.json()


def leads(value: Any, **more: Any) -> dict[str, Any]:
    return {"subject": "acme", "attribute": "chief_executive", "value": value, **more}


class TestAStructuredClaim:
    def test_gets_a_verdict_with_its_facts_and_its_basis(self, client):
        answer = check(client, claim=leads(JOHN), **BASIS)
        assert answer["verdict"] == "supported"
        assert answer["reason"] == (
            "The record says so: John Roe is chief executive of Acme, since 4 March 2024 (confirmed)."
        )
        assert answer["held"] == [{"since": "2024-03-04", "until": None, "certainty": "definite"}]
        assert answer["basis"]["known"] == "2024-03-31T23:59:59.999999Z"
        state = client.get(f"{HOME}/state", params=BASIS).json()
        facts = state["sections"]["leadership"]["facts"]
        assert answer["facts"] == [fact for fact in facts if fact["attribute"] == "chief_executive"]
        assert client.get(answer["links"]["state"]).json()["sections"] == state["sections"]

    def test_is_given_back_as_it_was_understood(self, client):
        claim = leads(JANE, negated=True, when="2024-03")
        [[understood]] = check(client, claim=claim)["understood"]["claims"]
        assert understood["subject"] == {"id": "acme", "name": "Acme"}
        assert understood["value"] == {**JANE, "name": "Jane Doe"}
        assert understood["when"] == {
            "from": "2024-03-01T00:00:00Z",
            "to": "2024-03-31T23:59:59.999999Z",
            "text": "in March 2024",
            "throughout": False,
        }
        assert (understood["negated"], understood["aspect"], understood["decisive"]) == (True, "holds", True)

    def test_may_say_how_an_amount_is_meant(self, client):
        money = {"type": "money", "amount": "1950000000", "currency": "USD"}
        claim = {"subject": "globex", "attribute": "investment", "object": "acme", "value": money}
        basis: dict[str, Any] = {"at": "2024-05-15", "known": "2024-04-15"}
        assert check(client, claim={**claim, "comparison": "about"}, **basis)["verdict"] == "supported"
        assert check(client, claim={**claim, "comparison": "less-than"}, **basis)["verdict"] != "supported"
        later = check(client, claim={**claim, "comparison": "about"}, at="2024-05-15", known="2024-05-15")
        assert later["verdict"] == "believed-then-corrected"

    def test_without_a_value_is_that_there_is_any(self, client):
        claim = {"subject": "acme", "attribute": "chief_executive"}
        assert check(client, claim=claim, **BASIS)["verdict"] == "supported"
        assert check(client, claim=claim, at="2023")["verdict"] == "not-yet-true"


class TestASentence:
    def test_gets_a_verdict_and_how_it_was_understood(self, client):
        answer = check(client, claim="John Roe is the chief executive of Acme.", **BASIS)
        assert answer["verdict"] == "supported"
        understood = answer["understood"]
        assert understood["sentence"] == "John Roe is the chief executive of Acme."
        parts = {part["text"]: part["meaning"] for part in understood["parts"]}
        assert parts["John Roe"] == "john-roe"
        assert parts["Acme"] == "acme"

    @pytest.mark.parametrize(
        "sentence",
        [
            "Jane Roe leads Initech.",
            "Acme is a wonderful company.",
            "Acme a une nouvelle directrice générale.",
            "Акме сменила директора.",
            "🤷",
            "....",
            "SELECT * FROM stored_events",
            "Is John Roe the chief executive of Acme?",
        ],
    )
    def test_that_is_not_understood_is_undecidable_and_not_guessed_at(self, client, sentence):
        answer = check(client, claim=sentence)
        assert (answer["verdict"], answer["cause"]) == ("undecidable", "not-understood")
        assert answer["reason"].endswith(".")
        assert (answer["facts"], answer["held"], answer["understood"]["claims"]) == ([], [], [])

    def test_is_judged_at_the_floor_that_is_asked_for(self, client):
        sentence = "Globex invested about $2 billion in Acme."
        asked: dict[str, Any] = {"at": "2024-05-15", "known": "2024-04-15"}
        assert check(client, claim=sentence, **asked)["verdict"] == "supported"
        assert check(client, claim=sentence, standing="confirmed", **asked)["verdict"] == "unsupported"

    def test_is_judged_by_the_log_up_to_a_revision(self, client):
        sentence = "John Roe is the chief executive of Acme."
        assert check(client, claim=sentence, revision=5, **BASIS)["verdict"] == "unsupported"


class TestADraft:
    TEXT = "Acme in spring\n\nJohn Roe is the chief executive of Acme. What a year! Jane Doe is not."

    def test_has_every_sentence_judged_where_it_stands(self, client):
        answer = check(client, text=self.TEXT, **BASIS)
        found = [(self.TEXT[item["start"] : item["end"]], item["verdict"]) for item in answer["items"]]
        assert found[1] == ("John Roe is the chief executive of Acme.", "supported")
        assert [sentence for sentence, _ in found] == [
            "Acme in spring",
            "John Roe is the chief executive of Acme.",
            "What a year!",
            "Jane Doe is not.",
        ]
        assert {verdict for _, verdict in found} == {"supported", "undecidable"}

    def test_without_a_sentence_has_no_verdict(self, client):
        assert check(client, text="… — …")["items"] == []

    def test_of_the_greatest_length_is_answered(self, on_sqlite):
        sentence = "John Roe is the chief executive of Acme. "
        assert len(check(on_sqlite, text=sentence * 200)["items"]) == 200
        assert len(check(on_sqlite, text="a" * 100_000)["items"]) == 1


class TestAReview:
    def test_is_claim_review_of_schema_org(self, client):
        answer = check(client, claim=leads(JANE), claim_review=True, at="2024-06-01")
        review = answer["review"]
        assert (review["@context"], review["@type"]) == ("https://schema.org", "ClaimReview")
        assert review["claimReviewed"] == "Acme chief_executive: Jane Doe"
        assert review["reviewBody"] == answer["reason"]
        assert review["reviewRating"]["bestRating"] == 5
        assert review["url"] == answer["links"]["state"]
        assert {item["url"] for item in review["citation"]} == {
            source["url"] for fact in answer["facts"] for source in fact["sources"]
        }

    def test_comes_with_every_sentence_of_a_draft(self, client):
        items = check(client, text="John Roe is the chief executive of Acme. It is so.", claim_review=True)["items"]
        assert [item["review"]["claimReviewed"] for item in items] == [
            "John Roe is the chief executive of Acme.",
            "It is so.",
        ]

    def test_is_left_out_if_nobody_asks(self, client):
        assert "review" not in check(client, claim=leads(JANE))


BAD: dict[str, Any] = {
    "neither claim nor text": ({}, 422, "body", "one of the two"),
    "both": ({"claim": "A.", "text": "A."}, 422, "body", "one of the two"),
    "an empty sentence": ({"claim": " \n"}, 422, "claim", "Write"),
    "an empty draft": ({"text": ""}, 422, "text", "Write"),
    "a draft that is too long": ({"text": "a. " * 40_000}, 422, "text", "100,000"),
    "a draft of too many sentences": ({"text": "Oh no! " * 10_000}, 422, "text", "2,000"),
    "a sentence that is too long": ({"claim": "a" * 100_001}, 422, "claim", "100,000"),
    "a claim that is a number": ({"claim": 7}, 422, "claim", "braces"),
    "a claim that is a list": ({"claim": ["a"]}, 422, "claim", "braces"),
    "a claim without a subject": ({"claim": {"attribute": "chief_executive"}}, 422, "claim.subject", "subject"),
    "an attribute that there is not": (
        {"claim": leads(JANE, attribute="chief_executiv")},
        422,
        "claim.attribute",
        "chief_executive",
    ),
    "a subject nobody described": ({"claim": leads(JANE, subject="acne")}, 422, "claim.subject", "acme"),
    "a value nobody described": (
        {"claim": leads({"type": "entity", "id": "jane-do"})},
        422,
        "claim.value.id",
        "jane-doe",
    ),
    "an object nobody described": (
        {"claim": {"subject": "globex", "attribute": "investment", "object": "initech"}},
        422,
        "claim.object",
        "/v1/timelines/acme-globex/entities",
    ),
    "an object that is missing": (
        {"claim": {"subject": "globex", "attribute": "investment"}},
        422,
        "claim.object",
        "Say which one",
    ),
    "an object too many": ({"claim": leads(JANE, object="globex")}, 422, "claim.object", "Leave"),
    "a value of the wrong type": (
        {"claim": leads({"type": "text", "text": "Jane"})},
        422,
        "claim.value.type",
        "entity",
    ),
    "a value that is none": (
        {"claim": leads({"type": "money", "amount": "1"})},
        422,
        "claim.value.currency",
        "currency",
    ),
    "a stage that there is not": (
        {"claim": {"subject": "acme", "attribute": "public_listing", "value": {"type": "stage", "stage": "soon"}}},
        422,
        "claim.value.stage",
        "considered",
    ),
    "a field too many": ({"claim": leads(JANE, colour="red")}, 422, "claim.colour", "Leave it out"),
    "another field too many": ({"claim": "A.", "colour": "red"}, 422, "colour", "Leave it out"),
    "an aspect that there is not": ({"claim": leads(JANE, aspect="was")}, 422, "claim.aspect", "began"),
    "a time that is no date": ({"claim": leads(JANE, when="last year")}, 422, "claim.when", "year, month and day"),
    "a date that is none": ({"claim": "A.", "at": "2024-13"}, 422, "at", "01 to 12"),
    "known in the future": ({"claim": "A.", "known": "2031"}, 422, "known", "now"),
    "a standing that there is not": ({"claim": "A.", "standing": "denied"}, 422, "standing", "confirmed"),
    "a revision that there is not": ({"claim": "A.", "revision": 1000}, 404, "revision", "newest"),
    "a timeline that there is not": ({"claim": "A.", "timeline": "initech"}, 404, "timeline", "/v1/timelines"),
    "a timeline that is not named": ({"claim": "A.", "timeline": None}, 422, "timeline", "text"),
    "a null character": ({"claim": "A\x00."}, 422, "claim", "Take it out"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_checked_is_a_problem_that_names_the_field_and_the_remedy(on_sqlite, name):
    body, code, field, remedy = BAD[name]
    problem = check(on_sqlite, code, **body)
    assert problem["status"] == code
    told = [(error["field"], error["remedy"]) for error in problem["errors"]]
    assert any(where == field and remedy in what for where, what in told), told


def test_a_body_that_is_too_large_is_refused(sqlite_url):
    with client_of(sqlite_url, max_body_bytes=2048) as client:
        tell(client)
        assert check(client, 413, text="a" * 4096)["type"] == "/problems/body-too-large"


def test_a_body_that_is_not_declared_as_json_is_refused(on_sqlite):
    answer = on_sqlite.post("/v1/check", content=b"{}", headers={"Content-Type": "text/plain"})
    assert answer.status_code == 415


def test_nobody_needs_a_token_and_no_cache_keeps_the_answer(sqlite_url):
    with client_of(sqlite_url) as client:
        tell(client)
    with client_of(sqlite_url, write_token=None) as client:
        answer = client.post("/v1/check", json={"timeline": TIMELINE, "claim": leads(JOHN)})
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["timeline-standing"] == "reported"


def test_nothing_that_was_sent_is_logged(sqlite_url, capfd):
    with client_of(sqlite_url) as client:
        tell(client)
    capfd.readouterr()
    with client_of(sqlite_url, log_level="INFO") as client:
        check(client, claim="Confidential Corp. bought Acme.")
        check(client, 422, claim={"subject": "confidential"})
    logged = capfd.readouterr().err
    assert "/v1/check" in logged
    assert "onfidential" not in logged
