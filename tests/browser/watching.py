"""Chromium, in two sizes of window, and what a page asked for and complained of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, ViewportSize, sync_playwright

from tests.chromium import FLAGS, executable

WIDE: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 740}

_HEADERS = 300
"""About how many bytes the headers of an answer take."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Seen:
    """What pages asked for elsewhere and complained of, and about how many bytes came over the wire."""

    home: str
    outside: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    transferred: int = 0

    def watch(self, page: Page) -> None:
        """Keep watch over a page from now on."""
        page.on("request", self._asked)
        page.on("console", self._told)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("response", self._answered)

    def forget(self) -> None:
        """What was seen so far is no concern of what comes."""
        self.outside.clear()
        self.complaints.clear()
        self.transferred = 0

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme != "data" and parts.netloc != self.home:
            self.outside.append(request.url)

    def _told(self, message: ConsoleMessage) -> None:
        # that an answer is an error is for the test to say; all else is a complaint
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.complaints.append(message.text)

    def _answered(self, response: Response) -> None:
        self.transferred += int(response.headers.get("content-length", 0)) + _HEADERS
