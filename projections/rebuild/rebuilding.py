"""A rebuild from its beginning, or from where the last one was cut short, to the swap.

Events are taken in by the code that takes in an append (`projections.index.batch`), but for one thing: what becomes of
the planes of keys is only noted, and then made key by key. From there on the tables are whole, and what was appended
meanwhile is taken in as any append is. A portion of the work and the mark of how far it goes are committed together. So
a rebuild can be killed at any moment, and the next one goes on from the last portion.
"""

import gc
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final, NamedTuple
from uuid import UUID

from eventsourcing.persistence import MapperDeserialisationError, StoredEvent
from pydantic import ValidationError
from sqlalchemy import Engine

from projections.index import IndexProjection
from projections.index.batch import Batch
from projections.index.boxes import BOXES
from projections.index.plane import Ids
from projections.index.rows import Row, Rows, WritableRows
from projections.projecting import OwnProjections, Projection
from projections.rebuild import claims
from projections.rebuild.claims import NotedClaims
from projections.rebuild.planes import make_planes, mark_all_rivalled
from projections.replay.entries import LogEntry, decoded
from projections.search import TextWriter
from timeline.content import StatingPart
from timeline.dates import parse_date
from timeline.errors import TimelineError
from timeline.events import DevelopmentRecorded
from timeline.mapper import EventMapper
from timeline.store import ReadConnection, Recorded, WriteConnection, migrate, read, shadow
from timeline.store.shadow import Mark, Shadow, Stage
from timeline.vocabulary import Vocabulary

