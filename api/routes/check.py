"""The fact check: is it right, was it ever right, who said so.

What is sent in is read and answered; it is neither kept nor logged, and no cache may keep the answer.
"""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.answers import json_bytes
from api.basis_headers import basis_headers
from api.context import Context, context_of
from api.openapi import ASKING, problems
from api.schemas.check import CheckBody, CheckedText, CheckRequest, StructuredClaim
from api.strict import AskingRoute
from projections.archive import Snapshot
from projections.briefing.wording import on_text
from projections.check.answer import Checked
from projections.check.claimreview import claim_review
from projections.check.structured import claim_of
from timeline.basis import Basis

router = APIRouter(tags=["check"], route_class=AskingRoute)


@router.post(
    "/v1/check",
    operation_id="check",
    summary="Check a claim, a sentence or a draft",
    response_model=CheckBody | CheckedText,
    responses={
        **problems(
            *ASKING,
            "unknown-timeline",
            "unknown-revision",
            "future-known",
            "unknown-attribute",
            "undescribed-entity",
        )
    },
)
def check(request: Request, body: CheckRequest) -> Response:
    """Give the verdict on a claim, with the facts that decided, their sources, and when it did hold.

    Of a draft every sentence is judged. A sentence that is not understood, or that is an opinion, is `undecidable`.
    Nothing of what is sent is kept or logged.
    """
    context = context_of(request)
    with context.service.archive.snapshot() as snapshot:
        basis = snapshot.basis(body.at, body.known, body.revision, body.standing)
        answering = _Answering(context, snapshot, body, basis)
        given = answering.text(body.text) if body.text is not None else answering.claim()
    return Response(
        json_bytes(given),
        headers={"Cache-Control": "no-store", **basis_headers(basis)},
        media_type="application/json",
    )


class _Answering:
    """One request on its way to an answer."""

    def __init__(self, context: Context, snapshot: Snapshot, body: CheckRequest, basis: Basis) -> None:
        self._checker, self._snapshot, self._body, self._basis = context.checker, snapshot, body, basis
        self._title = snapshot.timeline(body.timeline, basis.revision)[1]["title"]
        self._state = context.links.state_at(body.timeline, basis)

    def claim(self) -> dict[str, Any]:
        """The answer to a claim."""
        body, of = self._body, (self._snapshot, self._body.timeline)
        if isinstance(body.claim, StructuredClaim):
            checked = self._checker.check(*of, self._structured(body.claim), self._basis)
        else:
            checked = self._checker.check_sentence(*of, body.claim or "", self._basis)
        return {**self._verdict(checked), **self._rest()}

    def text(self, text: str) -> dict[str, Any]:
        """The answer to a draft."""
        found = self._checker.check_text(self._snapshot, self._body.timeline, text, self._basis)
        items = [{"start": one.sentence.start, "end": one.sentence.end, **self._verdict(one.checked)} for one in found]
        return {"items": items, **self._rest()}

    def _structured(self, claim: StructuredClaim) -> Any:
        return claim_of(
            self._snapshot,
            self._body.timeline,
            self._basis.revision,
            subject=claim.subject,
            attribute=claim.attribute,
            object=claim.object,
            value=claim.value,
            comparison=claim.comparison,
            is_negated=claim.negated,
            aspect=claim.aspect,
            tense=claim.tense,
            when=None if claim.when is None else (claim.when, on_text(claim.when.text)),
        )

    def _verdict(self, checked: Checked) -> dict[str, Any]:
        found = checked.as_json()
        if self._body.claim_review:
            found["review"] = claim_review(checked, title=self._title, permalink=self._state)
        return found

    def _rest(self) -> dict[str, Any]:
        return {
            "timeline": self._body.timeline,
            "basis": self._basis.as_json(),
            "links": {"state": self._state},
        }
