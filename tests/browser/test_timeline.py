"""The timeline page as people use it: two handles, a drawing that is read and moved, and the state that follows."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.views import HOME
from tests.browser.watching import PHONE, WIDE, Seen

expect.set_options(timeout=15_000)

DAY_MS = 86_400_000
SMOOTH_MS = 100

Open = Callable[..., Page]


def handle(page: Page, name: str = "at") -> Locator:
    return page.locator(f'[data-handle="{name}"]')


def x_of(page: Page, day: str) -> float:
    """Where noon of a day lies in the window."""
    return page.evaluate(
        """day => {
            const told = document.querySelector("[data-picture]").dataset;
            const part = (Date.parse(day) + 43_200_000 - told.start) / (told.end - told.start);
            const left = document.querySelector("[data-place]").getBoundingClientRect().left;
            return left + Number(told.left) + part * (told.right - told.left);
        }""",
        day,
    )


def drag(page: Page, name: str, day: str) -> None:
    box = handle(page, name).locator(".flag").bounding_box()
    assert box is not None
    grip = page.evaluate(
        "handle => new DOMMatrix(getComputedStyle(handle).transform).e + handle.parentElement.getBoundingClientRect().x",
        handle(page, name).element_handle(),
    )
    y = box["y"] + box["height"] / 2
    page.mouse.move(grip, y)
    page.mouse.down()
    page.mouse.move((grip + x_of(page, day)) / 2, y, steps=5)
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
    expect(page).to_have_url(re.compile(r"at=2023-11-19&known=2023-11-19"))
    expect(page.locator("[data-chronicle]")).to_contain_text("as known that day")


def test_the_shared_address_shows_the_same(show: Open) -> None:
    page = show(f"{HOME}?at=2023-11-18&known=2023-11-18")
    handle(page).press("ArrowRight")
    expect(page).to_have_url(re.compile("at=2023-11-19"))
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
    expect(page).to_have_url(re.compile(r"at=2021-12-31&known=2022"))
    page.get_by_role("button", name="Separate the clocks").click()
    expect(handle(page, "known")).to_be_hidden()
    expect(page).to_have_url(re.compile(r"at=2021-12-31&known=2021-12-31"))


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
    expect(page).not_to_have_url(re.compile("[?&]at="))
    page.wait_for_load_state("networkidle")
    region = page.get_by_role("region", name=re.compile("^The drawing"))
    region.focus()
    before = page.locator("[data-picture]").get_attribute("data-start")
    page.keyboard.press("+")
    expect(page).to_have_url(re.compile("span="))
    expect(page.locator(f'[data-picture][data-start="{before}"]')).to_have_count(0)
    page.wait_for_load_state("networkidle")
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("ArrowRight")
    second = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert first
    assert second not in {None, first}
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/developments/|/facts|span="))


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
    expect(page).to_have_url(re.compile(r"at=20\d\d-\d\d-\d\d&known=202\d-\d\d-\d\d"))
    x, y = page.evaluate("['at', 'known'].map(n => document.querySelector(`[data-handle=${n}]`).ariaValueNow)")
    assert int(x) < int(y)


def test_zoom_and_pan_by_mouse_and_links(show: Open) -> None:
    page = show(HOME)
    page.wait_for_load_state("networkidle")

    def view() -> list[int]:
        return page.evaluate("(({start, end}) => [+start, +end])(document.querySelector('[data-picture]').dataset)")

    def settled(before: list[int]) -> list[int]:
        expect(page.locator(f'[data-picture][data-start="{before[0]}"][data-end="{before[1]}"]')).to_have_count(0)
        page.wait_for_load_state("networkidle")
        return view()

    start = view()
    page.get_by_role("link", name="Closer", exact=True).click()
    closer = settled(start)
    assert abs((closer[1] - closer[0]) * 2 - (start[1] - start[0])) < 6 * DAY_MS
    box = page.locator("[data-scroller]").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 500, box["y"] + 4)
    page.mouse.down()
    page.mouse.move(box["x"] + 300, box["y"] + 4, steps=6)
    page.mouse.up()
    moved = settled(closer)
    assert moved[0] > closer[0]
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    zoomed = settled(moved)
    for _ in range(100):  # where the machine is slow, the last of the panning may still arrive first
        if zoomed[1] - zoomed[0] < moved[1] - moved[0]:
            break
        page.wait_for_timeout(50)
        zoomed = view()
    assert zoomed[1] - zoomed[0] < moved[1] - moved[0]
    page.get_by_role("link", name="Everything", exact=True).click()
    whole = settled(zoomed)
    assert whole[0] <= start[0]


def test_searching_dims_the_rest(show: Open) -> None:
    page = show(HOME)
    page.get_by_label("Words of a title").fill("board")
    expect(page.locator("[data-place]")).to_contain_text(re.compile(r"\d+ developments? fits?"))
    assert page.locator(".spot.is-dim").count() > page.locator(".spot:not(.is-dim)").count() > 0
    expect(page).to_have_url(re.compile("find=board"))


def test_without_scripts_the_drawing_is_there_with_its_links(show: Open) -> None:
    page = show(f"{HOME}?at=2023-11-19&span=2023", java_script_enabled=False)
    assert page.locator("svg.lanes a.spot").count() > 30
    assert page.locator("svg.lanes a.course").count() > 10
    assert page.locator(".hair-at").count() == 1
    expect(handle(page)).to_be_hidden()
    page.get_by_role("link", name="Closer", exact=True).click()
    expect(page).to_have_url(re.compile("span=2023-"))
    expect(page.locator(".in-view")).to_contain_text("2023")


def test_on_a_phone_the_handle_moves_by_touch_and_nothing_sticks_out(show: Open) -> None:
    page = show(f"{HOME}?at=2022-01-01&known=2022-01-01", viewport=PHONE, has_touch=True, is_mobile=True)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.locator("[data-rail]").scroll_into_view_if_needed()
    rail = page.locator("[data-rail]").bounding_box()
    assert rail is not None
    page.touchscreen.tap(x_of(page, "2016-06-01"), rail["y"] + rail["height"] / 2)
    expect(handle(page)).to_have_attribute("aria-valuetext", re.compile("201[67]"))
    expect(page).to_have_url(re.compile("at=201[67]"))


OVERLAPS = """() => {
    const texts = [...document.querySelectorAll("[data-picture] svg text")].filter(t => t.textContent.trim());
    const boxes = texts.map(text => {
        const box = text.getBBox(), at = text.getCTM(), own = document.querySelector("[data-picture] svg").getCTM();
        return { text: text.textContent, x: box.x + at.e - own.e, y: box.y + at.f - own.f, w: box.width, h: box.height };
    });
    const found = [];
    for (let i = 0; i < boxes.length; i++) for (let j = i + 1; j < boxes.length; j++) {
        const a = boxes[i], b = boxes[j];
        const wide = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x);
        const high = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
        if (wide > 0.5 && high > 3) found.push(`${a.text} | ${b.text}`);
    }
    const width = document.querySelector("[data-picture] svg").width.baseVal.value;
    for (const box of boxes) if (box.x < -2 || box.x + box.w > width + 0.5) found.push(`cut: ${box.text}`);
    return { found, count: boxes.length };
}"""


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("span", ["", "2023-11-10/2023-11-30", "2014/2027"], ids=["first", "weeks", "all"])
def test_no_name_runs_into_another(show: Open, viewport: dict[str, int], span: str) -> None:
    page = show(f"{HOME}?span={span}" if span else HOME, viewport=viewport)
    page.wait_for_load_state("networkidle")
    told = page.evaluate(OVERLAPS)
    assert told["found"] == []
    assert told["count"] > 30


def test_the_first_view_is_small_and_quick(show: Open, seen: Seen) -> None:
    page = show(HOME)
    page.wait_for_load_state("networkidle")
    took = page.evaluate(
        "performance.getEntriesByType('paint').find(e => e.name === 'first-contentful-paint').startTime"
    )
    print(f"first view: {seen.transferred / 1000:.0f} kB transferred, first paint after {took:.0f} ms")  # noqa: T201 - the evidence
    assert seen.transferred < 300_000


def test_scrubbing_leaves_frames_short(show: Open, browser: Browser) -> None:
    page = show(HOME)
    page.wait_for_load_state("networkidle")
    box = handle(page).locator(".flag").bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    page.mouse.move(x_of(page, "2026-11-19"), y)
    page.mouse.down()
    page.evaluate(
        """() => {
            window.frames = [];
            let before = performance.now();
            const tick = now => { frames.push(now - before); before = now; requestAnimationFrame(tick); };
            requestAnimationFrame(tick);
        }"""
    )
    browser.start_tracing(
        page=page, categories=["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"]
    )
    page.mouse.move(x_of(page, "2021-01-01"), y, steps=60)
    traced = json.loads(browser.stop_tracing())["traceEvents"]
    frames = page.evaluate("frames")
    page.mouse.up()
    main = {event["tid"] for event in traced if event.get("name") == "Layout"}
    ran = [event for event in traced if event.get("name") == "RunTask" and event.get("tid") in main]
    tasks = [event["tdur"] / 1000 for event in ran if "tdur" in event]  # one that is cut off has no duration
    assert tasks
    print(  # noqa: T201 - the evidence
        f"scrubbing: {len(frames)} frames, longest {max(frames):.0f} ms by the clock; "
        f"{len(tasks)} tasks, longest {max(tasks):.0f} ms of processor time"
    )
    # processor time, not the clock: on a busy machine a frame waits for others as well
    assert max(tasks) < SMOOTH_MS
