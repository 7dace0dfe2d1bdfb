"""Who and what a history is about."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from api.answers import answer
from api.basis_headers import basis_headers
from api.conditional import entity_tag
from api.context import context_of
from api.links import given
from api.lists import answer_list, log_basis
from api.openapi import NOT_MODIFIED, READING, WRITING, problems
from api.parameters import (
    AtParameter,
    CursorParameter,
    EntitySlug,
    KnownParameter,
    LimitParameter,
    RevisionParameter,
    StandingParameter,
    TimelineSlug,
)
from api.receipts import receipt
from api.schemas.entities import EntityBody
from api.schemas.record import EntityPage, ReceiptBody
from api.strict import StrictRoute, WritingRoute
from projections.entities import entities_at
from projections.profiles import profile_at
from timeline.dates import parse_moment
from timeline.entities import Entity, EntityKind

router = APIRouter(tags=["entities"], route_class=StrictRoute)
writer = APIRouter(tags=["entities"], route_class=WritingRoute)


@router.get(
    "/v1/timelines/{timeline}/entities",
    operation_id="listEntities",
    summary="The entities of a timeline",
    response_model=EntityPage,
    responses={
        **NOT_MODIFIED,
        **problems(*READING, "unknown-timeline", "unknown-revision", "invalid-input", "invalid-cursor"),
    },
)
def list_entities(
    request: Request,
    timeline: TimelineSlug,
    kind: Annotated[
        list[EntityKind] | None,
        Query(max_length=len(EntityKind), description="Only entities of this kind; may be repeated."),
    ] = None,
    q: Annotated[
        str | None,
        Query(
            max_length=200,
            description="Only entities whose slug, name or an alias begins like this, in capitals or not.",
            examples=["ac"],
        ),
    ] = None,
    revision: RevisionParameter = None,
    limit: LimitParameter = 50,
    cursor: CursorParameter = None,
) -> Response:
    """The entities that the timeline describes, in the order of their slugs."""
    context = context_of(request)
    kinds = [item.value for item in dict.fromkeys(kind or ())]
    asked = [
        *(("kind", name) for name in kinds),
        *given(q=q, limit=limit if limit != 50 else None),
    ]
    question = {"list": "entities", "timeline": timeline, "filters": [kinds, q]}
    with context.service.archive.snapshot() as snapshot:
        basis = log_basis(snapshot, question, cursor, revision)

        def page() -> tuple[list[dict[str, Any]], tuple[str] | None]:
            found, last = entities_at(
                snapshot,
                timeline,
                basis.revision,
                kinds=kinds,
                beginning=q or "",
                after=str(basis.place[0]) if basis.place else None,
                limit=limit,
            )
            items = [
                {**item.model_dump(mode="json"), "links": {"self": context.links.entity(timeline, item.id)}}
                for item in found
            ]
            return items, None if last is None else (last,)

        return answer_list(
            request,
            f"/v1/timelines/{timeline}/entities",
            page,
            basis=basis,
            question=question,
            asked=asked,
            revision=revision,
        )


@router.get(
    "/v1/timelines/{timeline}/entities/{entity}",
    operation_id="readEntity",
    summary="Everything about one entity at a basis",
    response_model=EntityBody,
    responses={
        **NOT_MODIFIED,
        **problems(*READING, "unknown-timeline", "unknown-entity", "unknown-revision", "invalid-input", "future-known"),
    },
)
def read_entity(
    request: Request,
    timeline: TimelineSlug,
    entity: EntitySlug,
    at: AtParameter = None,
    known: KnownParameter = None,
    revision: RevisionParameter = None,
    standing: StandingParameter = None,
) -> Response:
    """An entity as the timeline describes it, and all that holds about it: facts, relations, latest developments.

    Its facts are those of the state of which it is subject, object or value. Its relations are those among them that
    lead to another entity.
    """
    context = context_of(request)
    own = context.links.entity(timeline, entity, given(at=at, known=known, revision=revision, standing=standing))
    with context.service.archive.snapshot() as snapshot:
        basis = snapshot.basis(at, known, revision, standing)
        is_settled = at is not None and known is not None and parse_moment(known) == basis.known
        permalink = context.links.entity(timeline, entity, basis.as_query().items())

        def make() -> dict[str, Any]:
            body = profile_at(snapshot, timeline, entity, basis).as_json()
            for item in body["latest"]["items"]:
                item["links"] = {"self": context.links.development(timeline, item["development"])}
            every = context.links.timeline(timeline, "/developments", [("party", entity)])
            body["latest"]["links"] = {
                "all": context.links.timeline(
                    timeline, "/developments", [("party", entity), *given(to=at, known=known, revision=revision)]
                )
            }
            history = given(known=known, revision=revision, standing=standing)
            body["links"] = {
                "self": own,
                "permalink": permalink,
                "developments": every,
                "facts": context.links.facts(timeline, [("entity", entity), *history]),
            }
            return body

        return answer(
            request,
            make,
            etag=entity_tag("entity", own, basis, context.vocabulary_tag),
            pinned=is_settled and revision is not None,
            headers={**basis_headers(basis), "Content-Location": permalink},
        )


@writer.post(
    "/v1/timelines/{timeline}/entities",
    operation_id="describeEntity",
    summary="Describe an entity",
    status_code=201,
    response_model=ReceiptBody,
    responses={
        **problems(*WRITING, "unknown-timeline"),
    },
)
def describe_entity(request: Request, timeline: TimelineSlug, body: Entity) -> Response:
    """Introduce an entity, or describe one anew: the whole description, as it reads from now on."""
    context = context_of(request)
    done = context.service.record.describe_entity(timeline, body)
    return receipt(done, context.links.entity(timeline, body.id))
