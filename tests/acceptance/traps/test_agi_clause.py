"""The AGI clause: what it says, and when it was noticed."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.acceptance.conftest import Ask, facts
from tests.acceptance.traps.asking import looked_back, read, term, told_of
from tests.acceptance.values import rivals, shown


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2019-12-31", "short of AGI is licensed"),
        ("2023-06-30", "OpenAI's board determines"),
        ("2025-10-28", "independent panel of experts"),
        ("2026-04-27", "payments no longer depend on AGI"),
    ],
)
def test_the_agi_clause_has_read_four_ways(state: Ask, day: str, words: str):
    (fact,) = read(state, day, *term("agi-clause"), standing="confirmed")
    assert words in fact["value"]["text"]


def test_the_press_noticed_the_clause_months_after_it_stood_on_openais_page(client: TestClient, state: Ask):
    (clause,) = read(state, "2023-10-31", *term("agi-clause"))
    assert clause["known_since"].startswith("2023-06-28")
    assert [told_of(client, "2023-10-board-decides-agi-noticed", known) for known in ("2023-09-30", "2023-10-31")] == [
        False,
        True,
    ]


def test_the_test_of_100_billion_was_agreed_in_2023_and_reported_in_december_2024(state: Ask):
    def test_of(known: str) -> list[Any]:
        return facts(state(at="2023-12-31", known=known), *term("sufficient-agi-test"))

    assert test_of("2024-12-25") == []
    (fact,) = test_of("2024-12-26")
    assert (shown(fact["value"]), fact["standing"]) == ("100", "reported")
    assert {(rival["value"]["qualifier"], rival["value"]["note"]) for rival in fact["contested_by"]} >= {
        ("about", "of returns owed to the early investors")
    }
    assert read(state, "2025-10-28", *term("sufficient-agi-test")) == []


def test_whether_the_clause_is_wholly_gone_since_april_2026_stays_open(state: Ask):
    (fact,) = looked_back(state, "2026-05-31", *term("agi-clause"))
    assert fact["standing"] == "confirmed"
    assert any("removed altogether" in rival for rival in rivals(fact, "reported"))
