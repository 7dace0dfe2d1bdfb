"""`timeline export`, `timeline import` and `timeline digest`: the record, taken home and brought back."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Annotated, BinaryIO

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from api.cli.opening import described, opened_for_reading, settings_with
from api.cli.options import STANDING, AsJson, AtOption, Database, KnownOption, RevisionOption, TimelineName, console
from projections.export.addresses import NOWHERE, Addresses
from projections.export.formats import FORMATS, check_asked, format_of
from projections.export.log import log_digest, log_file
from projections.export.material import Material
from projections.service import opened, upgrade
from timeline.errors import InvalidInput, TimelineError
from timeline.importing import import_log
from timeline.standing import FloorName
from timeline.store import SQLApplicationRecorder


class FileExists(TimelineError):
    """There is a file already where one should be written."""


class UnreadableFile(TimelineError):
    """There is no file that can be read."""


def export(  # noqa: PLR0913 - Typer takes options one by one
    timeline: TimelineName,
    *,
    form: Annotated[str, typer.Option("--format", metavar="NAME", help=f"What to write: {', '.join(FORMATS)}.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where to. Left out: standard output.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it is there.")] = False,
    at: AtOption = None,
    known: KnownOption = None,
    revision: RevisionOption = None,
    standing: Annotated[FloorName | None, STANDING] = None,
    development: Annotated[
        str | None, typer.Option(metavar="SLUG", help="Cite this development (csl-json and bibtex).")
    ] = None,
    database: Database = None,
) -> None:
    """Write a timeline at a basis into a file that other programs read; a log can be imported again without loss."""
    chosen = format_of(form)
    check_asked(chosen, development=development, at=at, known=known, standing=standing)
    if output is not None and output.exists() and not force:
        raise FileExists(
            f"the file {output} is there already.", remedy="Name another file, or replace it with --force."
        )
    if output is None and not chosen.is_text and sys.stdout.isatty():
        raise InvalidInput(f"{form} is nothing to read at a terminal.", field="output", remedy="Name a file with -o.")
    base = settings_with(database_url=database).base_url
    with opened_for_reading(database) as service:
        with service.archive.snapshot() as snapshot:
            described(snapshot, timeline)
            basis = snapshot.basis(at, known, revision, standing)
            snapshot.timeline(timeline, basis.revision)
        material = Material(service.archive, timeline, basis, Addresses(base), development)
        with _written(output) as file, _bar(f"Exporting {timeline}", wanted=chosen.is_of_log) as on_progress:
            chunks = (
                log_file(service.archive, timeline, basis.revision, on_progress=on_progress)
                if chosen.is_of_log
                else chosen.chunks(material)
            )
            for chunk in chunks:
                file.write(chunk)
    if base is None and not chosen.is_of_log and chosen.name not in {"csv", "parquet", "ndjson", "graphml"}:
        note = f"The public address of the service is not known: links lead to {NOWHERE}. Set TIMELINE_BASE_URL."
        console(stderr=True).print(note, style="dim", soft_wrap=True)


def import_(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help='A file that `export --format log` wrote; "-" for input.')
    ],
    *,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Take the log of a timeline into a database that does not keep it yet: all of its events, or none.

    An empty database gets its schema first.
    """
    settings = settings_with(database_url=database)
    with _read(file) as lines:
        upgrade(settings.database_url)
        with opened(settings) as service, _bar("Importing") as on_progress:
            recorder = service.record.recorder
            if not isinstance(recorder, SQLApplicationRecorder):
                raise TypeError(f"{type(recorder).__name__} has no transaction to import into")
            imported = import_log(recorder, lines, on_progress=lambda done: on_progress(done, None))
    if as_json:
        typer.echo(json.dumps(imported.as_json(), indent=2))
        return
    typer.echo(
        f"{imported.timeline}: {imported.digest.events:,} events imported (revision {imported.revision}), "
        f"digest {imported.digest}."
    )


def digest(
    timeline: TimelineName,
    *,
    revision: RevisionOption = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Show the digest of a timeline's log: two logs with the same one hold the same events, byte for byte."""
    with opened_for_reading(database) as service:
        with service.archive.snapshot() as snapshot:
            described(snapshot, timeline)
            up_to = snapshot.basis(revision=revision).revision
            snapshot.timeline(timeline, up_to)
        with _bar(f"Reading {timeline}") as on_progress:
            found = log_digest(service.archive, timeline, up_to, on_progress=on_progress)
    if as_json:
        body = {"timeline": timeline, "revision": up_to, "events": found.events, "digest": str(found)}
        typer.echo(json.dumps(body, indent=2))
    else:
        typer.echo(f"{found}  {timeline}, {found.events:,} events up to revision {up_to}")


@contextmanager
def _written(output: Path | None) -> Iterator[BinaryIO]:
    """Where to write: a file gets its name only when it is whole."""
    if output is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    if not output.parent.is_dir():
        raise InvalidInput(f"there is no folder {output.parent}.", field="output", remedy="Make it first.")
    with NamedTemporaryFile(dir=output.parent, prefix=f".{output.name}.", delete=False) as file:
        temporary = Path(file.name)
        try:
            yield file  # type: ignore[misc] # a file in all but its class
            file.flush()
            temporary.chmod(0o666 & ~_umask())
            temporary.replace(output)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextmanager
def _read(file: Path) -> Iterator[BinaryIO]:
    if str(file) == "-":
        yield sys.stdin.buffer
        return
    try:
        with file.open("rb") as lines:
            yield lines
    except OSError as error:
        raise UnreadableFile(
            f"the file {file} cannot be read: {error.strerror}.", remedy="Name one that `timeline export` wrote."
        ) from None


@contextmanager
def _bar(told: str, *, wanted: bool = True) -> Iterator[Callable[[int, int | None], None]]:
    """Tells a terminal how far it is."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    screen = console(stderr=True)
    is_shown = wanted and screen.is_terminal
    with Progress(*columns, console=screen, transient=True, disable=not is_shown) as progress:
        task = progress.add_task(told, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
