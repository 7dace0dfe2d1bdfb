"""Five thousand developments in one timeline: still read, still small, still opened by a click or a plain link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE_MS
from tests.browser.crowd import CROWD, MANY, crowded
from tests.browser.drawn import misplaced, redrawn, stands, view
from tests.browser.serving import served
from tests.browser.test_every_page import RULES, axe, violations
from tests.browser.watching import PHONE, WIDE, Seen

HOME = f"/t/{CROWD}"
EVERYTHING = f"{HOME}?span=2007/2027"
MOST_ELEMENTS = 3_000
"""In the drawing, however many developments there are."""


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(crowded(tmp_path_factory.mktemp("crowd") / "timeline.db")) as address:
        yield address


@pytest.fixture
def page(browser: Browser, crowd: str) -> Iterator[Page]:
    context = browser.new_context(base_url=crowd, viewport=WIDE)
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


def counts(page: Page) -> list[int]:
    """How many developments each mark of several stands for."""
    labels = page.locator(".cluster").evaluate_all("marks => marks.map(mark => mark.getAttribute('aria-label'))")
    return [int(label.split()[0].replace(",", "")) for label in labels]


def test_everything_is_counted_nothing_overlaps_and_it_stays_small(page: Page, crowd: str) -> None:
    seen = Seen(urlsplit(crowd).netloc)
    seen.watch(page)
    page.goto(EVERYTHING)
    for viewport in (WIDE, PHONE):
        page.set_viewport_size(viewport)
        stands(page)
        assert sum(counts(page)) + page.locator(".spot:not(.cluster)").count() == MANY
        assert misplaced(page)[0] == []
        assert page.locator("[data-picture] *").count() < MOST_ELEMENTS
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    assert page.locator("*").count() < 4 * MOST_ELEMENTS
    assert seen.transferred < 300_000, "with the drawing for both windows"
    assert seen.complaints == []


def test_counts_are_for_everyone_in_light_and_dark(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{EVERYTHING}&at=2007&from=2026-11-18")
    stands(page).evaluate(axe())
    assert violations(page, RULES) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, ["color-contrast"]) == []


def test_in_a_storm_no_name_runs_into_another(page: Page) -> None:
    page.goto(f"{HOME}?span=2023-11-14/2023-11-22&at=2007&from=2026-11-18")
    found, names = misplaced(stands(page))
    assert found == []
    assert names > 100


def test_a_count_opens_its_period_until_the_developments_are_seen_or_listed(page: Page) -> None:
    page.goto(f"{HOME}?span=2007/2027")
    stands(page)
    fullest = page.locator('.cluster[aria-label*="(cloud deal)"]').last
    label = fullest.get_attribute("aria-label") or ""
    assert "between 1 January 2026 and 31 December 2026" in label
    whole = view(page)
    fullest.click()
    year = redrawn(page, whole)
    assert year == (1767225600000, 1798761599999)
    assert max(counts(page)) < int(label.split()[0])


def test_without_scripts_links_lead_from_everything_to_a_list(browser: Browser, crowd: str) -> None:
    context = browser.new_context(base_url=crowd, viewport=WIDE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{EVERYTHING}&at=2007")
    listed = re.compile(r"from=\d{4}-\d\d-\d\d&to=")
    for _ in range(12):
        label, address = max(
            page.locator('.cluster[aria-label*="(leadership)"]').evaluate_all(
                "marks => marks.map(mark => [mark.getAttribute('aria-label'), mark.getAttribute('href')])"
            ),
            key=lambda mark: int(mark[0].split()[0]),
        )
        page.goto(address)
        if listed.search(address):
            break
    assert listed.search(address), "looking closer never ended"
    expect(page.locator(".entry-kind").first).to_have_text("Leadership")
    assert page.locator(".entry").count() >= int(label.split()[0])
    context.close()


def test_a_long_section_beside_says_how_much_more_there_is(page: Page) -> None:
    page.goto(HOME)
    section: Any = page.locator('[data-section="capital"]')
    section.locator("summary").click()
    expect(section.locator("li")).to_have_count(60)
    more = section.get_by_role("link", name=re.compile("more facts$"))
    before = more.inner_text()
    page.get_by_role("button", name="Separate the clocks").focus()
    page.locator('[data-handle="at"]').press("PageDown")
    expect(more).not_to_have_text(before)
    expect(section.locator("li")).to_have_count(60)
    expect(more).to_have_attribute("href", re.compile(rf"{HOME}/state\?at=2026-10-20&known=2026-10-20#capital$"))
