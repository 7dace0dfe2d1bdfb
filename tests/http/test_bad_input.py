"""Bad input: each is a problem that names the field and the remedy, and nothing is written."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from api.examples import OTHER_DEVELOPMENT, REQUESTS
from tests.http.story import AUTHORISED, HOME, REMOVAL, STATE, client_of, head

JSON = {"Content-Type": "application/json"}

INVESTMENT: Any = OTHER_DEVELOPMENT
REMOVED: Any = REQUESTS["recordDevelopment"]


def changed(body: Any, **paths: Any) -> Any:
    """A body with other values at paths such as `content__detail__money`; `...` takes a field away."""
    body = copy.deepcopy(body)
    for path, value in paths.items():
        *way, last = path.split("__")
        node = body
        for part in way:
            node = node[part]
        if value is ...:
            del node[last]
        else:
            node[last] = value
    return body


def fact(**fields: Any) -> Any:
    return {"subject": "acme", "attribute": "legal_form", "value": {"type": "text", "text": "company"}, **fields}


NEW = changed(REMOVED, slug="another")

RECORDINGS = {
    "a date that is none": (changed(NEW, content__occurred="2024-13"), "invalid-input", "content.occurred", "01 to 12"),
    "a date in words": (changed(NEW, known="last spring"), "invalid-input", "known", "year, month and day"),
    "no date": (changed(NEW, known=...), "invalid-input", "known", "Give"),
    "a date that is a number": (changed(NEW, known=2024), "invalid-input", "known", "text"),
    "known in the future": (changed(NEW, known="2031"), "future-known", "known", "became public"),
    "an attribute that is not in the vocabulary": (
        changed(NEW, content__facts=[fact(attribute="chief_executiv")]),
        "unknown-attribute",
        "content.facts.0.attribute",
        "chief_executive",
    ),
    "an attribute written in capitals": (
        changed(NEW, content__facts=[fact(attribute="CEO")]),
        "invalid-input",
        "content.facts.0.attribute",
        "pattern",
    ),
    "a value of the wrong type": (
        changed(NEW, content__facts=[fact(attribute="valuation")]),
        "invalid-input",
        "content.facts.0.value.type",
        "money",
    ),
    "a value of no type": (
        changed(NEW, content__facts=[fact(value={"text": "company"})]),
        "invalid-input",
        "content.facts.0.value",
        "type",
    ),
    "a value of a type there is not": (
        changed(NEW, content__facts=[fact(value={"type": "txt", "text": "company"})]),
        "invalid-input",
        "content.facts.0.value",
        "text",
    ),
    "money without currency": (
        changed(INVESTMENT, content__detail__money__currency=...),
        "invalid-input",
        "content.detail.money.currency",
        "currency",
    ),
    "money in a currency that is none": (
        changed(INVESTMENT, content__detail__money__currency="dollars"),
        "invalid-input",
        "content.detail.money.currency",
        "USD",
    ),
    "money as a number": (
        changed(INVESTMENT, content__detail__money__amount=2e9),
        "invalid-input",
        "content.detail.money.amount",
        "string of digits",
    ),
    "until before since": (
        changed(NEW, content__facts=[fact(since="2024-03", until="2023-03")]),
        "invalid-input",
        "content.facts.0",
        "Swap",
    ),
    "until before the development": (
        changed(NEW, content__facts=[fact(until="2020")]),
        "invalid-input",
        "content.facts.0.until",
        "",
    ),
    "an entity nobody described": (
        changed(NEW, content__detail__changes=[{"role": "chief_executive", "took": "richard-miles"}]),
        "undescribed-entity",
        "content",
        "Describe",
    ),
    "a kind there is not": (
        changed(NEW, content__detail={"kind": "leadershp"}),
        "invalid-input",
        "content.detail",
        "leadership",
    ),
    "no kind": (changed(NEW, content__detail__kind=...), "invalid-input", "content.detail", "kind"),
    "a standing there is not": (
        changed(NEW, content__standing="certain"),
        "invalid-input",
        "content.standing",
        "confirmed",
    ),
    "a field that is misspelt": (changed(NEW, content__titel="x"), "invalid-input", "content.titel", "name"),
    "a title that is empty": (changed(NEW, content__title="  "), "invalid-input", "content.title", "at least"),
    "a title that is too long": (changed(NEW, content__title="x" * 501), "invalid-input", "content.title", "500"),
    "a slug in capitals": (changed(NEW, slug="Another"), "invalid-input", "slug", "lower-case"),
    "an address that is none": (
        changed(NEW, content__sources=[{"publisher": "p", "title": "t", "url": "javascript:alert(1)"}]),
        "invalid-input",
        "content.sources.0.url",
        "https://",
    ),
    "one source twice": (
        changed(NEW, content__sources=REMOVED["content"]["sources"] * 2),
        "invalid-input",
        "content",
        "once",
    ),
    "a null character": (changed(NEW, content__title="a\x00b"), "invalid-input", "content.title", "Take it out"),
    "half a character": (changed(NEW, content__title="a\ud800b"), "invalid-input", "content.title", "UTF-8"),
    "a list for an object": (changed(NEW, content=[]), "invalid-input", "content", "object"),
    "nothing": (None, "invalid-input", "body", ""),
    "a text": ("x", "invalid-input", "body", "object"),
}


@pytest.mark.parametrize("case", RECORDINGS)
def test_a_recording_that_is_wrong(begun, case):
    body, problem, field, remedy = RECORDINGS[case]
    before = head(begun)
    answer = begun.post(f"{HOME}/developments", content=json.dumps(body), headers={**AUTHORISED, **JSON})
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["type"] == f"/problems/{problem}"
    assert field in [error["field"] for error in told["errors"]], told["errors"]
    assert remedy in " ".join(error["message"] + error["remedy"] for error in told["errors"])
    assert all(error["message"] and error["remedy"] for error in told["errors"])
    assert head(begun) == before


WRITES = {
    "an entity of no kind": (f"{HOME}/entities", {"id": "x", "name": "X", "kind": "thing"}, "kind"),
    "a timeline without a title": ("/v1/timelines", {"slug": "x"}, "title"),
    "a retraction in the future": (f"{REMOVAL}/retraction", {"reason": "withdrawn", "known": "2031"}, "known"),
    "a retraction without known": (f"{REMOVAL}/retraction", {"reason": "withdrawn"}, "known"),
    "a clerical retraction with known": (f"{REMOVAL}/retraction", {"reason": "clerical", "known": "2024"}, "known"),
    "a source published in the future": (
        f"{REMOVAL}/sources",
        {"source": {"publisher": "p", "title": "t", "url": "https://example.org/p", "published": "2031"}},
        "known",
    ),
    "the same standing": (f"{REMOVAL}/standing", {"standing": "reported", "known": "2024-03-09"}, "standing"),
    "a standing without known": (f"{REMOVAL}/standing", {"standing": "confirmed"}, "known"),
    "an expectation that is none": (f"{REMOVAL}/retraction", {"reason": "clerical", "expected": 0}, "expected"),
    "an expectation too large": (
        f"{REMOVAL}/retraction",
        {"reason": "clerical", "expected": 10**30},
        "expected",
    ),
}


@pytest.mark.parametrize("case", WRITES)
def test_other_writes_that_are_wrong(begun, case):
    path, body, field = WRITES[case]
    before = head(begun)
    answer = begun.post(path, json=body, headers=AUTHORISED)
    assert answer.status_code in {409, 422}, answer.text
    assert field in [error["field"] for error in answer.json()["errors"]], answer.text
    assert head(begun) == before


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"slug": "x"',
        b'{"slug": "\xff"}',
        b"\xff\xfe",
        b'{"slug": "a\x00"}',
        b"[" * 100_000,
        b'{"slug": ' + b"9" * 5000 + b"}",
        b'{"slug": NaN}',
    ],
)
def test_a_body_that_is_no_json(begun, body):
    before = head(begun)
    answer = begun.post("/v1/timelines", content=body, headers={**AUTHORISED, **JSON})
    assert answer.status_code in {400, 422}, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert head(begun) == before


@pytest.mark.parametrize("media_type", ["", "text/plain", "application/x-www-form-urlencoded", "json", "text/json"])
def test_a_body_that_is_not_declared_as_json(begun, media_type):
    headers = {**AUTHORISED, **({"Content-Type": media_type} if media_type else {})}
    answer = begun.post("/v1/timelines", content=b'{"slug": "x", "title": "X"}', headers=headers)
    assert answer.status_code == 415
    assert answer.json()["type"] == "/problems/unsupported-media-type"
    assert answer.headers["accept"] == "application/json"


@pytest.mark.parametrize("media_type", ["application/json; charset=utf-8", "Application/JSON", "application/a+json"])
def test_json_may_be_declared_in_several_ways(writable, media_type):
    headers = {**AUTHORISED, "Content-Type": media_type}
    answer = writable.post("/v1/timelines", content=b'{"slug": "x", "title": "X"}', headers=headers)
    assert answer.status_code == 201


QUERIES = {
    "a date that is none": (f"{STATE}?at=2024-13-01", 422, "invalid-input", "at"),
    "a day the month does not have": (f"{STATE}?at=2024-02-30", 422, "invalid-input", "at"),
    "a date that is empty": (f"{STATE}?at=", 422, "invalid-input", "at"),
    "an interval": (f"{STATE}?at=2024-01/2024-02", 422, "invalid-input", "at"),
    "an approximate date": (f"{STATE}?known=2024~", 422, "invalid-input", "known"),
    "a date that is too long": (f"{STATE}?known={'2' * 5000}", 422, "invalid-input", "known"),
    "known in the future": (f"{STATE}?known=2031", 422, "future-known", "known"),
    "known in the future, of a list": (f"{HOME}/developments?known=2031", 422, "future-known", "known"),
    "known in the future, of a development": (f"{REMOVAL}?known=2024-06-02", 422, "future-known", "known"),
    "a standing there is not": (f"{STATE}?standing=denied", 422, "invalid-input", "standing"),
    "a revision that is not there yet": (f"{STATE}?revision=99", 404, "unknown-revision", "revision"),
    "a revision beyond all numbers": (f"{STATE}?revision={10**30}", 404, "unknown-revision", "revision"),
    "a revision before the first": (f"{STATE}?revision=-1", 422, "invalid-input", "revision"),
    "a revision of too many digits": (f"{STATE}?revision={'9' * 6000}", 422, "invalid-input", "revision"),
    "a revision that is no number": (f"{STATE}?revision=newest", 422, "invalid-input", "revision"),
    "a parameter that is misspelt": (f"{STATE}?att=2024", 422, "unknown-parameter", "att"),
    "a parameter of another operation": (f"{HOME}/entities?known=2024", 422, "unknown-parameter", "known"),
    "a parameter where there is none": ("/v1/?at=2024", 422, "unknown-parameter", "at"),
    "a parameter twice": (f"{STATE}?at=2023&at=2024", 422, "repeated-parameter", "at"),
    "a null character": (f"{STATE}?at=2024%00", 422, "invalid-input", "at"),
    "bytes that are no text": (f"{HOME}/entities?q=%ff", 400, "malformed-request", None),
    "a limit of nothing": (f"{HOME}/developments?limit=0", 422, "invalid-input", "limit"),
    "a limit without end": (f"{HOME}/developments?limit=201", 422, "invalid-input", "limit"),
    "a limit in words": (f"{HOME}/developments?limit=all", 422, "invalid-input", "limit"),
    "a kind there is not": (f"{HOME}/developments?kind=ledership", 422, "invalid-input", "kind"),
    "an entity nobody described": (f"{HOME}/developments?party=nobody", 422, "undescribed-entity", "party"),
    "an entity that is no slug": (f"{HOME}/developments?party=A%20B", 422, "invalid-input", "party"),
    "from after to": (f"{HOME}/developments?from=2025&to=2024", 422, "invalid-input", "from"),
    "from that is no date": (f"{HOME}/developments?from=then", 422, "invalid-input", "from"),
    "a cursor that is none": (f"{HOME}/developments?cursor=abc", 422, "invalid-cursor", "cursor"),
    "a position before the first": (f"{HOME}/events?after=-1", 422, "invalid-input", "after"),
    "a position beyond all numbers": (f"{HOME}/events?after={10**30}", 422, "invalid-input", "after"),
    "a timeline nobody opened": ("/v1/timelines/nobody/state", 404, "unknown-timeline", "timeline"),
    "a timeline that is no slug": ("/v1/timelines/No%00body/state", 404, "unknown-timeline", "timeline"),
    "a timeline that is no text": ("/v1/timelines/%ff/state", 404, "unknown-timeline", "timeline"),
    "a timeline not yet opened": (f"{STATE}?revision=0", 404, "unknown-timeline", "timeline"),
    "a development nobody recorded": (f"{HOME}/developments/no", 404, "unknown-development", "development"),
    "a development not yet recorded": (f"{REMOVAL}?revision=5", 404, "unknown-development", "development"),
    "an entity that is not there": (f"{HOME}/entities/no", 404, "unknown-entity", "entity"),
    "an entity not yet described": (f"{HOME}/entities/acme?revision=1", 404, "unknown-entity", "entity"),
    "an address that leads nowhere": ("/v2/", 404, "not-found", None),
    "an address with a slash too many": (f"{STATE}/", 404, "not-found", None),
    "a problem there is not": ("/problems/nothing", 404, "not-found", None),
}


@pytest.mark.parametrize("case", QUERIES)
def test_a_question_that_is_wrong(client, case):
    address, status, problem, field = QUERIES[case]
    answer = client.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text
    told = answer.json()
    assert (told["type"], told["status"]) == (f"/problems/{problem}", status)
    assert [error["field"] for error in told.get("errors", [])] == ([field] if field else [])
    assert all(error["message"] and error["remedy"] for error in told.get("errors", []))


def test_a_misspelt_parameter_is_told_what_was_meant(client):
    assert client.get(f"{STATE}?revison=3").json()["errors"][0]["remedy"] == "Did you mean revision?"
    assert "at, known, revision" in client.get(f"{STATE}?zzz=3").json()["errors"][0]["remedy"]


def test_a_date_tells_how_to_write_it(client):
    error = client.get(f"{STATE}?at=17.11.2023").json()["errors"][0]
    assert "17.11.2023" in error["message"]
    assert "2023-11-17" in error["remedy"]


def test_all_that_is_wrong_is_told_at_once(begun):
    body = changed(NEW, content__title="", content__occurred="x", slug="X")
    answer = begun.post(f"{HOME}/developments", json=body, headers=AUTHORISED)
    assert {error["field"] for error in answer.json()["errors"]} == {"slug", "content.title", "content.occurred"}


def test_a_problem_lists_no_more_than_a_reader_can_take(begun):
    body = changed(NEW, content__facts=[{} for _ in range(500)])
    answer = begun.post(f"{HOME}/developments", json=body, headers=AUTHORISED)
    assert len(answer.json()["errors"]) == 20
    assert len(answer.content) < 20_000


class TestABodyOverTheLimit:
    LIMIT = 2048
    BODY = json.dumps({"slug": "x", "title": "X", "summary": "s" * 4000}).encode()

    def test_is_refused_by_its_declared_length(self, sqlite_url):
        with client_of(sqlite_url, max_body_bytes=self.LIMIT) as client:
            answer = client.post("/v1/timelines", content=self.BODY, headers={**AUTHORISED, **JSON})
            self.check(client, answer)

    def test_is_refused_when_its_length_is_not_declared(self, sqlite_url):
        def pieces():
            for start in range(0, len(self.BODY), 100):
                yield self.BODY[start : start + 100]

        with client_of(sqlite_url, max_body_bytes=self.LIMIT) as client:
            answer = client.post("/v1/timelines", content=pieces(), headers={**AUTHORISED, **JSON})
            assert "content-length" not in answer.request.headers
            self.check(client, answer)

    def test_is_refused_on_every_route(self, sqlite_url):
        with client_of(sqlite_url, max_body_bytes=self.LIMIT) as client:
            for address in ("/health", "/v1/", "/nowhere"):
                answer = client.request("GET", address, content=self.BODY)
                assert (answer.status_code, answer.json()["type"]) == (413, "/problems/body-too-large")

    def check(self, client, answer):
        assert answer.status_code == 413
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["type"] == "/problems/body-too-large"
        assert "2048 bytes" in answer.json()["detail"]
        assert head(client) == 0

    def test_a_body_at_the_limit_is_read(self, sqlite_url):
        body = json.dumps({"slug": "x", "title": "X", "summary": ""}).encode()
        body = body[:-1] + b" " * (self.LIMIT - len(body)) + b"}"
        with client_of(sqlite_url, max_body_bytes=self.LIMIT) as client:
            answer = client.post("/v1/timelines", content=body, headers={**AUTHORISED, **JSON})
            assert (len(body), answer.status_code) == (self.LIMIT, 201)
