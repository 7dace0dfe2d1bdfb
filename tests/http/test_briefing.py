"""`GET /v1/timelines/{timeline}/briefing`: a state, or what differs between two, as prose with footnotes."""

from __future__ import annotations

import re

import pytest

from tests.http.story import HOME, head, write

BRIEFING = f"{HOME}/briefing"
KNOWN = "known=2024-04-10"


def test_a_state_as_markdown(client):
    answer = client.get(f"{BRIEFING}?at=2024-05-01&{KNOWN}")
    assert answer.headers["content-type"] == "text/markdown; charset=utf-8"
    assert answer.text == (
        "# Acme and Globex\n\n"
        f"*As of 1 May 2024, as known on 10 April 2024, revision {head(client)}: what is confirmed or reported.*\n\n"
        "## Leadership\n\n"
        "John Roe is chief executive of Acme, since 4 March 2024.[^1][^2]\n\n"
        "## Capital\n\n"
        "Reportedly, Globex invested about $2 billion in Acme in April 2024.[^3]\n\n"
        "[^1]: The Example Gazette, [Acme's chief executive is out](https://example.org/gazette/acme), 5 March 2024\n"
        "[^2]: Acme, [A change at the top](https://example.org/acme/news), 8 March 2024\n"
        "[^3]: The Example Gazette, [Globex backs Acme](https://example.org/gazette/globex), 2 April 2024\n"
    )


def test_a_difference_as_text(client):
    answer = client.get(f"{BRIEFING}?from=2024-02&to=2024-05-01&{KNOWN}", headers={"Accept": "text/plain"})
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text.startswith("ACME AND GLOBEX\n\nFrom 29 February 2024 to 1 May 2024, as known on 10 April 2024:")
    assert (
        "4 March 2024: Acme's board removes its chief executive. John Roe is chief executive of\nAcme. [1, 2]"
        in answer.text
    )


def test_what_a_retraction_took_away_is_told_as_such(client):
    answer = client.get(f"{BRIEFING}?known_from=2024-04-10&known_to=2024-05-01&at=2024-05-01")
    assert "**20 April 2024: Globex is said to invest in Acme (retracted).**" in answer.text
    assert "It is no longer held that Globex invested about $2 billion in Acme." in answer.text


def test_html_is_a_page_or_an_article(client):
    page = client.get(f"{BRIEFING}?{KNOWN}&format=html")
    article = client.get(f"{BRIEFING}?{KNOWN}&format=html-fragment")
    assert page.headers["content-type"] == article.headers["content-type"] == "text/html; charset=utf-8"
    assert page.text.startswith("<!doctype html>")
    assert article.text.startswith('<article class="briefing">')
    assert article.text in page.text
    assert '<a href="#note-1" id="mark-1">1</a>' in article.text
    assert '<a href="https://example.org/gazette/acme" rel="noopener noreferrer">' in article.text


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8"),
        ("*/*", "text/markdown; charset=utf-8"),
        ("text/markdown", "text/markdown; charset=utf-8"),
        ("text/plain", "text/plain; charset=utf-8"),
    ],
)
def test_a_browser_gets_a_page_and_a_program_markdown(on_sqlite, accept, media_type):
    assert on_sqlite.get(BRIEFING, headers={"Accept": accept}).headers["content-type"] == media_type


def test_whatever_the_record_says_is_text_and_never_markup(told):
    write(
        told,
        f"{HOME}/developments",
        {
            "slug": "hostile",
            "known": "2024-05-01",
            "content": {
                "title": "<script>alert(1)</script>",
                "occurred": "2024-05-01",
                "standing": "confirmed",
                "detail": {
                    "kind": "statement",
                    "speaker": "acme",
                    "topic": "the deal",
                    "claim": "<img src=x onerror=alert(1)> [x](javascript:alert(1)) *bold*",
                },
                "sources": [
                    {"publisher": "<b>P</b>", "title": "](javascript:alert(1))", "url": "https://example.org/(a)\"'<b>"}
                ],
            },
        },
    )
    for query in ("at=2024-05-02&known=2024-05-02", "from=2024-04&to=2024-05-02&known=2024-05-02"):
        html = told.get(f"{BRIEFING}?{query}&format=html").text
        assert "<script" not in html
        assert "<img" not in html
        assert "<b>" not in html
        assert 'href="javascript:' not in html
        markdown = told.get(f"{BRIEFING}?{query}").text
        assert re.search(r"(?<!\\)\]\(javascript:", markdown) is None
        assert "<img" not in markdown.replace("\\<", "")
        assert "\\*bold\\*" in markdown


def test_a_moment_of_which_nothing_is_known_has_a_briefing_too(on_sqlite):
    text = on_sqlite.get(f"{BRIEFING}?at=1999&format=text").text
    assert "The record has nothing to say about that moment." in text
    text = on_sqlite.get(f"{BRIEFING}?from=1999&to=2000&format=text").text
    assert "Nothing differs." in text


def test_it_has_a_strong_tag_and_is_for_good_where_every_clock_is_pinned(on_sqlite):
    address = f"{BRIEFING}?at=2024-05-01&{KNOWN}&revision=8"
    first = on_sqlite.get(address)
    assert first.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert on_sqlite.get(address, headers={"If-None-Match": first.headers["etag"]}).status_code == 304
    assert on_sqlite.head(address).headers == first.headers
    assert on_sqlite.get(f"{BRIEFING}?{KNOWN}").headers["cache-control"] == "no-cache"
    assert on_sqlite.get(first.headers["content-location"]).content == first.content
