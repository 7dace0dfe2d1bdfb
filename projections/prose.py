"""Values and facts as a reader would say them."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from timeline.vocabulary import Attribute

NameOf = Callable[[str], str]
"""The name of an entity, by its slug."""

_SCALES = ((Decimal(10) ** 12, "trillion"), (Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))
_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
_QUALIFIERS = {"about": "about ", "at-least": "at least ", "up-to": "up to ", "more-than": "more than "}
_FORMS = {"cash": " in cash", "credits": " in credits", "in-kind": " in kind", "mixed": " in cash and credits"}


def number_text(number: Decimal) -> str:
    """Digits with commas by thousands, and no trailing zeros."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def money_text(amount: Decimal, currency: str) -> str:
    """A sum as newspapers print it: $13.75 billion, €40 million, CHF 1,200."""
    if amount < 0:
        return f"−{money_text(-amount, currency)}"
    sign = _SIGNS.get(currency, f"{currency} ")
    for scale, word in _SCALES:
        if amount >= scale:
            return f"{sign}{number_text(amount / scale)} {word}"
    return f"{sign}{number_text(amount)}"


def _amount_text(value: Mapping[str, Any], exact: str, show: Callable[[Decimal], str]) -> str:
    qualifier = _QUALIFIERS.get(value.get("qualifier") or "", "")
    if value.get(exact) is not None:
        return qualifier + show(Decimal(value[exact]))
    low, high = value.get("low"), value.get("high")
    if low is not None and high is not None:
        return f"{qualifier}{show(Decimal(low))} to {show(Decimal(high))}"
    return f"at least {show(Decimal(low))}" if low is not None else f"up to {show(Decimal(str(high)))}"


def value_text(value: Mapping[str, Any], name_of: NameOf) -> str:
    """A value in words, with its status and note in brackets."""
    match value["type"]:
        case "entity":
            text = name_of(value["id"])
        case "text":
            text = value["text"]
        case "stage":
            text = value["stage"].replace("-", " ")
        case "money":
            text = _amount_text(value, "amount", lambda amount: money_text(amount, value["currency"]))
            text += _FORMS.get(value.get("form") or "", "")
        case "percent":
            text = _amount_text(value, "value", lambda share: f"{number_text(share)}%")
        case "quantity":
            text = f"{_amount_text(value, 'amount', number_text)} {value['unit']}"
        case "date":
            text = value["date"]
        case _:
            text = "yes" if value["value"] else "no"
    status, note = value.get("status"), value.get("note")
    if not status and not note:  # as most are
        return text
    return f"{text} ({'; '.join(filter(None, (status, note)))})"


def fact_text(
    attribute: Attribute, subject: str, object_: str | None, value: Mapping[str, Any], name_of: NameOf
) -> str:
    """The sentence of a fact, by the template of its attribute."""
    return attribute.template.format(
        subject=name_of(subject),
        object=name_of(object_) if object_ else "",
        value=value_text(value, name_of),
    )
