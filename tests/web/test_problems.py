"""Whoever asks for a page and fails is told on a page; whoever asks for JSON gets the problem as ever."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.examples import TIMELINE
from api.problems import MEDIA_TYPE
from tests.http.story import settings_of
from tests.web.reading import read_page

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
HOME = f"/t/{TIMELINE}"


@pytest.mark.parametrize(
    ("address", "status", "field", "remedy"),
    [
        ("/t/nobody/state", 404, "timeline", "/v1/timelines"),
        ("/t/No Slug/state", 404, "timeline", "/v1/timelines"),
        (f"{HOME}/state?at=the+day+before", 422, "at", "hyphens"),
        (f"{HOME}/state?known=2030", 422, "known", "Ask about now or earlier"),
        (f"{HOME}/state?revision=99", 404, "revision", "Leave it out"),
        (f"{HOME}/state?when=2024", 422, "when", "known"),
        (f"{HOME}?from=2025&to=2024", 422, "from", "Swap"),
        (f"{HOME}?cursor=nonsense", 422, "cursor", "begin again"),
        (f"{HOME}/compare?from=2025&to=2024", 422, "from", "Swap"),
        (f"{HOME}/compare?to=2024", 422, "from", "Give"),
        (f"{HOME}/facts?attribute=chief", 422, "attribute", "chief_executive"),
        (f"{HOME}/graph?focus=acm", 422, "focus", "acme"),
        (f"{HOME}/graph?focus=No+Slug", 422, "focus", "lower-case letters"),
        (f"{HOME}/graph?section=bord", 422, "section", "board"),
        (f"{HOME}/graph?section=board&section=nonsense", 422, "section", "leadership"),
        (f"{HOME}/graph?section={'x' * 200}", 422, "section", "120 characters"),
        (f"{HOME}/graph?party=acme", 422, "party", "Did you mean"),
        (f"{HOME}/graph?at=4/5/2024", 422, "at", "hyphens"),
        (f"{HOME}/entities/acm", 404, "entity", "acme"),
        (f"{HOME}/developments/nothing", 404, "development", "developments"),
        (f"{HOME}/search?q=-acme", 422, "q", "Add a word"),
        (f"/embed/{TIMELINE}/state?section=bord", 422, "section", "board"),
        ("/nowhere", 404, None, "Follow the links"),
    ],
)
def test_a_failure_is_a_page_with_the_field_the_remedy_and_the_right_status(on_sqlite, address, status, field, remedy):
    answer = on_sqlite.get(address, headers=BROWSER)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    page = read_page(answer.text)
    assert page.mistakes == []
    assert remedy in page.text
    if field is not None:
        assert f" {field} " in page.text
    problem = on_sqlite.get(address, headers={"Accept": "application/json"})
    assert (problem.status_code, problem.headers["content-type"]) == (status, MEDIA_TYPE)


def test_the_interface_for_programs_never_answers_with_a_page(on_sqlite):
    for address in ("/v1/timelines/nobody", "/v1/nothing", "/oembed?url=x", "/static/site.css"):
        answer = on_sqlite.get(address, headers=BROWSER)
        assert (answer.status_code, answer.headers["content-type"]) == (404, MEDIA_TYPE), address


def test_what_a_page_cannot_be_asked_for_is_told_with_what_it_can(on_sqlite):
    answer = on_sqlite.put(f"{HOME}/state", headers=BROWSER)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
    assert "GET, HEAD" in read_page(answer.text).text


def test_head_of_a_failure_has_its_status_and_no_page(on_sqlite):
    answer = on_sqlite.head("/t/nobody/state", headers=BROWSER)
    assert (answer.status_code, answer.content) == (404, b"")


def test_even_a_failure_of_the_service_is_a_page(sqlite_url):
    unopened = TestClient(create_app(settings_of(sqlite_url)), raise_server_exceptions=False)
    answer = unopened.get("/", headers=BROWSER)
    assert answer.status_code == 500
    assert "tell whoever runs the service" in read_page(answer.text).text


def test_a_failure_about_a_timeline_leads_back_to_it(on_sqlite):
    page = read_page(on_sqlite.get(f"{HOME}/state?at=x", headers=BROWSER).text)
    assert HOME in page.links
    page = read_page(on_sqlite.get("/t/nobody/state", headers=BROWSER).text)
    assert "/t/nobody" not in page.links
