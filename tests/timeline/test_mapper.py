"""How events are stored: canonical bytes under topics that never change, read back at any later version of their class."""

from __future__ import annotations

import json
from typing import Any, ClassVar
from uuid import UUID

import pytest
from eventsourcing.persistence import MapperDeserialisationError, StoredEvent
from eventsourcing.utils import get_topic, resolve_topic

from tests.timeline.telling import CLERICAL, Telling, content, form
from timeline.entities import Entity, EntityKind
from timeline.events import EVENTS, EntityDescribed, Event, TimelineDescribed, TimelineOpened
from timeline.mapper import EventMapper, canonical_json
from timeline.standing import Standing

MAPPER = EventMapper()
ONE = UUID(int=1)
STORED: dict[str, Any] = {"recorded_at": "2025-01-01T00:00:00Z", "timeline": "acme-globex"}
HEAD: dict[str, Any] = {"originator_id": ONE, "originator_version": 1, **STORED}

TELL = Telling()
ACME = Entity(id="acme", name="Acmé", kind=EntityKind.ORGANISATION, identifiers={"z": "26", "a": "1"})
EXAMPLES: dict[str, Event] = {
    "a timeline opened": TimelineOpened(**HEAD, title="Acme and Globex", parties=("acme", "globex")),
    "a timeline described": TimelineDescribed(**HEAD, title="Globex and Acme", summary="A rename."),
    "an entity described": EntityDescribed(**HEAD, entity=ACME),
    "a development recorded": TELL.recorded("2020-03~", content("one", facts=(form("two", until="2024/.."),))),
    "new information": TELL.corrected(content("two"), known="2021"),
    "a slip mended": TELL.corrected(content("two"), reason=CLERICAL, version=1),
    "a source withdrawn": TELL.withdrawn_source(content("two", sources=()), known="2022", name="one"),
    "taken back": TELL.retracted("2022"),
    "struck": TELL.retracted(),
    "a source added": TELL.sourced("2022", "two"),
    "a standing changed": TELL.stood("2023", Standing.CONFIRMED),
}
every_event = pytest.mark.parametrize("event", EXAMPLES.values(), ids=EXAMPLES)


def read(topic: str, state: dict[str, Any] | bytes) -> Event:
    stored = state if isinstance(state, bytes) else canonical_json(state)
    return MAPPER.to_domain_event(StoredEvent(ONE, 1, topic, stored))


# bytes


def test_the_examples_are_of_every_event_there_is():
    assert {type(event) for event in EXAMPLES.values()} == set(EVENTS.values())


@every_event
def test_an_event_comes_back_from_its_bytes_and_gives_the_same_bytes_again(event):
    stored = MAPPER.to_stored_event(event)
    again = MAPPER.to_domain_event(stored)
    assert again == event
    assert type(again) is type(event)
    assert MAPPER.to_stored_event(again) == stored


@every_event
def test_stored_bytes_are_canonical(event):
    """Sorted keys, no white space, text unescaped, no number but integers: RFC 8785 for such data."""
    stored = MAPPER.to_stored_event(event).state
    plain = json.loads(stored, parse_float=pytest.fail)
    assert json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() == stored


def test_the_very_bytes_of_an_event_never_change():
    event = EntityDescribed(**HEAD, entity=ACME)
    assert MAPPER.to_stored_event(event).state.decode() == (
        '{"entity":{"aliases":[],"description":"","id":"acme","identifiers":{"a":"1","z":"26"},'
        '"kind":"organisation","name":"Acmé"},"recorded_at":"2025-01-01T00:00:00Z","timeline":"acme-globex"}'
    )


def test_equal_values_have_equal_bytes_however_they_were_written():
    assert canonical_json({"b": 1, "a": "é"}) == canonical_json({"a": "é", "b": 1}) == '{"a":"é","b":1}'.encode()
    money = {"subject": "acme", "attribute": "valuation"}
    one, two = (
        content(facts=({**money, "value": {"type": "money", "amount": amount, "currency": "USD"}},))
        for amount in ("1000", "1000.00")
    )
    assert canonical_json(one.model_dump(mode="json")) == canonical_json(two.model_dump(mode="json"))


def test_what_json_cannot_hold_is_refused():
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical_json(float("nan"))


# topics


def test_topics_are_for_good():
    """A topic in a log out there cannot be renamed: add to this list, never change it."""
    assert {topic: event.__name__ for topic, event in EVENTS.items()} == {
        "timeline-opened": "TimelineOpened",
        "timeline-described": "TimelineDescribed",
        "entity-described": "EntityDescribed",
        "development-recorded": "DevelopmentRecorded",
        "development-corrected": "DevelopmentCorrected",
        "development-retracted": "DevelopmentRetracted",
        "source-added": "SourceAdded",
        "standing-changed": "StandingChanged",
    }


@pytest.mark.parametrize(("topic", "event"), EVENTS.items(), ids=EVENTS)
def test_the_library_knows_the_events_by_the_same_topics(topic, event):
    assert resolve_topic(topic) is event
    assert get_topic(event) == topic


@pytest.mark.parametrize(
    ("topic", "state", "told"),
    [
        ("timeline-closed", b"{}", "timeline-closed"),
        ("timeline-opened", b"{}", "recorded_at"),
        ("timeline-opened", b"not json", "Expecting value"),
        ("timeline-opened", canonical_json({**STORED, "title": "T", "colour": "red"}), "colour"),
        ("timeline-opened", canonical_json({**STORED, "title": "T", "class_version": 2}), "this release knows up to 1"),
    ],
    ids=["unknown topic", "missing fields", "no JSON", "unknown field", "a newer release"],
)
def test_what_cannot_be_read_says_which_event_it_is_and_why(topic, state, told):
    with pytest.raises(MapperDeserialisationError) as caught:
        read(topic, state)
    assert str(caught.value).startswith(f'event 1 of {ONE}, topic "{topic}", cannot be read')
    assert told in str(caught.value)


# versions of a class


class MeetingHeld(Event):
    """An event that was once stored with a place in words, then with a city, and now says which sort of meeting."""

    TOPIC = "meeting-held"
    class_version: ClassVar[int] = 3

    city: str
    sort: str

    @staticmethod
    def upcast_v1_v2(state: dict[str, Any]) -> None:
        state["city"] = state.pop("place").split(",")[0]

    @staticmethod
    def upcast_v2_v3(state: dict[str, Any]) -> None:
        state["sort"] = "in person"


@pytest.fixture
def meetings(monkeypatch):
    monkeypatch.setitem(EVENTS, "meeting-held", MeetingHeld)


@pytest.mark.usefixtures("meetings")
@pytest.mark.parametrize(
    "state",
    [
        {**STORED, "place": "Basel, Switzerland"},
        {**STORED, "city": "Basel", "class_version": 2},
        {**STORED, "city": "Basel", "sort": "in person", "class_version": 3},
    ],
    ids=["version 1", "version 2", "version 3"],
)
def test_an_older_event_is_brought_to_the_present_version_step_by_step(state):
    assert read("meeting-held", state) == MeetingHeld(**HEAD, city="Basel", sort="in person")


@pytest.mark.usefixtures("meetings")
def test_an_event_is_stored_with_the_version_of_its_class_from_the_second_on():
    meeting = MeetingHeld(**HEAD, city="Basel", sort="call")
    assert json.loads(MAPPER.to_stored_event(meeting).state)["class_version"] == 3
    assert MAPPER.to_domain_event(MAPPER.to_stored_event(meeting)) == meeting
    assert "class_version" not in json.loads(MAPPER.to_stored_event(EXAMPLES["a timeline opened"]).state)
