"""Cases before a court."""

import pytest

from tests.timeline.developments.derived import refusal, told
from tests.timeline.developments.examples import usd
from timeline.vocabulary import default_vocabulary

CASE = {"case": "doe-v-acme", "stage": "filed"}


@pytest.mark.parametrize("stage", default_vocabulary().attribute("lawsuit").stages)
def test_a_case_reaches_every_stage_of_the_vocabulary(stage):
    assert told("lawsuit", case="doe-v-acme", stage=stage) == [f"doe-v-acme lawsuit = stage {stage}"]


def test_a_filing_tells_court_docket_and_parties():
    parties = {"plaintiffs": ["jane-doe"], "defendants": ["acme", "globex"]}
    assert told("lawsuit", **CASE, court="Example Court", docket="1:24-cv-1", **parties) == [
        "doe-v-acme lawsuit = stage filed",
        "doe-v-acme court = text Example Court (1:24-cv-1)",
        "doe-v-acme plaintiff → jane-doe = text plaintiff",
        "doe-v-acme defendant → acme = text defendant",
        "doe-v-acme defendant → globex = text defendant",
    ]


def test_the_filing_is_a_fact_and_its_content_is_alleged():
    filing, allegation = told("lawsuit", **CASE, allegations=[{"against": "acme", "of": "fraud"}])
    assert filing == "doe-v-acme lawsuit = stage filed"
    assert allegation == "doe-v-acme allegation → acme = text fraud as alleged"


def test_what_is_sought_ruled_and_decided():
    assert told(
        "lawsuit",
        **CASE,
        damages_sought=usd("1000"),
        ruling="the motion is denied",
        outcome="dismissed",
        since="2024",
    ) == [
        "doe-v-acme lawsuit = stage filed since 2024",
        "doe-v-acme damages_sought = money 1000 USD since 2024",
        "doe-v-acme ruling = text the motion is denied since 2024",
        "doe-v-acme outcome = text dismissed since 2024",
    ]


def test_a_docket_is_a_number_at_a_court():
    assert refusal("lawsuit", **CASE, docket="1:24-cv-1") == (
        "",
        'a "docket" is a number at a court: give "court" too',
    )


def test_nobody_is_on_both_sides():
    _, remedy = refusal("lawsuit", **CASE, plaintiffs=["acme"], defendants=["acme"])
    assert remedy == '"plaintiffs" and "defendants" both name "acme": leave one of them out'


def test_all_that_a_party_is_accused_of_stands_in_one_entry():
    allegations = [{"against": "acme", "of": "fraud"}, {"against": "acme", "of": "breach of contract"}]
    assert '"allegations" names one party twice' in refusal("lawsuit", **CASE, allegations=allegations)[1]
