"""The histories that are kept."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.answers import answer
from api.basis_headers import log_headers
from api.conditional import entity_tag
from api.context import context_of
from api.links import Links
from api.lists import answer_list, log_basis
from api.openapi import NOT_MODIFIED, READING, WRITING, problems
from api.parameters import CursorParameter, LimitParameter, RevisionParameter, TimelineSlug
from api.receipts import receipt
from api.schemas.record import ReceiptBody, TimelineBody, TimelinePage
from api.schemas.requests import NewTimeline
from api.strict import StrictRoute, WritingRoute
from projections.timelines import DescribedTimeline, timeline_at, timelines_at

router = APIRouter(tags=["timelines"], route_class=StrictRoute)
writer = APIRouter(tags=["timelines"], route_class=WritingRoute)


@router.get(
    "/v1/timelines",
    operation_id="listTimelines",
    summary="All timelines",
    response_model=TimelinePage,
    responses={
        **NOT_MODIFIED,
        **problems(*READING, "unknown-revision", "invalid-input", "invalid-cursor"),
    },
)
def list_timelines(
    request: Request,
    revision: RevisionParameter = None,
    limit: LimitParameter = 50,
    cursor: CursorParameter = None,
) -> Response:
    """The timelines in the order of their slugs."""
    context = context_of(request)
    question = {"list": "timelines"}
    with context.service.archive.snapshot() as snapshot:
        basis = log_basis(snapshot, question, cursor, revision)
        after = str(basis.place[0]) if basis.place else None

        def page() -> tuple[list[dict[str, Any]], tuple[str] | None]:
            found, last = timelines_at(snapshot, basis.revision, after=after, limit=limit)
            return [_shown(item, context.links) for item in found], None if last is None else (last,)

        return answer_list(
            request,
            "/v1/timelines",
            page,
            basis=basis,
            question=question,
            asked=[("limit", str(limit))] if limit != 50 else [],
            revision=revision,
        )


@router.get(
    "/v1/timelines/{timeline}",
    operation_id="readTimeline",
    summary="One timeline",
    response_model=TimelineBody,
    responses={
        **NOT_MODIFIED,
        **problems(*READING, "unknown-timeline", "unknown-revision", "invalid-input"),
    },
)
def read_timeline(request: Request, timeline: TimelineSlug, revision: RevisionParameter = None) -> Response:
    """A timeline as it is described at a revision, and where its parts are to be found."""
    context = context_of(request)
    with context.service.archive.snapshot() as snapshot:
        at_revision = snapshot.basis(revision=revision).revision
        return answer(
            request,
            lambda: {
                **_shown(timeline_at(snapshot, timeline, at_revision), context.links),
                "basis": {"revision": at_revision},
            },
            etag=entity_tag("timeline", timeline, at_revision),
            pinned=revision is not None,
            headers=log_headers(at_revision),
        )


def _shown(timeline: DescribedTimeline, links: Links) -> dict[str, Any]:
    slug = timeline.slug
    return {
        **timeline.as_json(),
        "links": {
            "self": links.timeline(slug),
            "state": links.state(slug),
            "developments": links.timeline(slug, "/developments"),
            "entities": links.timeline(slug, "/entities"),
            "events": links.timeline(slug, "/events"),
            "timemap": links.timemap(slug),
            "facts": links.facts(slug),
        },
    }


@writer.post(
    "/v1/timelines",
    operation_id="openTimeline",
    summary="Begin to keep a history",
    status_code=201,
    response_model=ReceiptBody,
    responses={
        **problems(*WRITING, "already-exists"),
    },
)
def open_timeline(request: Request, body: NewTimeline) -> Response:
    """Open a timeline under a slug that is free. Its parties are described afterwards, as entities."""
    context = context_of(request)
    done = context.service.record.open_timeline(body.slug, title=body.title, summary=body.summary, parties=body.parties)
    return receipt(done, context.links.timeline(body.slug))
