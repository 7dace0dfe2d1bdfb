"""The parameters that operations share: what they mean, how they are written, and when they are wrong."""

from typing import Annotated, Final

from fastapi import Path, Query
from pydantic import AfterValidator, Field

from timeline.dates import parse_date, parse_moment
from timeline.developments.kinds import KINDS
from timeline.standing import FloorName

LONGEST_PAGE: Final = 200
_LONGEST_DATE: Final = 60


def _moment(text: str) -> str:
    parse_moment(text)
    return text


def _calendar(text: str) -> str:
    parse_date(text)
    return text


def _kind(text: str) -> str:
    if text not in KINDS:
        raise ValueError(f'there is no kind "{text[:60]}": give one of {", ".join(KINDS)}')
    return text


_SLUG: Final = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
Moment = Annotated[str, Field(max_length=_LONGEST_DATE), AfterValidator(_moment)]
"""A date that is asked about, in EDTF, meant through its end."""

TimelineSlug = Annotated[str, Path(pattern=_SLUG, max_length=120, description="The slug of the timeline.")]
DevelopmentSlug = Annotated[str, Path(pattern=_SLUG, max_length=120, description="The slug of the development.")]
EntitySlug = Annotated[str, Path(pattern=_SLUG, max_length=120, description="The slug of the entity.")]
ProblemSlug = Annotated[str, Path(max_length=120, description="The slug of the type of problem.")]

AtParameter = Annotated[
    Moment | None,
    Query(
        description="Valid time: the date in the world that is asked about, in EDTF. A day, month or year is meant "
        "through its end, UTC; it may lie in the future. Left out: now.",
        examples=["2024-03-04", "2024-03", "2024-03-04T12:00:00Z"],
    ),
]
KnownParameter = Annotated[
    Moment | None,
    Query(
        description="Knowledge time: only what had become public by then counts. Written as `at`; not in the future. "
        "Left out: now.",
        examples=["2024-03-05"],
    ),
]
RevisionParameter = Annotated[
    int | None,
    Query(
        ge=0,
        description="System time: the position of the last event of the log that counts. Left out: the newest.",
        examples=[412],
    ),
]
StandingParameter = Annotated[
    FloorName | None,
    Query(
        description="The least standing that is admitted: `confirmed`, `reported` or `alleged`. Left out: `reported`.",
    ),
]
LimitParameter = Annotated[
    int, Query(ge=1, le=LONGEST_PAGE, description=f"How many items at most, 1 to {LONGEST_PAGE}.")
]
CursorParameter = Annotated[
    str | None,
    Query(
        max_length=1000,
        description="Where to go on: `next` of the page before. It carries the basis of the first page.",
    ),
]
KindsParameter = Annotated[
    list[Annotated[str, AfterValidator(_kind)]] | None,
    Query(max_length=len(KINDS), description="Only developments of this kind; may be repeated."),
]
PartyParameter = Annotated[
    str | None,
    Query(
        pattern=_SLUG,
        max_length=120,
        description="Only developments that name this entity, as a party or in their facts; its slug.",
        examples=["acme"],
    ),
]
EntityParameter = Annotated[str, Field(pattern=_SLUG, max_length=120)] | None
DateParameter = Annotated[Annotated[str, Field(max_length=_LONGEST_DATE), AfterValidator(_calendar)] | None, Query()]
