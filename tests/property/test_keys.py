"""Whole keys, read along either clock, over random histories and on both backends: they show what the naive fold shows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.archive import Snapshot
from projections.history.fates import fates
from projections.index.keyed import KeyReader, Span
from projections.index.reader import KeyRow
from tests import oracle
from tests.property.histories import INSTANTS, VOCABULARY, Act, Point, World, basis, floors, histories, instants
from tests.property.test_laws import law, pick, places
from timeline.basis import Basis
from timeline.dates import MAX_INSTANT

pointed = st.lists(st.tuples(instants, instants, floors), min_size=2, max_size=3)


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    with World(database_url).opened() as world:
        yield world


def reader_of(snapshot: Snapshot, timeline: str, asked: Basis) -> KeyReader:
    number, _ = snapshot.timeline(timeline, asked.revision)
    return KeyReader(snapshot.connection, number, asked, head=snapshot.head)


def expected(log: oracle.Log, timeline: str, asked: Basis) -> oracle.Plain:
    found = oracle.state(log, timeline=timeline, basis=asked, vocabulary=VOCABULARY)
    return {
        key: {name: fact[name] for name in ("value", "since", "until", "development")} for key, fact in found.items()
    }


def admitted(log: oracle.Log, timeline: str, asked: Basis) -> list[tuple[Any, ...]]:
    """The facts in force that the floor admits, and denials."""
    return sorted(
        (*spoken.rank, spoken.development)
        for spoken in oracle.facts_in_force(log, timeline=timeline, basis=asked, vocabulary=VOCABULARY)
        if spoken.standing == "denied" or oracle.RANKS[spoken.standing] >= oracle.LEAST_RANK[asked.floor.label]
    )


def shown(keys: list[KeyRow], spans: dict[int, list[Span]], instant: int) -> dict[tuple[Any, ...], dict[str, Any]]:
    """What the spans show at an instant of their clock."""
    found = {}
    for key in keys:
        here = [span for span in spans.get(key.id, ()) if span.start <= instant < span.until]
        assert len(here) <= 1, "spans do not overlap"
        for span in here:
            payload = json.loads(span.fact.payload)
            found[key.subject, key.attribute, key.object or None, key.development or None] = {
                **{name: payload[name] for name in ("value", "since", "until")},
                "development": span.fact.development,
            }
    return found


@law
@given(histories, pointed, places)
def test_along_either_clock_a_key_says_and_shows_what_the_naive_fold_does(
    world: World, history: list[Act], asked: list[Point], wanted: list[int]
):
    start, timeline = world.revision, world.open()
    revisions = list(world.tell(timeline, history))
    log = world.log(start)
    with world.archive.snapshot() as snapshot:
        for revision in {*revisions[-1:], *pick(revisions, wanted[:1])}:
            for at, known, floor in asked:
                last = basis((at, INSTANTS[-1], floor), revision)
                reader = reader_of(snapshot, timeline, last)
                keys = reader.keys()
                facts = [fact for some in reader.facts(keys, known).values() for fact, _, _ in some]
                assert sorted((*fact.rank, fact.development) for fact in facts) == admitted(
                    log, timeline, basis((at, known, floor), revision)
                )
                over_at, over_known = reader.over_at(keys, known), reader.over_known(keys)
                for moment in (at, known, *(point[0] for point in asked)):
                    there = basis((moment, known, floor), revision)
                    assert shown(keys, over_at, moment) == expected(log, timeline, there)
                for moment in (at, known, *(point[1] for point in asked)):
                    then = basis((at, moment, floor), revision)
                    assert shown(keys, over_known, moment) == expected(log, timeline, then)


@law
@given(histories, pointed, places)
def test_what_became_known_after_the_basis_leaves_no_trace(
    world: World, history: list[Act], asked: list[Point], wanted: list[int]
):
    timeline = world.open()
    revisions = list(world.tell(timeline, history))
    with world.archive.snapshot() as snapshot:
        for revision in {*revisions[-1:], *pick(revisions, wanted[:1])}:
            for at, known, floor in asked:
                later = reader_of(snapshot, timeline, basis((at, INSTANTS[-1], floor), revision))
                then = reader_of(snapshot, timeline, basis((at, known, floor), revision))
                cut = {
                    key: [
                        (fact, known_from, known_until if known_until <= known else MAX_INSTANT)
                        for fact, known_from, known_until in facts
                        if known_from <= known
                    ]
                    for key, facts in later.facts(later.keys()).items()
                }
                keys = then.keys()
                assert then.facts(keys) == {key: facts for key, facts in cut.items() if facts}
                assert {key.id for key in keys} == {key for key, facts in cut.items() if facts}


@law
@given(histories, pointed, places)
def test_what_is_held_is_what_wins_at_that_moment_of_knowledge(
    world: World, history: list[Act], asked: list[Point], wanted: list[int]
):
    timeline = world.open()
    revisions = list(world.tell(timeline, history))
    with world.archive.snapshot() as snapshot:
        for revision in {*revisions[-1:], *pick(revisions, wanted[:1])}:
            for at, known, floor in asked:
                reader = reader_of(snapshot, timeline, basis((at, known, floor), revision))
                keys = reader.keys()
                spans, facts = reader.over_at(keys, known), reader.facts(keys)
                for key in keys:
                    won = {
                        (span.fact.payload, span.start, span.until)
                        for span in spans.get(key.id, ())
                        if span.fact is span.winner
                    }
                    held = {
                        (fate.told.fact.payload, fate.held.start, fate.held.until)
                        for fate in fates(facts[key.id], known)
                        if fate.held and fate.held.start < fate.held.until and fate.told.known_until > known
                    }
                    assert held == won
