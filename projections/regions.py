"""Regions: the (known × at) plane of one key, cut so that every rectangle has one winner. Pure, no database.

For one key the plane has three axes: knowledge time, the floor of trust, and valid time. `Region`s cover it without
gap or overlap, and two laws keep them few and easy to mend:

1. A region begins (on the axis of valid time) where its winner begins, so at one `known` and one floor the
   regions are simply the winners in order of time, each lasting until the next one begins.
2. Only where a winner really changes does a region get a new `revision`; what was true of it before goes to the
   past, as a `Past` region with the range of revisions over which it was so.
   Pieces that differ in nothing but their floors are made one where these are neighbours.
3. Most of what happens becomes known in the order in which it is recorded, and then nothing goes to the past. At an
   earlier revision nothing was known of later than its *reach*: the latest `known` of all that was recorded by then. So
   nobody asks there beyond the reach, and an event in order only closes regions at its own `known`: what was known
   before stays as it is, and notes in `closed_by` by which revision it was closed.

Who asks at a revision that is not the newest therefore asks at the `known` of the question or at the reach of the
revision, whichever is earlier. As several events can become known at one instant, a region that ends at the very
instant that is asked about still counts there at revisions before `closed_by`.

A newcomer therefore touches just those regions that hold the instant at which it begins, and a statement that
no longer counts gives its place to those that hold the instant before. Boxes are half-open on knowledge time and
valid time, closed on floors and half-open on revisions. Regions without a winner cover what nobody has spoken of.
"""

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Final, NamedTuple, Protocol

from timeline.dates import MAX_INSTANT, MIN_INSTANT
from timeline.standing import Floor

FLOOR_MIN, FLOOR_MAX = int(min(Floor)), int(max(Floor))

_new: Final = tuple.__new__
"""Makes a named tuple in half the time its own constructor takes: building a plane makes a dozen for each event."""


class Rank(NamedTuple):
    """What decides between the contenders for one key: the greater wins."""

    since: int
    standing: int
    known_since: int
    position: int
    ordinal: int


class Contender(NamedTuple):
    """A statement that can win: who it is, how it ranks, from which floor on it is admitted, when it is gone.

    `gone` is the instant from which there is nothing to show even while it wins: the latest bound of its end.
    """

    fact: int
    rank: Rank
    floor: int
    gone: int


class Box(NamedTuple):
    """A range of knowledge time (half-open) and of floors (closed)."""

    known_from: int
    known_until: int
    floor_from: int = FLOOR_MIN
    floor_until: int = FLOOR_MAX

    def meet(self, other: "Box") -> "Box | None":
        """The part that both cover, if any."""
        a_from, a_until, a_lowest, a_highest = self
        b_from, b_until, b_lowest, b_highest = other
        # four comparisons: this is what building a plane asks most, and calls of max and min take twice as long
        known_from = a_from if a_from > b_from else b_from  # noqa: FURB136
        known_until = a_until if a_until < b_until else b_until  # noqa: FURB136
        floor_from = a_lowest if a_lowest > b_lowest else b_lowest  # noqa: FURB136
        floor_until = a_highest if a_highest < b_highest else b_highest  # noqa: FURB136
        if known_from < known_until and floor_from <= floor_until:
            return _new(Box, (known_from, known_until, floor_from, floor_until))
        return None

    def without(self, inner: "Box") -> list["Box"]:
        """What is left, as disjoint boxes, when a box that lies within is taken out."""
        known_from, known_until, floor_from, floor_until = self
        in_from, in_until, in_lowest, in_highest = inner
        left: list[Box] = []
        if known_from < in_from:
            left.append(_new(Box, (known_from, in_from, floor_from, floor_until)))
        if in_until < known_until:
            left.append(_new(Box, (in_until, known_until, floor_from, floor_until)))
        if floor_from < in_lowest:
            left.append(_new(Box, (in_from, in_until, floor_from, in_lowest - 1)))
        if in_highest < floor_until:
            left.append(_new(Box, (in_from, in_until, in_highest + 1, floor_until)))
        return left


EVERYTHING = Box(MIN_INSTANT, MAX_INSTANT)


