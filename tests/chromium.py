"""A real browser for tests: Chromium as Debian packages it, driven by Playwright, kept on this machine.

A test that needs it fails where there is none, and says how to come by one; it never passes unseen.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, Route, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Opened:
    """A page, and what it asked for: what was served, what failed, and what lay elsewhere and was refused."""

    page: Page
    asked: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def executable() -> str:
    """The path of Chromium; the test fails if there is none."""
    given = os.environ.get("TIMELINE_TEST_CHROMIUM")
    found = given or next((path for path in map(shutil.which, NAMES) if path), None)
    if found is None:
        pytest.fail(
            "This test needs Chromium, and there is none on the PATH. Install it (on Debian: apt-get install chromium) "
            "or name one in TIMELINE_TEST_CHROMIUM."
        )
    return found


@contextmanager
def opened(home: str, *, width: int = 1200, height: int = 800) -> Iterator[Opened]:
    """A page that gets nothing but what lies under the address `home`."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        try:
            found = Opened(browser.new_page(viewport={"width": width, "height": height}))

            def answer(route: Route) -> None:
                address = route.request.url
                if address.startswith((home, "data:", "blob:")):
                    found.asked.append(address.removeprefix(home))
                    route.continue_()
                else:
                    found.refused.append(address)
                    route.abort()

            found.page.route("**/*", answer)
            found.page.on("pageerror", lambda error: found.errors.append(str(error)))
            yield found
        finally:
            browser.close()
