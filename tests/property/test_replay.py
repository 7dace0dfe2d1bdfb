"""What a replay says, over random histories, on both backends: every step ends in the state that the record gives there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings

from projections.archive import Snapshot
from projections.comparison import compare
from projections.courses import courses
from projections.diff import FactIdentity, by_identity
from projections.replay import Bounds, MovingClock, Step, steps
from projections.replay.asking import BEGINNING
from projections.state import Held, State
from tests.property.histories import DEVELOPMENTS, INSTANTS, Act, Point, World, basis, histories, points
from tests.property.test_laws import HISTORIES, law, pick, places
from timeline.basis import Basis, Revision
from timeline.dates import MIN_INSTANT

claim = settings(law, max_examples=max(1, HISTORIES // 4))
CLOCKS = tuple(MovingClock)


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    with World(database_url).opened() as world:
        yield world


def told(world: World, history: list[Act], wanted: list[int]) -> tuple[str, Revision, Revision]:
    """A timeline that has seen the history; a revision in it and its last."""
    timeline = world.open()
    revisions = list(world.tell(timeline, history)) or [world.revision]
    return timeline, pick(revisions, wanted)[0], revisions[-1]


def applied(facts: dict[FactIdentity, Held], found: list[Step]) -> dict[FactIdentity, Held]:
    """The facts after the changes of some steps."""
    result = dict(facts)
    for step in found:
        for line in step.lines:
            assert result.get(line.change.identity) == line.change.before
            if line.change.after is None:
                del result[line.change.identity]
            else:
                result[line.change.identity] = line.change.after
    return result


def ends(world: World, point: Point, revision: Revision) -> list[Bounds]:
    """Replays of each clock that end at a basis, from the beginning."""
    return [Bounds(clock, None, basis(point, revision)) for clock in CLOCKS]


@claim
@given(histories, points, places)
def test_every_step_ends_in_the_state_that_the_record_gives_there(
    world: World, history: list[Act], point: Point, wanted: list[int]
):
    timeline, revision, last = told(world, history, wanted)
    with world.archive.snapshot() as snapshot:
        for bounds in [*ends(world, point, revision), *ends(world, point, last)]:
            found = list(steps(snapshot, timeline, bounds, with_state=True))
            for step in found:
                assert step.state == snapshot.state(timeline, step.basis)
            end = snapshot.state(timeline, bounds.end)
            if found:
                assert found[-1].state is not None
                assert found[-1].state.sections == end.sections
            assert applied({}, found) == by_identity(end)


@claim
@given(histories, points, places)
def test_a_step_says_what_the_difference_says_and_why(
    world: World, history: list[Act], point: Point, wanted: list[int]
):
    timeline, revision, _ = told(world, history, wanted)
    with world.archive.snapshot() as snapshot:
        for bounds in ends(world, point, revision):
            for step in steps(snapshot, timeline, bounds):
                if not opened(snapshot, timeline, bounds.clock, step):
                    continue
                before = bounds.clock.moved(step.basis, step.moment - 1)
                assert list(step.lines) == list(compare(snapshot, timeline, before, step.basis).lines)


def opened(snapshot: Snapshot, timeline: str, clock: MovingClock, step: Step) -> bool:
    """Whether there is a state to compare with before a step: a date, and on the clock of the log a timeline."""
    if clock is not MovingClock.RECORDED:
        return step.moment != BEGINNING
    first = snapshot.rows.one(
        "SELECT min(position) FROM timeline_log l JOIN timelines t ON t.id = l.timeline_id WHERE t.slug = ?",
        (timeline,),
    )
    return bool(first and step.moment > first[0])


@claim
@given(histories, points, places)
def test_between_two_steps_nothing_changes(world: World, history: list[Act], point: Point, wanted: list[int]):
    timeline, revision, _ = told(world, history, wanted)
    with world.archive.snapshot() as snapshot:
        for clock in (MovingClock.AT, MovingClock.KNOWN):
            bounds = Bounds(clock, None, clock.moved(basis(point, revision), INSTANTS[-1]))
            found = {step.moment: step for step in steps(snapshot, timeline, bounds, with_state=True)}
            now: State | None = None
            for moment in sorted({*INSTANTS, *found}):
                step = found.get(moment)
                now = step.state if step else now
                there = snapshot.state(timeline, clock.moved(bounds.end, moment))
                if now is None and clock is MovingClock.AT and moment <= min(found, default=MIN_INSTANT):
                    continue
                assert (now.sections if now else {}) == there.sections or (now is None and there.facts == ())


@claim
@given(histories, points, points, places)
def test_a_replay_that_is_resumed_goes_on_as_if_it_had_not_stopped(
    world: World, history: list[Act], point: Point, other: Point, wanted: list[int]
):
    timeline, revision, _ = told(world, history, wanted)
    with world.archive.snapshot() as snapshot:
        for bounds in ends(world, point, revision):
            whole = list(steps(snapshot, timeline, bounds, with_state=True))
            for place in range(0, len(whole), 3):
                rest = replace(bounds, after=whole[place].moment)
                assert list(steps(snapshot, timeline, rest, with_state=True)) == whole[place + 1 :]
        for clock in (MovingClock.AT, MovingClock.KNOWN):
            one, two = sorted((clock.of(basis(point, revision)), clock.of(basis(other, revision))))
            bounds = Bounds(clock, one, clock.moved(basis(point, revision), two))
            start: Basis | None = bounds.start
            assert start is not None
            found = list(steps(snapshot, timeline, bounds))
            first, last = (by_identity(snapshot.state(timeline, where)) for where in (start, bounds.end))
            assert applied(first, found) == last


@claim
@given(histories, points, places)
def test_every_version_that_counts_is_a_step_by_the_event_that_opened_it(
    world: World, history: list[Act], point: Point, wanted: list[int]
):
    timeline, revision, _ = told(world, history, wanted)
    with world.archive.snapshot() as snapshot:
        bounds = Bounds(MovingClock.KNOWN, None, basis((point[0], INSTANTS[-1], point[2]), revision))
        found = {(step.moment, event.position) for step in steps(snapshot, timeline, bounds) for event in step.events}
        expected = {
            (version.known.latest, version.position)
            for course in courses(snapshot, timeline, DEVELOPMENTS, revision).values()
            for version in course.versions(revision)
            if not version.struck
        }
    assert found == expected
