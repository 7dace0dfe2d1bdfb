"""The five laws, over random histories, on both backends.

Raise TIMELINE_TEST_HISTORIES to look longer than a test run has time for.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path

import pytest
from eventsourcing.persistence import StoredEvent
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from projections import diff
from tests import oracle
from tests.conftest import BACKENDS
from tests.projections.planes import check_planes
from tests.property.histories import (
    INSTANTS,
    VOCABULARY,
    Act,
    Point,
    World,
    ask,
    basis,
    histories,
    points,
)
from timeline.basis import Revision
from timeline.events import DevelopmentCorrected, DevelopmentRetracted, Event, Reason, RetractionReason

HISTORIES = int(os.environ.get("TIMELINE_TEST_HISTORIES", "20"))
law = settings(
    max_examples=HISTORIES,
    # a database serves all histories of a test: each has a timeline of its own in it
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
    # explaining takes more time than finding, and a history explains itself
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
)
questions = st.lists(points, min_size=4, max_size=10)
places = st.lists(st.integers(0, 20), min_size=1, max_size=4)
"""Where in a history to look, counted from its end as far as it goes."""


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    with World(database_url).opened() as world:
        yield world


@pytest.fixture(params=BACKENDS)
def three_worlds(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[list[World]]:
    databases = request.getfixturevalue(f"{'postgres' if request.param == 'postgresql' else 'sqlite'}_databases")
    with ExitStack() as stack:
        if request.param == "sqlite":
            urls = [databases.copy_to(tmp_path / f"{number}.db") for number in range(3)]
        else:
            urls = [stack.enter_context(databases.migrated()) for _ in range(3)]
        yield [stack.enter_context(World(url).opened()) for url in urls]


def pick(revisions: list[Revision], wanted: list[int]) -> list[Revision]:
    return [revisions[-1 - min(back, len(revisions) - 1)] for back in wanted] if revisions else []


@law
@given(histories, questions)
def test_law_1_an_event_never_changes_an_answer_at_an_earlier_revision(
    world: World, history: list[Act], asked: list[Point]
):
    timeline, answers = world.open(), []
    for revision in world.tell(timeline, history):
        with world.archive.snapshot() as snapshot:
            answers += [(now, snapshot.state(timeline, now)) for now in (basis(point, revision) for point in asked)]
    with world.archive.snapshot() as snapshot:
        for question, answer in answers:
            assert snapshot.state(timeline, question) == answer


def is_clerical(event: Event) -> bool:
    return (isinstance(event, DevelopmentCorrected) and event.reason is Reason.CLERICAL) or (
        isinstance(event, DevelopmentRetracted) and event.reason is RetractionReason.CLERICAL
    )


@law
@given(histories, questions)
def test_law_2_an_event_never_changes_what_was_known_before_it(world: World, history: list[Act], asked: list[Point]):
    start, timeline = world.revision, world.open()
    list(world.tell(timeline, history))
    with world.archive.snapshot() as snapshot:
        for position, event in world.log(start):
            known = getattr(event, "known", None)
            if known is None or is_clerical(event):
                continue
            for point in asked:
                if point[1] < known.latest:
                    after, before = basis(point, position), basis(point, position - 1)
                    assert ask(snapshot, timeline, after) == ask(snapshot, timeline, before)


@law
@given(histories, questions, places)
def test_law_3_the_index_answers_as_the_naive_fold_does(
    world: World, history: list[Act], asked: list[Point], wanted: list[int]
):
    start, timeline = world.revision, world.open()
    revisions = list(world.tell(timeline, history))
    log = world.log(start)
    with world.archive.snapshot() as snapshot:
        for revision in {*revisions[-1:], *pick(revisions, wanted)}:
            for question in (basis(point, revision) for point in asked):
                expected = oracle.state(log, timeline=timeline, basis=question, vocabulary=VOCABULARY)
                assert ask(snapshot, timeline, question) == expected


@law
@given(histories, questions, places)
def test_law_4_a_rebuild_answers_as_the_live_index_does(
    three_worlds: list[World], history: list[Act], asked: list[Point], wanted: list[int]
):
    live, stepwise, at_once = three_worlds
    starts = [world.revision for world in three_worlds]
    timeline = live.open()
    revisions = list(live.tell(timeline, history))
    found = live.record.recorder.select_notifications(starts[0], 1000, inclusive_of_start=False)
    stored = [StoredEvent(item.originator_id, item.originator_version, item.topic, item.state) for item in found]
    for event in stored:
        stepwise.record.recorder.insert_events([event])
    at_once.record.recorder.insert_events(stored)
    check_planes(at_once.engine, timeline)
    with ExitStack() as stack:
        snapshots = [stack.enter_context(world.archive.snapshot()) for world in three_worlds]
        for revision in {*revisions[-1:], *pick(revisions, wanted)}:
            for point in asked:
                answers = [
                    ask(snapshot, timeline, basis(point, revision - starts[0] + start))
                    for snapshot, start in zip(snapshots, starts, strict=True)
                ]
                assert answers[0] == answers[1] == answers[2]


@law
@given(histories, questions, places)
def test_law_5_a_difference_leads_from_one_state_to_the_other(
    world: World, history: list[Act], asked: list[Point], wanted: list[int]
):
    timeline = world.open()
    revisions = list(world.tell(timeline, history))
    with world.archive.snapshot() as snapshot:
        states = [
            snapshot.state(timeline, basis(point, revision))
            for revision in {*revisions[-1:], *pick(revisions, wanted)}
            for point in asked
        ]
    for before, after in pairwise(states):
        found = diff.difference(before, after)
        assert diff.apply(diff.by_identity(before), found) == diff.by_identity(after)
        assert {change.identity for change in found.changes} == {
            identity
            for identity in diff.by_identity(before).keys() | diff.by_identity(after).keys()
            if diff.by_identity(before).get(identity) != diff.by_identity(after).get(identity)
        }


@law
@given(histories)
def test_after_every_event_the_regions_cover_the_plane_of_every_key(world: World, history: list[Act]):
    timeline = world.open()
    for _ in world.tell(timeline, history):
        check_planes(world.engine, timeline)


@law
@given(histories, questions, places)
def test_between_an_instant_and_its_neighbours_nothing_changes(
    world: World, history: list[Act], asked: list[Point], wanted: list[int]
):
    timeline = world.open()
    revisions = list(world.tell(timeline, history))
    with world.archive.snapshot() as snapshot:
        for revision in {*revisions[-1:], *pick(revisions, wanted[:1])}:
            for point in asked[:4]:
                here, found = snapshot.state_and_neighbours(timeline, basis(point, revision))
                at, *rest = point

                def differs(instant: int, rest=rest, revision=revision, here=here) -> bool:
                    there = snapshot.state(timeline, basis((instant, *rest), revision))
                    return there.facts != here.facts

                first = INSTANTS[0] - 1 if found.previous is None else found.previous
                last = INSTANTS[-1] + 1 if found.next is None else found.next
                assert first < at < last
                assert differs(first) == (found.previous is not None)
                assert differs(last) == (found.next is not None)
                assert not any(differs(instant) for instant in INSTANTS if first < instant < last)
