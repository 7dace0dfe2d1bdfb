"""Who stands in which relation to whom, from a state alone."""

from __future__ import annotations

from typing import Any

from projections.relations import Via, around, involves, involving, relations, relations_of
from tests.projections.recorded import ceo
from timeline.entities import Entity, EntityKind


def seat(person: str, **more: Any) -> dict[str, Any]:
    value = {"type": "text", "text": "director"}
    return {"subject": "acme", "attribute": "board_member", "object": person, "value": value, **more}


def legal_form() -> dict[str, Any]:
    return {"subject": "acme", "attribute": "legal_form", "value": {"type": "text", "text": "company"}}


def edges(kept, **asked: Any) -> list[tuple[str, str, str, str]]:
    return [(edge.source, edge.fact.attribute, edge.target, edge.via) for edge in relations(kept.state(**asked)).edges]


def test_a_fact_relates_its_subject_to_its_object_or_to_its_value(kept):
    kept.tell("one", ceo("john"), seat("jane"), legal_form(), occurred="2020-01-01")
    assert edges(kept) == [
        ("acme", "chief_executive", "john", Via.VALUE),
        ("acme", "board_member", "jane", Via.OBJECT),
    ], "a fact about one entity alone is no relation"


def test_the_graph_names_every_end_of_a_relation_and_nobody_else(kept):
    kept.tell("one", ceo("john"), legal_form(), occurred="2020-01-01")
    assert relations(kept.state()).nodes == {"acme": "Acme", "john": "John Roe"}
    assert relations(kept.state("2019")).nodes == {}


def test_relations_are_those_of_the_basis(kept):
    kept.tell("one", ceo("john"), occurred="2020-01-01", standing="alleged")
    kept.tell("two", ceo("jane"), occurred="2021-01-01", known="2023")
    assert edges(kept, at="2022") == [("acme", "chief_executive", "jane", Via.VALUE)]
    assert edges(kept, at="2022", known="2022") == []
    assert edges(kept, at="2022", known="2022", standing="alleged") == [("acme", "chief_executive", "john", Via.VALUE)]


def test_relations_can_be_those_of_some_sections(kept):
    kept.tell("one", ceo("john"), seat("jane"), occurred="2020-01-01")
    found = relations(kept.state(), ["board"])
    assert [edge.target for edge in found.edges] == ["jane"]
    assert set(found.nodes) == {"acme", "jane"}
    assert relations(kept.state(), ["disputes"]).edges == ()


def test_around_an_entity_are_its_neighbours_and_what_they_are_to_each_other(kept):
    rival = {"subject": "acme", "attribute": "competitor", "object": "globex", "value": {"type": "text", "text": "x"}}
    kept.tell("one", ceo("john"), seat("jane"), {**seat("john"), "subject": "globex"}, rival, occurred="2020-01-01")
    found = around(relations(kept.state()), "john")
    assert set(found.nodes) == {"acme", "globex", "john"}
    assert [(edge.source, edge.fact.attribute, edge.target) for edge in found.edges] == [
        ("acme", "chief_executive", "john"),
        ("globex", "board_member", "john"),
        ("acme", "competitor", "globex"),
    ]
    nothing = around(found, "mary")
    assert (nothing.nodes, nothing.edges) == ({}, ())


def test_each_end_sees_a_relation_in_its_own_direction(kept):
    kept.tell("one", ceo("john"), seat("jane"), occurred="2020-01-01")
    graph = relations(kept.state())
    assert [(item.other, item.is_outward) for item in relations_of(graph, "acme")] == [("john", True), ("jane", True)]
    assert [(item.other, item.is_outward) for item in relations_of(graph, "john")] == [("acme", False)]
    assert relations_of(graph, "mary") == ()
    [shown] = relations_of(graph, "john")
    assert {name: shown.as_json(graph.nodes)[name] for name in ("with", "direction", "attribute", "via", "text")} == {
        "with": {"id": "acme", "name": "Acme"},
        "direction": "from",
        "attribute": "chief_executive",
        "via": "value",
        "text": "John Roe is chief executive of Acme",
    }


def test_what_an_entity_is_to_itself_is_no_relation(kept):
    kept.tell("one", {**seat("acme")}, occurred="2020-01-01")
    assert relations_of(relations(kept.state()), "acme") == ()


def test_the_facts_that_involve_an_entity_keep_their_sections(kept):
    kept.tell("one", ceo("john"), seat("john"), legal_form(), occurred="2020-01-01")
    state = kept.state()
    found = involving(state, "john")
    assert {section: len(facts) for section, facts in found.items()} == {"leadership": 1, "board": 1}
    assert len([fact for fact in state.facts if involves(fact, "acme")]) == len(state.facts)
    kept.record.describe_entity(state.timeline, Entity(id="nobody", name="Nobody", kind=EntityKind.PERSON))
    assert involving(kept.state(), "nobody") == {}
