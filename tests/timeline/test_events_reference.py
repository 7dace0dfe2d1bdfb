"""Every event is documented, with its topic and its fields."""

from pathlib import Path

import pytest

from timeline.events import EVENTS, Event

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "reference" / "events.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("event", EVENTS.values(), ids=lambda event: event.TOPIC)
def test_the_page_tells_of_every_event_and_field(event: type[Event]):
    assert f"## {event.__name__}" in PAGE
    section = PAGE.split(f"## {event.__name__}\n")[1].split("\n## ")[0]
    assert f"`{event.TOPIC}`" in section
    own = [name for name in event.model_fields if name not in Event.model_fields]
    assert [name for name in own if f"`{name}`" not in section] == []


def test_the_page_tells_of_nothing_else():
    assert PAGE.count("\n## ") == len(EVENTS)
