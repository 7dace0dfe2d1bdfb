"""Replays: which steps there are, in which order, and what each says."""

from __future__ import annotations

import json

import pytest

from projections.replay import replay
from tests.projections.recorded import ceo, no_ceo
from tests.timeline.telling import TIMELINE
from timeline.errors import FutureKnown, InvalidInput, UnknownRevision, UnknownTimeline


@pytest.fixture
def history(kept_anywhere):
    """Jane leads from 2020, John from 2022, which is known since 2023 and denied nowhere; Mary's reign was a mistake."""
    kept_anywhere.tell("jane", ceo("jane"), occurred="2020-01-01")
    kept_anywhere.tell("mary", ceo("mary"), occurred="2021-01-01", known="2021-02-01")
    kept_anywhere.tell("john", ceo("john"), occurred="2022-01-01", known="2023-01-01")
    kept_anywhere.tell("talk", occurred="2022-06-01")
    kept_anywhere.tell("none", no_ceo(), occurred="2024-01-01")
    return kept_anywhere


def told(kept, **asked):
    """Each step as its moment, the developments behind it, and who is chief executive before and after each change."""
    return [
        (step.token[:10], [event.development for event in step.events], [who(line) for line in step.lines])
        for step in replay(kept.archive, TIMELINE, **asked)
    ]


def who(line):
    change = line.change
    return tuple(None if fact is None else fact.value["id"] for fact in (change.before, change.after))


def test_as_the_world_learned(history):
    assert told(history, clock="known", at="2023-06-01") == [
        ("2020-01-01", ["jane"], [(None, "jane")]),
        ("2021-02-01", ["mary"], [("jane", "mary")]),
        ("2022-06-01", ["talk"], []),
        ("2023-01-01", ["john"], [("mary", "john")]),
        ("2024-01-01", ["none"], []),
    ]


def test_as_things_happened(history):
    assert told(history, clock="at")[:4] == [
        ("2020-01-01", ["jane"], [(None, "jane")]),
        # a day is possibly that day from its first instant on, surely from its last
        ("2020-01-01", [], [("jane", "jane")]),
        ("2021-01-01", ["mary"], [("jane", "mary")]),
        ("2021-01-01", [], [("mary", "mary")]),
    ]
    assert told(history, clock="at", known="2022-12-31")[-1] == ("2022-06-01", ["talk"], [])


def test_as_the_log_was_written(history):
    found = told(history, clock="recorded", at="2023-06-01")
    assert [moment for moment, _, _ in found] == [str(position) for position in range(1, 12)]
    assert [lines for _, _, lines in found[6:]] == [[(None, "jane")], [("jane", "mary")], [("mary", "john")], [], []]


def test_a_step_names_the_cause_and_the_event_of_each_change(history):
    *_, step = (step for step in replay(history.archive, TIMELINE, clock="known", at="2023-06-01") if step.lines)
    [line] = step.lines
    assert (line.cause.value, line.event.development, line.event.position) == ("development", "john", 9)
    assert [(event.position, event.name) for event in step.events] == [(9, "DevelopmentRecorded")]


def test_a_replay_begins_after_its_start_and_ends_at_its_end(history):
    asked = {"clock": "known", "at": "2023-06-01"}
    assert [moment for moment, _, _ in told(history, **asked, start="2021-02-01", end="2023-01-01")] == [
        "2022-06-01",
        "2023-01-01",
    ]
    assert told(history, **asked, start="2021-02-01T12:00Z", end="2021-02-01") == [
        ("2021-02-01", ["mary"], [("jane", "mary")])
    ]
    assert told(history, clock="recorded", start="11") == []


def test_every_step_gives_a_token_to_go_on_after_it(history):
    for clock in ("at", "known", "recorded"):
        whole = list(replay(history.archive, TIMELINE, clock=clock, end="11" if clock == "recorded" else "2025"))
        for place, step in enumerate(whole):
            rest = replay(
                history.archive, TIMELINE, clock=clock, start=step.token, end="11" if clock == "recorded" else "2025"
            )
            assert [one.token for one in rest] == [one.token for one in whole[place + 1 :]]


def test_a_document_that_appears_later_is_a_step_of_its_own(kept_anywhere):
    kept_anywhere.tell("jane", ceo("jane"), occurred="2020-01-01", sources=["a", ("b", "2020-05-05")])
    first, second = replay(kept_anywhere.archive, TIMELINE, clock="known")
    assert (first.events[0].development, second.events) == ("jane", ())
    assert [(line.cause.value, line.fields) for line in second.lines] == [("source", ("sources",))]


def test_a_party_that_goes_by_another_name_changes_what_is_said(kept_anywhere):
    from timeline.entities import Entity, EntityKind

    kept_anywhere.tell("jane", ceo("jane"), occurred="2020-01-01")
    kept_anywhere.record.describe_entity(TIMELINE, Entity(id="jane", name="Jane Roe", kind=EntityKind.PERSON))
    *_, step = replay(kept_anywhere.archive, TIMELINE, clock="recorded", with_state=True)
    [line] = step.lines
    assert line.cause.value == "description"
    assert [fact.text for fact in (line.change.before, line.change.after) if fact] == [
        "Jane Doe is chief executive of Acme",
        "Jane Roe is chief executive of Acme",
    ]
    assert step.state is not None
    assert step.state.sections == kept_anywhere.state().sections


def test_the_state_comes_only_when_asked_for(history):
    plain, *_ = replay(history.archive, TIMELINE, clock="at")
    asked, *_ = replay(history.archive, TIMELINE, clock="at", with_state=True)
    assert plain.state is None
    assert "state" not in plain.as_json()
    assert asked.state is not None
    assert asked.state.sections == history.state("2020-01-01T00:00Z").sections
    assert (
        json.loads(json.dumps(asked.as_json()))["state"]["sections"]["leadership"]["facts"][0]["value"]["id"] == "jane"
    )


@pytest.mark.parametrize(
    ("asked", "error", "field"),
    [
        ({"clock": "sundial"}, InvalidInput, "clock"),
        ({"clock": "at", "at": "2020"}, InvalidInput, "at"),
        ({"clock": "known", "known": "2020"}, InvalidInput, "known"),
        ({"clock": "recorded", "revision": 3}, InvalidInput, "revision"),
        ({"clock": "known", "start": "yesterday"}, InvalidInput, "from"),
        ({"clock": "at", "end": "tomorrow"}, InvalidInput, "to"),
        ({"clock": "known", "end": "2031"}, FutureKnown, "to"),
        ({"clock": "recorded", "start": "2020-01-01"}, InvalidInput, "from"),
        ({"clock": "recorded", "end": "999"}, UnknownRevision, "to"),
        ({"clock": "at", "start": "2022", "end": "2021"}, InvalidInput, "from"),
        ({"clock": "recorded", "start": "5", "end": "4"}, InvalidInput, "from"),
    ],
)
def test_what_cannot_be_replayed_is_refused_by_the_name_of_its_field(kept, asked, error, field):
    with pytest.raises(error) as refused:
        next(replay(kept.archive, TIMELINE, **asked))
    assert refused.value.field == field


def test_there_is_no_replay_of_a_timeline_that_is_not_there(kept):
    with pytest.raises(UnknownTimeline):
        next(replay(kept.archive, "nothing"))
