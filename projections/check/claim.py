"""What a sentence claims, once it has been understood: the common ground of reading and judging.

A claim names one key of the record and what is said about it. Reading a sentence makes claims (`reading`),
judging them against the record gives the verdict (`verdict`); neither knows how the other works.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from timeline.dates import MAX_INSTANT, MIN_INSTANT


class Aspect(StrEnum):
    """What is said of a fact: that it is so, or that it became or ceased to be so."""

    HOLDS = "holds"
    """ "is chief executive", "owns", "has invested" """
    BEGAN = "began"
    """ "became chief executive", "invested", "sued", "was hired" """
    ENDED = "ended"
    """ "was fired", "left", "withdrew the suit", "ended" """


class Comparison(StrEnum):
    """How an amount is meant by the sentence."""

    SAME = "same"
    ABOUT = "about"
    AT_LEAST = "at-least"
    MORE_THAN = "more-than"
    UP_TO = "up-to"
    LESS_THAN = "less-than"


class Tense(StrEnum):
    """When the sentence says it is so, where it names no date."""

    PRESENT = "present"
    """At the moment asked about."""
    PAST = "past"
    """At some moment up to the one asked about."""
    FUTURE = "future"
    """At some moment after the one asked about."""


@dataclass(frozen=True, slots=True)
class When:
    """The time that a sentence names, as instants in microseconds since 1970 UTC, both inclusive.

    `text` is how an answer says it: "in November 2023", "on 17 November 2023", "since 2019". A time that is open at
    one side ends at `MIN_INSTANT` or `MAX_INSTANT`. With `is_throughout` the claim is about all of it ("throughout
    2023", "from 2019 to 2023"), without about some moment of it.
    """

    earliest: int
    latest: int
    text: str
    is_throughout: bool = False

    def __post_init__(self) -> None:
        """Refuse a time that ends before it begins."""
        if not MIN_INSTANT <= self.earliest <= self.latest <= MAX_INSTANT:
            raise ValueError("the time of a claim must not end before it begins")


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement about one key of the record.

    `value` is written as facts carry it (`{"type": "money", "amount": "13750000000", "currency": "USD"}`); None says
    only that the key holds, whatever its value ("Acme has invested in Globex", "there is a suit"). `comparison`
    says how an amount is meant, and makes no difference to other values. With `is_negated` the sentence denies all
    the rest ("does not own a stake", "never joined the board").
    """

    subject: str
    attribute: str
    object: str | None = None
    value: Mapping[str, Any] | None = None
    comparison: Comparison = Comparison.SAME
    is_negated: bool = False
    aspect: Aspect = Aspect.HOLDS
    tense: Tense = Tense.PRESENT
    when: When | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Some words of a sentence and what they were taken for.

    `start` and `end` count characters of the sentence (`sentence[start:end]` are the words). `role` is one of
    `ROLES`; `meaning` is what the words were taken for: the slug of an entity, the name of an attribute, an amount
    or a date as answers write it.
    """

    start: int
    end: int
    role: str
    meaning: str


ROLES: Final = (
    "subject",
    "attribute",
    "object",
    "value",
    "comparison",
    "negation",
    "aspect",
    "tense",
    "time",
    "ignored",
)
"""What words of a sentence can be taken for."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A sentence that was understood. The claims are alternatives: it is right if any of them is.

    A sentence that says several things at once ("Jane Doe and John Roe left", "is no longer") has `further` groups
    of alternatives: it is right only if in `claims` and in each further group any claim is.
    """

    claims: tuple[Claim, ...]
    parts: tuple[Part, ...] = ()
    further: tuple[tuple[Claim, ...], ...] = ()

    @property
    def groups(self) -> tuple[tuple[Claim, ...], ...]:
        """All groups of alternatives, of each of which one claim has to be right."""
        return (self.claims, *self.further)


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A sentence that was not understood, or that is no statement of fact; `reason` is a sentence that says why."""

    reason: str
    parts: tuple[Part, ...] = ()
