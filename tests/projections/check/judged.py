"""A small record told, and claims put to it, in one line each."""

from __future__ import annotations

from typing import Any

from projections.check.answer import Checked
from projections.check.checker import Checker
from projections.check.claim import Aspect, Claim, Comparison, Tense, When
from tests.projections.recorded import Kept
from tests.timeline.telling import TIMELINE
from timeline.dates import parse_date

CHECKER = Checker()


def leads(person: str, **more: Any) -> Claim:
    """That somebody is chief executive of Acme."""
    return claim("acme", "chief_executive", None, {"type": "entity", "id": person}, **more)


def led(person: str, **more: Any) -> Claim:
    return leads(person, tense="past", **more)


def became(person: str, **more: Any) -> Claim:
    return leads(person, **{"tense": "past", **more}, aspect="began")


def was_fired(person: str, **more: Any) -> Claim:
    return leads(person, **{"tense": "past", **more}, aspect="ended")


def claim(
    subject: str,
    attribute: str,
    object_: str | None = None,
    value: dict[str, Any] | None = None,
    *,
    comparison: str = "same",
    no: bool = False,
    aspect: str = "holds",
    tense: str = "present",
    when: str | None = None,
    throughout: bool = False,
) -> Claim:
    date = None if when is None else parse_date(when)
    return Claim(
        subject,
        attribute,
        object_,
        value,
        comparison=Comparison(comparison),
        is_negated=no,
        aspect=Aspect(aspect),
        tense=Tense(tense),
        when=None if date is None else When(date.earliest, date.latest, f"in {when}", throughout),
    )


def checked(kept: Kept, asked: Claim, at: str | None = None, **basis: Any) -> Checked:
    """The answer, asked about a date and as known then, unless `known` says otherwise."""
    basis.setdefault("known", at)
    with kept.archive.snapshot() as snapshot:
        return CHECKER.check(snapshot, TIMELINE, asked, snapshot.basis(at, **basis))


def verdict(kept: Kept, asked: Claim, at: str | None = None, **basis: Any) -> str:
    return checked(kept, asked, at, **basis).verdict.value


def held(answer: Checked) -> list[str]:
    """When it held: `2020-01-01/2021`, with a question mark where that is only possible."""
    return [f"{spell.since or '..'}/{spell.until or '..'}{'' if spell.is_certain else '?'}" for spell in answer.held]


def stake(value: dict[str, Any] | str, **more: Any) -> dict[str, Any]:
    share = {"value": value} if isinstance(value, str) else value
    fact = {"subject": "globex", "attribute": "equity_stake", "object": "acme"}
    return {**fact, "value": {"type": "percent", **share}, **more}


def owns(value: str | None, **more: Any) -> Any:
    share = None if value is None else {"type": "percent", "value": value}
    return claim("globex", "equity_stake", "acme", share, **more)


def seat(person: str, capacity: str = "member", **more: Any) -> dict[str, Any]:
    return {
        "subject": "acme",
        "attribute": "board_member",
        "object": person,
        "value": {"type": "text", "text": capacity},
        **more,
    }


def sits(person: str, **more: Any) -> Any:
    return claim("acme", "board_member", person, **more)


def paid(amount: str, **more: Any) -> dict[str, Any]:
    fact = {"subject": "globex", "attribute": "investment", "object": "acme"}
    return {**fact, "value": {"type": "money", "amount": amount, "currency": "USD"}, **more}


def invested(amount: str | None, **more: Any) -> Any:
    value = None if amount is None else {"type": "money", "amount": amount, "currency": "USD"}
    return claim("globex", "investment", "acme", value, **more)
