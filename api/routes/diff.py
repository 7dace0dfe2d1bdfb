"""What differs between two states of a relationship, and why."""

from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from api.answers import answer
from api.comparing import Asked, BetweenParameters, comparing_headers, is_pinned, pinned
from api.conditional import entity_tag
from api.context import Context, context_of
from api.negotiation import form_wanted
from api.openapi import NOT_MODIFIED, READING, problems
from api.parameters import TimelineSlug
from api.schemas.diff import DiffBody
from api.strict import StrictRoute
from projections import story
from projections.archive import Snapshot
from projections.comparison import check_order, compare
from timeline.basis import Basis

TEXT: Final = "text/plain"
_FORMS: Final = {"json": "application/json", "text": TEXT}

router = APIRouter(tags=["state"], route_class=StrictRoute)


@router.get(
    "/v1/timelines/{timeline}/diff",
    operation_id="readDiff",
    summary="What differs between two states",
    response_model=DiffBody,
    responses={
        200: {"content": {"application/json": {}, TEXT: {"schema": {"type": "string"}}}},
        **NOT_MODIFIED,
        **problems(*READING, "unknown-timeline", "unknown-revision", "invalid-input", "future-known"),
    },
)
def read_diff(
    request: Request,
    timeline: TimelineSlug,
    asked: BetweenParameters,
    form: Annotated[
        Literal["json", "text"] | None,
        Query(
            alias="format", description="`json`, or the story on one page as `text`. Left out: what Accept asks for."
        ),
    ] = None,
) -> Response:
    """The facts that came, went and changed between two dates in the world (`from`, `to`), two dates of knowledge
    (`known_from`, `known_to`), two revisions, or several of these at once; each with its cause and the event behind it.

    What does not move stands still at `at`, `known` and `revision`. Applied to the facts of the state before, the
    changes give those of the state after.
    """  # noqa: D205 - the first sentence takes two lines
    context = context_of(request)
    wanted = form_wanted(request, form, _FORMS)
    given: Asked = [*asked.asked, *([("format", form)] if form is not None else [])]
    own = context.links.diff(timeline, given)
    with context.service.archive.snapshot() as snapshot:
        before, after = asked.bases(snapshot)
        check_order(before, after)
        permalink = context.links.diff(timeline, [*pinned(before, after), *([("format", form)] if form else [])])

        def make() -> Any:
            if wanted == "text":
                return _page(snapshot, timeline, before, after)
            return _body(context, snapshot, timeline, before, after, own=own, permalink=permalink)

        return answer(
            request,
            make,
            etag=entity_tag("diff", own, wanted, before, after, context.vocabulary_tag),
            pinned=is_pinned(asked, snapshot, before, after),
            headers=comparing_headers(before, after, permalink),
            media_type=_FORMS[wanted],
        )


def _body(
    context: Context, snapshot: Snapshot, timeline: str, before: Basis, after: Basis, *, own: str, permalink: str
) -> dict[str, Any]:
    links = context.links
    return {
        **compare(snapshot, timeline, before, after).as_json(),
        "links": {
            "self": own,
            "permalink": permalink,
            "from": links.state_at(timeline, before),
            "to": links.state_at(timeline, after),
            "briefing": links.briefing(timeline, pinned(before, after)),
        },
    }


def _page(snapshot: Snapshot, timeline: str, before: Basis, after: Basis) -> bytes:
    found = compare(snapshot, timeline, before, after)
    _, text = snapshot.timeline(timeline, after.revision)
    return story.page(found, text["title"], snapshot.vocabulary).encode()
