"""Types of fields that several kinds of detail share, and the base of the parts that a detail consists of."""

from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from timeline.dates import EdtfDate

Since = Annotated[
    EdtfDate | None,
    Field(description="from when it holds; left out, from when the development occurred"),
]
"""When something begins that does not begin with the development."""

Until = Annotated[
    EdtfDate | None,
    Field(description="when it ends by its own terms; leave out an end that became known only later"),
]
"""When something ends, where that was known from the start."""

Ends = Annotated[bool, Field(description="whether this development ends what held, instead of beginning it")]
"""Marks a detail or a part of it that closes a fact which another development opened."""


def _not_empty(given: tuple[Any, ...]) -> tuple[Any, ...]:
    if not given:
        raise ValueError("give at least one entry")
    return given


# not pydantic's `min_length`: that reports a second error, "too short", where an entry is wrong
NOT_EMPTY: Final = AfterValidator(_not_empty)
"""Marks a tuple that needs an entry."""


class Part(BaseModel):
    """Base of what a detail holds several of: a change of office, a seat, a claim."""

    model_config = ConfigDict(frozen=True, extra="forbid")
