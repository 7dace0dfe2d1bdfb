"""The verdict on a sentence, which may be meant in several ways, say several things at once, or deny them. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from projections.check.claim import Aspect
from projections.check.judgement import Judgement, Question, Verdict
from projections.check.verdict import judge


def judge_all(groups: Sequence[Sequence[Question]]) -> Judgement:
    """The verdict on a sentence that is right if in every group one of the claims is.

    Where all are right the facts of all are given; else the group decides with which the sentence fails.
    """
    judged = [judge_any(group) for group in groups]
    worst = min(judged, key=lambda judgement: _FAILING.index(judgement.verdict))
    if worst.verdict is not Verdict.SUPPORTED:
        return worst
    return replace(judged[0], also=tuple(judged[1:]))


def judge_any(questions: Sequence[Question]) -> Judgement:
    """The verdict on alternatives, one of which is enough; where the sentence denies them, none may be right."""
    positive = [judge(question) for question in questions]
    best = min(positive, key=lambda judgement: (_ALTERNATIVES.index(judgement.verdict), _is_indirect(judgement)))
    return _denied(best) if best.question.claim.is_negated else best


def _is_indirect(judgement: Judgement) -> bool:
    """Whether it speaks of what held at a time, where the sentence may tell of what happened then."""
    claim = judgement.question.claim
    return claim.when is not None and claim.aspect is Aspect.HOLDS


_ALTERNATIVES: Final = (
    Verdict.SUPPORTED,
    Verdict.DISPUTED,
    Verdict.UNDECIDABLE,
    Verdict.BELIEVED_THEN_CORRECTED,
    Verdict.WAS_TRUE,
    Verdict.NOT_YET_TRUE,
    Verdict.CONTRADICTED,
    Verdict.UNSUPPORTED,
)
"""Which verdict counts where one of several claims is enough: the first of these."""

_FAILING: Final = (
    Verdict.CONTRADICTED,
    Verdict.BELIEVED_THEN_CORRECTED,
    Verdict.WAS_TRUE,
    Verdict.NOT_YET_TRUE,
    Verdict.UNDECIDABLE,
    Verdict.DISPUTED,
    Verdict.UNSUPPORTED,
    Verdict.SUPPORTED,
)
"""Which verdict counts where all of several claims are needed: the first of these."""

_OPPOSITE: Final = {
    Verdict.SUPPORTED: Verdict.CONTRADICTED,
    Verdict.BELIEVED_THEN_CORRECTED: Verdict.SUPPORTED,
    Verdict.WAS_TRUE: Verdict.SUPPORTED,
    Verdict.NOT_YET_TRUE: Verdict.SUPPORTED,
    Verdict.CONTRADICTED: Verdict.SUPPORTED,
}


def _denied(judgement: Judgement) -> Judgement:
    """The verdict on "it is not so" from that on "it is so"; what is open, disputed or unheard of stays that."""
    return replace(judgement, verdict=_OPPOSITE.get(judgement.verdict, judgement.verdict))
