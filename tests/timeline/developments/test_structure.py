"""Legal form, control, founders and holdings."""

from tests.timeline.developments.derived import refusal, told


def test_an_organisation_takes_a_form_under_somebodys_control():
    assert told("restructuring", organisation="acme", legal_form="company", controlled_by="acme-foundation") == [
        "acme legal_form = text company",
        "acme controlled_by = entity acme-foundation",
    ]


def test_a_plan_is_not_yet_a_form():
    assert told("restructuring", organisation="acme", legal_form="company", planned=True) == [
        "acme planned_legal_form = text company"
    ]


def test_founders_are_named_at_the_foundation():
    assert told("restructuring", organisation="acme", founders=["jane-doe"]) == [
        "acme founder → jane-doe = text founder"
    ]
    assert told("restructuring", organisation="acme", founders=["jane-doe", "john-roe"], since="2015-12-11") == [
        "acme founder → jane-doe = text co-founder since 2015-12-11",
        "acme founder → john-roe = text co-founder since 2015-12-11",
    ]


def test_holdings_are_equity_stakes_in_the_organisation():
    holdings = [{"holder": "globex", "percent": {"value": "27", "qualifier": "about"}}]
    assert told("restructuring", organisation="acme", holdings=holdings) == [
        "globex equity_stake → acme = percent about 27"
    ]


def test_a_restructuring_that_is_only_told_derives_nothing():
    assert told("restructuring", organisation="acme") == []


def test_a_plan_has_a_form_and_changes_nothing_else():
    assert 'give "legal_form"' in refusal("restructuring", organisation="acme", planned=True)[1]
    _, remedy = refusal(
        "restructuring", organisation="acme", legal_form="company", planned=True, controlled_by="globex"
    )
    assert remedy.startswith('"planned" goes with "legal_form" only')


def test_each_holder_has_one_holding():
    holding = {"holder": "globex", "percent": {"value": "27"}}
    assert "one holder twice" in refusal("restructuring", organisation="acme", holdings=[holding, holding])[1]
