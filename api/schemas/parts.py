"""Shapes that several answers share."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

StandingName = Literal["confirmed", "reported", "alleged", "denied"]
Instant = Annotated[str, Field(description="RFC 3339, in UTC", json_schema_extra={"format": "date-time"})]
Date = Annotated[str, Field(description="EDTF, as it was written")]
Address = Annotated[str, Field(description="relative to the root of the service, unless it knows its public address")]


class Answer(BaseModel):
    """Base of all answers: they have these fields and no others."""

    model_config = ConfigDict(extra="forbid")


class Named(Answer):
    """An entity by its slug, with its name."""

    id: str
    name: str


class KnowledgeBasis(Answer):
    """The clocks that an answer about developments depends on."""

    known: Instant
    revision: int


class LogBasis(Answer):
    """The clock that an answer about descriptions or the log depends on."""

    revision: int


class SelfLink(Answer):
    """The address of the thing itself."""

    self: Address


class PageLinks(Answer):
    """The addresses of a page and of the one after it."""

    self: Address
    next: Address | None


class FieldProblem(Answer):
    """What is wrong with one field, and what to do about it."""

    field: Annotated[str, Field(description="a path such as content.detail.money.currency, a parameter or a header")]
    message: str
    remedy: str


class ProblemBody(BaseModel):
    """A problem as RFC 9457 defines it."""

    model_config = ConfigDict(title="Problem")

    type: Annotated[str, Field(description="the type's own page, /problems/{slug}")]
    title: str
    status: int
    detail: str
    instance: Annotated[str, Field(description="the path that was asked")]
    errors: list[FieldProblem] = []
