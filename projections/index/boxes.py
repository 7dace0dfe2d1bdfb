"""The boxes by which SQLite finds regions: where they are filed in its R*Trees, and how they are put there."""

from typing import Final

from projections.regions import Box

PUT_BOX: Final = (
    "INSERT OR REPLACE INTO region_boxes (id, scope_from, scope_until, known_from, known_until, at_from, "
    "shown_until) VALUES (?, ?, ?, ?, ?, ?, ?)"
)
DROP_BOX: Final = "DELETE FROM region_boxes WHERE id = ?"
PUT_PAST_BOX: Final = (
    "INSERT INTO past_boxes (id, scope_from, scope_until, known_from, known_until, at_from, shown_until, "
    "revision_from, revision_until) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)

_SCOPE: Final = "id, timeline_id * 4 + floor_from AS scope_from, timeline_id * 4 + floor_until + 0.5 AS scope_until"
BOXES: Final = {
    "region_boxes": (
        f"SELECT {_SCOPE}, known_from, known_until, at_from, shown_until FROM regions WHERE shown_until > at_from"
    ),
    "past_boxes": (
        f"SELECT {_SCOPE}, known_from, known_until, at_from, shown_until, revision_from, revision_until "
        "FROM regions_past"
    ),
}
"""What the R*Trees of SQLite hold, by their names: the places that `filed` gives, of all regions together."""


def scope(timeline_id: int, floor: int) -> int:
    """A timeline and a floor of trust as one number, as the boxes are filed."""
    return timeline_id * 4 + floor


def filed(timeline_id: int, box: Box) -> tuple[int, float]:
    """The range of scopes under which an R*Tree files a box.

    It ends half a scope later than the last one: a range without extent would give every box a volume of nothing, and
    the tree, which grows where the least volume is added, would have nothing to go by.
    """
    return scope(timeline_id, box.floor_from), scope(timeline_id, box.floor_until) + 0.5
