"""A state inside other pages: the light view, and oEmbed, by which other pages learn how to put it in."""

from typing import Annotated, Any, Final, Literal
from urllib.parse import parse_qsl, urlsplit

from fastapi import APIRouter, Query
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from api.answers import json_bytes
from api.context import context_of
from api.parameters import TimelineSlug
from api.problems import FieldError, Problem
from api.strict import StrictRoute
from api.web.addresses import Addresses
from api.web.asked_basis import CLOCKS, AskedBasis, BasisParameters
from api.web.brief import brief_of
from api.web.frame import Frame
from api.web.page_route import PageRoute
from api.web.rendering import page
from projections.archive import Snapshot
from projections.corrected import mended_at
from projections.history.asking import require_section
from timeline.errors import TimelineError

router = APIRouter(route_class=PageRoute, include_in_schema=False)
oembed = APIRouter(route_class=StrictRoute, include_in_schema=False)

_WIDTH: Final = 640
_HEIGHT: Final = 480
_LEAST: Final = 200
_MOST: Final = 10_000
_FRAME: Final = Markup(
    '<iframe src="{src}" title="{title}" width="{width}" height="{height}" loading="lazy" '
    'referrerpolicy="no-referrer" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>'
)


@router.get("/embed/{timeline}/state")
def embed_state(
    request: Request,
    timeline: TimelineSlug,
    asked: BasisParameters,
    section: Annotated[str | None, Query(max_length=120)] = None,
) -> Response:
    """A state, or one section of it, without anything around it."""
    context = context_of(request)
    with context.service.archive.snapshot() as snapshot:
        frame = Frame.of(snapshot, timeline, asked)
        if section is not None:
            require_section(snapshot.vocabulary, section)
        mended = mended_at(snapshot, timeline, known=frame.basis.known, revision=frame.basis.revision)
        state = snapshot.state(timeline, frame.basis)
        brief = brief_of(state, snapshot.vocabulary, mended, only=section)
        return page(request, context, "embed.html", is_embedded=True, frame=frame, brief=brief, section=section)


@oembed.get("/oembed")
def tell_embedding(
    request: Request,
    url: Annotated[str, Query(max_length=2000)],
    maxwidth: Annotated[int | None, Query(ge=1, le=_MOST)] = None,
    maxheight: Annotated[int | None, Query(ge=1, le=_MOST)] = None,
    format: Annotated[Literal["json"], Query()] = "json",  # noqa: A002, ARG001 - as oEmbed calls it
) -> Response:
    """How the page of a state at `url` is embedded (oEmbed 1.0, of type rich)."""
    context = context_of(request)
    addresses = Addresses(context.settings.base_url)
    timeline, asked = _read(url, addresses, request)
    with context.service.archive.snapshot() as snapshot:
        frame = _frame(snapshot, timeline, asked)
    asked_again = [*frame.asking(), *((name, value) for name, value in asked.items() if name == "section")]
    source = addresses.whole(request, addresses.embedded(timeline, asked_again))
    width, height = max(_LEAST, min(_WIDTH, maxwidth or _WIDTH)), max(_LEAST, min(_HEIGHT, maxheight or _HEIGHT))
    title = f"{frame.timeline.title}: the state {'on ' if frame.given('at') else ''}{frame.at_text}, {frame.known_text}"
    body: dict[str, Any] = {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": "Timeline",
        "provider_url": addresses.whole(request, addresses.home()),
        "html": str(_FRAME.format(src=source, title=title, width=width, height=height)),
        "width": width,
        "height": height,
    }
    headers = {"Cache-Control": "no-cache", "Access-Control-Allow-Origin": "*", "X-Content-Type-Options": "nosniff"}
    return Response(json_bytes(body), headers=headers, media_type="application/json")


def _frame(snapshot: Snapshot, timeline: str, asked: dict[str, str]) -> Frame:
    try:
        return Frame.of(snapshot, timeline, AskedBasis.of(asked))
    except TimelineError as error:
        raise _nothing_to_embed(error.message) from None


def _read(url: str, addresses: Addresses, request: Request) -> tuple[str, dict[str, str]]:
    """The timeline and the parameters of the state whose page an address names.

    Raises:
        Problem: it is not the address of a state here.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        raise _nothing_to_embed("it is no web address.") from None
    home = urlsplit(addresses.whole(request, addresses.home()))
    within = parts.path.removeprefix(home.path.rstrip("/")).split("/")
    if parts.netloc != home.netloc or len(within) != 4 or within[:2] != ["", "t"] or within[3] != "state":
        raise _nothing_to_embed("it is not the address of a state in this service.")
    asked = {name: value for name, value in parse_qsl(parts.query) if name in {*CLOCKS, "section"}}
    return within[2], asked


def _nothing_to_embed(why: str) -> Problem:
    remedy = "Give the address of a page such as /t/{timeline}/state, with its query."
    message = f"This address cannot be embedded: {why}"
    return Problem("not-found", f"{message} {remedy}", errors=[FieldError("url", message, remedy)])
