"""Talks and positions."""

import pytest

from tests.timeline.developments.derived import refusal, told
from timeline.vocabulary import default_vocabulary


@pytest.mark.parametrize("stage", default_vocabulary().attribute("negotiation").stages)
def test_talks_of_the_timeline_reach_every_stage_of_the_vocabulary(stage):
    assert told("negotiation", topic="recapitalisation", stage=stage) == [
        f"acme-globex negotiation → recapitalisation = stage {stage}"
    ]


def test_each_party_takes_a_position_on_the_topic():
    positions = [
        {"party": "globex", "position": "wants a third"},
        {"party": "acme", "position": "offers less"},
    ]
    assert told("negotiation", topic="recapitalisation", stage="open", positions=positions, since="2024-10")[1:] == [
        "globex position → recapitalisation = text wants a third since 2024-10",
        "acme position → recapitalisation = text offers less since 2024-10",
    ]


def test_a_stage_that_the_vocabulary_does_not_have_is_refused():
    field, reason = refusal("negotiation", topic="recapitalisation", stage="stalled")
    assert field == "stage"
    assert "'rumoured', 'open', 'agreed-in-principle', 'concluded' or 'collapsed'" in reason


def test_a_party_has_one_position():
    stance = {"party": "acme", "position": "offers less"}
    _, remedy = refusal("negotiation", topic="recapitalisation", stage="open", positions=[stance, stance])
    assert remedy == '"positions" names one party twice: put its position into one entry'
