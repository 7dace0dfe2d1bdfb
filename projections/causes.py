"""Why a fact of one state is not the fact of another: the rules, over the facts that decide. Pure.

For every key one fact decides at a basis: the winner, which may be an end, or have run out. Between two bases the
clocks move one after the other: first the revision, then `known`, then `at`. The cause of a change is what the
last of these steps did that changed the key's decision: a statement arrived, a statement was lost, or time passed
over one that stayed.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Final, NamedTuple, Self

from pydantic_core import from_json

from projections.index.reader import FactRow
from timeline.basis import Basis
from timeline.events import (
    DevelopmentCorrected,
    DevelopmentRecorded,
    DevelopmentRetracted,
    EntityDescribed,
    Reason,
    RetractionReason,
    SourceAdded,
    StandingChanged,
    TimelineDescribed,
    TimelineOpened,
)


class Cause(StrEnum):
    """What made a fact come, go or change; `meaning` says it in words."""

    meaning: str

    def __new__(cls, value: str, meaning: str) -> Self:
        """A cause by its name in answers."""
        cause = str.__new__(cls, value)
        cause._value_ = value
        cause.meaning = meaning
        return cause

    DEVELOPMENT = "development", "Something happened, or became known: a development began, replaced or ended it."
    CORRECTION = "correction", "The world learned better."
    FINER_DATE = "finer-date", "Dates became more precise."
    SOURCE_WITHDRAWN = "source-withdrawn", "A source took its report back."
    STANDING = "standing", "The development came to stand better or worse."
    RETRACTION = "retraction", "The development was taken back."
    CLERICAL = "clerical", "This record had it wrong, and mended it. Only between revisions."
    SOURCE = "source", "One more document says so, or a document that was named has appeared."
    RIVAL = "rival", "Others contest the fact now, or no longer do."
    EXPIRED = "expired", "It ran to a date of its own (`until`), and that date has come."
    TIME = "time", "Time passed over a coarse date: what was possible is definite, or the other way round."
    DESCRIPTION = "description", "Somebody or something goes by another name in this record. Only between revisions."


_BY_EVENT: Final[Mapping[str, Cause]] = {
    DevelopmentRecorded.__name__: Cause.DEVELOPMENT,
    SourceAdded.__name__: Cause.SOURCE,
    StandingChanged.__name__: Cause.STANDING,
    EntityDescribed.__name__: Cause.DESCRIPTION,
    TimelineOpened.__name__: Cause.DESCRIPTION,
    TimelineDescribed.__name__: Cause.DESCRIPTION,
}
_BY_REASON: Final[Mapping[tuple[str, str], Cause]] = {
    (DevelopmentCorrected.__name__, Reason.NEW_INFORMATION): Cause.CORRECTION,
    (DevelopmentCorrected.__name__, Reason.FINER_DATE): Cause.FINER_DATE,
    (DevelopmentCorrected.__name__, Reason.SOURCE_WITHDRAWN): Cause.SOURCE_WITHDRAWN,
    (DevelopmentCorrected.__name__, Reason.CLERICAL): Cause.CLERICAL,
    (DevelopmentRetracted.__name__, RetractionReason.WITHDRAWN): Cause.RETRACTION,
    (DevelopmentRetracted.__name__, RetractionReason.CLERICAL): Cause.CLERICAL,
}


class Behind(NamedTuple):
    """A cause, and the position of the event behind it."""

    cause: Cause | None
    """None where the event itself says what it is."""
    position: int
    when: str | None = None
    """The date in the world on which it came about; None where what moved is knowledge or the record."""
    known: int | None = None
    """Since when it has been known, where knowledge moved: a slip in that date can have been mended since."""

    @classmethod
    def by(cls, turn: "Turn", cause: Cause | None = None) -> Self:
        """What a turn made."""
        return cls(cause, turn.position, known=turn.known)


class Turn(NamedTuple):
    """An event by which something came or went, and since when that has been known, where knowledge moved."""

    position: int
    known: int | None


class Step(NamedTuple):
    """One clock moves; the facts that decide a key before and after it."""

    start: Basis
    stop: Basis
    before: FactRow | None
    after: FactRow | None


Lost = Callable[[FactRow, Step], Turn | None]
"""The event by which a statement went out of force during a step."""
Arrived = Callable[[FactRow, Step], Turn | None]
"""The event by which a statement came into force during a step."""

Beneath = Callable[[FactRow], FactRow | None]
"""The fact that would decide the key if another had not begun."""


def cause_of(event: str, reason: str | None) -> Cause:
    """What an event is the cause of where it changes what is known or recorded.

    Args:
        event: the name of its type, such as ``DevelopmentCorrected``.
        reason: the reason that it gives, if it gives one.
    """
    if reason is not None:
        return _BY_REASON[event, reason]
    return _BY_EVENT[event]


def path(before: Basis, after: Basis) -> tuple[Basis, ...]:
    """The bases from one to the other, each of which differs from the one before it in one clock."""
    points = [
        before,
        Basis(before.at, before.known, after.revision, before.floor),
        Basis(before.at, after.known, after.revision, before.floor),
        after,
    ]
    return tuple(dict.fromkeys(points))


def same(one: FactRow | None, other: FactRow | None) -> bool:
    """Whether two rows are the same statement, made by the same development since the same moment."""
    if one is None or other is None:
        return one is other
    return one.id == other.id or _statement(one) == _statement(other)


def deciding_step(steps: Sequence[Step]) -> Step | None:
    """The step that the cause of a change lies in; None if none of them changed who decides, or how surely.

    The last one, except where time only carries on what a correction began: when a development first loses its
    statement and a later one of its own takes that place, it is the correction that tells why.
    """
    turned = [step for step in steps if _is_turned(step)]
    if not turned:
        return None
    last, first = turned[-1], turned[0]
    if last is not first and first.before is not None and last.after is not None:
        is_own = first.before.development == last.after.development
        if is_own and last.stop.at != last.start.at and not same(first.before, first.after):
            return first
    return last


def to_be_traced(step: Step) -> list[FactRow]:
    """The facts of which `reason_of` asks how they arrived or were lost."""
    before, after = step.before, step.after
    if step.start.revision != step.stop.revision:
        return [fact for fact in (before, after) if fact is not None]
    return [before] if before is not None and (after is None or after.rank < before.rank) else []


def reason_of(step: Step, *, arrived: Arrived, lost: Lost, beneath: Beneath) -> Behind | None:
    """What made the difference in a step that changed a key's decision."""
    if step.stop.at != step.start.at:
        return _in_time(step, beneath)
    before, after = step.before, step.after
    if after is not None and (before is None or after.rank >= before.rank):
        turn = arrived(after, step)
        return Behind(None, after.position) if turn is None else Behind.by(turn)
    if before is None:
        return None
    turn = lost(before, step)
    return Behind(None, before.position) if turn is None else Behind.by(turn)


