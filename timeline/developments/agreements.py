"""What the parties have agreed: agreements, the terms in them, and licences."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from timeline.developments.detail import Detail, Setting
from timeline.developments.fields import Ends, Since, Until
from timeline.facts import Fact
from timeline.names import EntityId
from timeline.sources import Line
from timeline.values import DateValue, MoneyValue, StageValue, TextValue

AgreementStage = Literal["proposed", "signed", "in-force", "amended", "superseded", "expired", "terminated"]
"""The stages of the attribute `agreement`."""


class Agreement(Detail):
    """An agreement is proposed, signed, amended or over. What it says are developments of kind `term`."""

    kind: Literal["agreement"] = "agreement"
    agreement: Annotated[EntityId, Field(description="the agreement")]
    stage: Annotated[AgreementStage, Field(description="where it stands now")]
    binding: Annotated[bool, Field(description="false for what binds nobody, such as a letter of intent")] = True
    supersedes: Annotated[tuple[EntityId, ...], Field(description="earlier agreements that it replaces")] = ()
    since: Since = None
    until: Until = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.agreement in self.supersedes:
            raise ValueError('"supersedes" names the agreement itself: name earlier agreements only')
        return self

    def facts(self, setting: Setting) -> tuple[Fact, ...]:
        """The stage of the agreement, and that of those it replaces."""
        note = None if self.binding else "not binding"
        return (
            Fact(
                subject=setting.timeline,
                attribute="agreement",
                object=self.agreement,
                value=StageValue(stage=self.stage, note=note),
                since=self.since,
                until=self.until,
            ),
            *(
                Fact(
                    subject=setting.timeline,
                    attribute="agreement",
                    object=earlier,
                    value=StageValue(stage="superseded"),
                    since=self.since,
                )
                for earlier in self.supersedes
            ),
        )


class Term(Detail):
    """How a clause of an agreement now reads, or that it applies no longer."""

    kind: Literal["term"] = "term"
    agreement: Annotated[EntityId, Field(description="the agreement that holds the clause")]
    term: Annotated[EntityId, Field(description="the clause, such as `ip-license`")]
    value: Annotated[
        Annotated[TextValue | DateValue | MoneyValue, Field(discriminator="type")] | None,
        Field(description="how it reads: words, the date until which it runs, or a sum; with its `status`"),
    ] = None
    ends: Ends = False
    since: Since = None
    until: Until = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.ends and (self.value is not None or self.until is not None):
            raise ValueError('"ends" says that the clause no longer applies: leave out "value" and "until"')
        if not self.ends and self.value is None:
            raise ValueError('give "value", how the clause reads (or "ends": true, if it no longer applies)')
        return self

    def facts(self, setting: Setting) -> tuple[Fact, ...]:
        """The clause with its new reading, or its end."""
        return (
            Fact(
                subject=setting.timeline,
                attribute="term",
                object=self.term,
                value=self.value,
                since=self.since,
                until=self.until,
                end=self.ends,
            ),
        )


class License(Detail):
    """A licensor lets a licensee use its technology, or no longer does."""

    kind: Literal["license"] = "license"
    licensee: Annotated[EntityId, Field(description="who may use the technology")]
    licensor: Annotated[EntityId, Field(description="whose technology it is")]
    scope: Annotated[Line | None, Field(description="what may be used, and for what")] = None
    exclusive: Annotated[bool | None, Field(description="whether others are shut out; leave out if not known")] = None
    ends: Ends = False
    since: Since = None
    until: Until = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.ends and (self.scope is not None or self.exclusive is not None or self.until is not None):
            raise ValueError('"ends" says that the licence is over: leave out all that describes it')
        if not self.ends and self.scope is None:
            raise ValueError('give "scope", what may be used (or "ends": true, if the licence is over)')
        return self

    def facts(self, setting: Setting) -> tuple[Fact, ...]:  # noqa: ARG002 - needs no setting
        """The licence, its exclusivity as the status of the value, or its end."""
        status = None if self.exclusive is None else "exclusive" if self.exclusive else "not exclusive"
        return (
            Fact(
                subject=self.licensee,
                attribute="licence",
                object=self.licensor,
                value=TextValue(text=self.scope, status=status) if self.scope else None,
                since=self.since,
                until=self.until,
                end=self.ends,
            ),
        )
