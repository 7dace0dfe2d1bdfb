"""A development as a page shows it: what it says, and every event that made it read as it does."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from api.web.addresses import naming
from projections.changes import Change
from projections.developments import History, Recounted
from projections.prose import fact_text
from timeline.content import Content, statements_of
from timeline.facts import Statement
from timeline.vocabulary import Vocabulary

_EVENTS: Final = {
    "DevelopmentRecorded": "First recorded",
    "DevelopmentCorrected": "Corrected",
    "DevelopmentRetracted": "Taken back",
    "SourceAdded": "Source added",
    "StandingChanged": "Standing changed",
}
_REASONS: Final = {
    "new-information": "the world learned better",
    "finer-date": "dates became more precise",
    "clerical": "a slip of this record",
    "source-withdrawn": "a source took its report back",
    "withdrawn": "the world took it back",
}


@dataclass(frozen=True, slots=True)
class Said:
    """A statement that a development makes, as a sentence."""

    statement: Statement
    text: str

    @property
    def key(self) -> list[tuple[str, str]]:
        """The parameters that ask for the history of its key."""
        key = self.statement.key
        return naming(key.subject, key.attribute, key.object)


@dataclass(frozen=True, slots=True)
class ChangedField:
    """A field with what it said before and says now: in a line where that is enough, else as JSON."""

    field: str
    before: str | None
    after: str | None
    is_long: bool


@dataclass(frozen=True, slots=True)
class Told:
    """An event: what it did, why, since when that is known, and which fields it changed."""

    position: int
    name: str
    reason: str | None
    known: str | None
    recorded: str
    note: str
    changed: tuple[ChangedField, ...]


def said_by(
    content: Content, timeline: str, slug: str, vocabulary: Vocabulary, names: Mapping[str, str]
) -> tuple[Said, ...]:
    """The statements of a development, in order."""
    made = statements_of(content, timeline=timeline, development=slug, vocabulary=vocabulary)
    return tuple(Said(statement, _text(statement, vocabulary, names)) for statement in made)


def events_of(history: History) -> tuple[Told, ...]:
    """The events of a development, oldest first."""
    return tuple(_told(event) for event in history.events)


def _told(event: Recounted) -> Told:
    shown = event.logged.as_json()
    payload = shown["payload"]
    return Told(
        position=shown["position"],
        name=_EVENTS.get(shown["event"], shown["event"]),
        reason=None if shown["reason"] is None else _REASONS.get(str(shown["reason"]), str(shown["reason"])),
        known=shown["known"],
        recorded=shown["recorded_at"][:10],
        note=payload.get("note", ""),
        changed=tuple(_changed(event)),
    )


def _changed(event: Recounted) -> Iterator[ChangedField]:
    for change in event.changed:
        before, after = _shown(change.before), _shown(change.after)
        is_long = any(isinstance(value, dict | list) for value in (change.before, change.after))
        yield ChangedField(_field(change), before, after, is_long)


def _field(change: Change) -> str:
    return change.field.removeprefix("detail.").replace("_", " ").replace(".", ": ")


def _shown(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, indent=2)


def _text(statement: Statement, vocabulary: Vocabulary, names: Mapping[str, str]) -> str:
    def name_of(entity: str) -> str:
        return names.get(entity, entity)

    key, attribute = statement.key, vocabulary.attributes[statement.key.attribute]
    if statement.value is not None:
        value = statement.value.model_dump(mode="json", exclude_none=True)
        return fact_text(attribute, key.subject, key.object, value, name_of)
    template = attribute.end_template or f"{attribute.label} of {{subject}}: ended"
    return template.format(subject=name_of(key.subject), object=name_of(key.object) if key.object else "")
