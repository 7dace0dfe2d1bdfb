"""The page of plots: pictures with ranges and rivals, in light and dark, to take along, with and without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.views import HOME, VIEWS
from tests.browser.watching import PHONE

Open = Callable[..., Page]


def plot(page: Page, name: str) -> Locator:
    """The section of one attribute."""
    return page.locator(".plotted", has=page.get_by_role("heading", name=re.compile(f"^{name}")))


def colour(locator: Locator, name: str) -> str:
    """A colour as it is drawn in the end."""
    found: str = locator.evaluate(f"element => getComputedStyle(element).{name}")
    return found


def size(file: Path) -> tuple[int, int]:
    """The width and height of a PNG, which has to be one."""
    start = file.read_bytes()[:24]
    assert start[:8] == b"\x89PNG\r\n\x1a\n"
    return int.from_bytes(start[16:20]), int.from_bytes(start[20:24])


def test_a_plot_is_taken_along_as_png_at_twice_its_size(show: Open, tmp_path: Path) -> None:
    page = show(VIEWS["plots"], accept_downloads=True)
    with page.expect_download() as waiting:
        plot(page, "Invested in all").get_by_role("button", name="PNG").click()
    assert waiting.value.suggested_filename == "invested_total-0.png"
    waiting.value.save_as(tmp_path / "plot.png")
    natural = (
        plot(page, "Invested in all")
        .locator("svg.plot")
        .evaluate("svg => [svg.viewBox.baseVal.width, svg.viewBox.baseVal.height]")
    )
    width, height = size(tmp_path / "plot.png")
    assert width == natural[0] * 2
    assert height > 600


def test_without_scripts_there_are_pictures_tables_and_files_and_no_button_that_does_nothing(show: Open) -> None:
    page = show(f"{HOME}/plots", java_script_enabled=False)
    expect(page.get_by_role("button")).to_have_text(["Show"])
    for name in ("Invested in all", "Committed in all", "Equity stake", "Valuation"):
        section = plot(page, name)
        expect(section.get_by_role("img")).to_be_visible()
        section.get_by_text("The same as a table").click()
        expect(section.get_by_role("table")).to_be_visible()
    for format_, start in (("SVG", "<svg"), ("CSV", "subject,")):
        address = plot(page, "Valuation").get_by_role("link", name=format_).get_attribute("href") or ""
        answer = page.request.get(address)
        assert answer.ok
        assert answer.text().lower().startswith(start), answer.text()[:80]
    page.get_by_label("What", exact=True).select_option("valuation")
    page.get_by_label("Along").select_option("known")
    page.get_by_label("What was true on").or_(page.get_by_label("Up to", exact=True)).fill("2023-06-01")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile(r"attribute=valuation&clock=known&at=2023-06-01"))
    expect(page.get_by_role("heading", level=1)).to_have_text("What was believed, date by date")
    expect(page.locator(".plotted")).to_have_count(1)


def test_ranges_are_bands_rivals_hollow_and_what_is_only_possible_dotted(show: Open) -> None:
    page = show(f"{HOME}/plots?attribute=invested_total")
    rival = plot(page, "Invested in all").locator("svg .rival")
    expect(rival).not_to_have_count(0)
    paper = colour(page.locator("body"), "backgroundColor")
    assert colour(rival.first, "fill") == paper
    assert colour(rival.first, "stroke") not in {"none", paper}
    maybe = plot(page, "Invested in all").locator("svg .maybe").first
    assert colour(maybe, "strokeDasharray") != "none"
    section = plot(page, "Invested in all")
    section.get_by_text("The same as a table").click()
    expect(section.get_by_role("cell", name=re.compile(r"\(reported\)")).first).to_be_visible()
    page.goto(f"{HOME}/plots?attribute=expected_stake")
    bands = page.locator("svg .band")
    assert 0 < float(colour(bands.first, "opacity")) < 0.5
    sizes = bands.evaluate_all("bands => bands.map(band => [band.getBBox().width, band.getBBox().height])")
    assert max(width for width, _ in sizes) > 5
    assert min(height for _, height in sizes) > 1


def test_in_the_dark_lines_words_and_hollow_marks_are_those_of_dark_paper(show: Open) -> None:
    page = show(f"{HOME}/plots?attribute=invested_total", color_scheme="light")
    shown = {
        "line": (page.locator("svg .line").first, "stroke"),
        "words": (page.locator("svg text:not(.title)").first, "fill"),
        "rival": (page.locator("svg .rival").first, "fill"),
    }
    light = {name: colour(*one) for name, one in shown.items()}
    page.emulate_media(color_scheme="dark")
    dark = {name: colour(*one) for name, one in shown.items()}
    assert all(dark[name] != light[name] for name in shown), (light, dark)
    assert dark["rival"] == colour(page.locator("body"), "backgroundColor")


def test_on_a_phone_a_plot_is_moved_sideways_and_the_page_is_not(show: Open) -> None:
    page = show(f"{HOME}/plots?attribute=valuation", viewport=PHONE)
    paper = page.locator(".plot-paper")
    assert paper.evaluate("paper => paper.scrollWidth > paper.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    paper.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('.plot-paper').scrollLeft > 0")
