"""Money, stakes and valuation over time: as pictures, with the same as tables, to take along."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Query
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from api.context import context_of
from api.parameters import TimelineSlug
from api.web.addresses import Addresses
from api.web.asked_basis import BasisParameters
from api.web.frame import Frame
from api.web.page_route import PageRoute
from api.web.rendering import page
from projections.archive import Snapshot
from projections.history.asking import Wanted
from projections.numbers import NUMERIC
from projections.plot import svg
from projections.replay import Replaying
from projections.series import Line, Series, series_at
from timeline.vocabulary import Attribute, Vocabulary

router = APIRouter(route_class=PageRoute, include_in_schema=False)

FIRST: Final = ("invested_total", "committed_total", "equity_stake", "valuation")
"""The attributes that are drawn where none is asked for."""
_HEIGHT: Final = 420


@dataclass(frozen=True, slots=True)
class Plot:
    """A picture with the values it shows and the addresses of both."""

    id: str
    attribute: Attribute
    unit: str
    picture: Markup
    lines: tuple[tuple[str, Line], ...]
    as_svg: str
    as_csv: str


@router.get("/t/{timeline}/plots")
def show_plots(
    request: Request,
    timeline: TimelineSlug,
    asked: BasisParameters,
    attribute: Annotated[str | None, Query(max_length=120)] = None,
    clock: Annotated[Literal["at", "known"], Query()] = "at",
) -> Response:
    """Numeric attributes along valid time as known at `known`, or as was believed on each date about `at`."""
    context = context_of(request)
    addresses = Addresses(context.settings.base_url)
    with context.service.archive.snapshot() as snapshot:
        frame = Frame.of(snapshot, timeline, asked)
        names = [attribute] if attribute else [name for name in FIRST if name in snapshot.vocabulary.attributes]
        plots = [plot for name in names for plot in _plots(snapshot, frame, addresses, name, clock)]
        return page(
            request,
            context,
            "plots.html",
            frame=frame,
            plots=plots,
            clock=clock,
            attribute=attribute or "",
            numeric=_numeric(snapshot.vocabulary),
        )


def _plots(snapshot: Snapshot, frame: Frame, addresses: Addresses, name: str, clock: str) -> Iterator[Plot]:
    still = "known" if clock == "at" else "at"
    asked = Replaying(
        clock=clock,
        end=frame.given(clock) or None,
        revision=int(frame.given("revision")) if frame.given("revision") else None,
        standing=frame.given("standing") or None,
        **{still: frame.given(still) or None},
    )
    found = series_at(snapshot, frame.slug, asked.bounds(snapshot), Wanted(None, name, None, None, None))
    given = [
        ("attribute", name),
        ("clock", clock),
        ("to", frame.given(clock)),
        *((one, frame.given(one)) for one in (still, "revision", "standing")),
    ]
    for number, chart in enumerate(found.charts()):
        lines = tuple(_lines(found, chart.unit))
        if not lines and number:
            continue
        address = [pair for pair in given if pair[1]]
        picture = addresses.api.series(frame.slug, [*address, ("unit", chart.unit), ("format", "svg")])
        yield Plot(
            id=f"{name}-{number}",
            attribute=found.attribute,
            unit=chart.unit,
            picture=Markup(svg(chart, height=_HEIGHT, is_styled=False)),  # noqa: S704 - plots escape what they are given
            lines=lines,
            as_svg=picture if lines else "",
            as_csv=addresses.api.series(frame.slug, [*address, ("format", "csv")]),
        )


def _lines(found: Series, unit: str) -> Iterator[tuple[str, Line]]:
    yield from ((line.label(found.names), line) for line in found.lines if line.unit == unit)


def _numeric(vocabulary: Vocabulary) -> list[Attribute]:
    return [one for one in vocabulary.attributes.values() if not NUMERIC.isdisjoint(one.values)]
