"""The history of keys: every value, and how it stopped holding or being believed."""

from typing import Annotated, Literal

from pydantic import Field

from api.schemas.parts import (
    Answer,
    Date,
    Instant,
    KnowledgeBasis,
    Named,
    PageLinks,
    SelfLink,
    StandingName,
)
from api.schemas.state import ShownValue
from timeline.sources import Source
from timeline.standing import FloorName
from timeline.vocabulary import Cardinality


class HistoryBasis(KnowledgeBasis):
    """What a history rests on: it tells of all of valid time."""

    standing: FloorName


class DateBounds(Answer):
    """The first and the last instant that a date may mean; null where it is open."""

    earliest: Instant | None
    latest: Instant | None


class ValueBounds(Answer):
    """What the dates of a value leave open: between these bounds it only possibly holds."""

    since: DateBounds
    until: DateBounds | None


class ValidTime(Answer):
    """The part of valid time over which a state shows a value: `until` is exclusive, and null where it goes on."""

    from_: Annotated[Instant | None, Field(alias="from")]
    until: Instant | None


class Mention(Answer):
    """A statement in short: it is in the list of values itself."""

    development: str
    text: str
    standing: StandingName


class StoppedHolding(Mention):
    """How a value stopped holding, and the statement that says so: its own where it ran to its `until`."""

    how: Annotated[
        Literal["ended", "replaced", "restated"],
        Field(description="restated: what took its place says the same, a note aside"),
    ]
    date: Annotated[Date, Field(description="when, as that statement has it")]


class Instead(Mention):
    """What a development says from then on about the same key."""

    since: Date
    until: Date | None


class StoppedBeingBelieved(Answer):
    """How a development came to make a statement no longer."""

    how: Literal["corrected", "finer-date", "retracted", "source-withdrawn", "standing-changed", "superseded"]
    known: Annotated[Instant, Field(description="from when on")]
    development: str
    event: Annotated[int, Field(description="the position of the event")]
    reason: Annotated[str | None, Field(description="the reason that the event gives, by its own name")]
    note: str
    became: Annotated[Instead | None, Field(description="what it says instead; null if nothing")]


class Outranking(Mention):
    """A better placed statement about the same beginning."""

    known: Annotated[Instant | None, Field(description="from when on it was better placed; null if it always was")]


class HistoryValue(Answer):
    """A value that an attribute had, or was said to have had; `value` is null for an end."""

    value: ShownValue | None
    text: Annotated[str, Field(description="the statement as a sentence")]
    since: Date
    until: Date | None
    bounds: ValueBounds
    standing: StandingName
    known_since: Annotated[Instant, Field(description="from when on it was public")]
    known_until: Annotated[Instant | None, Field(description="exclusive; null while its development says so")]
    development: str
    sources: list[Source]
    status: Annotated[
        Literal["held", "rival", "denial", "end"],
        Field(
            description="what it is, or was when last believed: held, a state shows it; rival, a better placed fact "
            "begins when it does; denial; end, it closes what held"
        ),
    ]
    held: Annotated[ValidTime | None, Field(description="null unless it is held")]
    stopped_holding: Annotated[
        StoppedHolding | None, Field(description="how it stopped being true; null if it goes on, or never was held")
    ]
    stopped_being_believed: Annotated[
        StoppedBeingBelieved | None, Field(description="how it was taken back; null while its development says so")
    ]
    outranked_by: Annotated[Outranking | None, Field(description="only of a rival")]
    contested_by: Annotated[list[Mention], Field(description="those who say otherwise, the strongest first")]


class KeyItem(Answer):
    """A key with every value it had, in the order in which they begin."""

    subject: Named
    attribute: str
    object: Named | None
    development: Annotated[str | None, Field(description="only where each development has a fact of its own")]
    section: str
    label: Annotated[str, Field(description="what the vocabulary calls the attribute")]
    cardinality: Cardinality
    values: list[HistoryValue]
    links: SelfLink


class KeyPage(Answer):
    """Keys in the order of the vocabulary, then of subject and object."""

    items: list[KeyItem]
    next: str | None
    basis: HistoryBasis
    links: PageLinks
