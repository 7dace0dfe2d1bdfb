"""The history of a key: every value, and how it stopped."""

from typing import Annotated, Final

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from api.context import context_of
from api.links import given
from api.pages import Cursor, read_cursor
from api.parameters import (
    CursorParameter,
    EntityParameter,
    KnownParameter,
    RevisionParameter,
    StandingParameter,
    TimelineSlug,
)
from api.web.asked_basis import AskedBasis
from api.web.footnotes import Footnotes
from api.web.frame import Frame
from api.web.page_route import PageRoute
from api.web.past import told
from api.web.rendering import page
from projections.history.asking import Wanted
from projections.history.keys import histories_at

router = APIRouter(route_class=PageRoute, include_in_schema=False)

_PAGE: Final = 25
_LONGEST_NAME: Final = 120


@router.get("/t/{timeline}/facts")
def show_facts(  # noqa: PLR0913, PLR0917 - FastAPI takes parameters one by one
    request: Request,
    timeline: TimelineSlug,
    subject: Annotated[EntityParameter, Query()] = None,
    attribute: Annotated[str | None, Query(max_length=_LONGEST_NAME)] = None,
    object: Annotated[EntityParameter, Query()] = None,  # noqa: A002 - the word of the model
    entity: Annotated[EntityParameter, Query()] = None,
    section: Annotated[str | None, Query(max_length=_LONGEST_NAME)] = None,
    known: KnownParameter = None,
    revision: RevisionParameter = None,
    standing: StandingParameter = None,
    cursor: CursorParameter = None,
) -> Response:
    """Every value that the keys asked for ever had or were said to have."""
    context = context_of(request)
    asked = (("subject", subject), ("attribute", attribute), ("object", object), ("entity", entity))
    narrowed = given(*asked, section=section)
    with context.service.archive.snapshot() as snapshot:
        frame = Frame.of(snapshot, timeline, AskedBasis(known=known, revision=revision, standing=standing))
        question = {"page": "facts", "timeline": timeline, "narrowed": narrowed}
        after = None if cursor is None else read_cursor(cursor, question, (int, str)).place
        histories = histories_at(
            snapshot,
            timeline,
            frame.basis,
            Wanted(subject, attribute, object, entity, section),
            after=None if after is None else (int(after[0]), str(after[1])),
            limit=_PAGE,
        )
        notes, last = Footnotes(), histories.following
        return page(
            request,
            context,
            "facts.html",
            frame=frame,
            keys=told(histories, notes),
            names=histories.names,
            notes=notes.all(),
            narrowed=narrowed,
            sections=snapshot.vocabulary.sections,
            section=section,
            following=None if last is None else Cursor(last, frame.basis.revision, frame.basis.known).text(question),
        )
