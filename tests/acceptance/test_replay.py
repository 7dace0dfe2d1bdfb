"""Replays, series and the example projections, on the bundled timeline."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from projections.diff import FactIdentity, by_identity
from projections.plot import svg
from projections.projecting import found, project, store
from projections.replay import replay
from projections.service import Service, opened
from projections.state import Held
from timeline.settings import Settings

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
TIMELINE = "microsoft-openai"


@pytest.fixture(scope="module")
def service(bundled_url: str) -> Iterator[Service]:
    with opened(Settings(database_url=bundled_url)) as service:
        yield service


@pytest.mark.parametrize("clock", ["at", "known", "recorded"])
def test_the_complete_history_ends_in_exactly_the_state_that_the_api_gives(service, state, clock):
    facts: dict[FactIdentity, Held | None] = {}
    tokens = []
    for step in replay(service.archive, TIMELINE, clock=clock):
        tokens.append(step.token)
        for line in step.lines:
            assert facts.get(line.change.identity) == line.change.before
            facts[line.change.identity] = line.change.after
    kept = {identity: fact for identity, fact in facts.items() if fact is not None}
    [last] = replay(service.archive, TIMELINE, clock=clock, start=tokens[-2], with_state=True)
    assert last.state is not None
    assert kept == by_identity(last.state)
    basis = {name: str(value) for name, value in last.basis.as_json().items()}
    assert json.loads(json.dumps(last.state.as_json()))["sections"] == state(**basis)["sections"]
    assert len(tokens) > 300


def test_the_weekend_of_november_2023_step_by_step(service):
    led = [
        (step.token[:10], line.change.after and line.change.after.value["id"])
        for step in replay(service.archive, TIMELINE, clock="at", start="2023-11-16", end="2023-11-23")
        for line in step.lines
        if (line.change.identity.subject, line.change.identity.attribute) == ("openai", "chief_executive")
        and (
            line.change.before is None
            or line.change.after is None
            or line.change.before.value != line.change.after.value
        )
    ]
    assert [who for _, who in led] == ["mira-murati", "emmett-shear", "sam-altman"]


@pytest.mark.parametrize("example", sorted(EXAMPLES.glob("*.py")), ids=lambda path: path.stem)
class TestEveryExample:
    def test_comes_to_something_and_can_be_drawn(self, service, example):
        projection = found(str(example))
        folded = project(service.archive, projection, TIMELINE)
        assert folded.result
        chart = projection.plot(folded.state)
        assert chart is not None
        picture = svg(chart)
        assert 'class="line' in picture
        assert projection.title in picture

    def test_draws_even_what_has_not_begun(self, service, example):
        projection = found(str(example))
        folded = project(service.archive, projection, TIMELINE, at="1900", known="1900")
        chart = projection.plot(folded.state)
        assert chart is not None
        assert svg(chart).startswith("<svg")

    def test_is_the_same_when_it_is_stored(self, service, example):
        projection = found(str(example))
        kept = store(service.engine, projection, TIMELINE, service.archive.vocabulary)
        assert kept.state == project(service.archive, projection, TIMELINE, at="9999").state


def test_the_board_before_and_after_the_ouster(service):
    board = found(str(EXAMPLES / "board_control.py"))
    before, after = (
        set(project(service.archive, board, TIMELINE, at=at).result["openai"]["members"])
        for at in ("2023-11-16", "2023-11-18")
    )
    assert before - after == {"sam-altman", "greg-brockman"}
