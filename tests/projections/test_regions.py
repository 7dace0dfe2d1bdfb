"""Regions cut the plane of a key so that every rectangle has one winner. No database here: a plane is a list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations, count, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projections.regions import (
    EVERYTHING,
    Box,
    Change,
    Contender,
    Past,
    Plane,
    Rank,
    Region,
    enter,
    leave,
    untouched,
)
from timeline.dates import MAX_INSTANT, MIN_INSTANT

CONFIRMED, REPORTED, ALLEGED = 0, 1, 2
"""The floors."""
NEVER = MAX_INSTANT


def claim(fact: int, since: int, *, floor: int = CONFIRMED, known: int = 0, gone: int = NEVER) -> Contender:
    """A contender that ranks by its beginning, then by how strict a floor admits it, then by its number."""
    return Contender(fact, Rank(since, 3 - floor, known, fact, 0), floor, gone)


@dataclass
class ListedPlane(Plane):
    """The plane of one key in memory, with the contenders in force and all that was ever remembered."""

    regions: list[Region] = field(default_factory=lambda: [untouched()._replace(id=0)])
    past: list[Past] = field(default_factory=list)
    in_force: dict[int, tuple[Contender, Box]] = field(default_factory=dict)
    revision: int = 0
    minds_reach: bool = True
    """Whether it forgets what nobody can ask for: see `projections.regions`."""
    reaches: list[int] = field(default_factory=lambda: [MIN_INSTANT])
    """The reach of each revision."""
    _ids: Iterable[int] = field(default_factory=lambda: count(1))

    def holding(self, at: int, box: Box) -> Sequence[tuple[Region, Box]]:
        return [(r, met) for r in self.regions if r.at_from <= at < r.at_until and (met := r.box.meet(box))]

    def won_by(self, contender: Contender, box: Box) -> Sequence[Region]:
        return [r for r in self.regions if r.winner and r.winner.fact == contender.fact and r.box.meet(box)]

    def beginning(self, since: int, box: Box) -> Sequence[tuple[Contender, Box]]:
        return [(c, b) for c, b in self.in_force.values() if c.rank.since == since and b.meet(box)]

    def apply(self, changes: Iterable[Change]) -> None:
        for change in changes:
            assert change.before in self.regions
            self.regions.remove(change.before)
            self.regions += [region._replace(id=next(iter(self._ids))) for region in change.after]
            self.past += change.past

    # what a writer does

    def say(self, contender: Contender, known_from: int = 0, known_until: int = NEVER) -> None:
        self.revision += 1
        self.in_force[contender.fact] = (contender, Box(known_from, known_until))
        enter(self, contender, known_from, known_until, self.revision, reach=self._reach())
        self._know(known_from)

    def take_back(self, contender: Contender, known_from: int = MIN_INSTANT) -> None:
        """From `known_from` on it is no longer said."""
        _, box = self.in_force[contender.fact]
        if known_from >= box.known_until:
            return
        self.revision += 1
        del self.in_force[contender.fact]
        if box.known_from < known_from:
            self.in_force[contender.fact] = (contender, box._replace(known_until=known_from))
        leave(self, contender, max(box.known_from, known_from), box.known_until, self.revision, reach=self._reach())
        self._know(known_from)

    def _reach(self) -> int:
        return self.reaches[-1] if self.minds_reach else MAX_INSTANT

    def _know(self, known: int) -> None:
        self.reaches.append(max(self.reaches[-1], known))

    # what a reader sees

    def winner(self, at: int, known: int, floor: int = ALLEGED) -> int | None:
        """The fact that wins the point, whether it has something to show or not."""
        (region,) = (
            region
            for region in self.regions
            if region.at_from <= at < region.at_until
            and region.box.known_from <= known < region.box.known_until
            and region.box.floor_from <= floor <= region.box.floor_until
        )
        return region.winner.fact if region.winner else None

    def shown(self, at: int, known: int, floor: int, revision: int) -> list[int]:
        """The facts shown at a point and revision: one at most, if all is well."""
        known = min(known, self.reaches[revision])
        found = [
            region.winner.fact
            for region in self.regions
            if region.winner
            and region.revision <= revision
            and region.at_from <= at < region.shown_until
            and counts(region, known, floor, revision)
        ]
        return found + [
            past.winner.fact
            for past in self.past
            if past.revision_from <= revision < past.revision_until
            and past.at_from <= at < past.shown_until
            and counts(past, known, floor, revision)
        ]


def counts(piece: Region | Past, known: int, floor: int, revision: int) -> bool:
    """Whether a region says something at an instant of knowledge; where it ends, before the revision that closed it."""
    box = piece.box
    ends_after = known < box.known_until or (known == box.known_until and revision < piece.closed_by)
    return box.known_from <= known and ends_after and box.floor_from <= floor <= box.floor_until


def test_of_a_key_nobody_spoke_of_one_region_says_nothing():
    plane = ListedPlane()
    assert plane.regions == [Region(None, EVERYTHING, MIN_INSTANT, MAX_INSTANT, 0, 0)]
    assert plane.winner(at=5, known=5) is None


def test_a_fact_wins_from_its_beginning_and_from_when_it_was_known():
    plane = ListedPlane()
    plane.say(claim(1, since=10), known_from=20)
    assert plane.winner(at=9, known=20) is None
    assert plane.winner(at=10, known=19) is None
    assert plane.winner(at=10, known=20) == 1
    assert plane.winner(at=MAX_INSTANT - 1, known=MAX_INSTANT - 1) == 1


def test_a_later_fact_wins_from_its_own_beginning_in_whatever_order_they_were_told():
    told, retold = ListedPlane(), ListedPlane()
    early, late = claim(1, since=10), claim(2, since=20)
    told.say(early)
    told.say(late)
    retold.say(late)
    retold.say(early)
    for plane in (told, retold):
        assert [plane.winner(at, known=5) for at in (9, 10, 19, 20)] == [None, 1, 1, 2]


def test_a_floor_that_does_not_admit_the_newcomer_keeps_the_one_before():
    plane = ListedPlane()
    plane.say(claim(1, since=10))
    plane.say(claim(2, since=20, floor=ALLEGED))
    assert [plane.winner(25, 5, floor) for floor in (CONFIRMED, REPORTED, ALLEGED)] == [1, 1, 2]


def test_who_has_ended_still_wins_and_has_nothing_to_show():
    plane = ListedPlane()
    plane.say(claim(1, since=10))
    plane.say(claim(2, since=20, gone=30))
    assert plane.winner(at=40, known=5) == 2
    assert plane.shown(at=29, known=5, floor=ALLEGED, revision=2) == [2]
    assert plane.shown(at=30, known=5, floor=ALLEGED, revision=2) == []


def test_when_a_fact_is_taken_back_the_one_before_goes_on_until_the_one_after():
    plane = ListedPlane()
    first, second, third = claim(1, since=10), claim(2, since=20), claim(3, since=30)
    for contender in (first, second, third):
        plane.say(contender)
    plane.take_back(second, known_from=50)
    assert [plane.winner(at, known=49) for at in (15, 25, 35)] == [1, 2, 3]
    assert [plane.winner(at, known=50) for at in (15, 25, 35)] == [1, 1, 3]


def test_when_a_fact_is_taken_back_the_best_that_began_with_it_takes_its_place():
    plane = ListedPlane()
    winner, second, third = (claim(fact, since=20, floor=fact) for fact in (0, 1, 2))
    for contender in (claim(9, since=10), third, winner, second):
        plane.say(contender._replace(fact=contender.fact + 1))
    plane.take_back(winner._replace(fact=1))
    assert [plane.winner(25, 5, floor) for floor in (CONFIRMED, REPORTED, ALLEGED)] == [10, 2, 2]


def test_what_has_always_been_leaves_nothing_behind():
    plane = ListedPlane()
    always = claim(1, since=MIN_INSTANT)
    plane.say(always)
    plane.say(claim(2, since=10))
    plane.take_back(always)
    assert [plane.winner(at, known=5) for at in (MIN_INSTANT, 9, 10)] == [None, None, 2]


def test_what_was_true_before_a_revision_is_remembered_for_good():
    plane = ListedPlane()
    plane.say(claim(1, since=10))
    plane.say(claim(2, since=20))
    assert plane.shown(at=25, known=5, floor=ALLEGED, revision=0) == []
    assert plane.shown(at=25, known=5, floor=ALLEGED, revision=1) == [1]
    assert plane.shown(at=25, known=5, floor=ALLEGED, revision=2) == [2]


def test_what_nobody_could_see_is_not_remembered():
    """One event can move a region about; only what a revision ended with was ever an answer."""
    plane = ListedPlane()
    plane.say(claim(1, since=10, gone=20))
    enter(plane, claim(2, since=30), 0, NEVER, 2)
    assert plane.past == []
    enter(plane, claim(3, since=40), 0, NEVER, 2)
    enter(plane, claim(4, since=35), 0, NEVER, 2)
    assert plane.past == []


@pytest.mark.parametrize(
    ("inner", "parts"),
    [
        (Box(0, 10, 0, 2), 0),
        (Box(3, 10, 0, 2), 1),
        (Box(3, 7, 0, 2), 2),
        (Box(3, 7, 1, 1), 4),
        (Box(0, 10, 0, 0), 1),
    ],
)
def test_a_box_without_an_inner_one_is_the_rest_in_disjoint_boxes(inner, parts):
    whole = Box(0, 10, 0, 2)
    rest = list(whole.without(inner))
    assert len(rest) == parts
    assert not any(one.meet(other) for one, other in combinations([*rest, inner], 2))
    cells = [(known, floor) for known in range(10) for floor in range(3)]
    assert all(sum(bool(box.meet(Box(k, k + 1, f, f))) for box in [*rest, inner]) == 1 for k, f in cells)


# any history

TIMES = range(5)


@st.composite
def claims(draw: st.DrawFn, fact: int) -> Contender:
    since = draw(st.sampled_from((*TIMES, MIN_INSTANT)))
    floor, known = draw(st.sampled_from((CONFIRMED, REPORTED, ALLEGED))), draw(st.sampled_from(TIMES))
    gone = draw(st.sampled_from((NEVER, NEVER, *(at for at in TIMES if at >= since))))
    return claim(fact, since, floor=floor, known=known, gone=gone)


@st.composite
def steps(draw: st.DrawFn) -> list[tuple[str, Contender, int]]:
    """Facts are said one after the other, and now and then one that stands is taken back from some `known` on."""
    told: list[Contender] = []
    found: list[tuple[str, Contender, int]] = []
    for number in range(1, draw(st.integers(1, 10)) + 1):
        is_taken_back = draw(st.booleans())
        if told and is_taken_back:
            found.append(("take back", draw(st.sampled_from(told)), draw(st.sampled_from(TIMES))))
        else:
            told.append(draw(claims(number)))
            found.append(("say", told[-1], draw(st.sampled_from(TIMES))))
    return found


def test_what_arrives_in_the_order_in_which_it_became_known_leaves_no_past():
    plane = ListedPlane()
    told = [claim(1, since=10), claim(2, since=20, floor=REPORTED), claim(3, since=15, floor=ALLEGED)]
    for known, contender in enumerate(told, start=30):
        plane.say(contender, known_from=known)
    plane.take_back(told[1], known_from=33)
    assert plane.past == []
    assert [plane.shown(25, known=40, floor=ALLEGED, revision=revision) for revision in range(5)] == [
        [],
        [1],
        [2],
        [2],
        [3],
    ]
    assert [plane.shown(17, known=40, floor=ALLEGED, revision=revision) for revision in range(5)] == [
        [],
        [1],
        [1],
        [3],
        [3],
    ]


def test_of_what_became_known_at_one_instant_an_earlier_revision_shows_what_it_had():
    plane = ListedPlane()
    plane.say(claim(1, since=10), known_from=30)
    plane.say(claim(9, since=90), known_from=50)
    plane.say(claim(2, since=20), known_from=50)
    plane.say(claim(3, since=20, known=1), known_from=50)
    shown = [plane.shown(25, known=50, floor=ALLEGED, revision=revision) for revision in range(5)]
    assert shown == [[], [1], [1], [2], [3]]
    assert [past.winner.fact for past in plane.past] == [1, 2], "over the instant itself it takes a past"


def test_what_became_known_late_is_remembered_where_it_could_be_asked_for():
    plane = ListedPlane()
    plane.say(claim(1, since=10), known_from=30)
    plane.say(claim(2, since=20), known_from=29)
    assert [(past.winner.fact, past.box.known_from) for past in plane.past] == [(1, 30)]
    assert [plane.shown(25, known=30, floor=ALLEGED, revision=revision) for revision in range(3)] == [[], [1], [2]]


@settings(max_examples=100)
@given(steps(), st.booleans())
def test_whatever_is_said_and_taken_back_the_regions_are_what_a_search_through_all_facts_finds(history, minds_reach):
    plane = ListedPlane(minds_reach=minds_reach)
    answers: dict[tuple[int, int, int, int], list[int]] = {}
    points = list(product((MIN_INSTANT, *TIMES), TIMES, (CONFIRMED, REPORTED, ALLEGED)))
    for kind, contender, known in history:
        if kind == "say":
            plane.say(contender, known_from=known)
        elif contender.fact in plane.in_force:
            plane.take_back(contender, known_from=known)
        for at, known_at, floor in points:
            here = Box(known_at, known_at + 1, floor, floor)
            standing = [
                c for c, box in plane.in_force.values() if c.rank.since <= at and c.floor <= floor and box.meet(here)
            ]
            best = max(standing, key=lambda contender: contender.rank, default=None)
            assert plane.winner(at, known_at, floor) == (best.fact if best else None)
            shown = [best.fact] if best and at < best.gone else []
            answers[at, known_at, floor, plane.revision] = shown
            assert plane.shown(at, known_at, floor, plane.revision) == shown
    for (at, known_at, floor, revision), shown in answers.items():
        assert plane.shown(at, known_at, floor, revision) == shown


@settings(max_examples=60)
@given(steps())
def test_regions_never_overlap_and_begin_where_their_winner_begins(history):
    plane = ListedPlane()
    for kind, contender, known in history:
        if kind == "say":
            plane.say(contender, known_from=known)
        elif contender.fact in plane.in_force:
            plane.take_back(contender, known_from=known)
        for one, other in combinations(plane.regions, 2):
            apart = one.at_until <= other.at_from or other.at_until <= one.at_from
            assert apart or one.box.meet(other.box) is None
        for region in plane.regions:
            assert region.at_from == (region.winner.rank.since if region.winner else MIN_INSTANT)
