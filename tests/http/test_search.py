"""Search over HTTP."""

from __future__ import annotations

import pytest

from tests.http.story import HOME, REMOVAL, client_of, head, tell, write

SEARCH = f"{HOME}/search"


def found(client, **asked):
    answer = client.get(SEARCH, params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def titles(client, **asked):
    return [(item["type"], item["title"]) for item in found(client, **asked)["items"]]


def test_the_best_hit_comes_first_with_what_was_found_marked(client):
    page = found(client, q="chief executive removed")
    first = page["items"][0]
    assert (first["type"], first["development"]) == ("development", "2024-03-04-doe-removed")
    assert [piece["text"] for piece in first["heading"] if piece["match"]] == ["removes", "chief executive"]
    assert "".join(piece["text"] for piece in first["heading"]) == first["title"]
    assert (first["date"], first["standing"], first["cause"]) == ("2024-03-04", "confirmed", "standing")
    assert page["basis"].keys() == {"known", "revision"}
    assert client.get(first["links"]["self"]).status_code == 200


def test_hits_are_developments_facts_and_entities(client):
    assert {kind for kind, _ in titles(client, q="acme")} == {"development", "fact", "entity"}
    assert titles(client, q="acme", type="entity") == [("entity", "Acme")]
    fact, *_ = found(client, q="roe", type="fact")["items"]
    assert (fact["title"], fact["attribute"], fact["end"]) == (
        "John Roe is chief executive of Acme",
        "chief_executive",
        False,
    )
    assert client.get(fact["links"]["development"]).status_code == 200


def test_what_was_not_known_then_is_not_found(client):
    assert titles(client, q="invest", type="development") == []  # taken back in April
    assert titles(client, q="invest", type="development", known="2024-04-10") == [
        ("development", "Globex is said to invest in Acme")
    ]
    assert titles(client, q="invest", known="2024-03-31") == []
    assert titles(client, q="board", known="2024-03-04") == []
    assert titles(client, q="board", revision=5) == []
    (item,) = found(client, q='"change at the top"', type="development")["items"]
    assert item["snippet"]["field"] == "sources"
    assert titles(client, q='"change at the top"', known="2024-03-07") == []


def test_a_hit_leads_to_the_version_in_which_it_was_found(client):
    (item,) = found(client, q="removes", type="development", known="2024-03-06")["items"]
    assert item["version"] == 1
    version = client.get(item["links"]["self"]).json()["version"]
    assert version["number"] == 1


def test_filters(client):
    assert titles(client, q="acme", kind="leadership", type="development", known="2024-04-10") == [
        ("development", "Acme's board removes its chief executive")
    ]
    both = titles(client, q="acme", type="development", known="2024-04-10")
    assert len(both) == 2
    assert titles(client, q="acme", party="globex", type="development", known="2024-04-10") == both[-1:]
    assert titles(client, q="acme", **{"from": "2024-04"}, type="development", known="2024-04-10") == both[-1:]
    assert titles(client, q="acme", until="2024-03", type="development", known="2024-04-10") == both[:1]
    assert titles(client, q="acme", standing="confirmed", type="development", known="2024-04-10") == both[:1]
    assert titles(client, q="executive", type="fact", at="2024-02") == []
    assert titles(client, q="roe executive", type="fact", at="2024-05")[0] == (
        "fact",
        "John Roe is chief executive of Acme",
    )
    basis = found(client, q="acme", at="2024-02", standing="reported")["basis"]
    assert (basis["at"], basis["standing"]) == ("2024-02-29T23:59:59.999999Z", "reported")


def test_pages_are_of_one_piece_whatever_is_recorded_meanwhile(told):
    whole = found(told, q="acme OR doe", known="2024-04-10")["items"]
    page = found(told, q="acme OR doe", known="2024-04-10", limit=2)
    items, revision = list(page["items"]), head(told)
    retraction = {"reason": "withdrawn", "known": "2024-03-09"}
    write(told, f"{REMOVAL}/retraction", retraction)
    while page["next"]:
        page = told.get(page["links"]["next"]).json()
        assert page["basis"]["revision"] == revision
        items += page["items"]
    assert [(item["type"], item["title"]) for item in items] == [(item["type"], item["title"]) for item in whole]
    assert len(items) > 3


def test_an_answer_that_pins_its_basis_can_be_kept(client):
    asked = {"q": "acme", "known": "2024-04-10", "revision": head(client)}
    answer = client.get(SEARCH, params=asked)
    assert "immutable" in answer.headers["cache-control"]
    again = client.get(SEARCH, params=asked, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


REFUSED = {
    "no query": ({}, "q"),
    "an empty one": ({"q": ""}, "q"),
    "punctuation": ({"q": "…"}, "q"),
    "words that all texts have": ({"q": "of the"}, "q"),
    "an open quotation mark": ({"q": '"abc'}, "q"),
    "a lonely OR": ({"q": "abc OR"}, "q"),
    "nothing but what to leave out": ({"q": "-abc"}, "q"),
    "a thousand and one characters": ({"q": "a" * 1001}, "q"),
    "too many words": ({"q": "ab " * 60}, "q"),
    "a type there is not": ({"q": "a1", "type": "event"}, "type"),
    "a kind there is not": ({"q": "a1", "kind": "lawsuits"}, "kind"),
    "a party there is not": ({"q": "a1", "party": "initech"}, "party"),
    "dates the wrong way round": ({"q": "a1", "from": "2024", "until": "2023"}, "from"),
    "a standing there is not": ({"q": "a1", "standing": "denied"}, "standing"),
    "a future known": ({"q": "a1", "known": "2031"}, "known"),
    "entities of a kind of development": ({"q": "a1", "type": "entity", "kind": "lawsuit"}, "type"),
    "a cursor of another query": ({"q": "a1", "cursor": "AAAA"}, "cursor"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_asked_names_the_field_and_the_remedy(on_sqlite, case):
    asked, field = REFUSED[case]
    answer = on_sqlite.get(SEARCH, params=asked)
    assert answer.status_code == 422, answer.text
    errors = answer.json()["errors"]
    assert field in [error["field"] for error in errors]
    assert all(error["message"] and error["remedy"] for error in errors)


def test_a_cursor_cannot_be_taken_to_another_query(on_sqlite):
    page = found(on_sqlite, q="acme", limit=1)
    answer = on_sqlite.get(SEARCH, params={"q": "globex", "limit": 1, "cursor": page["next"]})
    assert answer.json()["type"] == "/problems/invalid-cursor"


def test_an_unknown_timeline_is_not_found(on_sqlite):
    assert on_sqlite.get("/v1/timelines/nowhere/search", params={"q": "acme"}).status_code == 404


def test_the_same_is_found_in_the_same_order_on_every_database(sqlite_url, postgresql_url):
    answers = []
    for url in (sqlite_url, postgresql_url):
        with client_of(url) as client:
            tell(client)
            answers.append(
                [found(client, q=q, known="2024-04-10") for q in ("acme", "chief exec", "doe OR roe -globex", "$2bn")]
            )
    assert answers[0] == answers[1]
    assert all(answer["items"] for answer in answers[0])
