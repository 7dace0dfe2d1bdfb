"""Exclusivity: over computing, over the API, and what was left of each."""

import pytest

from tests.acceptance.conftest import Ask
from tests.acceptance.traps.asking import read, term
from tests.acceptance.values import rivals, values


@pytest.mark.parametrize(
    ("day", "duty", "api"),
    [
        ("2019-07-21", "none", False),
        ("2019-07-22", "exclusive", False),
        ("2023-01-23", "exclusive", True),
        ("2024-12-31", "exclusive", True),
        ("2025-01-21", "right-of-first-refusal", True),
        ("2025-10-27", "right-of-first-refusal", True),
        ("2025-10-28", "none", True),
        ("2026-04-26", "none", True),
        ("2026-04-27", "none", False),
    ],
)
def test_exclusivity_over_computing_and_over_the_api_go_their_own_ways(state: Ask, day: str, duty: str, api: bool):
    assert values(read(state, day, "cloud_exclusivity", "openai")) == [duty]
    assert bool(read(state, day, *term("api-exclusivity"), standing="confirmed")) is api


def test_oracle_in_2024_was_an_exception_and_not_the_end_of_exclusivity(state: Ask):
    (fact,) = read(state, "2024-12-31", *term("azure-exclusivity"))
    assert "exception for Oracle" in fact["value"]["text"]
    providers = {fact["object"]["id"] for fact in read(state, "2024-12-31", "cloud_provider", "openai")}
    assert {"microsoft", "oracle"} <= providers
    (oracle,) = read(state, "2024-06-30", "cloud_provider", "openai", "oracle")
    assert "no pre-training" in oracle["value"]["text"]
    assert any("train and run" in rival for rival in rivals(oracle))


def test_the_right_of_first_refusal_lasted_from_january_to_october_2025(state: Ask):
    days = ["2025-01-20", "2025-01-21", "2025-10-27", "2025-10-28"]
    found = [bool(read(state, day, *term("right-of-first-refusal"))) for day in days]
    assert found == [False, True, True, False]
    assert read(state, "2025-01-21", *term("azure-exclusivity")) == []
