"""What a search finds."""

from typing import Annotated, Literal

from pydantic import Field

from api.schemas.parts import (
    Address,
    Answer,
    Date,
    Instant,
    KnowledgeBasis,
    PageLinks,
    SelfLink,
    StandingName,
)
from timeline.standing import FloorName


class PieceItem(Answer):
    """A part of a text. All pieces in a row are the text; nothing in them is escaped."""

    text: str
    match: Annotated[bool, Field(description="whether this is what was looked for")]


class SnippetItem(Answer):
    """The part of a field in which most was found."""

    field: Literal["title", "summary", "facts", "sources", "aliases", "description"]
    pieces: list[PieceItem]


class HitItem(Answer):
    """What every hit has."""

    title: str
    heading: Annotated[list[PieceItem], Field(description="the title in pieces")]
    snippet: SnippetItem
    score: Annotated[int, Field(description="how well it fits; comparable within one answer only")]


class FoundDevelopmentItem(HitItem):
    """A development, found in the version in force."""

    type: Literal["development"]
    development: Annotated[str, Field(description="its slug")]
    kind: str
    date: Annotated[Date, Field(description="when it occurred")]
    known: Date
    standing: StandingName
    version: Annotated[int, Field(description="the version in force, in which it was found")]
    cause: Annotated[str, Field(description="what opened that version")]
    links: SelfLink


class FactLinks(Answer):
    """Where the development that states a fact is to be found."""

    development: Address


class FoundFactItem(HitItem):
    """A fact that a version in force states; its title is the fact as a sentence."""

    type: Literal["fact"]
    development: Annotated[str, Field(description="the slug of the development that states it")]
    kind: Annotated[str, Field(description="the kind of that development")]
    subject: str
    attribute: str
    object: str | None
    end: Annotated[bool, Field(description="whether it says that something is over")]
    date: Annotated[Date, Field(description="since when it holds")]
    until: Date | None
    known_since: Instant
    standing: StandingName
    version: Annotated[int, Field(description="the version in force, in which it was found")]
    links: FactLinks


class FoundEntityItem(HitItem):
    """An entity, found in its names or its description."""

    type: Literal["entity"]
    entity: Annotated[str, Field(description="its slug")]
    kind: Annotated[str, Field(description="what sort of entity it is")]
    links: SelfLink


FoundItem = Annotated[FoundDevelopmentItem | FoundFactItem | FoundEntityItem, Field(discriminator="type")]


class SearchBasis(KnowledgeBasis):
    """What the answer rests on; `at` and `standing` where they were asked for."""

    at: Instant | None = None
    standing: FloorName | None = None


class SearchPage(Answer):
    """What was found, the best first."""

    items: list[FoundItem]
    next: str | None
    basis: SearchBasis
    links: PageLinks
