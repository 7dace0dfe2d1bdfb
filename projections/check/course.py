"""When a claim holds, by what the record says of its keys as known at one moment. Pure.

Every stretch of valid time gets one of three answers: the claim holds, it does not, or the record leaves it open,
because a date is coarse or because the values cannot be compared. Stretches next to each other in which it holds, or
may hold, make a run; what a claim says of a change ("became", "was fired") is looked for at the ends of the runs.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import groupby
from typing import Final, NamedTuple

from projections.check.account import Account, Said, Stretch
from projections.check.claim import Aspect, Claim, Tense
from projections.check.compare import compare
from projections.check.figures import Match
from timeline.dates import MAX_INSTANT, MIN_INSTANT
from timeline.vocabulary import Attribute, Cardinality


class Truth(IntEnum):
    """Whether a claim is right; the greater answer wins where one of several is enough."""

    NO = 0
    OPEN = 1
    YES = 2


class Window(NamedTuple):
    """The time that a claim is about, both ends inclusive."""

    first: int
    last: int

    def meets(self, start: int, until: int) -> bool:
        """Whether a half-open range has a moment in it."""
        return start <= self.last and until > self.first


def window(claim: Claim, at: int) -> Window:
    """What a claim asked about `at` is about: the time it names, else what its tense says."""
    if claim.when is not None:
        return Window(claim.when.earliest, claim.when.latest)
    if claim.tense is Tense.FUTURE:
        return Window(at + 1, MAX_INSTANT)
    is_state = claim.aspect is Aspect.HOLDS and claim.tense is Tense.PRESENT
    return Window(at if is_state else MIN_INSTANT, at)


class Judged(NamedTuple):
    """A stretch of one account, and whether the claim holds in it."""

    stretch: Stretch
    truth: Truth


@dataclass(frozen=True, slots=True)
class Run:
    """Where a claim holds, or may, without a gap. `sure` are the stretches in which it certainly does."""

    account: Account
    judged: tuple[Judged, ...]

    @property
    def start(self) -> int:
        """From when on it may hold."""
        return self.judged[0].stretch.start

    @property
    def until(self) -> int:
        """From when on it does not hold any more."""
        return self.judged[-1].stretch.until

    @property
    def sure(self) -> tuple[Stretch, ...]:
        """Where it certainly holds."""
        return tuple(one.stretch for one in self.judged if one.truth is Truth.YES)

    @property
    def beginning(self) -> Window:
        """When it began: from the first moment it may hold to the first it certainly does."""
        return Window(self.start, self.sure[0].start)

    @property
    def ending(self) -> Window | None:
        """When it ended, from the first moment that may be; None if it goes on."""
        return None if self.until == MAX_INSTANT else Window(self.sure[-1].until, self.until)

    @property
    def facts(self) -> tuple[Said, ...]:
        """The facts by which it holds, in order; those by which it may, if it never certainly does."""
        return _distinct(stretch.fact for stretch in self.sure or (one.stretch for one in self.judged))

    @property
    def ender(self) -> Said | None:
        """What the record shows next under the key, or the end that closed it; None where a fact just ran out."""
        if self.until == MAX_INSTANT:
            return None
        winner = self.account.at(self.until).winner
        return None if winner is None or winner in self.facts else winner


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether a claim is right, by which runs and by which facts of them."""

    truth: Truth
    runs: tuple[Run, ...] = ()
    facts: tuple[Said, ...] = ()


_NOT_FOUND: Final = Finding(Truth.NO)


