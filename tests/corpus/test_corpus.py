"""Labelled sentences about the bundled timeline, and how often the check agrees with a careful editor."""

import sys
from collections import Counter, defaultdict
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.acceptance.conftest import facts
from tests.corpus.judging import Score, mistakes, mistakes_counted, told
from tests.corpus.sentences import HALVES, TIMELINE, TODAY, VERDICTS, Labelled, read, tuned_on
from timeline.dates import parse_moment
from timeline.vocabulary import default_vocabulary

CORPUS = [*tuned_on(), *read("heldout")]
SECTIONS = [section.name for section in default_vocabulary().sections]

LEAST_ACCURACY = 0.85
MOST_WRONGLY_SURE = 0.05

OF_THE_ISSUE = (
    "Microsoft owns 49 % of OpenAI",
    "OpenAI's board fired Sam Altman in November 2023",
    "Microsoft is OpenAI's exclusive cloud provider",
    "Microsoft has invested 13.75 billion dollars in OpenAI",
    "Apple has an observer on OpenAI's board",
)


def ids(sentences: list[Labelled]) -> list[str]:
    return [item.id for item in sentences]


def show(report: str) -> None:
    """Prints a report, which pytest shows for a test that passed with `-rP`."""
    sys.stdout.write(f"\n{report}\n")


def test_on_the_half_that_nobody_tuned_on_the_verdict_is_right(heldout: Score):
    report = f"{told('heldout', heldout)}\n{mistakes_counted(heldout)}"
    show(report)
    assert heldout.accuracy >= LEAST_ACCURACY, report


def test_on_that_half_hardly_anything_is_wrongly_supported_or_contradicted(heldout: Score):
    assert heldout.wrongly_sure <= MOST_WRONGLY_SURE, mistakes_counted(heldout)


def test_on_the_half_that_rules_are_tuned_on_the_verdict_is_right_as_well(tuning: Score):
    report = f"{told('tuning', tuning)}\n{mistakes(tuning)}"
    show(report)
    assert tuning.accuracy >= LEAST_ACCURACY, report
    assert tuning.wrongly_sure <= MOST_WRONGLY_SURE, report


def test_the_phrases_serve_a_timeline_of_ferries_and_shipyards_too(tiny: Score):
    report = f"{told('tiny', tiny)}\n{mistakes(tiny)}"
    show(report)
    assert tiny.accuracy >= LEAST_ACCURACY, report
    assert tiny.wrongly_sure <= MOST_WRONGLY_SURE, report


@pytest.mark.parametrize("sentence", OF_THE_ISSUE)
def test_the_five_sentences_that_everybody_asks_are_judged_right_at_every_basis(tuning: Score, sentence: str):
    asked = [item for item in tuning.judged if item.labelled.sentence == sentence]
    known = {item.labelled.known[:4] for item in asked}
    assert known >= {"2023", "2024", TODAY[:4]}
    assert {item.labelled.id: item.given for item in asked} == {
        item.labelled.id: item.labelled.verdict for item in asked
    }


def test_a_failing_assertion_shows_a_sentence_by_its_id_alone():
    item = tuned_on()[0]
    assert item.id in repr(item)
    assert not [text for text in (item.sentence, item.why) if text in repr(item)]


def test_every_sentence_has_an_id_of_its_own():
    assert [name for name, count in Counter(ids(CORPUS)).items() if count > 1] == []


def test_no_sentence_is_asked_twice_at_one_basis():
    asked = defaultdict[tuple[str, str, str], list[str]](list)
    for item in CORPUS:
        asked[item.sentence, item.at, item.known].append(item.id)
    again = [same for same in asked.values() if len(same) > 1]
    assert again == []


def test_there_are_enough_sentences():
    count = len({item.sentence for item in CORPUS})
    assert count >= 220
    assert min(Counter(item.verdict for item in CORPUS)[verdict] for verdict in VERDICTS) >= 18


@pytest.mark.parametrize("half", HALVES)
def test_every_half_holds_the_sentences_that_the_hash_gives_to_it(half: str):
    assert ids([item for item in read(half) if item.half != half]) == []


def test_what_was_added_to_the_half_for_tuning_has_every_verdict_and_every_section():
    added = read("tuning_more")
    assert {item.verdict for item in added} == set(VERDICTS)
    assert {item.section for item in added} == set(SECTIONS)
    assert {item.family for item in added}.isdisjoint(item.family for half in HALVES for item in read(half))


@pytest.mark.parametrize("half", HALVES)
def test_every_half_has_every_verdict_and_every_section(half: str):
    sentences = read(half)
    assert {item.verdict for item in sentences} == set(VERDICTS)
    assert {item.section for item in sentences} == set(SECTIONS)


def test_one_family_is_one_sentence_asked_at_several_bases():
    families = defaultdict[str, set[str]](set)
    for item in CORPUS:
        families[item.family].add(item.sentence)
    several = [family for family, sentences in families.items() if len(sentences) > 1]
    assert several == []
    count = len({item.sentence for item in CORPUS})
    family_count = len(families)
    assert count == family_count, "two families have one sentence"


def test_no_sentence_is_asked_about_what_was_not_known_when_the_labels_were_given():
    assert ids([item for item in CORPUS if parse_moment(item.known) > parse_moment(TODAY)]) == []


def test_every_label_names_the_key_that_decides_or_why_none_does():
    attributes = default_vocabulary().attributes
    for item in CORPUS:
        if item.key is None:
            assert item.verdict == "undecidable", item.id
        else:
            assert attributes[item.key[0]].section == item.section, item.id


LEFT_OPEN = [item for item in CORPUS if item.key and item.verdict in {"disputed", "unsupported", "undecidable"}]


@pytest.mark.parametrize(("at", "known"), sorted({(item.at, item.known) for item in LEFT_OPEN}))
def test_the_record_still_leaves_open_what_the_labels_say_it_does(corpus_client: TestClient, at: str, known: str):
    state = corpus_client.get(f"/v1/timelines/{TIMELINE}/state", params={"at": at, "known": known}).json()
    asked = [item for item in LEFT_OPEN if (item.at, item.known) == (at, known)]
    assert ids([item for item in asked if not is_left_open(state, item)]) == []


def is_left_open(state: dict[str, Any], item: Labelled) -> bool:
    """Whether a state has rivals under the key of a label, or nothing, or what may not have begun or not have ended."""
    assert item.key is not None
    held = facts(state, *item.key)
    match item.verdict:
        case "disputed":
            return any(fact["contested_by"] for fact in held) and all(is_definite(fact) for fact in held)
        case "unsupported":
            return held == []
        case _:
            return bool(held) and not any(is_definite(fact) for fact in held)


def is_definite(fact: dict[str, Any]) -> bool:
    return bool(fact["certainty"] == "definite")
