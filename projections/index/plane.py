"""The regions of one key, kept in the database."""

from collections.abc import Iterable, Sequence
from typing import Final

from projections.index.rows import WritableRows
from projections.regions import Box, Change, Contender, Past, Plane, Rank, Region, untouched

_FIRST_BATCH: Final = 2
_LARGEST_BATCH: Final = 64

_REGION: Final = (
    "r.id, r.fact_id, r.floor_from, r.floor_until, r.known_from, r.known_until, r.at_from, r.at_until, r.revision"
)
_CONTENDER: Final = (
    "f.since_earliest, f.standing, f.known_since, f.position, f.ordinal, f.is_end, f.since_latest, f.until_latest"
)

_HOLDING: Final = (
    f"SELECT {_REGION}, {_CONTENDER} FROM regions r LEFT JOIN facts f ON f.id = r.fact_id "
    "WHERE r.key_id = ? AND r.at_from <= ? AND (r.at_from < ? OR r.id < ?) "
    "ORDER BY r.at_from DESC, r.id DESC LIMIT ?"
)
_WON_BY: Final = f"SELECT {_REGION} FROM regions r WHERE r.fact_id = ? AND r.known_from < ? AND r.known_until > ?"
_BEGINNING: Final = (
    f"SELECT f.id, f.known_from, f.known_until, {_CONTENDER} FROM facts f WHERE f.key_id = ? "
    "AND f.since_earliest = ? AND f.known_from < ? AND f.known_until > ? AND f.standing > 0"
)
_INSERT: Final = (
    "INSERT INTO regions (id, key_id, timeline_id, fact_id, floor_from, floor_until, known_from, known_until, "
    "at_from, at_until, shown_until, revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_UPDATE: Final = (
    "UPDATE regions SET fact_id = ?, floor_from = ?, floor_until = ?, known_from = ?, known_until = ?, at_from = ?, "
    "at_until = ?, shown_until = ?, revision = ? WHERE id = ?"
)
_DELETE: Final = "DELETE FROM regions WHERE id = ?"
_INSERT_PAST: Final = (
    "INSERT INTO regions_past (id, timeline_id, fact_id, floor_from, floor_until, known_from, known_until, "
    "at_from, shown_until, revision_from, revision_until) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_PUT_BOX: Final = (
    "INSERT OR REPLACE INTO region_boxes (id, scope_from, scope_until, known_from, known_until, at_from, "
    "shown_until) VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_DROP_BOX: Final = "DELETE FROM region_boxes WHERE id = ?"
_PUT_PAST_BOX: Final = (
    "INSERT INTO past_boxes (id, scope_from, scope_until, known_from, known_until, at_from, shown_until, "
    "revision_from, revision_until) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)

_FLOOR_OF_STANDING: Final = (3, 2, 1, 0)
"""The strictest floor that admits a standing, by the rank of the standing."""


def scope(timeline_id: int, floor: int) -> int:
    """A timeline and a floor of trust as one number, as the boxes are filed."""
    return timeline_id * 4 + floor


def contender(fact_id: int, row: Sequence[int]) -> Contender:
    """The contender that the columns of `_CONTENDER` describe."""
    since, standing, known_since, position, ordinal, is_end, since_latest, until_latest = row
    return Contender(
        fact_id,
        Rank(since, standing, known_since, position, ordinal),
        _FLOOR_OF_STANDING[standing],
        since_latest if is_end else until_latest,
    )


class Ids:
    """Numbers for new rows. The write lock is held, so counting on from the greatest is safe."""

    def __init__(self, rows: WritableRows) -> None:
        found = rows.one(
            "SELECT (SELECT max(id) FROM timelines), (SELECT max(id) FROM contents), (SELECT max(id) FROM keys), "
            "(SELECT max(id) FROM facts), (SELECT max(id) FROM regions), (SELECT max(id) FROM regions_past)"
        )
        names = ("timelines", "contents", "keys", "facts", "regions", "regions_past")
        self._last = dict(zip(names, (last or 0 for last in found or ()), strict=True))

    def next(self, table: str) -> int:
        """The next number for a row of the table."""
        self._last[table] += 1
        return self._last[table]


class Boxes:
    """The R*Tree entries of one transaction, each written once however often its region changed."""

    def __init__(self, rows: WritableRows) -> None:
        self._rows = rows
        self._changed: dict[int, tuple[int, ...] | None] = {}

    def put(self, region_id: int, box: tuple[int, ...]) -> None:
        """The region is found under this box from now on."""
        self._changed[region_id] = box

    def drop(self, region_id: int) -> None:
        """The region has nothing to show any more."""
        self._changed[region_id] = None

    def flush(self) -> None:
        """Write what has become of the boxes."""
        changed, self._changed = self._changed, {}
        self._rows.run_many(_DROP_BOX, [(region_id,) for region_id, box in changed.items() if box is None])
        self._rows.run_many(_PUT_BOX, [(region_id, *box) for region_id, box in changed.items() if box])


class KeyPlane(Plane):
    """The plane of one key."""

    def __init__(self, rows: WritableRows, ids: Ids, boxes: Boxes, timeline_id: int, key_id: int) -> None:
        self._rows = rows
        self._ids = ids
        self._boxes = boxes
        self._timeline_id = timeline_id
        self._key_id = key_id

    def open(self) -> None:
        """Lay out the plane of a new key."""
        self._insert(untouched())

    def holding(self, at: int, box: Box) -> Sequence[Region]:
        """The regions that hold `at` and meet the box.

        They are walked from `at` backwards; being disjoint, they cover the box exactly when their areas add up
        to its own, and then there is no need to look further.
        """
        wanted = (box.known_until - box.known_from) * (box.floor_until - box.floor_from + 1)
        found: list[Region] = []
        below, last_id, size = at + 1, 0, _FIRST_BATCH
        while wanted:
            batch = self._rows.all(_HOLDING, (self._key_id, below, below, last_id, size))
            for row in batch:
                if row[7] <= at or row[4] >= box.known_until or row[5] <= box.known_from:
                    continue
                region = _region(row)
                met = region.box.meet(box)
                if met is not None:
                    found.append(region)
                    wanted -= (met.known_until - met.known_from) * (met.floor_until - met.floor_from + 1)
            if wanted and len(batch) < size:
                raise RuntimeError(f"the regions of key {self._key_id} leave a gap at {at}: rebuild the index")
            if batch:
                below, last_id, size = batch[-1][6], batch[-1][0], min(4 * size, _LARGEST_BATCH)
        return found

    def won_by(self, contender: Contender, box: Box) -> Sequence[Region]:
        """The regions that meet the box and whose winner it is."""
        rows = self._rows.all(_WON_BY, (contender.fact, box.known_until, box.known_from))
        regions = [
            Region(contender, Box(row[4], row[5], row[2], row[3]), row[6], row[7], row[8], row[0]) for row in rows
        ]
        return [region for region in regions if region.box.meet(box)]

    def beginning(self, since: int, box: Box) -> Sequence[tuple[Contender, Box]]:
        """The contenders in force that begin exactly at `since`, each with where it is in force."""
        rows = self._rows.all(_BEGINNING, (self._key_id, since, box.known_until, box.known_from))
        return [(contender(row[0], row[3:]), Box(row[1], row[2])) for row in rows]

    def apply(self, changes: Iterable[Change]) -> None:
        """Store what became of the regions; the first to take a place keeps its row."""
        for change in changes:
            if change.after == (change.before,):
                continue
            for number, region in enumerate(change.after):
                if number == 0:
                    self._update(change.before, region)
                else:
                    self._insert(region)
            if not change.after:
                self._delete(change.before)
            for past in change.past:
                self._remember(past)

    def _insert(self, region: Region) -> None:
        box, row_id = region.box, self._ids.next("regions")
        self._rows.run(
            _INSERT,
            (
                row_id,
                self._key_id,
                self._timeline_id,
                region.winner.fact if region.winner else 0,
                box.floor_from,
                box.floor_until,
                box.known_from,
                box.known_until,
                region.at_from,
                region.at_until,
                region.shown_until,
                region.revision,
            ),
        )
        if self._rows.is_sqlite and region.shown_until > region.at_from:
            self._put_box(row_id, region)

    def _update(self, before: Region, region: Region) -> None:
        box = region.box
        self._rows.run(
            _UPDATE,
            (
                region.winner.fact if region.winner else 0,
                box.floor_from,
                box.floor_until,
                box.known_from,
                box.known_until,
                region.at_from,
                region.at_until,
                region.shown_until,
                region.revision,
                before.id,
            ),
        )
        if self._rows.is_sqlite:
            if region.shown_until > region.at_from:
                self._put_box(before.id, region)
            elif before.shown_until > before.at_from:
                self._boxes.drop(before.id)

    def _delete(self, region: Region) -> None:
        self._rows.run(_DELETE, (region.id,))
        if self._rows.is_sqlite and region.shown_until > region.at_from:
            self._boxes.drop(region.id)

    def _put_box(self, row_id: int, region: Region) -> None:
        box = region.box
        self._boxes.put(
            row_id,
            (
                scope(self._timeline_id, box.floor_from),
                scope(self._timeline_id, box.floor_until),
                box.known_from,
                box.known_until,
                region.at_from,
                region.shown_until,
            ),
        )

    def _remember(self, past: Past) -> None:
        box, row_id = past.box, self._ids.next("regions_past")
        bounds = (
            box.known_from,
            box.known_until,
            past.at_from,
            past.shown_until,
            past.revision_from,
            past.revision_until,
        )
        self._rows.defer(
            _INSERT_PAST,
            (row_id, self._timeline_id, past.winner.fact, box.floor_from, box.floor_until, *bounds),
        )
        if self._rows.is_sqlite:
            self._rows.defer(
                _PUT_PAST_BOX,
                (
                    row_id,
                    scope(self._timeline_id, box.floor_from),
                    scope(self._timeline_id, box.floor_until),
                    *bounds,
                ),
            )


def _region(row: Sequence[int]) -> Region:
    winner = contender(row[1], row[9:]) if row[1] else None
    return Region(winner, Box(row[4], row[5], row[2], row[3]), row[6], row[7], row[8], row[0])
