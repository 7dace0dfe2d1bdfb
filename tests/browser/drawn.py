"""The drawing in a window: its handles, what is in view, where a day lies, and what is wrong with its lettering."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page

DAY_MS = 86_400_000

_STANDS = """() => {
    const place = document.querySelector("[data-place]"), picture = place?.querySelector("[data-picture]");
    return document.body.classList.contains("is-live") && picture
        && Number(picture.dataset.width) === Math.min(Math.max(place.clientWidth, 280), 2400);
}"""


def stands(page: Page) -> Page:
    """The page once its scripts run and the drawing is as wide as its place."""
    page.wait_for_function(_STANDS)
    return page


def handle(page: Page, name: str = "at") -> Locator:
    """The handle of a clock."""
    return page.locator(f'[data-handle="{name}"]')


def grip(page: Page, name: str = "at") -> tuple[float, float]:
    """Where a handle stands in the window: what moves is its middle, wherever its flag leans."""
    box = handle(page, name).locator(".flag").bounding_box()
    assert box is not None
    across = (
        "handle => new DOMMatrix(getComputedStyle(handle).transform).e + handle.parentElement.getBoundingClientRect().x"
    )
    x: float = page.evaluate(across, handle(page, name).element_handle())
    return x, box["y"] + box["height"] / 2


def x_of(page: Page, day: str) -> float:
    """Where noon of a day lies in the window."""
    x: float = page.evaluate(
        """day => {
            const told = document.querySelector("[data-picture]").dataset;
            const part = (Date.parse(day) + 43_200_000 - told.start) / (told.end - told.start);
            const left = document.querySelector("[data-place]").getBoundingClientRect().left;
            return left + Number(told.left) + part * (told.right - told.left);
        }""",
        day,
    )
    return x


def view(page: Page) -> tuple[int, int]:
    """What is drawn: from when until when, in milliseconds."""
    start, end = page.evaluate("(({start, end}) => [+start, +end])(document.querySelector('[data-picture]').dataset)")
    return start, end


def redrawn(page: Page, before: tuple[int, int]) -> tuple[int, int]:
    """What is drawn once it is no longer that, and the address says the same."""
    page.wait_for_function(
        """([start, end]) => {
            const told = document.querySelector("[data-picture]").dataset;
            if (Number(told.start) === start && Number(told.end) === end) return false;
            const [first, last] = (new URLSearchParams(location.search).get("span") ?? "/").split("/").map(Date.parse);
            return first === Number(told.start) && last + 86_400_000 > Number(told.end) - 1000;
        }""",
        arg=before,
    )
    return view(page)


def addressed(page: Page, pattern: str) -> None:
    """Wait until the address of the page fits a regular expression; the browser tells as soon as it changes."""
    page.wait_for_url(re.compile(pattern), wait_until="commit")


_MISPLACED = """() => {
    const own = document.querySelector("[data-picture] svg"), width = own.width.baseVal.value;
    const boxes = [...own.querySelectorAll("text")].filter(text => text.textContent.trim()).map(text => {
        const box = text.getBBox(), at = text.getCTM(), to = own.getCTM();
        return { text: text.textContent, x: box.x + at.e - to.e, y: box.y + at.f - to.f, w: box.width, h: box.height };
    });
    const found = [];
    for (let i = 0; i < boxes.length; i++) for (let j = i + 1; j < boxes.length; j++) {
        const a = boxes[i], b = boxes[j];
        const wide = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x);
        const high = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
        if (wide > 0.5 && high > 3) found.push(`${a.text} | ${b.text}`);
    }
    for (const box of boxes) if (box.x < -2 || box.x + box.w > width + 0.5) found.push(`cut: ${box.text}`);
    return [found, boxes.length];
}"""


def misplaced(page: Page) -> tuple[list[str], int]:
    """The texts of the drawing that overlap or are cut, and how many texts there are."""
    found, count = page.evaluate(_MISPLACED)
    return found, count
