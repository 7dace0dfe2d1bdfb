"""The aggregates of the record: read from the log as they stand, and appended to.

This is the application's side of the library. Nothing here knows a rule of the domain, except that two changes of one
aggregate cannot both be the next.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from eventsourcing.application import AggregateNotFoundError, Application
from eventsourcing.persistence import EventStore, InfrastructureFactory, IntegrityError, Mapper
from eventsourcing.utils import Environment, EnvType

from timeline.aggregates import DescribedEntity, Development, Timeline, project
from timeline.basis import Revision
from timeline.errors import AlreadyExists, StaleVersion, UnknownDevelopment
from timeline.events import DevelopmentEvent, Event
from timeline.mapper import EventMapper, Log
from timeline.names import development_id, entity_id, timeline_id
from timeline.rules import unknown_timeline
from timeline.store import SQLApplicationRecorder, SQLFactory


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a command did: the events it appended, and the revision at which they count."""

    revision: Revision
    events: tuple[Event, ...]

    @property
    def version(self) -> int:
        """How many events the aggregate has now."""
        return self.events[-1].originator_version


class Aggregates(Application[UUID]):
    """Timelines, entities and developments, each found by its slug."""

    name = "timeline"
    factory: SQLFactory
    recorder: SQLApplicationRecorder

    def __init__(self, factory: SQLFactory) -> None:
        self._given_factory = factory
        super().__init__()

    def construct_env(self, name: str, env: EnvType | None = None) -> Environment:  # noqa: ARG002
        """Nothing comes from the environment of the process: settings are passed in."""
        return Environment(name, {})

    def construct_factory(self, env: Environment) -> InfrastructureFactory[Any]:  # noqa: ARG002
        """The factory that was passed in."""
        return self._given_factory

    def construct_mapper(self) -> Mapper[UUID]:
        """Canonical JSON under stable topics."""
        return EventMapper()

    def construct_event_store(self) -> EventStore[UUID]:
        """An event store that hands the events on to the inline projections."""
        return Log(mapper=self.mapper, recorder=self.recorder)

    def timeline(self, timeline: str) -> Timeline:
        """The timeline of that slug.

        Raises:
            UnknownTimeline: there is none.
        """
        found = self._find(timeline_id(timeline))
        if not isinstance(found, Timeline):
            raise unknown_timeline(timeline)
        return found

    def entity(self, timeline: str, entity: str) -> DescribedEntity | None:
        """The entity as it is described now; None if nobody described it."""
        found = self._find(entity_id(timeline, entity))
        return found if isinstance(found, DescribedEntity) else None

    def development(self, timeline: str, development: str) -> Development:
        """The development with all its versions.

        Raises:
            UnknownDevelopment: the timeline has none of that slug.
        """
        found = self._find(development_id(timeline, development))
        if not isinstance(found, Development):
            self.timeline(timeline)
            raise UnknownDevelopment(
                f'the timeline "{timeline}" has no development "{development}".',
                field="development",
                remedy=f"See /v1/timelines/{timeline}/developments for all of them.",
            )
        return found

    def _find(self, identity: UUID) -> Any:
        try:
            return self.repository.get(identity, projector_func=project)
        except AggregateNotFoundError:
            return None

    def append(self, events: Sequence[Event]) -> Receipt:
        """Append checked events in one transaction: all of them or none.

        Raises:
            StaleVersion: one of their aggregates was changed meanwhile.
        """
        try:
            recordings = self.events.put(events)
        except IntegrityError as error:
            raise StaleVersion(
                "somebody else changed it meanwhile.", remedy="Read it again and decide anew."
            ) from error
        return Receipt(Revision(recordings[-1].notification.id), tuple(events))

    def _append_first(self, events: Sequence[Event], taken: str, field: str) -> Receipt:
        try:
            return self.append(events)
        except StaleVersion as error:
            raise AlreadyExists(taken, field=field, remedy="Choose another slug, or change what exists.") from error

    def _append(self, decide: Callable[[], Event]) -> Receipt:
        try:
            return self.append([decide()])
        except StaleVersion:
            with self.recorder.turn():  # on a busy log any number of tries may come too late
                return self.append([decide()])

    def _change(
        self,
        timeline: str,
        development: str,
        decide: Callable[[Development], DevelopmentEvent],
        expected: int | None,
    ) -> Receipt:
        def decide_anew() -> Event:
            now = self.development(timeline, development)
            if expected is not None and now.version != expected:
                raise StaleVersion(
                    f"it has {now.version} events, not {expected}.",
                    field="expected",
                    remedy="Read it again and decide anew.",
                )
            return decide(now)

        if expected is not None:
            return self.append([decide_anew()])
        return self._append(decide_anew)
