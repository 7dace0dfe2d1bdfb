"""Numeric attributes over time: as JSON, as a table, as a picture."""

from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from api.answers import answer
from api.basis_headers import basis_headers
from api.conditional import entity_tag
from api.context import context_of
from api.links import given
from api.negotiation import form_wanted
from api.openapi import NOT_MODIFIED, READING, problems
from api.parameters import (
    AtParameter,
    EntityParameter,
    KnownParameter,
    RevisionParameter,
    StandingParameter,
    TimelineSlug,
)
from api.schemas.series import SeriesBody
from api.strict import StrictRoute
from projections.history.asking import Wanted
from projections.plot import svg
from projections.replay import Replaying
from projections.series import series_at
from projections.series_table import series_csv
from timeline.dates import parse_moment
from timeline.errors import InvalidInput

CSV: Final = "text/csv"
SVG: Final = "image/svg+xml"
_FORMS: Final = {"json": "application/json", "csv": CSV, "svg": SVG}
_LONGEST_NAME: Final = 120

router = APIRouter(tags=["facts"], route_class=StrictRoute)


@router.get(
    "/v1/timelines/{timeline}/series",
    operation_id="readSeries",
    summary="A numeric attribute over time",
    response_model=SeriesBody,
    responses={
        200: {
            "content": {
                "application/json": {},
                CSV: {"schema": {"type": "string"}},
                SVG: {"schema": {"type": "string"}},
            }
        },
        **NOT_MODIFIED,
        **problems(
            *READING,
            "unknown-timeline",
            "unknown-revision",
            "invalid-input",
            "unknown-attribute",
            "undescribed-entity",
            "future-known",
        ),
    },
)
def read_series(  # noqa: PLR0913, PLR0917 - FastAPI takes parameters one by one
    request: Request,
    timeline: TimelineSlug,
    attribute: Annotated[
        str,
        Query(
            max_length=_LONGEST_NAME,
            description="An attribute of the vocabulary whose values are money, percentages or quantities.",
            examples=["invested_total"],
        ),
    ],
    subject: Annotated[EntityParameter, Query(description="Only of this entity; its slug.")] = None,
    object: Annotated[  # noqa: A002 - the word of the model
        EntityParameter, Query(description="Only with this object; its slug.")
    ] = None,
    clock: Annotated[
        Literal["at", "known"],
        Query(
            description="Along which clock: `at`, how it went in the world, as far as is known; `known`, what was "
            "believed on each date about one moment.",
        ),
    ] = "at",
    start: Annotated[
        str | None, Query(alias="from", max_length=60, description="Only from this moment of the clock on.")
    ] = None,
    to: Annotated[
        str | None, Query(max_length=60, description="Only up to this moment of the clock. Left out: now.")
    ] = None,
    at: AtParameter = None,
    known: KnownParameter = None,
    revision: RevisionParameter = None,
    standing: StandingParameter = None,
    unit: Annotated[
        str | None,
        Query(max_length=60, description="For a picture of values in several units: which, such as a currency."),
    ] = None,
    form: Annotated[
        Literal["json", "csv", "svg"] | None,
        Query(alias="format", description="`json`, `csv` or `svg`. Left out: what Accept asks for."),
    ] = None,
) -> Response:
    """Every value of a numeric attribute, key by key, from when until when, with its range, qualifier, standing,
    sources and rivals.

    Numbers are texts, exact to the last digit. As CSV one value is a row; as SVG the values of one unit are drawn as
    steps, ranges as bands, and what is only possible is dotted.
    """  # noqa: D205 - the first sentence takes two lines
    context = context_of(request)
    wanted = form_wanted(request, form, _FORMS)
    own = context.links.series(
        timeline,
        given(
            ("attribute", attribute),
            ("subject", subject),
            ("object", object),
            ("clock", clock),
            ("from", start),
            ("to", to),
            ("at", at),
            ("known", known),
            ("revision", revision),
            ("standing", standing),
            ("unit", unit),
            ("format", form),
        ),
    )
    asked = Replaying(clock=clock, start=start, end=to, at=at, known=known, revision=revision, standing=standing)
    with context.service.archive.snapshot() as snapshot:
        bounds = asked.bounds(snapshot)

        def make() -> Any:
            found = series_at(snapshot, timeline, bounds, Wanted(subject, attribute, object, None, None))
            if wanted == "csv":
                return series_csv(found).encode()
            if wanted == "svg":
                charts = {chart.unit: chart for chart in found.charts()}
                chart = next(iter(charts.values())) if unit is None else charts.get(unit)
                if chart is None:
                    raise InvalidInput(
                        f'no value is in "{unit}".', field="unit", remedy=f"Give one of {', '.join(charts)}."
                    )
                return svg(chart).encode()
            return {**found.as_json(), "links": {"self": own}}

        moved = {"at": at, "known": known, clock: to}
        is_over = moved["known"] is not None and parse_moment(moved["known"]) == bounds.end.known < snapshot.now
        return answer(
            request,
            make,
            etag=entity_tag("series", own, wanted, bounds, context.vocabulary_tag),
            pinned=moved["at"] is not None and revision is not None and is_over,
            headers={**basis_headers(bounds.end), "Vary": "Accept"},
            media_type=_FORMS[wanted],
        )
