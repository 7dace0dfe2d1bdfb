"""What is recorded: timelines, entities, developments, events."""

from typing import Annotated, Any, Literal

from pydantic import Field

from api.schemas.parts import (
    Address,
    Answer,
    Date,
    Instant,
    KnowledgeBasis,
    LogBasis,
    Named,
    PageLinks,
    SelfLink,
    StandingName,
)
from timeline.content import Content
from timeline.entities import Entity
from timeline.sources import Source


class TimelineLinks(Answer):
    """Where a timeline and its parts are to be found."""

    self: Address
    state: Address
    developments: Address
    entities: Address
    events: Address
    timemap: Address
    facts: Address


class TimelineItem(Answer):
    """A timeline as it is described."""

    timeline: Annotated[str, Field(description="its slug")]
    title: str
    summary: str
    parties: list[Named]
    links: TimelineLinks


class TimelineBody(TimelineItem):
    """One timeline at a revision."""

    basis: LogBasis


class TimelinePage(Answer):
    """Timelines in the order of their slugs."""

    items: list[TimelineItem]
    next: str | None
    basis: LogBasis
    links: PageLinks


class EntityItem(Entity):
    """An entity as the timeline describes it."""

    links: SelfLink


class EntityPage(Answer):
    """Entities in the order of their slugs."""

    items: list[EntityItem]
    next: str | None
    basis: LogBasis
    links: PageLinks


class PartyItem(Named):
    """A party, and as what it took part."""

    role: str | None


class DevelopmentItem(Answer):
    """A development in a list, as the version in force tells it."""

    development: Annotated[str, Field(description="its slug")]
    kind: str
    title: str
    summary: str
    occurred: Date
    known: Date
    standing: StandingName
    version: int
    parties: list[PartyItem]
    sources: list[Source]
    links: SelfLink


class DevelopmentPage(Answer):
    """Developments in the order in which they occurred."""

    items: list[DevelopmentItem]
    next: str | None
    basis: KnowledgeBasis
    links: PageLinks


class VersionItem(Answer):
    """A version of a development, and the knowledge time over which it is the one that counts."""

    number: int
    known: Date
    known_from: Annotated[Instant | None, Field(description="null if the version never counts")]
    known_until: Annotated[Instant | None, Field(description="exclusive; null if it counts to this day, or never")]
    cause: Literal["development", "correction", "finer-date", "source-withdrawn", "source", "standing", "retraction"]
    position: Annotated[int, Field(description="of the event that opened it")]
    written_at: Annotated[int, Field(description="the position of the event that last wrote it")]
    retracted: Annotated[bool, Field(description="whether the version says that the development was taken back")]
    struck: Annotated[bool, Field(description="whether a clerical retraction took it out of the record")]


class EventItem(Answer):
    """An event of the log."""

    position: Annotated[int, Field(description="its place in the whole log: the revision from which on it counts")]
    event: Annotated[str, Field(description="its type, such as DevelopmentRecorded")]
    timeline: str
    development: str | None
    entity: str | None
    version: Annotated[int, Field(description="how many events the development, entity or timeline then had")]
    reason: str | None
    known: Date | None
    recorded_at: Instant
    payload: Annotated[dict[str, Any], Field(description="what is particular to the type of event")]


class ChangeItem(Answer):
    """A field that an event changed; null where it had or has no value."""

    field: str
    before: Any
    after: Any


class HistoryItem(EventItem):
    """An event of a development, with what it changed."""

    changed: list[ChangeItem]


class DevelopmentLinks(Answer):
    """Where a development is to be found, and found again as it is here."""

    self: Address
    permalink: Address
    timeline: Address


class DevelopmentBody(Answer):
    """A development: the version in force at `known`, and all that was recorded up to the revision."""

    timeline: str
    development: str
    basis: KnowledgeBasis
    status: Literal["in-force", "retracted", "not-yet-known"]
    version: VersionItem | None
    content: Content | None
    names: Annotated[dict[str, str], Field(description="the names of the entities in any version, by slug")]
    versions: list[VersionItem]
    history: list[HistoryItem]
    links: DevelopmentLinks


class EventPage(Answer):
    """Events of a timeline in the order in which they were recorded."""

    items: list[EventItem]
    next: str | None
    basis: LogBasis
    links: PageLinks


class ReceiptBody(Answer):
    """What a request wrote, and the revision from which on it counts."""

    revision: int
    events: list[EventItem]
    links: SelfLink
