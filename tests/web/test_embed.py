"""Embedding: what oEmbed tells of the page of a state, and what it has nothing to tell of."""

from __future__ import annotations

import pytest

from api.examples import TIMELINE
from tests.http.story import client_of, tell
from tests.web.reading import read_page

PAGE = f"http://testserver/t/{TIMELINE}/state"


def told(client, url, **more):
    answer = client.get("/oembed", params={"url": url, **more})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_page_of_a_state_leads_to_its_oembed(on_sqlite):
    page = read_page(on_sqlite.get(f"{PAGE}?at=2024-03-10").text)
    (found,) = [item["href"] for item in page.all("link") if item.get("type") == "application/json+oembed"]
    body = on_sqlite.get(found).json()
    frame = read_page(body["html"]).all("iframe")[0]
    assert (body["version"], body["type"], body["width"], body["height"]) == ("1.0", "rich", 640, 480)
    assert "John Roe is chief executive of Acme" in on_sqlite.get(frame["src"]).text


def test_a_frame_is_no_larger_than_it_may_be(on_sqlite):
    body = told(on_sqlite, PAGE, maxwidth=300, maxheight=250)
    assert (body["width"], body["height"]) == (300, 250)
    assert 'width="300" height="250"' in body["html"]


def test_a_section_alone_can_be_embedded(on_sqlite):
    body = told(on_sqlite, f"{PAGE}?at=2024-03-10&section=leadership")
    assert f"/embed/{TIMELINE}/state?at=2024-03-10&amp;section=leadership" in body["html"]


@pytest.mark.parametrize(
    "url",
    [
        "x",
        "http://[",
        f"http://example.org/t/{TIMELINE}/state",
        f"http://testserver/t/{TIMELINE}",
        "http://testserver/t/nobody/state",
        f"{PAGE}?at=never",
    ],
)
def test_what_is_no_state_here_cannot_be_embedded(on_sqlite, url):
    answer = on_sqlite.get("/oembed", params={"url": url})
    assert answer.status_code == 404
    assert answer.json()["errors"][0]["field"] == "url"


def test_a_service_under_a_path_links_within_it_and_cites_its_public_address(sqlite_url):
    with client_of(sqlite_url, base_url="https://example.org/history/") as client:
        tell(client)
        page = read_page(client.get(f"/t/{TIMELINE}/state?at=2024-03-10&known=2024-03-31&revision=11").text)
        body = told(client, f"https://example.org/history/t/{TIMELINE}/state")
    assert all(link.startswith(("/history/", "#", "https://example.org/")) for link in page.links)
    assert f"https://example.org/history/t/{TIMELINE}/state?at=2024-03-10" in page.text
    assert f'src="https://example.org/history/embed/{TIMELINE}/state"' in body["html"]
