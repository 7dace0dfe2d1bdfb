"""Verbs are found with their tense, and with what denies them."""

import pytest

from projections.check.claim import Tense
from projections.check.reading.english import forms_of
from projections.check.reading.tokens import tokenise
from projections.check.reading.verbs import Group, Verbs

VERBS = Verbs(["own", "invest", "step", "sue", "leave", "commit"])


def groups(text: str) -> list[Group]:
    tokens = tokenise(text)
    return [group for group in VERBS.groups(tokens, 0) if group.end == len(tokens)]


@pytest.mark.parametrize(
    ("text", "verb", "tense", "is_perfect", "is_negated", "has_ceased"),
    [
        ("owns", "own", Tense.PRESENT, False, False, False),
        ("owned", "own", Tense.PAST, False, False, False),
        ("will own", "own", Tense.FUTURE, False, False, False),
        ("has invested", "invest", Tense.PRESENT, True, False, False),
        ("had invested", "invest", Tense.PAST, True, False, False),
        ("does not own", "own", Tense.PRESENT, False, True, False),
        ("doesn't own", "own", Tense.PRESENT, False, True, False),
        ("didn’t invest", "invest", Tense.PAST, False, True, False),
        ("won't own", "own", Tense.FUTURE, False, True, False),
        ("never owned", "own", Tense.PAST, False, True, False),
        ("has never been", "be", Tense.PRESENT, True, True, False),
        ("is not", "be", Tense.PRESENT, False, True, False),
        ("was never", "be", Tense.PAST, False, True, False),
        ("no longer owns", "own", Tense.PRESENT, False, False, True),
        ("is no longer", "be", Tense.PRESENT, False, False, True),
        ("is still", "be", Tense.PRESENT, False, False, False),
    ],
)
def test_a_verb_with_its_auxiliaries(text, verb, tense, is_perfect, is_negated, has_ceased):
    (group,) = groups(text)
    assert (group.verb, group.tense, group.is_perfect) == (verb, tense, is_perfect)
    assert (group.is_negated, group.has_ceased) == (is_negated, has_ceased)


def test_what_goes_on_is_told_from_what_has_come_about():
    (group,) = groups("is suing")
    assert (group.verb, group.is_progressive) == ("sue", True)


@pytest.mark.parametrize("text", ["could own", "should own", "might own", "would own", "must own", "may own"])
def test_what_could_or_should_be_is_no_fact(text):
    assert groups(text) == []


@pytest.mark.parametrize(
    ("verb", "past", "gerund"),
    [
        ("step", "stepped", "stepping"),
        ("commit", "committed", "committing"),
        ("open", "opened", "opening"),
        ("sue", "sued", "suing"),
        ("carry", "carried", "carrying"),
        ("lead", "led", "leading"),
    ],
)
def test_regular_forms_follow_the_rules_and_others_the_list(verb, past, gerund):
    forms = forms_of(verb)
    assert forms.past == {past}
    assert forms.gerund == gerund
