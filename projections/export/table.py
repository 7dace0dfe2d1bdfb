"""The facts of a state as one tidy table, a fact a row: its columns, and what stands in them. Pure.

CSV and Parquet have the same columns, in this order. What does not apply to a fact is empty.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from projections.export.material import Material
from projections.state import Held
from timeline.dates import MAX_INSTANT, MIN_INSTANT, parse_date


class Type(StrEnum):
    """What a cell of a column is."""

    NAME = "name"
    """A word of the record's own: a slug, an attribute, a date as written."""
    TEXT = "text"
    """Words that somebody wrote."""
    NUMBER = "number"
    """An exact decimal."""
    COUNT = "count"
    """An integer."""
    INSTANT = "instant"
    """Microseconds since 1970, UTC."""
    FLAG = "flag"
    """True or false."""
    SOURCES = "sources"
    """The documents that say so."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, the type of its cells, and what they mean."""

    name: str
    type: Type
    meaning: str


COLUMNS: Final = (
    Column("timeline", Type.NAME, "slug of the timeline"),
    Column("at", Type.INSTANT, "the basis: the date in the world"),
    Column("known", Type.INSTANT, "the basis: what was public by then counts"),
    Column("revision", Type.COUNT, "the basis: the last position of the log that counts"),
    Column("floor", Type.NAME, "the basis: the least standing admitted"),
    Column("section", Type.NAME, "section of the vocabulary"),
    Column("attribute", Type.NAME, "attribute of the vocabulary"),
    Column("subject", Type.NAME, "slug of the entity that the fact is about"),
    Column("subject_name", Type.TEXT, "its name"),
    Column("object", Type.NAME, "slug of the other entity, where the attribute has one"),
    Column("object_name", Type.TEXT, "its name"),
    Column("value_type", Type.NAME, "entity, text, stage, money, percent, quantity, date or boolean"),
    Column("value_entity", Type.NAME, "slug of the entity that is the value"),
    Column("value_entity_name", Type.TEXT, "its name"),
    Column("value_text", Type.TEXT, "words of a text, or the stage"),
    Column("value_number", Type.NUMBER, "the amount of money, the percentage or the quantity, where it is one number"),
    Column("value_low", Type.NUMBER, "the lower end, where it is a range"),
    Column("value_high", Type.NUMBER, "the upper end"),
    Column("value_qualifier", Type.NAME, "about, at-least, up-to or more-than"),
    Column("value_currency", Type.NAME, "currency of money, ISO 4217"),
    Column("value_form", Type.NAME, "form of money: cash, credits, in-kind or mixed"),
    Column("value_unit", Type.TEXT, "unit of a quantity"),
    Column("value_date", Type.NAME, "a date in EDTF"),
    Column("value_boolean", Type.FLAG, "yes or no"),
    Column("value_status", Type.TEXT, "status of the value, such as in force"),
    Column("value_note", Type.TEXT, "remark on the value"),
    Column("text", Type.TEXT, "the fact as a sentence"),
    Column("since", Type.NAME, "since when it holds, in EDTF as written"),
    Column("since_earliest", Type.INSTANT, "the first instant that this may mean; empty where it has none"),
    Column("since_latest", Type.INSTANT, "the last instant that this may mean"),
    Column("until", Type.NAME, "the date on which it ends as then known, in EDTF as written"),
    Column("until_earliest", Type.INSTANT, "the first instant that this may mean"),
    Column("until_latest", Type.INSTANT, "the last instant that this may mean; empty where it has none"),
    Column("certainty", Type.NAME, "definite or possible"),
    Column("standing", Type.NAME, "confirmed, reported or alleged"),
    Column("known_since", Type.INSTANT, "since when the fact was public as it is"),
    Column("development", Type.NAME, "slug of the development that states it"),
    Column("contested", Type.COUNT, "how many rival facts contest it"),
    Column("sources", Type.SOURCES, "the documents that had appeared by `known`"),
)
"""All columns, in their order."""

Cell = str | int | bool | Decimal | Sequence[Mapping[str, Any]] | None


def rows(material: Material) -> Iterator[dict[str, Cell]]:
    """The rows of a state: a cell for every column, None where it is empty."""
    basis = material.basis
    head: dict[str, Cell] = {
        "timeline": material.timeline,
        "at": int(basis.at),
        "known": int(basis.known),
        "revision": int(basis.revision),
        "floor": basis.floor.label,
    }
    names = material.state.names
    for section, fact in material.sections:
        found = {**head, "section": section, **_fact(fact, names), **_value(fact.value, names)}
        yield {column.name: found.get(column.name) for column in COLUMNS}


def _fact(fact: Held, names: Mapping[str, str]) -> dict[str, Cell]:
    since, until = parse_date(fact.since), parse_date(fact.until) if fact.until else None
    return {
        "attribute": fact.attribute,
        "subject": fact.subject,
        "subject_name": names.get(fact.subject, fact.subject),
        "object": fact.object,
        "object_name": names.get(fact.object, fact.object) if fact.object else None,
        "text": fact.text,
        "since": fact.since,
        "since_earliest": _instant(since.earliest),
        "since_latest": _instant(since.latest),
        "until": fact.until,
        "until_earliest": _instant(until.earliest) if until else None,
        "until_latest": _instant(until.latest) if until else None,
        "certainty": "definite" if fact.is_certain else "possible",
        "standing": fact.standing.value,
        "known_since": fact.known_since,
        "development": fact.evidence.development,
        "contested": len(fact.contested_by),
        "sources": fact.evidence.sources,
    }


def _value(value: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Cell]:
    kind = value["type"]
    found: dict[str, Cell] = {
        "value_type": kind,
        "value_status": value.get("status"),
        "value_note": value.get("note"),
    }
    match kind:
        case "entity":
            found |= {"value_entity": value["id"], "value_entity_name": names.get(value["id"], value["id"])}
        case "text" | "stage":
            found["value_text"] = value[kind]
        case "date":
            found["value_date"] = value["date"]
        case "boolean":
            found["value_boolean"] = value["value"]
        case _:
            found |= {
                "value_number": _decimal(value.get("value" if kind == "percent" else "amount")),
                "value_low": _decimal(value.get("low")),
                "value_high": _decimal(value.get("high")),
                "value_qualifier": value.get("qualifier"),
                "value_currency": value.get("currency"),
                "value_form": value.get("form"),
                "value_unit": value.get("unit"),
            }
    return found


def urls(sources: Iterable[Mapping[str, Any]]) -> str:
    """The addresses of documents with a space between them; none has one inside."""
    return " ".join(source["url"] for source in sources)


def _instant(bound: int) -> int | None:
    return bound if MIN_INSTANT < bound < MAX_INSTANT else None


def _decimal(written: str | None) -> Decimal | None:
    return None if written is None else Decimal(written)
