"""What happened or was reported, with everything that was ever recorded about it."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from api.answers import answer
from api.basis_headers import knowledge_headers
from api.conditional import development_tag
from api.context import Context, context_of
from api.links import given
from api.lists import answer_list, knowledge_basis
from api.openapi import NOT_MODIFIED, READING, problems
from api.parameters import (
    CursorParameter,
    DateParameter,
    DevelopmentSlug,
    KindsParameter,
    KnownParameter,
    LimitParameter,
    PartyParameter,
    RevisionParameter,
    TimelineSlug,
)
from api.schemas.record import DevelopmentBody, DevelopmentPage
from api.strict import StrictRoute
from projections.developments import Filters, development_at, developments_at
from projections.entities import require_entity
from timeline.basis import Revision
from timeline.dates import format_moment, parse_moment

router = APIRouter(tags=["developments"], route_class=StrictRoute)


@router.get(
    "/v1/timelines/{timeline}/developments",
    operation_id="listDevelopments",
    summary="Developments at a basis",
    response_model=DevelopmentPage,
    responses={
        **NOT_MODIFIED,
        **problems(
            *READING,
            "unknown-timeline",
            "unknown-revision",
            "invalid-input",
            "undescribed-entity",
            "future-known",
            "invalid-cursor",
        ),
    },
)
def list_developments(  # noqa: PLR0913, PLR0917 - FastAPI takes parameters one by one
    request: Request,
    timeline: TimelineSlug,
    kind: KindsParameter = None,
    party: PartyParameter = None,
    occurred_from: Annotated[
        DateParameter,
        Query(
            alias="from",
            description="Only developments that may have occurred at this date or later, in EDTF.",
            examples=["2024-03"],
        ),
    ] = None,
    occurred_to: Annotated[
        DateParameter,
        Query(
            alias="to",
            description="Only developments that may have occurred by the end of this date, in EDTF.",
            examples=["2024"],
        ),
    ] = None,
    known: KnownParameter = None,
    revision: RevisionParameter = None,
    limit: LimitParameter = 50,
    cursor: CursorParameter = None,
) -> Response:
    """The developments in force, in the order in which they occurred, then of their slugs.

    A development that occurred on a coarse date is listed if any of it lies between `from` and `to`, both inclusive.
    """
    context = context_of(request)
    filters = Filters.asked(kinds=kind, party=party, first=occurred_from, last=occurred_to)
    asked = [
        *(("kind", name) for name in filters.kinds),
        *given(
            ("party", party), ("from", occurred_from), ("to", occurred_to), ("limit", limit if limit != 50 else None)
        ),
    ]
    question = {
        "list": "developments",
        "timeline": timeline,
        "filters": [list(filters.kinds), party, filters.occurred_from, filters.occurred_until],
    }
    with context.service.archive.snapshot() as snapshot:
        basis = knowledge_basis(snapshot, question, cursor, known, revision)
        if party is not None:
            require_entity(snapshot, timeline, party, basis.revision, field="party")

        def page() -> tuple[list[dict[str, Any]], tuple[int | str, ...] | None]:
            found, last = developments_at(
                snapshot,
                timeline,
                known=basis.known_at,
                revision=basis.revision,
                filters=filters,
                after=(int(basis.place[0]), str(basis.place[1])) if basis.place else None,
                limit=limit,
            )
            items = [
                {**item.as_json(), "links": {"self": context.links.development(timeline, item.slug)}} for item in found
            ]
            return items, last

        return answer_list(
            request,
            f"/v1/timelines/{timeline}/developments",
            page,
            basis=basis,
            question=question,
            asked=asked,
            known=known,
            revision=revision,
        )


@router.get(
    "/v1/timelines/{timeline}/developments/{development}",
    operation_id="readDevelopment",
    summary="One development with its history",
    response_model=DevelopmentBody,
    responses={
        **NOT_MODIFIED,
        **problems(
            *READING,
            "unknown-timeline",
            "unknown-development",
            "unknown-revision",
            "invalid-input",
            "future-known",
        ),
    },
)
def read_development(
    request: Request,
    timeline: TimelineSlug,
    development: DevelopmentSlug,
    known: KnownParameter = None,
    revision: RevisionParameter = None,
) -> Response:
    """The version in force at `known`, and everything recorded up to the revision.

    `version` and `content` depend on `known`. `versions` and `history` do not: they are the record itself, with each
    event, what it changed, and the knowledge time over which each version counts. The ETag can be sent as If-Match
    with a correction, a retraction, a source or a standing.
    """
    context = context_of(request)
    with context.service.archive.snapshot() as snapshot:
        basis = snapshot.basis(known=known, revision=revision)
        is_pinned = known is not None and revision is not None and parse_moment(known) == basis.known
        found = development_at(snapshot, timeline, development, known=basis.known, revision=basis.revision)
        own = _address(context, timeline, development, known, revision)
        permalink = _address(context, timeline, development, format_moment(basis.known), basis.revision)

        def make() -> dict[str, Any]:
            return {
                **found.as_json(),
                "links": {"self": own, "permalink": permalink, "timeline": context.links.timeline(timeline)},
            }

        return answer(
            request,
            make,
            etag=development_tag(
                timeline, development, len(found.events), own, basis.known, basis.revision, context.vocabulary_tag
            ),
            pinned=is_pinned,
            headers={
                **knowledge_headers(basis.known, basis.revision),
                "Content-Location": permalink,
            },
        )


def _address(
    context: Context, timeline: str, development: str, known: str | None, revision: Revision | int | None
) -> str:
    return context.links.development(timeline, development, given(known=known, revision=revision))
