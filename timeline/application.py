"""The application: every command that can change the record, checked and appended as events.

A command reads the aggregate it is about, lets it decide, and appends what it decides; the store refuses the append
if somebody else came in between. Then the command is tried again, alone, on what now stands, unless the caller
said which version it had seen. What is derived from the events is written in the same transaction.
"""

from collections.abc import Sequence

from timeline.aggregates import Development
from timeline.clock import Clock, SystemClock
from timeline.content import Content
from timeline.dates import EdtfDate, format_instant
from timeline.entities import Entity
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
from timeline.names import development_id, entity_id, timeline_id
from timeline.repository import Aggregates, Receipt
from timeline.rules import Rules
from timeline.sources import Source
from timeline.standing import Standing
from timeline.store import SQLFactory
from timeline.vocabulary import Vocabulary, default_vocabulary


class Record(Aggregates):
    """The record of all timelines."""

    def __init__(
        self,
        factory: SQLFactory,
        *,
        clock: Clock | None = None,
        vocabulary: Vocabulary | None = None,
    ) -> None:
        self.clock = clock or SystemClock()
        self.vocabulary = vocabulary or default_vocabulary()
        super().__init__(factory)
        self.rules = Rules(self.recorder, self.clock, self.vocabulary)

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
            self.rules.require_entities(timeline, parties, field="parties")
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
            self.rules.require_timeline(timeline)
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
        self.rules.require_timeline(timeline)
        self.rules.check_known(known)
        self.rules.check_content(timeline, development, content)
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
            self.rules.check_known(known)
            self.rules.check_content(timeline, development, content)
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
            self.rules.check_known(known)
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
            self.rules.check_known(known)
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
            self.rules.check_known(known or source.published)
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
            self.rules.check_known(known)
            return now.change_standing(standing=standing, known=known, note=note, recorded_at=self._now_text())

        return self._change(timeline, development, decide, expected)

    def check_content(self, timeline: str, development: str, content: Content) -> None:
        """Check a content without recording it; raises as `Rules.check_content` does."""
        self.rules.check_content(timeline, development, content)

    def _now_text(self) -> str:
        return format_instant(self.clock.now())


__all__ = ["Receipt", "Record"]
