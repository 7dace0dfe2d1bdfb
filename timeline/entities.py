"""Who and what a history is about."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from timeline.names import Slug
from timeline.sources import Line


class EntityKind(StrEnum):
    """What sort of thing an entity is."""

    ORGANISATION = "organisation"
    PERSON = "person"
    AUTHORITY = "authority"
    CASE = "case"
    PRODUCT = "product"
    TERM = "term"
    TOPIC = "topic"
    MATTER = "matter"
    TIMELINE = "timeline"


class Entity(BaseModel):
    """A party, organisation, person, authority, court case, product, clause or topic, as one timeline describes it.

    `identifiers` maps a scheme to the id there, for example ``{"wikidata": "Q2283", "ticker": "MSFT"}``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Slug
    name: Line
    kind: EntityKind
    description: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)] = ""
    aliases: tuple[Line, ...] = ()
    identifiers: dict[Annotated[str, Field(max_length=60)], Line] = Field(default_factory=dict)
