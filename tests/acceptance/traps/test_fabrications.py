"""Figures that somebody made up or mixed up."""

import pytest

from tests.acceptance.conftest import Ask, facts
from tests.acceptance.traps.asking import FROM_MICROSOFT, TO_MICROSOFT, YEAR_ENDS, looked_back, read
from tests.acceptance.values import rivals, shown, values


@pytest.mark.parametrize("attribute", ["investment", "invested_total", "committed_total", "funded_total"])
def test_no_investment_of_50_billion_by_microsoft_is_on_record(state: Ask, attribute: str):
    for at in YEAR_ENDS:
        for fact in looked_back(state, at, attribute, *FROM_MICROSOFT, standing="alleged"):
            assert all(float(billions) <= 13.75 for billions in (shown(fact["value"]), *rivals(fact)))


def test_the_38_billion_of_the_aws_contract_are_not_the_38_billion_of_the_cap(state: Ask):
    (contract,) = read(state, "2025-11-03", "cloud_commitment", "openai", "amazon-web-services")
    (cap,) = looked_back(state, "2026-05-31", "revenue_share_cap", *TO_MICROSOFT)
    assert shown(contract["value"]) == shown(cap["value"]) == "38"
    assert (contract["standing"], cap["standing"]) == ("confirmed", "reported")
    assert contract["development"] != cap["development"]
    for known in ("2025-11-03", "2026-05-10"):
        before = facts(state(at="2026-05-31", known=known, standing="alleged"), "revenue_share_cap", *TO_MICROSOFT)
        assert "38" not in values(before)


def test_the_size_of_chatgpts_model_is_gone_with_the_paper_that_gave_it(state: Ask):
    assert len(read(state, "2023-10-31", "statement", "codefusion-authors")) == 1
    assert read(state, "2023-11-30", "statement", "codefusion-authors", standing="alleged") == []
    assert len(facts(state(at="2023-12-31", known="2023-10-31"), "statement", "codefusion-authors")) == 1
