"""Every page as it leaves the service: whole, well formed, guarded, cheap to ask for again."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from starlette.routing import Route

from api.examples import DEVELOPMENT, INVESTMENT, TIMELINE
from api.web.views import PAGES as PAGES_SERVED
from tests.http.story import client_of, tell
from tests.web.reading import read_page

HOME = f"/t/{TIMELINE}"
PAGES = {
    "/": "Acme and Globex",
    HOME: "A partnership of two companies that do not exist.",
    f"{HOME}?at=2024-03-10&kind=leadership&party=acme&from=2024&to=2024": "Acme's board removes its chief executive",
    f"{HOME}/state?at=2024-03-10&known=2024-03-31": "John Roe is chief executive of Acme",
    f"{HOME}/state?at=1999": "The record has nothing to say about that moment.",
    f"{HOME}/facts": "Chief executive",
    f"{HOME}/facts?subject=acme&attribute=chief_executive": "John Roe is chief executive of Acme",
    f"{HOME}/facts?subject=globex&attribute=investment": "Taken back on 20 April 2024",
    f"{HOME}/compare": "What changed between two dates?",
    f"{HOME}/compare?from=2024-01&to=2024-04": "John Roe is chief executive of Acme",
    f"{HOME}/compare?known_from=2024-04-10&known_to=2024-05&at=2024-04-15": "taken back",
    f"{HOME}/compare?from=2024-05-01&to=2024-05-02": "The two states are the same.",
    f"{HOME}/graph?at=2024-03-10&known=2024-03-31": "John Roe is chief executive of Acme",
    f"{HOME}/graph?at=2024-03-10&focus=john-roe&section=leadership": "John Roe and its relations",
    f"{HOME}/graph?at=1999": "The record knows no relation that held then.",
    f"{HOME}/graph?at=2024-03-10&focus=globex": "The record knows no relation of Globex that held then.",
    f"{HOME}/graph?at=2024-03-10&section=disputes": "The record knows no relation of that kind that held then.",
    f"{HOME}/check": "Your draft",
    f"{HOME}/search": "What are you looking for?",
    f"{HOME}/search?q=chief+executive": "Acme's board removes its chief executive",
    f"{HOME}/search?q=zeppelin": "Nothing was found",
    f"{HOME}/developments/{DEVELOPMENT}": "The filing names the day.",
    f"{HOME}/developments/{DEVELOPMENT}?known=2024-03-06": "occurred",
    f"{HOME}/developments/{INVESTMENT}": "This was taken back",
    f"{HOME}/entities/acme": "Acme Corporation",
    f"/embed/{TIMELINE}/state?at=2024-03-10": "John Roe is chief executive of Acme",
}
"""Addresses of every page in every shape, and something that stands on each."""


@pytest.fixture
def read(on_sqlite):
    def get(address):
        answer = on_sqlite.get(address, headers={"Accept": "text/html"})
        assert answer.status_code == 200, answer.text
        return read_page(answer.text)

    return get


def test_every_page_says_what_it_should_and_is_whole(on_sqlite):
    for address, words in PAGES.items():
        answer = on_sqlite.get(address, headers={"Accept": "text/html,*/*;q=0.8"})
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8"), address
        page = read_page(answer.text)
        assert words in page.text, address
        assert page.mistakes == [], address
        assert answer.text.startswith("<!doctype html>")
        assert page.all("html") == [{"lang": "en"}]
        assert len(page.all("h1")) == len(page.all("main")) == answer.text.partition("<body")[0].count("<title>") == 1
        levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
        assert all(after <= before + 1 for before, after in pairwise(levels)), address


def test_every_link_on_a_page_leads_to_a_page(on_sqlite):
    followed = set[str]()
    for address in PAGES:
        for link in read_page(on_sqlite.get(address).text).links:
            if link.startswith("/") and link.partition("#")[0] not in followed:
                followed.add(link.partition("#")[0])
                assert on_sqlite.get(link, headers={"Accept": "text/html"}).status_code == 200, f"{address}: {link}"
    assert len(followed) > 60


def test_nothing_on_a_page_comes_from_elsewhere_or_stands_in_the_page(on_sqlite):
    for address in PAGES:
        page = read_page(on_sqlite.get(address).text)
        fetched = [item.get("src") or "" for tag in ("script", "img", "iframe") for item in page.all(tag)]
        fetched += [item["href"] or "" for item in page.all("link") if item["rel"] in {"stylesheet", "preload", "icon"}]
        assert all(target.startswith("/static/") for target in fetched), address
        for tag, attributes in page.elements:
            assert "style" not in attributes, (address, tag)
            assert tag != "style"
            assert not [name for name in attributes if name.startswith("on")], (address, tag)


def test_a_page_runs_nothing_but_our_scripts(on_sqlite):
    answer = on_sqlite.get(f"{HOME}/state")
    policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "font-src": "'self'",
        "img-src": "'self' data:",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'self'",
    }
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"


def test_only_the_embedded_view_may_stand_in_a_frame_elsewhere(on_sqlite):
    for address in PAGES:
        policy = on_sqlite.get(address).headers["content-security-policy"]
        assert policy.endswith("frame-ancestors *" if address.startswith("/embed/") else "frame-ancestors 'self'")


def test_a_page_that_has_not_changed_is_not_sent_again(on_sqlite):
    first = on_sqlite.get(HOME)
    assert first.headers["cache-control"] == "no-cache"
    again = on_sqlite.get(HOME, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert on_sqlite.get(f"{HOME}/state", headers={"If-None-Match": first.headers["etag"]}).status_code == 200


def test_a_page_is_packed_for_whoever_can_unpack_it(on_sqlite):
    packed = on_sqlite.get(HOME, headers={"Accept-Encoding": "gzip"})
    plain = on_sqlite.get(HOME, headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.text == plain.text
    assert packed.headers["etag"] != plain.headers["etag"]


def test_head_answers_as_get_without_the_page(on_sqlite):
    answer = on_sqlite.head(f"{HOME}/state")
    assert (answer.status_code, answer.content) == (200, b"")


def test_the_pages_are_the_same_on_postgresql(on_sqlite, postgresql_url):
    with client_of(postgresql_url) as client:
        tell(client)
        for address in PAGES:
            assert client.get(address).text == on_sqlite.get(address).text, address


def test_every_page_is_documented():
    told = (Path(__file__).parents[2] / "docs" / "pages.md").read_text(encoding="utf-8")
    routes = [route for router in PAGES_SERVED for route in router.routes if isinstance(route, Route)]
    assert len(routes) > 10
    for route in routes:
        assert f"`{route.path_format}`" in told, route.path_format


def test_addresses_of_the_interface_for_programs_answer_as_before(on_sqlite):
    answer = on_sqlite.get("/v1/timelines", headers={"Accept": "text/html"})
    assert answer.headers["content-type"] == "application/json"
    assert "content-security-policy" not in answer.headers


class TestTheState:
    def test_names_sources_in_footnotes(self, read):
        page = read(f"{HOME}/state?at=2024-03-10&known=2024-03-31")
        assert {"#note-1", "#note-2"} <= set(page.links)
        assert "https://example.org/acme/news" in page.links

    def test_shows_no_source_that_had_not_appeared(self, read):
        page = read(f"{HOME}/state?at=2024-03-10&known=2024-03-07")
        assert "https://example.org/acme/news" not in page.links

    def test_marks_what_a_correction_brought(self, read):
        assert "corrected 7 March 2024" in read(f"{HOME}/state?at=2024-03-10&known=2024-03-07").text
        assert "corrected" not in read(f"{HOME}/state?at=2024-03-10&known=2024-03-06").text

    def test_says_what_is_only_possible(self, read):
        assert "possible" in read(f"{HOME}/state?at=2024-03-10&known=2024-03-06").text
        assert "possible" not in read(f"{HOME}/state?at=2024-04-01&known=2024-03-06").text

    def test_steps_to_the_neighbouring_changes(self, read):
        page = read(f"{HOME}/state?at=2024-01-01")
        assert f"{HOME}/state?at=2024-03-04T00:00:00Z" in page.links

    def test_pins_every_clock_in_its_permanent_address_and_its_citation(self, read):
        page = read(f"{HOME}/state?at=2024-03-10&known=2024-03-31")
        pinned = f"{HOME}/state?at=2024-03-10&known=2024-03-31&revision=11&standing=reported"
        assert pinned in page.links
        assert (
            f"state on 10 March 2024, as known on 31 March 2024. Timeline, revision 11. http://testserver{pinned}"
            in page.text
        )
        assert "@misc{" in page.text
        assert '"version": "revision 11"' in page.text

    def test_leads_each_fact_to_its_history(self, read):
        page = read(f"{HOME}/state?at=2024-03-10&known=2024-03-31")
        assert f"{HOME}/facts?subject=acme&attribute=chief_executive&known=2024-03-31" in page.links


class TestADevelopment:
    def test_tells_how_it_came_to_read_as_it_does(self, read):
        text = read(f"{HOME}/developments/{DEVELOPMENT}").text
        assert text.index("First recorded") < text.index("Corrected: dates became more precise")
        assert "occurred 2024-03 → became 2024-03-04" in text

    def test_that_was_not_public_yet_gives_nothing_away(self, read):
        page = read(f"{HOME}/developments/{DEVELOPMENT}?known=2024-03-01")
        assert "Not public yet" in page.text
        assert "removes" not in page.text
        assert "First recorded" not in page.text
