"""Shoots every page for `docs/images/`: `python -m tests.browser.screenshots [FOLDER [NAME …]]`.

Pages named are shot in every look; without a name all are, the main ones in every look and the others in light.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.browser.crowd import CROWD, crowded
from tests.browser.serving import filled, served
from tests.browser.views import DRAFT, VIEWS
from tests.browser.watching import PHONE, WIDE, chromium

IMAGES = Path(__file__).parent.parent.parent / "docs" / "images"
CHECKED = "check"
"""The name of the picture of a draft with its verdicts: it has no address, since nothing of it is kept."""
CROWDED = "timeline-crowded"
"""The name of the picture of five thousand developments, which are made up."""
LOOKS: dict[str, Any] = {
    "": {"viewport": WIDE, "color_scheme": "light"},
    "-dark": {"viewport": WIDE, "color_scheme": "dark"},
    "-phone": {
        "viewport": {**PHONE, "height": 2 * PHONE["height"]},
        "color_scheme": "light",
        "device_scale_factor": 2,
    },
}
"""A phone is shot with what a reader sees after one turn of the screen."""

MAIN = ("timeline", CROWDED, "plots", "state", "graph", "compare", CHECKED)
"""The pages of which there is a picture in every look."""

PARTS = dict.fromkeys(("graph", "graph-today", "graph-focus"), ".drawn-graph")
"""Pages of which one part is shot, as long as it is, instead of what a window shows first."""


def shoot(folder: Path, names: list[str]) -> None:
    """Pages as they are in a window, before anybody scrolls, or the `PARTS` of some."""
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        scratch = stack.enter_context(tempfile.TemporaryDirectory())
        home = stack.enter_context(served(filled(Path(scratch) / "timeline.db")))
        browser = stack.enter_context(chromium())
        wanted = names or [*VIEWS, CHECKED, CROWDED]
        crowd = stack.enter_context(served(crowded(Path(scratch) / "crowd.db"))) if CROWDED in wanted else home
        for name in wanted:
            for look, options in LOOKS.items():
                if look and name not in (names or MAIN):
                    continue
                context = browser.new_context(base_url=crowd if name == CROWDED else home, **options)
                page = context.new_page()
                if name == CHECKED:
                    check(page)
                else:
                    page.goto(f"/t/{CROWD}" if name == CROWDED else VIEWS[name], wait_until="networkidle")
                shown = page.locator(PARTS[name]) if name in PARTS else page
                shown.screenshot(path=folder / f"{name}{look}.png")
                context.close()


def check(page: Page) -> None:
    """Paste the draft and have it checked."""
    page.goto(VIEWS["check-form"])
    page.get_by_label("Your draft").fill(DRAFT)
    page.get_by_role("button", name="Check", exact=True).click()
    page.get_by_role("heading", level=2).first.wait_for()


if __name__ == "__main__":
    shoot(Path(sys.argv[1]) if len(sys.argv) > 1 else IMAGES, sys.argv[2:])
