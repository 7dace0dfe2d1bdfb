"""Agreements, terms and licences."""

from tests.timeline.developments.derived import refusal, told

TERM = {"agreement": "agreement-2024", "term": "agi-clause"}
LICENSE = {"licensee": "globex", "licensor": "acme"}


def test_an_agreement_stands_at_a_stage_and_is_the_timelines():
    assert told("agreement", agreement="agreement-2024", stage="signed") == [
        "acme-globex agreement → agreement-2024 = stage signed"
    ]


def test_an_agreement_supersedes_earlier_ones():
    assert told("agreement", agreement="agreement-2024", stage="in-force", supersedes=["agreement-2021"]) == [
        "acme-globex agreement → agreement-2024 = stage in-force",
        "acme-globex agreement → agreement-2021 = stage superseded",
    ]


def test_what_binds_nobody_says_so():
    assert told("agreement", agreement="letter", stage="signed", binding=False, until="2025-12-31") == [
        "acme-globex agreement → letter = stage signed (not binding) until 2025-12-31"
    ]


def test_an_agreement_does_not_supersede_itself():
    assert "earlier agreements only" in refusal("agreement", agreement="a", stage="signed", supersedes=["a"])[1]


def test_a_term_reads_as_words_a_date_or_a_sum():
    values = [
        {"type": "text", "text": "the board alone decides", "status": "in force"},
        {"type": "date", "date": "2032-12-31"},
        {"type": "money", "amount": "100000000000", "currency": "USD"},
    ]
    assert [told("term", **TERM, value=value) for value in values] == [
        ["acme-globex term → agi-clause = text the board alone decides [in force]"],
        ["acme-globex term → agi-clause = date 2032-12-31"],
        ["acme-globex term → agi-clause = money 100000000000 USD"],
    ]


def test_a_term_can_be_dropped():
    assert told("term", **TERM, ends=True) == ["acme-globex term → agi-clause ends"]


def test_a_term_has_a_reading_or_an_end():
    assert refusal("term", **TERM) == (
        "",
        'give "value", how the clause reads (or "ends": true, if it no longer applies)',
    )
    value = {"type": "text", "text": "void"}
    assert 'leave out "value"' in refusal("term", **TERM, value=value, ends=True)[1]


def test_a_term_is_a_clause_of_an_agreement():
    value = {"type": "text", "text": "void"}
    assert refusal("term", term="agi-clause", value=value) == ("agreement", "Field required")


def test_no_other_type_of_value_says_how_a_term_reads():
    field, reason = refusal("term", **TERM, value={"type": "percent", "value": "20"})
    assert field == "value"
    assert "'text', 'date', 'money'" in reason


def test_exclusivity_makes_a_difference_between_two_licences():
    assert [told("license", **LICENSE, scope="all models", exclusive=choice) for choice in (True, False, None)] == [
        ["globex licence → acme = text all models [exclusive]"],
        ["globex licence → acme = text all models [not exclusive]"],
        ["globex licence → acme = text all models"],
    ]


def test_a_licence_can_run_out_or_be_ended():
    assert told("license", **LICENSE, scope="all models", until="2032-12-31") == [
        "globex licence → acme = text all models until 2032-12-31"
    ]
    assert told("license", **LICENSE, ends=True) == ["globex licence → acme ends"]


def test_a_licence_has_a_scope_or_an_end():
    assert 'give "scope"' in refusal("license", **LICENSE, exclusive=True)[1]
    assert "leave out all that describes" in refusal("license", **LICENSE, scope="all models", ends=True)[1]
