"""`timeline series`: a numeric attribute over time, as a table, as CSV or as a picture."""

import json
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from api.cli.opening import described, opened_for_reading
from api.cli.options import (
    AsJson,
    Database,
    RevisionOption,
    StandingOption,
    StillAtOption,
    StillKnownOption,
    TimelineName,
    console,
)
from api.cli.state_page import STYLES, basis_line, moment
from projections.history.asking import Wanted
from projections.plot import Chart, svg
from projections.replay import Replaying
from projections.series import Point, Series, series_at
from projections.series_table import series_csv
from timeline.errors import InvalidInput


def series(  # noqa: PLR0913 - Typer takes options one by one
    timeline: TimelineName,
    attribute: Annotated[str, typer.Argument(metavar="ATTRIBUTE", help="An attribute whose values are numbers.")],
    *,
    subject: Annotated[str | None, typer.Option(metavar="SLUG", help="Only of this entity.")] = None,
    object: Annotated[  # noqa: A002 - the word of the model
        str | None, typer.Option("--object", metavar="SLUG", help="Only with this object.")
    ] = None,
    clock: Annotated[
        Literal["at", "known"],
        typer.Option(help="How it went in the world, or what was believed on each date about one moment."),
    ] = "at",
    first: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="Only from this moment of the clock on.")
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="Only up to this moment of the clock. Left out: now.")
    ] = None,
    at: StillAtOption = None,
    known: StillKnownOption = None,
    revision: RevisionOption = None,
    standing: StandingOption = "reported",
    unit: Annotated[
        str | None, typer.Option(metavar="UNIT", help="With --svg: which values to draw, such as USD.")
    ] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Answer in CSV, one value a row.")] = False,
    as_svg: Annotated[bool, typer.Option("--svg", help="Draw it, as SVG.")] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="PATH", help="Where to write it. Left out: the terminal.")
    ] = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Show every value of a numeric attribute over time, with its range, its standing and its rivals."""
    if as_csv + as_svg + as_json > 1:
        raise typer.BadParameter("give one of --csv, --svg and --json")
    asked = Replaying(clock=clock, start=first, end=to, at=at, known=known, revision=revision, standing=standing)
    with opened_for_reading(database) as service, service.archive.snapshot() as snapshot:
        described(snapshot, timeline)
        found = series_at(snapshot, timeline, asked.bounds(snapshot), Wanted(subject, attribute, object, None, None))
    if as_json:
        written(json.dumps(found.as_json(), indent=2, ensure_ascii=False) + "\n", output)
    elif as_csv:
        written(series_csv(found), output)
    elif as_svg:
        written(svg(_chart(found.charts(), unit)), output)
    else:
        console().print(_page(found))


def written(text: str, output: Path | None) -> None:
    """Write a text where it was asked for.

    Raises:
        InvalidInput: the file cannot be written.
    """
    if output is None:
        typer.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise InvalidInput(
            f'"{output}" cannot be written: {error.strerror}.', field="output", remedy="Name another file."
        ) from None


def _chart(charts: list[Chart], unit: str | None) -> Chart:
    units = {chart.unit: chart for chart in charts}
    if unit is None:
        return charts[0]
    if unit not in units:
        raise InvalidInput(f'no value is in "{unit}".', field="unit", remedy=f"There are: {', '.join(units)}.")
    return units[unit]


def _page(found: Series) -> RenderableType:
    parts: list[RenderableType] = [Text(found.title, style="bold"), Text(basis_line(found.bounds.end))]
    for line in found.lines:
        parts += [
            Text(),
            Text(f"{found.attribute.label}: {line.label(found.names)}, in {line.unit}", style="bold underline"),
        ]
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(no_wrap=True)
        table.add_column(justify="right", no_wrap=True)
        table.add_column(no_wrap=True)
        table.add_column(ratio=1)
        for point in line.points:
            standing = Text(point.standing.value, style=STYLES[point.standing])
            table.add_row(moment(point.start).removesuffix("T00:00:00Z"), _amount(point), standing, _remark(point))
        parts.append(table)
    if not found.lines:
        parts.append(Text("\nThe record has no such value."))
    return Group(*parts)


def _amount(point: Point) -> str:
    if point.exact is not None:
        number = f"{point.exact:,f}"
    else:
        number = "–".join("" if bound is None else f"{bound:,f}" for bound in (point.low, point.high))
    qualifier = point.value.get("qualifier")
    return f"{qualifier.replace('-', ' ')} {number}" if qualifier else number


def _remark(point: Point) -> Text:
    told = Text("" if point.is_certain else "possibly; ", style="italic").append(
        f"by {point.development}", style="dim not italic"
    )
    if point.until is not None:
        told.append(f", until {moment(point.until).removesuffix('T00:00:00Z')}", style="dim not italic")
    for rival in point.rivals:
        told.append(f"\nbut: {rival.text} ({rival.standing.value})", style="dim not italic")
    return told
