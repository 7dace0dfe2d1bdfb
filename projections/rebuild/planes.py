"""The planes of keys, each made in memory from all that was ever claimed on it.

What a claim does to a plane is told by `projections.regions`, here as when an event is appended. The regions are kept
by where they begin: one begins where its winner does, so the winner tells where to look.
"""

from array import array
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from itertools import repeat, zip_longest
from operator import itemgetter

from projections.index.plane import Ids, past_row, region_row
from projections.index.rivalry import mark_rivalled
from projections.index.rows import Row, WritableRows
from projections.rebuild.claims import KeySteps, Step, read_claims
from projections.regions import Box, Change, Contender, Past, Plane, Region, enter, leave, untouched
from timeline.dates import MIN_INSTANT
from timeline.store import WriteConnection
from timeline.store.derived import regions, regions_past
from timeline.store.shadow import RIVALLED


class FoldedPlane(Plane):
    """See `projections.regions.Plane`."""

    def __init__(self, *, only_enters: bool = False) -> None:
        blank = untouched()
        self._begins = [blank.at_from]
        self._regions: dict[int, list[Region]] = {blank.at_from: [blank]}
        self._in_force: dict[int, dict[int, tuple[Contender, int, int]]] = {}
        self._only_enters = only_enters
        self.past: list[Past] = []

    @property
    def regions(self) -> list[Region]:
        """All regions, in the order in which they begin."""
        return [region for begin in self._begins for region in self._regions[begin]]

    def take(self, step: Step) -> None:
        """Let a claim come into force, or go out of it."""
        enters, contender, _, known_from, known_until, revision, reach = step
        if not self._only_enters:  # who else is in force is asked only when somebody leaves
            self._note(step)
        (enter if enters else leave)(self, contender, known_from, known_until, revision, reach=reach)

    def _note(self, step: Step) -> None:
        contender = step.contender
        there = self._in_force.setdefault(contender.rank.since, {})
        _, known_from, known_until = there.pop(contender.fact, (None, step.known_until, step.known_from))
        if step.enters:
            known_from, known_until = min(known_from, step.known_from), max(known_until, step.known_until)
        elif step.known_until < known_until:
            known_from = step.known_until
        else:
            known_until = step.known_from
        if known_from < known_until:
            there[contender.fact] = (contender, known_from, known_until)

    def holding(self, at: int, box: Box) -> Sequence[tuple[Region, Box]]:
        """The regions that hold `at`, each with its part of the box; these are disjoint, so all when they fill it."""
        known_from, known_until, floor_from, floor_until = box
        wanted = (known_until - known_from) * (floor_until - floor_from + 1)
        found: list[tuple[Region, Box]] = []
        begins, regions, place = self._begins, self._regions, bisect_right(self._begins, at)
        while wanted:
            place -= 1
            for region in reversed(regions[begins[place]]):  # the newest is most likely meant
                if region.at_until > at and (met := region.box.meet(box)) is not None:
                    found.append((region, met))
                    known_from, known_until, floor_from, floor_until = met
                    wanted -= (known_until - known_from) * (floor_until - floor_from + 1)
                    if not wanted:
                        break
        return found

    def won_by(self, contender: Contender, box: Box) -> Sequence[Region]:
        """The regions that meet the box and whose winner it is: they begin where it does."""
        return [
            region
            for region in self._regions.get(contender.rank.since, ())
            if region.winner is not None and region.winner.fact == contender.fact and region.box.meet(box)
        ]

    def beginning(self, since: int, box: Box) -> Sequence[tuple[Contender, Box]]:
        """The contenders in force that begin exactly at `since`, each with where it is in force."""
        return [
            (contender, Box(known_from, known_until))
            for contender, known_from, known_until in self._in_force.get(since, {}).values()
            if known_from < box.known_until and known_until > box.known_from
        ]

    def apply(self, changes: Iterable[Change]) -> None:
        """Take in what became of the regions."""
        regions = self._regions
        for before, after, past in changes:
            begin = before.at_from
            there = regions[begin]
            place = len(there) - 1
            while there[place] is not before:
                place -= 1
            del there[place]
            for region in after:
                if (other := regions.get(region.at_from)) is not None:
                    other.append(region)
                else:
                    regions[region.at_from] = [region]
                    insort(self._begins, region.at_from)
            if not there:
                del regions[begin]
                del self._begins[bisect_left(self._begins, begin)]
            self.past += past


def plane_rows(key: KeySteps, ids: Ids) -> tuple[list[Row], list[Row]]:
    """The regions of a key and what is over of it, as rows of their tables."""
    plane = FoldedPlane(only_enters=all(step.enters for step in key.steps))
    for step in key.steps:
        if step.contender.rank.standing:
            plane.take(step)
    found, timeline = plane.regions, repeat(key.timeline_id)
    now = map(region_row, ids.several("regions", len(found)), repeat(key.key_id), timeline, found)
    return list(now), list(map(past_row, ids.several("regions_past", len(plane.past)), timeline, plane.past))


def rivalled(key: KeySteps) -> list[int]:
    """The facts of a key that have rivals: others whose `since` may be the same moment; see `index.rivalry`."""
    spans = {fact: (rank[0], since_latest) for _, (fact, rank, _, _), since_latest, *_ in key.steps}
    ordered = sorted(spans.items(), key=itemgetter(1))
    found, reach = list[int](), MIN_INSTANT - 1
    for (fact, (earliest, latest)), following in zip_longest(ordered, ordered[1:]):
        if earliest <= reach or (following is not None and following[1][0] <= latest):
            found.append(fact)
        reach = max(reach, latest)
    return found


def make_planes(connection: WriteConnection, first: int, last: int) -> None:
    """Make the planes of the keys from `first` to `last`, and note which of their facts have rivals."""
    rows = WritableRows(connection)
    with rows.pipelined():
        ids = Ids(rows)
        now, past, rivals = list[Row](), list[Row](), array("q")
        for key in read_claims(rows, first, last):
            made = plane_rows(key, ids)
            now += made[0]
            past += made[1]
            rivals.extend(rivalled(key))
        rows.insert(regions, now)
        rows.insert(regions_past, past)
        rows.insert(RIVALLED, [(last, rivals.tobytes())])
    rows.close()


def mark_all_rivalled(connection: WriteConnection) -> None:
    """Mark the facts that have rivals, in their order: so each page is met once, whichever keys its facts have."""
    rows, found = WritableRows(connection), array("q")
    for (noted,) in rows.all("SELECT facts FROM rivalled"):
        found.frombytes(noted)
    with rows.pipelined():
        mark_rivalled(rows, sorted(found))
    rows.close()
