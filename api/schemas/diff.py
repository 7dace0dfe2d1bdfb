"""What differs between two states."""

from typing import Annotated, Literal

from pydantic import Field

from api.schemas.parts import Address, Answer, Date
from api.schemas.state import Basis, StateFact
from projections.causes import Cause
from timeline.sources import Source

FieldName = Literal[
    "subject",
    "object",
    "value",
    "text",
    "since",
    "until",
    "certainty",
    "standing",
    "known_since",
    "development",
    "sources",
    "contested_by",
]


class DiffEvent(Answer):
    """The event of the log behind a change."""

    position: int
    event: Annotated[str, Field(description="its type, such as DevelopmentRecorded")]
    development: Annotated[str | None, Field(description="its slug; null where an entity was described anew")]
    title: Annotated[str | None, Field(description="the title of the development")]
    known: Annotated[Date | None, Field(description="when that became public")]
    sources: Annotated[list[Source], Field(description="the documents that it names")]


class DiffLine(Answer):
    """One change, with its cause."""

    before: Annotated[StateFact | None, Field(description="the fact as the state before has it; null where it came")]
    after: Annotated[StateFact | None, Field(description="the fact as the state after has it; null where it went")]
    fields: Annotated[list[FieldName], Field(description="what reads differently, where both states have the fact")]
    cause: Cause
    happened: Annotated[
        Date | None,
        Field(description="the date in the world on which it came about; null where knowledge or the record moved"),
    ]
    event: DiffEvent


class DiffSection(Answer):
    """The changes of one section."""

    added: list[DiffLine]
    removed: list[DiffLine]
    changed: list[DiffLine]


class DiffLinks(Answer):
    """Where the difference and the two states are to be found."""

    self: Address
    permalink: Annotated[str, Field(description="pins every clock: a citation for good")]
    from_: Annotated[str, Field(alias="from", description="the state before")]
    to: Annotated[str, Field(description="the state after")]
    briefing: Annotated[str, Field(description="the same as prose")]


class DiffBody(Answer):
    """What differs between the states at two bases, by section of the vocabulary."""

    timeline: str
    from_: Annotated[Basis, Field(alias="from", description="the basis of the state before")]
    to: Annotated[Basis, Field(description="the basis of the state after")]
    sections: dict[str, DiffSection]
    links: DiffLinks
