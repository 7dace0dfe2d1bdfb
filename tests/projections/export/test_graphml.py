"""Entities and relations as a graph, as networkx reads it."""

from __future__ import annotations

import networkx as nx

from projections.relations import relations
from tests.projections.export.conftest import HEAD


def test_the_graph_is_that_of_the_relations(exported, material_at):
    graph = nx.read_graphml(exported("graphml"))
    found = relations(material_at().state)
    assert isinstance(graph, nx.MultiDiGraph)
    assert sorted((a, b, data["attribute"], data["text"]) for a, b, data in graph.edges(data=True)) == sorted(
        (edge.source, edge.target, edge.fact.attribute, edge.fact.text.replace("\x07", "\ufffd"))
        for edge in found.edges
    )
    assert set(found.nodes) <= set(graph.nodes)


def test_the_graph_names_its_basis(exported):
    graph = nx.read_graphml(exported("graphml"))
    assert graph.graph["timeline"] == "tiny"
    assert graph.graph["revision"] == HEAD
    assert (graph.graph["at"], graph.graph["known"]) == ("2013-12-31T23:59:59.999999Z",) * 2


def test_nodes_have_names_and_kinds(exported):
    graph = nx.read_graphml(exported("graphml"))
    assert graph.nodes["evil"] == {"name": '=cmd|"<Evil> & Sons, Ltd', "kind": "organisation"}
    assert graph.nodes["ada-holm"]["kind"] == "person"
    assert graph.nodes["tiny"]["kind"] == "timeline"


def test_an_edge_tells_how_sure_it_is_and_who_says_so(exported):
    graph = nx.read_graphml(exported("graphml", "2010-10-01", "2010-10-01"))
    [stake] = [data for *_, data in graph.edges("northwind", data=True) if data["attribute"] == "equity_stake"]
    assert stake["standing"] == "reported"
    assert stake["contested"] == 1
    assert stake["sources"] == "https://gazette.example/third"
    assert stake["value"] == "about 30% to 35%"


def test_questions_to_the_graph_have_the_answers_of_the_basis(exported):
    """Who was between Northwind and the chair of the yard, before and after she left."""
    before = nx.read_graphml(exported("graphml", "2010-12-31", "2010-12-31")).to_undirected()
    assert nx.shortest_path(before, "northwind", "ada-holm") == ["northwind", "tidewater", "ada-holm"]
    after = nx.read_graphml(exported("graphml", "2011-12-31", "2011-12-31"))
    assert "ada-holm" not in after
