"""The events of the log: immutable, versioned, named by stable topics.

A topic never changes, whatever the class or module is called; the state of an event is canonical JSON. When the
shape of an event must change, raise its `class_version` and add ``upcast_vN_vM(state)``, a static method that
turns the state of the older version into that of the next one. Stored bytes are never rewritten.
"""

from enum import StrEnum
from typing import Annotated, Any, ClassVar
from uuid import UUID

from eventsourcing.utils import register_topic
from pydantic import BaseModel, ConfigDict, StringConstraints

from timeline.content import Content
from timeline.dates import EdtfDate
from timeline.entities import Entity
from timeline.names import EntityId, Slug
from timeline.sources import Line, Source, WebAddress
from timeline.standing import Standing

Remark = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]


class Reason(StrEnum):
    """Why a development is corrected."""

    NEW_INFORMATION = "new-information"
    """The world learned better, on the correction's own `known`."""
    FINER_DATE = "finer-date"
    """The same, but dates became more precise and nothing else changed."""
    CLERICAL = "clerical"
    """Our own mistake: the version is rewritten as if it had been right all along."""
    SOURCE_WITHDRAWN = "source-withdrawn"
    """A source took its report back."""


class RetractionReason(StrEnum):
    """Why a development is retracted."""

    WITHDRAWN = "withdrawn"
    """The world took it back, on the retraction's own `known`."""
    CLERICAL = "clerical"
    """We should never have recorded it: it is gone at every `known`."""


class Event(BaseModel):
    """Base of all events. `recorded_at` is our own clock (RFC 3339, UTC); no answer depends on it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    TOPIC: ClassVar[str]
    class_version: ClassVar[int] = 1

    originator_id: UUID
    originator_version: int
    recorded_at: str
    timeline: Slug

    @classmethod
    def upcast(cls, state: dict[str, Any]) -> dict[str, Any]:
        """Bring a stored state to the present version of its class.

        Raises:
            ValueError: a newer release wrote it.
        """
        version = state.pop("class_version", 1)
        if version > cls.class_version:
            raise ValueError(f"it has version {version}, and this release knows up to {cls.class_version}: upgrade")
        while version < cls.class_version:
            getattr(cls, f"upcast_v{version}_v{version + 1}")(state)
            version += 1
        return state

    @property
    def name(self) -> str:
        """The name of the event as answers and documents use it."""
        return type(self).__name__


class TimelineOpened(Event):
    """A history begins to be kept."""

    TOPIC = "timeline-opened"

    title: Line
    summary: Remark = ""
    parties: tuple[EntityId, ...] = ()


class TimelineDescribed(Event):
    """The title, the summary or the parties of a timeline are put differently."""

    TOPIC = "timeline-described"

    title: Line
    summary: Remark = ""
    parties: tuple[EntityId, ...] = ()


class EntityDescribed(Event):
    """An entity is introduced, or described anew."""

    TOPIC = "entity-described"

    entity: Entity


class DevelopmentRecorded(Event):
    """A development enters the record, as it was first publicly known."""

    TOPIC = "development-recorded"

    slug: Slug
    known: EdtfDate
    content: Content


class DevelopmentCorrected(Event):
    """A development reads differently from `known` on, or (clerical) always should have.

    `content` is the whole content as it now reads. `version` is the number of the version that a clerical
    correction rewrites; its `known` mends that version's own, when it was wrong too.
    """

    TOPIC = "development-corrected"

    slug: Slug
    reason: Reason
    known: EdtfDate | None = None
    version: int | None = None
    content: Content
    source: WebAddress | None = None
    note: Remark = ""


class DevelopmentRetracted(Event):
    """A development is taken back: from `known` on, or (clerical) altogether."""

    TOPIC = "development-retracted"

    slug: Slug
    reason: RetractionReason
    known: EdtfDate | None = None
    note: Remark = ""


class SourceAdded(Event):
    """One more document says so, from `known` on."""

    TOPIC = "source-added"

    slug: Slug
    known: EdtfDate
    source: Source


class StandingChanged(Event):
    """The development stands better or worse from `known` on."""

    TOPIC = "standing-changed"

    slug: Slug
    known: EdtfDate
    standing: Standing
    note: Remark = ""


DevelopmentEvent = DevelopmentRecorded | DevelopmentCorrected | DevelopmentRetracted | SourceAdded | StandingChanged
TimelineEvent = TimelineOpened | TimelineDescribed

EVENTS: dict[str, type[Event]] = {
    event.TOPIC: event
    for event in (
        TimelineOpened,
        TimelineDescribed,
        EntityDescribed,
        DevelopmentRecorded,
        DevelopmentCorrected,
        DevelopmentRetracted,
        SourceAdded,
        StandingChanged,
    )
}

for _topic, _event in EVENTS.items():
    register_topic(_topic, _event)
