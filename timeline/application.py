"""The application: every command that can change the record, checked and appended as events.

A command reads the aggregate it is about, lets it decide, and appends what it decides; the store refuses the append
if somebody else came in between. Then the command is tried again on what now stands, unless the caller said
which version it had seen. What is derived from the events is written in the same transaction.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from eventsourcing.application import AggregateNotFoundError, Application
from eventsourcing.persistence import EventStore, InfrastructureFactory, IntegrityError, Mapper
from eventsourcing.utils import Environment, EnvType

from timeline.aggregates import DescribedEntity, Development, Timeline, project
from timeline.basis import Revision
from timeline.clock import Clock, SystemClock
from timeline.content import Content, statements_of
from timeline.dates import EdtfDate, format_instant
from timeline.entities import Entity
from timeline.errors import (
    AlreadyExists,
    FutureKnown,
    StaleVersion,
    UndescribedEntity,
    UnknownDevelopment,
    UnknownTimeline,
)
from timeline.events import (
    DevelopmentEvent,
    DevelopmentRecorded,
    EntityDescribed,
    Event,
    Reason,
    RetractionReason,
    TimelineDescribed,
    TimelineOpened,
)
from timeline.mapper import EventMapper, Log
from timeline.names import development_id, entity_id, timeline_id
from timeline.sources import Source
from timeline.standing import Standing
from timeline.vocabulary import Vocabulary, default_vocabulary

_ATTEMPTS = 8


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a command did: the events it appended, and the revision at which they count."""

    revision: Revision
    events: tuple[Event, ...]

    @property
    def version(self) -> int:
        """How many events the aggregate has now."""
        return self.events[-1].originator_version


