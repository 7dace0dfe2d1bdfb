"""Rivals are kept, contradictions that nobody has marked are found."""

import pytest

from tests.timeline.datasets.rules.telling import development, findings, source, stake
from timeline.datasets.figures import figures
from timeline.datasets.reading import read_dataset

PRIMARY = source("yard", "2010-05-01", kind="primary")


def told(slug, known, *facts, **fields):
    return development(slug, known, facts=list(facts), **fields)


def confirmed(slug, known, *facts, **fields):
    return told(slug, known, *facts, standing="confirmed", **{"sources": [PRIMARY], **fields})


# two values in one development


def test_one_record_does_not_give_two_values_without_a_word(tmp_path):
    (found,) = findings(tmp_path, "rivals-of-one-record", told("a", "2010-05-01", stake("30"), stake("40")))
    assert found == ('error a facts.1: two values of ferry "equity_stake" → yard at one time: "30" and "40".')


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param([stake("30"), stake("40", note="by the Post")], id="a note says whose account one is"),
        pytest.param([stake("30"), stake("40", standing="alleged")], id="one stands worse"),
        pytest.param([stake("30"), stake("30", standing="denied")], id="one is a denial"),
        pytest.param([stake("30"), stake("40", since="2010-05-02")], id="one begins later"),
        pytest.param([stake("30", since="2008", until="2009-06"), stake("40")], id="one was over before"),
        pytest.param([stake("30"), stake("30")], id="they say the same"),
    ],
)
def test_unless_something_tells_the_two_apart(tmp_path, facts):
    assert findings(tmp_path, "rivals-of-one-record", told("a", "2010-05-01", *facts)) == []


def test_dates_that_may_be_the_same_do_not(tmp_path):
    facts = stake("30", since="2010-05"), stake("40", since="2010-05-20")
    assert findings(tmp_path, "rivals-of-one-record", told("a", "2010-06-01", *facts))


def test_a_value_that_a_correction_replaced_is_no_rival(tmp_path):
    later = {"correction": "new-information", "known": "2010-06-01", "changes": {"facts": [stake("40")]}}
    assert findings(tmp_path, "rivals-of-one-record", told("a", "2010-05-01", stake("30"), then=[later])) == []


def test_a_rival_that_a_correction_brings_is_found_where_it_stands(tmp_path):
    changes = {"facts": [stake("30"), stake("40")]}
    later = {"correction": "new-information", "known": "2010-06-01", "changes": changes}
    (found,) = findings(tmp_path, "rivals-of-one-record", told("a", "2010-05-01", stake("30"), then=[later]))
    assert found.startswith("error a then.0.changes.facts.1: ")


# against what is confirmed

HELD = stake("30", since="2010-05-01", until="2020-12-31")


def test_a_report_does_not_begin_in_the_middle_of_what_is_confirmed(tmp_path):
    report = told("b", "2014-01-01", stake("40"))
    (found,) = findings(tmp_path, "contradicted-facts", confirmed("a", "2010-05-01", HELD), report)
    assert found == (
        'warning b facts.0: ferry "equity_stake" → yard is "40" here, but a has "30" confirmed for that time.'
    )


@pytest.mark.parametrize(
    "report",
    [
        pytest.param(told("b", "2014-01-01", stake("40", note="by the Post")), id="a note says whose account it is"),
        pytest.param(told("b", "2014-01-01", stake("40", standing="denied")), id="it is a denial"),
        pytest.param(told("b", "2014-01-01", stake("30")), id="it says the same"),
        pytest.param(told("b", "2021-01-01", stake("40")), id="it begins when that is over"),
        pytest.param(told("b", "2010-04-01", stake("40", since="2014")), id="it was known before"),
        pytest.param(confirmed("b", "2014-01-01", stake("40")), id="it is a change, and confirmed"),
    ],
)
def test_unless_it_says_so(tmp_path, report):
    assert findings(tmp_path, "contradicted-facts", confirmed("a", "2010-05-01", HELD), report) == []


def test_unless_a_change_was_confirmed_meanwhile(tmp_path):
    change = confirmed("c", "2014-06-01", stake("40"))
    report = told("b", "2014-01-01", stake("40"))
    assert findings(tmp_path, "contradicted-facts", confirmed("a", "2010-05-01", HELD), report, change) == []


def test_unless_the_report_was_taken_back(tmp_path):
    report = told("b", "2014-01-01", stake("40"), then=[{"retraction": "withdrawn", "known": "2014-02-01"}])
    assert findings(tmp_path, "contradicted-facts", confirmed("a", "2010-05-01", HELD), report) == []


def test_what_has_no_stated_end_may_change_by_a_report(tmp_path):
    base = confirmed("a", "2010-05-01", stake("30", since="2010-05-01"))
    assert findings(tmp_path, "contradicted-facts", base, told("b", "2014-01-01", stake("40"))) == []


def test_a_rival_about_the_same_time_has_a_source_of_its_own(tmp_path):
    base = confirmed("a", "2010-05-01", stake("30"))
    rival = told("b", "2010-05-02", stake("40", since="2010-05-01"))
    assert findings(tmp_path, "contradicted-facts", base, rival) == []
    (found,) = findings(tmp_path, "contradicted-facts", base, {**rival, "sources": [PRIMARY]})
    assert found.startswith("warning b facts.0: ")


def test_two_confirmed_values_for_one_time_cannot_both_be_right(tmp_path):
    base = confirmed("a", "2010-05-01", stake("30"))
    other = confirmed("b", "2010-05-02", stake("40", since="2010-05-01"), sources=[source("ferry", kind="primary")])
    (found,) = findings(tmp_path, "contradicted-facts", base, other)
    assert found.startswith("warning b facts.0: ")


# how many keys are contested


@pytest.mark.parametrize(
    ("rival", "contested"),
    [
        (told("b", "2010-06-01", stake("40", since="2010-05-01")), 1),
        (told("b", "2010-06-01", stake("30", since="2010-05-20", standing="denied")), 1),
        (told("b", "2010-06-01", stake("30", since="2010-05-01")), 0),
        (told("b", "2010-06-01", stake("40")), 0),
    ],
    ids=["another value for the same time", "a denial", "the same value", "a later value"],
)
def test_rivals_and_denials_make_a_key_contested(tmp_path, rival, contested):
    findings(tmp_path, "contradicted-facts", told("a", "2010-05-01", stake("30")), rival)
    assert figures(read_dataset(tmp_path / "sound").checked()).contested == contested


def test_what_replaced_it_before_it_was_known_never_contested_it(tmp_path):
    later = {"correction": "new-information", "known": "2010-05-20", "changes": {"facts": [stake("40")]}}
    first = told("a", "2010-05-01", stake("30"), then=[later])
    findings(tmp_path, "contradicted-facts", first, told("b", "2010-06-01", stake("40", since="2010-05-01")))
    assert figures(read_dataset(tmp_path / "sound").checked()).contested == 0
