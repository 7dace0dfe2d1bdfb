"""A rebuild from its beginning, or from where the last one was cut short, to the swap.

The code that fills the tables is the one that keeps them, pointed at a shadow; a batch of events and the mark of how
far it goes are committed together. So a rebuild can be killed at any moment, and the next one goes on from the last
batch.
"""

import gc
import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final, NamedTuple
from uuid import UUID

from eventsourcing.persistence import MapperDeserialisationError, StoredEvent
from sqlalchemy import Engine

from projections.index import IndexProjection
from projections.index.rows import Rows
from projections.search import SearchProjection
from timeline.errors import TimelineError
from timeline.mapper import EventMapper
from timeline.store import InlineProjection, ReadConnection, Recorded, WriteConnection, migrate, read, shadow
from timeline.store.shadow import Mark, Shadow
from timeline.vocabulary import Vocabulary

BATCH: Final = 2_000
"""How many events are taken in with one transaction."""

_AFTER: Final = (
    "SELECT position, originator_id, originator_version, topic, state FROM stored_events "
    "WHERE position > ? ORDER BY position LIMIT ?"
)
_STATE: Final = "SELECT state FROM stored_events WHERE position = ?"
_LAST: Final = "SELECT coalesce(max(position), 0) FROM stored_events"


class RebuildStopped(TimelineError):
    """An event of the log cannot be taken in; the live tables are as they were."""


class Progress(NamedTuple):
    """How far a rebuild has come: of how many events, and how many of them were taken in by an earlier run."""

    done: int
    total: int
    resumed: int
    is_swapping: bool = False
    """Every event is taken in; what is left is to put the tables in their place."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild did."""

    revision: int
    """Up to which position of the log the tables are made."""
    resumed: int
    """After which position it went on from an earlier rebuild that was cut short; 0 if from the beginning."""
    seconds: float

    @property
    def events(self) -> int:
        """How many events it took in."""
        return self.revision - self.resumed

    def as_json(self) -> dict[str, Any]:
        """The result as the command line gives it."""
        return {
            "revision": self.revision,
            "events": self.events,
            "resumed_after": self.resumed,
            "seconds": round(self.seconds, 3),
        }


def rebuild(
    engine: Engine,
    vocabulary: Vocabulary,
    *,
    from_scratch: bool = False,
    on_progress: Callable[[Progress], None] = lambda _: None,
    batch: int = BATCH,
) -> Rebuilt:
    """Make all derived tables anew, and let them take the place of the live ones.

    Whatever stops it leaves the live tables as they are, and what is done so far to be gone on with.

    Args:
        engine: of the live database, whose schema is up to date.
        vocabulary: what the facts of the new tables follow.
        from_scratch: throw away what an earlier rebuild has left.
        on_progress: told after every batch.
        batch: how many events are taken in with one transaction.

    Raises:
        timeline.store.shadow.AlreadyRunning: another rebuild of the same database is running.
        timeline.store.shadow.CannotSwap: other transactions stayed open for too long.
        RebuildStopped: an event cannot be read, or breaks the vocabulary; the message says which.
        InvalidInput: the database lives in memory.
    """
    began = time.perf_counter()
    with shadow.opened(engine, made_for=_made_for(engine, vocabulary), from_scratch=from_scratch) as place:
        with read(engine) as connection:
            if not _belongs(place.mark(), connection):
                place.restart()
        filler = _Filler(engine, place, vocabulary, on_progress, batch)
        resumed = place.mark().position
        filler.fill(resumed)
        place.complete(filler.tell)
        if place.fills_when_complete:
            filler.fill(resumed)
        mark = place.swap(filler.catch_up)
    return Rebuilt(mark.position, resumed, time.perf_counter() - began)


def _made_for(engine: Engine, vocabulary: Vocabulary) -> str:
    """What the tables depend on besides the log: the vocabulary, the schema and this program."""
    try:
        program = version("timeline-service")
    except PackageNotFoundError:
        program = ""
    words = json.dumps(vocabulary.model_dump(mode="json"), sort_keys=True)
    return f"{migrate.current(engine)} {program} {sha256(words.encode()).hexdigest()}"


def _belongs(mark: Mark, connection: ReadConnection) -> bool:
    """Whether what is filled was made from this log: another database may have been put under the same name."""
    found = Rows(connection).one(_STATE, (mark.position,))
    return mark.position == 0 or (found is not None and _digest(bytes(found[0])) == mark.digest)


def _digest(state: bytes) -> str:
    return sha256(state).hexdigest()


@contextmanager
def _collecting_later() -> Iterator[None]:
    """Let the collector of cycles rest: a batch makes none, and looking for them takes a third of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
        gc.collect(1)


class _Filler:
    """Takes the events of the log into a shadow."""

    def __init__(
        self,
        engine: Engine,
        place: Shadow,
        vocabulary: Vocabulary,
        on_progress: Callable[[Progress], None],
        batch: int,
    ) -> None:
        self._engine = engine
        self._place = place
        self._projections: tuple[InlineProjection, ...] = (IndexProjection(vocabulary), SearchProjection(vocabulary))
        self._mapper = EventMapper()
        self._on_progress = on_progress
        self._batch = batch
        self._progress = Progress(0, 0, 0)

    def fill(self, resumed: int) -> None:
        """Take in, batch by batch, whatever the log has; at the end at most a few events are missing."""
        mark = self._place.mark()
        with read(self._engine) as connection:
            last: int = (Rows(connection).one(_LAST) or (0,))[0]
        self._progress = Progress(mark.position, last, resumed)
        while mark.position < last:
            with _collecting_later():
                before, mark = mark, self._fill_once(mark, self._batch)
            if mark == before:
                break
            self._progress = Progress(mark.position, max(last, mark.position), resumed)
            self.tell()
        self._progress = self._progress._replace(is_swapping=True)

    def tell(self) -> None:
        """Say how far it has come."""
        self._on_progress(self._progress)

    def _fill_once(self, mark: Mark, size: int) -> Mark:
        taken = mark
        try:
            with self._place.filling(lambda: taken) as connection:
                taken = self._take(connection, mark, size)
        except (TimelineError, MapperDeserialisationError) as error:
            if size == 1:
                raise RebuildStopped(
                    f"the event at position {mark.position + 1} cannot be taken in: {error}",
                    remedy="The live tables are as they were. Mend the vocabulary, or use the program that wrote "
                    "the event; then run `timeline rebuild` again.",
                ) from error
            # one of them it is: all before it are taken in
            return self._fill_once(mark, max(size // 2, 1))
        return taken

    def catch_up(self, connection: WriteConnection, mark: Mark) -> Mark:
        """Take in what is left, in a transaction that lets nobody append."""
        while (taken := self._take(connection, mark, self._batch)) != mark:
            mark = taken
        return mark

    def _take(self, connection: WriteConnection, mark: Mark, size: int) -> Mark:
        rows = Rows(connection)
        found = rows.all(_AFTER, (mark.position, size))
        rows.close()
        if not found:
            return mark
        recorded = self._recorded(found)
        for projection in self._projections:
            projection.apply(connection, recorded)
        return Mark(found[-1][0], _digest(bytes(found[-1][4])))

    def _recorded(self, found: Sequence[tuple[Any, ...]]) -> list[Recorded]:
        recorded = []
        for position, originator, number, topic, state in found:
            identity = originator if isinstance(originator, UUID) else UUID(bytes=originator)
            stored = StoredEvent(identity, number, topic, bytes(state))
            recorded.append(Recorded(position, stored, self._mapper.read(identity, number, topic, stored.state)))
        return recorded
