"""What a recorded development lacks to tell what the data set tells.

The record is never rolled back and never forgets: a version that the data set now tells differently is corrected as
a slip of ours, a later entry that is new is appended, and what others have added or corrected stays.
"""

from collections.abc import Sequence
from typing import Final

from pydantic import ValidationError

from timeline.aggregates import Development, fold
from timeline.datasets.decisions import decide, recorded
from timeline.datasets.format import DevelopmentRecord, Then
from timeline.errors import TimelineError
from timeline.events import (
    DevelopmentCorrected,
    DevelopmentEvent,
    DevelopmentRetracted,
    Reason,
    RetractionReason,
)
from timeline.versions import Version

NOTE: Final = "The data set was changed."
"""The note of a correction that brings a version up to the data set, where the data set gives none."""


def reconcile(
    stored: Sequence[DevelopmentEvent], timeline: str, entry: DevelopmentRecord, recorded_at: str
) -> tuple[list[DevelopmentEvent], bool]:
    """The events that are missing, and whether with them the record tells what the data set tells.

    Raises:
        TimelineError, pydantic.ValidationError: the data set was not validated before.
    """
    told = _Told(timeline, entry, recorded_at)
    if _same(stored, told.events[: len(stored)]):
        return told.events[len(stored) :], True
    return _Reconciling(list(stored), told, recorded_at).run()


class _Told:
    """A development as the data set tells it from the beginning: its events, and which entry opened which version."""

    def __init__(self, timeline: str, entry: DevelopmentRecord, recorded_at: str) -> None:
        first = recorded(timeline, entry, recorded_at)
        self.events: list[DevelopmentEvent] = [first]
        self.development: Development = fold([first])
        self.entries: dict[int, Then] = {}
        for then in entry.then:
            event = decide(self.development, then, recorded_at)
            before = len(self.development.versions)
            self.development = self.development.evolve(event, event.originator_version)
            self.events.append(event)
            if len(self.development.versions) > before:
                self.entries[before + 1] = then

    def note(self, version: Version) -> str:
        """Why the data set mended a version, as its last clerical entry says."""
        event = self.events[version.touched - 1]
        return (_clerical_note(event) or NOTE) if version.touched > version.position else NOTE


class _Reconciling:
    """The record of one development on its way to what the data set tells."""

    def __init__(self, stored: list[DevelopmentEvent], told: _Told, recorded_at: str) -> None:
        self.log, self.told, self.recorded_at = stored, told, recorded_at
        self.development: Development = fold(stored)
        self.missing: list[DevelopmentEvent] = []
        self.agrees = True

    def run(self) -> tuple[list[DevelopmentEvent], bool]:
        self._mend()
        for version in self.told.development.versions:
            if version.number not in self._matches():
                self._open(self.told.entries[version.number])
        self._mend()
        self._strike()
        return self.missing, self.agrees and self._tells_the_same()

    def _take(self, event: DevelopmentEvent) -> None:
        self.missing.append(event)
        self.log.append(event)
        self.development = self.development.evolve(event, event.originator_version)

    def _matches(self) -> dict[int, Version]:
        """The recorded version for each number of a told one: of the same cause and `known`, else of the same cause."""
        told, free = list(self.told.development.versions), list(self.development.versions)
        found = {}
        for precise in (True, False):
            for version in [version for version in told if version.number not in found]:
                match = next((other for other in free if _alike(version, other, precise=precise)), None)
                if match is not None:
                    found[version.number] = match
                    free.remove(match)
        return found

    def _open(self, then: Then) -> None:
        try:
            self._take(decide(self.development, then, self.recorded_at))
        except (TimelineError, ValidationError):  # what others recorded leaves no room for it
            self.agrees = False

    def _mend(self) -> None:
        """Correct every version that the data set tells differently, unless others had reasons to."""
        for version in self.told.development.versions:
            match = self._matches().get(version.number)
            if (
                version.struck
                or match is None
                or _reads_the_same(version, match)
                or self._was_set_right(version, match)
            ):
                continue
            if version.content is None:
                self.agrees = False  # a retraction has no content that could be corrected
                continue
            self._take(
                self.development.correct(
                    reason=Reason.CLERICAL,
                    content=version.content,
                    known=version.known,
                    version=match.number,
                    note=self.told.note(version),
                    recorded_at=self.recorded_at,
                )
            )

    def _strike(self) -> None:
        struck = [event for event in self.told.events if isinstance(event, DevelopmentRetracted)]
        told, now = self.told.development.versions, self.development.versions
        if all(version.struck for version in told) and not all(version.struck for version in now):
            event = self.development.retract(
                reason=RetractionReason.CLERICAL,
                known=None,
                note=struck[-1].note,
                recorded_at=self.recorded_at,
            )
            self._take(event)

    def _was_set_right(self, told: Version, now: Version) -> bool:
        """Whether others have corrected the version since the data set was last loaded.

        That is so when the last word is not the data set's, and what the data set tells was once recorded.
        """
        last = self.log[now.touched - 1]
        if now.touched == now.position or self._is_own(last):
            return False
        before: Development = fold(self.log[: now.touched - 1])
        earlier = next(version for version in before.versions if version.number == now.number)
        return _reads_the_same(told, earlier)

    def _is_own(self, event: DevelopmentEvent) -> bool:
        note = _clerical_note(event)
        return note is not None and note in {NOTE, *map(_clerical_note, self.told.events)}

    def _tells_the_same(self) -> bool:
        now, matches = self.development.versions, self._matches()
        told = self.told.development.versions
        return len(now) == len(told) and all(_reads_the_same(v, matches[v.number]) for v in told)


def _same(stored: Sequence[DevelopmentEvent], told: Sequence[DevelopmentEvent]) -> bool:
    return len(stored) == len(told) and all(
        before.model_copy(update={"recorded_at": now.recorded_at}) == now
        for before, now in zip(stored, told, strict=True)
    )


def _alike(told: Version, now: Version, *, precise: bool) -> bool:
    return told.cause == now.cause and (not precise or told.known == now.known)


def _reads_the_same(one: Version, other: Version) -> bool:
    return (one.content, one.known, one.struck) == (other.content, other.known, other.struck)


def _clerical_note(event: DevelopmentEvent) -> str | None:
    """The note of a clerical event; None for others, and where it is empty."""
    match event:
        case DevelopmentCorrected(reason=Reason.CLERICAL) | DevelopmentRetracted(reason=RetractionReason.CLERICAL):
            return event.note or None
    return None
