"""`timeline load` and `timeline validate`: data sets on their way into the record."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from api.cli.opening import settings_with
from api.cli.options import AsJson, Database, console
from projections.service import opened, upgrade
from timeline.datasets.figures import Figures, figures
from timeline.datasets.findings import Finding, InvalidDataset
from timeline.datasets.loader import Loaded
from timeline.datasets.loader import Progress as OnProgress
from timeline.datasets.loader import load as load_dataset
from timeline.datasets.reading import bundled, folder_of, read_dataset
from timeline.datasets.validator import validate as validate_reading
from timeline.settings import Settings

Names = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[FOLDER|NAME]...",
        help="Folders of data sets, or slugs of bundled timelines. Left out: all that are bundled.",
    ),
]


def load(names: Names = None, *, database: Database = None, as_json: AsJson = False) -> None:
    """Put data sets into the record; what is there already adds no event.

    An empty database gets its schema first.
    """
    settings = settings_with(database_url=database)
    try:
        loaded = load_all(settings, folders(names))
    except InvalidDataset as error:
        _print_findings({error.slug: error.findings})
        raise typer.Exit(1) from None
    if as_json:
        typer.echo(json.dumps({"items": [one.as_json() for one in loaded]}, indent=2))
        return
    for one in loaded:
        typer.echo(summary(one))


def validate(names: Names = None, *, as_json: AsJson = False) -> None:
    """Check data sets: every error with its file, line, record and field; exit code 1 if there is one.

    Numbers follow that say how well each data set is founded.
    """
    readings = {folder.name: read_dataset(folder) for folder in folders(names)}
    found = {slug: validate_reading(reading) for slug, reading in readings.items()}
    numbers = {slug: figures(reading.dataset) for slug, reading in readings.items() if reading.dataset is not None}
    if as_json:
        items = [{"dataset": slug, **finding.as_json()} for slug, some in found.items() for finding in some]
        counted = [{"dataset": slug, **some.as_json()} for slug, some in numbers.items()]
        typer.echo(json.dumps({"items": items, "figures": counted}, indent=2, ensure_ascii=False))
    else:
        _print_findings(found, numbers)
    if any(finding.is_error for some in found.values() for finding in some):
        raise typer.Exit(1)


def folders(names: Sequence[str] | None) -> list[Path]:
    """The folders of the data sets named; of all bundled ones if none is.

    Raises:
        DatasetError: there is no such data set.
    """
    return [folder_of(name).resolve() for name in names] if names else list(bundled().values())


def load_all(settings: Settings, chosen: Sequence[Path]) -> list[Loaded]:
    """Bring schema and record of the database up to date with the data sets; a terminal sees a bar.

    Raises:
        InvalidDataset: a data set has errors; those before it are loaded.
    """
    upgrade(settings.database_url)
    loaded = []
    with opened(settings) as service:
        for folder in chosen:
            with _bar(folder.name) as on_progress:
                loaded.append(load_dataset(service.record, read_dataset(folder).checked(), on_progress=on_progress))
    return loaded


@contextmanager
def _bar(name: str) -> Iterator[OnProgress]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    screen = console(stderr=True)
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as progress:
        task = progress.add_task(f"Loading {name}", total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def summary(loaded: Loaded) -> str:
    """What a load did, in one line."""
    if not loaded.events:
        done = f"nothing to do, {_counted(loaded.unchanged, 'development')} unchanged"
    else:
        parts = [
            _counted(number, name)
            for number, name in (
                (loaded.developments, "development"),
                (loaded.later_events, "later event"),
                (loaded.entities, "entity"),
            )
            if number
        ]
        done = f"{', '.join(parts) or 'description'} added"
        done += f", {_counted(loaded.unchanged, 'development')} unchanged" if loaded.unchanged else ""
    kept = f" Others have changed, and this left as they are: {', '.join(loaded.kept)}." if loaded.kept else ""
    return f"{loaded.timeline}: {done} (revision {loaded.revision}).{kept}"


def _counted(number: int, name: str) -> str:
    plural = f"{name[:-1]}ies" if name.endswith("y") else f"{name}s"
    return f"{number:,} {name if number == 1 else plural}"


def _counted_or_none(number: int, name: str) -> str:
    return _counted(number, name) if number else f"no {name}s"


def _print_findings(found: Mapping[str, Sequence[Finding]], numbers: Mapping[str, Figures] | None = None) -> None:
    out = console()
    for slug, findings in found.items():
        for finding in findings:
            style = "bold red" if finding.is_error else "yellow"
            inside = " ".join(part for part in (finding.place.record, finding.place.field) if part)
            out.print(f"{slug}/{finding.place.file}:{finding.place.line}", style="cyan", end="  ", soft_wrap=True)
            out.print(finding.severity.value, style=style, end="  ")
            out.print(inside, style="bold", soft_wrap=True, markup=False)
            out.print(f"    {finding.message} {finding.remedy}".rstrip(), soft_wrap=True, markup=False)
        errors = sum(finding.is_error for finding in findings)
        told = f"{_counted_or_none(errors, 'error')}, {_counted_or_none(len(findings) - errors, 'warning')}"
        out.print(f"{slug}: {told}", style=None if findings else "green", highlight=bool(findings))
        if numbers and slug in numbers:
            for name, number, share in _rows(numbers[slug]):
                out.print(f"  {name:<46}{number:>8,}  {share}".rstrip(), soft_wrap=True, highlight=False)


def _rows(numbers: Figures) -> Iterator[tuple[str, int, str]]:
    def share(part: int) -> str:
        return f"{part / numbers.developments:.1%}" if numbers.developments else ""

    def parts(counts: Mapping[str, int]) -> str:
        return ", ".join(f"{count:,} {reason}" for reason, count in counts.items() if count)

    yield "developments", numbers.developments, ""
    yield "with a source", numbers.sourced, share(numbers.sourced)
    yield "with a source of a party, court or regulator", numbers.first_hand, share(numbers.first_hand)
    yield "known a year or more after they occurred", numbers.known_later, ""
    yield "corrections", sum(numbers.corrections.values()), parts(numbers.corrections)
    yield "retractions", sum(numbers.retractions.values()), parts(numbers.retractions)
    yield "contested keys", numbers.contested, ""
    yield "entities", numbers.entities, ""
