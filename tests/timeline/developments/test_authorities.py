"""Inquiries, demands and findings."""

import pytest

from tests.timeline.developments.derived import refusal, told
from timeline.vocabulary import default_vocabulary

MATTER = {"authority": "fair-trade-office", "matter": "partnership"}


@pytest.mark.parametrize("stage", default_vocabulary().attribute("inquiry").stages)
def test_an_inquiry_reaches_every_stage_of_the_vocabulary(stage):
    assert told("regulatory", **MATTER, stage=stage) == [f"fair-trade-office inquiry → partnership = stage {stage}"]


def test_the_matter_is_about_somebody_and_the_finding_about_the_matter():
    assert told("regulatory", **MATTER, stage="decided", targets=["acme"], outcome="no jurisdiction") == [
        "fair-trade-office inquiry → partnership = stage decided",
        "partnership inquiry_target → acme = text under examination",
        "fair-trade-office finding → partnership = text no jurisdiction",
    ]


def test_a_demand_opens_no_inquiry():
    demands = [{"recipient": "globex", "what": "its contracts"}]
    assert told("regulatory", **MATTER, demands=demands, since="2024-01-25") == [
        "fair-trade-office demand → globex = text its contracts since 2024-01-25"
    ]


def test_an_authority_has_to_have_done_something():
    assert refusal("regulatory", **MATTER, targets=["acme"]) == (
        "",
        'give "stage", "outcome" or "demands": what the authority has done',
    )


def test_a_recipient_has_one_demand():
    demand = {"recipient": "globex", "what": "its contracts"}
    assert '"demands" names one recipient twice' in refusal("regulatory", **MATTER, demands=[demand, demand])[1]
