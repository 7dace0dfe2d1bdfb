"""The events of a log as lines of text, or of JSON."""

import json
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from projections.log import Logged
from timeline.events import (
    DevelopmentCorrected,
    DevelopmentRecorded,
    DevelopmentRetracted,
    EntityDescribed,
    Event,
    SourceAdded,
    StandingChanged,
    TimelineDescribed,
    TimelineOpened,
)


class EventTable:
    """Shows events as they come, under one head; with `as_json`, one object a line."""

    def __init__(self, console: Console, *, as_json: bool) -> None:
        self._console, self._as_json = console, as_json
        self._has_head = False

    def show(self, events: Sequence[Logged]) -> None:
        """Show some more events."""
        if not events:
            return
        if self._as_json:
            for logged in events:
                line = json.dumps(logged.as_json(), ensure_ascii=False)
                self._console.print(line, markup=False, soft_wrap=True)
            return
        table = Table.grid(padding=(0, 2, 0, 0), expand=True)
        table.add_column(justify="right", width=8)
        table.add_column(width=17, no_wrap=True)
        table.add_column(width=20, no_wrap=True)
        table.add_column(ratio=1)
        if not self._has_head:
            self._has_head = True
            table.add_row(*(Text(name, style="bold") for name in ("position", "known", "event", "what")))
        for logged in events:
            table.add_row(*_row(logged))
        self._console.print(table)


def _row(logged: Logged) -> tuple[str | Text, ...]:
    event = logged.event
    known = getattr(event, "known", None)
    name, said = what(event)
    text = Text(name, style="cyan").append(f"  {said}" if said else "", style="default")
    return str(logged.position), str(known or ""), event.name, text


def what(event: Event) -> tuple[str, str]:
    """What an event is about, by its slug, and what it says."""
    match event:
        case DevelopmentRecorded():
            said = event.content.title
        case DevelopmentCorrected():
            which = f" of version {event.version}" if event.version else ""
            said = _noted(f"{event.reason}{which}", event.source or event.note)
        case DevelopmentRetracted():
            said = _noted(event.reason, event.note)
        case SourceAdded():
            said = f"{event.source.publisher}: {event.source.title}"
        case StandingChanged():
            said = _noted(f"now {event.standing}", event.note)
        case EntityDescribed():
            return event.entity.id, event.entity.name
        case TimelineOpened() | TimelineDescribed():
            return event.timeline, event.title
        case _:
            raise TypeError(f"nobody has said what a {event.name} says")
    return event.slug, said


def _noted(what_happened: str, note: str) -> str:
    return f"{what_happened}: {note}" if note else what_happened
