"""What every detail has in common: it is typed, frozen, and derives its facts without looking anything up."""

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel, ConfigDict

from timeline.dates import EdtfDate
from timeline.facts import Fact
from timeline.names import EntityRef


class Setting(NamedTuple):
    """Where a development stands: what a detail may know beyond its own fields."""

    timeline: str
    occurred: EdtfDate


class Detail(BaseModel):
    """Base of all details. A subclass fixes `kind` and implements `facts`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def facts(self, setting: Setting) -> tuple[Fact, ...]:
        """The facts this detail stands for; dates left out default to those of the development."""
        raise NotImplementedError

    def entities(self) -> frozenset[str]:
        """The slugs of all entities that the fields of the detail name, at any depth."""
        return frozenset(entities_named_in(self))


def entities_named_in(model: BaseModel) -> list[str]:
    """All slugs in fields marked as references to entities, at any depth of the model."""
    found: list[str] = []
    _collect(model, found)
    return found


def _collect(model: BaseModel, found: list[str]) -> None:
    fields = _fields_with_entities(type(model))
    given = model.__dict__ if fields else {}
    for name, is_reference in fields:
        held = given[name]
        if held:  # most fields are left out
            # what a model is not, `isinstance` finds out slowly: so it is only asked what is likely
            for item in held if type(held) is tuple else (held,):
                if is_reference and isinstance(item, str):
                    found.append(item)
                else:
                    _collect(item, found)


@cache
def _fields_with_entities(model: type[BaseModel]) -> tuple[tuple[str, bool], ...]:
    """The fields that are references to entities, or hold models that may have some; what is no model has none."""
    if not issubclass(model, BaseModel):
        return ()
    found = []
    for name, field in model.model_fields.items():
        parts = [field.annotation, *field.metadata, *_parts(field.annotation)]
        is_reference = any(isinstance(part, EntityRef) for part in parts)
        if is_reference or any(isinstance(part, type) and issubclass(part, BaseModel) for part in parts):
            found.append((name, is_reference))
    return tuple(found)


def _parts(annotation: Any) -> Iterator[Any]:
    """What an annotation is made of: the types in it and the marks on them."""
    for part in (*get_args(annotation), *getattr(annotation, "__metadata__", ())):
        yield part
        yield from _parts(part)
