"""The regions of keys, kept in the database, and in memory while a transaction changes them.

A batch of events often touches the same regions again and again. What it changes is held back and written once, at
the end or before a question that only the database can answer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple, Protocol

from projections.index.boxes import DROP_BOX, PUT_BOX, PUT_PAST_BOX, filed
from projections.index.rows import Row, WritableRows
from projections.regions import Box, Change, Contender, Past, Plane, Rank, Region, enter, leave, untouched
from timeline.store.derived import regions, regions_past

_FIRST_BATCH: Final = 2
_LARGEST_BATCH: Final = 64

_REGION: Final = (
    "r.id, r.fact_id, r.floor_from, r.floor_until, r.known_from, r.known_until, r.at_from, r.at_until, r.revision, "
    "r.closed_by"
)
_CONTENDER: Final = (
    "f.since_earliest, f.standing, f.known_since, f.position, f.ordinal, f.is_end, f.since_latest, f.until_latest"
)

_HOLDING: Final = (
    f"SELECT {_REGION}, {_CONTENDER} FROM regions r LEFT JOIN facts f ON f.id = r.fact_id "
    "WHERE r.key_id = ? AND r.at_from <= ? AND (r.at_from < ? OR r.id < ?) "
    "ORDER BY r.at_from DESC, r.id DESC LIMIT ?"
)
_WON_BY: Final = (
    f"SELECT {_REGION} FROM regions r WHERE r.key_id = ? AND r.at_from = ? AND r.fact_id = ? AND r.known_from < ? "
    "AND r.known_until > ?"
)
_BEGINNING: Final = (
    f"SELECT f.id, f.known_from, f.known_until, {_CONTENDER} FROM facts f WHERE f.key_id = ? "
    "AND f.since_earliest = ? AND f.known_from < ? AND f.known_until > ? AND f.standing > 0"
)
_new: Final = tuple.__new__

_FLOOR_OF_STANDING: Final = (3, 2, 1, 0)
"""The strictest floor that admits a standing, by the rank of the standing."""


def contender(fact_id: int, row: Sequence[int]) -> Contender:
    """The contender that the columns of `_CONTENDER` describe."""
    since, standing, known_since, position, ordinal, is_end, since_latest, until_latest = row
    rank = _new(Rank, (since, standing, known_since, position, ordinal))
    gone = since_latest if is_end else until_latest
    return _new(Contender, (fact_id, rank, _FLOOR_OF_STANDING[standing], gone))


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

    def several(self, table: str, count: int) -> range:
        """The next numbers for so many rows of the table."""
        first = self._last[table] + 1
        self._last[table] += count
        return range(first, first + count)


class Claim(NamedTuple):
    """A statement comes into force, or goes out of it, over a range of knowledge time, by the event at `revision`."""

    timeline_id: int
    key_id: int
    contender: Contender
    since_latest: int
    known_from: int
    known_until: int
    revision: int
    reach: int
    """The latest `known` of all that was recorded before: see `projections.regions`."""


class Claims(Protocol):
    """Where the writer says what becomes of the planes of keys."""

    def open(self, timeline_id: int, key_id: int) -> None:
        """A key is new."""

    def enter(self, claim: Claim) -> None:
        """A statement comes into force; those that are new are all told of, denials too, which can win nothing."""

    def leave(self, claim: Claim) -> None:
        """A statement that can win is no longer in force."""

    def flush(self) -> None:
        """Write what was held back: somebody is about to read the tables."""


class _Changes:
    """What a transaction has changed in the regions of one key and not yet written."""

    __slots__ = ("dropped", "present", "stored")

    def __init__(self) -> None:
        self.present: dict[int, Region] = {}
        self.stored: set[int] = set()
        self.dropped: set[int] = set()


@dataclass(slots=True)
class _Writes:
    """What is to be written of all planes together."""

    new: list[Row] = field(default_factory=list)
    changed: list[Row] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    boxes: list[Row] = field(default_factory=list)


class KeyPlane(Plane):
    """The plane of one key, as the transaction sees it."""

    def __init__(self, planes: "Planes", timeline_id: int, key_id: int) -> None:
        self._planes = planes
        self._rows = planes.rows
        self._timeline_id = timeline_id
        self._key_id = key_id
        self._changes = _Changes()

    def holding(self, at: int, box: Box) -> Sequence[tuple[Region, Box]]:
        """The regions that hold `at`, each with the part of the box that it covers.

        First those that this transaction has changed; then those of the database, walked from `at` backwards. Being
        disjoint, they cover the box exactly when their areas add up to its own: then there is no need to look further.
        """
        found: list[tuple[Region, Box]] = []
        wanted = (box.known_until - box.known_from) * (box.floor_until - box.floor_from + 1)
        wanted = self._held_back(at, box, found, wanted)
        if wanted:
            self._stored(at, box, found, wanted)
        return found

    def _held_back(self, at: int, box: Box, found: list[tuple[Region, Box]], wanted: int) -> int:
        """Note those that this transaction has changed, until so much of the box is covered; how much is not."""
        for region in reversed(self._changes.present.values()):  # what was changed last is most likely asked for
            if region.at_from <= at < region.at_until:
                theirs = region.box
                if theirs.known_until > box.known_from and theirs.known_from < box.known_until:
                    wanted -= _take(region, box, found)
                    if not wanted:
                        break
        return wanted

    def _stored(self, at: int, box: Box, found: list[tuple[Region, Box]], wanted: int) -> None:
        """Note those of the database, until so much of the box is covered."""
        changes = self._changes
        below, last_id, size = at + 1, 0, _FIRST_BATCH
        while wanted:
            batch = self._planes.rows.all(_HOLDING, (self._key_id, below, below, last_id, size))
            for row in batch:
                if row[7] <= at or row[4] >= box.known_until or row[5] <= box.known_from:
                    continue
                if row[0] not in changes.present and row[0] not in changes.dropped:
                    wanted -= _take(_region(row), box, found)
            if wanted and len(batch) < size:
                raise RuntimeError(f"the regions of key {self._key_id} leave a gap at {at}: rebuild the index")
            if batch:
                below, last_id, size = batch[-1][6], batch[-1][0], min(4 * size, _LARGEST_BATCH)

    def won_by(self, contender: Contender, box: Box) -> Sequence[Region]:
        """The regions that meet the box and whose winner it is."""
        self._planes.flush()
        at = contender.rank.since  # where it wins, a region begins
        rows = self._rows.all(_WON_BY, (self._key_id, at, contender.fact, box.known_until, box.known_from))
        won = [
            Region(contender, Box(row[4], row[5], row[2], row[3]), row[6], row[7], row[8], row[0], row[9])
            for row in rows
        ]
        return [region for region in won if region.box.meet(box)]

    def beginning(self, since: int, box: Box) -> Sequence[tuple[Contender, Box]]:
        """The contenders in force that begin exactly at `since`, each with where it is in force."""
        self._planes.flush()
        rows = self._rows.all(_BEGINNING, (self._key_id, since, box.known_until, box.known_from))
        return [(contender(row[0], row[3:]), Box(row[1], row[2])) for row in rows]

    def apply(self, changes: Iterable[Change]) -> None:
        """Take in what became of the regions; the first to take a place keeps its row."""
        mine, ids = self._changes, self._planes.ids
        for change in changes:
            old_id = change.before.id
            if old_id is not None and old_id not in mine.present:
                mine.stored.add(old_id)
            for number, region in enumerate(change.after):
                region_id = old_id if number == 0 and old_id is not None else ids.next("regions")
                mine.present.pop(region_id, None)
                mine.present[region_id] = region._replace(id=region_id)
            if not change.after and old_id is not None:
                mine.present.pop(old_id, None)
                if old_id in mine.stored:
                    mine.stored.remove(old_id)
                    mine.dropped.add(old_id)
            for past in change.past:
                self._planes.remember(self._timeline_id, past)

    def open(self) -> None:
        """Lay out the plane of a new key."""
        region_id, blank = self._planes.ids.next("regions"), untouched()
        self._changes.present[region_id] = blank._replace(id=region_id)

    def hand_over(self, out: "_Writes") -> None:
        """Hand over all that was held back, and forget it."""
        changes, self._changes = self._changes, _Changes()
        out.gone.extend(changes.dropped)
        for region_id, region in changes.present.items():
            box, shown_until = region.box, region.shown_until
            row = region_row(region_id, self._key_id, self._timeline_id, region)
            (out.changed if region_id in changes.stored else out.new).append(row)
            if not self._rows.is_sqlite:
                continue
            if shown_until > region.at_from:
                place = filed(self._timeline_id, box)
                out.boxes.append((region_id, *place, box.known_from, box.known_until, region.at_from, shown_until))
            elif region_id in changes.stored:
                out.hidden.append(region_id)


class Planes:
    """All planes that one transaction works on."""

    def __init__(self, rows: WritableRows, ids: Ids) -> None:
        self.rows = rows
        self.ids = ids
        self._planes: dict[int, KeyPlane] = {}
        self._past_boxes: list[Row] = []

    def of(self, timeline_id: int, key_id: int) -> KeyPlane:
        """The plane of a key."""
        plane = self._planes.get(key_id)
        if plane is None:
            plane = self._planes[key_id] = KeyPlane(self, timeline_id, key_id)
        return plane

    def open(self, timeline_id: int, key_id: int) -> None:
        """Lay out the plane of a new key."""
        self.of(timeline_id, key_id).open()

    def enter(self, claim: Claim) -> None:
        """A statement comes into force; what is denied can win nothing."""
        if claim.contender.rank.standing:
            plane = self.of(claim.timeline_id, claim.key_id)
            enter(plane, *_terms(claim), reach=claim.reach)

    def leave(self, claim: Claim) -> None:
        """A statement is no longer in force."""
        plane = self.of(claim.timeline_id, claim.key_id)
        leave(plane, *_terms(claim), reach=claim.reach)

    def remember(self, timeline_id: int, past: Past) -> None:
        """Keep what is over."""
        row = past_row(self.ids.next("regions_past"), timeline_id, past)
        self.rows.add(regions_past, row)
        if self.rows.is_sqlite:
            self._past_boxes.append((row[0], *filed(timeline_id, past.box), *row[5:-1]))

    def flush(self) -> None:
        """Write everything that was held back."""
        self.rows.flush()
        writes = _Writes()
        for plane in self._planes.values():
            plane.hand_over(writes)
        self.rows.insert(regions, writes.new)
        self.rows.update(regions, writes.changed)
        self.rows.delete(regions, writes.gone)
        self.rows.write_boxes(DROP_BOX, [(region_id,) for region_id in (*writes.gone, *writes.hidden)])
        self.rows.write_boxes(PUT_BOX, writes.boxes)
        self.rows.write_boxes(PUT_PAST_BOX, self._past_boxes)
        self._past_boxes = []


def _terms(claim: Claim) -> tuple[Contender, int, int, int]:
    return claim.contender, claim.known_from, claim.known_until, claim.revision


def region_row(region_id: int, key_id: int, timeline_id: int, region: Region) -> Row:
    """A region as a row of its table."""
    winner, (known_from, known_until, floor_from, floor_until), at_from, at_until, revision, _, closed_by = region
    fact, shown_until = (0, at_from) if winner is None else (winner.fact, min(at_until, winner.gone))
    bounds = (floor_from, floor_until, known_from, known_until, at_from, at_until, shown_until)
    return (region_id, key_id, timeline_id, fact, *bounds, revision, closed_by)


def past_row(row_id: int, timeline_id: int, past: Past) -> Row:
    """What is over as a row of its table."""
    winner, (known_from, known_until, floor_from, floor_until), *rest = past
    return (row_id, timeline_id, winner.fact, floor_from, floor_until, known_from, known_until, *rest)


def _take(region: Region, box: Box, found: list[tuple[Region, Box]]) -> int:
    """Note the region if it meets the box; by how much of the box it does."""
    met = region.box.meet(box)
    if met is None:
        return 0
    found.append((region, met))
    return (met.known_until - met.known_from) * (met.floor_until - met.floor_from + 1)


def _region(row: Sequence[int]) -> Region:
    winner = contender(row[1], row[10:]) if row[1] else None
    return Region(winner, Box(row[4], row[5], row[2], row[3]), row[6], row[7], row[8], row[0], row[9])
