"""What was known in hindsight only."""

import pytest
from starlette.testclient import TestClient

from tests.acceptance.conftest import Ask, facts
from tests.acceptance.traps.asking import looked_back, term, told_of
from tests.acceptance.values import rivals


@pytest.mark.parametrize(
    ("development", "at", "before", "after"),
    [
        ("2015-12-12-nadella-asks-why-not-microsoft", "2016-01-01", "2026-01-19", "2026-01-20"),
        ("2016-09-musk-azure-terms", "2016-10-15", "2024-11-13", "2024-11-14"),
        ("2018-01-microsoft-fears-amazon-defection", "2018-02-01", "2026-05-07", "2026-05-08"),
        ("2019-06-12-scott-thoughts-on-openai", "2019-06-30", "2024-04-29", "2024-04-30"),
        ("2022-04-nadella-ibm-fear", "2022-05-01", "2026-05-10", "2026-05-11"),
        ("2025-11-06-microsoft-superintelligence-team", "2024-12-31", "2025-11-05", "2025-11-06"),
        ("2026-07-29-related-party-revenue-disclosed", "2026-06-01", "2026-07-28", "2026-07-29"),
    ],
)
def test_what_came_out_later_is_seen_from_then_on_and_not_before(
    client: TestClient, state: Ask, development: str, at: str, before: str, after: str
):
    assert [told_of(client, development, known) for known in (at, before, after)] == [False, False, True]
    for known in (at, before):
        sections = state(at=at, known=known, standing="alleged")["sections"].values()
        assert development not in {fact["development"] for section in sections for fact in section["facts"]}


@pytest.mark.parametrize(
    ("at", "key", "development", "before", "after"),
    [
        (
            *("2016-12-31", ("cloud_commitment", "openai", "microsoft")),
            *("2016-09-musk-azure-terms", "2024-11-13", "2024-11-14"),
        ),
        (
            *("2019-12-31", term("funding-option")),
            *("2019-07-22-option-for-second-billion", "2026-01-19", "2026-01-20"),
        ),
        (
            *("2024-12-31", term("agi-pursuit-bar")),
            *("2023-agi-pursuit-bar", "2025-06-26", "2025-06-27"),
        ),
        (
            *("2026-06-01", ("revenue_from", "microsoft", "openai")),
            *("2026-07-29-related-party-revenue-disclosed", "2026-07-28", "2026-07-29"),
        ),
    ],
)
def test_what_held_in_silence_is_in_the_state_only_once_it_was_told(
    state: Ask, at: str, key: tuple[str, str, str], development: str, before: str, after: str
):
    def held(known: str) -> bool:
        return development in {fact["development"] for fact in facts(state(at=at, known=known), *key)}

    assert [held(known) for known in (at, before, after)] == [False, False, True]


def test_the_cap_on_training_held_from_2023_and_was_told_after_it_had_ended(state: Ask):
    (fact,) = looked_back(state, "2024-12-31", *term("agi-pursuit-bar"))
    assert "computing" in fact["value"]["text"]
    assert "capped" in fact["value"]["text"]
    assert fact["until"] == "2025-10-28"
    assert fact["known_since"].startswith("2025-11-06")
    assert any("2030" in rival for rival in rivals(fact, "reported"))
