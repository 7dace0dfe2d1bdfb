"""Frames while a handle of the timeline page is drawn along: `python -m bench.scrubbing`. It needs Chromium.

On the bundled timeline and on one of five thousand developments, the handle is drawn through five years in sixty steps.
A frame waits for other programs too, so beside the longest frame by the clock stands the longest task of the page by
processor time, which is what the page itself is to blame for. The bar is 100 ms.
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from playwright.sync_api import Browser

from tests.browser.crowd import CROWD, MANY, crowded
from tests.browser.drawn import grip, stands, x_of
from tests.browser.serving import TIMELINE, filled, served
from tests.browser.watching import WIDE, Seen, chromium

BAR_MS: Final = 100
_CATEGORIES: Final = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"]
_FRAMES: Final = """() => {
    window.frames = [];
    let before = performance.now();
    const tick = now => { frames.push(now - before); before = now; requestAnimationFrame(tick); };
    requestAnimationFrame(tick);
}"""


def scrubbed(browser: Browser, home: str, timeline: str) -> dict[str, Any]:
    """What the first view of a timeline takes, and the frames and tasks while its handle moves."""
    context = browser.new_context(base_url=home, viewport=WIDE)
    page = context.new_page()
    seen = Seen(urlsplit(home).netloc)
    seen.watch(page)
    page.goto(f"/t/{timeline}", wait_until="networkidle")
    stands(page)
    painted = page.evaluate(
        "performance.getEntriesByType('paint').find(e => e.name === 'first-contentful-paint').startTime"
    )
    transferred, elements = seen.transferred, page.locator("*").count()
    _, y = grip(page)
    page.mouse.move(x_of(page, "2026-11-19"), y)
    page.mouse.down()
    page.evaluate(_FRAMES)
    browser.start_tracing(page=page, categories=_CATEGORIES)
    page.mouse.move(x_of(page, "2021-01-01"), y, steps=60)
    traced = json.loads(browser.stop_tracing())["traceEvents"]
    frames = page.evaluate("frames")
    page.mouse.up()
    context.close()
    main = {event["tid"] for event in traced if event.get("name") == "Layout"}
    ran = [event for event in traced if event.get("name") == "RunTask" and event.get("tid") in main]
    tasks = [event["tdur"] / 1000 for event in ran if "tdur" in event]  # one that is cut off has no duration
    return {
        "first paint, ms": painted,
        "transferred, kB": transferred / 1000,
        "elements": elements,
        "frames": len(frames),
        "longest frame by the clock, ms": max(frames),
        "longest task of processor time, ms": max(tasks),
    }


def main() -> int:
    """Print the figures; 1 if a task of the page took longer than the bar."""
    worst = 0.0
    with tempfile.TemporaryDirectory(prefix="timeline-bench-") as scratch, chromium() as browser:
        for name, timeline, url in (
            ("bundled", TIMELINE, filled(Path(scratch) / "bundled.db")),
            (f"{MANY} developments", CROWD, crowded(Path(scratch) / "crowd.db")),
        ):
            with served(url) as home:
                found = scrubbed(browser, home, timeline)
            for what, value in found.items():
                print(f"{name}, {what}: {value:.0f}")
            worst = max(worst, found["longest task of processor time, ms"])
    print(f"bar: {BAR_MS} ms of processor time in one task; longest {worst:.0f}")
    return int(worst > BAR_MS)


if __name__ == "__main__":
    sys.exit(main())
