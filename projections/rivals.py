"""Which facts of a key speak against another one: those that say otherwise about the same time, and its denials."""

from typing import Any

from pydantic_core import from_json

from projections.index.reader import FactRow
from projections.index.rivalry import about_then
from timeline.standing import Standing

_DENIED = Standing.DENIED.rank


def stated(fact: FactRow) -> dict[str, Any]:
    """What makes two values differ: all but the note; nothing of an end, which has no value."""
    value = dict(from_json(fact.payload)["value"] or {})
    value.pop("note", None)
    return value


def contests(rival: FactRow, fact: FactRow, *, says_the_same: bool) -> bool:
    """Whether another fact of the same key, no end, speaks against a fact; `says_the_same` compares what is `stated`.

    A denial does if it is about the same time, whatever the value, or if it denies that very value of a later time.
    """
    if rival.standing == _DENIED:
        return about_then(rival, fact) or (says_the_same and rival.since_earliest > fact.since_latest)
    return not says_the_same and about_then(rival, fact)
