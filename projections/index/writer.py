"""Keeps the index in step with the log, inside the transaction of every append."""

from collections.abc import Callable, Sequence

from pydantic_core import from_json

from projections.index.batch import Batch
from projections.index.plane import Ids, Planes
from projections.index.rows import WritableRows
from projections.index.told import ToldContent
from timeline.events import DevelopmentRecorded, Event
from timeline.mapper import EventMapper
from timeline.store import Recorded, WriteConnection
from timeline.vocabulary import Vocabulary

WriteTexts = Callable[[WritableRows, Sequence[ToldContent]], None]


class IndexProjection:
    """The inline projection that writes timelines, entities, contents, facts and regions."""

    def __init__(self, vocabulary: Vocabulary, *, write_texts: WriteTexts = lambda _rows, _told: None) -> None:
        """`write_texts` is told of all new contents at the end of each batch."""
        self._vocabulary = vocabulary
        self._write_texts = write_texts
        self._mapper = EventMapper()

    def apply(self, connection: WriteConnection, recorded: Sequence[Recorded]) -> None:
        """Take in a batch of events, in the order of their positions."""
        rows = WritableRows(connection)
        with rows.pipelined():
            ids = Ids(rows)
            batch = Batch(rows, ids, Planes(rows, ids), self._vocabulary, self._mapper)
            for item in recorded:
                event = item.event
                if not isinstance(event, Event):
                    event = self._mapper.to_domain_event(item.stored)
                if isinstance(event, DevelopmentRecorded):
                    body = DevelopmentRecorded.upcast(from_json(item.stored.state))["content"]
                    batch.record(event.timeline, event.slug, event.known, event.content, body, item.position)
                else:
                    batch.take(event, item.position)
            batch.finish()
            batch.mark_rivals()
            self._write_texts(rows, batch.told)
        rows.close()
