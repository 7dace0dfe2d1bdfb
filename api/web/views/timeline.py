"""A timeline: what happened, by year, and the state at the chosen moment beside it."""

from collections.abc import Sequence
from typing import Annotated, Final

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from api.context import context_of
from api.pages import Cursor, read_cursor
from api.parameters import (
    CursorParameter,
    DateParameter,
    KindsParameter,
    PartyParameter,
    TimelineSlug,
)
from api.web.addresses import Addresses
from api.web.asked_basis import BasisParameters
from api.web.brief import brief_of
from api.web.chronicle import years_of
from api.web.frame import Frame
from api.web.page_route import PageRoute
from api.web.rendering import page
from api.web.views.drawing import Drawn, FindParameter, SpanParameter
from projections.archive import Snapshot
from projections.corrected import mended_at
from projections.developments import Filters, developments_at
from projections.entities import entities_at, require_entity
from timeline.developments.kinds import KINDS
from timeline.entities import Entity

router = APIRouter(route_class=PageRoute, include_in_schema=False)

MOST: Final = 500
"""How many developments one page lists."""
MOST_BESIDE: Final = 60
"""How many facts of a section stand beside the drawing; the page of the state has all."""
_MOST_PARTIES: Final = 500


@router.get("/t/{timeline}")
def show_timeline(  # noqa: PLR0913, PLR0917 - FastAPI takes parameters one by one
    request: Request,
    timeline: TimelineSlug,
    asked: BasisParameters,
    kind: KindsParameter = None,
    party: PartyParameter = None,
    occurred_from: Annotated[DateParameter, Query(alias="from")] = None,
    occurred_to: Annotated[DateParameter, Query(alias="to")] = None,
    cursor: CursorParameter = None,
    find: FindParameter = None,
    span: SpanParameter = None,
) -> Response:
    """The developments in force, the latest first, and the state at `at` as it was known at `known`."""
    context = context_of(request)
    filters = Filters.asked(kinds=kind, party=party, first=occurred_from, last=occurred_to)
    chosen = {"kind": list(filters.kinds), "party": party or "", "from": occurred_from or "", "to": occurred_to or ""}
    narrowed = [*(("kind", name) for name in filters.kinds)]
    narrowed += [(name, str(chosen[name])) for name in ("party", "from", "to") if chosen[name]]
    drawn = Drawn(span, find, filters.kinds, party)
    with context.service.archive.snapshot() as snapshot:
        frame = Frame.of(snapshot, timeline, asked)
        basis = frame.basis
        if party is not None:
            require_entity(snapshot, timeline, party, basis.revision, field="party")
        question = {"page": "timeline", "timeline": timeline, "narrowed": narrowed}
        after = None if cursor is None else read_cursor(cursor, question, (int, str)).place
        found, last = developments_at(
            snapshot,
            timeline,
            known=basis.known,
            revision=basis.revision,
            filters=filters,
            after=None if after is None else (int(after[0]), str(after[1])),
            limit=MOST,
            newest_first=True,
        )
        state = snapshot.state(timeline, basis)
        mended = mended_at(snapshot, timeline, known=basis.known, revision=basis.revision)
        return page(
            request,
            context,
            "timeline.html",
            frame=frame,
            years=years_of(found, basis.at),
            size=len(found),
            brief=brief_of(state, snapshot.vocabulary, mended),
            chosen=chosen,
            narrowed=narrowed,
            cursor=cursor,
            following=None if last is None else Cursor(last, basis.revision, basis.known).text(question),
            kinds=list(KINDS),
            parties=_parties(snapshot, frame),
            find=find or "",
            span=span or "",
            most_beside=MOST_BESIDE,
            sections=snapshot.vocabulary.sections,
            **drawn.told_with_plane(snapshot, frame, Addresses(context.settings.base_url)),
        )


def _parties(snapshot: Snapshot, frame: Frame) -> Sequence[Entity]:
    return entities_at(snapshot, frame.slug, frame.basis.revision, limit=_MOST_PARTIES)[0]
