from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.serving import filled, served
from tests.browser.watching import WIDE, Seen, chromium

Open = Callable[..., Page]


@pytest.fixture(scope="package")  # Playwright runs once at a time, and other packages have tests that start it
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with the bundled timelines. Tests only read them."""
    with served(filled(tmp_path_factory.mktemp("browser") / "timeline.db")) as address:
        yield address


@pytest.fixture
def seen(home: str) -> Iterator[Seen]:
    """What the pages of a test asked for; each test fails that made a request to elsewhere, or a complaint."""
    watch = Seen(urlsplit(home).netloc)
    yield watch
    assert watch.outside == [], "a page asked for something elsewhere"
    assert watch.complaints == [], "a page complained"


@pytest.fixture
def show(browser: Browser, home: str, seen: Seen) -> Iterator[Open]:
    """Opens an address of the service in a fresh window; options are those of a browser context."""
    contexts = []

    def opened(address: str, **options: Any) -> Page:
        context = browser.new_context(base_url=home, **{"viewport": WIDE, **options})
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        seen.watch(page)
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
