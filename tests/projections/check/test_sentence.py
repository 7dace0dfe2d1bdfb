"""Sentences put to a small record: alternatives, several things at once, and what was known of words."""

from __future__ import annotations

import pytest

from projections.check.answer import Checked
from projections.check.checker import Checker
from tests.projections.recorded import Kept, ceo
from tests.timeline.telling import TIMELINE


def said(kept: Kept, sentence: str, at: str, *, known: str | None = None, checker: Checker | None = None) -> Checked:
    """The answer, asked about a date and as known then, unless `known` says otherwise."""
    with kept.archive.snapshot() as snapshot:
        return (checker or Checker()).check_sentence(snapshot, TIMELINE, sentence, snapshot.basis(at, known or at))


@pytest.fixture
def succession(kept_anywhere):
    kept_anywhere.tell("a", ceo("jane"), occurred="2020-01-10")
    kept_anywhere.tell("b", ceo("john"), occurred="2021-05-05")
    return kept_anywhere


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("John Roe is the chief executive of Acme.", "supported"),
        ("Jane Doe is the chief executive of Acme.", "was-true"),
        ("Jane Doe was the chief executive of Acme.", "supported"),
        ("Jane Doe is no longer the chief executive of Acme.", "supported"),
        ("John Roe is no longer the chief executive of Acme.", "contradicted"),
        ("Jane Doe is not the chief executive of Acme.", "supported"),
        ("Mary Major is the chief executive of Acme.", "contradicted"),
        ("In 2020, Jane Doe was the chief executive of Acme.", "supported"),
        ("In 2022, Jane Doe was the chief executive of Acme.", "was-true"),
        ("Mary Major leads Initech.", "undecidable"),
    ],
)
def test_a_sentence_gets_the_verdict_of_its_claims(succession, sentence, verdict):
    assert said(succession, sentence, "2023").verdict == verdict


def test_a_sentence_about_something_taken_back_is_understood_all_the_same(succession):
    assert said(succession, "John Roe is the chief executive of Acme.", "2020-06").verdict == "contradicted"


def test_the_same_sentence_gets_the_same_answer_from_a_checker_that_has_never_heard_of_the_timeline(succession):
    sentence = "Jane Doe is the chief executive of Acme."
    with succession.archive.snapshot() as snapshot:
        basis = snapshot.basis("2022", "2022")
        checkers = (old := Checker(), old, Checker())
        first, *others = (checker.check_sentence(snapshot, TIMELINE, sentence, basis) for checker in checkers)
        assert [other.as_json() for other in others] == [first.as_json()] * 2


def test_a_new_revision_brings_its_words(succession):
    kept, checker = succession, Checker()
    sentence = "Mary Major is the chief executive of Acme."
    assert said(kept, sentence, "2023", checker=checker).verdict == "contradicted"
    kept.tell("c", ceo("mary"), occurred="2022-01-01")
    assert said(kept, sentence, "2023", checker=checker).verdict == "supported"
    assert said(kept, sentence, "2021-06", checker=checker).verdict == "contradicted"
    assert said(kept, sentence, "2021-06", known="2023", checker=checker).verdict == "not-yet-true"
