"""`timeline replay`: history, run forward at a terminal."""

import json
import re
import time
from collections.abc import Iterator
from typing import Annotated, Final, Literal

import typer
from rich.console import Console
from rich.live import Live

from api.cli import replay_page
from api.cli.opening import described, opened_for_reading
from api.cli.options import AsJson, Database, StandingOption, StillAtOption, StillKnownOption, TimelineName, console
from projections.replay import Replaying, Step, steps
from projections.service import Service
from timeline.errors import InvalidInput

_SPEED: Final = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)(?:/(s|min))?")
_FASTEST: Final = 1_000.0


def replay(  # noqa: PLR0913 - Typer takes options one by one
    timeline: TimelineName,
    *,
    clock: Annotated[
        Literal["known", "at", "recorded"],
        typer.Option(help="What moves: as the world learned, as things happened, or as the log was written."),
    ] = "known",
    first: Annotated[
        str | None,
        typer.Option("--from", metavar="WHEN", help="Begin with the state there. Left out: with nothing."),
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", metavar="WHEN", help="The last moment. Left out: now, or the newest event.")
    ] = None,
    at: StillAtOption = None,
    known: StillKnownOption = None,
    revision: Annotated[
        int | None, typer.Option(metavar="N", help="Only the log up to there, where that stands still.")
    ] = None,
    standing: StandingOption = "reported",
    changes: Annotated[bool, typer.Option("--changes", help="Leave out the steps at which no fact changes.")] = False,
    speed: Annotated[
        str | None, typer.Option(metavar="N/s", help="How fast, such as 2/s or 30/min. Left out: as fast as it goes.")
    ] = None,
    one_by_one: Annotated[bool, typer.Option("--step", help="Wait for the return key after each step.")] = False,
    with_state: Annotated[bool, typer.Option("--state", help="With --json: give the state after each step.")] = False,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Run history forward, step by step: what happened, and which facts it changed."""
    pause = _pause(speed)
    asked = Replaying(clock=clock, start=first, end=to, at=at, known=known, revision=revision, standing=standing)
    screen = console()
    is_live = screen.is_terminal and not as_json and not one_by_one
    with opened_for_reading(database) as service:
        found = _steps(service, timeline, asked, with_state=with_state or is_live, only_changes=changes)
        try:
            if as_json:
                for step in found:
                    typer.echo(json.dumps(step.as_json(), ensure_ascii=False))
                    time.sleep(pause)
            elif is_live:
                _live(screen, service, timeline, found, pause)
            else:
                _plain(screen, found, pause, one_by_one=one_by_one)
        except KeyboardInterrupt:
            raise typer.Exit(130) from None


def _steps(
    service: Service, timeline: str, asked: Replaying, *, with_state: bool, only_changes: bool
) -> Iterator[Step]:
    with service.archive.snapshot() as snapshot:
        described(snapshot, timeline)
        for step in steps(snapshot, timeline, asked.bounds(snapshot), with_state=with_state):
            if step.lines or not only_changes:
                yield step


def _plain(screen: Console, found: Iterator[Step], pause: float, *, one_by_one: bool) -> None:
    last = None
    for step in found:
        if last is not None:
            if one_by_one:
                typer.prompt("", default="", prompt_suffix="", show_default=False)
            time.sleep(pause)
        screen.print(replay_page.step_text(step))
        last = step
    screen.print("Nothing happens." if last is None else f"The end is at --from {last.token}.", style="dim")


def _live(screen: Console, service: Service, timeline: str, found: Iterator[Step], pause: float) -> None:
    """Draw each step over the one before; the last one stays."""
    sections = {section.name: section.title for section in service.archive.vocabulary.sections}
    with service.archive.snapshot() as snapshot:
        title = described(snapshot, timeline).title
    with Live(console=screen, auto_refresh=False, vertical_overflow="crop") as live:
        for number, step in enumerate(found, start=1):
            if step.state is not None:
                live.update(replay_page.screen(title, step, number, step.state, sections), refresh=True)
            time.sleep(pause)


def _pause(speed: str | None) -> float:
    """The seconds between two steps."""
    if speed is None:
        return 0.0
    match = _SPEED.fullmatch(speed.strip())
    rate = float(match[1]) / (60 if match[2] == "min" else 1) if match else 0.0
    if not 0 < rate <= _FASTEST:
        raise InvalidInput(
            f'"{speed}" is no speed.', field="speed", remedy="Write steps a second or a minute, such as 2/s or 30/min."
        )
    return 1 / rate
