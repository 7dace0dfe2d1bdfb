"""Short ways to write a value: ``{money: 13.75 billion USD}`` for an amount, a currency and a type.

A short value is expanded by the field it stands in: a fact's `value` can be of any type, a field of a detail only of
those that the detail allows. What is long already is left as it is; numbers stay exact.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Annotated, Any, Final, Union, get_args, get_origin

from pydantic import BaseModel

from timeline.datasets.files import At
from timeline.values import (
    BooleanValue,
    DateValue,
    EntityValue,
    MoneyValue,
    PercentValue,
    QuantityValue,
    StageValue,
    TextValue,
)

VALUES: Final[dict[str, type[BaseModel]]] = {
    "entity": EntityValue,
    "text": TextValue,
    "stage": StageValue,
    "money": MoneyValue,
    "percent": PercentValue,
    "quantity": QuantityValue,
    "date": DateValue,
    "boolean": BooleanValue,
}
"""The types of value by the name that a short value gives them."""

_SCALES: Final = {"": 0, "thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_NUMBER: Final = r"-?[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?"
_RANGE: Final = rf"(?P<low>{_NUMBER})(?:\s*[-–]\s*(?P<high>{_NUMBER}))?"
_SCALE: Final = r"(?:\s*(?P<scale>thousand|million|billion|trillion))?"
_MONEY: Final = re.compile(rf"{_RANGE}{_SCALE}\s+(?P<currency>[A-Z]{{3}})")
_PERCENT: Final = re.compile(rf"{_RANGE}\s*%?")
_QUANTITY: Final = re.compile(rf"{_RANGE}{_SCALE}\s+(?P<unit>\S.*)")


@dataclass(frozen=True, slots=True)
class Slip:
    """Something that cannot be expanded, and where it stands."""

    at: At
    message: str
    remedy: str = ""


def expand(given: Any, annotation: Any, at: At = ()) -> tuple[Any, list[Slip]]:
    """What was written for a field of that type, with every short value in it written out.

    Fields that the type does not have are told of and left out.
    """
    slips: list[Slip] = []
    return _expand(given, annotation, at, slips), slips


def _expand(given: Any, annotation: Any, at: At, slips: list[Slip]) -> Any:
    models = _models(annotation)
    if isinstance(given, list):
        return [_expand(item, annotation, (*at, number), slips) for number, item in enumerate(given)]
    types = {name: model for name, model in VALUES.items() if model in models}
    if types:
        return _value(given, types, at, slips)
    if isinstance(given, dict) and len(models) == 1:
        return expand_fields(given, models[0], at, slips)
    return given


def expand_fields(given: Mapping[str, Any], model: type[BaseModel], at: At, slips: list[Slip]) -> dict[str, Any]:
    """The fields of a model with every short value in them written out."""
    found = {}
    for name, item in given.items():
        field = model.model_fields.get(name)
        if field is None:
            slips.append(_no_field(name, model, (*at, name)))
        else:
            found[name] = _expand(item, field.annotation, (*at, name), slips)
    return found


def _no_field(name: str, model: type[BaseModel], at: At) -> Slip:
    names = [known for known in model.model_fields if known not in {"kind", "type"}]
    return Slip(at, f'there is no field "{name}" here.', f"The fields are {', '.join(names)}.")


@cache
def _models(annotation: Any) -> tuple[type[BaseModel], ...]:
    """The models that an annotation can hold, inside unions, tuples and marks."""
    return tuple(dict.fromkeys(_found(annotation)))


def _found(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) is Annotated:
        yield from _found(get_args(annotation)[0])
    elif get_origin(annotation) in {Union, UnionType, tuple}:
        for part in get_args(annotation):
            yield from _found(part)


def _value(given: Any, types: Mapping[str, type[BaseModel]], at: At, slips: list[Slip]) -> Any:
    """A value of one of the types, in its long form; None for none, and for what cannot be read."""
    only = next(iter(types)) if len(types) == 1 else None
    if isinstance(given, str | bool) and only is not None:
        given = {only: given}
    if given is None or (isinstance(given, dict) and "type" in given):
        return given
    named = [name for name in types if name in given] if isinstance(given, dict) else []
    if len(named) == 1:
        return _written_out(named[0], given, types[named[0]], at, slips)
    if isinstance(given, dict) and only is not None:
        return {"type": only, **given}
    told = "this names no type of value it can have."
    if not isinstance(given, dict):
        told = "this is not a value."
    elif named:
        told = f"this says {' and '.join(named)} at once."
    slips.append(Slip(at, told, f"Write it as in {' or '.join(_EXAMPLES[name] for name in types)}."))
    return None


def _written_out(
    name: str, given: Mapping[str, Any], model: type[BaseModel], at: At, slips: list[Slip]
) -> dict[str, Any] | None:
    expanded = _EXPANDERS[name](given[name])
    if expanded is None:
        told = f'"{given[name]}" cannot be read as {name}.'
        slips.append(Slip((*at, name), told, f"Write it as in {_EXAMPLES[name]}."))
        return None
    value = {"type": name, **expanded}
    for field, item in given.items():
        if field == name:
            continue
        if field not in model.model_fields:
            slips.append(_no_field(field, model, (*at, field)))
        elif field in expanded:
            slips.append(Slip((*at, field), f'"{field}" is said twice.', f'Leave it out: "{name}" says it.'))
        else:
            value[field] = item
    return value


def _bounds(match: re.Match[str], exact: str) -> dict[str, str]:
    scale = _SCALES[match.groupdict().get("scale") or ""]
    low, high = (
        None if text is None else format(Decimal(text.replace(",", "")).scaleb(scale), "f")
        for text in (match["low"], match["high"])
    )
    assert low is not None  # noqa: S101 - every pattern has it
    return {exact: low} if high is None else {"low": low, "high": high}


def _money(text: Any) -> dict[str, str] | None:
    match = _MONEY.fullmatch(str(text))
    return {**_bounds(match, "amount"), "currency": match["currency"]} if match else None


def _percent(text: Any) -> dict[str, str] | None:
    match = _PERCENT.fullmatch(str(text))
    return _bounds(match, "value") if match else None


def _quantity(text: Any) -> dict[str, str] | None:
    match = _QUANTITY.fullmatch(str(text))
    return {**_bounds(match, "amount"), "unit": match["unit"]} if match else None


def _field(name: str) -> Callable[[Any], dict[str, Any] | None]:
    return lambda given: {name: given}


_EXPANDERS: Final[dict[str, Callable[[Any], dict[str, Any] | None]]] = {
    "entity": _field("id"),
    "text": _field("text"),
    "stage": _field("stage"),
    "money": _money,
    "percent": _percent,
    "quantity": _quantity,
    "date": _field("date"),
    "boolean": _field("value"),
}

_EXAMPLES: Final = {
    "entity": "{entity: some-slug}",
    "text": "{text: some words}",
    "stage": "{stage: filed}",
    "money": "{money: 13.75 billion USD}, {money: 10-12 billion USD}",
    "percent": "{percent: 27}, {percent: 30-35}",
    "quantity": "{quantity: 6 gigawatts}",
    "date": "{date: 2032-12-31}",
    "boolean": "{boolean: true}",
}
