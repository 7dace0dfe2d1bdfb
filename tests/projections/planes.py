"""An independent look at the stored regions: do they cut the plane of every key as `projections.regions` promises?"""

from __future__ import annotations

import struct
from collections import defaultdict
from itertools import combinations
from typing import NamedTuple

from sqlalchemy import Engine

from projections.index.rows import Rows
from timeline.dates import MAX_INSTANT, MIN_INSTANT
from timeline.standing import Floor
from timeline.store import read

FLOORS_ADMITTING = {3: 0, 2: 1, 1: 2}
"""The strictest floor that admits a standing, by its rank."""


class Stored(NamedTuple):
    id: int
    key_id: int
    timeline_id: int
    fact_id: int
    floor_from: int
    floor_until: int
    known_from: int
    known_until: int
    at_from: int
    at_until: int
    shown_until: int

    @property
    def sides(self) -> tuple[tuple[int, int], ...]:
        """Half-open ranges of knowledge time, valid time and floors."""
        return (
            (self.known_from, self.known_until),
            (self.at_from, self.at_until),
            (self.floor_from, self.floor_until + 1),
        )

    @property
    def volume(self) -> int:
        return volume(self.sides)


WHOLE = ((MIN_INSTANT, MAX_INSTANT), (MIN_INSTANT, MAX_INSTANT), (int(min(Floor)), int(max(Floor)) + 1))


def volume(sides: tuple[tuple[int, int], ...]) -> int:
    (a, b), (c, d), (e, f) = sides
    return (b - a) * (d - c) * (f - e)


def check_planes(engine: Engine, timeline: str) -> int:
    """Assert what has to be true of the regions of a timeline; how many there are."""
    with read(engine) as connection:
        rows = Rows(connection)
        found = [
            Stored(*row)
            for row in rows.all(
                "SELECT r.id, r.key_id, r.timeline_id, r.fact_id, r.floor_from, r.floor_until, r.known_from, "
                "r.known_until, r.at_from, r.at_until, r.shown_until FROM regions r "
                "JOIN timelines t ON t.id = r.timeline_id WHERE t.slug = ?",
                (timeline,),
            )
        ]
        planes: dict[int, list[Stored]] = defaultdict(list)
        for region in found:
            planes[region.key_id].append(region)
        for plane in planes.values():
            _check_cover(plane)
        for region in found:
            _check_winner(rows, region)
        if rows.is_sqlite:
            _check_boxes(rows, [region for region in found if region.shown_until > region.at_from])
            _check_past_boxes(rows, timeline)
        return len(found)


def _check_cover(plane: list[Stored]) -> None:
    for region in plane:
        assert all(low < high for low, high in region.sides), f"an empty region: {region}"
    for one, other in combinations(plane, 2):
        apart = any(
            a_high <= b_low or b_high <= a_low
            for (a_low, a_high), (b_low, b_high) in zip(one.sides, other.sides, strict=True)
        )
        assert apart, f"regions overlap: {one} and {other}"
    assert sum(region.volume for region in plane) == volume(WHOLE), f"regions leave a gap: {plane}"


def _check_winner(rows: Rows, region: Stored) -> None:
    if region.fact_id == 0:
        assert region.at_from == MIN_INSTANT, f"nobody has spoken, but since some time: {region}"
        assert region.shown_until == region.at_from
        return
    fact = rows.one(
        "SELECT key_id, since_earliest, since_latest, until_latest, is_end, standing, known_from, known_until "
        "FROM facts WHERE id = ?",
        (region.fact_id,),
    )
    assert fact is not None
    key_id, since, since_latest, until_latest, is_end, standing, known_from, known_until = fact
    assert key_id == region.key_id
    assert region.at_from == since, f"a region begins where its winner begins: {region}"
    assert known_from <= region.known_from, f"won before it was in force: {region}"
    assert region.known_until <= known_until, f"won after it was in force: {region}"
    assert FLOORS_ADMITTING[standing] <= region.floor_from, f"won where it is not admitted: {region}"
    assert region.shown_until == min(region.at_until, since_latest if is_end else until_latest)


def _check_boxes(rows: Rows, shown: list[Stored]) -> None:
    for region in shown:
        box = rows.one(
            "SELECT scope_from, scope_until, known_from, known_until, at_from, shown_until FROM region_boxes "
            "WHERE id = ?",
            (region.id,),
        )
        assert box is not None, f"no box leads to {region}"
        exact = (*_scopes(region.timeline_id, region.floor_from, region.floor_until), *region.sides[0])
        _check_box(box, (*exact, region.at_from, region.shown_until))
    stray = rows.all(
        "SELECT b.id FROM region_boxes b LEFT JOIN regions r ON r.id = b.id WHERE r.id IS NULL "
        "OR r.shown_until <= r.at_from"
    )
    assert stray == [], "a box leads to a region that shows nothing"


def _check_past_boxes(rows: Rows, timeline: str) -> None:
    for past in rows.all(
        "SELECT p.id, p.timeline_id, p.floor_from, p.floor_until, p.known_from, p.known_until, p.at_from, "
        "p.shown_until, p.revision_from, p.revision_until FROM regions_past p "
        "JOIN timelines t ON t.id = p.timeline_id WHERE t.slug = ?",
        (timeline,),
    ):
        box = rows.one(
            "SELECT scope_from, scope_until, known_from, known_until, at_from, shown_until, revision_from, "
            "revision_until FROM past_boxes WHERE id = ?",
            past[:1],
        )
        assert box is not None, f"no box leads to the past region {past}"
        _check_box(box, (*_scopes(*past[1:4]), *past[4:]))
        assert all(low < high for low, high in zip(past[4::2], past[5::2], strict=True)), f"an empty past: {past}"
    stray = rows.all("SELECT b.id FROM past_boxes b LEFT JOIN regions_past r ON r.id = b.id WHERE r.id IS NULL")
    assert stray == [], "a box leads to nothing"


def _scopes(timeline_id: int, floor_from: int, floor_until: int) -> tuple[int, int]:
    return (4 * timeline_id + floor_from, 4 * timeline_id + floor_until)


def _check_box(box: tuple[float, ...], exact: tuple[int, ...]) -> None:
    """The box holds the exact bounds, and its own are the neighbouring single-precision numbers at most."""
    for number, (stored, bound) in enumerate(zip(box, exact, strict=True)):
        outside = stored <= bound if number % 2 == 0 else stored >= bound
        assert outside, f"the box {box} does not hold {exact}"
        assert abs(stored - bound) <= abs(_single(bound)) * 2**-22 + 1, f"the box {box} is wider than {exact}"


def _single(number: int) -> float:
    found: float = struct.unpack("f", struct.pack("f", number))[0]
    return found
