"""Search: what of the record a query is about, at a basis."""

from dataclasses import replace
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from api.context import Context, context_of
from api.links import given
from api.lists import ListBasis, answer_list, knowledge_basis
from api.openapi import NOT_MODIFIED, READING, problems
from api.parameters import (
    AtParameter,
    CursorParameter,
    DateParameter,
    KindsParameter,
    KnownParameter,
    LimitParameter,
    PartyParameter,
    RevisionParameter,
    TimelineSlug,
)
from api.schemas.search import SearchPage
from api.strict import StrictRoute
from projections.developments import Filters
from projections.entities import require_entity
from projections.search.hits import HIT_TYPES, Hit, HitType, Place
from projections.search.query import parse_query
from projections.search.reader import Wanted, search
from timeline.dates import format_moment
from timeline.errors import InvalidInput
from timeline.standing import Floor, FloorName

router = APIRouter(tags=["search"], route_class=StrictRoute)

_PAGE: Final = 20


@router.get(
    "/v1/timelines/{timeline}/search",
    operation_id="search",
    summary="Search the record at a basis",
    response_model=SearchPage,
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
def search_record(  # noqa: PLR0913, PLR0917 - FastAPI takes parameters one by one
    request: Request,
    timeline: TimelineSlug,
    q: Annotated[
        str,
        Query(
            description="What to look for: words that all have to be there, whatever their endings; a phrase in "
            "quotation marks; `OR` between two words; a minus before a word that must not be there. The last word may "
            "be the beginning of one. At most 1,000 characters.",
            examples=["chief executive"],
        ),
    ],
    type: Annotated[  # noqa: A002 - the name of the parameter
        list[HitType] | None,
        Query(max_length=len(HIT_TYPES), description="Only hits of this type; may be repeated."),
    ] = None,
    kind: KindsParameter = None,
    party: PartyParameter = None,
    occurred_from: Annotated[
        DateParameter,
        Query(
            alias="from",
            description="Only developments that may have occurred at this date or later, in EDTF, and their facts.",
            examples=["2024-03"],
        ),
    ] = None,
    occurred_until: Annotated[
        DateParameter,
        Query(
            alias="until",
            description="Only developments that may have occurred by the end of this date, in EDTF, and their facts.",
            examples=["2024"],
        ),
    ] = None,
    standing: Annotated[
        FloorName | None,
        Query(
            description="The least standing that is admitted: `confirmed`, `reported` or `alleged`. Left out: any, "
            "denials too.",
        ),
    ] = None,
    at: AtParameter = None,
    known: KnownParameter = None,
    revision: RevisionParameter = None,
    limit: LimitParameter = _PAGE,
    cursor: CursorParameter = None,
) -> Response:
    """What was found, the best first: developments, facts and entities.

    A word counts most in a title, then in the sentence of a fact, in a summary, in a source. Only versions in force are
    searched, with the sources that had appeared by `known`; a hit names its version. With `at`, facts are found that
    hold then, and developments that may have occurred by then; left out, it narrows nothing. Entities have no kind, no
    date and no standing: they are found where nothing of the sort is asked.
    """
    context = context_of(request)
    wanted = _wanted(q, type, standing)
    filters = Filters.asked(kinds=kind, party=party, first=occurred_from, last=occurred_until, last_field="until")
    asked = [
        ("q", q),
        *(("type", name) for name in dict.fromkeys(type or ())),
        *(("kind", name) for name in filters.kinds),
        *given(
            ("party", party),
            ("from", occurred_from),
            ("until", occurred_until),
            ("standing", standing),
            ("at", at),
            ("limit", limit if limit != _PAGE else None),
        ),
    ]
    question = {"list": "search", "timeline": timeline, "asked": [pair for pair in asked if pair[0] != "limit"]}
    with context.service.archive.snapshot() as snapshot:
        basis = knowledge_basis(snapshot, question, cursor, known, revision, places=(int, int, str, int))
        wanted = replace(wanted, filters=filters, at=None if at is None else snapshot.basis(at=at).at)
        if wanted.types == {"entity"} and not wanted.is_about_entities:
            raise InvalidInput(
                "entities have no kind, no party, no date and no standing to choose by.",
                field="type",
                remedy="Leave kind, party, from, until, standing and at out, or ask for another type.",
            )
        basis = replace(basis, floor=wanted.floor, at=wanted.at)
        if party is not None:
            require_entity(snapshot, timeline, party, basis.revision, field="party")

        def page() -> tuple[list[dict[str, Any]], tuple[int | str, ...] | None]:
            found, last = search(
                snapshot,
                timeline,
                wanted,
                known=basis.known_at,
                revision=basis.revision,
                after=_place(basis),
                limit=limit,
            )
            pinned = [
                *([("known", format_moment(basis.known_at))] if known is not None or cursor is not None else []),
                *([("revision", str(basis.revision))] if revision is not None or cursor is not None else []),
            ]
            return [_item(context, timeline, hit, pinned) for hit in found], last

        return answer_list(
            request,
            f"/v1/timelines/{timeline}/search",
            page,
            basis=basis,
            question=question,
            asked=asked,
            known=known,
            revision=revision,
        )


def _wanted(q: str, types: list[HitType] | None, standing: FloorName | None) -> Wanted:
    return Wanted(
        parse_query(q),
        types=frozenset(types or HIT_TYPES),
        floor=None if standing is None else Floor[standing.upper()],
    )


def _place(basis: ListBasis) -> Place | None:
    if not basis.place:
        return None
    score, date, slug, ordinal = basis.place
    return int(score), int(date), str(slug), int(ordinal)


def _item(context: Context, timeline: str, hit: Hit, pinned: list[tuple[str, str]]) -> dict[str, Any]:
    """A hit with its links, which lead to the same version where the question pins a clock."""
    body, links = hit.as_json(), context.links
    match body["type"]:
        case "entity":
            clock = [pair for pair in pinned if pair[0] == "revision"]
            found = {"self": links.timeline(timeline, f"/entities/{hit.slug}", clock)}
        case "fact":
            found = {"development": links.development(timeline, hit.slug, pinned)}
        case _:
            found = {"self": links.development(timeline, hit.slug, pinned)}
    return {**body, "links": found}
