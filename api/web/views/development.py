"""A development: what it says, its sources, and how it came to read as it does."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.context import context_of
from api.parameters import DevelopmentSlug, KnownParameter, RevisionParameter, TimelineSlug
from api.web.addresses import Addresses
from api.web.asked_basis import AskedBasis
from api.web.citing import citation_of_development
from api.web.frame import Frame
from api.web.page_route import PageRoute
from api.web.rendering import page
from api.web.telling import events_of, said_by
from projections.developments import development_at
from projections.state import visible_sources

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/t/{timeline}/developments/{development}")
def show_development(
    request: Request,
    timeline: TimelineSlug,
    development: DevelopmentSlug,
    known: KnownParameter = None,
    revision: RevisionParameter = None,
) -> Response:
    """The version in force at `known`; where nothing was known yet, the page says that and no more."""
    context = context_of(request)
    addresses = Addresses(context.settings.base_url)
    with context.service.archive.snapshot() as snapshot:
        frame = Frame.of(snapshot, timeline, AskedBasis(known=known, revision=revision))
        basis = frame.basis
        history = development_at(snapshot, timeline, development, known=basis.known, revision=basis.revision)
        pinned = [item for item in frame.pinned if item[0] in {"known", "revision"}]
        permalink = addresses.whole(request, addresses.development(timeline, development, pinned))
        found: dict[str, Any] = {"content": None, "said": (), "sources": (), "citation": None}
        version = history.version
        if version is not None and version.content is not None:
            names = {timeline: frame.timeline.title, **history.names}
            told = version.content.model_dump(mode="json", exclude_none=True)
            found = {
                "content": told,
                "said": said_by(version.content, timeline, development, snapshot.vocabulary, names),
                "sources": visible_sources(told.get("sources", ()), basis.known),
                "citation": citation_of_development(frame, development, version, permalink),
            }
        return page(
            request,
            context,
            "development.html",
            frame=frame,
            slug=development,
            history=history,
            version=version,
            events=events_of(history),
            permalink=permalink,
            pinned=pinned,
            **found,
        )
