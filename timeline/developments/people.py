"""People who come and go below the top: hires, offers, leaves of absence, departures."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from timeline.developments.detail import Detail, Setting
from timeline.developments.fields import NOT_EMPTY, Part, Since
from timeline.facts import Fact
from timeline.names import EntityId
from timeline.sources import Line
from timeline.values import StageValue, TextValue


class Move(Part):
    """One person, or a group described as one entity, on the way out, in or both."""

    person: Annotated[EntityId, Field(description="who moves: a person, or a group described as one entity")]
    leaves: Annotated[EntityId | None, Field(description="the organisation left")] = None
    organisation: Annotated[EntityId | None, Field(description="the organisation joined, or stayed with")] = None
    stage: Annotated[
        Literal["offered", "announced", "employed", "on-leave"],
        Field(description="how far it has come at `organisation`; an announced hire is not yet employment"),
    ] = "employed"
    role: Annotated[Line | None, Field(description="the post at `organisation`, in words")] = None
    since: Since = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.leaves is None and self.organisation is None:
            raise ValueError('give "leaves", "organisation" or both: where from and where to')
        if self.leaves == self.organisation:
            raise ValueError('"leaves" and "organisation" are the same: leave "leaves" out')
        if self.role is not None and (self.organisation is None or self.stage in {"offered", "announced"}):
            raise ValueError('"role" is a post held at "organisation": leave it out until the person is employed')
        return self


class People(Detail):
    """Moves that belong together."""

    kind: Literal["people"] = "people"
    moves: Annotated[
        tuple[Move, ...],
        NOT_EMPTY,
        Field(description="one entry for each person or group", json_schema_extra={"minItems": 1}),
    ]

    def facts(self, setting: Setting) -> tuple[Fact, ...]:  # noqa: ARG002 - needs no setting
        """Employment and role at the organisation joined; both end at the one left."""
        return tuple(fact for move in self.moves for fact in _facts_of(move))


def _facts_of(move: Move) -> list[Fact]:
    found = []
    if move.leaves:
        found += [
            Fact(subject=move.person, attribute=attribute, object=move.leaves, end=True, since=move.since)
            for attribute in ("employment", "role")
        ]
    if move.organisation:
        found.append(
            Fact(
                subject=move.person,
                attribute="employment",
                object=move.organisation,
                value=StageValue(stage=move.stage),
                since=move.since,
            )
        )
        if move.role:
            found.append(
                Fact(
                    subject=move.person,
                    attribute="role",
                    object=move.organisation,
                    value=TextValue(text=move.role),
                    since=move.since,
                )
            )
    return found
