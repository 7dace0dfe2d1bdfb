"""The record, taken home at a basis, in the formats that other programs read."""

from typing import Annotated, Final

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from api.basis_headers import basis_headers, log_headers
from api.conditional import cache_control, entity_tag, not_modified
from api.context import context_of
from api.openapi import NOT_MODIFIED, READING, problems
from api.parameters import (
    AtParameter,
    KnownParameter,
    RevisionParameter,
    StandingParameter,
    TimelineSlug,
)
from api.strict import StrictRoute
from projections.export.addresses import Addresses
from projections.export.formats import FORMATS, Format, check_asked, format_of
from projections.export.material import Material
from projections.export.parquet import writer_version
from timeline.dates import parse_moment

_TEXT: Final = {"type": "string"}

router = APIRouter(tags=["export"], route_class=StrictRoute)


def _content(chosen: Format) -> dict[str, object]:
    if not chosen.is_text:
        return {"schema": {"type": "string", "format": "binary"}}
    return {"schema": {} if chosen.media_type.endswith("json") and "ndjson" not in chosen.media_type else _TEXT}


@router.get(
    "/v1/timelines/{timeline}/export",
    operation_id="exportTimeline",
    summary="The record in the formats of other programs",
    response_class=Response,
    responses={
        200: {
            "description": "A file; its name tells the basis",
            "content": {one.media_type.partition(";")[0]: _content(one) for one in FORMATS.values()},
        },
        **NOT_MODIFIED,
        **problems(
            *READING,
            "unknown-timeline",
            "unknown-development",
            "unknown-revision",
            "invalid-input",
            "future-known",
            "not-installed",
        ),
    },
)
def export_timeline(
    request: Request,
    timeline: TimelineSlug,
    form: Annotated[
        str | None,
        Query(
            alias="format",
            description="Needed: "
            + ", ".join(f"`{one.name}` ({one.holds})" for one in FORMATS.values())
            + ". What each holds is told in docs/exports.md.",
            examples=["csv"],
            json_schema_extra={"enum": list(FORMATS)},
        ),
    ] = None,
    at: AtParameter = None,
    known: KnownParameter = None,
    revision: RevisionParameter = None,
    standing: StandingParameter = None,
    development: Annotated[
        str | None,
        Query(
            pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$",
            max_length=120,
            description="Only with `csl-json` and `bibtex`: cite this development instead of the state.",
            examples=["2024-03-04-doe-removed"],
        ),
    ] = None,
) -> Response:
    """The facts of the state at a basis, the developments known at it, how to cite it, or the whole log.

    Links in a file are absolute; they begin with the public address of the service. A `log` depends on the revision
    alone and takes no other clock; it can be imported elsewhere without loss, and breaks off without its last line if
    the service fails on the way.
    """
    context = context_of(request)
    chosen = format_of(form)
    check_asked(chosen, development=development, at=at, known=known, standing=standing)
    version = "" if chosen.is_text else writer_version()
    with context.service.archive.snapshot() as snapshot:
        snapshot_time = snapshot.now
        basis = snapshot.basis(at, known, revision, standing)
        snapshot.timeline(timeline, basis.revision)
    addresses = Addresses(context.settings.base_url or str(request.base_url))
    material = Material(context.service.archive, timeline, basis, addresses, development)
    pinned = revision is not None and (
        chosen.is_of_log
        or (at is not None and known is not None and parse_moment(known) == basis.known < snapshot_time)
    )
    clocks = log_headers(basis.revision) if chosen.is_of_log else basis_headers(basis)
    headers = {
        **clocks,
        "Cache-Control": cache_control(pinned=pinned),
        "Content-Disposition": f'attachment; filename="{chosen.filename(material)}"',
    }
    etag = entity_tag(
        "export", chosen.name, timeline, development, clocks, addresses.base, version, context.vocabulary_tag
    )
    known_already = not_modified(request, etag, headers)
    if known_already is not None:
        return known_already
    headers["ETag"] = etag
    if chosen.streams:
        return StreamingResponse(chosen.chunks(material), headers=headers, media_type=chosen.media_type)
    return Response(b"".join(chosen.chunks(material)), headers=headers, media_type=chosen.media_type)
