"""`GET /v1/timelines/{timeline}/diff`: what differs between two states, and why."""

from __future__ import annotations

import pytest

from api.examples import DEVELOPMENT, INVESTMENT
from api.schemas.diff import DiffBody
from tests.http.story import HOME, REMOVAL, STATE, head, write

DIFF = f"{HOME}/diff"
MARCH = f"{DIFF}?from=2024-02&to=2024-03&known=2024-05-01"


def lines(body, kind, section="leadership"):
    """The changes of a section, without the roles that go with an office."""
    changes = body["sections"][section][kind]
    return [line for line in changes if (line["before"] or line["after"])["attribute"] != "role"]


def test_the_difference_is_as_the_contract_has_it(client):
    body = client.get(MARCH).json()
    DiffBody.model_validate(body)
    assert list(body) == ["timeline", "from", "to", "sections", "links"]
    assert body["from"] == {
        "at": "2024-02-29T23:59:59.999999Z",
        "known": "2024-05-01T23:59:59.999999Z",
        "revision": head(client),
        "standing": "reported",
    }
    assert body["to"] == {**body["from"], "at": "2024-03-31T23:59:59.999999Z"}
    (line,) = lines(body, "added")
    assert (line["before"], line["fields"]) == (None, [])
    state = client.get(f"{STATE}?at=2024-03&known=2024-05-01").json()
    assert line["after"] in state["sections"]["leadership"]["facts"]
    assert (line["cause"], line["happened"]) == ("development", "2024-03-04")
    event = line["event"]
    assert (event["event"], event["development"], event["known"]) == ("StandingChanged", DEVELOPMENT, "2024-03-08")
    assert event["title"] == "Acme's board removes its chief executive"


def test_every_section_of_the_vocabulary_is_there_in_its_order(client):
    sections = [section["name"] for section in client.get("/v1/vocabulary").json()["sections"]]
    assert list(client.get(MARCH).json()["sections"]) == sections


@pytest.mark.parametrize(
    ("first", "last", "cause", "event"),
    [
        ("2024-03-04", "2024-03-05", "development", "DevelopmentRecorded"),
        ("2024-03-06", "2024-03-07", "finer-date", "DevelopmentCorrected"),
        ("2024-03-07", "2024-03-08", "standing", "StandingChanged"),
    ],
)
def test_between_dates_of_knowledge_it_tells_what_became_known(client, first, last, cause, event):
    body = client.get(DIFF, params={"known_from": first, "known_to": last, "at": "2024-03-10"}).json()
    (line,) = lines(body, "added") + lines(body, "changed")
    assert (line["cause"], line["event"]["event"], line["event"]["known"]) == (cause, event, last)
    assert line["happened"] is None


def test_a_retraction_takes_a_fact_away(client):
    body = client.get(f"{DIFF}?known_from=2024-04-19&known_to=2024-04-20&at=2024-05-01").json()
    (line,) = lines(body, "removed", "capital")
    assert (line["after"], line["cause"], line["event"]["development"]) == (None, "retraction", INVESTMENT)
    assert line["before"]["value"]["amount"] == "2000000000"


def test_between_revisions_it_tells_what_this_record_mended(told):
    write(
        told,
        f"{REMOVAL}/corrections",
        {"reason": "clerical", "changes": {"detail": {"changes": [{"role": "chief_executive", "took": "jane-doe"}]}}},
    )
    last = head(told)
    body = told.get(f"{DIFF}?revision_from={last - 1}&revision_to={last}&at=2024-03-10").json()
    (line,) = lines(body, "changed")
    assert (line["cause"], line["event"]["position"]) == ("clerical", last)
    assert [line[side]["value"]["id"] for side in ("before", "after")] == ["john-roe", "jane-doe"]
    assert "value" in line["fields"]


def test_several_clocks_can_move_at_once(client):
    body = client.get(f"{DIFF}?from=2024-02&to=2024-05-01&known_from=2024-02&known_to=2024-04-10").json()
    assert [line["cause"] for line in lines(body, "added")] == ["development"]
    assert [line["cause"] for line in lines(body, "added", "capital")] == ["development"]


def test_between_equal_bases_nothing_differs(client):
    body = client.get(f"{DIFF}?from=2024-03&to=2024-03").json()
    assert all(section == {"added": [], "removed": [], "changed": []} for section in body["sections"].values())


def test_the_links_lead_to_itself_for_good_and_to_both_states(client):
    links = client.get(MARCH).json()["links"]
    assert links["self"] == MARCH
    assert links["permalink"] == (
        f"{DIFF}?from=2024-02-29&to=2024-03-31&known=2024-05-01&revision={head(client)}&standing=reported"
    )
    for side, at in (("from", "2024-02-29"), ("to", "2024-03-31")):
        assert links[side] == f"{STATE}?at={at}&known=2024-05-01&revision={head(client)}&standing=reported"
        assert client.get(links[side]).status_code == 200
    assert client.get(links["briefing"]).status_code == 200


def test_a_permalink_gives_the_same_whatever_is_recorded_later(told):
    first = told.get(MARCH).json()
    write(told, f"{REMOVAL}/retraction", {"reason": "clerical"})
    assert lines(told.get(MARCH).json(), "added") == []
    cited = told.get(first["links"]["permalink"])
    assert cited.json()["sections"] == first["sections"]
    assert cited.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_permalinks_of_every_kind_can_be_followed(client):
    for query in (
        "known_from=2024-03&known_to=2024-04",
        "revision_from=3&revision_to=8",
        "from=2024-03&to=2024-03",
        "from=2024-02&to=2024-04&known_from=2024-02&known_to=2024-04&revision_from=2&revision_to=9",
    ):
        first = client.get(f"{DIFF}?{query}").json()
        again = client.get(first["links"]["permalink"]).json()
        assert (again["from"], again["to"], again["sections"]) == (first["from"], first["to"], first["sections"])


