"""Reads the facts that a detail derives in a short form that tests can spell out."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from timeline.dates import parse_date
from timeline.developments.detail import Detail, Setting
from timeline.developments.kinds import AnyDetail
from timeline.facts import Fact

SETTING = Setting(timeline="acme-globex", occurred=parse_date("2024-03-04"))

_ANY: TypeAdapter[Detail] = TypeAdapter(AnyDetail)


def facts_of(kind: str, **fields: Any) -> tuple[Fact, ...]:
    """The facts that a detail of that kind derives."""
    return _ANY.validate_python({"kind": kind, **fields}).facts(SETTING)


def told(kind: str, **fields: Any) -> list[str]:
    """The same, each as one line: ``subject attribute → object = value (note) [status] since until standing``."""
    return [line(fact) for fact in facts_of(kind, **fields)]


def refusal(kind: str, **fields: Any) -> tuple[str, str]:
    """Where a detail of that kind is refused, as a path within the detail, and why."""
    with pytest.raises(ValidationError) as caught:
        _ANY.validate_python({"kind": kind, **fields})
    (error,) = caught.value.errors()
    return ".".join(str(part) for part in error["loc"][1:]), error["msg"].removeprefix("Value error, ")


def line(fact: Fact) -> str:
    words = [fact.subject, fact.attribute]
    if fact.object:
        words += ["→", fact.object]
    words += ["ends"] if fact.value is None else ["=", _value(fact.value.model_dump(mode="json", exclude_none=True))]
    if fact.since:
        words += ["since", fact.since.text]
    if fact.until:
        words += ["until", fact.until.text]
    if fact.standing:
        words += [f"as {fact.standing}"]
    return " ".join(words)


def _value(value: dict[str, Any]) -> str:
    kind, note, status = value.pop("type"), value.pop("note", None), value.pop("status", None)
    words = [kind, *(str(part) for part in value.values())]
    if status:
        words.append(f"[{status}]")
    if note:
        words.append(f"({note})")
    return " ".join(words)
