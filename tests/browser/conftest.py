from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.serving import filled, served
from tests.browser.watching import WIDE, Seen, chromium

Open = Callable[..., Page]

PATIENCE_MS = 30_000
"""How long a page may take for one thing before a test gives up."""

expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of this folder come first and together, in the order into which they were shuffled.

    A process that is given one of them is then given all of them: the browser starts once, and so do the servers.
    """
    here = Path(__file__).parent
    items.sort(key=lambda item: not item.path.is_relative_to(here))


@pytest.fixture(scope="package")  # Playwright runs once at a time, and other packages have tests that start it
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with the bundled timelines. Tests only read them."""
    with served(filled(tmp_path_factory.mktemp("browser") / "timeline.db")) as address:
        yield address


def blameless(watch: Seen) -> None:
    """No page asked for something elsewhere, or complained."""
    assert watch.outside == [], "a page asked for something elsewhere"
    assert watch.complaints == [], "a page complained"


@pytest.fixture
def seen(home: str) -> Iterator[Seen]:
    """What the pages of a test asked for; each test fails that made a request to elsewhere, or a complaint."""
    watch = Seen(urlsplit(home).netloc)
    yield watch
    blameless(watch)


@pytest.fixture
def show(browser: Browser, home: str, seen: Seen) -> Iterator[Open]:
    """Opens an address of the service in a fresh window; options are those of a browser context."""
    contexts = []

    def opened(address: str, **options: Any) -> Page:
        context = browser.new_context(base_url=home, **{"viewport": WIDE, **options})
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        seen.watch(page)
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="package")
def window(browser: Browser, home: str) -> Iterator[tuple[Page, Seen]]:
    """A window that stays open, and what its pages asked for and complained of."""
    context = browser.new_context(base_url=home)
    context.set_default_timeout(PATIENCE_MS)
    page, watch = context.new_page(), Seen(urlsplit(home).netloc)
    watch.watch(page)
    yield page, watch
    context.close()


@pytest.fixture
def look(window: tuple[Page, Seen]) -> Iterator[Open]:
    """Opens an address in the window that stays open, which takes half as long: for tests that only look."""
    page, watch = window
    watch.forget()

    def opened(address: str, viewport: ViewportSize = WIDE) -> Page:
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme="light")
        page.goto(address)
        return page

    yield opened
    blameless(watch)
