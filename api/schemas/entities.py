"""Everything about one entity at a basis."""

from typing import Annotated, Literal

from pydantic import Field

from api.schemas.parts import Address, Answer, Date, Named, StandingName
from api.schemas.record import DevelopmentItem
from api.schemas.state import Basis, StateFact
from timeline.entities import Entity


class EntitySection(Answer):
    """The facts of one section that speak of the entity."""

    facts: list[StateFact]


class RelationItem(Answer):
    """A fact that leads from an entity to another one."""

    with_: Annotated[Named, Field(alias="with", description="the other entity")]
    direction: Annotated[
        Literal["to", "from"], Field(description="to: the entity is the subject of the fact; from: the other one is")
    ]
    attribute: Annotated[str, Field(description="which relation it is")]
    via: Annotated[Literal["object", "value"], Field(description="what of the fact names the other end")]
    text: Annotated[str, Field(description="the fact as a sentence")]
    since: Date
    until: Date | None
    certainty: Literal["definite", "possible"]
    standing: StandingName
    development: str
    sources: Annotated[int, Field(description="how many")]
    contested: Annotated[bool, Field(description="whether anybody says otherwise")]


class LatestLinks(Answer):
    """Where all developments that name the entity are to be found."""

    all: Annotated[Address, Field(description="the whole list, oldest first")]


class LatestDevelopments(Answer):
    """The developments that name the entity, the latest first, as far as one page goes."""

    items: list[DevelopmentItem]
    more: Annotated[bool, Field(description="whether there are earlier ones than these")]
    links: LatestLinks


class EntityLinks(Answer):
    """Where an entity, its history and the developments that name it are to be found."""

    self: Address
    permalink: Annotated[str, Field(description="pins all three clocks: a citation for good")]
    developments: Address
    facts: Annotated[Address, Field(description="the history of all keys that speak of it")]


class EntityBody(Entity):
    """One entity, and all that holds about it at a basis."""

    timeline: str
    basis: Basis
    sections: Annotated[
        dict[str, EntitySection],
        Field(description="the facts of which it is subject, object or value; sections without any are left out"),
    ]
    relations: Annotated[list[RelationItem], Field(description="to other entities, in the order of the sections")]
    latest: LatestDevelopments
    links: EntityLinks
