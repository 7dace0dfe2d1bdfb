"""What a difference says, over random histories, on both backends: that it is whole, and that its causes are the causes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projections.archive import Snapshot
from projections.causes import Cause, same
from projections.comparison import Comparison, compare
from projections.diff import FactIdentity
from projections.index.reader import IndexReader
from projections.story import page
from tests.property.histories import INSTANTS, VOCABULARY, Act, Point, World, basis, histories, points
from tests.property.test_laws import HISTORIES, law, pick, places
from timeline.basis import At, Basis, Known, Revision
from timeline.dates import parse_date
from timeline.vocabulary import Cardinality

pairs = st.lists(st.tuples(points, points), min_size=3, max_size=6)
claim = settings(law, max_examples=max(1, HISTORIES // 4))
"""Each looks at many states of a history; fewer histories will do."""

Json = dict[str, Any]


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    with World(database_url).opened() as world:
        yield world


def forwards(one: Point, other: Point, first: int, last: int) -> tuple[Basis, Basis]:
    """Two bases on one floor, of which the second is not behind the first on any clock."""
    before = basis((min(one[0], other[0]), min(one[1], other[1]), one[2]), min(first, last))
    return before, basis((max(one[0], other[0]), max(one[1], other[1]), one[2]), max(first, last))


def through_json(body: Json) -> Json:
    """What a client gets."""
    read: Json = json.loads(json.dumps(body))
    return read


def facts_by_identity(facts: list[Json]) -> dict[object, Json]:
    """The facts of a state by what the documents say that makes each of them itself."""
    return {identity(fact): fact for fact in facts}


def identity(fact: Json) -> object:
    is_each = VOCABULARY.attributes[fact["attribute"]].cardinality is Cardinality.EACH
    object_ = fact["object"] and fact["object"]["id"]
    return fact["subject"]["id"], fact["attribute"], object_, fact["development"] if is_each else None


@claim
@given(histories, pairs, places)
def test_law_5_holds_of_what_a_client_gets(
    world: World, history: list[Act], asked: list[tuple[Point, Point]], wanted: list[int]
):
    timeline = world.open()
    start = world.revision
    revisions = list(world.tell(timeline, history))
    with world.archive.snapshot() as snapshot:
        for revision in {*revisions[-1:], *pick(revisions, wanted), start}:
            for one, other in asked:
                before, after = forwards(one, other, revision, world.revision)
                found = through_json(compare(snapshot, timeline, before, after).as_json())
                states = [through_json(snapshot.state(timeline, one).as_json()) for one in (before, after)]
                assert (found["from"], found["to"]) == tuple(state["basis"] for state in states)
                for name, changes in found["sections"].items():
                    facts = facts_by_identity(states[0]["sections"][name]["facts"])
                    for line in changes["removed"]:
                        assert facts.pop(identity(line["before"])) == line["before"]
                    for line in changes["changed"]:
                        assert facts[identity(line["before"])] == line["before"] != line["after"]
                        facts[identity(line["after"])] = line["after"]
                    for line in changes["added"]:
                        assert identity(line["after"]) not in facts
                        facts[identity(line["after"])] = line["after"]
                    assert facts == facts_by_identity(states[1]["sections"][name]["facts"])


def turns(snapshot: Snapshot, timeline: str, found: Comparison, way: list[Basis]) -> dict[FactIdentity, Basis]:
    """The facts that differ because who decides their key changed once on the way, each with the basis where it did."""
    number, _ = snapshot.timeline(timeline, found.after.basis.revision)
    keys = {
        FactIdentity(row[1], row[2], row[3] or None, row[4] or None): row[0]
        for row in snapshot.rows.all(
            "SELECT id, subject, attribute, object, development FROM keys WHERE timeline_id = ?", (number,)
        )
    }
    deciding = [
        IndexReader(snapshot.connection, number, here, head=snapshot.head).deciding(sorted(keys.values()))
        for here in (found.before.basis, *way)
    ]
    turned = {}
    for line in found.lines:
        facts = [at.get(keys[line.change.identity]) for at in deciding]
        moments = [here for here, one, other in zip(way, facts, facts[1:], strict=False) if not same(one, other)]
        if len(moments) == 1:
            turned[line.change.identity] = moments[0]
    return turned


def compared(
    world: World, history: list[Act], asked: list[tuple[Point, Point]], moving: str
) -> Iterator[tuple[str, Snapshot, Comparison]]:
    """Pairs of states between which one clock moves, compared."""
    timeline, start = world.open(), world.revision
    list(world.tell(timeline, history))
    with world.archive.snapshot() as snapshot:
        for one, other in asked:
            before, after = forwards(one, other, start, world.revision)
            still: dict[str, Any] = {"at": after.at, "known": after.known, "revision": after.revision}
            still.pop(moving)
            yield timeline, snapshot, compare(snapshot, timeline, replace(before, **still), after)


@claim
@given(histories, pairs)
def test_between_dates_in_the_world_what_took_the_place_of_another_did_so_when_the_line_says(
    world: World, history: list[Act], asked: list[tuple[Point, Point]]
):
    for timeline, snapshot, found in compared(world, history, asked, "at"):
        before, after = found.before.basis, found.after.basis
        way = [replace(after, at=At(instant)) for instant in INSTANTS if before.at < instant <= after.at]
        turned = turns(snapshot, timeline, found, way)
        for line in found.lines:
            assert line.cause in {Cause.DEVELOPMENT, Cause.EXPIRED, Cause.TIME}
            assert line.happened is not None
            turn = turned.get(line.change.identity)
            if turn is not None and line.cause is Cause.DEVELOPMENT:
                assert turn.at == parse_date(line.happened).earliest, line


@claim
@given(histories, pairs)
def test_between_dates_of_knowledge_the_event_behind_a_change_made_it(
    world: World, history: list[Act], asked: list[tuple[Point, Point]]
):
    for timeline, snapshot, found in compared(world, history, asked, "known"):
        before, after = found.before.basis, found.after.basis
        way = [replace(after, known=Known(instant)) for instant in INSTANTS if before.known < instant <= after.known]
        turned = turns(snapshot, timeline, found, way)
        for line in found.lines:
            assert line.happened is None
            assert line.cause not in {Cause.EXPIRED, Cause.TIME, Cause.DESCRIPTION}
            assert line.event.known is not None
            turn = turned.get(line.change.identity)
            if turn is not None:
                assert turn.known == parse_date(line.event.known).latest, line


@claim
@given(histories, pairs)
def test_between_revisions_the_event_behind_a_change_made_it(
    world: World, history: list[Act], asked: list[tuple[Point, Point]]
):
    for timeline, snapshot, found in compared(world, history, asked, "revision"):
        before, after = found.before.basis, found.after.basis
        positions = range(before.revision + 1, after.revision + 1)
        turned = turns(snapshot, timeline, found, [replace(after, revision=Revision(here)) for here in positions])
        for line in found.lines:
            assert before.revision < line.event.position <= after.revision
            assert line.cause not in {Cause.EXPIRED, Cause.TIME}
            turn = turned.get(line.change.identity)
            if turn is not None:
                assert turn.revision == line.event.position, line


@claim
@given(histories, pairs)
def test_every_difference_has_a_page_that_tells_or_counts_each_change(
    world: World, history: list[Act], asked: list[tuple[Point, Point]]
):
    for _, _, found in compared(world, history, asked, "at"):
        text = page(found, "A history", VOCABULARY, is_whole=True)
        assert ("Nothing differs." in text) == (not found.lines)
        assert max(map(len, text.splitlines())) <= 120
