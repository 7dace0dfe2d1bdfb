"""Products and the models in them, research behind them, and safety around them."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from timeline.developments.detail import Detail, Setting
from timeline.developments.fields import NOT_EMPTY, Ends, Part, Since
from timeline.facts import Fact
from timeline.names import EntityId
from timeline.sources import Line
from timeline.values import StageValue, TextValue


class UsedModel(Part):
    """A model or technology that the product uses, or uses no longer."""

    model: Annotated[EntityId, Field(description="the model or technology")]
    how: Annotated[Line, Field(description="for what, in words", examples=["default model"])] = "in use"
    ends: Ends = False


class Product(Detail):
    """A product is announced or offered, or changes what it is built on."""

    kind: Literal["product"] = "product"
    product: Annotated[EntityId, Field(description="the product")]
    developer: Annotated[EntityId | None, Field(description="who develops it")] = None
    availability: Annotated[
        Literal["announced", "preview", "limited", "available", "withdrawn"] | None,
        Field(description="who can have it now; leave out if that does not change"),
    ] = None
    uses: Annotated[tuple[UsedModel, ...], Field(description="the models it uses, where that changes")] = ()
    offered_through: Annotated[tuple[EntityId, ...], Field(description="who offers it besides its developer")] = ()
    since: Since = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        models = [used.model for used in self.uses]
        if len(models) != len(set(models)):
            raise ValueError('"uses" names one model twice: give each one entry')
        return self

    def facts(self, setting: Setting) -> tuple[Fact, ...]:  # noqa: ARG002 - needs no setting
        """Developer, availability, models used or dropped, and who else offers it, each where given."""
        product, since = self.product, self.since
        found = []
        if self.developer:
            developer = TextValue(text="developer")
            found.append(
                Fact(
                    subject=product,
                    attribute="developer",
                    object=self.developer,
                    value=developer,
                    since=since,
                )
            )
        if self.availability:
            stage = StageValue(stage=self.availability)
            found.append(Fact(subject=product, attribute="availability", value=stage, since=since))
        found += [
            Fact(
                subject=product,
                attribute="uses",
                object=used.model,
                value=None if used.ends else TextValue(text=used.how),
                end=used.ends,
                since=since,
            )
            for used in self.uses
        ]
        offered = TextValue(text="on offer")
        found += [
            Fact(subject=product, attribute="offered_through", object=by, value=offered, since=since)
            for by in self.offered_through
        ]
        return tuple(found)


class Research(Detail):
    """Something was found out or published."""

    kind: Literal["research"] = "research"
    organisations: Annotated[
        tuple[EntityId, ...],
        NOT_EMPTY,
        Field(description="whose result it is", json_schema_extra={"minItems": 1}),
    ]
    result: Annotated[Line | None, Field(description="the result in one sentence; leave out if there is none yet")] = (
        None
    )
    model: Annotated[EntityId | None, Field(description="the model it is about")] = None
    since: Since = None

    def facts(self, setting: Setting) -> tuple[Fact, ...]:  # noqa: ARG002 - needs no setting
        """The result, for each organisation."""
        if not self.result:
            return ()
        result = TextValue(text=self.result)
        return tuple(
            Fact(subject=organisation, attribute="research_result", value=result, since=self.since)
            for organisation in self.organisations
        )


class Safety(Detail):
    """A safety rule is broken, or who watches over safety changes."""

    kind: Literal["safety"] = "safety"
    organisation: Annotated[EntityId, Field(description="the organisation, or the product, that it is about")]
    incident: Annotated[Line | None, Field(description="what happened, in one sentence")] = None
    body: Annotated[EntityId | None, Field(description="the board, committee or team set up or dissolved")] = None
    task: Annotated[Line | None, Field(description="what `body` watches over")] = None
    ends: Annotated[bool, Field(description="whether `body` is dissolved, instead of set up")] = False
    since: Since = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.body is None and (self.task is not None or self.ends):
            raise ValueError('"task" and "ends" are about "body": give "body" or leave them out')
        if self.body is not None and (self.task is None) != self.ends:
            raise ValueError('of "body" give "task" if it is set up, or "ends": true if it is dissolved')
        return self

    def facts(self, setting: Setting) -> tuple[Fact, ...]:  # noqa: ARG002 - needs no setting
        """The incident, and the body with its task or its end, each where given."""
        found = []
        if self.incident:
            incident = TextValue(text=self.incident)
            found.append(Fact(subject=self.organisation, attribute="safety_incident", value=incident, since=self.since))
        if self.body:
            found.append(
                Fact(
                    subject=self.organisation,
                    attribute="safety_body",
                    object=self.body,
                    value=TextValue(text=self.task) if self.task else None,
                    end=self.ends,
                    since=self.since,
                )
            )
        return tuple(found)
