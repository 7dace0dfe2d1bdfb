"""What the tables say of each key: its marks, its regions, its past and the boxes that lead there."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import partial
from typing import Any, Final

from projections.index.rows import Rows
from projections.verify.findings import Verified
from projections.verify.planes import Force, Piece, differences_now, differences_then
from timeline.dates import MIN_INSTANT

PORTION: Final = 20_000
"""About how many facts are held at once; a key is never parted."""
_FLOORS_A_TIMELINE: Final = 4

_COUNTS: Final = (
    "SELECT k.id, (SELECT count(*) FROM facts f WHERE f.key_id = k.id) FROM keys k WHERE k.id > ? ORDER BY k.id LIMIT ?"
)
_KEYS: Final = (
    "SELECT k.id, t.slug, k.subject, k.attribute, k.object, k.development, k.widest, k.denied, k.timeline_id "
    "FROM keys k LEFT JOIN timelines t ON t.id = k.timeline_id WHERE k.id BETWEEN ? AND ?"
)
_FACTS: Final = (
    "SELECT key_id, id, since_earliest, standing, known_since, position, ordinal, is_end, since_latest, until_latest, "
    "known_from, known_until, revision, rivalled FROM facts WHERE key_id BETWEEN ? AND ?"
)
_FACTS_PAST: Final = (
    "SELECT p.fact_id, p.known_from, p.known_until, p.revision_from, p.revision_until FROM facts f "
    "JOIN facts_past p ON p.fact_id = f.id WHERE f.key_id BETWEEN ? AND ?"
)
_REGIONS: Final = (
    "SELECT key_id, id, timeline_id, fact_id, floor_from, floor_until, known_from, known_until, at_from, at_until, "
    "shown_until, revision, closed_by FROM regions WHERE key_id BETWEEN ? AND ?"
)
_REGIONS_PAST: Final = (
    "SELECT f.key_id, p.id, p.timeline_id, p.fact_id, p.floor_from, p.floor_until, p.known_from, p.known_until, "
    "p.at_from, p.shown_until, p.revision_from, p.revision_until, p.closed_by FROM regions_past p "
    "JOIN facts f ON f.id = p.fact_id WHERE f.key_id BETWEEN ? AND ?"
)
_REACH: Final = "SELECT reach FROM timeline_log WHERE timeline_id = ? AND position <= ? ORDER BY position DESC LIMIT 1"
_BOXES: Final = (
    "SELECT r.id, b.scope_from, b.scope_until, b.known_from, b.known_until, b.at_from, b.shown_until "
    "FROM regions r JOIN region_boxes b ON b.id = r.id WHERE r.key_id BETWEEN ? AND ?"
)
_PAST_BOXES: Final = (
    "SELECT p.id, b.scope_from, b.scope_until, b.known_from, b.known_until, b.at_from, b.shown_until, b.revision_from, "
    "b.revision_until FROM regions_past p JOIN facts f ON f.id = p.fact_id JOIN past_boxes b ON b.id = p.id "
    "WHERE f.key_id BETWEEN ? AND ?"
)

_Rows = dict[int, list[tuple[Any, ...]]]


class KeyCheck:
    """Compares the keys, a portion at a time."""

    def __init__(self, rows: Rows, head: int, trees: Collection[str], found: Verified) -> None:
        """`trees` are those of the R*Trees that can be read."""
        self._rows = rows
        self._trees = trees
        self._head = head
        self._found = found

    def portions(self) -> Iterator[tuple[int, int]]:
        """Ranges of keys that are read at once."""
        first, last, size = 1, 0, 0
        while counts := self._rows.all(_COUNTS, (last, 1_000)):
            for key_id, facts in counts:
                if size and size + facts > PORTION:
                    yield first, last
                    first, size = key_id, 0
                last, size = key_id, size + facts
        if last:
            yield first, last

    def compare(self, first: int, last: int) -> None:
        """Compare the keys from `first` to `last`."""
        between = (first, last)
        facts, regions, past = (self._by_key(sql, between) for sql in (_FACTS, _REGIONS, _REGIONS_PAST))
        earlier: _Rows = defaultdict(list)
        for row in self._rows.all(_FACTS_PAST, between):
            earlier[row[0]].append(row)
        boxes = {
            tree: {row[0]: row[1:] for row in self._rows.all(sql, between)}
            for tree, sql in (("region_boxes", _BOXES), ("past_boxes", _PAST_BOXES))
            if tree in self._trees
        }
        for key in self._rows.all(_KEYS, between):
            self._found.rows["keys"] += 1
            where = "/".join(filter(None, key[1:6])) if key[1] else f"key {key[0]}"
            self._compare_marks(where, key, facts[key[0]])
            self._compare_planes(where, key[8], facts[key[0]], regions[key[0]], past[key[0]], earlier)
            for region in (*regions[key[0]], *past[key[0]]):
                if region[2] != key[8]:
                    self._found.note("regions", where, f"the region {region[1]} is filed under another timeline")
            over = [row[:12] for row in past[key[0]]]
            shown = [(*region[:9], region[10]) for region in regions[key[0]] if region[8] < region[10]]
            for tree, some in boxes.items():
                self._compare_boxes(tree, where, shown if tree == "region_boxes" else over, some)

    def _by_key(self, sql: str, between: tuple[int, int]) -> _Rows:
        found: _Rows = defaultdict(list)
        for row in self._rows.all(sql, between):
            found[row[0]].append(row)
        return found

    def _compare_marks(self, where: str, key: Sequence[Any], facts: Sequence[Sequence[Any]]) -> None:
        if not facts:
            self._found.note("keys", where, "nothing was ever said of this key")
            return
        widest = max(fact[8] - fact[2] for fact in facts)
        denied = any(fact[3] == 0 for fact in facts)
        if (key[6], bool(key[7])) != (widest, denied):
            self._found.note("keys", where, f"its widest and denied are {widest} and {denied}")
        ordered = sorted(facts, key=lambda fact: fact[2])
        latest: int | None = None
        for number, fact in enumerate(ordered):
            follows = number + 1 < len(ordered) and ordered[number + 1][2] <= fact[8]
            has_rival = follows or (latest is not None and latest >= fact[2])
            if bool(fact[13]) != has_rival:
                self._found.note("facts", where, f"of the fact {fact[1]}, rivalled is {has_rival}")
            latest = fact[8] if latest is None else max(latest, fact[8])

    def _compare_planes(
        self,
        where: str,
        timeline: int,
        facts: Sequence[Sequence[Any]],
        regions: Sequence[Any],
        past: Sequence[Any],
        earlier: _Rows,
    ) -> None:
        now, then = [], []
        for (
            _,
            fact_id,
            since,
            standing,
            known_since,
            position,
            ordinal,
            is_end,
            since_latest,
            until_latest,
            *rest,
        ) in facts:
            rank, gone = (since, standing, known_since, position, ordinal), since_latest if is_end else until_latest
            now.append(Force(fact_id, rank, gone, *rest[:3]))
            then += [Force(fact_id, rank, gone, *row[1:]) for row in earlier[fact_id]]
        pieces = [Piece(*row[3:12])._replace(closed_by=row[12]) for row in regions]
        # what was shown of a past region says nothing of where it ended
        over = [Piece._make((*row[3:9], row[9], *row[9:])) for row in past]
        self._found.rows["regions"] += len(pieces)
        self._found.rows["regions_past"] += len(over)
        for said in differences_now(now, pieces):
            self._found.note("regions", where, said)
        reach_of = partial(self._reach, timeline)
        differences, is_all = differences_then([*now, *then], [*pieces, *over], self._head, reach_of)
        for said in differences:
            self._found.note("regions_past", where, said)
        self._found.sampled_keys += not is_all

    def _reach(self, timeline: int, revision: int) -> int:
        found = self._rows.one(_REACH, (timeline, revision))
        return int(found[0]) if found else MIN_INSTANT

    def _compare_boxes(
        self, table: str, where: str, regions: Sequence[Sequence[Any]], boxes: dict[int, tuple[float, ...]]
    ) -> None:
        for _, region_id, timeline, _, floor_from, floor_until, *bounds in regions:
            box = boxes.get(region_id)
            if box is None:
                self._found.note(table, where, f"nothing leads to the region {region_id}")
                continue
            self._found.rows[table] += 1
            scope = _FLOORS_A_TIMELINE * timeline
            exact = (scope + floor_from, scope + floor_until, *bounds)
            if any(low > bound for low, bound in zip(box[::2], exact[::2], strict=True)) or any(
                high < bound for high, bound in zip(box[1::2], exact[1::2], strict=True)
            ):
                self._found.note(table, where, f"the box of the region {region_id} does not hold it")
