"""The check against the state, over random histories: what holds is not said to be wrong, and nothing leaks."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.archive import Snapshot
from projections.check.checker import Checker
from projections.check.claim import Aspect, Claim, Tense
from projections.check.judgement import Verdict
from tests.property.histories import Act, Point, World, basis, histories, points
from tests.property.test_laws import is_clerical, law, questions
from timeline.basis import Basis

CHECKER = Checker()
SETTLED = {Verdict.SUPPORTED, Verdict.DISPUTED}


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    with World(database_url).opened() as world:
        yield world


def claims_of(snapshot: Snapshot, timeline: str, question: Basis) -> Iterator[tuple[Claim, bool]]:
    """Every fact of a state as a claim, and whether it certainly holds."""
    for fact in snapshot.state(timeline, question).facts:
        yield Claim(fact.subject, fact.attribute, fact.object, fact.value), fact.is_certain


CLAIMS = tuple(
    Claim("acme", attribute, object_, value, aspect=aspect, tense=tense, is_negated=negated)
    for attribute, object_, value in (
        ("stage", None, {"type": "text", "text": "open"}),
        ("stage", None, None),
        ("chief_executive", None, {"type": "entity", "id": "jane"}),
        ("seat", "jane", {"type": "text", "text": "shut"}),
        ("deal", None, {"type": "text", "text": "open"}),
    )
    for aspect in Aspect
    for tense in Tense
    for negated in (False, True)
)


@law
@given(histories, questions)
def test_what_the_state_shows_is_supported_or_disputed_or_left_open_by_its_dates(
    world: World, history: list[Act], asked: list[Point]
):
    timeline = world.open()
    list(world.tell(timeline, history))
    with world.archive.snapshot() as snapshot:
        for point in asked:
            question = basis(point, snapshot.head)
            for claim, is_certain in claims_of(snapshot, timeline, question):
                verdict = CHECKER.check(snapshot, timeline, claim, question).verdict
                allowed = SETTLED if is_certain else {*SETTLED, Verdict.UNDECIDABLE}
                assert verdict in allowed, (claim, question)


@law
@given(histories, points, st.randoms(use_true_random=False))
def test_a_verdict_never_depends_on_what_was_not_known(world: World, history: list[Act], point: Point, chance: Random):
    start, timeline = world.revision, world.open()
    list(world.tell(timeline, history))
    with world.archive.snapshot() as snapshot:
        for position, event in world.log(start):
            known = getattr(event, "known", None)
            if known is None or is_clerical(event) or point[1] >= known.latest:
                continue
            for claim in chance.sample(CLAIMS, 4):
                after, before = (
                    CHECKER.check(snapshot, timeline, claim, basis(point, revision)).as_json()
                    for revision in (position, position - 1)
                )
                assert after == before, (claim, position)
