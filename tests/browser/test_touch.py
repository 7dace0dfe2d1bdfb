"""The timeline under the fingers: what a phone or a tablet sends, and what the page makes of it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.drawn import DAY_MS, addressed, grip, handle, redrawn, stands, view, x_of
from tests.browser.touching import TOUCH, fingers, swipe
from tests.browser.views import HOME
from tests.browser.watching import PHONE

Open = Callable[..., Page]
Touch = Callable[[str], Page]

FIVE_MONTHS = 150


@pytest.fixture
def touched(show: Open) -> Touch:
    """Opens an address on a phone, with the drawing at the top of the screen."""

    def opened(address: str) -> Page:
        page = stands(show(address, viewport=PHONE, **TOUCH))
        page.evaluate("document.querySelector('[data-stage]').scrollIntoView({behavior: 'instant'})")
        return page

    return opened


def day_of(page: Page) -> int:
    return int(handle(page).get_attribute("aria-valuenow") or 0)


def length(seen: tuple[int, int]) -> int:
    return seen[1] - seen[0]


def place_in_the_drawing(page: Page) -> float:
    """How far down a finger can lie that is to touch the drawing."""
    box = page.locator("[data-scroller]").bounding_box()
    assert box is not None
    assert box["height"] > 400
    return box["y"] + 250


def test_the_handle_is_tapped_to_a_date_dragged_and_pulled_down_to_move_finely(touched: Touch) -> None:
    page = touched(f"{HOME}?at=2022-01-01&known=2022-01-01")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    scrolled, (x, y) = page.evaluate("scrollY"), grip(page)
    page.touchscreen.tap(x_of(page, "2016-06-01"), y)
    expect(handle(page)).to_have_attribute("aria-valuetext", re.compile("201[67]"))
    (x, y), before = grip(page), x_of(page, "2016-06-01")
    swipe(page, (x, y), (x + x_of(page, "2020-06-01") - before, y))
    expect(handle(page)).to_have_attribute("aria-valuetext", re.compile("20(19|20|21)"))
    addressed(page, r"at=20(?:19|20|21)-\d\d-\d\d&known=20(?:19|20|21)-\d\d-\d\d")
    (x, y), coarse = grip(page), day_of(page)
    swipe(page, (x, y), (x, y + 300), (x - 40, y + 300))
    assert 0 < coarse - day_of(page) < FIVE_MONTHS
    assert page.evaluate("scrollY") == scrolled, "the page scrolled instead"


def test_each_of_two_handles_is_dragged_and_a_finger_in_the_plane_sets_both(touched: Touch) -> None:
    page = touched(f"{HOME}?at=2021-12-31&known=2024-06-30")
    x, y = grip(page, "known")
    swipe(page, (x, y), (x + x_of(page, "2022-06-30") - x_of(page, "2024-06-30"), y))
    expect(handle(page, "known")).to_have_attribute("aria-valuetext", re.compile("(June|July) 2022"))
    expect(handle(page)).to_have_attribute("aria-valuetext", "31 December 2021")
    plane = page.locator("[data-plane] svg")
    plane.scroll_into_view_if_needed()
    box = plane.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] * 0.55, box["y"] + box["height"] * 0.3
    swipe(page, (x, y), (x + 10, y - 20))
    addressed(page, r"at=202[01]-\d\d-\d\d&known=202[2-5]-\d\d-\d\d")


def test_one_finger_moves_through_time_or_scrolls_and_two_stretch_time_and_not_the_page(touched: Touch) -> None:
    page = touched(HOME)
    whole, y = view(page), place_in_the_drawing(page)
    swipe(page, (120, y), (290, y))
    earlier = redrawn(page, whole)
    assert earlier[0] < whole[0]
    assert length(earlier) == pytest.approx(length(whole), abs=3 * DAY_MS)
    scrolled = page.evaluate("scrollY")
    swipe(page, (200, y), (203, y - 150))
    page.wait_for_function("before => scrollY > before + 50", arg=scrolled)
    assert view(page) == earlier
    with fingers(page, (140, 300), (210, 300)) as two:
        two.move((60, 310), (300, 290))
    closer = redrawn(page, earlier)
    assert length(closer) * 2 < length(earlier)
    with fingers(page, (60, 300), (300, 310)) as two:
        two.move((140, 300), (210, 310))
    assert length(redrawn(page, closer)) > length(closer) * 2
    assert page.evaluate("visualViewport.scale") == 1


def test_a_tap_opens_what_shares_a_mark_and_then_a_development(touched: Touch) -> None:
    page = touched(HOME)
    before = view(page)
    shared = page.locator(".cluster[data-zoom]").first
    shared.scroll_into_view_if_needed()
    shared.tap()
    assert length(redrawn(page, before)) < length(before) * 0.9
    page.locator(".spot:not(.cluster) .reach").last.tap()
    addressed(page, "/developments/")
