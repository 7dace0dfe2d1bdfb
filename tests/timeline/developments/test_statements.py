"""What people and organisations say."""

from tests.timeline.developments.derived import refusal, told


def test_that_it_was_said_is_the_fact_and_the_topic_its_note():
    assert told("statement", speaker="jane-doe", topic="control", claim="Globex controls Acme") == [
        "jane-doe statement = text Globex controls Acme (control)"
    ]


def test_a_statement_may_leave_its_content_to_explicit_facts():
    assert told("statement", speaker="jane-doe", topic="control") == []


def test_a_statement_has_a_speaker_and_a_topic():
    assert refusal("statement", topic="control") == ("speaker", "Field required")
    assert refusal("statement", speaker="jane-doe", topic=" ")[0] == "topic"
