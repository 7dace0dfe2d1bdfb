"""The history of keys: every value an attribute had, and how each stopped holding or being believed."""

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from api.context import context_of
from api.links import given
from api.lists import answer_list, knowledge_basis
from api.openapi import NOT_MODIFIED, READING, problems
from api.parameters import (
    CursorParameter,
    EntityParameter,
    KnownParameter,
    LimitParameter,
    RevisionParameter,
    StandingParameter,
    TimelineSlug,
)
from api.schemas.history import KeyPage
from api.strict import StrictRoute
from projections.history.asking import Wanted
from projections.history.keys import KeyHistory, histories_at

router = APIRouter(tags=["facts"], route_class=StrictRoute)

_LONGEST_NAME = 120


@router.get(
    "/v1/timelines/{timeline}/facts",
    operation_id="listFacts",
    summary="The history of keys",
    response_model=KeyPage,
    responses={
        **NOT_MODIFIED,
        **problems(
            *READING,
            "unknown-timeline",
            "unknown-revision",
            "invalid-input",
            "unknown-attribute",
            "undescribed-entity",
            "future-known",
            "invalid-cursor",
        ),
    },
)
def list_facts(  # noqa: PLR0913, PLR0917 - FastAPI takes parameters one by one
    request: Request,
    timeline: TimelineSlug,
    subject: Annotated[EntityParameter, Query(description="Only keys about this entity; its slug.")] = None,
    attribute: Annotated[
        str | None,
        Query(
            max_length=_LONGEST_NAME,
            description="Only keys of this attribute of the vocabulary.",
            examples=["chief_executive"],
        ),
    ] = None,
    object: Annotated[  # noqa: A002 - the word of the model
        EntityParameter, Query(description="Only keys with this object; its slug.")
    ] = None,
    entity: Annotated[
        EntityParameter, Query(description="Only keys of which this entity is subject, object or ever was the value.")
    ] = None,
    section: Annotated[
        str | None,
        Query(
            max_length=_LONGEST_NAME,
            description="Only keys of this section of the vocabulary.",
            examples=["leadership"],
        ),
    ] = None,
    known: KnownParameter = None,
    revision: RevisionParameter = None,
    standing: StandingParameter = None,
    limit: LimitParameter = 50,
    cursor: CursorParameter = None,
) -> Response:
    """Every value that an attribute ever had or was said to have, key by key.

    Two ways of stopping are told apart. `stopped_holding` is about the world: the value ended, or another took its
    place. `stopped_being_believed` is about knowledge: the development that made the statement was corrected, retracted
    or lost its source. The filters narrow one another; without any, all keys come.
    """
    context = context_of(request)
    wanted = Wanted(subject, attribute, object, entity, section)
    filters = [
        ("subject", subject),
        ("attribute", attribute),
        ("object", object),
        ("entity", entity),
        ("section", section),
        ("standing", standing),
    ]
    asked = given(*filters, limit=limit if limit != 50 else None)
    question = {"list": "facts", "timeline": timeline, "filters": [value for _, value in filters]}
    with context.service.archive.snapshot() as snapshot:
        found = knowledge_basis(snapshot, question, cursor, known, revision)
        basis = replace(snapshot.basis(standing=standing), known=found.known_at, revision=found.revision)
        wanted.check(snapshot, timeline, basis.revision)

        def page() -> tuple[list[dict[str, Any]], tuple[int | str, ...] | None]:
            after = (int(found.place[0]), str(found.place[1])) if found.place else None
            histories = histories_at(snapshot, timeline, basis, wanted, after=after, limit=limit)
            items = [
                {
                    **history.as_json(histories.names),
                    "links": {"self": context.links.facts(timeline, [*_key(history), *_standing(standing)])},
                }
                for history in histories.keys
            ]
            return items, histories.following

        return answer_list(
            request,
            f"/v1/timelines/{timeline}/facts",
            page,
            basis=replace(found, floor=basis.floor),
            question=question,
            asked=asked,
            known=known,
            revision=revision,
        )


def _key(history: KeyHistory) -> list[tuple[str, str]]:
    """The filters by which one key is found again; those of each development have them in common."""
    key = history.key
    found = [("subject", key.subject), ("attribute", key.attribute), ("object", key.object)]
    return [(name, value) for name, value in found if value]


def _standing(standing: str | None) -> list[tuple[str, str]]:
    return [] if standing is None else [("standing", standing)]
