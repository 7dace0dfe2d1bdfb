"""The page of a year's last day: what had ended is off it, and no section tells more than a reader wants to know."""

from typing import Any

import pytest

from tests.acceptance.conftest import Ask, facts

YEAR_ENDS = [f"{year}-12-31" for year in range(2015, 2027)]
NOW = "2026-11-22"


def developments(found: list[Any]) -> set[str]:
    return {fact["development"] for fact in found}


@pytest.mark.parametrize("at", YEAR_ENDS)
def test_only_what_still_bears_on_the_partnership_stands_among_the_statements(state: Ask, at: str):
    assert len(facts(state(at=at), "statement")) <= 12


@pytest.mark.parametrize(
    ("development", "last", "over"),
    [
        ("2023-11-20-employee-letter", "2023-11-21", "2023-11-22"),
        ("2023-11-17-altman-removed", "2024-03-07", "2024-03-08"),
        ("2024-06-12-openai-clarifies-oracle-for-inference", "2025-01-20", "2025-01-21"),
        ("2023-12-08-microsoft-owns-no-portion", "2025-10-27", "2025-10-28"),
        ("2026-02-27-joint-statement-nothing-changes", "2026-04-26", "2026-04-27"),
    ],
)
def test_a_statement_is_over_once_events_have_overtaken_it(state: Ask, development: str, last: str, over: str):
    found = [development in developments(facts(state(at=at), "statement")) for at in (last, over)]
    assert found == [True, False]


def test_the_end_of_a_statement_is_not_seen_before_it_was_known(state: Ask):
    found = facts(state(at="2026-12-31", known="2025-10-27"), "statement", "frank-shaw")
    assert developments(found) == {"2023-12-08-microsoft-owns-no-portion"}


@pytest.mark.parametrize(("at", "count"), [("2025-09-30", 2), ("2025-10-09", 0)])
def test_the_order_to_keep_all_logs_of_chatgpt_has_ended(state: Ask, at: str, count: int):
    assert len(facts(state(at=at), "ruling", "openai-copyright-mdl")) == count


@pytest.mark.parametrize(("at", "asked"), [("2025-01-16", True), ("2025-01-17", False)])
def test_the_orders_of_the_study_on_partnerships_end_with_its_report(state: Ask, at: str, asked: bool):
    found = developments(facts(state(at=at), "demand", "ftc"))
    assert ("2024-01-25-ftc-6b-orders-ai-partnerships" in found) is asked


def test_the_two_suits_over_personal_data_are_told_apart(state: Ask):
    stages = {
        at: {fact["subject"]["id"]: fact["value"]["stage"] for fact in facts(state(at=at), "lawsuit")}
        for at in ("2023-08-31", "2023-12-31", "2024-05-24")
    }
    assert [stages[at].get("pm-v-openai") for at in stages] == ["filed", "withdrawn", "withdrawn"]
    assert [stages[at].get("cousart-v-openai") for at in stages] == [None, None, "dismissed"]


def test_a_product_that_got_another_name_is_gone_under_the_old_one(state: Ask):
    body = state(at="2023-12-31")
    assert facts(body, "uses", "bing-chat") == []
    assert len(facts(body, "uses", "microsoft-copilot", "gpt-4")) == 1


@pytest.mark.parametrize("at", YEAR_ENDS)
def test_the_president_of_openai_is_told_once(state: Ask, at: str):
    posts = {fact["value"]["text"] for fact in facts(state(at=at), "role", None, "openai")}
    assert "president" not in posts


@pytest.mark.parametrize(("at", "who"), [("2015-12-31", "satya-nadella"), (NOW, "satya-nadella")])
def test_the_chief_executive_of_microsoft_is_on_record(state: Ask, at: str, who: str):
    (fact,) = facts(state(at=at), "chief_executive", "microsoft")
    assert (fact["value"]["id"], fact["standing"]) == (who, "confirmed")


@pytest.mark.parametrize(
    ("at", "members"),
    [
        ("2023-12-31", 3),
        ("2024-12-31", 9),
        ("2025-11-30", 8),
        (NOW, 9),
    ],
)
def test_the_board_of_openai_is_as_large_as_openai_says(state: Ask, at: str, members: int):
    assert len(facts(state(at=at), "board_member", "openai")) == members


@pytest.mark.parametrize("at", ["2023-12-31", "2024-12-31", "2025-12-31", NOW])
def test_the_pace_of_revenue_is_that_of_the_year(state: Ask, at: str):
    (fact,) = facts(state(at=at), "revenue_run_rate", "openai")
    assert fact["since"][:4] == at[:4]
