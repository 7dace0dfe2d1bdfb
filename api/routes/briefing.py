"""A state, or what differs between two, as prose with numbered footnotes.

A route of its own, not another form of state and diff: a briefing is a document for people, which has no JSON, and
one address with `from` and `to` or without them is easier to remember than two.
"""

from typing import Annotated, Final, Literal

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from api.answers import answer
from api.basis_headers import basis_headers
from api.comparing import Asked, BetweenParameters, comparing_headers, is_pinned, pinned
from api.conditional import entity_tag
from api.context import context_of
from api.negotiation import form_wanted
from api.openapi import NOT_MODIFIED, READING, problems
from api.parameters import TimelineSlug
from api.strict import StrictRoute
from projections.archive import Snapshot
from projections.briefing import FORMS
from projections.briefing.changing import briefing as changes_told
from projections.briefing.document import Document
from projections.briefing.stating import briefing as state_told
from projections.comparison import check_order, compare
from timeline.basis import Basis

_FORMS: Final = {
    "markdown": "text/markdown",
    "html": "text/html",
    "text": "text/plain",
    "html-fragment": "text/html",
}

router = APIRouter(tags=["state"], route_class=StrictRoute)


@router.get(
    "/v1/timelines/{timeline}/briefing",
    operation_id="readBriefing",
    summary="A state or a difference as prose",
    response_class=Response,
    responses={
        200: {
            "description": "The briefing, each sentence with the numbers of its sources",
            "content": {media_type: {"schema": {"type": "string"}} for media_type in dict.fromkeys(_FORMS.values())},
        },
        **NOT_MODIFIED,
        **problems(*READING, "unknown-timeline", "unknown-revision", "invalid-input", "future-known"),
    },
)
def read_briefing(
    request: Request,
    timeline: TimelineSlug,
    asked: BetweenParameters,
    form: Annotated[
        Literal["markdown", "html", "html-fragment", "text"] | None,
        Query(
            alias="format",
            description="`markdown`, `html` (a page of its own), `html-fragment` (one article, to put into another "
            "page) or `text`. Left out: what Accept asks for, or Markdown.",
        ),
    ] = None,
) -> Response:
    """What held at `at`, or, with one of the pairs of dates, what changed between them: in sentences, with footnotes.

    The parameters are those of the state, and with `from` and `to` (or another pair) those of the difference.
    """
    context = context_of(request)
    wanted = form_wanted(request, form, _FORMS)
    how: Asked = [] if form is None else [("format", form)]
    own = context.links.briefing(timeline, [*asked.asked, *how])
    with context.service.archive.snapshot() as snapshot:
        before, after = asked.bases(snapshot) if asked.moves else (asked.still(snapshot),) * 2
        check_order(before, after)
        if asked.moves:
            headers = comparing_headers(before, after, context.links.briefing(timeline, [*pinned(before, after), *how]))
        else:
            permalink = context.links.briefing(timeline, [*after.as_query().items(), *how])
            headers = {**basis_headers(after), "Content-Location": permalink, "Vary": "Accept"}

        def make() -> bytes:
            document = _document(snapshot, timeline, before, after, moves=asked.moves)
            return FORMS[wanted](document).encode()

        return answer(
            request,
            make,
            etag=entity_tag("briefing", own, wanted, before, after, context.vocabulary_tag),
            pinned=is_pinned(asked, snapshot, before, after),
            headers=headers,
            media_type=_FORMS[wanted],
        )


def _document(snapshot: Snapshot, timeline: str, before: Basis, after: Basis, *, moves: bool) -> Document:
    _, text = snapshot.timeline(timeline, after.revision)
    if moves:
        return changes_told(compare(snapshot, timeline, before, after), text["title"], snapshot.vocabulary)
    return state_told(snapshot.state(timeline, after), text["title"], snapshot.vocabulary)
