"""What the service says of itself."""

from typing import Literal

from api.schemas.parts import Address, Answer, LogBasis
from timeline.vocabulary import Attribute, Section


class ServiceLinks(Answer):
    """Where to begin."""

    self: Address
    timelines: Address
    vocabulary: Address
    problems: Address
    openapi: Address
    health: Address


class ServiceBody(Answer):
    """The service document."""

    service: Literal["timeline"]
    api: Literal["v1"]
    basis: LogBasis
    writing: bool
    links: ServiceLinks


class HealthBody(Answer):
    """The service runs and reaches its database."""

    status: Literal["ok"]
    revision: int


class KindItem(Answer):
    """A kind of development."""

    kind: str
    definition: str


class VocabularyBody(Answer):
    """The words in which facts are told."""

    sections: list[Section]
    attributes: list[Attribute]
    wordings: dict[str, str]
    kinds: list[KindItem]


class ProblemTypeBody(Answer):
    """A type of problem."""

    type: Address
    slug: str
    title: str
    status: int
    meaning: str
    remedy: str


class ProblemTypes(Answer):
    """All types of problem."""

    items: list[ProblemTypeBody]
