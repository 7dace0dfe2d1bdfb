"""Outlines in one line each: developments and courses that never were in a database."""

from __future__ import annotations

from typing import Any

from api.web.drawing.scale import Scale, View
from projections.outline import Course, Occurrence, Stage
from timeline.dates import MAX_INSTANT, parse_date

LEFT, RIGHT = 100.0, 760.0


def instant(date: str) -> int:
    return parse_date(date).earliest


def scale(span: str, left: float = LEFT, right: float = RIGHT) -> Scale:
    return Scale(View.read(span), left, right)


def occurrence(slug: str, occurred: str, **more: Any) -> Occurrence:
    date = parse_date(occurred)
    given = {
        "kind": "board",
        "title": f"What {slug} is about, told at length",
        "known": date.latest,
        "standing": "reported",
        "parties": frozenset({"acme"}),
        "weight": 1,
        "is_doubtful": date.approximate or date.uncertain,
        **more,
    }
    return Occurrence(slug=slug, occurred=occurred, earliest=date.earliest, latest=date.latest, **given)


def course(name: str, begins: str, ends: str | None = None, **more: Any) -> Course:
    """A course of the kind lawsuit; without an end it goes on."""
    first, last = parse_date(begins), parse_date(ends) if ends else None
    stages = more.pop("stages", ()) or (Stage(first.earliest, last.latest if last else MAX_INSTANT, "filed"),)
    given = {"kind": "lawsuit", "parties": frozenset({"acme"}), **more}
    return Course(
        key=(("subject", name), ("attribute", "lawsuit")),
        name=name,
        begins=(first.earliest, first.latest),
        ends=(last.earliest, last.latest) if last else (MAX_INSTANT, MAX_INSTANT),
        stages=tuple(stages),
        **given,
    )


def daily(number: int, year: int = 2023) -> list[Occurrence]:
    """That many developments, spread evenly over a year."""
    days = (number_of_day * 364 // max(1, number - 1) for number_of_day in range(number))
    return [
        occurrence(f"d{place}", f"{year}-{month:02}-{day:02}", weight=1 + place % 5)
        for place, (month, day) in enumerate((min(day // 30 + 1, 12), day % 28 + 1) for day in days)
    ]
