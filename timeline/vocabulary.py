"""The vocabulary: which attributes there are, and what a fact with each of them may look like. Data, not code.

`vocabulary.yaml` beside this module lists sections and attributes. `Vocabulary.check` is the one place where a
fact meets it.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import Annotated, Any, Final, Literal, Self

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from timeline.errors import InvalidInput, UnknownAttribute
from timeline.facts import Fact, RecordedFact
from timeline.names import AttributeName

# A vocabulary is read at every start, and the pure reader takes ten times as long.
_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

ValueType = Literal["entity", "text", "stage", "money", "percent", "quantity", "date", "boolean"]


class Cardinality(StrEnum):
    """How many facts of one attribute a subject can have at once.

    `one`: a later fact of the same key ends the earlier for good. `many`: each object has a fact of its own.
    `each`: each development has a fact of its own.
    """

    ONE = "one"
    MANY = "many"
    EACH = "each"


class ObjectUse(StrEnum):
    """Whether a fact of the attribute has an object."""

    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"


def _as_tuple(given: Any) -> Any:
    return (given,) if isinstance(given, str) else given


class Attested(BaseModel):
    """Verbs of which one has to be told of a person: facts say that an office ended, titles who ended it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    did: Annotated[tuple[str, ...], Field(description="what the person did, such as resign")] = ()
    suffered: Annotated[tuple[str, ...], Field(description="what was done to the person, such as dismiss")] = ()


class Phrase(BaseModel):
    """Sentences by which an attribute is spoken of, and what they say of it.

    A sentence is written in lower case. Slots stand for what it names: `{subject}`, `{object}`, `{value}`, or the
    name of another attribute, for the entity that is its object (or value) under the same subject: `{plaintiff}` of
    a lawsuit; after `object.`, under the same object. `{value:person|organisation}` takes those kinds only. A verb in
    any form is `<own>`; `<own|hold>` is either. `[words]` may be missing, `(one|other)` is a choice, and `$stake` is
    a wording of the vocabulary. The articles "the" and "a" need not be written; where "a" is, "no" may stand too.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    says: Annotated[tuple[str, ...], BeforeValidator(_as_tuple), Field(min_length=1)]
    aspect: Annotated[
        Literal["holds", "began", "ended"], Field(description="whether it is so, became so or ceased to be so")
    ] = "holds"
    value: Annotated[
        str | None, Field(description="the stage, words or entity that the sentence names without a slot")
    ] = None
    status: Annotated[str | None, Field(description="the status of the value that the sentence tells")] = None
    negated: Annotated[bool, Field(description="whether the sentence denies it")] = False
    is_loss: Annotated[bool, Field(description="whether the amount is meant with a minus")] = False
    attested: Annotated[
        Attested, Field(description="what the title of a development must tell of the person for the phrase to be read")
    ] = Attested()


def _phrase(given: Any) -> Any:
    return {"says": given} if isinstance(given, str) else given


class Attribute(BaseModel):
    """One attribute. `template` is the sentence for prose, with {subject}, {object} and {value}."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: AttributeName
    section: str
    label: str
    definition: str
    cardinality: Cardinality
    subject: str
    object: ObjectUse
    values: tuple[ValueType, ...]
    stages: tuple[str, ...] = ()
    final_stages: tuple[str, ...] = ()
    closed: bool = False
    template: str
    end_template: str | None = None
    phrases: tuple[Annotated[Phrase, BeforeValidator(_phrase)], ...] = ()
    tells: Annotated[
        bool, Field(description="whether a value is a clause of its own, so that a sentence in the same words says it")
    ] = False
    words: Annotated[
        Mapping[str, tuple[str, ...]],
        Field(description="words that a value can have, or units it is counted in, each with other ways to say it"),
    ] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _check(self) -> Self:
        if ("stage" in self.values) != bool(self.stages):
            raise ValueError(f'{self.name}: "stages" and the value type "stage" go together')
        if self.cardinality is Cardinality.MANY and self.object is ObjectUse.NONE:
            raise ValueError(f"{self.name}: cardinality many needs an object to tell its facts apart")
        if not set(self.final_stages) <= set(self.stages):
            raise ValueError(f'{self.name}: every final stage must be one of "stages"')
        return self


