"""The timeline page as people use it: two handles, a drawing that is read and moved, and the state that follows."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Request, ViewportSize, expect

from tests.browser.drawn import DAY_MS, addressed, grip, handle, misplaced, redrawn, stands, view, x_of
from tests.browser.views import HOME
from tests.browser.watching import PHONE, WIDE

Open = Callable[..., Page]


def drag(page: Page, name: str, day: str) -> None:
    x, y = grip(page, name)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move((x + x_of(page, day)) / 2, y, steps=5)
    page.mouse.move(x_of(page, day), y, steps=5)
    page.mouse.up()


def beside(page: Page) -> Locator:
    return page.locator("[data-beside]")


def test_dragging_the_handle_to_19_november_2023_shows_mira_murati(show: Open) -> None:
    page = show(f"{HOME}?span=2023-10/2023-12&at=2023-10-20&known=2023-10-20")
    expect(beside(page)).to_contain_text("Sam Altman is chief executive of OpenAI")
    drag(page, "at", "2023-11-19")
    expect(handle(page)).to_have_attribute("aria-valuetext", "19 November 2023")
    expect(beside(page)).to_contain_text("Mira Murati (interim) is chief executive of OpenAI")
    expect(beside(page)).not_to_contain_text("Sam Altman is chief executive of OpenAI")
    expect(beside(page).get_by_role("heading", level=2)).to_have_text("The state on 19 November 2023")
    addressed(page, r"at=2023-11-19&known=2023-11-19")
    expect(page.locator("[data-chronicle]")).to_contain_text("as known that day")


def test_the_shared_address_shows_the_same(show: Open) -> None:
    page = show(f"{HOME}?at=2023-11-18&known=2023-11-18")
    handle(page).press("ArrowRight")
    addressed(page, "at=2023-11-19")
    expect(beside(page)).to_contain_text("Mira Murati (interim) is chief executive of OpenAI")
    told = page.locator("[data-known-text]").inner_text()
    again = show(page.url, java_script_enabled=False)
    assert told == again.locator("[data-known-text]").inner_text()
    assert re.search(r": \d+ facts", told)


def test_with_the_clocks_apart_the_investment_of_2021_vanishes_at_known_2022(show: Open) -> None:
    page = show(f"{HOME}?at=2021-12-31")
    expect(page.get_by_role("button", name="Separate the clocks")).to_have_attribute("aria-pressed", "true")
    money = beside(page).locator('[data-section="capital"]')
    money.locator("summary").click()
    said = money.get_by_text(re.compile(r"Microsoft invested .*\$2 billion|about \$2 billion"))
    expect(said.first).to_be_visible()
    handle(page, "known").focus()
    drag(page, "known", "2022-06-30")
    expect(handle(page, "known")).to_have_attribute("aria-valuetext", re.compile("2022"))
    expect(handle(page, "at")).to_have_attribute("aria-valuetext", "31 December 2021")
    expect(said).to_have_count(0)
    addressed(page, r"at=2021-12-31&known=2022")
    page.get_by_role("button", name="Separate the clocks").click()
    expect(handle(page, "known")).to_be_hidden()
    addressed(page, r"at=2021-12-31&known=2021-12-31")


def test_the_keyboard_alone_is_enough(show: Open) -> None:
    page = show(f"{HOME}?at=2023-11-16&known=2023-11-16")
    slider = page.get_by_role("slider", name="What was true and known on")
    slider.focus()
    for key, day in (
        ("ArrowRight", "17 November 2023"),
        ("ArrowDown", "16 November 2023"),
        ("PageUp", "16 December 2023"),
        ("PageDown", "16 November 2023"),
        ("End", "20 November 2026"),
    ):
        page.keyboard.press(key)
        expect(slider).to_have_attribute("aria-valuetext", day)
    page.keyboard.press("Home")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("201[34]"))
    page.keyboard.press("End")
    page.wait_for_url(lambda address: not re.search("[?&]at=", address), wait_until="commit")
    before = redrawn(page, (0, 0))
    page.get_by_role("region", name=re.compile("^The drawing")).focus()
    page.keyboard.press("+")
    closer = redrawn(page, before)
    assert closer[1] - closer[0] < before[1] - before[0]
    focused = "document.activeElement.getAttribute('aria-label')"
    page.keyboard.press("Tab")
    first = page.evaluate(focused)
    page.keyboard.press("ArrowRight")
    assert first
    assert page.evaluate(focused) not in {None, first}
    for _ in range(60):
        if page.evaluate("document.activeElement.matches('.cluster[data-zoom]')"):
            break
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    redrawn(page, closer)
    assert page.evaluate("document.querySelector('[data-scroller]').contains(document.activeElement)")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    addressed(page, "/developments/|/facts")


def test_the_buttons_lead_to_the_neighbouring_changes(show: Open) -> None:
    page = show(f"{HOME}?at=2023-11-19&known=2023-11-19")
    page.get_by_role("button", name="Next change").click()
    expect(handle(page)).to_have_attribute("aria-valuetext", "20 November 2023")
    page.get_by_role("button", name="Previous change").click()
    expect(handle(page)).to_have_attribute("aria-valuetext", "19 November 2023")


def test_a_press_in_the_plane_sets_both_clocks(show: Open) -> None:
    page = show(f"{HOME}?at=2021-12-31")
    box = page.locator("[data-plane] svg").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * 0.55, box["y"] + box["height"] * 0.2)
    addressed(page, r"at=20\d\d-\d\d-\d\d&known=202\d-\d\d-\d\d")
    x, y = page.evaluate("['at', 'known'].map(n => document.querySelector(`[data-handle=${n}]`).ariaValueNow)")
    assert int(x) < int(y)


def test_zoom_and_pan_by_mouse_and_links(show: Open) -> None:
    page = stands(show(HOME))
    start = view(page)
    page.get_by_role("link", name="Closer", exact=True).click()
    closer = redrawn(page, start)
    assert abs((closer[1] - closer[0]) * 2 - (start[1] - start[0])) < 6 * DAY_MS
    box = page.locator("[data-scroller]").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 500, box["y"] + 4)
    page.mouse.down()
    page.mouse.move(box["x"] + 300, box["y"] + 4, steps=6)
    page.mouse.up()
    moved = redrawn(page, closer)
    assert moved[0] > closer[0]
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    zoomed = redrawn(page, moved)
    assert zoomed[1] - zoomed[0] < moved[1] - moved[0]
    page.get_by_role("link", name="Everything", exact=True).click()
    whole = redrawn(page, zoomed)
    assert whole[0] <= start[0]


def test_what_shares_a_mark_is_opened_by_a_click(show: Open) -> None:
    page = stands(show(f"{HOME}?span=2023"))
    before = view(page)
    shared = page.locator(".cluster[data-zoom]").first
    first, last = re.findall(r"\d+ \w+ \d{4}", shared.get_attribute("aria-label") or "")
    shared.click()
    closer = redrawn(page, before)
    assert closer[1] - closer[0] < before[1] - before[0]
    for day in (first, last):
        assert closer[0] <= page.evaluate("day => Date.parse(`${day} UTC`)", day) <= closer[1]


def test_searching_dims_the_rest(show: Open) -> None:
    page = show(HOME)
    page.get_by_label("Words of a title").fill("board")
    expect(page.locator("[data-place]")).to_contain_text(re.compile(r"\d+ developments? fits?"))
    assert page.locator(".spot.is-dim").count() > page.locator(".spot:not(.is-dim)").count() > 0
    addressed(page, "find=board")


def test_without_scripts_the_drawing_is_there_with_its_links(show: Open) -> None:
    page = show(f"{HOME}?at=2023-11-19&span=2023", java_script_enabled=False)
    assert page.locator("svg.lanes a.spot").count() > 30
    assert page.locator("svg.lanes a.course").count() > 10
    assert page.locator(".hair-at").count() == 1
    expect(handle(page)).to_be_hidden()
    page.get_by_role("link", name="Closer", exact=True).click()
    addressed(page, "span=2023-")
    expect(page.locator(".in-view")).to_contain_text("2023")


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_no_name_runs_into_another(look: Open, viewport: ViewportSize) -> None:
    for span in ("", "?span=2023-11-10/2023-11-30", "?span=2014/2027"):
        found, names = misplaced(stands(look(HOME + span, viewport=viewport)))
        assert found == []
        assert names > 30


def test_scrubbing_touches_a_mark_once_and_asks_one_question_at_a_time(show: Open) -> None:
    """What keeps frames short, whatever the machine; how short they are `python -m bench.scrubbing` measures."""
    page = stands(show(HOME))
    asked = {"open": 0, "most": 0, "all": 0}

    def ask(request: Request, by: int) -> None:
        if request.url.split("?")[0].endswith("/state"):
            asked["open"] += by
            asked["most"] = max(asked["most"], asked["open"])
            asked["all"] += by > 0

    # A hand that rests, as it may on a busy machine, has everything drawn anew, and that touches every mark.
    page.route("**/drawing?*", lambda route: route.abort())
    page.on("request", lambda request: ask(request, 1))
    page.on("requestfinished", lambda request: ask(request, -1))
    _, y = grip(page)
    page.mouse.move(x_of(page, "2026-11-19"), y)
    page.mouse.down()
    page.evaluate(
        """() => {
            window.touched = new Map();
            const note = changes => changes.forEach(({ target }) => touched.set(target, (touched.get(target) ?? 0) + 1));
            new MutationObserver(note).observe(document.querySelector("[data-place]"), { attributes: true, subtree: true });
        }"""
    )
    page.mouse.move(x_of(page, "2021-01-01"), y, steps=60)
    expect(handle(page)).to_have_attribute("aria-valuetext", re.compile("2021|December 2020"))
    touched, often = page.evaluate("[touched.size, Math.max(...touched.values())]")
    page.mouse.up()
    addressed(page, "at=202[01]")
    assert touched > 100, "what was not known yet was not hidden"
    assert often == 1
    assert asked["all"] > 1
    assert asked["most"] == 1