@pytest.mark.parametrize(
    ("query", "is_pinned"),
    [
        ("from=2024-02&to=2024-03&known=2024-05-01&revision=8", True),
        ("known_from=2024-02&known_to=2024-03&at=2024-05-01&revision=8", True),
        ("revision_from=7&revision_to=8&at=2024-03&known=2024-03", True),
        ("from=2024-02&to=2024-03&known=2024-05-01", False),
        ("from=2024-02&to=2024-03&revision=8", False),
        ("known_from=2024-02&known_to=2024-03&revision=8", False),
        ("known_from=2024-02&known_to=2024-06-01&at=2024-03&revision=8", False),
    ],
)
def test_only_what_pins_every_clock_may_be_kept_for_good(on_sqlite, query, is_pinned):
    kept = on_sqlite.get(f"{DIFF}?{query}").headers["cache-control"]
    assert kept == ("public, max-age=31536000, immutable" if is_pinned else "no-cache")


@pytest.mark.parametrize("form", ["json", "text"])
def test_who_has_it_already_is_told_so_and_head_answers_like_get(on_sqlite, form):
    address = f"{MARCH}&format={form}"
    first = on_sqlite.get(address)
    etag = first.headers["etag"]
    assert not etag.startswith("W/")
    assert on_sqlite.get(address, headers={"If-None-Match": etag}).status_code == 304
    told = on_sqlite.head(address)
    assert (told.status_code, told.content, dict(told.headers)) == (200, b"", dict(first.headers))
    other = on_sqlite.get(f"{MARCH}&format={'json' if form == 'text' else 'text'}")
    assert other.headers["etag"] != etag


def test_both_bases_are_in_the_headers(on_sqlite):
    headers = on_sqlite.get(MARCH).headers
    assert headers["timeline-at"] == "2024-02-29T23:59:59.999999Z/2024-03-31T23:59:59.999999Z"
    assert headers["timeline-known"] == "2024-05-01T23:59:59.999999Z"
    assert headers["timeline-standing"] == "reported"


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("application/json", "application/json"),
        ("text/plain", "text/plain; charset=utf-8"),
        ("text/*", "text/plain; charset=utf-8"),
        ("text/plain;q=0.5, application/json", "application/json"),
        ("text/plain, application/json;q=0.5", "text/plain; charset=utf-8"),
        ("*/*", "application/json"),
        ("image/png", "application/json"),
        ("text/plain;q=nonsense", "application/json"),
    ],
)
def test_the_form_is_the_one_that_is_accepted(on_sqlite, accept, media_type):
    answer = on_sqlite.get(MARCH, headers={"Accept": accept})
    assert (answer.headers["content-type"], answer.headers["vary"]) == (media_type, "Accept")


def test_as_text_it_is_a_story(on_sqlite):
    assert on_sqlite.get(f"{DIFF}?from=2024-02&to=2024-05&known=2024-04-10&format=text").text == (
        "Acme and Globex: what changed\n"
        "From 29 February 2024 to 31 May 2024, as known on 10 April 2024: what is confirmed or reported (revision 11).\n"
        "Of the facts, 3 came, by 2 developments.\n"
        "\n"
        "Leadership\n"
        "  2024-03-04  + John Roe is chief executive of Acme (and 1 more) – The Example Gazette +1\n"
        "\n"
        "Capital\n"
        "  2024-04     + Globex invested about $2 billion in Acme – The Example Gazette\n"
    )


WRONG = {
    "nothing to compare": ("", 422, "invalid-input", "from"),
    "one date only": ("from=2024", 422, "invalid-input", "to"),
    "the other only": ("to=2024", 422, "invalid-input", "from"),
    "half of a pair beside a whole one": ("from=2023&to=2024&known_to=2024", 422, "invalid-input", "known_from"),
    "a clock that moves and stands still": ("from=2023&to=2024-03&at=2024", 422, "invalid-input", "at"),
    "backwards in the world": ("from=2024-03&to=2024-02", 422, "invalid-input", "from"),
    "backwards in knowledge": ("known_from=2024-03&known_to=2024-02", 422, "invalid-input", "known_from"),
    "backwards in the log": ("revision_from=8&revision_to=7", 422, "invalid-input", "revision_from"),
    "a date that is none": ("from=2024-13&to=2025", 422, "invalid-input", "from"),
    "knowledge of the future": ("known_from=2024&known_to=2031", 422, "future-known", "known_to"),
    "a revision that the log has not reached": (
        "revision_from=1&revision_to=999",
        404,
        "unknown-revision",
        "revision_to",
    ),
    "a timeline not yet opened": ("revision_from=0&revision_to=8", 404, "unknown-timeline", "timeline"),
    "a form there is not": ("from=2024&to=2025&format=xml", 422, "invalid-input", "format"),
    "a parameter there is not": ("form=2024&to=2025", 422, "unknown-parameter", "form"),
}


@pytest.mark.parametrize("case", WRONG)
@pytest.mark.parametrize("part", ["diff", "briefing"])
def test_a_question_that_is_wrong(on_sqlite, part, case):
    query, status, problem, field = WRONG[case]
    if part == "briefing" and not query:
        return  # that is a question there: about the state of now
    answer = on_sqlite.get(f"{HOME}/{part}?{query}")
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text
    told = answer.json()
    assert told["type"] == f"/problems/{problem}"
    assert [error["field"] for error in told["errors"]] == [field]
    assert all(error["message"] and error["remedy"] for error in told["errors"])