def shows_nothing(fact: FactRow | None, at: int) -> bool:
    """Whether nothing is shown of a key that a fact decides: it is an end, or has run out."""
    return fact is not None and (fact.is_end or fact.until_latest <= at)


def _in_time(step: Step, beneath: Beneath) -> Behind | None:
    """While nothing else moves, what was said stays: something began, ran out, or became certain."""
    after, at = step.after, step.stop.at
    if after is None:
        return None
    if shows_nothing(after, at):
        return _ending(after, step.start.at, beneath)
    if not same(step.before, after):
        return Behind(Cause.DEVELOPMENT, after.position, date_of(after, "since"))
    return Behind(Cause.TIME, after.position, date_of(after, "until" if after.until_earliest <= at else "since"))


def _ending(fact: FactRow, start: int, beneath: Beneath) -> Behind:
    """The first of those that ended a key and left it empty: later ends found nothing more to end."""
    while True:
        earlier, began = beneath(fact), fact.since_latest if fact.is_end else fact.since_earliest
        was_over = earlier is not None and (earlier.is_end or earlier.until_latest <= began)
        if earlier is None or not was_over:
            break
        if earlier.since_earliest <= start and (earlier.is_end or earlier.until_latest <= start):
            break
        fact = earlier
    return Behind(Cause.DEVELOPMENT, fact.position, date_of(fact, "since")) if fact.is_end else expired(fact)


def expired(fact: FactRow) -> Behind:
    """The end of a fact that ran to a date of its own."""
    return Behind(Cause.EXPIRED, fact.position, date_of(fact, "until"))


def date_of(fact: FactRow, bound: str) -> str | None:
    """The `since` or `until` of a fact as it is written."""
    date: str | None = from_json(fact.payload)[bound]
    return date


def _is_turned(step: Step) -> bool:
    before, after = step.before, step.after
    if before is not None and after is not None and before.id != after.id and step.start.at != step.stop.at:
        return True  # while only time passes, a statement stays in one row
    return _mark(before, step.start) != _mark(after, step.stop)


def _mark(fact: FactRow | None, basis: Basis) -> object:
    """What a key's decision consists of: the statement, and which of its bounds have been passed."""
    if fact is None:
        return None
    at = basis.at
    return (*_statement(fact), at >= fact.since_latest, at >= fact.until_earliest, at >= fact.until_latest)


def _statement(fact: FactRow) -> tuple[object, ...]:
    return (fact.development, fact.known_since, fact.position, fact.payload)
