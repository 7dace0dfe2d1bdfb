"""Puts the parts together: one engine, the record that writes, and the archive that reads."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine

from projections.archive import Archive
from projections.index import IndexProjection
from timeline.application import Record
from timeline.clock import Clock, SystemClock
from timeline.settings import Settings
from timeline.store import SQLFactory, create_engine
from timeline.vocabulary import Vocabulary, default_vocabulary


@dataclass(frozen=True, slots=True)
class Service:
    """The open service. `close` gives the connections back."""

    engine: Engine
    record: Record
    archive: Archive

    def close(self) -> None:
        """Close the record and every connection."""
        self.record.close()
        self.engine.dispose()


def open_service(settings: Settings, *, clock: Clock | None = None, vocabulary: Vocabulary | None = None) -> Service:
    """Open the service on a database whose schema is up to date.

    Raises:
        InvalidInput: the database URL cannot be used.
    """
    clock, vocabulary = clock or SystemClock(), vocabulary or default_vocabulary()
    engine = create_engine(settings.database_url, pool_size=settings.pool_size)
    factory = SQLFactory(engine=engine, inline=[IndexProjection(vocabulary)])
    return Service(
        engine=engine,
        record=Record(factory, clock=clock, vocabulary=vocabulary),
        archive=Archive(engine, vocabulary=vocabulary, clock=clock),
    )


@contextmanager
def opened(settings: Settings, *, clock: Clock | None = None) -> Iterator[Service]:
    """The open service, closed at the end."""
    service = open_service(settings, clock=clock)
    try:
        yield service
    finally:
        service.close()