class Region(NamedTuple):
    """One rectangle as it stands at the newest revision. `id` is None until it is stored."""

    winner: Contender | None
    box: Box
    at_from: int
    at_until: int
    revision: int
    id: int | None = None
    closed_by: int = 0
    """The revision of the event in order at whose `known` it ends; 0 if it goes on, or ends by one out of order."""

    @property
    def shown_until(self) -> int:
        """The end of the part of valid time in which the winner has something to show."""
        return self.at_from if self.winner is None else min(self.at_until, self.winner.gone)


class Past(NamedTuple):
    """A rectangle as it stood over a range of revisions that is over."""

    winner: Contender
    box: Box
    at_from: int
    shown_until: int
    revision_from: int
    revision_until: int
    closed_by: int = 0
    """See `Region.closed_by`."""


class Change(NamedTuple):
    """What becomes of one region: the regions that take its place, and what is remembered of it."""

    before: Region
    after: tuple[Region, ...]
    past: tuple[Past, ...]


class Plane(Protocol):
    """Where the regions of one key are kept."""

    def holding(self, at: int, box: Box) -> Sequence[tuple[Region, Box]]:
        """The regions that hold the instant `at`, each with the part of the box that it covers; together all of it."""

    def won_by(self, contender: Contender, box: Box) -> Sequence[Region]:
        """The regions that meet the box and whose winner it is."""

    def beginning(self, since: int, box: Box) -> Sequence[tuple[Contender, Box]]:
        """The contenders in force that begin exactly at `since`, each with where it is in force."""

    def apply(self, changes: Iterable[Change]) -> None:
        """Store what became of the regions."""


def untouched() -> Region:
    """The plane of a key of which nobody has spoken."""
    return Region(None, EVERYTHING, MIN_INSTANT, MAX_INSTANT, 0)


def enter(
    plane: Plane, contender: Contender, known_from: int, known_until: int, revision: int, *, reach: int = MAX_INSTANT
) -> None:
    """The contender comes into force over a range of knowledge time, by the event at `revision`.

    `reach` is that of the revision before; left out, everything is remembered.
    """
    claim, rank = Box(known_from, known_until, contender.floor, FLOOR_MAX), contender.rank
    yields = _close if known_from >= reach and known_until == MAX_INSTANT else _yield_to
    changes = [
        yields(region, part, contender, revision, reach)
        for region, part in plane.holding(rank.since, claim)
        if region.winner is None or region.winner.rank < rank
    ]
    plane.apply(_joined(changes) if len(changes) > 1 else changes)


def leave(
    plane: Plane, contender: Contender, known_from: int, known_until: int, revision: int, *, reach: int = MAX_INSTANT
) -> None:
    """The contender is no longer in force over a range of knowledge time, by the event at `revision`; see `enter`."""
    lost = Box(known_from, known_until, contender.floor, FLOOR_MAX)
    since = contender.rank.since
    for region in plane.won_by(contender, lost):
        gap = region.box.meet(lost)
        if gap is None:
            continue
        # what has always been has nobody before it: its place falls vacant
        vacant = since <= MIN_INSTANT
        heirs = () if vacant else plane.holding(since - 1, gap)
        plane.apply(
            [
                _surrender(region, gap, revision, reach, vacant=vacant),
                *(_inherit(heir, part, region.at_until, revision, reach) for heir, part in heirs),
            ]
        )
    for other, where in plane.beginning(since, lost):
        met = where.meet(lost)
        if other.fact != contender.fact and met is not None:
            enter(plane, other, met.known_from, met.known_until, revision, reach=reach)


def _remember(region: Region, box: Box, at_from: int, revision: int, reach: int) -> tuple[Past, ...]:
    """What the region said of a part of it, for the revisions before this one; nothing if nobody asks for it there."""
    winner, since_revision = region.winner, region.revision
    if winner is None or since_revision >= revision or box.known_from > reach:
        return ()
    if at_from >= (shown_until := region.shown_until):
        return ()
    return (_new(Past, (winner, box, at_from, shown_until, since_revision, revision, _closed_by(region, box))),)


