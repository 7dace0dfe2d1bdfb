"""The drawing of a timeline alone, for scripts that draw it closer, wider or at another width."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from api.context import context_of
from api.parameters import (
    KindsParameter,
    PartyParameter,
    TimelineSlug,
)
from api.web.addresses import Addresses
from api.web.asked_basis import BasisParameters
from api.web.drawing.picture import NARROWEST, WIDEST, WIDTH, Looking, drawing_of
from api.web.drawing.plane import plane_of
from api.web.drawing.scale import View
from api.web.frame import Frame
from api.web.page_route import PageRoute
from api.web.rendering import page
from api.web.showing import iso_day
from projections.archive import Snapshot
from projections.outline import learnings_at, outline_at

router = APIRouter(route_class=PageRoute, include_in_schema=False)

SpanParameter = Annotated[str | None, Query(max_length=60)]
FindParameter = Annotated[str | None, Query(max_length=200)]
WidthParameter = Annotated[int, Query(ge=NARROWEST, le=WIDEST)]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is asked of a drawing besides its basis; `span` is the part of time in view, `find` words of titles."""

    span: str | None = None
    find: str | None = None
    kinds: Sequence[str] = ()
    party: str | None = None
    width: int = WIDTH

    @property
    def looking(self) -> Looking:
        """What is looked at.

        Raises:
            InvalidInput: the span is no interval of dates.
        """
        view = None if self.span is None else View.read(self.span)
        return Looking(view, self.width, frozenset(self.kinds), self.party or "", self.find or "")

    def asked(self, span: str | None) -> list[tuple[str, str]]:
        """The parameters that ask for another part of time, and for all else as before."""
        kinds = [("kind", kind) for kind in self.kinds]
        rest = (("party", self.party), ("find", self.find), ("span", span))
        return [*kinds, *((name, value) for name, value in rest if value)]

    def told(self, snapshot: Snapshot, frame: Frame, addresses: Addresses) -> dict[str, Any]:
        """What the template of a drawing shows."""
        outline = outline_at(snapshot, frame.slug, frame.basis)
        drawing = drawing_of(outline, frame.basis, frame.now, self.looking)

        def address(span: str) -> str:
            return addresses.timeline(frame.slug, frame.asking() + self.asked(span))

        def listing(kind: str, first: int, last: int) -> str:
            asked = [("kind", kind), ("from", iso_day(first)), ("to", iso_day(last))]
            return addresses.timeline(frame.slug, frame.asking() + asked)

        return {"drawing": drawing, "address": address, "listing": listing}

    def told_with_plane(self, snapshot: Snapshot, frame: Frame, addresses: Addresses) -> dict[str, Any]:
        """The same, and the plane of both clocks."""
        told = self.told(snapshot, frame, addresses)
        learnings = learnings_at(snapshot, frame.slug, frame.basis.revision)
        return {**told, "plane": plane_of(learnings, frame.basis, told["drawing"].whole)}


@router.get("/t/{timeline}/drawing")
def show_drawing(
    request: Request,
    timeline: TimelineSlug,
    asked: BasisParameters,
    kind: KindsParameter = None,
    party: PartyParameter = None,
    find: FindParameter = None,
    span: SpanParameter = None,
    width: WidthParameter = WIDTH,
) -> Response:
    """The developments in force along time, `width` pixels wide."""
    context = context_of(request)
    drawn = Drawn(span, find, tuple(dict.fromkeys(kind or ())), party, width)
    with context.service.archive.snapshot() as snapshot:
        frame = Frame.of(snapshot, timeline, asked)
        told = drawn.told(snapshot, frame, Addresses(context.settings.base_url))
        return page(request, context, "drawing.html", frame=frame, **told)
