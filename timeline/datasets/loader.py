"""Puts a data set into the record, as often as anybody likes: what is there already adds no event.

Events are appended in batches, each in one transaction with all that is derived from it, in the order in
which the world came to know them: replaying the log tells what became known when. A load that is cut short leaves
whole batches behind, and the next one goes on from there.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final, NamedTuple

from timeline.aggregates import Development, fold
from timeline.application import Record
from timeline.content import Content
from timeline.datasets.decisions import decide
from timeline.datasets.findings import InvalidDataset
from timeline.datasets.format import Dataset, DevelopmentRecord
from timeline.datasets.reconciling import reconcile
from timeline.datasets.validator import examine
from timeline.dates import MIN_INSTANT, EdtfDate, format_instant
from timeline.errors import Conflict
from timeline.events import (
    DevelopmentCorrected,
    DevelopmentEvent,
    DevelopmentRecorded,
    EntityDescribed,
    Event,
    TimelineDescribed,
    TimelineOpened,
)
from timeline.names import development_id, entity_id, timeline_id

BATCH: Final = 1000
"""How many events one transaction appends, unless the caller says otherwise."""

_ATTEMPTS: Final = 5

Progress = Callable[[int, int], None]
"""Is told how many events of how many are appended."""


@dataclass(slots=True)
class Loaded:
    """What a load did. `kept` names the developments that the record tells differently for reasons of its own."""

    timeline: str
    revision: int = 0
    events: int = 0
    entities: int = 0
    developments: int = 0
    later_events: int = 0
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The counts as programs read them."""
        return {name: getattr(self, name) for name in self.__slots__}


class Item(NamedTuple):
    """A development to be recorded as it was first known."""

    slug: str
    known: EdtfDate
    content: Content


def load(record: Record, dataset: Dataset, *, on_progress: Progress | None = None, batch: int = BATCH) -> Loaded:
    """Bring the record up to the data set.

    The timeline is opened, or described anew if that changed; so are entities. A development that is not there is
    recorded, with what happened to it later. One that is there gets what was added; where the data set now tells
    one of its versions differently, that version is corrected as a slip of ours. What others have written into the
    record stays.

    Raises:
        InvalidDataset: the data set has errors; nothing was appended.
        Conflict: others kept changing the same developments meanwhile.
    """
    findings = examine(dataset, vocabulary=record.vocabulary, clock=record.clock)
    if any(finding.is_error for finding in findings):
        raise InvalidDataset(dataset.slug, findings)
    loaded = Loaded(dataset.slug)
    for attempt in range(_ATTEMPTS):
        try:
            _Loading(record, dataset, loaded, on_progress, batch).run()
        except Conflict:  # another process loads the same: look again
            if attempt == _ATTEMPTS - 1:
                raise
        else:
            break
    return loaded


def record_all(
    record: Record, timeline: str, items: Iterable[Item], *, on_progress: Callable[[int], None] | None = None
) -> int:
    """Record new developments of a timeline in bulk, in their order; answers how many.

    Every one is checked as `Record.record` checks it. What was appended before an error stays.

    Raises:
        TimelineError: as `Record.record` does.
    """
    count, rest = 0, iter(items)
    while batch := [
        record.recording(timeline, slug, known=known, content=content) for slug, known, content in islice(rest, BATCH)
    ]:
        record.append(batch)
        count += len(batch)
        if on_progress:
            on_progress(count)
    return count


class _Loading:
    """One attempt."""

    def __init__(
        self, record: Record, dataset: Dataset, loaded: Loaded, on_progress: Progress | None, batch: int
    ) -> None:
        self.record, self.dataset, self.loaded = record, dataset, loaded
        self.on_progress, self.batch = on_progress, batch
        self.recorded_at = format_instant(record.clock.now())

    def run(self) -> None:
        self.loaded.unchanged, self.loaded.kept = 0, []
        descriptions = list(self._descriptions())
        self._append(descriptions, done=0)
        self._append(self._in_order_of_knowledge(), done=len(descriptions))
        self.loaded.revision = self.record.recorder.max_notification_id() or 0

    # the timeline and its entities

    def _descriptions(self) -> Iterator[Event]:
        yield from self._timeline()
        for entry in self.dataset.entities:
            now = self.record.entity(self.dataset.slug, entry.entity.id)
            if now is None or now.entity != entry.entity:
                yield EntityDescribed(
                    originator_id=entity_id(self.dataset.slug, entry.entity.id),
                    originator_version=now.version + 1 if now else 1,
                    recorded_at=self.recorded_at,
                    timeline=self.dataset.slug,
                    entity=entry.entity,
                )

    def _timeline(self) -> Iterator[Event]:
        slug, entry = self.dataset.slug, self.dataset.timeline
        now = self._stored(timeline_id(slug))
        fields: dict[str, Any] = {
            "originator_id": timeline_id(slug),
            "originator_version": len(now) + 1,
            "recorded_at": self.recorded_at,
            "timeline": slug,
            "title": entry.title,
            "summary": entry.summary,
            "parties": entry.parties,
        }
        if not now:
            yield TimelineOpened(**fields)
        elif (now[-1].title, now[-1].summary, now[-1].parties) != (entry.title, entry.summary, entry.parties):
            yield TimelineDescribed(**fields)

    def _stored(self, identity: Any) -> list[Any]:
        return list(self.record.events.get(identity))

    # developments

    def _in_order_of_knowledge(self) -> list[Event]:
        """The missing events of all developments, each after those known before it; its own keep their order."""
        placed: list[tuple[int, Event]] = []
        for entry in self.dataset.developments:
            place = MIN_INSTANT
            for event in self._missing(entry):
                place = max(place, event.known.latest if event.known else place)
                placed.append((place, event))
        return [event for _, event in sorted(placed, key=lambda pair: pair[0])]

    def _missing(self, entry: DevelopmentRecord) -> Sequence[DevelopmentEvent]:
        stored = self._stored(development_id(self.dataset.slug, entry.slug))
        if not stored:
            return self._new(entry)
        events, agrees = reconcile(stored, self.dataset.slug, entry, self.recorded_at)
        if not agrees:
            self.loaded.kept.append(entry.slug)
        elif not events:
            self.loaded.unchanged += 1
        self._check(entry, events)
        return events

    def _new(self, entry: DevelopmentRecord) -> list[DevelopmentEvent]:
        first = self.record.recording(self.dataset.slug, entry.slug, known=entry.known, content=entry.content)
        development: Development = fold([first])
        events: list[DevelopmentEvent] = [first]
        for then in entry.then:
            event = decide(development, then, self.recorded_at)
            development = development.evolve(event, event.originator_version)
            events.append(event)
        self._check(entry, events[1:])
        return events

    def _check(self, entry: DevelopmentRecord, events: Iterable[DevelopmentEvent]) -> None:
        for event in events:
            if isinstance(event, DevelopmentCorrected):
                self.record.check_content(self.dataset.slug, entry.slug, event.content)

    # appending

    def _append(self, events: Sequence[Event], *, done: int) -> None:
        total, rest = done + len(events), iter(events)
        while batch := list(islice(rest, self.batch)):
            self.record.append(batch)
            self._count(batch)
            done += len(batch)
            if self.on_progress:
                self.on_progress(done, total)

    def _count(self, batch: Sequence[Event]) -> None:
        self.loaded.events += len(batch)
        for event in batch:
            match event:
                case EntityDescribed():
                    self.loaded.entities += 1
                case DevelopmentRecorded():
                    self.loaded.developments += 1
                case TimelineOpened() | TimelineDescribed():
                    pass
                case _:
                    self.loaded.later_events += 1
