"""The stake: a share of profits, then shares."""

import pytest

from tests.acceptance.conftest import Ask, facts
from tests.acceptance.traps.asking import FLOORS, FROM_MICROSOFT, YEAR_ENDS, looked_back, read
from tests.acceptance.values import rivals, shown, values


@pytest.mark.parametrize("at", [*(day for day in YEAR_ENDS if day < "2025"), "2025-10-27"])
@pytest.mark.parametrize("floor", FLOORS)
def test_before_the_recapitalisation_nobody_could_have_read_that_microsoft_owned_shares(
    state: Ask, at: str, floor: str
):
    assert read(state, at, "equity_stake", *FROM_MICROSOFT, standing=floor) == []


def test_the_49_percent_are_a_capped_share_of_profits_and_never_confirmed(state: Ask):
    (fact,) = read(state, "2023-12-31", "profit_share", *FROM_MICROSOFT)
    assert (shown(fact["value"]), fact["standing"]) == ("49", "reported")
    assert "no shares" in fact["value"]["note"]
    assert "75" in rivals(fact)
    for at in YEAR_ENDS:
        assert looked_back(state, at, "profit_share", *FROM_MICROSOFT, standing="confirmed") == []
        assert "49" not in values(looked_back(state, at, "equity_stake", *FROM_MICROSOFT, standing="alleged"))
    (own_words,) = read(state, "2023-12-31", "interest", *FROM_MICROSOFT, standing="confirmed")
    assert "no ownership" in own_words["value"]["text"]


@pytest.mark.parametrize(
    ("at", "known", "percent"),
    [
        ("2025-10-27", "2025-10-28", "32.5"),
        ("2025-10-28", "2025-10-28", "27"),
        ("2026-06-30", "2026-07-28", "27"),
        ("2026-06-30", "2026-07-29", "25"),
        ("2026-07-31", "2026-07-31", "25"),
    ],
)
def test_the_stake_fell_from_32_5_over_27_to_25_percent(state: Ask, at: str, known: str, percent: str):
    (fact,) = facts(state(at=at, known=known, standing="confirmed"), "equity_stake", *FROM_MICROSOFT)
    assert shown(fact["value"]) == percent
    assert "as converted" in fact["value"]["note"]


def test_an_expected_stake_is_not_a_stake_and_is_over_once_there_is_one(state: Ask):
    (fact,) = read(state, "2025-07-31", "expected_stake", *FROM_MICROSOFT)
    assert (shown(fact["value"]), fact["standing"]) == ("30-35", "reported")
    assert read(state, "2025-10-28", "expected_stake", *FROM_MICROSOFT) == []
    assert read(state, "2025-10-28", "profit_share", *FROM_MICROSOFT) == []
