"""Entities and relations in the model of FollowTheMoney, as its own library validates them."""

from __future__ import annotations

import json

import pytest
from followthemoney import model
from followthemoney.types import registry

from timeline.names import entity_id


@pytest.fixture
def proxies(exported):
    def read(*basis: str):
        lines = exported("followthemoney", *basis).read_bytes().splitlines()
        return {line["id"]: (line, model.get_proxy(line)) for line in map(json.loads, lines)}

    return read


def of(found, schema):
    return [proxy for _, proxy in found.values() if proxy.schema.name == schema]


def caption(found, identity):
    return found[identity][1].caption


def test_every_entity_is_valid_and_every_value_is_taken_as_it_is(proxies):
    for basis in (("2010-10-01", "2010-10-01"), ("2013", "2013")):
        found = proxies(*basis)
        assert found
        for line, proxy in found.values():
            proxy.schema.validate(line)
            cleaned = model.make_entity(line["schema"])
            for name, values in line["properties"].items():
                for value in values:
                    cleaned.add(name, value, cleaned=False)
            given = {name: sorted(values) for name, values in line["properties"].items()}
            taken = {name: sorted(cleaned.get(name)) for name in given}
            assert taken == {
                name: [registry.name.clean(v) if name == "name" else v for v in vs] for name, vs in given.items()
            }
            assert all(cleaned.get(name) for name in proxy.schema.required), line


def test_every_reference_leads_to_an_entity_of_the_right_schema(proxies):
    found = proxies()
    for _, proxy in found.values():
        for prop, value in proxy.itervalues():
            if prop.type == registry.entity:
                assert found[value][1].schema.is_a(prop.range), (proxy.schema.name, prop.name)


def test_facts_become_what_the_model_has_a_word_for(proxies):
    found = proxies("2010-12-31", "2010-12-31")
    seats = {(caption(found, p.first("director")), p.first("role")) for p in of(found, "Directorship")}
    assert seats == {
        ("Ada Holm", "founder"),
        ("Ada Holm", "chair of the board"),
        ("Cato Lind", "director for Northwind"),
    }
    [chief] = of(found, "Employment")
    assert (caption(found, chief.first("employee")), chief.first("role")) == ("Ada Holm", "chief executive")
    assert chief.first("startDate") == "2010-03-01"
    assert chief.get("sourceUrl") == ["https://tidewater.example/board"]
    [payment] = of(found, "Payment")
    assert (payment.first("amount"), payment.first("currency")) == ("11500000", "EUR")


def test_a_stake_is_an_ownership_of_a_company(proxies):
    found = proxies("2010-10-01", "2010-10-01")
    [stake] = of(found, "Ownership")
    assert stake.first("percentage") == "about 30% to 35%"
    assert found[stake.first("asset")][1].schema.name == "Company"
    assert stake.first("asset") == str(entity_id("tiny", "tidewater"))


def test_a_court_case_has_parties_and_its_docket_is_proven(proxies):
    found = proxies("2011-12-31", "2011-12-31")
    [case] = of(found, "CourtCase")
    assert (case.caption, case.first("status"), case.first("court")) == (
        "Krog v. Tidewater Yard",
        "filed",
        "Harbour Court (11-204)",
    )
    assert {caption(found, p.first("party")) for p in of(found, "CourtCaseParty")} == {"Bela Krog", "Tidewater Yard"}
    proof = found[case.first("proof")][1]
    assert (proof.schema.name, proof.first("sourceUrl")) == ("Article", "https://court.example/11-204")
    assert proof.first("publishedAt") == "2011-06-16"
