"""Fingers on a page: what a touch screen sends, by way of the browser's own input, so that it decides what scrolls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise

from playwright.sync_api import CDPSession, Page

Place = tuple[float, float]
TOUCH = {"has_touch": True, "is_mobile": True}
"""What a window needs so that it has a touch screen."""


class Fingers:
    """Fingers that lie on the screen until they are lifted."""

    def __init__(self, session: CDPSession, places: Sequence[Place]) -> None:
        self._session = session
        self.places = list(places)
        self._send("touchStart")

    def _send(self, kind: str) -> None:
        points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(self.places)]
        told = {"type": kind, "touchPoints": [] if kind in {"touchEnd", "touchCancel"} else points}
        self._session.send("Input.dispatchTouchEvent", told)

    def move(self, *places: Place, steps: int = 8) -> None:
        """Draw each finger to its place in so many steps."""
        before = self.places
        for step in range(1, steps + 1):
            self.places = [
                (x + (to_x - x) * step / steps, y + (to_y - y) * step / steps)
                for (x, y), (to_x, to_y) in zip(before, places, strict=True)
            ]
            self._send("touchMove")

    def lift(self) -> None:
        """Take all of them off."""
        self._send("touchEnd")


@contextmanager
def fingers(page: Page, *places: Place) -> Iterator[Fingers]:
    """Fingers put down at places in the window, lifted at the end."""
    session = page.context.new_cdp_session(page)
    held = Fingers(session, places)
    try:
        yield held
    finally:
        held.lift()
        session.detach()


def swipe(page: Page, *places: Place) -> None:
    """One finger from place to place."""
    with fingers(page, places[0]) as held:
        for _, place in pairwise(places):
            held.move(place)
