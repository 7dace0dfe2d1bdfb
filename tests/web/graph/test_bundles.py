"""Relations of one kind between the same two, and the list of all of them."""

from __future__ import annotations

from api.web.graph.bundles import by_party, neighbours, value_of, words_of
from tests.web.graph.telling import VOCABULARY, bundles_of, fact
from timeline.standing import Standing

SEAT = fact("acme", "board_member", "jane", "director")


def test_relations_of_one_section_between_the_same_two_are_one_bundle_whatever_their_direction():
    found = bundles_of(
        fact("globex", "competitor", "acme", "anvils"),
        fact("acme", "competitor", "globex", "anvils"),
        fact("acme", "uses", "globex", "rockets"),
    )
    assert [(one.one, one.other, one.section, len(one.facts)) for one in found] == [
        ("acme", "globex", "products", 1),
        ("acme", "globex", "competition", 2),
    ]
    assert (found[1].leads_to("acme"), found[1].leads_to("globex")) == (True, True)
    assert (found[0].leads_to("acme"), found[0].leads_to("globex")) == (False, True)


def test_what_a_party_is_to_itself_is_left_out():
    assert bundles_of(fact("acme", "board_member", "acme")) == ()


def test_a_bundle_is_as_sure_as_its_surest_fact_and_contested_if_any_is():
    doubtful = SEAT._replace(is_certain=False, standing=Standing.REPORTED)
    contested = fact("acme", "board_member", "jane", "chair")._replace(contested_by=(SEAT,))
    (one,) = bundles_of(doubtful)
    assert (one.is_certain, one.is_contested, one.standing) == (False, False, Standing.REPORTED)
    (both,) = bundles_of(doubtful, contested)
    assert (both.is_certain, both.is_contested, both.standing) == (True, True, Standing.CONFIRMED)


def test_every_bundle_is_told_once_under_the_parties_first_and_then_under_whoever_has_most():
    bundles = bundles_of(
        SEAT,
        fact("globex", "board_member", "jane"),
        fact("jane", "role", "initech"),
        fact("initech", "competitor", "hooli"),
        fact("initech", "competitor", "umbrella"),
    )
    told = by_party(bundles, ("globex", "acme", "nobody"), {})
    assert [(one.party, [bundle.beyond(one.party) for bundle in one.bundles]) for one in told] == [
        ("globex", ["jane"]),
        ("acme", ["jane"]),
        ("initech", ["jane", "hooli", "umbrella"]),
    ]
    assert sum(one.size for one in told) == 5
    assert neighbours(bundles)["jane"] == {"acme", "globex", "initech"}


def test_words_tell_what_and_how_much_or_how_many():
    def words(*facts):
        return words_of(bundles_of(*facts)[0], VOCABULARY, {})

    money = {"type": "money", "amount": "5000000", "currency": "USD", "note": "in shares"}
    paid = fact("globex", "investment", "acme", value=money)
    assert words(paid) == "Investment: $5 million"
    assert words(paid, paid._replace(since="2021")) == "Investment ×2"
    assert words(paid, fact("globex", "invested_total", "acme", value=money)) == "Investment +1"
    assert words(fact("case", "defendant", "acme", "defendant")) == "Defendant"


def test_a_value_that_is_the_other_party_is_not_told_again():
    led = fact("acme", "chief_executive", "x", object=None, value={"type": "entity", "id": "jane", "note": "interim"})
    assert value_of(led, {"jane": "Jane"}) == "interim"
    assert words_of(bundles_of(led)[0], VOCABULARY, {}) == "Chief executive: interim"
