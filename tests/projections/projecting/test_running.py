"""Projections folded when they are asked for."""

from __future__ import annotations

import pytest

from projections import Projection
from projections.projecting import ProjectionFailed, project
from projections.projecting.projection import method_of
from tests.projections.projecting import own
from tests.projections.recorded import ceo, no_ceo
from tests.timeline.telling import TIMELINE, source
from timeline.dates import parse_date
from timeline.errors import InvalidInput, UnknownTimeline
from timeline.events import EVENTS


@pytest.fixture
def history(kept_anywhere):
    kept_anywhere.tell("jane", ceo("jane"), occurred="2020-01-01")
    kept_anywhere.tell("john", ceo("john"), occurred="2022-01-01", known="2023-01-01")
    kept_anywhere.tell("mary", ceo("mary"), occurred="2021-01-01", known="2021-02-01")
    kept_anywhere.record.add_source(TIMELINE, "mary", source=source("more"), known=parse_date("2021-03-01"))
    kept_anywhere.tell("none", no_ceo(), occurred="2024-01-01")
    return kept_anywhere


def result(kept, projection, **basis):
    return project(kept.archive, projection, TIMELINE, **basis).result


def test_every_event_has_a_method():
    assert {method_of(event.__name__) for event in EVENTS.values()} == {
        name for name in vars(Projection) if name.startswith("on_") and "fact" not in name
    }


def test_a_projection_is_told_of_every_event(history):
    assert result(history, own.Counting()) == {
        "TimelineOpened": 1,
        "EntityDescribed": 5,
        "DevelopmentRecorded": 4,
        "SourceAdded": 1,
    }
    assert result(history, own.Counting(), revision=7) == {
        "TimelineOpened": 1,
        "EntityDescribed": 5,
        "DevelopmentRecorded": 1,
    }


def test_a_projection_is_told_of_every_change_of_a_fact_along_its_clock(history):
    at = {"at": "2023-06-01"}
    assert result(history, own.Leaders(), **at) == ["+jane", "jane>john development"]
    assert result(history, own.LeadersAsLearned(), **at) == [
        "+jane",
        "jane>mary development",
        "mary>john development",
    ]
    assert result(history, own.LeadersInTime(), known="2022-01-01", **at) == ["+jane", "jane>mary development"]
    assert result(history, own.LeadersInTime())[-1] == "-chief_executive development"


def test_an_event_comes_before_what_it_changed(history):
    found = result(history, own.Mixed(), at="2020-06-01")
    assert found == {"events": ["jane", "john", "mary", "none"], "facts": [["Jane Doe is chief executive of Acme", 1]]}


def test_events_alone_come_in_the_order_of_the_clock(history):
    class Order(Projection):
        clock = "known"

        def initial(self):
            return []

        def on_development_recorded(self, state, event):
            state.append(event.development)

        def on_source_added(self, state, event):
            state.append(event.data["source"]["title"])

    assert result(history, Order()) == ["jane", "mary", "more", "john", "none"]


def test_a_class_gives_its_name_to_the_projection():
    class BoardControl(Projection):
        pass

    class Named(Projection):
        name = "another"

    assert (BoardControl.name, Named.name, BoardControl().initial()) == ("board-control", "another", {})
    assert BoardControl().plot({}) is None


def test_the_answer_names_what_it_rests_on(history):
    body = project(history.archive, own.Leaders(), TIMELINE, at="2023-06-01", revision=7).as_json()
    assert (body["projection"], body["title"], body["clock"], body["result"]) == (
        "leaders",
        "Who led",
        "recorded",
        ["+jane"],
    )
    assert body["basis"]["revision"] == 7


# what goes wrong


def test_one_that_raises_is_told_with_the_event_and_its_own_traceback(history):
    history.tell("bad", occurred="2024-05-01")
    with pytest.raises(ProjectionFailed) as failed:
        project(history.archive, own.Fragile(), TIMELINE)
    assert (failed.value.name, failed.value.position, failed.value.development) == ("fragile", 12, "bad")
    assert failed.value.told.splitlines()[0] == "Traceback (most recent call last):"
    assert "own.py" in failed.value.told.splitlines()[1]
    assert failed.value.told.rstrip().endswith("RuntimeError: this one is too much")
    assert 'the projection "fragile" failed at event 12 (bad).' in str(failed.value)


@pytest.mark.parametrize(
    ("projection", "told"),
    [
        (own.Quitting(), "SystemExit: 3"),
        (own.Unwritable(), "Its state is no JSON: "),
        (own.Forgetful(), "use lists, not tuples, and texts as keys"),
    ],
)
def test_nothing_that_a_projection_does_goes_further(history, projection, told):
    with pytest.raises(ProjectionFailed) as failed:
        project(history.archive, projection, TIMELINE)
    assert told in failed.value.told


def test_a_result_has_to_be_json_as_well(history):
    class Odd(Projection):
        def result(self, state):
            return {1: object()}

    with pytest.raises(ProjectionFailed):
        _ = project(history.archive, Odd(), TIMELINE).result


def test_a_clock_that_there_is_not_is_refused(kept):
    class Sundial(Projection):
        clock = "sundial"

    with pytest.raises(InvalidInput, match="sundial"):
        project(kept.archive, Sundial(), TIMELINE)


def test_there_is_nothing_to_project_of_a_timeline_that_is_not_there(kept):
    with pytest.raises(UnknownTimeline):
        project(kept.archive, own.Counting(), "nothing")
