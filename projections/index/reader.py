"""Questions to the index: which facts win at a basis, who contests them, and when that next changes.

Every question runs in a snapshot and takes the basis with it. At the newest revision only the tables of what is now
are asked; at an earlier one, those of the past as well.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from projections.index.boxes import scope
from projections.index.rivalry import about_then_sql, earliest_rival_sql
from projections.index.rows import Rows
from timeline.basis import Basis
from timeline.dates import MAX_INSTANT, MIN_INSTANT
from timeline.store import ReadConnection

_IN_LIST: Final = 500
_DAY: Final = 86_400_000_000
_WINDOWS: Final = (*(4**step * _DAY for step in range(9)), MAX_INSTANT)
"""How far to look for what comes next, if that is much: a day, four days … 180 years, as far as there is anything."""
_FEW: Final = 128

FACT_COLUMNS: Final = (
    "f.id, f.key_id, f.content_id, f.ordinal, f.since_earliest, f.since_latest, f.until_earliest, f.until_latest, "
    "f.standing, f.is_end, f.known_since, f.position, f.rivalled, f.payload, c.development, c.sources"
)
_WITH_CONTENT: Final = "JOIN contents c ON c.id = f.content_id"
_REACH: Final = "SELECT reach FROM timeline_log WHERE timeline_id = ? AND position <= ? ORDER BY position DESC LIMIT 1"
_ABOUT_THEN: Final = about_then_sql(
    "f",
    since_earliest="w.since_earliest",
    since_latest="w.since_latest",
    low=earliest_rival_sql("w.since_earliest", "k.widest"),
)


class FactRow(NamedTuple):
    """A fact as the index holds it, with the development that states it and the sources of that."""

    id: int
    key_id: int
    content_id: int
    ordinal: int
    since_earliest: int
    since_latest: int
    until_earliest: int
    until_latest: int
    standing: int
    is_end: bool
    known_since: int
    position: int
    rivalled: bool
    payload: str
    development: str
    sources: str

    @property
    def rank(self) -> tuple[int, int, int, int, int]:
        """What decides between facts of one key: the greater wins."""
        return (self.since_earliest, self.standing, self.known_since, self.position, self.ordinal)


class KeyRow(NamedTuple):
    """A key as the index holds it."""

    id: int
    subject: str
    attribute: str
    object: str
    development: str
    widest: int
    denied: bool


class Won(NamedTuple):
    """A key with the fact that wins it, and the part of valid time in which that is so."""

    key: KeyRow
    fact: FactRow
    at_from: int
    shown_until: int


Piece = tuple[int, int, int]
"""A region by where it begins, the end of what it shows, and the fact that wins it."""


class IndexReader:
    """Asks the index about one timeline, on one snapshot."""

    def __init__(self, connection: ReadConnection, timeline_id: int, basis: Basis, *, head: int) -> None:
        """`head` is the newest revision of the snapshot; `basis.revision` must not be greater."""
        self._rows = Rows(connection)
        self._timeline_id = timeline_id
        self.basis = basis
        self._is_head = basis.revision >= head
        self._known = int(basis.known) if self._is_head else min(int(basis.known), self._reach())

    def _reach(self) -> int:
        """The latest `known` of all that was recorded by the revision: the regions of then say nothing beyond it."""
        found = self._rows.one(_REACH, (self._timeline_id, self.basis.revision))
        return MIN_INSTANT if found is None else int(found[0])

    # what wins

    def winners(self) -> list[Won]:
        """Every key whose winner has something to show at the basis."""
        at = self.basis.at
        found: list[Won] = []
        for table in self._tables():
            sql = (
                f"SELECT k.id, k.subject, k.attribute, k.object, k.development, k.widest, k.denied, r.at_from, "
                f"r.shown_until, {FACT_COLUMNS} FROM {self._boxes(table)} JOIN facts f ON f.id = r.fact_id "
                f"{_WITH_CONTENT} JOIN keys k ON k.id = f.key_id WHERE {self._box_condition(table)}"
            )
            found += [
                Won(KeyRow._make(row[:7]), FactRow._make(row[9:]), row[7], row[8])
                for row in self._rows.all(sql, self._box_parameters(table, at, at))
            ]
        return found

    def _tables(self) -> tuple[str, ...]:
        return ("regions",) if self._is_head else ("regions", "regions_past")

    def _boxes(self, table: str) -> str:
        if not self._rows.is_sqlite:
            return f"{table} r"
        boxes = "region_boxes" if table == "regions" else "past_boxes"
        return f"{boxes} b CROSS JOIN {table} r ON r.id = b.id"

    def _box_condition(self, table: str) -> str:
        """Regions of this timeline and floor at this `known` and revision that meet a range of valid time."""
        ends = "r.known_until > ?"
        if not self._is_head:  # of what became known at one instant, the later events have not happened yet
            ends = f"({ends} OR (r.known_until = ? AND r.closed_by > ?))"
        exact = (
            f"r.floor_from <= ? AND r.floor_until >= ? AND r.known_from <= ? AND {ends} "
            "AND r.at_from <= ? AND r.shown_until > ? AND "
        )
        exact += "r.revision <= ?" if table == "regions" else "r.revision_from <= ? AND r.revision_until > ?"
        if self._rows.is_sqlite:
            coarse = (
                "b.scope_from <= ? AND b.scope_until >= ? AND b.known_from <= ? AND b.known_until >= ? "
                "AND b.at_from <= ? AND b.shown_until >= ?"
            )
            if table == "regions_past":
                coarse += " AND b.revision_from <= ? AND b.revision_until >= ?"
        else:
            coarse = (
                "int4range(r.timeline_id * 4 + r.floor_from, r.timeline_id * 4 + r.floor_until, '[]') @> ?::int "
                "AND box(point(r.known_from::float8, r.at_from::float8), "
                "point(r.known_until::float8, r.shown_until::float8)) && "
                "box(point(?::float8, ?::float8), point(?::float8, ?::float8))"
            )
            if table == "regions_past":
                coarse += " AND int8range(r.revision_from, r.revision_until) @> ?::bigint"
            else:
                coarse += " AND r.shown_until > r.at_from"
        return f"{coarse} AND {exact}"

    def _box_parameters(self, table: str, at_from: int, at_until: int) -> tuple[int, ...]:
        """The parameters of `_box_condition`, for regions that meet [at_from, at_until]."""
        basis = self.basis
        place, known, revision, floor = (
            scope(self._timeline_id, basis.floor),
            self._known,
            basis.revision,
            int(basis.floor),
        )
        past = (revision, revision) if table == "regions_past" else (revision,)
        if self._rows.is_sqlite:
            coarse: tuple[int, ...] = (place, place, known, known, at_until, at_from)
            coarse += past if table == "regions_past" else ()
        else:
            coarse = (place, known, at_from, known, at_until)
            coarse += (revision,) if table == "regions_past" else ()
        ends = (known,) if self._is_head else (known, known, revision)
        return (*coarse, floor, floor, known, *ends, at_until, at_from, *past)

    # what is in force

    def _in_force(self) -> tuple[str, tuple[int, ...]]:
        known, revision = self.basis.known, self.basis.revision
        if self._is_head:
            return "f.known_from <= ? AND f.known_until > ?", (known, known)
        condition = (
            "((f.revision <= ? AND f.known_from <= ? AND f.known_until > ?) OR EXISTS (SELECT 1 FROM facts_past p "
            "WHERE p.fact_id = f.id AND p.known_from <= ? AND p.known_until > ? AND p.revision_from <= ? "
            "AND p.revision_until > ?))"
        )
        return condition, (revision, known, known, known, known, revision, revision)

    def rivals(self, winners: Sequence[Won]) -> dict[int, list[FactRow]]:
        """The facts in force that may contest these winners, by the id of the winning fact.

        Those of the same key that begin about the same time, and denials made of a time not before it; whether the
        values differ is for the caller to see.
        """
        condition, parameters = self._in_force()
        found: dict[int, list[FactRow]] = {}
        least = 3 - int(self.basis.floor)
        about_then = f"{_ABOUT_THEN} AND (f.standing >= ? OR f.standing = 0)"
        denied_later = "f.since_earliest > w.since_latest AND f.standing = 0"
        asked: tuple[tuple[list[int], str, tuple[int, ...]], ...] = (
            ([won.fact.id for won in winners if won.fact.rivalled], about_then, (least,)),
            ([won.fact.id for won in winners if won.key.denied], denied_later, ()),
        )
        for ids, relation, extra in asked:
            for some in _in_portions(ids):
                # the offset keeps PostgreSQL from reading all that is under a key
                sql = (
                    f"SELECT w.id, {FACT_COLUMNS} FROM facts w JOIN keys k ON k.id = w.key_id "
                    f"JOIN facts f ON f.key_id = w.key_id AND f.id <> w.id AND NOT f.is_end AND {relation} "
                    f"AND {condition} {_WITH_CONTENT} WHERE w.id IN ({_marks(some)})"
                    if self._rows.is_sqlite
                    else f"SELECT w.id, {FACT_COLUMNS} FROM facts w JOIN keys k ON k.id = w.key_id CROSS JOIN LATERAL "
                    "(SELECT * FROM facts f WHERE f.key_id = w.key_id AND f.id <> w.id AND NOT f.is_end "
                    f"AND {relation} AND {condition} OFFSET 0) f {_WITH_CONTENT} WHERE w.id IN ({_marks(some)})"
                )
                for row in self._rows.all(sql, (*extra, *parameters, *some)):
                    found.setdefault(row[0], []).append(FactRow._make(row[1:]))
        return found

    def runners_up(self, facts: Sequence[FactRow]) -> dict[int, FactRow]:
        """For each of these facts the one that would win its key if it had not begun, by the id of the former.

        A fact without any such is not among the ids.
        """
        condition, parameters = self._in_force()
        found: dict[int, FactRow] = {}
        next_best = (
            "SELECT f.id FROM facts f WHERE f.key_id = w.key_id AND f.since_earliest <= w.since_earliest AND "
            "(f.since_earliest, f.standing, f.known_since, f.position, f.ordinal) "
            "< (w.since_earliest, w.standing, w.known_since, w.position, w.ordinal) "
            f"AND f.standing >= ? AND {condition} ORDER BY f.since_earliest DESC, f.standing DESC, "
            "f.known_since DESC, f.position DESC, f.ordinal DESC LIMIT 1"
        )
        for some in _in_portions([fact.id for fact in facts]):
            sql = (
                f"SELECT w.id, {FACT_COLUMNS} FROM facts w JOIN facts f ON f.id = ({next_best}) {_WITH_CONTENT} "
                f"WHERE w.id IN ({_marks(some)})"
            )
            values = (3 - int(self.basis.floor), *parameters, *some)
            found.update((row[0], FactRow._make(row[1:])) for row in self._rows.all(sql, values))
        return found

    def deciding(self, keys: Sequence[int]) -> dict[int, FactRow]:
        """For each of these keys the fact that decides it at the basis: shown, run out, or an end.

        A key of which nothing was said by then is not among the ids.
        """
        condition, parameters = self._in_force()
        found: dict[int, FactRow] = {}
        best = (
            f"SELECT f.id FROM facts f WHERE f.key_id = k.id AND f.since_earliest <= ? AND f.standing >= ? "
            f"AND {condition} ORDER BY f.since_earliest DESC, f.standing DESC, f.known_since DESC, f.position DESC, "
            "f.ordinal DESC LIMIT 1"
        )
        for some in _in_portions(keys):
            sql = (
                f"SELECT {FACT_COLUMNS} FROM keys k JOIN facts f ON f.id = ({best}) {_WITH_CONTENT} "
                f"WHERE k.id IN ({_marks(some)})"
            )
            values = (self.basis.at, 3 - int(self.basis.floor), *parameters, *some)
            found.update((row[1], FactRow._make(row)) for row in self._rows.all(sql, values))
        return found

    # what belongs to it

    def names(self, entities: Iterable[str]) -> dict[str, str]:
        """The names of entities at the revision of the basis, by slug."""
        revision, found = self.basis.revision, dict[str, str]()
        for some in _in_portions(sorted(set(entities))):
            found.update(
                self._rows.all(
                    "SELECT entity, name FROM entity_texts WHERE timeline_id = ? AND revision_from <= ? "
                    f"AND revision_until > ? AND entity IN ({_marks(some)})",
                    (self._timeline_id, revision, revision, *some),
                )
            )
        return found

    # when it changes

    def beginnings(self, after: int, last: int) -> Iterator[Piece]:
        """The regions that begin after an instant and up to another, in that order, as far as they show something."""
        few = self._beginning_between(after, last, limit=_FEW)
        if few is not None:
            yield from sorted(few)
            return
        low = after
        for window in _WINDOWS:
            high = min(after + window, last)
            yield from sorted(self._beginning_between(low, high) or ())
            if high == last:
                return
            low = high

    def endings(self, after: int, last: int) -> Iterator[Piece]:
        """The regions that stopped showing something after an instant and up to another, the last first."""
        few = self._ending_between(after, last, limit=_FEW)
        if few is not None:
            yield from sorted(few, key=_end, reverse=True)
            return
        high = last
        for window in _WINDOWS:
            low = max(last - window, after)
            yield from sorted(self._ending_between(low, high) or (), key=_end, reverse=True)
            if low == after:
                return
            high = low

    def _beginning_between(self, low: int, high: int, *, limit: int | None = None) -> list[Piece] | None:
        """Regions that begin after `low` and not after `high`; None if they are more than the limit."""
        return self._pieces(low, high, "at_from > ?", "b.at_from >= ?", (low, low - _slack(low)), limit)

    def _ending_between(self, low: int, high: int, *, limit: int | None = None) -> list[Piece] | None:
        """Regions that stop showing something after `low` and not after `high`; None if more than the limit."""
        return self._pieces(low, high, "shown_until <= ?", "b.shown_until <= ?", (high, high + _slack(high)), limit)

    def _pieces(
        self, low: int, high: int, exact: str, coarse: str, edges: tuple[int, int], limit: int | None
    ) -> list[Piece] | None:
        """Regions that meet [low, high] and keep to a bound, which the boxes of an R*Tree know only roughly."""
        is_boxed = self._rows.is_sqlite
        condition, bounds = (f"r.{exact} AND {coarse}", edges) if is_boxed else (f"r.{exact}", edges[:1])
        found: list[Piece] = []
        for table in self._tables():
            rows = self._rows.all(
                f"SELECT r.at_from, r.shown_until, r.fact_id FROM {self._boxes(table)} "
                f"WHERE {self._box_condition(table)} AND {condition}{'' if limit is None else f' LIMIT {limit + 1}'}",
                (*self._box_parameters(table, low, high), *bounds),
            )
            if limit is not None and len(rows) > limit:
                return None
            found += rows
        return found

    def is_end(self, fact_id: int) -> bool:
        """Whether a fact is an end."""
        found = self._rows.one("SELECT is_end FROM facts WHERE id = ?", (fact_id,))
        return bool(found and found[0])


def _slack(instant: int) -> int:
    """By how much the single-precision coordinates of an R*Tree may miss an instant, and more."""
    return (abs(instant) >> 21) + 1


def _end(piece: Piece) -> int:
    return piece[1]


def _in_portions(ids: Sequence[int] | Sequence[str]) -> Iterable[Sequence[int] | Sequence[str]]:
    for start in range(0, len(ids), _IN_LIST):
        yield ids[start : start + _IN_LIST]


def _marks(ids: Sequence[object]) -> str:
    return ", ".join("?" * len(ids))
