"""What the operations that compare two states share: parameters, headers, and when an answer is for good."""

from typing import Annotated, Final

from fastapi import Depends, Query

from api.parameters import AtParameter, KnownParameter, Moment, RevisionParameter, StandingParameter
from projections.archive import Snapshot
from projections.between import Between
from timeline.basis import Basis
from timeline.dates import format_instant, parse_moment

Asked = list[tuple[str, str]]

_From = Annotated[
    Moment | None,
    Query(
        alias="from",
        description="Valid time: the date in the world of the state before. Written as `at`; goes with `to`.",
        examples=["2024-01-01"],
    ),
]
_To = Annotated[
    Moment | None,
    Query(description="Valid time: the date in the world of the state after, not before `from`.", examples=["2024-12"]),
]
_KnownFrom = Annotated[
    Moment | None,
    Query(
        description="Knowledge time: what had become public by then is the state before. Goes with `known_to`.",
        examples=["2024-03-05"],
    ),
]
_KnownTo = Annotated[
    Moment | None,
    Query(description="Knowledge time of the state after, not before `known_from`.", examples=["2024-05-01"]),
]
_RevisionFrom = Annotated[
    int | None, Query(ge=0, description="System time: the revision of the state before. Goes with `revision_to`.")
]
_RevisionTo = Annotated[
    int | None, Query(ge=0, description="System time: the revision of the state after, not before `revision_from`.")
]


async def _between(  # noqa: PLR0913, PLR0917 - FastAPI takes parameters one by one; a plain one would cost a thread
    first: _From = None,
    to: _To = None,
    known_from: _KnownFrom = None,
    known_to: _KnownTo = None,
    revision_from: _RevisionFrom = None,
    revision_to: _RevisionTo = None,
    at: AtParameter = None,
    known: KnownParameter = None,
    revision: RevisionParameter = None,
    standing: StandingParameter = None,
) -> Between:
    return Between(
        first=first,
        last=to,
        known_first=known_from,
        known_last=known_to,
        revision_first=revision_from,
        revision_last=revision_to,
        at=at,
        known=known,
        revision=revision,
        standing=standing,
    )


BetweenParameters = Annotated[Between, Depends(_between)]
"""The parameters that name two states, read as one."""

_MOVED: Final = {
    "at": ("from", "to"),
    "known": ("known_from", "known_to"),
    "revision": ("revision_from", "revision_to"),
}


def pinned(before: Basis, after: Basis) -> Asked:
    """The parameters that name two bases for good."""
    one, other = before.as_query(), after.as_query()
    asked: Asked = []
    for still, (first, last) in _MOVED.items():
        is_still = one[still] == other[still]
        asked += [(still, one[still])] if is_still else [(first, one[still]), (last, other[still])]
    if not any(name in {"from", "known_from", "revision_from"} for name, _ in asked):
        # nothing moved: the address still has to say between what
        asked = [("from", one["at"]), ("to", other["at"]), *(item for item in asked if item[0] != "at")]
    return [*asked, ("standing", other["standing"])]


def is_pinned(asked: Between, snapshot: Snapshot, before: Basis, after: Basis) -> bool:
    """Whether the question names every clock, and no day that is not over: then the answer is one for good."""
    moments = (
        (asked.at or asked.first) is not None and (asked.at or asked.last) is not None,
        asked.revision is not None or asked.revision_last is not None,
        _is_over(asked.known or asked.known_first, before, snapshot),
        _is_over(asked.known or asked.known_last, after, snapshot),
    )
    return all(moments)


def _is_over(known: str | None, basis: Basis, snapshot: Snapshot) -> bool:
    return known is not None and parse_moment(known) == basis.known < snapshot.now


def comparing_headers(before: Basis, after: Basis, permalink: str) -> dict[str, str]:
    """The two bases of an answer; a clock that moved has both its moments, with a slash between."""

    def both(one: str, other: str) -> str:
        return one if one == other else f"{one}/{other}"

    return {
        "Timeline-At": both(format_instant(before.at), format_instant(after.at)),
        "Timeline-Known": both(format_instant(before.known), format_instant(after.known)),
        "Timeline-Revision": both(str(before.revision), str(after.revision)),
        "Timeline-Standing": after.floor.label,
        "Content-Location": permalink,
        "Vary": "Accept",
    }
