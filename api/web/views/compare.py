"""Two states side by side: what came, went and changed, each with its cause."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.comparing import BetweenParameters, pinned
from api.context import context_of
from api.parameters import TimelineSlug
from api.web.addresses import Addresses
from api.web.asked_basis import AskedBasis
from api.web.differences import differences_of
from api.web.frame import Frame
from api.web.page_route import PageRoute
from api.web.rendering import page
from projections.archive import Snapshot
from projections.between import Between
from projections.comparison import check_order, compare
from timeline.dates import format_instant

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/t/{timeline}/compare")
def show_comparison(
    request: Request,
    timeline: TimelineSlug,
    given: BetweenParameters,
) -> Response:
    """What differs between two dates, in the world or of knowledge; without dates, the form and some to begin with.

    Where only the earlier date of a pair is given, the later one is today.
    """
    context = context_of(request)
    addresses = Addresses(context.settings.base_url)
    with context.service.archive.snapshot() as snapshot:
        today = format_instant(snapshot.now)[:10]
        asked = _until(today, given)
        after = AskedBasis(at=asked.at or asked.last, known=asked.known or asked.known_last, standing=asked.standing)
        frame = Frame.of(snapshot, timeline, after)
        found: dict[str, Any] = {"differences": None}
        if asked.moves:
            found = _compared(snapshot, addresses, request, frame, asked)
        return page(
            request,
            context,
            "compare.html",
            frame=frame,
            asked=dict(asked.asked),
            years=_years(snapshot, frame),
            **found,
        )


def _until(today: str, given: Between) -> Between:
    """The question with today as the later date wherever only the earlier one is given."""
    return replace(
        given,
        last=today if given.first is not None and given.last is None else given.last,
        known_last=today if given.known_first is not None and given.known_last is None else given.known_last,
    )


def _compared(
    snapshot: Snapshot, addresses: Addresses, request: Request, frame: Frame, asked: Between
) -> dict[str, Any]:
    before, after = asked.bases(snapshot)
    check_order(before, after)
    differences = differences_of(compare(snapshot, frame.slug, before, after), snapshot.vocabulary)
    asked_for_good = pinned(before, after)
    permalink = addresses.whole(request, addresses.compare(frame.slug, asked_for_good))
    return {"differences": differences, "pinned": asked_for_good, "permalink": permalink}


def _years(snapshot: Snapshot, frame: Frame) -> Sequence[int]:
    """The years with anything in them, the latest first."""
    number, _ = snapshot.timeline(frame.slug, frame.basis.revision)
    rows = snapshot.rows.all(
        "SELECT DISTINCT occurred_earliest FROM contents WHERE timeline_id = ? AND occurred_earliest <= ?",
        (number, snapshot.now),
    )
    years = sorted(int(format_instant(row[0])[:4]) for row in rows)
    return [year for year, _ in groupby(reversed(years))]
