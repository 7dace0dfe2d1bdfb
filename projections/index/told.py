"""What is told by the rows of the index as JSON: a content, and the statements that follow from it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from pydantic_core import from_json

from timeline.content import Content
from timeline.facts import RecordedValue, Statement
from timeline.mapper import canonical_json
from timeline.values import Value


class ToldFact(NamedTuple):
    """What a content says, as the index has it; `payload` is the JSON of its row."""

    subject: str
    attribute: str
    object: str
    is_end: bool
    standing: int
    payload: Mapping[str, Any]


class ToldContent(NamedTuple):
    """A content that is new in the index: the JSON of it, and what it says.

    A fact restated at another `known` has several rows and the same words: it is told once, by its ordinal.
    """

    id: int
    body: Mapping[str, Any]
    facts: dict[int, ToldFact]


def content_json(content: Content) -> dict[str, Any]:
    """The JSON of a content that is not at hand as it was stored, its fields in the order of canonical JSON."""
    found: dict[str, Any] = from_json(canonical_json(content.model_dump(mode="json", exclude_none=True)))
    return found


def statement_json(statement: Statement) -> dict[str, Any]:
    """What answers show of a statement, its fields in the order of canonical JSON; those of a value have no fields."""
    value, until = statement.value, statement.until
    return {
        "since": statement.since.text,
        "standing": statement.standing.value,
        "until": None if until is None else until.text,
        "value": None if value is None else _fields(value),
    }


def _fields(value: Value | RecordedValue) -> Mapping[str, Any]:
    if isinstance(value, RecordedValue):
        return value.fields
    # by the serializer itself: `model_dump` takes as long again to look through its arguments
    fields = value.__pydantic_serializer__.to_python(value, mode="json", exclude_none=True)
    return dict(sorted(fields.items()))
