"""What a check comes to: the verdict, why it is that, and what decided it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from projections.check.account import Account, Ledger, Said
from projections.check.claim import Claim
from projections.check.course import Run
from timeline.dates import MAX_INSTANT
from timeline.vocabulary import Attribute


class Verdict(StrEnum):
    """What is said of a claim; of those that apply, the first."""

    UNDECIDABLE = "undecidable"
    """Not understood, an opinion, or the record leaves it open."""
    DISPUTED = "disputed"
    """Its value is one of rivals that the record does not settle."""
    SUPPORTED = "supported"
    """The record says so."""
    BELIEVED_THEN_CORRECTED = "believed-then-corrected"
    """An earlier knowledge supported it for the same moment; a correction or retraction took that back."""
    WAS_TRUE = "was-true"
    """It held earlier."""
    NOT_YET_TRUE = "not-yet-true"
    """It begins later."""
    CONTRADICTED = "contradicted"
    """Something else stands in its place, or against it."""
    UNSUPPORTED = "unsupported"
    """Understood, and the record has nothing on it."""


class Cause(StrEnum):
    """Why the verdict is what it is; the reason is worded by it."""

    NOT_UNDERSTOOD = "not-understood"
    DATES = "dates"
    VALUES = "values"
    NO_PREDICTION = "no-prediction"
    RIVALS = "rivals"
    HELD = "held"
    TAKEN_BACK = "taken-back"
    OVER = "over"
    TO_COME = "to-come"
    OTHER_VALUE = "other-value"
    OTHER_TIME = "other-time"
    GOES_ON = "goes-on"
    DENIED = "denied"
    NOT_LISTED = "not-listed"
    OTHERS_ONLY = "others-only"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Question:
    """A claim with all that it is judged by.

    `ledgers` are the keys it can be about, at the floor and the revision of the question. `listed_from` is the instant
    from which on the record keeps a list of which the attribute is a part, if it keeps one for the subject.
    """

    claim: Claim
    attribute: Attribute
    ledgers: Sequence[Ledger]
    at: int
    known: int
    listed_from: int | None = None

    @property
    def moment(self) -> int:
        """The last instant of the time that the claim is about."""
        return self.at if self.claim.when is None else min(self.claim.when.latest, MAX_INSTANT - 1)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict and what decided it.

    `facts` decided it, the weightiest first, each with the account in which it stands; `runs` are where the claim held
    as known at the basis. `believed` is the range of knowledge time over which what was taken back was known. `also`
    are the judgements on what else the sentence says, if all of it is right.
    """

    verdict: Verdict
    cause: Cause
    question: Question
    facts: tuple[tuple[Account, Said], ...] = ()
    runs: tuple[Run, ...] = ()
    believed: tuple[int, int] | None = None
    also: tuple["Judgement", ...] = ()