def _closed_by(region: Region, part: Box) -> int:
    """Of a part of a region, by which revision it was closed: as the region itself where it ends with it."""
    return region.closed_by if part.known_until == region.box.known_until else 0


def _cut_out(region: Region, part: Box) -> list[Region]:
    """What is left of a region when a part of it is taken out."""
    winner, box, at_from, at_until, revision, _, closed_by = region
    return [
        _new(Region, (winner, rest, at_from, at_until, revision, None, closed_by and _closed_by(region, rest)))
        for rest in box.without(part)
    ]


def _yield_to(region: Region, part: Box, contender: Contender, revision: int, reach: int) -> Change:
    winner, _, at_from, at_until, since_revision, _, _ = region
    since = contender.rank.since
    after = _cut_out(region, part)
    if at_from < since:
        after.append(_new(Region, (winner, part, at_from, since, since_revision, None, _closed_by(region, part))))
    after.append(_new(Region, (contender, part, since, at_until, revision, None, 0)))
    return _new(Change, (region, tuple(after), _remember(region, part, since, revision, reach)))


def _close(region: Region, part: Box, contender: Contender, revision: int, reach: int) -> Change:
    """The newcomer is in order: it takes its part of what is known from now on, which nobody asked for before."""
    winner, (known_from, _, floor_from, floor_until), at_from, at_until, since_revision, _, _ = region
    now, _, lowest, highest = part
    if known_from == now:  # so is the region: both became known at one instant
        return _yield_to(region, part, contender, revision, reach)
    before = _new(Box, (known_from, now, floor_from, floor_until))
    after = [_new(Region, (winner, before, at_from, at_until, since_revision, None, revision))]
    for some_from, some_until in ((floor_from, lowest - 1), (highest + 1, floor_until)):
        if some_from <= some_until:
            rest = _new(Box, (now, MAX_INSTANT, some_from, some_until))
            after.append(_new(Region, (winner, rest, at_from, at_until, revision, None, 0)))
    since = contender.rank.since
    if at_from < since:
        after.append(_new(Region, (winner, part, at_from, since, revision, None, 0)))
    after.append(_new(Region, (contender, part, since, at_until, revision, None, 0)))
    return _new(Change, (region, tuple(after), ()))


def _joined(changes: Sequence[Change]) -> list[Change]:
    """The same changes with pieces made one that differ in nothing but their floors, where these are neighbours."""
    alike: dict[tuple[int, ...], list[tuple[int, int, Region]]] = {}
    for number, (_, after, _) in enumerate(changes):
        for piece in after:
            winner, (known_from, known_until, floor_from, _), at_from, at_until, revision, _, closed_by = piece
            place = (winner.fact if winner else 0, known_from, known_until, at_from, at_until, revision, closed_by)
            alike.setdefault(place, []).append((floor_from, number, piece))
    afters: list[list[Region]] = [[] for _ in changes]
    for pieces in alike.values():
        if len(pieces) > 1:
            pieces.sort(key=itemgetter(0))
        _, number, piece = pieces[0]
        for _, other, following in pieces[1:]:
            if following.box.floor_from == piece.box.floor_until + 1:
                piece = piece._replace(box=piece.box._replace(floor_until=following.box.floor_until))
            else:
                afters[number].append(piece)
                number, piece = other, following
        afters[number].append(piece)
    return [
        _new(Change, (change.before, tuple(after), change.past)) for change, after in zip(changes, afters, strict=True)
    ]


def _surrender(region: Region, gap: Box, revision: int, reach: int, *, vacant: bool) -> Change:
    after = _cut_out(region, gap)
    if vacant:
        after.append(Region(None, gap, region.at_from, region.at_until, revision))
    return Change(region, tuple(after), _remember(region, gap, region.at_from, revision, reach))


def _inherit(heir: Region, part: Box, until: int, revision: int, reach: int) -> Change:
    after = _cut_out(heir, part)
    after.append(Region(heir.winner, part, heir.at_from, until, revision))
    return Change(heir, tuple(after), _remember(heir, part, heir.at_from, revision, reach))
