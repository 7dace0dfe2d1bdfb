"""All timelines."""

from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.context import context_of
from api.negotiation import form_wanted
from api.web.page_route import PageRoute
from api.web.rendering import page
from projections.timelines import timelines_at

router = APIRouter(route_class=PageRoute, include_in_schema=False)

_FORMS: Final = {"page": "text/html", "service": "application/json"}
_MOST: Final = 200


@router.get("/")
def show_home(request: Request) -> Response:
    """The histories that are kept; a program that asks for JSON is led to the service document."""
    context = context_of(request)
    if form_wanted(request, None, _FORMS) == "service":
        return RedirectResponse(context.links.to("/v1/"), 308, headers={"Vary": "Accept"})
    with context.service.archive.snapshot() as snapshot:
        timelines, more = timelines_at(snapshot, snapshot.head, limit=_MOST)
        return page(
            request, context, "home.html", timelines=timelines, has_more=more is not None, revision=snapshot.head
        )
