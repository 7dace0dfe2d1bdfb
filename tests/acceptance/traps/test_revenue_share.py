"""The revenue share: its rate, its projections and its cap."""

import pytest

from tests.acceptance.conftest import Ask, facts
from tests.acceptance.traps.asking import TO_MICROSOFT, YEAR_ENDS, looked_back, read, term
from tests.acceptance.values import shown, values


@pytest.mark.parametrize("at", ["2023-12-31", "2024-12-31", "2025-12-31", "2026-08-31"])
def test_the_20_percent_were_reported_and_never_confirmed(state: Ask, at: str):
    (fact,) = looked_back(state, at, "revenue_share", *TO_MICROSOFT)
    assert (shown(fact["value"]), fact["standing"]) == ("20", "reported")
    assert looked_back(state, at, "revenue_share", *TO_MICROSOFT, standing="confirmed") == []


def test_the_20_percent_of_2023_were_not_public_before_october_2024(state: Ask):
    assert facts(state(at="2023-12-31", known="2024-10-08"), "revenue_share", *TO_MICROSOFT) == []
    assert values(facts(state(at="2023-12-31", known="2024-10-09"), "revenue_share", *TO_MICROSOFT)) == ["20"]


@pytest.mark.parametrize(("day", "percent"), [("2025-05-31", "10"), ("2025-09-30", "8")])
def test_the_projections_of_10_and_then_8_percent_are_kept_apart_from_the_share(state: Ask, day: str, percent: str):
    assert values(read(state, day, "expected_revenue_share", *TO_MICROSOFT)) == [percent]
    assert values(read(state, day, "revenue_share", *TO_MICROSOFT)) == ["20"]


def test_the_share_was_kept_in_october_2025_and_capped_and_made_one_way_in_april_2026(state: Ask):
    (kept,) = read(state, "2025-10-28", *term("revenue-share"), standing="confirmed")
    assert "goes on until the panel" in kept["value"]["text"]
    (capped,) = read(state, "2026-04-27", *term("revenue-share"), standing="confirmed")
    for words in ("same percentage", "total cap", "Microsoft pays nothing"):
        assert words in capped["value"]["text"]
    assert capped["until"] == "2030-12-31"
    assert read(state, "2026-04-27", "expected_revenue_share", *TO_MICROSOFT) == []
    payers = {at: {fact["subject"]["id"] for fact in looked_back(state, at, "revenue_share")} for at in YEAR_ENDS}
    assert payers["2025-12-31"] == {"openai", "microsoft"}
    assert payers["2026-12-31"] == {"openai"}
