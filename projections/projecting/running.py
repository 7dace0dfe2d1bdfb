"""Folds a projection along a clock: live, from the beginning or from where it was left."""

import json
import traceback
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any, Final

from projections.archive import Archive, Snapshot
from projections.projecting.projection import (
    FACT_METHODS,
    Moment,
    Projection,
    ProjectionFailed,
    method_of,
    overrides,
)
from projections.replay import Bounds, LogEntry, MovingClock, Step, entries_at, read_log, steps
from projections.replay.turns import begun
from timeline.basis import Basis
from timeline.dates import format_moment
from timeline.errors import InvalidInput
from timeline.events import EVENTS
from timeline.mapper import canonical_json

_PAGE: Final = 500
_METHODS: Final = {event.TOPIC: method_of(event.__name__) for event in EVENTS.values()}

Told = tuple[LogEntry | None, tuple[Any, ...], str]
"""A call to make: the event that is behind it, the arguments after the state, and the method."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A projection folded up to a basis."""

    projection: Projection
    timeline: str
    basis: Basis
    state: Any

    @property
    def result(self) -> Any:
        """What the projection makes of its state.

        Raises:
            ProjectionFailed: it raised, or what it gave is no JSON.
        """
        found = _guarded(self.projection, None, None, lambda: self.projection.result(self.state))
        return plain(self.projection, found)

    def as_json(self) -> dict[str, Any]:
        """The result with what it rests on."""
        return {
            "projection": self.projection.name,
            "title": self.projection.title,
            "version": self.projection.version,
            "timeline": self.timeline,
            "clock": self.projection.clock,
            "basis": self.basis.as_json(),
            "result": self.result,
        }


def project(
    archive: Archive,
    projection: Projection,
    timeline: str,
    *,
    at: str | None = None,
    known: str | None = None,
    revision: int | None = None,
) -> Folded:
    """A projection of a history up to a basis, folded now; its clock moves, the others stand still.

    Raises:
        ProjectionFailed: a method of the projection raised, or its state is no JSON.
        InvalidInput: the projection names a clock that there is not, or a date cannot be read.
        UnknownTimeline: there is no such timeline.
    """
    with archive.snapshot() as snapshot:
        basis = snapshot.basis(at, known, revision, projection.standing)
        return fold(snapshot, projection, timeline, basis)


def fold(
    snapshot: Snapshot, projection: Projection, timeline: str, basis: Basis, *, left: tuple[int, Any] | None = None
) -> Folded:
    """A projection folded up to a basis, from the beginning or from where it was left: a moment, and the state there.

    Raises:
        ProjectionFailed: a method of the projection raised, or its state is no JSON.
    """
    clock = clock_of(projection)
    snapshot.timeline(timeline, basis.revision)
    bounds = Bounds(clock, None if left is None else left[0], basis)
    # a method may change the state in place: what was left stays as it was
    state = _guarded(projection, None, None, projection.initial) if left is None else deepcopy(left[1])
    for entry, arguments, name in _told(snapshot, projection, timeline, bounds):
        method = getattr(projection, name)
        state = _after(projection, entry, arguments, state, method)
    return Folded(projection, timeline, basis, plain(projection, state))


def clock_of(projection: Projection) -> MovingClock:
    """The clock along which a projection is folded.

    Raises:
        InvalidInput: it names one that there is not.
    """
    try:
        return MovingClock(projection.clock)
    except ValueError:
        raise InvalidInput(
            f'the projection "{projection.name}" is to be folded along "{projection.clock}".',
            field="clock",
            remedy='Set its clock to "recorded", "known" or "at".',
        ) from None


def plain(projection: Projection, state: Any) -> Any:
    """A state or result, if it is the same after it was written as JSON and read again.

    Raises:
        ProjectionFailed: it is not.
    """
    try:
        again = json.loads(canonical_json(state))
    except (TypeError, ValueError, RecursionError) as error:
        raise ProjectionFailed(
            projection.name, position=None, development=None, told=f"Its state is no JSON: {error}."
        ) from None
    if again != state:
        raise ProjectionFailed(
            projection.name,
            position=None,
            development=None,
            told="Its state is another one after it was written as JSON: use lists, not tuples, and texts as keys.",
        )
    return again


def _told(snapshot: Snapshot, projection: Projection, timeline: str, bounds: Bounds) -> Iterator[Told]:
    """What a projection has to be told, in order."""
    wanted = {topic for topic, method in _METHODS.items() if overrides(projection, method)}
    if any(overrides(projection, method) for method in FACT_METHODS):
        for step in steps(snapshot, timeline, bounds):
            yield from _of_step(snapshot, step, wanted)
        return
    for entry in _events(snapshot, timeline, bounds):
        if entry.topic in wanted:
            yield entry, (entry,), _METHODS[entry.topic]


def _events(snapshot: Snapshot, timeline: str, bounds: Bounds) -> Iterator[LogEntry]:
    """The events alone, in the order of the clock: nobody has to ask what they changed."""
    if bounds.clock is MovingClock.RECORDED:
        yield from read_log(snapshot, timeline, after=bounds.after or 0, until=bounds.last)
        return
    number, _ = snapshot.timeline(timeline, bounds.end.revision)
    moments = groupby(begun(snapshot, timeline, number, bounds), key=lambda item: item.moment)
    found = (position for _, some in moments for position in sorted({item.position for item in some}))
    while page := list(islice(found, _PAGE)):
        entries = entries_at(snapshot, page)
        yield from (entries[position] for position in page)


def _of_step(snapshot: Snapshot, step: Step, wanted: set[str]) -> Iterator[Told]:
    behind = {event.position for event in step.events} | {line.event.position for line in step.lines}
    entries = entries_at(snapshot, behind) if behind else {}
    for event in step.events:
        entry = entries[event.position]
        if entry.topic in wanted:
            yield entry, (entry,), _METHODS[entry.topic]
    place = step.moment
    text = str(place) if step.clock is MovingClock.RECORDED else format_moment(place)
    for line in step.lines:
        before, after = line.change.before, line.change.after
        moment = Moment(step.clock, place, text, line)
        entry = entries[line.event.position]
        if before is None:
            yield entry, (after, moment), "on_fact_began"
        elif after is None:
            yield entry, (before, moment), "on_fact_ended"
        else:
            yield entry, (before, after, moment), "on_fact_changed"


def _after(
    projection: Projection, entry: LogEntry | None, arguments: tuple[Any, ...], state: Any, method: Callable[..., Any]
) -> Any:
    found = _guarded(
        projection,
        None if entry is None else entry.position,
        None if entry is None else entry.development,
        lambda: method(state, *arguments),
    )
    return state if found is None else found


def _guarded(projection: Projection, position: int | None, development: str | None, call: Callable[[], Any]) -> Any:
    """What a method of the projection gives; whatever it raises names the projection and the event."""
    try:
        return call()
    except (Exception, SystemExit) as error:
        frames = error.__traceback__
        while frames is not None and frames.tb_frame.f_code.co_filename == __file__ and frames.tb_next is not None:
            frames = frames.tb_next  # what is of interest begins with the projection's own line
        told = "".join(traceback.format_exception(type(error), error, frames))
        raise ProjectionFailed(projection.name, position=position, development=development, told=told) from error
