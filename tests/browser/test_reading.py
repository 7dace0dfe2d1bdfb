"""What a reader does: with and without scripts, with the keyboard alone."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.views import DRAFT, HOME, STATE, VIEWS
from tests.browser.watching import WIDE, Seen

PLAIN = {"java_script_enabled": False}
MURATI = "Mira Murati (interim) is chief executive of OpenAI"


def fill_and_send(page: Page, button: str, **fields: str) -> None:
    for label, value in fields.items():
        page.get_by_label(label.replace("_", " "), exact=True).fill(value)
    page.get_by_role("button", name=button, exact=True).click()


class TestWithoutJavaScript:
    def test_who_led_that_weekend_and_who_says_so(self, show):
        page = show(f"{HOME}/state", **PLAIN)
        fill_and_send(page, "Show", What_was_true_on="19 November 2023", As_it_was_known_on="19 November 2023")
        expect(page).to_have_url(re.compile(re.escape(STATE) + "$"))
        expect(page.get_by_role("heading", level=1)).to_contain_text("on 19 November 2023")
        fact = page.locator(".fact", has_text=MURATI)
        expect(fact).to_contain_text("confirmed")
        fact.locator(".mention").first.click()
        expect(page.locator(".footnotes li:target")).to_contain_text("OpenAI")

    def test_a_fact_leads_to_its_history_and_on_to_its_development(self, show):
        page = show(STATE, **PLAIN)
        page.get_by_role("link", name=MURATI).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Chief executive: OpenAI")
        expect(page.locator(".past-value")).to_have_count(2)
        page.get_by_role("link", name="development").last.click()
        expect(page.locator("#history")).to_be_visible()

    def test_stepping_from_change_to_change(self, show):
        page = show(f"{HOME}/state?at=2023-11-16", **PLAIN)
        page.get_by_role("link", name="Next change").click()
        expect(page).to_have_url(re.compile("at=2023-11-17T"))
        page.get_by_role("link", name="Previous change").click()
        expect(page).to_have_url(re.compile("at=2023-11-16$"))

    def test_what_was_not_known_yet_is_not_shown(self, show):
        invested = "Microsoft invested about $2 billion in OpenAI"
        then = show(f"{HOME}/state?at=2022-01-01&known=2022-01-01", **PLAIN)
        expect(then.get_by_text(invested)).to_have_count(0)
        then.get_by_role("link", name="As known today").click()
        expect(then.get_by_text(invested)).to_have_count(1)

    def test_two_dates_side_by_side_with_the_cause(self, show):
        page = show(f"{HOME}/compare", **PLAIN)
        first, last = page.get_by_label("from", exact=True).first, page.get_by_label("to", exact=True).first
        first.fill("16 November 2023")
        last.fill("19 November 2023")
        page.get_by_role("button", name="Compare").click()
        change = page.locator(".change", has_text=MURATI)
        expect(change.locator(".before")).to_contain_text("Sam Altman is chief executive of OpenAI")
        expect(change.locator(".change-head")).to_contain_text("Changed")

    def test_a_draft_is_checked_sentence_by_sentence(self, show):
        page = show(f"{HOME}/check", **PLAIN)
        fill_and_send(page, "Check", Your_draft=DRAFT)
        expect(page.locator(".checked")).to_have_count(5)
        expect(page.locator(".checked").nth(1)).to_contain_text("Supported")
        expect(page.locator(".checked").last).to_contain_text("Cannot be decided")

    def test_searching_from_any_page(self, show):
        page = show(STATE, **PLAIN)
        page.get_by_role("searchbox", name="Search this timeline").fill("board observer")
        page.keyboard.press("Enter")
        expect(page.locator(".hit").first).to_contain_text("observer")

    def test_the_list_is_narrowed(self, show):
        page = show(HOME, **PLAIN)
        page.get_by_text("Narrow the list").click()
        page.locator("#filter-kind").select_option("lawsuit")
        page.get_by_role("button", name="Narrow").click()
        expect(page).to_have_url(re.compile(re.escape(f"{HOME}?kind=lawsuit") + "$"))
        expect(page.locator(".entry-kind").first).to_have_text("Lawsuit")


class TestWithTheKeyboardAlone:
    def test_the_first_key_leads_past_the_navigation(self, show):
        page = show(STATE)
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.get_by_label("What was true on")).to_be_focused()

    def test_a_date_is_asked_for(self, show):
        page = show(f"{HOME}/state")
        page.get_by_label("What was true on").focus()
        page.keyboard.type("19 November 2023")
        page.keyboard.press("Tab")
        page.keyboard.type("19 November 2023")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(re.escape(STATE) + "$"))
        expect(page.get_by_text(MURATI)).to_be_visible()

    def test_what_has_the_focus_is_seen(self, show):
        page = show(STATE)
        for _ in range(8):
            page.keyboard.press("Tab")
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline == "solid", page.evaluate("document.activeElement.outerHTML")

    def test_a_citation_is_opened_and_copied(self, show):
        page = show(STATE, permissions=["clipboard-read", "clipboard-write"])
        page.locator("#cite summary").focus()
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Copy").first.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Copied")).to_be_visible()
        assert "Timeline, revision" in page.evaluate("navigator.clipboard.readText()")


def test_a_choice_of_light_or_dark_is_remembered(show):
    page = show(VIEWS["home"], color_scheme="light")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    switch = page.get_by_role("button", name="Colours")
    switch.click()
    assert page.evaluate(ground) == light
    switch.click()
    dark = page.evaluate(ground)
    assert dark != light
    page.goto(STATE)
    assert page.evaluate(ground) == dark
    expect(page.get_by_role("button", name="Colours: Dark")).to_be_visible()
    page.get_by_role("button", name="Colours: Dark").click()
    assert page.evaluate(ground) == light


def test_without_javascript_there_is_no_button_that_does_nothing(show):
    page = show(VIEWS["home"], **PLAIN)
    expect(page.get_by_role("button")).to_have_count(0)


def test_the_policy_stops_a_script_that_got_into_a_page(browser, home):
    """The last line of defence: even markup that escaped every other one runs nothing and fetches nothing."""
    context = browser.new_context(base_url=home, viewport=WIDE)
    page = context.new_page()
    watch = Seen(home.rpartition("/")[2])
    watch.watch(page)
    page.goto("/")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran = 1\">')")
    page.evaluate(
        "document.body.appendChild(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))"
    )
    page.wait_for_timeout(50)
    assert page.evaluate("window.ran") is None
    assert any("Content Security Policy" in text for text in watch.complaints)
    context.close()


def test_a_state_stands_in_a_frame(show, home):
    page = show(f"{VIEWS['embed']}")
    expect(page.get_by_text(MURATI)).to_be_visible()
    with page.expect_popup() as opened:
        page.get_by_role("link", name="With all sources").click()
    expect(opened.value.get_by_role("heading", level=1)).to_contain_text("19 November 2023")
