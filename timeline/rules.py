"""The rules that need the log: what has to be described before it can be named, and what time it is.

All other rules are the aggregates' own. What was once found described is remembered, since nothing is ever undescribed.
"""

from collections.abc import Iterable
from uuid import UUID

from eventsourcing.persistence import AggregateRecorder

from timeline.clock import Clock
from timeline.content import Content, statements_of
from timeline.dates import MAX_INSTANT, EdtfDate, format_instant
from timeline.errors import FutureKnown, InvalidInput, UndescribedEntity, UnknownTimeline
from timeline.names import entity_id, timeline_id
from timeline.vocabulary import Vocabulary


class Rules:
    """What a command is checked against besides its own aggregate."""

    def __init__(self, recorder: AggregateRecorder, clock: Clock, vocabulary: Vocabulary) -> None:
        self._recorder = recorder
        self._clock = clock
        self._vocabulary = vocabulary
        self._described: set[UUID] = set()

    def _is_described(self, identity: UUID) -> bool:
        if identity not in self._described and self._recorder.select_events(identity, limit=1):
            self._described.add(identity)
        return identity in self._described

    def require_timeline(self, timeline: str) -> None:
        """Make sure that the timeline is kept.

        Raises:
            UnknownTimeline: it is not.
        """
        if not self._is_described(timeline_id(timeline)):
            raise unknown_timeline(timeline)

    def require_entities(self, timeline: str, entities: Iterable[str], *, field: str) -> None:
        """Make sure that every entity is described; the timeline itself always is.

        Raises:
            UndescribedEntity: one is not.
        """
        for entity in entities:
            if entity != timeline and not self._is_described(entity_id(timeline, entity)):
                raise UndescribedEntity(
                    f'nobody has described the entity "{entity}".',
                    field=field,
                    remedy=f"Describe it first (POST /v1/timelines/{timeline}/entities), or mend the slug.",
                )

    def check_content(self, timeline: str, development: str, content: Content) -> None:
        """Make sure that what a content names is described and that its facts keep to the vocabulary.

        Raises:
            UndescribedEntity: it names an entity that nobody described.
            InvalidInput: a fact breaks the vocabulary.
        """
        self.require_entities(timeline, content.entities(), field="content")
        statements = statements_of(content, timeline=timeline, development=development, vocabulary=self._vocabulary)
        self.require_entities(
            timeline,
            {name for s in statements for name in (s.key.subject, s.key.object) if name is not None},
            field="content.detail",
        )

    def check_known(self, known: EdtfDate | None) -> None:
        """Make sure that a `known` is a date that can have come; whether one is needed, the aggregate knows.

        Raises:
            FutureKnown: it lies in the future.
            InvalidInput: it never ends, so that nothing would ever be known.
        """
        if known is None:
            return
        now = self._clock.now()
        if known.earliest > now:
            raise FutureKnown(
                f'"{known}" lies in the future (now is {format_instant(now)}).',
                field="known",
                remedy="Give the date on which it became public.",
            )
        if known.latest >= MAX_INSTANT:
            raise InvalidInput(
                f'"{known}" has no end.',
                field="known",
                remedy="Give the date on which it became public, or the last it can be.",
            )


def unknown_timeline(timeline: str) -> UnknownTimeline:
    """The error that says that there is no timeline of that slug."""
    return UnknownTimeline(
        f'there is no timeline "{timeline}".', field="timeline", remedy="See /v1/timelines for all of them."
    )
