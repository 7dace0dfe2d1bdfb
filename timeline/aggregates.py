"""The aggregates: what the log says of one development, entity or timeline, and which events may follow.

Aggregates are immutable. A decision is a method that checks the rules and returns the next event; `evolve` folds
events into the aggregate. Neither looks anything up: the application brings what they need.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Self
from uuid import UUID

from timeline.content import Content
from timeline.dates import EdtfDate
from timeline.entities import Entity
from timeline.errors import AlreadyExists, Conflict, InvalidInput
from timeline.events import (
    DevelopmentCorrected,
    DevelopmentEvent,
    DevelopmentRecorded,
    DevelopmentRetracted,
    EntityDescribed,
    Reason,
    RetractionReason,
    SourceAdded,
    StandingChanged,
    TimelineDescribed,
    TimelineOpened,
)
from timeline.finer import coarser_field
from timeline.sources import Source
from timeline.standing import Standing
from timeline.versions import Version, advance, latest, version_at


@dataclass(frozen=True, slots=True)
class Timeline:
    """A history, as it is described now."""

    id: UUID
    version: int
    slug: str
    title: str
    summary: str
    parties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DescribedEntity:
    """An entity of a timeline, as it is described now."""

    id: UUID
    version: int
    timeline: str
    entity: Entity


@dataclass(frozen=True, slots=True)
class Development:
    """One development with all its versions; `version` counts its events."""

    id: UUID
    version: int
    timeline: str
    slug: str
    versions: tuple[Version, ...]

    def _next(self, recorded_at: str) -> dict[str, Any]:
        return {
            "originator_id": self.id,
            "originator_version": self.version + 1,
            "recorded_at": recorded_at,
            "timeline": self.timeline,
            "slug": self.slug,
        }

    def _require_known(self, known: EdtfDate | None) -> EdtfDate:
        if known is None:
            raise InvalidInput(
                "the date on which this became public is missing.",
                field="known",
                remedy="Give the date of the first public report.",
            )
        first = min((v.known.latest for v in self.versions if not v.struck), default=None)
        if first is not None and known.latest < first:
            raise InvalidInput(
                f'"{known}" lies before the development itself became known.',
                field="known",
                remedy="If the development was known earlier, mend its own known with a clerical correction first.",
            )
        return known

    def _content_at(self, known: EdtfDate) -> Content:
        version = version_at(self.versions, known.latest)
        if version is None or version.content is None:
            raise Conflict(
                f"the development is retracted at {known}.",
                field="known",
                remedy="Reinstate it with a correction that gives its whole content.",
            )
        return version.content

    def correct(
        self,
        *,
        reason: Reason,
        content: Content,
        recorded_at: str,
        known: EdtfDate | None = None,
        version: int | None = None,
        note: str = "",
    ) -> DevelopmentCorrected:
        """The development reads differently: for the reasons that bring a content of their own.

        Raises:
            InvalidInput: a `known` is missing or too early; the version does not exist; nothing changes; a
                finer date changes more than dates.
        """
        if reason is Reason.SOURCE_WITHDRAWN:
            raise InvalidInput(
                "a withdrawn source is named, not described.", field="reason", remedy='Give its url as "source".'
            )
        if reason is Reason.CLERICAL:
            target = self._numbered(version)
            if (target.content, target.struck) == (content, False) and known in {None, target.known}:
                raise InvalidInput("the correction changes nothing.", field="content", remedy="Change something.")
            number: int | None = target.number
        else:
            if version is not None:
                raise InvalidInput(
                    f'only a clerical correction names a version, not "{reason}".',
                    field="version",
                    remedy="Leave the version out: a correction opens a new one.",
                )
            known, number = self._require_known(known), None
            before = version_at(self.versions, known.latest)
            if before is not None and before.content == content:
                raise InvalidInput("the correction changes nothing.", field="content", remedy="Change something.")
            if reason is Reason.FINER_DATE:
                coarser = coarser_field(self._content_at(known), content)
                if coarser is not None:
                    raise InvalidInput(
                        "a finer date leaves everything else as it was, and lies within the date it replaces.",
                        field=coarser,
                        remedy='Give the reason "new-information" if the world learned more than a date.',
                    )
        return DevelopmentCorrected(
            **self._next(recorded_at), reason=reason, known=known, version=number, content=content, note=note
        )

    def _numbered(self, number: int | None) -> Version:
        if number is None:
            return latest(self.versions)
        found = next((version for version in self.versions if version.number == number), None)
        if found is None:
            raise InvalidInput(
                f"the development has no version {number}.",
                field="version",
                remedy=f"Name one of the versions 1 to {len(self.versions)}.",
            )
        return found

    def withdraw_source(
        self, *, url: str, known: EdtfDate | None, recorded_at: str, note: str = ""
    ) -> DevelopmentCorrected:
        """A source took its report back; with none left, the development counts as retracted from then on.

        Raises:
            InvalidInput: `known` is missing or too early, or the development does not rest on that source then.
        """
        known = self._require_known(known)
        content = self._content_at(known)
        rest = tuple(source for source in content.sources if source.url != url)
        if len(rest) == len(content.sources):
            raise InvalidInput(
                f"at {known} the development does not rest on {url}.",
                field="source",
                remedy="Give the url of one of its sources exactly as recorded.",
            )
        return DevelopmentCorrected(
            **self._next(recorded_at),
            reason=Reason.SOURCE_WITHDRAWN,
            known=known,
            content=content.model_copy(update={"sources": rest}),
            source=url,
            note=note,
        )

    def retract(
        self, *, reason: RetractionReason, known: EdtfDate | None, recorded_at: str, note: str = ""
    ) -> DevelopmentRetracted:
        """The development is taken back.

        Raises:
            InvalidInput: `known` is missing, too early, or given for a clerical retraction.
            Conflict: it is retracted already.
        """
        if reason is RetractionReason.CLERICAL:
            if known is not None:
                raise InvalidInput(
                    "a clerical retraction holds at every known.", field="known", remedy="Leave the known out."
                )
            if all(version.struck for version in self.versions):
                raise Conflict("the development is retracted already.", remedy="Nothing is left to be done.")
        else:
            known = self._require_known(known)
            self._content_at(known)
        return DevelopmentRetracted(**self._next(recorded_at), reason=reason, known=known, note=note)

    def add_source(self, *, source: Source, known: EdtfDate | None, recorded_at: str) -> SourceAdded:
        """One more document says so: from `known` on, by default the day it was published.

        Where that day lies before the development's last change, the source counts from that change on.

        Raises:
            AlreadyExists: the development rests on a source of that url already.
            InvalidInput: neither a `known` nor a date of publication is given, or `known` is too early.
        """
        if known is None:
            last = latest(self.versions).known
            published = source.published
            known = last if published is None or published.latest < last.latest else published
        known = self._require_known(known)
        content = self._content_at(known)
        if any(other.url == source.url for other in content.sources):
            raise AlreadyExists(
                f"the development rests on {source.url} already.",
                field="source.url",
                remedy="Correct the development to change how a source is described.",
            )
        return SourceAdded(**self._next(recorded_at), known=known, source=source)

    def change_standing(
        self, *, standing: Standing, known: EdtfDate | None, recorded_at: str, note: str = ""
    ) -> StandingChanged:
        """The development stands better or worse from `known` on.

        Raises:
            InvalidInput: `known` is missing or too early, or the standing is the one it has.
        """
        known = self._require_known(known)
        if self._content_at(known).standing is standing:
            raise InvalidInput(
                f'the development is "{standing}" already.', field="standing", remedy="Give another standing."
            )
        return StandingChanged(**self._next(recorded_at), known=known, standing=standing, note=note)

    def evolve(self, event: DevelopmentEvent, position: int) -> Self:
        """The development after one more event."""
        return replace(self, version=event.originator_version, versions=advance(self.versions, event, position))


Aggregate = Timeline | DescribedEntity | Development


def fold(events: Iterable[Any], aggregate: Any = None) -> Any:
    """The aggregate that its events make; positions count within the aggregate."""
    for event in events:
        match event:
            case TimelineOpened() | TimelineDescribed():
                aggregate = Timeline(
                    event.originator_id,
                    event.originator_version,
                    event.timeline,
                    event.title,
                    event.summary,
                    event.parties,
                )
            case EntityDescribed():
                aggregate = DescribedEntity(event.originator_id, event.originator_version, event.timeline, event.entity)
            case DevelopmentRecorded():
                aggregate = Development(
                    event.originator_id,
                    event.originator_version,
                    event.timeline,
                    event.slug,
                    advance((), event, event.originator_version),
                )
            case _:
                aggregate = aggregate.evolve(event, event.originator_version)
    return aggregate


def project(aggregate: Any, events: Iterable[Any]) -> Any:
    """`fold` with the arguments in the order the library's repository gives them."""
    return fold(events, aggregate)