class Course:
    """How a claim fares over all of valid time."""

    def __init__(self, claim: Claim, attribute: Attribute, accounts: Sequence[Account]) -> None:
        """`accounts` are the keys that the claim can be about: several only where each development has its own."""
        self.claim = claim
        self.attribute = attribute
        self.accounts = accounts
        self._matches: dict[int, Match] = {}
        self.judged = [(account, [Judged(one, self._truth(one)) for one in account.stretches]) for account in accounts]
        self.runs = tuple(run for account, judged in self.judged for run in self._runs(account, judged))

    def match(self, fact: Said) -> Match:
        """Whether the value of a fact is the one that is claimed."""
        if fact.row.id not in self._matches:
            self._matches[fact.row.id] = self._compare(fact)
        return self._matches[fact.row.id]

    def _compare(self, fact: Said) -> Match:
        if fact.value is None:
            return Match.DIFFERENT
        match = compare(fact.value, self.claim.value, self.claim.comparison, self.attribute)
        # under an attribute that has many facts words describe one of them: others need not contradict
        is_description = fact.value["type"] == "text" and self.attribute.cardinality is Cardinality.MANY
        return Match.CANNOT_TELL if match is Match.DIFFERENT and is_description and self.claim.value else match

    def _truth(self, stretch: Stretch) -> Truth:
        if stretch.fact is None:
            return Truth.NO
        match, instead = self.match(stretch.fact), stretch.instead
        if match is Match.CANNOT_TELL:
            return Truth.OPEN
        # what begins about the same time is a rival, and not what went before
        is_before = instead is not None and not instead.begins_about(stretch.fact)
        otherwise = self.match(instead) if instead is not None and is_before else Match.DIFFERENT
        if match is Match.SAME:
            return Truth.YES if stretch.is_certain or otherwise is Match.SAME else Truth.OPEN
        return Truth.NO if stretch.is_certain or otherwise is Match.DIFFERENT else Truth.OPEN

    def _runs(self, account: Account, judged: Sequence[Judged]) -> Iterator[Run]:
        """What can be compared and what cannot are never one run: else nobody could say when it began."""
        for (truth, _), group in groupby(judged, key=self._sort):
            if truth:
                yield Run(account, tuple(group))

    def _sort(self, judged: Judged) -> tuple[bool, bool]:
        fact = judged.stretch.fact
        is_open = judged.truth is not Truth.NO
        return is_open, is_open and fact is not None and self.match(fact) is Match.CANNOT_TELL

    def find(self, about: Window, at: int) -> Finding:
        """Whether the claim is right about a time, asked at an instant."""
        match self.claim.aspect:
            case Aspect.BEGAN:
                return self._changed(about, [(run, run.beginning if run.sure else None) for run in self._begun()])
            case Aspect.ENDED:
                found = self._changed(about, [(run, run.ending if run.sure else None) for run in self._ended()])
                if found.truth is Truth.NO:
                    found = self._ended_unseen(about)
                is_over = self.claim.tense is not Tense.PRESENT or self.claim.when is not None
                return found if is_over or self._held(Window(at, at)).truth is Truth.NO else _NOT_FOUND
            case _ if self.claim.tense is Tense.FUTURE:
                return self._will_hold(about, at)
            case _:
                return self._held(about)

    def _begun(self) -> Iterator[Run]:
        return (run for run in self.runs if run.start > MIN_INSTANT or not run.sure)

    def _ended(self) -> Iterator[Run]:
        return (run for run in self.runs if run.until < MAX_INSTANT or not run.sure)

    def _held(self, about: Window) -> Finding:
        """Whether it held at some moment of a time, or through all of it if the claim says so."""
        throughout = self.claim.when is not None and self.claim.when.is_throughout
        found = [_held_by(judged, about, throughout=throughout) for _, judged in self.judged]
        best = max((one.truth for one in found), default=Truth.NO)
        if best is Truth.NO:
            return _NOT_FOUND
        runs = tuple(run for run in self.runs if about.meets(run.start, run.until))
        facts = _distinct(fact for one in found if one.truth is best for fact in one.facts)
        return Finding(best, runs, facts)

    def _changed(self, about: Window, changes: Iterable[tuple[Run, Window | None]]) -> Finding:
        """Whether one of these changes happened in a time; of a run that is not sure, nobody can say when."""
        found: dict[Truth, list[Run]] = {Truth.YES: [], Truth.OPEN: []}
        for run, change in changes:
            if change is None:
                if about.meets(run.start, run.until):
                    found[Truth.OPEN].append(run)
            elif about.first <= change.first and change.last <= about.last:
                found[Truth.YES].append(run)
            elif about.meets(change.first, change.last + 1):
                found[Truth.OPEN].append(run)
        for truth, runs in found.items():
            if runs:
                facts = _distinct(fact for run in runs for fact in run.facts)
                return Finding(truth, tuple(runs), facts)
        return _NOT_FOUND

    def _ended_unseen(self, about: Window) -> Finding:
        """Ends of what the record never told of while it held; what its value was nobody knows."""
        ends = [account.stated[0] for account in self.accounts if account.stated and account.stated[0].row.is_end]
        if self.claim.value is not None or not ends:
            return _NOT_FOUND
        sure = [end for end in ends if about.first <= end.row.since_earliest and end.row.since_latest <= about.last]
        if sure:
            return Finding(Truth.YES, (), tuple(sure))
        maybe = [end for end in ends if about.meets(end.row.since_earliest, end.row.since_latest + 1)]
        return Finding(Truth.OPEN, (), tuple(maybe)) if maybe else _NOT_FOUND

    def _will_hold(self, about: Window, at: int) -> Finding:
        """What is to come is only held by what the record dates; that a fact goes on is no prediction of it."""
        dated = [
            run
            for run in self.runs
            if run.sure
            and about.meets(run.sure[0].start, run.sure[-1].until)
            and (run.beginning.first > at or run.sure[-1].until < MAX_INSTANT)
        ]
        if dated:
            return Finding(Truth.YES, tuple(dated), _distinct(fact for run in dated for fact in run.facts))
        found = self._held(about)
        return found if found.truth is Truth.NO else Finding(Truth.OPEN, found.runs, found.facts)


def _held_by(judged: Sequence[Judged], about: Window, *, throughout: bool) -> Finding:
    met = [one for one in judged if about.meets(one.stretch.start, one.stretch.until)]
    truth = (min if throughout else max)((one.truth for one in met), default=Truth.NO)
    return Finding(truth, (), _distinct(one.stretch.fact for one in met if one.truth is truth))


def _distinct(facts: Iterable[Said | None]) -> tuple[Said, ...]:
    return tuple({fact.row.id: fact for fact in facts if fact is not None}.values())
