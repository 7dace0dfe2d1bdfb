"""Puts the parts together: one engine, the record that writes, and the archive that reads."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine, inspect

from projections.archive import Archive
from projections.index import IndexProjection
from projections.projecting import OwnProjections, Projection, found
from projections.search import TextWriter, catch_up
from timeline.application import Record
from timeline.clock import Clock, SystemClock
from timeline.settings import Settings
from timeline.store import SQLFactory, create_engine, migrate, read, write
from timeline.vocabulary import Vocabulary, default_vocabulary


@dataclass(frozen=True, slots=True)
class Service:
    """The open service. `close` gives the connections back."""

    engine: Engine
    record: Record
    archive: Archive
    projections: tuple[Projection, ...] = ()
    """Those of one's own that are kept with every append."""

    def close(self) -> None:
        """Close the record and every connection."""
        self.record.close()
        self.engine.dispose()


def open_service(
    settings: Settings,
    *,
    clock: Clock | None = None,
    vocabulary: Vocabulary | None = None,
    projections: Sequence[Projection] = (),
) -> Service:
    """Open the service on a database whose schema is up to date.

    Args:
        settings: where the database is; the projections that it names are kept with every append.
        clock: what time it is.
        vocabulary: what facts follow.
        projections: further projections of one's own to keep with every append.

    Raises:
        InvalidInput: the database URL cannot be used, or there is no projection of a name.
        ProjectionFailed: a projection that the settings name cannot be imported.
    """
    clock, vocabulary = clock or SystemClock(), vocabulary or default_vocabulary()
    kept = (*_named(settings.projections), *projections)
    own = OwnProjections(kept, vocabulary)
    engine = create_engine(settings.database_url, pool_size=settings.pool_size)
    index = IndexProjection(vocabulary, write_texts=TextWriter(vocabulary))
    factory = SQLFactory(engine=engine, inline=[index, own])
    return Service(
        engine=engine,
        record=Record(factory, clock=clock, vocabulary=vocabulary),
        archive=Archive(engine, vocabulary=vocabulary, clock=clock),
        projections=kept,
    )


def _named(names: str | None) -> list[Projection]:
    """The projections that a setting names."""
    return [found(name.strip()) for name in (names or "").split(",") if name.strip()]


def upgrade(database_url: str, revision: str = "head", *, vocabulary: Vocabulary | None = None) -> None:
    """Run the migrations that a database lacks, and make what they leave to be made from the log: the searched texts.

    Raises:
        alembic.util.CommandError: there is no such revision, or the database is ahead of this program.
    """
    migrate.upgrade(database_url, revision)
    engine = create_engine(database_url, pool_size=1)
    try:
        with read(engine) as connection:
            is_searched = inspect(connection).has_table("search_texts")
        if is_searched:
            with write(engine) as writing:
                catch_up(writing, vocabulary or default_vocabulary())
    finally:
        engine.dispose()


@contextmanager
def opened(settings: Settings, *, clock: Clock | None = None) -> Iterator[Service]:
    """The open service, closed at the end."""
    service = open_service(settings, clock=clock)
    try:
        yield service
    finally:
        service.close()
