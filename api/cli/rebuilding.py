"""`timeline rebuild` and `timeline verify`: the derived tables made anew from the log, and compared with it."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from api.cli.opening import opened_for_reading
from api.cli.options import AsJson, Database, console
from projections.rebuild import Progress, Rebuilt
from projections.rebuild import rebuild as rebuild_tables
from projections.verify import Verified
from projections.verify import verify as verify_tables

_DOING = {"events": "Taking in events", "keys": "Making the planes of keys"}
OnStep = Callable[[str, int, int], None]
"""What is done, how much of it, and of how much."""


def rebuild(
    *,
    from_scratch: Annotated[
        bool, typer.Option("--from-scratch", help="Throw away what a rebuild that was cut short has left.")
    ] = False,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Make all derived tables anew from the log, beside the live ones, and swap them at one stroke.

    Questions are answered and events recorded all along. What is cut short changes nothing, and the next rebuild goes
    on from there.
    """
    told = [Progress(0, 0, 0)]
    try:
        with opened_for_reading(database) as service, _bar() as on_step:

            def on_progress(progress: Progress) -> None:
                told.append(progress)
                what = "Putting the tables in place" if progress.is_swapping else _DOING[progress.what]
                on_step(what, progress.done, progress.total)

            done = rebuild_tables(
                service.engine,
                service.archive.vocabulary,
                projections=service.projections,
                from_scratch=from_scratch,
                on_progress=on_progress,
            )
    except KeyboardInterrupt:
        console(stderr=True).print(
            f"Stopped {_where(told[-1])}. The live tables are complete, as they were; "
            "`timeline rebuild` goes on from there.",
            soft_wrap=True,
        )
        raise typer.Exit(1) from None
    typer.echo(json.dumps(done.as_json(), indent=2) if as_json else _rebuilt(done))


def verify(*, database: Database = None, as_json: AsJson = False) -> None:
    """Compute everything from the log anew, by other code, and compare it with the derived tables.

    Exit code 1 if anything differs, with what it is and what to do.
    """
    with opened_for_reading(database) as service, _bar() as on_step:
        found = verify_tables(
            service.engine,
            service.archive.vocabulary,
            projections=service.projections,
            on_progress=lambda progress: on_step(f"Comparing {progress.what}", progress.done, progress.total),
        )
    if as_json:
        typer.echo(json.dumps(found.as_json(), indent=2, ensure_ascii=False))
    else:
        _print(found)
    if not found.is_sound:
        raise typer.Exit(1)


@contextmanager
def _bar() -> Iterator[OnStep]:
    """A bar with an estimate of the time left, if a person looks on."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    screen = console(stderr=True)
    with Bar(*columns, console=screen, transient=True, disable=not screen.is_terminal) as bar:
        tasks = {"": bar.add_task("Looking at what is there", total=None)}

        def on_step(what: str, done: int, total: int) -> None:
            if what not in tasks:
                for task in tasks.values():
                    bar.update(task, visible=False)
                # what an earlier run has done says nothing about how fast this one is
                tasks[what] = bar.add_task(what, total=total, completed=done)
            bar.update(tasks[what], completed=done, total=total)

        yield on_step


def _where(progress: Progress) -> str:
    if progress.is_swapping:
        return "while the tables were put in place"
    return f"after {'event' if progress.what == 'events' else 'key'} {progress.done:,}"


def _rebuilt(done: Rebuilt) -> str:
    resumed = f", going on after event {done.resumed:,}" if done.resumed else ""
    return (
        f"Rebuilt from {done.events:,} {'event' if done.events == 1 else 'events'}{resumed}, "
        f"in {done.seconds:,.1f} s (revision {done.revision})."
    )


def _print(found: Verified) -> None:
    out = console()
    for finding in found.findings:
        out.print(finding.table, style="bold red", end="  ", soft_wrap=True)
        out.print(finding.where, style="cyan", end="  ", soft_wrap=True, markup=False)
        out.print(finding.message, soft_wrap=True, markup=False)
    for table, count in sorted(found.rows.items()):
        differences = found.differences[table]
        told = f"{differences:,} {'differs' if differences == 1 else 'differ'}" if differences else "as the log says"
        out.print(f"  {table:<18}{count:>12,}  {told}", style="red" if differences else None, soft_wrap=True)
    for table in sorted(found.differences.keys() - found.rows.keys()):
        out.print(f"  {table:<18}{'none':>12}  {found.differences[table]:,} differ", style="red", soft_wrap=True)
    if found.sampled_keys:
        out.print(
            f"Of {found.sampled_keys:,} keys with a long past, that past was looked at in some places only.",
            soft_wrap=True,
        )
    if found.remedy is None:
        out.print(f"Everything is as the log says (revision {found.revision}).", style="green", soft_wrap=True)
    else:
        out.print(found.remedy, style="bold", soft_wrap=True)
