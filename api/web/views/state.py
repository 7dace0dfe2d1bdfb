"""The state as a readable brief."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.context import context_of
from api.parameters import TimelineSlug
from api.web.addresses import Addresses
from api.web.asked_basis import BasisParameters
from api.web.brief import brief_of
from api.web.citing import citation_of_state
from api.web.frame import Frame
from api.web.page_route import PageRoute
from api.web.rendering import page
from projections.corrected import mended_at

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/t/{timeline}/state")
def show_state(
    request: Request,
    timeline: TimelineSlug,
    asked: BasisParameters,
) -> Response:
    """Every fact that held at `at`, as it was known at `known`, with footnotes."""
    context = context_of(request)
    addresses = Addresses(context.settings.base_url)
    with context.service.archive.snapshot() as snapshot:
        frame = Frame.of(snapshot, timeline, asked)
        state, neighbours = snapshot.state_and_neighbours(timeline, frame.basis)
        mended = mended_at(snapshot, timeline, known=frame.basis.known, revision=frame.basis.revision)
        permalink = addresses.whole(request, addresses.state(timeline, frame.pinned))
        return page(
            request,
            context,
            "state.html",
            frame=frame,
            brief=brief_of(state, snapshot.vocabulary, mended),
            names=state.names,
            steps=frame.steps(neighbours),
            permalink=permalink,
            citation=citation_of_state(frame, permalink),
        )
