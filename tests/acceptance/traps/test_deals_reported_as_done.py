"""Deals that were reported as done."""

from tests.acceptance.conftest import Ask
from tests.acceptance.traps.asking import looked_back, read
from tests.acceptance.values import rivals, values


def test_apple_never_had_a_seat_as_observer(state: Ask):
    key = ("board_observer", "openai", "apple")
    (reported,) = read(state, "2024-07-03", *key)
    assert (reported["standing"], reported["certainty"]) == ("reported", "possible")
    assert read(state, "2024-07-10", *key) == []
    assert looked_back(state, "2024-07-03", *key, standing="alleged") == []


def test_windsurf_was_agreed_on_and_never_bought(state: Ask):
    key = ("acquisition", "openai", "windsurf")
    days = ["2025-05-31", "2025-07-11", "2025-12-31"]
    assert [values(read(state, day, *key)) for day in days] == [["agreed"], ["abandoned"], ["abandoned"]]


def test_chatgpt_does_not_run_on_googles_chips(state: Ask):
    (reported,) = read(state, "2025-06-29", "uses", "chatgpt", "google-tpu")
    assert reported["standing"] == "reported"
    assert read(state, "2025-07-01", "uses", "chatgpt", "google-tpu", standing="alleged") == []
    (tested,) = read(state, "2025-07-01", "uses", "openai", "google-tpu", standing="confirmed")
    assert "early tests" in tested["value"]["text"]


def test_coreweave_denies_that_microsoft_walked_away(state: Ask):
    (first,) = read(state, "2025-03-15", "cloud_provider", "microsoft", "coreweave")
    assert any("dropped" in rival for rival in rivals(first, "denied"))
    (later,) = read(state, "2025-04-15", "cloud_provider", "microsoft", "coreweave")
    assert "option" in later["value"]["text"]
    assert rivals(later, "denied")
