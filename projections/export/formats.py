"""All formats of export, by name: what each is, which clocks it depends on, and what writes it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from projections.export import (
    csv,
    facts,
    followthemoney,
    graphml,
    icalendar,
    jsonld,
    log,
    parquet,
    references,
    timelinejs,
)
from projections.export.material import Material
from timeline.dates import format_moment
from timeline.errors import InvalidInput

NDJSON: Final = "application/x-ndjson"


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its media type, how its files are named, and what it holds.

    `is_of_log` says that it depends on the revision alone; `cites` that it can be about one development; `streams` that
    its length is not bounded by that of a state.
    """

    name: str
    media_type: str
    suffix: str
    holds: str
    chunks: Callable[[Material], Iterator[bytes]]
    is_of_log: bool = False
    cites: bool = False
    streams: bool = False
    is_text: bool = True

    def filename(self, material: Material) -> str:
        """A name for the file that tells its basis."""
        basis = material.basis
        parts = [material.development or material.timeline]
        if not self.is_of_log:
            parts += [f"at-{_moment(basis.at)}", f"known-{_moment(basis.known)}", basis.floor.label]
        return f"{'_'.join([*parts, f'r{basis.revision}'])}.{self.suffix}"


def _log(material: Material) -> Iterator[bytes]:
    return log.log_file(material.archive, material.timeline, material.basis.revision)


_FORMATS: Final = (
    Format("ndjson", NDJSON, "ndjson", "the facts of the state, one a line, with sources and rivals", facts.ndjson),
    Format("csv", "text/csv; charset=utf-8; header=present", "csv", "the facts of the state as a table", csv.table),
    Format(
        "parquet",
        "application/vnd.apache.parquet",
        "parquet",
        "the same table with types; needs the extra `parquet`",
        parquet.table,
        is_text=False,
    ),
    Format(
        "jsonld",
        "application/ld+json",
        "jsonld",
        "the state as linked data, with the provenance of every fact in PROV-O",
        jsonld.document,
    ),
    Format("graphml", "application/graphml+xml", "graphml", "entities and their relations as a graph", graphml.graph),
    Format(
        "followthemoney",
        NDJSON,
        "ftm.ndjson",
        "people, companies, cases and their relations in the model of FollowTheMoney",
        followthemoney.entities,
    ),
    Format(
        "timelinejs",
        "application/json",
        "timeline.json",
        "developments as slides for TimelineJS",
        timelinejs.slides,
        streams=True,
    ),
    Format(
        "icalendar",
        "text/calendar; charset=utf-8",
        "ics",
        "developments as events of a calendar",
        icalendar.calendar,
        streams=True,
    ),
    Format(
        "csl-json",
        "application/vnd.citationstyles.csl+json",
        "csl.json",
        "how to cite the state, or one development",
        references.csl_json,
        cites=True,
    ),
    Format(
        "bibtex",
        "application/x-bibtex; charset=utf-8",
        "bib",
        "how to cite the state, or one development",
        references.bibtex,
        cites=True,
    ),
    Format(
        "log",
        NDJSON,
        "log.ndjson",
        "every event of the timeline, to be imported elsewhere without loss",
        _log,
        is_of_log=True,
        streams=True,
    ),
)

FORMATS: Final[Mapping[str, Format]] = {format_.name: format_ for format_ in _FORMATS}
"""All formats, by name."""


def format_of(name: str | None) -> Format:
    """The format of that name.

    Raises:
        InvalidInput: there is none; the remedy lists all.
    """
    found = FORMATS.get(name or "")
    if found is not None:
        return found
    remedy = f"Give one of: {', '.join(FORMATS)}."
    if name is None:
        raise InvalidInput("the format is missing.", field="format", remedy=remedy)
    raise InvalidInput(f'there is no format "{name[:40]}".', field="format", remedy=remedy)


def check_asked(chosen: Format, *, development: str | None, **clocks: str | None) -> None:
    """Make sure that nothing was asked that the format takes no account of.

    Raises:
        InvalidInput: `at`, `known` or `standing` is given for the log, or a development to what is no citation.
    """
    for field, value in clocks.items():
        if value is not None and chosen.is_of_log:
            raise InvalidInput(
                f'the export "{chosen.name}" holds every event up to the revision, whatever "{field}" is.',
                field=field,
                remedy="Leave it out, or take another format.",
            )
    if development is not None and not chosen.cites:
        citing = " or ".join(format_.name for format_ in FORMATS.values() if format_.cites)
        raise InvalidInput(
            f'the export "{chosen.name}" is about the whole timeline, not about one development.',
            field="development",
            remedy=f"Leave it out, or take the format {citing} to cite it.",
        )


def _moment(instant: int) -> str:
    return format_moment(instant).replace(":", "").replace(".", "-")
