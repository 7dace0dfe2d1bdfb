"""The state as linked data, as rdflib reads it and SPARQL asks it."""

from __future__ import annotations

import pytest
import rdflib
from rdflib import RDF, Literal, Namespace, URIRef

from tests.projections.export.conftest import BASE, HEAD, NOTE

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's own, about its parser

PROV = Namespace("http://www.w3.org/ns/prov#")
TL = Namespace(f"{BASE}/v1/vocabulary#")
PREFIXES = f"""
PREFIX tl: <{TL}>
PREFIX prov: <{PROV}>
PREFIX schema: <https://schema.org/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""


@pytest.fixture
def graph(exported):
    def read(*basis: str, **more: str) -> rdflib.Graph:
        return rdflib.Graph().parse(exported("jsonld", *basis, **more), format="json-ld")

    return read


def asked(graph: rdflib.Graph, query: str) -> list[tuple[str, ...]]:
    return sorted(
        tuple(str(cell) for cell in row) for row in graph.query(PREFIXES + query) if not isinstance(row, bool)
    )


CHIEF = """
SELECT ?who ?publisher ?source WHERE {
  ?fact a rdf:Statement ; rdf:predicate tl:chief_executive ; rdf:object ?person ; prov:wasDerivedFrom ?source .
  ?person schema:name ?who .
  ?source a schema:CreativeWork ; dcterms:publisher ?publisher .
}
"""


def test_who_was_chief_executive_and_by_which_source(graph):
    assert asked(graph("2010-12-31", "2010-12-31"), CHIEF) == [
        ("Ada Holm", "Tidewater Yard", "https://tidewater.example/board"),
    ]
    assert asked(graph("2011-03", "2011-03"), CHIEF) == [
        ("Bela Krog", "Harbour Gazette", "https://gazette.example/founder-out"),
        ("Bela Krog", "Tidewater Yard", "https://tidewater.example/leadership"),
    ]


def test_every_fact_of_the_state_is_a_member_and_a_statement(graph, material_at):
    found, material = graph(), material_at()
    state = URIRef(material.permalink)
    members = set(found.objects(state, PROV.hadMember))
    assert members == set(found.subjects(RDF.type, RDF.Statement))
    labels = {str(label) for member in members for label in found.objects(member, rdflib.RDFS.label)}
    assert labels == {fact.text for fact in material.state.facts}
    assert (state, TL.revision, Literal(HEAD)) in found


def test_a_fact_was_derived_from_its_development_which_was_derived_from_documents(graph):
    rows = asked(
        graph("2011-08", "2011-08"),
        """
        SELECT ?development ?document ?known WHERE {
          ?fact rdf:predicate tl:damages_sought ; prov:wasDerivedFrom ?development ; prov:generatedAtTime ?known .
          ?development a tl:Development ; prov:wasDerivedFrom ?document .
        }
        """,
    )
    [(development, document, known)] = rows
    assert development == f"{BASE}/v1/timelines/tiny/developments/2011-06-15-krog-sues?known=2011-08-31&revision={HEAD}"
    assert (document, known) == ("https://court.example/11-204", "2011-06-16T23:59:59.999999+00:00")


def test_a_primary_document_is_a_primary_source(graph):
    found = asked(graph("2010-12-31", "2010-12-31"), "SELECT DISTINCT ?d WHERE { ?f prov:hadPrimarySource ?d }")
    assert ("https://tidewater.example/board",) in found
    assert ("https://gazette.example/ferry-line",) not in found


def test_who_contests_a_fact_is_no_statement(graph):
    found = graph("2010-10-01", "2010-10-01")
    rival = "SELECT ?standing WHERE { ?fact rdf:predicate tl:equity_stake ; tl:contestedBy ?r . ?r a tl:Rival ; tl:standing ?standing }"
    assert asked(found, rival) == [("denied",)]
    assert len(asked(found, "SELECT ?f WHERE { ?f a rdf:Statement ; rdf:predicate tl:equity_stake }")) == 1


def test_amounts_are_exact_decimals_with_their_currency(graph):
    found = asked(
        graph(),
        "SELECT ?n ?c WHERE { ?f rdf:predicate tl:net_result ; tl:value [ schema:value ?n ; schema:currency ?c ] }",
    )
    assert found == [("-123456789012345678.0123456789", "EUR")]


def test_no_text_of_the_record_is_lost(graph):
    assert asked(graph(), "SELECT ?n WHERE { ?f rdf:predicate tl:legal_form ; tl:note ?n }") == [(NOTE,)]
