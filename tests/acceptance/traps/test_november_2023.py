"""The weekend of November 2023: notice, hire, letter and seat."""

import pytest

from tests.acceptance.conftest import Ask, facts
from tests.acceptance.traps.asking import YEAR_ENDS, looked_back, read
from tests.acceptance.values import rivals, shown, values


@pytest.mark.parametrize(
    ("known", "notice", "others"),
    [
        ("2023-11-18", "a few minutes", set()),
        ("2023-11-30", "1", {"a few minutes"}),
        ("2023-12-01", "20", {"a few minutes", "1"}),
    ],
)
def test_microsofts_notice_was_a_few_minutes_or_one_or_twenty(state: Ask, known: str, notice: str, others: set[str]):
    (fact,) = facts(state(at="2023-11-18", known=known), "notice", "microsoft", "altman-removal")
    assert (shown(fact["value"]), fact["standing"], rivals(fact)) == (notice, "reported", others)
    assert looked_back(state, "2023-11-18", "notice", standing="confirmed") == []


def test_the_hire_of_altman_was_announced_and_never_happened(state: Ask):
    key = ("employment", "sam-altman", "microsoft")
    assert values(read(state, "2023-11-20", *key)) == ["announced"]
    assert values(looked_back(state, "2023-11-20", *key)) == ["offered"]
    assert read(state, "2023-11-23", *key) == []
    stages = [values(looked_back(state, day, *key, standing="alleged")) for day in ("2023-11-20", "2023-11-21")]
    assert all("employed" not in found for found in stages)


def test_the_counts_of_the_letter_run_from_490_to_747(state: Ask):
    (first,) = read(state, "2023-11-20", "signatories", "employee-letter-2023")
    assert {shown(first["value"]), *rivals(first)} == {"490", "505"}
    (last,) = read(state, "2023-11-21", "signatories", "employee-letter-2023")
    counts = {float(count) for count in {shown(last["value"]), *rivals(last)}}
    assert (min(counts), max(counts)) == (490, 747)
    assert float(shown(last["value"])) >= 740


def test_no_seat_on_the_board_became_an_observer_without_a_vote_a_day_later(state: Ask):
    (refused,) = read(state, "2023-11-28", "position", "openai", "board-representation")
    assert "no place on the board for Microsoft" in refused["value"]["text"]
    assert read(state, "2023-11-28", "board_observer", "openai") == []
    (observer,) = read(state, "2023-11-29", "board_observer", "openai", "microsoft")
    assert "non-voting" in observer["value"]["text"]
    for at in YEAR_ENDS:
        assert looked_back(state, at, "board_member", "openai", "microsoft", standing="alleged") == []
