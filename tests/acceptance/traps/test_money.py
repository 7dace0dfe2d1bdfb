"""The sums: what was promised, what was paid, and in what."""

from typing import Any

import pytest

from tests.acceptance.conftest import Ask, facts
from tests.acceptance.traps.asking import FROM_MICROSOFT, looked_back, read
from tests.acceptance.values import rivals, shown, values


def test_in_october_2024_the_13_75_billion_of_the_press_and_the_13_billion_committed_are_rivals(state: Ask):
    (fact,) = read(state, "2024-10-20", "committed_total", *FROM_MICROSOFT)
    assert (shown(fact["value"]), fact["standing"], rivals(fact)) == ("13.75", "reported", {"13"})
    (fact,) = looked_back(state, "2024-12-31", "invested_total", *FROM_MICROSOFT)
    assert (shown(fact["value"]), fact["standing"], rivals(fact)) == ("13", "confirmed", {"13.75"})


@pytest.mark.parametrize("at", ["2024-12-31", "2025-12-31", "2026-07-31"])
def test_microsoft_itself_states_13_billion_committed(state: Ask, at: str):
    (fact,) = looked_back(state, at, "committed_total", *FROM_MICROSOFT, standing="confirmed")
    assert shown(fact["value"]) == "13"


@pytest.mark.parametrize(
    ("at", "known", "billions"),
    [
        ("2025-09-29", "2026-08-01", []),
        ("2025-09-30", "2025-10-28", []),
        ("2025-09-30", "2025-10-29", ["11.6"]),
        ("2026-03-31", "2026-04-28", ["11.6"]),
        ("2026-03-31", "2026-04-29", ["11.8"]),
        ("2026-06-30", "2026-07-28", ["11.8"]),
        ("2026-06-30", "2026-07-29", ["11.9"]),
    ],
)
def test_what_was_paid_is_told_apart_from_what_was_promised_filing_by_filing(
    state: Ask, at: str, known: str, billions: list[str]
):
    body = state(at=at, known=known, standing="confirmed")
    assert values(facts(body, "funded_total", *FROM_MICROSOFT)) == billions
    assert values(facts(body, "committed_total", *FROM_MICROSOFT)) == ["13"]


def test_the_summary_adds_neither_promises_to_payments_nor_rivals_to_each_other(state: Ask):
    (total,) = [
        total
        for total in state(at="2026-07-31")["sections"]["capital"]["summary"]["totals"]
        if (total["investor"]["id"], total["investee"]["id"]) == FROM_MICROSOFT
    ]
    assert [shown(total[name]) for name in ("committed_total", "funded_total")] == ["13", "11.9"]
    assert total["investments"]["high"] == "13750000000"


def test_the_10_billion_of_january_2023_came_in_tranches_and_partly_as_computing(state: Ask):
    def of_2023(known: str) -> dict[str, Any]:
        found = facts(state(at="2023-02-01", known=known), "investment", *FROM_MICROSOFT)
        (fact,) = [fact for fact in found if fact["since"].startswith("2023")]
        return fact

    first, later = of_2023("2023-01-24"), of_2023("2023-11-30")
    assert shown(first["value"]) == shown(later["value"]) == "10"
    assert (first["value"].get("form"), later["value"]["form"]) == (None, "mixed")
    assert "tranches" in later["value"]["note"]
    assert {first["standing"], later["standing"]} == {"reported"}


@pytest.mark.parametrize(("known", "billions"), [("2022-12-31", ["1"]), ("2023-01-10", ["1"]), ("2023-01-11", ["3"])])
def test_the_2_billion_of_2021_became_public_in_january_2023(state: Ask, known: str, billions: list[str]):
    body = state(at="2022-06-30", known=known)
    assert values(facts(body, "invested_total", *FROM_MICROSOFT)) == billions
    assert len(facts(body, "investment", *FROM_MICROSOFT)) == (2 if billions == ["3"] else 1)


@pytest.mark.parametrize(("known", "forms"), [("2019-12-31", {"cash"}), ("2020-02-29", {"cash", "mixed"})])
def test_whether_the_first_billion_was_cash_or_half_credits_stays_open(state: Ask, known: str, forms: set[str]):
    (fact,) = facts(state(at="2019-12-31", known=known), "investment", *FROM_MICROSOFT)
    assert {rival["value"]["form"] for rival in fact["contested_by"]} == forms
    assert "form" not in fact["value"]
