"""Text of the record is data: whatever somebody writes into it, a page shows it and does nothing else."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from api.web.addresses import Addresses
from api.web.rendering import templates
from tests.http.story import client_of, write
from tests.web.reading import read_page

SCRIPT = "<script>alert('x')</script>"
QUOTES = '" autofocus onfocus="alert(1)" x=\''
RIGHT_TO_LEFT = "\u202egnp.exe\u202c \u2067abc \u200f"
BRACES = "{{ 7 * 7 }}{% include '/etc/passwd' %}"
CLOSING = "--></title></textarea></style></script><img src=x onerror=alert(1)>"
HOSTILE = f"{SCRIPT} {QUOTES} {RIGHT_TO_LEFT} {BRACES} {CLOSING}"
RELATIONS = [
    {"attribute": "competitor", "value": {"type": "text", "text": HOSTILE}},
    {"attribute": "uses", "value": {"type": "text", "text": f"{RIGHT_TO_LEFT}{SCRIPT}"}},
    {"attribute": "stake_value", "value": {"type": "money", "amount": "1", "currency": "USD", "note": HOSTILE}},
]
HOME = "/t/hostile"
EVIL = "2024-01-01-evil"


@pytest.fixture(scope="module")
def hostile(sqlite_databases, tmp_path_factory):
    """A client of a service whose every text is hostile."""
    url = sqlite_databases.copy_to(tmp_path_factory.mktemp("hostile") / "timeline.db")
    with client_of(url) as client:
        write(client, "/v1/timelines", {"slug": "hostile", "title": HOSTILE, "summary": HOSTILE, "parties": ["evil"]})
        for slug in ("evil", "other"):
            described = {"kind": "organisation", "description": HOSTILE, "aliases": [HOSTILE]}
            write(client, "/v1/timelines/hostile/entities", {"id": slug, "name": f"{slug} {HOSTILE}", **described})
        source = {"publisher": HOSTILE, "title": HOSTILE, "url": "https://example.org/?q=\"'><script>alert(1)</script>"}
        content = {
            "title": HOSTILE,
            "summary": HOSTILE,
            "occurred": "2024-01-01",
            "standing": "reported",
            "detail": {"kind": "statement", "speaker": "evil", "topic": HOSTILE, "claim": HOSTILE},
            "parties": [{"entity": "evil", "role": HOSTILE}, {"entity": "other"}],
            "facts": [
                {"subject": "evil", "attribute": "legal_form", "value": {"type": "text", "text": HOSTILE}},
                *({"subject": "evil", "object": "other", **relation} for relation in RELATIONS),
            ],
            "sources": [source],
        }
        where = "/v1/timelines/hostile/developments"
        write(client, where, {"slug": EVIL, "known": "2024-01-01", "content": content})
        correction = {"reason": "new-information", "known": "2024-02-01", "note": HOSTILE}
        write(client, f"{where}/{EVIL}/corrections", {**correction, "changes": {"title": f"Now {HOSTILE}"}})
        yield client


ADDRESSES = [
    "/",
    HOME,
    f"{HOME}?party=evil",
    f"{HOME}/state",
    f"{HOME}/facts",
    f"{HOME}/facts?subject=evil&attribute=legal_form",
    f"{HOME}/compare?from=2023&to=2024",
    f"{HOME}/compare?known_from=2024-01-10&known_to=2024-03",
    f"{HOME}/developments/{EVIL}",
    f"{HOME}/entities/evil",
    f"{HOME}/graph",
    f"{HOME}/graph?focus=other&section=competition",
    f"{HOME}/graph?focus={quote(SCRIPT)}",
    f"{HOME}/graph?section={quote(SCRIPT)}",
    f"{HOME}/search?q=alert",
    f"{HOME}/search?q={quote(SCRIPT)}",
    "/embed/hostile/state",
    f"{HOME}/state?at={quote(SCRIPT)}",
    f"{HOME}/state?{quote(SCRIPT)}=1",
    f"{HOME}/{quote(SCRIPT)}",
]


def assert_harmless(html: str, where: str) -> None:
    page = read_page(html)
    assert page.mistakes == [], where
    assert {"img", "style", "iframe", "object", "embed", "base"}.isdisjoint(tag for tag, _ in page.elements), where
    assert all((item.get("src") or "").startswith("/static/") for item in page.all("script")), where
    for tag, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on") or name in {"style", "autofocus"}], (
            where,
            tag,
        )
        for name in ("href", "action", "src", "formaction"):
            target = attributes.get(name)
            assert target is None or target.startswith(("/", "#", "https://example.org/")), (where, target)
    assert "{{ 7 * 7 }}" in page.text or "49" not in page.text, where


@pytest.mark.parametrize("address", ADDRESSES)
def test_hostile_text_is_shown_and_nothing_else(hostile, address):
    answer = hostile.get(address, headers={"Accept": "text/html"})
    assert answer.status_code < 500
    assert answer.headers["content-type"].startswith("text/html")
    assert_harmless(answer.text, address)


def test_a_hostile_draft_is_shown_and_nothing_else(hostile):
    answer = hostile.post(f"{HOME}/check", data={"text": f"{HOSTILE}. evil is a company."})
    assert answer.status_code == 200
    assert_harmless(answer.text, "check")
    assert SCRIPT in read_page(answer.text).text


@pytest.mark.parametrize(
    "address",
    [HOME, f"{HOME}/state", f"{HOME}/developments/{EVIL}", f"{HOME}/entities/evil", f"{HOME}/graph"],
)
def test_marks_that_turn_the_direction_stay_within_their_text(hostile, address):
    html = hostile.get(address).text
    head, _, body = html.partition("<body")
    assert "\u202e" not in head
    outside = "".join(part.rpartition("</bdi>")[2] for part in body.split("<bdi>"))
    options = outside.split("<option")
    assert "\u202e" not in options[0] + "".join(option.rpartition("</option>")[2] for option in options[1:])


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "//evil", " javascript:x", ""],
)
def test_an_address_that_is_not_of_the_web_is_no_link_even_if_it_got_into_the_record(url):
    """The record refuses such addresses; the page does not rely on that."""
    parts: Any = templates().get_template("parts/sources.html").module
    source = {"publisher": "A", "title": "B", "url": url, "archive_url": url}
    page = read_page(str(parts.described(source)))
    assert page.links == []
    assert page.text == "A, B"


def test_the_frame_that_oembed_hands_out_is_harmless(hostile):
    answer = hostile.get("/oembed", params={"url": f"http://testserver{HOME}/state?at=2024"})
    frame = read_page(answer.json()["html"])
    assert [tag for tag, _ in frame.elements] == ["iframe"]
    assert frame.all("iframe")[0]["src"] == "http://testserver/embed/hostile/state?at=2024"


def test_addresses_quote_what_they_are_given():
    assert Addresses(None).search("x", [("q", '"><script>')]) == "/t/x/search?q=%22%3E%3Cscript%3E"