class Section(BaseModel):
    """A part of the state, such as leadership."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    title: str


class Vocabulary(BaseModel):
    """All sections, in the order in which state shows them, and all attributes.

    `wordings` are parts that several phrases share, by name.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    sections: tuple[Section, ...]
    wordings: Mapping[str, str] = Field(default_factory=dict)
    attributes: Mapping[str, Attribute]

    @model_validator(mode="before")
    @classmethod
    def _attributes_by_name(cls, given: Any) -> Any:
        if isinstance(given, dict) and isinstance(given.get("attributes"), list):
            return {**given, "attributes": {item.get("name"): item for item in given["attributes"]}}
        return given

    @model_validator(mode="after")
    def _check(self) -> Self:
        known = {section.name for section in self.sections}
        for attribute in self.attributes.values():
            if attribute.section not in known:
                raise ValueError(f'{attribute.name}: there is no section "{attribute.section}"')
        return self

    def attribute(self, name: str, *, field: str = "attribute") -> Attribute:
        """The attribute of that name.

        Raises:
            UnknownAttribute: there is none; the remedy names close ones.
        """
        found = self.attributes.get(name)
        if found is None:
            raise UnknownAttribute(f'the vocabulary has no attribute "{name}".', field=field, remedy=self._remedy(name))
        return found

    def check(self, fact: Fact | RecordedFact, *, field: str = "fact") -> Attribute:
        """The attribute of a fact that keeps to the vocabulary.

        Raises:
            InvalidInput: the object, the type of the value or the stage is not what the attribute asks for.
            UnknownAttribute: the vocabulary does not have the attribute.
        """
        attribute = self.attributes.get(fact.attribute) or self.attribute(fact.attribute, field=f"{field}.attribute")
        if fact.object is None:
            if attribute.object is ObjectUse.REQUIRED:
                raise InvalidInput(
                    f'"{attribute.name}" needs an object.',
                    field=f"{field}.object",
                    remedy=f"Say which one: {attribute.definition}",
                )
        elif attribute.object is ObjectUse.NONE:
            raise InvalidInput(
                f'"{attribute.name}" takes no object.', field=f"{field}.object", remedy="Leave the object out."
            )
        if fact.development is not None and attribute.cardinality is not Cardinality.EACH:
            raise InvalidInput(
                f'"{attribute.name}" does not keep developments apart.',
                field=f"{field}.development",
                remedy="Leave the development out.",
            )
        if fact.end and fact.development is None and attribute.cardinality is Cardinality.EACH:
            raise InvalidInput(
                f'each development has its own "{attribute.name}".',
                field=f"{field}.development",
                remedy="Name the development whose fact ends.",
            )
        value = fact.value
        if value is not None:
            if value.type not in attribute.values:
                raise InvalidInput(
                    f'"{attribute.name}" takes a value of type {_either(attribute.values)}, not "{value.type}".',
                    field=f"{field}.value.type",
                    remedy=f"Give a value of type {_either(attribute.values)}.",
                )
            if value.type == "stage" and value.stage not in attribute.stages:
                raise InvalidInput(
                    f'"{attribute.name}" has no stage "{value.stage}".',
                    field=f"{field}.value.stage",
                    remedy=f"Use one of {_either(attribute.stages)}.",
                )
        return attribute

    def _remedy(self, name: str) -> str:
        # difflib is not imported at the top: only mistakes need it
        from difflib import get_close_matches  # noqa: PLC0415

        close = get_close_matches(name, list(self.attributes), n=3, cutoff=0.5)
        if close:
            return f"Did you mean {_either(tuple(close))}?"
        return "The vocabulary at /v1/vocabulary lists all attributes."


def _either(names: tuple[str, ...]) -> str:
    quoted = [f'"{name}"' for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"


@lru_cache(maxsize=1)
def default_vocabulary() -> Vocabulary:
    """The vocabulary that ships with the service."""
    text = files("timeline").joinpath("vocabulary.yaml").read_text(encoding="utf-8")
    return Vocabulary.model_validate(yaml.load(text, Loader=_LOADER))  # noqa: S506 - a safe loader
