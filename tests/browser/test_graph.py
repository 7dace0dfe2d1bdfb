"""The graph as people use it: what they point at stands out, the keyboard leads through it, and all of it can be read."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.views import HOME, THEN, VIEWS
from tests.browser.watching import PHONE, WIDE

Open = Callable[..., Page]
GRAPH = VIEWS["graph"]
PLAIN = {"java_script_enabled": False}


def party(page: Page, slug: str) -> Locator:
    return page.locator(f'svg.graph a[data-party="{slug}"]')


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.dataset.party ?? document.activeElement.tagName")


def test_pointing_at_a_party_makes_its_neighbours_stand_out(show: Open) -> None:
    page = show(GRAPH)
    party(page, "doe-v-github").hover()
    expect(page.locator("svg.graph")).to_have_class(re.compile("is-looking"))
    near = page.evaluate("[...document.querySelectorAll('a.is-near[data-party]')].map(a => a.dataset.party).sort()")
    assert near == ["copilot-plaintiffs", "doe-v-github", "github", "microsoft", "openai"]
    assert page.locator(".wire.is-near").count() == 2
    assert float(party(page, "chatgpt").evaluate("a => getComputedStyle(a).opacity")) < 0.5
    page.mouse.move(2, 2)
    expect(page.locator("svg.graph")).not_to_have_class(re.compile("is-looking"))


def enter(page: Page) -> None:
    page.get_by_role("region", name="Drawing").focus()
    page.keyboard.press("Tab")


def middle(page: Page) -> tuple[float, float]:
    """Where the party that has the focus stands."""
    box = party(page, focused(page)).bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_one_press_of_tab_enters_the_drawing_at_a_centre_and_the_next_leaves_it(show: Open) -> None:
    page = show(GRAPH)
    enter(page)
    assert focused(page) == "microsoft"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('svg.graph')") is None
    page.keyboard.press("Shift+Tab")
    assert focused(page) == "microsoft"


def test_arrow_keys_lead_from_party_to_party_and_show_who_is_near(show: Open) -> None:
    page = show(GRAPH)
    enter(page)
    expect(page.locator("svg.graph")).to_have_class(re.compile("is-looking"))
    for key, axis, sign in (("ArrowRight", 0, 1), ("ArrowDown", 1, 1), ("ArrowLeft", 0, -1), ("ArrowUp", 1, -1)):
        before, name = middle(page), focused(page)
        page.keyboard.press(key)
        assert focused(page) != name
        assert (middle(page)[axis] - before[axis]) * sign > 0
        seen = "getComputedStyle(document.activeElement.querySelector('rect')).strokeWidth"
        assert page.evaluate(seen) == "3px", "what has the focus is seen"
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/entities/"))


def test_it_is_drawn_larger_and_smaller(show: Open) -> None:
    page = show(GRAPH)
    wide = "document.querySelector('svg.graph').getBoundingClientRect().width"
    before = page.evaluate(wide)
    page.get_by_role("button", name="Larger").click()
    assert page.evaluate(wide) > before * 1.2
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDE["width"]
    page.get_by_role("button", name="All of it").click()
    assert abs(page.evaluate(wide) - before) < 1
    page.get_by_role("region", name="Drawing").focus()
    page.keyboard.press("+")
    assert page.evaluate(wide) > before * 1.2


def test_a_mouse_drags_it_and_opens_nothing_by_that(show: Open) -> None:
    page = show(GRAPH)
    for _ in range(3):
        page.get_by_role("button", name="Larger").click()
    party(page, "microsoft").scroll_into_view_if_needed()
    box = party(page, "microsoft").bounding_box()
    assert box is not None
    before = page.evaluate("document.querySelector('[data-graph]').scrollLeft")
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] - 90, box["y"] + 10, steps=5)
    page.mouse.up()
    assert page.evaluate("document.querySelector('[data-graph]').scrollLeft") > before + 50
    expect(page).to_have_url(re.compile(re.escape(GRAPH) + "$"))


def test_without_scripts_it_is_asked_narrowed_and_followed(show: Open) -> None:
    page = show(f"{HOME}/graph", **PLAIN)
    page.get_by_label("What was true on").fill("19 November 2023")
    page.get_by_label("As it was known on").fill("19 November 2023")
    page.get_by_label("Board", exact=True).check()
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page).to_have_url(re.compile(re.escape(f"{HOME}/graph?{THEN}&section=board") + "$"))
    expect(page.locator("#list ~ .related .statement", has_text="Helen Toner sits on the board")).to_be_visible()
    expect(page.get_by_role("button", name="Larger")).to_be_hidden()
    party(page, "helen-toner").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Helen Toner")
    page.get_by_role("link", name="Its relations, drawn").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Helen Toner and its relations")


def test_a_line_leads_to_the_history_of_its_fact_and_several_to_the_list(show: Open) -> None:
    page = show(GRAPH, **PLAIN)
    page.locator("svg.graph .sign", has_text="Cloud provider").first.click()
    expect(page).to_have_url(re.compile("/facts\\?subject=openai&attribute=cloud_provider&object=microsoft"))
    page.go_back()
    page.locator("svg.graph .sign", has_text="Investment").first.click()
    expect(page.locator(".bundle:target")).to_contain_text("Microsoft invested $1 billion in OpenAI")


OVERLAPS = """() => {
    const boxes = [...document.querySelectorAll("svg.graph text")].map(text => {
        const { x, y, width, height } = text.getBoundingClientRect();
        return { text: text.textContent, x, y, width, height };
    });
    const paper = document.querySelector("svg.graph").getBoundingClientRect();
    const found = [];
    boxes.forEach((a, i) => {
        if (a.x < paper.x || a.x + a.width > paper.right + 0.5) found.push(`cut: ${a.text}`);
        for (const b of boxes.slice(i + 1)) {
            const wide = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
            const high = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
            if (wide > 0.5 && high > 4) found.push(`${a.text} | ${b.text}`);
        }
    });
    for (const rect of document.querySelectorAll(".party:not(.is-listed, .is-heading) > rect")) {
        const text = rect.nextElementSibling, own = rect.getBoundingClientRect(), told = text.getBoundingClientRect();
        if (told.x < own.x || told.right > own.right) found.push(`out of its box: ${text.textContent}`);
    }
    return { found, count: boxes.length };
}"""


@pytest.mark.parametrize("asked", ["at=2019-08", "at=2023-11-19", "", "focus=openai", "section=regulatory"])
def test_no_words_run_into_others_or_out_of_their_box(look: Open, asked: str) -> None:
    page = look(f"{HOME}/graph?{asked}" if asked else f"{HOME}/graph")
    told = page.evaluate(OVERLAPS)
    assert told["found"] == []
    assert told["count"] > 10


def test_on_a_phone_it_scrolls_within_itself_and_begins_with_a_centre(show: Open) -> None:
    page = show(GRAPH, viewport=PHONE, has_touch=True, is_mobile=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    size = page.evaluate(
        "parseFloat(getComputedStyle(document.querySelector('.who')).fontSize) * "
        "document.querySelector('svg.graph').getScreenCTM().a"
    )
    assert size >= 9.5
    assert page.evaluate("document.querySelector('[data-graph]').scrollLeft") > 50
    page.get_by_role("link", name="The same as a list").click()
    expect(page.get_by_role("heading", name="Party by party")).to_be_in_viewport()


def test_on_paper_the_whole_drawing_fits_and_the_list_follows(show: Open) -> None:
    page = show(GRAPH)
    page.get_by_role("button", name="Larger").click()
    page.set_viewport_size({"width": 700, "height": 1000})
    page.emulate_media(media="print")
    box = page.locator("svg.graph").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 700
    assert not page.locator("[data-tools]").is_visible()
    assert page.get_by_role("heading", name="Party by party").is_visible()


def test_forced_colours_leave_lines_and_boxes_to_be_seen(show: Open) -> None:
    page = show(GRAPH, forced_colors="active")
    assert page.locator("svg.graph .line").first.evaluate("line => getComputedStyle(line).stroke") != "none"
    assert page.locator("svg.graph .is-plain > rect").first.evaluate("box => getComputedStyle(box).stroke") != "none"
