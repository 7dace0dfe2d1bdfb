"""What a replay is asked for: which clock moves, from where to where, and where the others stand still."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from projections.archive import Snapshot
from timeline.basis import At, Basis, Known, Revision
from timeline.dates import format_instant, parse_date, parse_moment
from timeline.errors import InvalidInput, asked_as, read_from

BEGINNING: Final = parse_date("0001").earliest
"""What has always been begins here when history is replayed: before it there are no dates."""


class MovingClock(StrEnum):
    """The clock along which history runs."""

    AT = "at"
    """As things happened: valid time moves, at a fixed knowledge."""
    KNOWN = "known"
    """As the world learned: knowledge time moves, about a fixed date."""
    RECORDED = "recorded"
    """As it was recorded: the log moves, event by event."""

    @property
    def parameter(self) -> str:
        """The name of the parameter by which this clock stands still elsewhere."""
        return "revision" if self is MovingClock.RECORDED else self.value

    def moved(self, basis: Basis, moment: int) -> Basis:
        """The basis with this clock at another moment: an instant, or a position of the log."""
        match self:
            case MovingClock.AT:
                return replace(basis, at=At(moment))
            case MovingClock.KNOWN:
                return replace(basis, known=Known(moment))
            case MovingClock.RECORDED:
                return replace(basis, revision=Revision(moment))

    def of(self, basis: Basis) -> int:
        """The moment at which this clock stands in a basis."""
        match self:
            case MovingClock.AT:
                return basis.at
            case MovingClock.KNOWN:
                return basis.known
            case MovingClock.RECORDED:
                return basis.revision

    def token(self, moment: int) -> str:
        """A moment of this clock as text, to go on after: written as `from` is."""
        return str(moment) if self is MovingClock.RECORDED else format_instant(moment)


@dataclass(frozen=True, slots=True)
class Bounds:
    """From where to where a replay goes. Steps lie after `after` and not after the end."""

    clock: MovingClock
    after: int | None
    """The moment of the basis to begin with; None for the beginning of everything."""
    end: Basis

    @property
    def last(self) -> int:
        """The last moment that counts."""
        return self.clock.of(self.end)

    @property
    def start(self) -> Basis | None:
        """The basis to begin with; None for the beginning of everything."""
        return None if self.after is None else self.clock.moved(self.end, self.after)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaying:
    """The question, as people write it. What is left out is the beginning, now, and the newest revision."""

    clock: str = MovingClock.KNOWN
    start: str | None = None
    end: str | None = None
    at: str | None = None
    known: str | None = None
    revision: int | None = None
    standing: str | None = None

    def bounds(self, snapshot: Snapshot) -> Bounds:
        """From where to where.

        Raises:
            InvalidInput: there is no such clock, a date cannot be read, the end lies before the start, or the clock
                that moves is told to stand still as well. Fields are named `clock`, `from`, `to`, `at` and so on.
            FutureKnown: a date of knowledge begins after now.
            UnknownRevision: the log has not come that far.
        """
        clock = _clock(self.clock)
        still = {"at": self.at, "known": self.known, "revision": self.revision}
        if still[clock.parameter] is not None:
            raise InvalidInput(
                f'"{clock.parameter}" is given, and the clock "{clock.value}" moves.',
                field=clock.parameter,
                remedy='Leave it out; say from where to where with "from" and "to".',
            )
        still[clock.parameter] = None if self.end is None else _place(clock, self.end, "to")
        with asked_as("to", instead_of=clock.parameter):
            end = snapshot.basis(still["at"], still["known"], still["revision"], self.standing)  # type: ignore[arg-type]
        after = None if self.start is None else _start(clock, self.start)
        if after is not None and after > clock.of(end):
            raise InvalidInput(
                f'"from" ({self.start}) lies after "to" ({clock.token(clock.of(end))}).',
                field="from",
                remedy="Swap the two: history is replayed forwards.",
            )
        return Bounds(clock, after, end)


def _clock(name: str) -> MovingClock:
    try:
        return MovingClock(name)
    except ValueError:
        raise InvalidInput(
            f'there is no clock "{name[:40]}".',
            field="clock",
            remedy='Give "at" (as things happened), "known" (as the world learned) or "recorded" (as the log has it).',
        ) from None


def _place(clock: MovingClock, text: str, field: str) -> str | int:
    return text if clock is not MovingClock.RECORDED else _position(text, field)


def _start(clock: MovingClock, text: str) -> int:
    if clock is MovingClock.RECORDED:
        return _position(text, "from")
    with read_from("from"):
        return parse_moment(text)


def _position(text: str, field: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise InvalidInput(
            f'"{text[:40]}" is no position of the log.',
            field=field,
            remedy='Give a whole number: the clock "recorded" counts events.',
        )
    return int(text)
