"""Which facts of a key speak against another one: those that say otherwise about the same time, and its denials."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic_core import from_json

from projections.index.reader import FactRow
from projections.index.rivalry import about_then
from timeline.standing import Standing

_DENIED = Standing.DENIED.rank


def payloads(facts: Sequence[FactRow]) -> dict[int, Mapping[str, Any]]:
    """What the index tells of each fact as JSON, by the ids of the facts: reading all of it at once is cheaper."""
    read = from_json(f"[{','.join([fact.payload for fact in facts])}]", cache_strings="keys")
    return {fact.id: payload for fact, payload in zip(facts, read, strict=True)}


def stated(fact: FactRow) -> Mapping[str, Any]:
    """What makes two values differ: all but the note; nothing of an end, which has no value."""
    return distinctive(from_json(fact.payload)["value"])


def distinctive(value: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """What is `stated` by a fact of this value."""
    if value and "note" in value:
        return {name: said for name, said in value.items() if name != "note"}
    return value or {}


def contests(rival: FactRow, fact: FactRow, *, says_the_same: bool) -> bool:
    """Whether another fact of the same key, no end, speaks against a fact; `says_the_same` compares what is `stated`.

    A denial does if it is about the same time, whatever the value, or if it denies that very value of a later time.
    """
    if rival.standing == _DENIED:
        return about_then(rival, fact) or (says_the_same and rival.since_earliest > fact.since_latest)
    return not says_the_same and about_then(rival, fact)
