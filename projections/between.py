"""Which two bases a question compares: the clocks that move, and those that stand still."""

from dataclasses import dataclass
from typing import Final, NamedTuple

from projections.archive import Snapshot
from timeline.basis import Basis
from timeline.errors import InvalidInput, asked_as

_REMEDY: Final = (
    'Give "from" and "to" (dates in the world), "known_from" and "known_to" (dates of knowledge), or "revision_from" '
    'and "revision_to" (positions of the log); or several of these pairs.'
)


class _Clock(NamedTuple):
    """A clock by the names of its parameters: where it stands still, and from where to where it moves."""

    still: str
    first: str
    last: str


_CLOCKS: Final = (
    _Clock("at", "from", "to"),
    _Clock("known", "known_from", "known_to"),
    _Clock("revision", "revision_from", "revision_to"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """Two bases as a question names them. A clock stands still where its pair is left out, by default at now."""

    first: str | None = None
    last: str | None = None
    known_first: str | None = None
    known_last: str | None = None
    revision_first: int | None = None
    revision_last: int | None = None
    at: str | None = None
    known: str | None = None
    revision: int | None = None
    standing: str | None = None

    @property
    def asked(self) -> list[tuple[str, str]]:
        """What was given, by the names of the parameters."""
        return [
            (name, str(value))
            for clock, values in zip(_CLOCKS, self._values, strict=True)
            for name, value in zip((clock.first, clock.last, clock.still), values, strict=True)
            if value is not None
        ] + ([("standing", self.standing)] if self.standing is not None else [])

    @property
    def moves(self) -> bool:
        """Whether a pair is given, at least half of it."""
        return any(first is not None or last is not None for first, last, _ in self._values)

    @property
    def _values(self) -> tuple[tuple[str | int | None, str | int | None, str | int | None], ...]:
        return (
            (self.first, self.last, self.at),
            (self.known_first, self.known_last, self.known),
            (self.revision_first, self.revision_last, self.revision),
        )

    def check(self) -> None:
        """Make sure that the question is whole.

        Raises:
            InvalidInput: no pair is given, only half of one, or a pair and the same clock standing still.
        """
        if not self.moves:
            raise InvalidInput("it is not said between what to compare.", field="from", remedy=_REMEDY)
        for clock, (first, last, still) in zip(_CLOCKS, self._values, strict=True):
            for given, other, name, missing in (
                (first, last, clock.first, clock.last),
                (last, first, clock.last, clock.first),
            ):
                if given is not None and other is None:
                    raise InvalidInput(
                        f'"{name}" is given without "{missing}".', field=missing, remedy=f'Give "{missing}" too.'
                    )
            if first is not None and still is not None:
                raise InvalidInput(
                    f'"{clock.still}" is given beside "{clock.first}" and "{clock.last}".',
                    field=clock.still,
                    remedy="Leave it out: the clock either moves or stands still.",
                )

    def still(self, snapshot: Snapshot) -> Basis:
        """The one basis where no clock moves.

        Raises:
            InvalidInput: a date cannot be read, or the standing does not exist.
            FutureKnown: the date of knowledge begins after now.
            UnknownRevision: the log has not come that far.
        """
        return snapshot.basis(self.at, self.known, self.revision, self.standing)

    def bases(self, snapshot: Snapshot) -> tuple[Basis, Basis]:
        """The two bases.

        Raises:
            InvalidInput: the question is not whole, a date cannot be read, or the standing does not exist.
            FutureKnown: a date of knowledge begins after now.
            UnknownRevision: the log has not come that far.
        """
        self.check()
        parts: list[list[Basis]] = []
        for clock, (first, last, still) in zip(_CLOCKS, self._values, strict=True):
            named = (clock.still, clock.still) if first is None else (clock.first, clock.last)
            given = (still, still) if first is None else (first, last)
            parts.append([])
            for name, value in zip(named, given, strict=True):
                with asked_as(name, instead_of=clock.still):
                    parts[-1].append(snapshot.basis(**{clock.still: value}))  # type: ignore[arg-type]
        floor = snapshot.basis(standing=self.standing).floor
        ats, knowns, revisions = parts
        before, after = (
            Basis(at.at, known.known, revision.revision, floor)
            for at, known, revision in zip(ats, knowns, revisions, strict=True)
        )
        return before, after
