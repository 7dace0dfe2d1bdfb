"""Search at a basis: what was not known then is not found."""

from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from api.context import context_of
from api.pages import Cursor, read_cursor
from api.parameters import CursorParameter, KindsParameter, KnownParameter, RevisionParameter, TimelineSlug
from api.web.asked_basis import AskedBasis
from api.web.frame import Frame
from api.web.page_route import PageRoute
from api.web.rendering import page
from projections.developments import Filters
from projections.search.hits import HIT_TYPES, Hit
from projections.search.query import LONGEST_QUERY, parse_query
from projections.search.reader import Wanted, search
from timeline.developments.kinds import KINDS

router = APIRouter(route_class=PageRoute, include_in_schema=False)

_PAGE: Final = 20


@router.get("/t/{timeline}/search")
def show_search(
    request: Request,
    timeline: TimelineSlug,
    q: Annotated[str | None, Query(max_length=LONGEST_QUERY)] = None,
    type: Annotated[Literal["development", "fact", "entity"] | None, Query()] = None,  # noqa: A002 - its name
    kind: KindsParameter = None,
    known: KnownParameter = None,
    revision: RevisionParameter = None,
    cursor: CursorParameter = None,
) -> Response:
    """What was found, the best first; without a query, the form."""
    context = context_of(request)
    kinds = tuple(dict.fromkeys(kind or ()))
    given = (("q", q), ("type", type))
    asked = [*((name, value) for name, value in given if value is not None), *(("kind", name) for name in kinds)]
    hits: list[dict[str, Any]] | None = None
    following = None
    with context.service.archive.snapshot() as snapshot:
        frame = Frame.of(snapshot, timeline, AskedBasis(known=known, revision=revision))
        basis = frame.basis
        if q is not None:
            question = {"page": "search", "timeline": timeline, "asked": asked}
            after = None if cursor is None else read_cursor(cursor, question, (int, int, str, int)).place
            found, last = search(
                snapshot,
                timeline,
                Wanted(
                    parse_query(q),
                    types=frozenset(HIT_TYPES if type is None else (type,)),
                    filters=Filters(kinds=kinds),
                ),
                known=basis.known,
                revision=basis.revision,
                after=None if after is None else (int(after[0]), int(after[1]), str(after[2]), int(after[3])),
                limit=_PAGE,
            )
            hits = [_shown(hit) for hit in found]
            following = None if last is None else Cursor(last, basis.revision, basis.known).text(question)
        return page(
            request,
            context,
            "search.html",
            frame=frame,
            q=q or "",
            type=type or "",
            kind=kinds[0] if kinds else "",
            kinds=list(KINDS),
            hits=hits,
            asked=asked,
            cursor=cursor,
            following=following,
        )


def _shown(hit: Hit) -> dict[str, Any]:
    told = hit.as_json()
    key = [(name, told[name]) for name in ("subject", "attribute", "object") if told.get(name) is not None]
    return {**told, "found": hit.found, "key": key}
