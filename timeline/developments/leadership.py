"""Changes at the top of an organisation: who left which office, and who took it."""

from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from timeline.developments.detail import Detail, Setting
from timeline.developments.fields import NOT_EMPTY, Part, Since
from timeline.facts import Fact
from timeline.names import EntityId
from timeline.sources import Line
from timeline.values import EntityValue, TextValue

OFFICES: Final = {"chief_executive": "chief executive", "president": "president", "board_chair": None}
"""Offices with an attribute of their own, and the post in words; the chair of a board is no post."""


class OfficeChange(Part):
    """One office that changes hands, falls vacant or is filled."""

    role: Annotated[
        Line,
        Field(
            description='"chief_executive", "president", "board_chair", or any other post in words',
            examples=["chief_executive", "chief technology officer"],
        ),
    ]
    left: Annotated[EntityId | None, Field(description="the person who gives up the office")] = None
    took: Annotated[EntityId | None, Field(description="the person who holds the office from then on")] = None
    interim: Annotated[bool, Field(description="whether `took` holds it for the time being only")] = False
    stays_as: Annotated[
        Line | None, Field(description="the post that `left` holds in the organisation from then on, if any")
    ] = None
    since: Since = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.left is None and self.took is None:
            raise ValueError('give "left", "took" or both: somebody has to leave or take the office')
        if self.left == self.took:
            raise ValueError(f'"left" and "took" both name "{self.left}": leave one of them out')
        if self.interim and self.took is None:
            raise ValueError('"interim" says how "took" holds the office: give "took" or leave "interim" out')
        if self.stays_as is not None and self.left is None:
            raise ValueError('"stays_as" says what becomes of "left": give "left" or leave "stays_as" out')
        return self

    @property
    def post(self) -> str | None:
        """The office as a post in words; None where it is none."""
        return OFFICES.get(self.role, self.role)

    @property
    def note(self) -> str | None:
        """What the value of the fact is marked with."""
        return "interim" if self.interim else None


class Leadership(Detail):
    """One or several offices of an organisation change hands on the same occasion."""

    kind: Literal["leadership"] = "leadership"
    organisation: Annotated[EntityId, Field(description="the organisation whose offices change")]
    changes: Annotated[
        tuple[OfficeChange, ...],
        NOT_EMPTY,
        Field(description="one entry for each office", json_schema_extra={"minItems": 1}),
    ]

    @model_validator(mode="after")
    def _check(self) -> Self:
        offices = [change.role for change in self.changes if change.role in OFFICES]
        if len(offices) != len(set(offices)):
            raise ValueError('"changes" names one office twice: say in one entry who left it and who took it')
        return self

    def facts(self, setting: Setting) -> tuple[Fact, ...]:  # noqa: ARG002 - needs no setting
        """Holders of the offices, and the posts that people hold or no longer hold in the organisation."""
        return *self._offices(), *self._posts_taken(), *self._posts_left()

    def _offices(self) -> list[Fact]:
        return [
            Fact(
                subject=self.organisation,
                attribute=change.role,
                value=EntityValue(id=change.took, note=change.note) if change.took else None,
                end=change.took is None,
                since=change.since,
            )
            for change in self.changes
            if change.role in OFFICES
        ]

    def _posts_taken(self) -> list[Fact]:
        # who takes two offices at once holds one post that names both: a person has one post at a time
        taken: dict[str, list[OfficeChange]] = {}
        for change in self.changes:
            if change.took and change.post:
                taken.setdefault(change.took, []).append(change)
        return [
            self._post(
                person,
                " and ".join(change.post for change in changes if change.post),
                next((change.note for change in changes if change.note), None),
                changes[-1],
            )
            for person, changes in taken.items()
        ]

    def _posts_left(self) -> list[Fact]:
        moved_within = {change.took for change in self.changes if change.post}
        left: dict[str, OfficeChange] = {}
        for change in self.changes:
            if not change.left or change.left in moved_within or not (change.post or change.stays_as):
                continue
            if change.stays_as or change.left not in left:
                left[change.left] = change
        return [self._post(person, change.stays_as, None, change) for person, change in left.items()]

    def _post(self, person: str, post: str | None, note: str | None, change: OfficeChange) -> Fact:
        return Fact(
            subject=person,
            attribute="role",
            object=self.organisation,
            value=TextValue(text=post, note=note) if post else None,
            end=post is None,
            since=change.since,
        )
