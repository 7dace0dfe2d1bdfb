"""`timeline project`: what a history comes to by rules of one's own."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from api.cli.opening import described, opened_for_reading
from api.cli.options import AsJson, AtOption, Database, KnownOption, RevisionOption, console
from api.cli.series import written
from projections.plot import svg
from projections.projecting import Folded, Projection, found, store, stored, stored_all
from projections.projecting.running import fold
from projections.projecting.stored import Stored, last_position
from projections.service import Service
from timeline.errors import InvalidInput


def project(  # noqa: PLR0913 - Typer takes options one by one
    projection: Annotated[
        str | None,
        typer.Argument(
            metavar="PROJECTION", help="A file such as my_projection.py, or the name that a package registers."
        ),
    ] = None,
    timeline: Annotated[str | None, typer.Argument(metavar="TIMELINE", help="The slug of the timeline.")] = None,
    *,
    at: AtOption = None,
    known: KnownOption = None,
    revision: RevisionOption = None,
    as_svg: Annotated[bool, typer.Option("--svg", help="Draw it as SVG, where the projection can be drawn.")] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="PATH", help="Where to write it. Left out: the terminal.")
    ] = None,
    keep: Annotated[
        bool, typer.Option("--store", help="Fold it from the beginning and keep the result in the database.")
    ] = False,
    from_store: Annotated[
        bool, typer.Option("--stored", help="Show what the database keeps instead of folding it now.")
    ] = False,
    status: Annotated[
        bool, typer.Option("--status", help="Show which projections the database keeps, and which of them failed.")
    ] = False,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Run a projection of your own over a history, or look after those that the database keeps."""
    if status:
        with opened_for_reading(database) as service:
            _status(service, as_json=as_json)
        return
    if projection is None or timeline is None:
        raise typer.BadParameter("give a projection and a timeline, or --status")
    is_dated = at is not None or known is not None or revision is not None
    if (keep and from_store) or ((keep or from_store) and is_dated):
        raise typer.BadParameter("--store and --stored are about everything recorded: leave the dates out, give one")
    own = found(projection)
    with opened_for_reading(database) as service:
        with service.archive.snapshot() as snapshot:
            described(snapshot, timeline)
        if keep:
            done = store(service.engine, own, timeline, service.archive.vocabulary)
            typer.echo(
                json.dumps(done.as_json())
                if as_json
                else f"{own.name} of {timeline} is kept, up to event {done.position} of the log."
            )
            return
        folded = _stored(service, own, timeline) if from_store else _live(service, own, timeline, (at, known, revision))
    if as_svg:
        chart = own.plot(folded.state)
        if chart is None:
            raise InvalidInput(
                f'"{own.name}" cannot be drawn.',
                field="projection",
                remedy="Give it a method plot, or leave --svg out.",
            )
        written(svg(chart), output)
    else:
        body = folded.as_json() if as_json else folded.result
        written(json.dumps(body, indent=2, ensure_ascii=False) + "\n", output)


def _live(
    service: Service, projection: Projection, timeline: str, clocks: tuple[str | None, str | None, int | None]
) -> Folded:
    with service.archive.snapshot() as snapshot:
        return fold(snapshot, projection, timeline, snapshot.basis(*clocks, projection.standing))


def _stored(service: Service, projection: Projection, timeline: str) -> Folded:
    with service.archive.snapshot() as snapshot:
        kept = stored(snapshot, projection.name, timeline)
        if kept is None:
            raise InvalidInput(
                f'nothing is kept of "{projection.name}".', field="projection", remedy="Keep it first, with --store."
            )
        _warn(kept, last_position(snapshot.rows, timeline))
        basis = snapshot.basis(revision=kept.position, standing=projection.standing)
    return Folded(projection, timeline, basis, kept.state)


def _warn(kept: Stored, head: int) -> None:
    if kept.status(head) != "kept":
        console(stderr=True).print(f"It is {kept.status(head)} since event {kept.position}.", style="yellow")


def _status(service: Service, *, as_json: bool) -> None:
    with service.archive.snapshot() as snapshot:
        rows = stored_all(snapshot)
    if as_json:
        typer.echo(json.dumps({"items": [row.as_json(head=head) for row, head in rows]}, indent=2, ensure_ascii=False))
        return
    if not rows:
        typer.echo("The database keeps no projection.")
        return
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_row(*(Text(name, style="bold") for name in ("projection", "timeline", "version", "event", "status")))
    failed: list[tuple[Stored, dict[str, Any]]] = []
    for row, head in rows:
        status = row.status(head)
        colour = "red" if row.error else "green"
        table.add_row(row.name, row.timeline, str(row.version), str(row.position), Text(status, style=colour))
        if row.error is not None:
            failed.append((row, row.error))
    console().print(table)
    for row, error in failed:
        where = f"event {error['position']}" + (f" ({error['development']})" if error["development"] else "")
        typer.echo(f"\n{row.name} of {row.timeline} failed at {where}:\n{error['told'].rstrip()}")
