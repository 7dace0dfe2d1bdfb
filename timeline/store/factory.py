"""The library's factory, on the store.

An application is given its recorders by a factory. Hand this one an engine and the inline projections
directly, or name it in the environment the library's way: ``PERSISTENCE_MODULE=timeline.store.factory`` and
``DATABASE_URL=sqlite:///timeline.db``. The tables must be there already: see `timeline.store.migrate`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from eventsourcing.persistence import InfrastructureFactory, Recorder, TrackingRecorder
from eventsourcing.utils import resolve_topic

from timeline.errors import InvalidInput
from timeline.store.engine import create_engine
from timeline.store.recorders import (
    SQLAggregateRecorder,
    SQLApplicationRecorder,
    SQLProcessRecorder,
    SQLSnapshotRecorder,
    SQLTrackingRecorder,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eventsourcing.utils import Environment, EnvType
    from sqlalchemy import Engine

    from timeline.store.inline import InlineProjection

_R = TypeVar("_R", bound=Recorder)


class SQLFactory(InfrastructureFactory[TrackingRecorder]):
    """Makes recorders that share one engine and pass every append to the same inline projections."""

    DATABASE_URL = "DATABASE_URL"

    def __init__(
        self,
        env: Environment | EnvType | None = None,
        *,
        engine: Engine | None = None,
        inline: Sequence[InlineProjection] = (),
    ) -> None:
        """Use `engine`, which stays the caller's to dispose of, or make one for the URL in the environment.

        Raises:
            InvalidInput: neither an engine nor a usable URL was given.
        """
        super().__init__(env)
        self._inline = tuple(inline)
        self._owns_engine = engine is None
        self.engine = engine if engine is not None else self._engine_from_environment()

    def _engine_from_environment(self) -> Engine:
        url = self.env.get(self.DATABASE_URL)
        if not url:
            keys = " or ".join(self.env.create_keys(self.DATABASE_URL))
            raise InvalidInput("No database is named.", field="database_url", remedy=f"Pass an engine, or set {keys}.")
        return create_engine(url)

    def aggregate_recorder(self, purpose: str = "events") -> SQLAggregateRecorder:
        """A recorder of "events" or of "snapshots"."""
        match purpose:
            case "events":
                return SQLAggregateRecorder(self.engine, inline=self._inline)
            case "snapshots":
                return SQLSnapshotRecorder(self.engine)
            case other:
                raise InvalidInput(
                    f"The store has no table for {other}.",
                    field="purpose",
                    remedy='Ask for "events" or "snapshots".',
                )

    def application_recorder(self) -> SQLApplicationRecorder:
        """A recorder of the whole log."""
        cls = self._recorder_class(self.APPLICATION_RECORDER_TOPIC, SQLApplicationRecorder)
        return cls(self.engine, inline=self._inline)

    def tracking_recorder(self, tracking_recorder_class: type[TrackingRecorder] | None = None) -> SQLTrackingRecorder:
        """A recorder of marks."""
        key = self.TRACKING_RECORDER_TOPIC
        cls = self._recorder_class(key, SQLTrackingRecorder, given=tracking_recorder_class)
        return cls(self.engine)

    def process_recorder(self) -> SQLProcessRecorder:
        """A recorder of events and marks together."""
        cls = self._recorder_class(self.PROCESS_RECORDER_TOPIC, SQLProcessRecorder)
        return cls(self.engine, inline=self._inline)

    def close(self) -> None:
        """Close the connections, unless the engine is the caller's."""
        if self._owns_engine:
            self.engine.dispose()

    def _recorder_class(self, key: str, default: type[_R], given: object = None) -> type[_R]:
        topic = self.env.get(key)
        named = given or (resolve_topic(topic) if topic else default)
        if not (isinstance(named, type) and issubclass(named, default)):
            remedy = "Name a subclass, or leave it out."
            raise InvalidInput(f"{named!r} is not a {default.__name__}.", field=key, remedy=remedy)
        return named
