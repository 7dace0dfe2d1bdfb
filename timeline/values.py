"""The values that a fact can have: tagged, frozen, with decimals that travel as strings.

A value may carry a `note` (a remark for the reader: "interim") and a `status` (for terms: "in force",
"proposed"). Two facts are rivals when their values *differ*; a note alone makes no difference.
"""

import re
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Final, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)

from timeline.dates import EdtfDate
from timeline.names import EntityId

ShortText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]

# together no more than the default context of `decimal` keeps, so that `normalize` never rounds
_WHOLE_DIGITS: Final = 18
_DECIMAL_PLACES: Final = 10
_WRITTEN: Final = rf"[+-]?[0-9]{{1,{_WHOLE_DIGITS}}}(?:\.[0-9]{{1,{_DECIMAL_PLACES}}})?"


def _decimal_from(given: object) -> object:
    if isinstance(given, bool | float):
        raise ValueError('write the number as a string of digits, such as "13750000000" or "27.5"')
    if isinstance(given, str):
        if not re.fullmatch(_WRITTEN, given):
            raise ValueError(
                f'"{given[:40]}" is not a number: write up to {_WHOLE_DIGITS} digits, then a point and up to '
                f'{_DECIMAL_PLACES} more if need be, such as "27.5"'
            )
        return Decimal(given)
    return given


def _plain(number: Decimal) -> Decimal:
    return number.normalize() if number else Decimal(0)


Number = Annotated[
    Decimal,
    BeforeValidator(_decimal_from),
    Field(max_digits=_WHOLE_DIGITS + _DECIMAL_PLACES, decimal_places=_DECIMAL_PLACES),
    AfterValidator(_plain),
    PlainSerializer(lambda number: format(number, "f"), return_type=str),
    WithJsonSchema({"type": "string", "pattern": f"^{_WRITTEN}$", "examples": ["13750000000"]}),
]
"""An exact decimal; JSON carries it as a string, since binary fractions would change it."""


class Qualifier(StrEnum):
    """How exactly an amount is meant."""

    ABOUT = "about"
    AT_LEAST = "at-least"
    UP_TO = "up-to"
    MORE_THAN = "more-than"


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    status: ShortText | None = None
    note: ShortText | None = None

    def differs_from(self, other: "_Value") -> bool:
        """Whether the two values contradict each other; notes make no difference."""
        if type(self) is not type(other):
            return True
        mine, theirs = dict(self), dict(other)
        mine.pop("note")
        theirs.pop("note")
        return mine != theirs


class EntityValue(_Value):
    """Another entity: the person who is chief executive, the organisation in control."""

    type: Literal["entity"] = "entity"
    id: EntityId


class TextValue(_Value):
    """Words: a capacity, a legal form, how a clause reads."""

    type: Literal["text"] = "text"
    text: ShortText


class StageValue(_Value):
    """One of the stages that the vocabulary lists for the attribute."""

    type: Literal["stage"] = "stage"
    stage: ShortText


class _Amount(_Value):
    """A number, or a range of which one end may be missing."""

    low: Number | None = None
    high: Number | None = None
    qualifier: Qualifier | None = None

    def _check_range(self, exact: Decimal | None, name: str) -> Self:
        if exact is None and self.low is None and self.high is None:
            raise ValueError(f'give "{name}", or "low" and "high" for a range')
        if exact is not None and (self.low is not None or self.high is not None):
            raise ValueError(f'give either "{name}" or a range of "low" and "high", not both')
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError('"low" is greater than "high": swap them')
        return self


class MoneyForm(StrEnum):
    """In what a sum is paid."""

    CASH = "cash"
    CREDITS = "credits"
    IN_KIND = "in-kind"
    MIXED = "mixed"


class MoneyValue(_Amount):
    """A sum of money; the currency is never guessed."""

    type: Literal["money"] = "money"
    amount: Number | None = None
    currency: Annotated[
        str,
        StringConstraints(pattern=r"^[A-Z]{3}$"),
        Field(description="ISO 4217 code, three capital letters", examples=["USD"]),
    ]
    form: MoneyForm | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        return self._check_range(self.amount, "amount")


class PercentValue(_Amount):
    """A share of a hundred."""

    type: Literal["percent"] = "percent"
    value: Number | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        return self._check_range(self.value, "value")


class QuantityValue(_Amount):
    """A number of something: gigawatts, employees, signatures."""

    type: Literal["quantity"] = "quantity"
    amount: Number | None = None
    unit: ShortText

    @model_validator(mode="after")
    def _check(self) -> Self:
        return self._check_range(self.amount, "amount")


class DateValue(_Value):
    """A date, such as the one until which a right runs."""

    type: Literal["date"] = "date"
    date: EdtfDate


class BooleanValue(_Value):
    """Yes or no."""

    type: Literal["boolean"] = "boolean"
    value: bool


Value = Annotated[
    EntityValue | TextValue | StageValue | MoneyValue | PercentValue | QuantityValue | DateValue | BooleanValue,
    Field(discriminator="type"),
]
"""Any value, told apart by its `type`."""
