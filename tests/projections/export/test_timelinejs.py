"""Developments as slides, drawn by TimelineJS itself (tests/vendor/timelinejs) in a real browser."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.chromium import opened
from tests.projections.export.conftest import BASE, HEAD, NASTY, TITLE

VENDOR = Path(__file__).resolve().parents[2] / "vendor" / "timelinejs"
PAGE = b"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Drawn</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/css/timeline.css"><script src="/js/timeline.js"></script>
<style>html, body { margin: 0; height: 100% } #drawn { height: 100% }</style></head>
<body><div id="drawn"></div><script>
fetch("/slides.json").then(answer => answer.json()).then(slides => {
  window.drawn = new TL.Timeline("drawn", slides, {font: null, script_path: "/js/", duration: 0});
});
</script></body></html>"""


class Serving(SimpleHTTPRequestHandler):
    """The page, the slides, and the files of TimelineJS."""

    slides = b""

    def do_GET(self):
        own = {"/": (PAGE, "text/html"), "/slides.json": (self.slides, "application/json")}.get(self.path)
        if own is None:
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Type", own[1])
        self.end_headers()
        self.wfile.write(own[0])
        return None

    def log_message(self, *_):
        pass


@pytest.fixture
def served(exported) -> Iterator[str]:
    """The address of a page on which TimelineJS draws the export."""
    handler = type("ServingSlides", (Serving,), {"slides": exported("timelinejs").read_bytes()})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(VENDOR))) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture
def slides(exported):
    def read(*basis: str, **more: str):
        body = json.loads(exported("timelinejs", *basis, **more).read_bytes())
        return {slide["unique_id"]: slide for slide in body["events"]}

    return read


def test_timelinejs_draws_every_development_and_asks_nobody_else(served, slides):
    expected = slides()
    with opened(served) as browser:
        page = browser.page
        page.goto(served)
        page.wait_for_selector(".tl-timemarker", state="attached")
        drawn = page.locator(".tl-timemarker").evaluate_all("markers => markers.map(marker => marker.id)")
        assert drawn == [f"{slug}-marker" for slug in expected]
        page.wait_for_function("window.drawn && window.drawn.ready")
        page.evaluate("slug => window.drawn.goToId(slug)", NASTY)
        headline = page.locator(f"[id='{NASTY}'] .tl-headline")
        headline.wait_for()
        assert headline.inner_text() == TITLE, "what looks like a script is text"
        assert page.locator(f"[id='{NASTY}'] .tl-headline-date").inner_text() == "about January 2012"
        links = page.locator(f"[id='{NASTY}'] .tl-text-content a").evaluate_all("all => all.map(one => one.href)")
        assert links == [
            f"{BASE}/v1/timelines/tiny/developments/{NASTY}?known=2013-12-31&revision={HEAD}",
            "https://o.example/?a=1&b=2,3",
        ]
        assert page.locator(f"[id='{NASTY}'] :is(script, img)").count() == 0
        assert browser.refused == []
        assert browser.errors == []
        assert {"slides.json", "js/timeline.js"} <= set(browser.asked)


def test_a_slide_has_a_date_no_more_precise_than_is_known(slides):
    found = slides()
    assert found["2010-03-01-first-investment"]["start_date"] == {"year": 2010, "month": 3, "day": 1}
    assert found[NASTY]["start_date"] == {"year": 2012, "month": 1}
    before = slides("2010-03", "2010-03")
    assert before["2010-03-01-board-seat"]["start_date"] == {"year": 2010, "month": 3}, "the day was not known yet"


@pytest.mark.parametrize(
    ("occurred", "dates", "shown"),
    [
        (
            "2012-05-04T20:28:05+02:00",
            {"start_date": {"year": 2012, "month": 5, "day": 4, "hour": 18, "minute": 28, "second": 5}},
            "4 May 2012, 18:28 UTC",
        ),
        ("2012?", {"start_date": {"year": 2012}}, "2012 (uncertain)"),
        ("2012-05-XX", {"start_date": {"year": 2012, "month": 5}}, "May 2012"),
        (
            "2012/2013-02-03",
            {"start_date": {"year": 2012}, "end_date": {"year": 2013, "month": 2, "day": 3}},
            "2012 to 3 February 2013",
        ),
        ("2012-05/..", {"start_date": {"year": 2012, "month": 5}}, "from May 2012"),
        ("../2012-05", {"start_date": {"year": 2012, "month": 5}}, "until May 2012"),
        (
            "201X",
            {"start_date": {"year": 2010, "month": 1, "day": 1}, "end_date": {"year": 2019, "month": 12, "day": 31}},
            "2010s",
        ),
    ],
)
def test_every_sort_of_date_can_be_drawn(occurred, dates, shown):
    from projections.export.calendar import in_words
    from projections.export.timelinejs import _dates
    from timeline.dates import parse_date

    assert _dates(parse_date(occurred)) == dates
    assert in_words(parse_date(occurred)) == shown


def test_nobody_who_reads_slides_is_sent_to_fetch_anything(slides):
    assert all("media" not in slide and "background" not in slide for slide in slides().values())