BATCH: Final = 16_000
"""How many events are taken in with one transaction."""
PORTION: Final = 4_000
"""How many of them are in memory at once."""
CLAIMS_AT_ONCE: Final = 20_000
"""About how many claims on keys are in memory at once; those on one key are never parted."""

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
    what: str = "events"
    """What is counted: events, then keys whose planes are made."""


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
    projections: Sequence[Projection] = (),
    from_scratch: bool = False,
    on_progress: Callable[[Progress], None] = lambda _: None,
    batch: int = BATCH,
) -> Rebuilt:
    """Make all derived tables anew, and let them take the place of the live ones.

    Whatever stops it leaves the live tables as they are, and what is done so far to be gone on with.

    Args:
        engine: of the live database, whose schema is up to date.
        vocabulary: what the facts of the new tables follow.
        projections: those of one's own that are kept with every append; they are folded anew.
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
    made_for = _made_for(engine, vocabulary)
    with shadow.opened(engine, made_for=made_for, boxes=BOXES, from_scratch=from_scratch) as place, _collecting_later():
        with read(engine) as connection:
            if not _belongs(place.mark(), connection):
                place.restart()
        filler = _Filler(engine, place, vocabulary, projections, on_progress, batch)
        resumed = place.mark().position
        if place.mark().stage is Stage.EVENTS:
            filler.fill(resumed)
        if place.mark().stage is not Stage.FULL:
            filler.make_planes()
        filler.tell_swapping()
        place.complete(filler.tell)
        filler.fill(resumed)
        filler.fold_own()
        mark = place.swap(filler.catch_up, filler.tell)
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
    """Let the collector of cycles pass over what is there, and rest: looking takes a third of the time and finds none.

    What little the work leaves behind in cycles goes after each portion. Where the program has frozen objects of its
    own, they stay so: thawing thaws all.
    """
    was_enabled = gc.isenabled()
    is_frozen_by_others = gc.get_freeze_count() > 0
    if not is_frozen_by_others:
        gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        if not is_frozen_by_others:
            gc.unfreeze()
        if was_enabled:
            gc.enable()


class _Filler:
    """Takes the events of the log into a shadow."""

    def __init__(
        self,
        engine: Engine,
        place: Shadow,
        vocabulary: Vocabulary,
        projections: Sequence[Projection],
        on_progress: Callable[[Progress], None],
        batch: int,
    ) -> None:
        self._own = OwnProjections(projections, vocabulary)
        self._engine = engine
        self._place = place
        self._vocabulary = vocabulary
        self._texts = TextWriter(vocabulary)
        self._index = IndexProjection(vocabulary, write_texts=self._texts)
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
            before, mark = mark, self._fill_once(mark, self._batch)
            gc.collect(1)
            if mark == before:
                break
            self._progress = Progress(mark.position, max(last, mark.position), resumed)
            self.tell()
        self.tell_swapping(aloud=False)

    def make_planes(self) -> None:
        """Make the planes of all keys from what was noted, a portion of keys at a time."""
        mark = self._place.mark()._replace(stage=Stage.PLANES)
        with self._place.filling(partial(_same, mark)) as connection:
            rows = Rows(connection)
            last: int = (rows.one("SELECT max(id) FROM keys") or (0,))[0] or 0
            portions = list(claims.portions(rows, mark.key, CLAIMS_AT_ONCE))
        for first, until in portions:
            mark = mark._replace(key=until)
            with self._place.filling(partial(_same, mark)) as connection:
                make_planes(connection, first, until)
            gc.collect(1)
            self._on_progress(self._progress._replace(done=until, total=last, is_swapping=False, what="keys"))
        with self._place.filling(partial(_same, mark._replace(stage=Stage.FULL, key=last))) as connection:
            mark_all_rivalled(connection)

    def fold_own(self) -> None:
        """Fold the projections of one's own: they read the tables, which are whole by now."""
        mark = self._place.mark()
        with self._place.filling(partial(_same, mark)) as connection:
            self._own.fold_all(connection)

    def tell(self) -> None:
        """Say how far it has come."""
        self._on_progress(self._progress)

    def tell_swapping(self, *, aloud: bool = True) -> None:
        """Say that everything is taken in."""
        self._progress = self._progress._replace(is_swapping=True)
        if aloud:
            self.tell()

    def _fill_once(self, mark: Mark, size: int) -> Mark:
        taken = mark
        try:
            with self._place.filling(lambda: taken) as connection:
                for portion in _portions(size):
                    before, taken = taken, self._take(connection, taken, portion)
                    if taken == before:
                        break
        except (TimelineError, MapperDeserialisationError, ValidationError) as error:
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
        before = mark
        while (taken := self._take(connection, mark, self._batch)) != mark:
            mark = taken
        if mark != before:
            self._own.fold_all(connection)
        return mark

    def _take(self, connection: WriteConnection, mark: Mark, size: int) -> Mark:
        rows = Rows(connection)
        found = rows.all(_AFTER, (mark.position, size))
        rows.close()
        if not found:
            return mark
        if mark.stage is Stage.FULL:
            self._index.apply(connection, [self._recorded(row) for row in found])
        else:
            self._note(connection, found)
        return mark._replace(position=found[-1][0], digest=_digest(bytes(found[-1][4])))

    def _note(self, connection: WriteConnection, found: Sequence[Row]) -> None:
        """Take events in but for the planes of keys. Of a record only that is validated from which facts follow."""
        rows = WritableRows(connection)
        with rows.pipelined():
            noted = NotedClaims(rows)
            batch = Batch(rows, Ids(rows), noted, self._vocabulary, self._mapper)
            for row in found:
                position, _, _, topic, state = row
                if topic == DevelopmentRecorded.TOPIC:
                    data = decoded(position, topic, state)
                    known, body = parse_date(data["known"]), data["content"]
                    part = _stating_part(body, position)
                    batch.record(data["timeline"], data["slug"], known, part, body, position)
                else:
                    batch.take(LogEntry(*row).event, position)
            batch.finish()
            noted.finish()
            self._texts(rows, batch.told)
        rows.close()

    def _recorded(self, row: Row) -> Recorded:
        position, originator, number, topic, state = row
        identity = originator if isinstance(originator, UUID) else UUID(bytes=originator)
        stored = StoredEvent(identity, number, topic, bytes(state))
        return Recorded(position, stored, self._mapper.read(identity, number, topic, stored.state))


def _stating_part(stored: Mapping[str, Any], position: int) -> StatingPart:
    try:
        return StatingPart.read(stored)
    except (KeyError, TypeError, ValueError) as error:
        raise MapperDeserialisationError(f"event {position} cannot be read: {error}") from error


def _portions(size: int) -> Iterator[int]:
    """So many events, a portion at a time."""
    for start in range(0, size, PORTION):
        yield min(PORTION, size - start)


def _same(mark: Mark) -> Mark:
    return mark
