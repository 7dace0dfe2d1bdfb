"""What is sent to be checked, and what is said of it."""

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag, model_validator

from api.parameters import Moment
from api.schemas.parts import Address, Answer, Instant, Named
from api.schemas.requests import Request
from api.schemas.state import Basis, Rival, ShownValue
from projections.check.checker import LONGEST_TEXT, MOST_SENTENCES
from projections.check.claim import Aspect, Comparison, Tense
from projections.check.judgement import Cause, Verdict
from timeline.dates import EdtfDate
from timeline.names import AttributeName, EntityId, Slug
from timeline.standing import FloorName
from timeline.values import Value


class StructuredClaim(Request):
    """A claim part by part: nothing about it has to be understood."""

    subject: Annotated[EntityId, Field(description="whose attribute it is: the slug of an entity, or of the timeline")]
    attribute: Annotated[AttributeName, Field(description="the name of an attribute of the vocabulary")]
    object: Annotated[EntityId | None, Field(description="where the attribute takes one: the slug of an entity")] = None
    value: Annotated[
        Value | None, Field(description="the value, as facts carry it; left out, that it holds with any value")
    ] = None
    comparison: Annotated[Comparison, Field(description="how an amount is meant")] = Comparison.SAME
    negated: Annotated[bool, Field(description="whether the claim is that it is not so")] = False
    aspect: Annotated[
        Aspect, Field(description="whether it is said to be so (`holds`), to have become so or to have ended")
    ] = Aspect.HOLDS
    tense: Annotated[
        Tense, Field(description="without `when`: at `at` (`present`), at some time up to it, or after it")
    ] = Tense.PRESENT
    when: Annotated[EdtfDate | None, Field(description="the time that the claim is about; it beats `at`")] = None


def _sort_of_claim(given: Any) -> str:
    return "sentence" if isinstance(given, str) else "parts"


def _sentence_or_parts(given: Any) -> Any:
    if given is None or isinstance(given, str | dict | StructuredClaim):
        return given
    raise ValueError("it is neither a sentence nor an object: write the sentence in quotes, or its parts in braces")


def _not_empty(given: Any) -> Any:
    if isinstance(given, str) and not given.strip():
        raise ValueError("it is empty: write what is to be checked")
    return given


def _not_too_long(given: Any) -> Any:
    if isinstance(given, str) and len(given) > LONGEST_TEXT:
        raise ValueError(
            f"it has {len(given):,} characters: send at most {LONGEST_TEXT:,} at once, such as chapter by chapter"
        )
    return given


_Checks = (BeforeValidator(_sentence_or_parts), AfterValidator(_not_empty), AfterValidator(_not_too_long))


class CheckRequest(Request):
    """What is to be checked: a sentence or a structured claim in `claim`, or a whole draft in `text`."""

    timeline: Annotated[Slug, Field(description="the slug of the timeline against whose record it is checked")]
    claim: Annotated[
        Annotated[
            Annotated[str, Tag("sentence")] | Annotated[StructuredClaim, Tag("parts")], Discriminator(_sort_of_claim)
        ]
        | None,
        *_Checks,
        Field(description="a sentence in English, or a claim part by part, `subject`, `attribute` and so on"),
    ] = None
    text: Annotated[
        str | None,
        AfterValidator(_not_empty),
        AfterValidator(_not_too_long),
        Field(
            description=f"a draft, at most {LONGEST_TEXT:,} characters and {MOST_SENTENCES:,} sentences; each sentence "
            "is judged"
        ),
    ] = None
    at: Annotated[
        Moment | None, Field(description="valid time, as in queries; a date in a sentence beats it. Left out: now")
    ] = None
    known: Annotated[
        Moment | None, Field(description="knowledge time: only what had become public by then. Left out: now")
    ] = None
    revision: Annotated[
        int | None, Field(ge=0, description="system time: only the log up to there. Left out: all of it")
    ] = None
    standing: Annotated[
        FloorName | None, Field(description="the least standing that is admitted. Left out: `reported`")
    ] = None
    claim_review: Annotated[
        bool, Field(description="whether every answer comes with a `review`, as ClaimReview of schema.org in JSON-LD")
    ] = False

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.claim is None) == (self.text is None):
            raise ValueError('a check is of "claim" or of "text": give one of the two')
        return self


class CheckedRival(Rival):
    """A fact, with the evidence for it. An end, which closes what held before, has no value."""

    value: ShownValue | None  # type: ignore[assignment]  # wider than in a state, on purpose


class CheckedFact(CheckedRival):
    """A fact that decided, with those that contest it."""

    contested_by: list[CheckedRival]


class HeldOver(Answer):
    """A time over which the claim held; what a claim denies, or says began or ended, is then what held."""

    since: Annotated[str | None, Field(description="EDTF; null where it always did")]
    until: Annotated[str | None, Field(description="EDTF; null where it goes on")]
    certainty: Literal["definite", "possible"]


class NamedTime(Answer):
    """The time that a sentence names."""

    from_: Annotated[Instant | None, Field(alias="from")]
    to: Instant | None
    text: str
    throughout: bool


class UnderstoodClaim(Answer):
    """A claim as it was understood."""

    subject: Named
    attribute: str
    object: Named | None
    value: ShownValue | None
    comparison: Comparison
    negated: bool
    aspect: Aspect
    tense: Tense
    when: NamedTime | None
    decisive: Annotated[bool, Field(description="whether the verdict was found by this one")]


class UnderstoodPart(Answer):
    """Some words of the sentence, and what they were taken for."""

    start: Annotated[int, Field(description="where they begin in the sentence, in characters")]
    end: int
    text: str
    role: str
    meaning: str


class UnderstoodBody(Answer):
    """How the claim was understood. Of each group one claim has to be right; none means that nothing was understood."""

    sentence: str | None
    claims: list[list[UnderstoodClaim]]
    parts: list[UnderstoodPart]


class CheckLinks(Answer):
    """Where the state is to be found that the answer rests on."""

    state: Address


class VerdictBody(Answer):
    """What is said of one claim."""

    verdict: Verdict
    cause: Annotated[Cause, Field(description="why the verdict is what it is, for programs")]
    reason: Annotated[str, Field(description="why, in one sentence")]
    facts: Annotated[list[CheckedFact], Field(description="the facts that decided, the weightiest first")]
    held: Annotated[list[HeldOver], Field(description="when the claim did hold, as known at the basis")]
    understood: UnderstoodBody
    review: Annotated[dict[str, Any] | None, Field(description="ClaimReview in JSON-LD, if it was asked for")] = None


class CheckBody(VerdictBody):
    """The verdict on a claim."""

    timeline: str
    basis: Basis
    links: CheckLinks


class CheckedItem(VerdictBody):
    """The verdict on a sentence of a draft."""

    start: Annotated[int, Field(description="where the sentence begins in the text, in characters")]
    end: int


class CheckedText(Answer):
    """The verdicts on the sentences of a draft, in order."""

    items: list[CheckedItem]
    timeline: str
    basis: Basis
    links: CheckLinks
