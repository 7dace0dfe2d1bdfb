"""What an event changed in a development, field by field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from timeline.content import Content
from timeline.events import (
    DevelopmentCorrected,
    DevelopmentEvent,
    DevelopmentRecorded,
    DevelopmentRetracted,
    Reason,
    RetractionReason,
)
from timeline.versions import Version, latest, version_at


@dataclass(frozen=True, slots=True)
class Change:
    """A field with its value before and after; None where it had or has none."""

    field: str
    before: Any
    after: Any

    def as_json(self) -> dict[str, Any]:
        """The change as answers carry it."""
        return {"field": self.field, "before": self.before, "after": self.after}


def changes_made(
    event: DevelopmentEvent, before: tuple[Version, ...], after: tuple[Version, ...]
) -> tuple[Change, ...]:
    """What an event changed, given the versions before and after it.

    A new version is compared with the one in force at its own `known`, a rewritten one with itself. Fields are
    named by paths such as ``detail.stage``; lists are compared whole. The record itself changes nothing, and where
    all of a development is taken back or reinstated, the field is ``content``.
    """
    match event:
        case DevelopmentRecorded():
            return ()
        case DevelopmentRetracted(reason=RetractionReason.CLERICAL):
            shown = version_at(before, latest(before).known.latest)
            return (Change("content", _json(shown.content if shown else None), None),)
        case DevelopmentCorrected(reason=Reason.CLERICAL, version=version):
            number = version or latest(before).number
            old = next(item for item in before if item.number == number)
            new = next(item for item in after if item.number == number)
            changes = list(_compared(None if old.struck else old.content, new.content))
            if old.known != new.known:
                changes.insert(0, Change("known", old.known.text, new.known.text))
            return tuple(changes)
        case _:
            opened = after[-1]
            previous = version_at(before, opened.known.latest)
            return tuple(_compared(previous.content if previous else None, opened.content))


def _compared(before: Content | None, after: Content | None) -> Iterator[Change]:
    old, new = _json(before), _json(after)
    if old is None or new is None:
        if old is not new:
            yield Change("content", old, new)
        return
    yield from _fields(old, new)


def _fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        if name == "detail" and before["detail"]["kind"] == after["detail"]["kind"]:
            for change in _fields(before["detail"], after["detail"]):
                yield Change(f"detail.{change.field}", change.before, change.after)
        else:
            yield Change(name, old, new)


def _json(content: Content | None) -> dict[str, Any] | None:
    return None if content is None else content.model_dump(mode="json", exclude_none=True)