class Record(Application[UUID]):
    """The record of all timelines."""

    name = "timeline"

    def __init__(
        self,
        factory: InfrastructureFactory[Any],
        *,
        clock: Clock | None = None,
        vocabulary: Vocabulary | None = None,
    ) -> None:
        self._given_factory = factory
        self.clock = clock or SystemClock()
        self.vocabulary = vocabulary or default_vocabulary()
        self._described: set[UUID] = set()
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

    # what stands

    def timeline(self, timeline: str) -> Timeline:
        """The timeline of that slug.

        Raises:
            UnknownTimeline: there is none.
        """
        found = self._find(timeline_id(timeline))
        if not isinstance(found, Timeline):
            raise UnknownTimeline(
                f'there is no timeline "{timeline}".', field="timeline", remedy="See /v1/timelines for all of them."
            )
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

    # timelines and entities

    def open_timeline(self, timeline: str, *, title: str, summary: str = "", parties: Sequence[str] = ()) -> Receipt:
        """Begin to keep a history.

        Raises:
            AlreadyExists: a timeline of that slug is kept already.
        """
        event = TimelineOpened(
            originator_id=timeline_id(timeline),
            originator_version=1,
            recorded_at=self._now_text(),
            timeline=timeline,
            title=title,
            summary=summary,
            parties=tuple(parties),
        )
        return self._append_first([event], f'the timeline "{timeline}" is kept already.', "timeline")

    def describe_timeline(
        self, timeline: str, *, title: str, summary: str = "", parties: Sequence[str] = ()
    ) -> Receipt:
        """Put title, summary or parties of a timeline differently.

        Raises:
            UnknownTimeline: there is no timeline of that slug.
            UndescribedEntity: a party is not described.
        """

        def decide() -> Event:
            now = self.timeline(timeline)
            self.require_entities(timeline, parties, field="parties")
            return TimelineDescribed(
                originator_id=now.id,
                originator_version=now.version + 1,
                recorded_at=self._now_text(),
                timeline=timeline,
                title=title,
                summary=summary,
                parties=tuple(parties),
            )

        return self._append(decide)

    def describe_entity(self, timeline: str, entity: Entity) -> Receipt:
        """Introduce an entity, or describe it anew.

        Raises:
            UnknownTimeline: there is no timeline of that slug.
        """

        def decide() -> Event:
            self.timeline(timeline)
            now = self.entity(timeline, entity.id)
            return EntityDescribed(
                originator_id=entity_id(timeline, entity.id),
                originator_version=now.version + 1 if now else 1,
                recorded_at=self._now_text(),
                timeline=timeline,
                entity=entity,
            )

        return self._append(decide)

    # developments

    def record(self, timeline: str, development: str, *, known: EdtfDate, content: Content) -> Receipt:
        """Record a development as it was first publicly known.

        Raises:
            UnknownTimeline: there is no timeline of that slug.
            UndescribedEntity: the content names an entity that nobody described.
            InvalidInput: a fact breaks the vocabulary, or `known` lies in the future.
            AlreadyExists: a development of that slug is recorded already.
        """
        event = self.recording(timeline, development, known=known, content=content)
        return self._append_first([event], f'the development "{development}" is recorded already.', "slug")

    def recording(self, timeline: str, development: str, *, known: EdtfDate, content: Content) -> DevelopmentRecorded:
        """The checked event that records a development, not appended yet; raises as `record` does."""
        if timeline_id(timeline) not in self._described:
            self.timeline(timeline)
            self._described.add(timeline_id(timeline))
        self._check_known(known)
        self.check_content(timeline, development, content)
        return DevelopmentRecorded(
            originator_id=development_id(timeline, development),
            originator_version=1,
            recorded_at=self._now_text(),
            timeline=timeline,
            slug=development,
            known=known,
            content=content,
        )

    def correct(
        self,
        timeline: str,
        development: str,
        *,
        reason: Reason,
        content: Content,
        known: EdtfDate | None = None,
        version: int | None = None,
        note: str = "",
        expected: int | None = None,
    ) -> Receipt:
        """Correct a development for new information, for a finer date, or for a slip of our own.

        `expected` is the number of events that the caller has seen; None takes the development as it stands.

        Raises:
            StaleVersion: the development has changed since.
            TimelineError: as `record` and `Development.correct` do.
        """

        def decide(now: Development) -> DevelopmentEvent:
            self._check_known(known)
            self.check_content(timeline, development, content)
            return now.correct(
                reason=reason,
                content=content,
                known=known,
                version=version,
                note=note,
                recorded_at=self._now_text(),
            )

        return self._change(timeline, development, decide, expected)

    def withdraw_source(
        self,
        timeline: str,
        development: str,
        *,
        url: str,
        known: EdtfDate | None,
        note: str = "",
        expected: int | None = None,
    ) -> Receipt:
        """Note that a source took its report back; raises as `Development.withdraw_source` does."""

        def decide(now: Development) -> DevelopmentEvent:
            self._check_known(known)
            return now.withdraw_source(url=url, known=known, note=note, recorded_at=self._now_text())

        return self._change(timeline, development, decide, expected)

    def retract(
        self,
        timeline: str,
        development: str,
        *,
        reason: RetractionReason,
        known: EdtfDate | None = None,
        note: str = "",
        expected: int | None = None,
    ) -> Receipt:
        """Take a development back; raises as `Development.retract` does."""

        def decide(now: Development) -> DevelopmentEvent:
            self._check_known(known)
            return now.retract(reason=reason, known=known, note=note, recorded_at=self._now_text())

        return self._change(timeline, development, decide, expected)

    def add_source(
        self,
        timeline: str,
        development: str,
        *,
        source: Source,
        known: EdtfDate | None = None,
        expected: int | None = None,
    ) -> Receipt:
        """Add a document that says so too; raises as `Development.add_source` does."""

        def decide(now: Development) -> DevelopmentEvent:
            self._check_known(known or source.published)
            return now.add_source(source=source, known=known, recorded_at=self._now_text())

        return self._change(timeline, development, decide, expected)

    def change_standing(
        self,
        timeline: str,
        development: str,
        *,
        standing: Standing,
        known: EdtfDate | None,
        note: str = "",
        expected: int | None = None,
    ) -> Receipt:
        """Say how well a development stands from `known` on; raises as `Development.change_standing` does."""

        def decide(now: Development) -> DevelopmentEvent:
            self._check_known(known)
            return now.change_standing(standing=standing, known=known, note=note, recorded_at=self._now_text())

        return self._change(timeline, development, decide, expected)

    # rules that need the log

    def require_entities(self, timeline: str, entities: Iterable[str], *, field: str) -> None:
        """Make sure that every entity is described; the timeline itself always is.

        Raises:
            UndescribedEntity: one is not.
        """
        for entity in entities:
            identity = entity_id(timeline, entity)
            if identity in self._described or entity == timeline:
                continue
            if not self.recorder.select_events(identity, limit=1):
                raise UndescribedEntity(
                    f'nobody has described the entity "{entity}".',
                    field=field,
                    remedy=f"Describe it first (POST /v1/timelines/{timeline}/entities), or mend the slug.",
                )
            self._described.add(identity)

    def check_content(self, timeline: str, development: str, content: Content) -> None:
        """Make sure that what a content names is described and that its facts keep to the vocabulary.

        Raises:
            UndescribedEntity: it names an entity that nobody described.
            InvalidInput: a fact breaks the vocabulary.
        """
        self.require_entities(timeline, content.entities(), field="content")
        statements = statements_of(content, timeline=timeline, development=development, vocabulary=self.vocabulary)
        self.require_entities(
            timeline,
            {name for s in statements for name in (s.key.subject, s.key.object) if name is not None},
            field="content.detail",
        )

    def _check_known(self, known: EdtfDate | None) -> None:
        now = self.clock.now()
        if known is not None and known.earliest > now:
            raise FutureKnown(
                f'"{known}" lies in the future (now is {format_instant(now)}).',
                field="known",
                remedy="Give the date on which it became public.",
            )

    # appending

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
        for _ in range(_ATTEMPTS - 1):
            try:
                return self.append([decide()])
            except StaleVersion:
                continue
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

    def _now_text(self) -> str:
        return format_instant(self.clock.now())
