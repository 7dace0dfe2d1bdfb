"""Every page in a real browser: readable for everyone, in light and dark, on paper and on a small phone."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from tests.browser.views import SMALL, VIEWS
from tests.browser.watching import PHONE

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

UNFOLDED = """() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
    for (const year of document.querySelectorAll(".year")) year.style.contentVisibility = "visible";
}"""
"""Everything shown that a reader can come to see, laid out as it is then."""


@cache
def axe() -> str:
    return (Path(__file__).parent.parent / "vendor" / "axe" / "axe.min.js").read_text(encoding="utf-8")


def violations(page, only: list[str]) -> list[str]:
    """What axe finds wrong, each with the places; it is run beside the page's own scripts, which the policy allows."""
    found = page.evaluate(
        "only => axe.run({runOnly: {type: only.length === 1 ? 'rule' : 'tag', values: only}, resultTypes: ['violations']})",
        only,
    )
    return [
        f"{item['id']}: {item['help']}: {[node['html'][:120] for node in item['nodes'][:3]]}"
        for item in found["violations"]
    ]


@pytest.mark.parametrize("name", SMALL)
def test_is_for_everyone_in_light_and_dark(look, name):
    page = look(SMALL[name])
    page.evaluate(UNFOLDED)
    page.evaluate(axe())
    assert violations(page, RULES) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, ["color-contrast"]) == []


def test_no_page_has_to_be_scrolled_sideways_on_a_phone(look):
    for name, address in SMALL.items():
        page = look(address, viewport=PHONE)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], name


def test_on_paper_nothing_is_left_that_can_only_be_clicked(show):
    page = show(VIEWS["state"])
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    for gone in (".masthead", ".ask", ".steps", ".contents"):
        assert not page.locator(gone).first.is_visible(), gone


@pytest.mark.parametrize("name", ["timeline", "state-today", "plots", "graph-today"])
def test_the_first_view_is_small(show, seen, name):
    show(VIEWS[name]).wait_for_load_state("networkidle")
    assert 20_000 < seen.transferred < 300_000
