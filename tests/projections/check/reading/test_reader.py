"""Sentences are read into the claims they make; those that say more, or less, are not understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.check.claim import Aspect, Comparison, NotUnderstood, Tense, Understood
from projections.check.reading import build, read
from tests.projections.check.reading.examples import NOW, claim, key, lexicon, reason, understood
from timeline.dates import parse_date
from timeline.vocabulary import default_vocabulary

ROE, DOE = {"type": "entity", "id": "john-roe"}, {"type": "entity", "id": "jane-doe"}
STAKE = ("equity_stake", "acme", "globex")


@pytest.mark.parametrize(
    "sentence",
    [
        "John Roe is chief executive of GlobeX",
        "John Roe is the CEO of GlobeX.",
        "GlobeX's CEO is John Roe.",
        "The chief executive officer of GlobeX is John Roe",
        "Roe heads GlobeX.",
        "globex is run by John Roe",
        "Billionaire John Roe is now the boss of GlobeX.",
        'John Roe is "GlobeX" CEO'.replace(' "GlobeX" CEO', " CEO of “GlobeX”"),
    ],
)
def test_one_fact_can_be_said_in_many_ways(sentence):
    found = claim(sentence)
    assert key(found) == ("chief_executive", "globex", None)
    assert (found.value, found.aspect, found.tense, found.is_negated) == (ROE, Aspect.HOLDS, Tense.PRESENT, False)


@pytest.mark.parametrize(
    ("sentence", "value", "comparison"),
    [
        ("Acme owns 49 % of GlobeX", "49", Comparison.SAME),
        ("Acme holds a 49% stake in GlobeX", "49", Comparison.SAME),
        ("Acme has a stake of roughly 27 per cent in GlobeX", "27", Comparison.ABOUT),
        ("49 percent of GlobeX is owned by Acme", "49", Comparison.SAME),
        ("Acme's stake in GlobeX is under 10 percent", "10", Comparison.LESS_THAN),
        ("Acme owns a minority stake in GlobeX", "50", Comparison.LESS_THAN),
        ("Acme owns more than half of GlobeX", "50", Comparison.MORE_THAN),
        ("Acme owns GlobeX", "100", Comparison.SAME),
    ],
)
def test_amounts_come_with_how_they_are_meant(sentence, value, comparison):
    found = claim(sentence)
    assert key(found) == STAKE
    assert (found.value, found.comparison) == ({"type": "percent", "value": value}, comparison)


@pytest.mark.parametrize(
    ("sentence", "aspect", "tense", "is_negated"),
    [
        ("Acme owned a stake in GlobeX", Aspect.HOLDS, Tense.PAST, False),
        ("Acme will own a stake in GlobeX", Aspect.HOLDS, Tense.FUTURE, False),
        ("Acme does not own a stake in GlobeX", Aspect.HOLDS, Tense.PRESENT, True),
        ("Acme doesn't own any stake in GlobeX", Aspect.HOLDS, Tense.PRESENT, True),
        ("Acme has no stake in GlobeX", Aspect.HOLDS, Tense.PRESENT, True),
        ("Acme never owned a stake in GlobeX", Aspect.HOLDS, Tense.PAST, True),
        ("Acme acquired a stake in GlobeX", Aspect.BEGAN, Tense.PAST, False),
        ("Acme sold its stake in GlobeX", Aspect.ENDED, Tense.PAST, False),
    ],
)
def test_tense_aspect_and_denial(sentence, aspect, tense, is_negated):
    found = claim(sentence)
    assert key(found) == STAKE
    assert (found.aspect, found.tense, found.is_negated) == (aspect, tense, is_negated)


@pytest.mark.parametrize(
    "sentence",
    [
        "Acme no longer owns a stake in GlobeX",
        "Acme does not own a stake in GlobeX anymore",
        "Acme has no stake in GlobeX any more",
        "Acme used to own a stake in GlobeX",
    ],
)
def test_no_longer_says_that_it_held_and_does_not_now(sentence):
    (now,), (before, over) = understood(sentence).groups
    assert (now.is_negated, now.tense) == (True, Tense.PRESENT)
    assert (before.is_negated, before.tense, before.aspect) == (False, Tense.PAST, Aspect.HOLDS)
    assert (over.is_negated, over.tense, over.aspect) == (False, Tense.PAST, Aspect.ENDED)


def test_a_date_is_about_when_it_was_so():
    found = claim("On 31 December 2023, Acme owned 27% of GlobeX.")
    assert found.when is not None
    assert (found.when.earliest, found.when.latest) == (
        parse_date("2023-12-31").earliest,
        parse_date("2023-12-31").latest,
    )


def test_until_says_that_it_ended_then():
    found = claim("Acme owned a stake in GlobeX until March 2023")
    assert found.aspect is Aspect.ENDED
    assert found.when is not None
    assert found.when.text == "until March 2023"


def test_since_and_from_to_are_about_all_of_the_time():
    for sentence in ("Roe has been CEO of GlobeX since 2020", "Roe was CEO of GlobeX from 2020 to 2023"):
        when = claim(sentence).when
        assert when is not None
        assert when.is_throughout


def test_alternatives_are_all_given():
    found = understood("Acme invested $1 billion in GlobeX")
    assert {item.attribute for item in found.claims} == {"investment", "invested_total"}
    assert {item.value["amount"] for item in found.claims if item.value} == {"1000000000"}


# what the record links


def test_a_suit_is_found_by_its_parties():
    found = claim("Jane Doe sued Acme.")
    assert key(found) == ("lawsuit", "doe-v-acme", None)
    assert found.value == {"type": "stage", "stage": "filed"}
    assert key(claim("Acme was sued by Jane Doe")) == key(found)


def test_a_suit_that_the_record_does_not_have_is_a_key_that_it_does_not_have():
    assert key(claim("John Roe sued Initech.")) == ("lawsuit", "john-roe", None)


@pytest.mark.parametrize(
    "sentence",
    ["The Trade Office opened an inquiry into Acme", "The TO opened an inquiry into the merger of Acme and GlobeX"],
)
def test_an_inquiry_is_found_by_whom_it_is_about_or_by_a_name_cut_short(sentence):
    assert key(claim(sentence)) == ("inquiry", "trade-office", "acme-merger")


def test_an_office_without_its_organisation_is_that_which_the_person_has_had():
    found = claim("Jane Doe was fired as CEO")
    assert (key(found), found.value, found.aspect) == (("chief_executive", "globex", None), DOE, Aspect.ENDED)


def test_who_was_fired_has_to_have_been_by_some_account():
    assert claim("GlobeX's board fired Jane Doe").aspect is Aspect.ENDED
    assert "no account of how" in reason("GlobeX's board fired John Roe")


def test_the_clauses_between_the_parties_belong_to_the_timeline():
    found = claim("The exit clause is still in force", "term")
    assert key(found) == ("term", "acme-and-globex", "exit-clause")
    assert key(claim("Either side may leave after a year.")) == key(found)


def test_exclusive_provider_says_two_things_of_the_one_of_whom_the_record_has_said_both():
    exclusive, provider = understood("Acme is GlobeX's exclusive cloud provider").groups
    assert key(exclusive[0]) == ("cloud_exclusivity", "globex", None)
    assert key(provider[0]) == ("cloud_provider", "globex", "acme")


def test_of_another_provider_it_says_what_the_record_never_said():
    found = claim("Initech is GlobeX's exclusive cloud provider")
    assert (key(found), found.value) == (("cloud_provider", "globex", "initech"), {"type": "text", "text": "exclusive"})


def test_a_title_before_a_name_changes_nothing_if_the_record_knows_it():
    assert key(claim("GlobeX CEO John Roe joined the board of Acme")) == ("board_member", "acme", "john-roe")
    assert reason("Initech CEO John Roe joined the board of Acme")


# several things at once


def test_what_is_said_of_several_is_said_of_each():
    found = understood("Jane Doe and John Roe sit on the board of Acme")
    assert [[key(item) for item in group] for group in found.groups] == [
        [("board_member", "acme", "jane-doe")],
        [("board_member", "acme", "john-roe")],
    ]


def test_two_statements_are_both_claimed_and_share_their_time():
    groups = understood("GlobeX's board fired Jane Doe and appointed John Roe as CEO in May 2023").groups
    assert [(group[0].value, group[0].aspect) for group in groups] == [(DOE, Aspect.ENDED), (ROE, Aspect.BEGAN)]
    assert {group[0].when.text for group in groups if group[0].when} == {"in May 2023"}


def test_an_amount_for_several_is_left_open():
    assert "each of those it lists" in reason("Acme and Initech invested $30 billion in GlobeX")


# what is not understood


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("", "no sentence"),
        ("?!", "no sentence"),
        ("Does Acme own 49% of GlobeX?", "question"),
        ("Acme should own 49% of GlobeX", "opinion or a guess"),
        ("Acme probably owns 49% of GlobeX", "opinion or a guess"),
        ("If Acme owns 49% of GlobeX, it controls it", "condition"),
        ("He owns 49% of GlobeX", '"He" stands for'),
        ("Samsonite owns 49% of GlobeX", 'does not know "Samsonite"'),
        ("Acme owns 49% of Samsonite", 'does not know "Samsonite"'),
        ("Acme furtively owns 49% of GlobeX", '"furtively"'),
        ("Acme alone owns 49% of GlobeX", "not understood"),
        ("Acme reportedly owns 49% of GlobeX", "reportedly"),
        ("It is raining", '"It"'),
        ("The weather is fine", "names nobody"),
        ("Major left GlobeX", "not understood"),
        ("the orchard owns 49% of GlobeX", "not understood"),
        ("Acme owns 49% of GlobeX in 2022 in 2023", "not understood"),
        ("Acme owns 49% 27% of GlobeX", "not understood"),
        ("x" * 900, "longer"),
    ],
)
def test_what_is_not_understood_is_told_with_a_reason(sentence, why):
    assert why in reason(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Acme owns 49% of GlobeX's profits",
        "Acme owns 49% of GlobeX, which is a nonprofit",
        "Only Acme owns a stake in GlobeX",
        "Acme first owned a stake in GlobeX in 2019",
        "Acme can own up to 49% of GlobeX",
        "Acme would own 49% of GlobeX and nobody minds",
        "The largest shareholder of GlobeX is Acme",
        "Acme investor John Roe owns 49% of GlobeX",
        "Jane Doe, the CEO of GlobeX, said that Acme left",
        "Acme besitzt 49 Prozent von GlobeX",
    ],
)
def test_a_word_left_over_makes_it_another_statement(sentence):
    for item in getattr(read(sentence, lexicon(), NOW), "claims", ()):
        assert item.attribute not in {"equity_stake", "board_member"}, sentence


def test_the_parts_of_a_sentence_are_told_with_what_they_were_taken_for():
    sentence = "  In May 2023 Acme owned 27% of GlobeX."
    told = {sentence[part.start : part.end]: (part.role, part.meaning) for part in understood(sentence).parts}
    assert told == {
        "In May 2023": ("time", "In May 2023"),
        "Acme": ("subject", "acme"),
        "owned": ("attribute", "equity_stake"),
        "27%": ("value", "27"),
        "of": ("attribute", "equity_stake"),
        "GlobeX": ("object", "globex"),
    }


def test_names_that_are_ordinary_words_need_their_capital():
    assert key(claim("Orchard owns 49% of GlobeX")) == ("equity_stake", "apple-growers", "globex")
    assert key(claim("acme owns 49% of globex")) == STAKE  # a party, and a name that no word looks like


def test_a_timeline_without_anything_in_it_understands_nothing():
    empty = build("nothing", [], [], vocabulary=default_vocabulary())
    assert isinstance(read("Acme owns 49% of GlobeX", empty, NOW), NotUnderstood)


WORDS = ["Acme", "GlobeX", "Jane Doe", "John Roe", "owns", "is", "not", "no longer", "49%", "$13 billion", "of", "in"]
WORDS += ["2023", "since", "the", "CEO", "and", "fired", "'s", "board", "invested", '"', "(", ",", "until", "-", "will"]


@given(st.lists(st.sampled_from(WORDS), max_size=14))
def test_any_words_are_read_or_refused(words):
    found = read(" ".join(words), lexicon(), NOW)
    assert isinstance(found, Understood | NotUnderstood)
    if isinstance(found, Understood):
        assert all(found.groups)
        assert found == read(" ".join(words), lexicon(), NOW)


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text):
    found = read(text, lexicon(), NOW)
    assert isinstance(found, Understood | NotUnderstood)
    assert all(0 <= part.start < part.end <= len(text) for part in found.parts)


# names and words of the record


@pytest.mark.parametrize(
    "sentence",
    [
        "Talks on the price of the turbine are open",
        "There are talks on the price of the turbine",
        "Acme and GlobeX are negotiating the price of the turbine",
        "GlobeX is in talks with Acme about the price of the turbine",
    ],
)
def test_talks_are_known_by_their_topic(sentence):
    found = claim(sentence)
    assert key(found) == ("negotiation", "acme-and-globex", "price-talks")
    assert found.value == {"type": "stage", "stage": "open"}


def test_who_replaced_whom_is_two_claims():
    began, ended = understood("John Roe replaced Jane Doe as CEO of GlobeX").groups
    assert (began[0].value, began[0].aspect) == (ROE, Aspect.BEGAN)
    assert (ended[0].value, ended[0].aspect) == (DOE, Aspect.ENDED)


def test_a_status_is_said_of_whatever_the_clause_reads():
    found = claim("The exit clause was changed", "term")
    assert found.value == {"type": "text", "text": "either side may leave after a year", "status": "changed"}


def test_words_of_the_record_have_to_deny_what_it_denies():
    assert key(claim("Either side may leave")) == ("term", "acme-and-globex", "exit-clause")
    assert reason("Neither side may leave after a year")


def test_what_somebody_said_is_taken_as_it_is():
    found = claim("John Roe said that turbines should be bigger, probably.")
    assert key(found) == ("statement", "john-roe", None)
    assert found.value == {"type": "text", "text": "turbines should be bigger, probably"}
