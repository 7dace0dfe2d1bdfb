"""What the operations that compare two states share: parameters, headers, and when an answer is for good."""

from typing import Annotated, Final

from fastapi import Query

from api.links import Links
from api.parameters import Moment
from projections.archive import Snapshot
from projections.between import Between
from timeline.basis import Basis
from timeline.dates import format_instant, format_moment, parse_moment

Asked = list[tuple[str, str]]

FromParameter = Annotated[
    Moment | None,
    Query(
        alias="from",
        description="Valid time: the date in the world of the state before. Written as `at`; goes with `to`.",
        examples=["2024-01-01"],
    ),
]
ToParameter = Annotated[
    Moment | None,
    Query(description="Valid time: the date in the world of the state after, not before `from`.", examples=["2024-12"]),
]
KnownFromParameter = Annotated[
    Moment | None,
    Query(
        description="Knowledge time: what had become public by then is the state before. Goes with `known_to`.",
        examples=["2024-03-05"],
    ),
]
KnownToParameter = Annotated[
    Moment | None,
    Query(description="Knowledge time of the state after, not before `known_from`.", examples=["2024-05-01"]),
]
RevisionFromParameter = Annotated[
    int | None, Query(ge=0, description="System time: the revision of the state before. Goes with `revision_to`.")
]
RevisionToParameter = Annotated[
    int | None, Query(ge=0, description="System time: the revision of the state after, not before `revision_from`.")
]

_MOVED: Final = (("from", "to"), ("known_from", "known_to"), ("revision_from", "revision_to"))


def pinned(before: Basis, after: Basis) -> Asked:
    """The parameters that name two bases for good."""
    values = (
        (format_moment(before.at), format_moment(after.at)),
        (format_moment(before.known), format_moment(after.known)),
        (str(before.revision), str(after.revision)),
    )
    asked: Asked = []
    for (first, last), still, (one, other) in zip(_MOVED, ("at", "known", "revision"), values, strict=True):
        asked += [(still, one)] if one == other else [(first, one), (last, other)]
    if not any(name in {"from", "known_from", "revision_from"} for name, _ in asked):
        # nothing moved: the address still has to say between what
        asked = [("from", values[0][0]), ("to", values[0][1]), *(item for item in asked if item[0] != "at")]
    return [*asked, ("standing", after.floor.label)]


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


def state_link(links: Links, timeline: str, basis: Basis) -> str:
    """The address of the state at a basis, for good."""
    asked = [
        ("at", format_moment(basis.at)),
        ("known", format_moment(basis.known)),
        ("revision", str(basis.revision)),
        ("standing", basis.floor.label),
    ]
    return links.state(timeline, asked)


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
