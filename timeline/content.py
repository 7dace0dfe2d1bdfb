"""What a development says: the content of one of its versions.

A version of a development is complete: a correction carries the whole content as it now reads, so that each
version can be understood, shown and checked by itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Annotated, Any, Final, NamedTuple, Self, cast

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, model_validator

from timeline.dates import EdtfDate, parse_date
from timeline.developments.detail import Setting, entities_named_in
from timeline.developments.kinds import AnyDetail
from timeline.errors import read_from
from timeline.facts import Fact, Key, RecordedFact, Statement, check_order
from timeline.names import EntityId
from timeline.sources import Line, Source
from timeline.standing import STANDINGS, Standing
from timeline.values import Value
from timeline.vocabulary import Cardinality, Vocabulary


class Party(BaseModel):
    """An entity that took part, and as what."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    entity: EntityId
    role: Line | None = None


class Content(BaseModel):
    """One thing that happened or was reported, as one version of its development tells it.

    `facts` stand besides those that the `detail` derives. `standing` holds for every fact that names none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Line
    summary: Annotated[str, StringConstraints(strip_whitespace=True, max_length=8000)] = ""
    occurred: EdtfDate
    standing: Standing
    detail: AnyDetail
    parties: tuple[Party, ...] = ()
    facts: tuple[Fact, ...] = ()
    sources: Annotated[tuple[Source, ...], Field(max_length=100)] = ()

    @model_validator(mode="after")
    def _check(self) -> Self:
        urls = [source.url for source in self.sources]
        if len(urls) != len(set(urls)):
            raise ValueError("two sources have the same url: name each document once")
        return self

    @property
    def kind(self) -> str:
        """The kind of the development, as its detail has it."""
        return self.detail.kind

    @cached_property
    def _entities(self) -> frozenset[str]:
        return frozenset(entities_named_in(self))

    def entities(self) -> frozenset[str]:
        """Every entity the content names: parties, detail, subjects, objects and entity values of its facts."""
        return self._entities

    def named_entities(self) -> tuple[str, ...]:
        """The entities by which the development is found: parties first, then all others by name."""
        return _named([party.entity for party in self.parties], self.entities())


_DETAIL: Final[TypeAdapter[AnyDetail]] = TypeAdapter(AnyDetail)


class StatingPart(NamedTuple):
    """The part of a content from which its statements and entities follow.

    A recorded content was validated as a whole when it was recorded: who has its JSON and wants no more than this need
    not validate its facts, sources and texts once more. Only the detail is, since it derives facts.
    """

    occurred: EdtfDate
    standing: Standing
    detail: AnyDetail
    parties: tuple[str, ...]
    facts: tuple[RecordedFact, ...]

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        """The part of the content that is stored as this JSON.

        Raises:
            KeyError: it is no such content, or there is no such standing.
            ValueError: its detail or a date cannot be read.
        """
        return cls(
            parse_date(stored["occurred"]),
            STANDINGS[stored["standing"]],
            _DETAIL.validate_python(stored["detail"]),
            tuple([party["entity"] for party in stored.get("parties", ())]),
            tuple([RecordedFact.read(fact) for fact in stored.get("facts", ())]),
        )

    @property
    def kind(self) -> str:
        """The kind of the development, as its detail has it."""
        return self.detail.kind

    def named_entities(self) -> tuple[str, ...]:
        """See `Content.named_entities`."""
        entities = entities_named_in(self.detail)
        for fact in self.facts:
            entities += fact.entities
        return _named(self.parties, entities)


def _named(parties: Sequence[str], entities: Iterable[str]) -> tuple[str, ...]:
    if not parties:
        return tuple(sorted({*entities}))
    first = dict.fromkeys(parties)
    return (*first, *sorted({*entities}.difference(first)))


def statements_of(
    content: Content | StatingPart, *, timeline: str, development: str, vocabulary: Vocabulary
) -> tuple[Statement, ...]:
    """All statements that the content makes, derived and explicit, with their defaults filled in.

    Raises:
        InvalidInput: a fact breaks the vocabulary, or ends before it begins; the field says which one.
    """
    derived = content.detail.facts(Setting(timeline, content.occurred))
    statements = []
    facts: tuple[Fact | RecordedFact, ...] = (*derived, *content.facts)
    for number, fact in enumerate(facts, start=-len(derived)):
        field = "detail" if number < 0 else f"facts.{number}"
        attribute = vocabulary.check(fact, field=field)
        since, until = fact.since or content.occurred, fact.until
        if until is not None:
            with read_from(f"{field}.until"):
                check_order(since, until)
        each = attribute.cardinality is Cardinality.EACH
        key = Key(
            timeline, fact.subject, fact.attribute, fact.object, (fact.development or development) if each else None
        )
        value = cast("Value | None", fact.value)  # who reads what is recorded asks a value for its JSON alone
        statements.append(Statement(key, value, since, until, fact.standing or content.standing))
    return tuple(statements)


__all__ = ["Content", "Party", "StatingPart", "statements_of"]
