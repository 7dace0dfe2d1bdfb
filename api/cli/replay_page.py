"""A replay at a terminal: each step a few lines of text, and a display that is drawn over while history runs."""

from collections.abc import Iterator
from typing import Final

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from api.cli.state_page import STYLES, moment
from projections.comparison import Line
from projections.replay import MovingClock, Step
from projections.state import Held, State

_MOST_LINES: Final = 14
_SIGNS: Final = {"came": ("+", "green"), "went": ("−", "red"), "changed": ("~", "yellow")}


def step_text(step: Step) -> Text:
    """A step in plain lines: the moment, the events behind it, what they changed."""
    told = Text(heading(step), style="bold")
    for event in step.events:
        what = event.title or event.name
        told.append(f"\n  {event.position}: {what}", style="default")
        told.append(f"  ({event.cause.value})", style="dim")
    for line in step.lines:
        told.append("\n    ").append_text(line_text(line))
    return told


def heading(step: Step) -> str:
    """When a step is."""
    if step.clock is MovingClock.RECORDED:
        return f"event {step.moment}"
    return moment(step.moment).removesuffix("T00:00:00Z")


def line_text(line: Line) -> Text:
    """A change as a line."""
    before, after = line.change.before, line.change.after
    kind = "came" if before is None else "went" if after is None else "changed"
    sign, colour = _SIGNS[kind]
    fact = after or before
    if fact is None:
        raise ValueError("a change has a fact before or after it")
    told = Text(f"{sign} ", style=colour).append(fact.text, style="default")
    if before is not None and after is not None:
        what = before.text if before.text != after.text else ", ".join(line.fields)
        told.append(f"  (was: {what})" if before.text != after.text else f"  ({what})", style="dim")
    if not fact.is_certain:
        told.append("  possible", style="italic")
    told.append(f"  {fact.standing.value}", style=STYLES[fact.standing])
    return told.append(f"  [{line.cause.value}]", style="dim")


def screen(title: str, step: Step, number: int, state: State, sections: dict[str, str]) -> RenderableType:
    """The display while history runs: the step on the left of time, and the state to which it leads."""
    return Group(*_screen(title, step, number, state, sections))


def _screen(title: str, step: Step, number: int, state: State, sections: dict[str, str]) -> Iterator[RenderableType]:
    yield Rule(f"{title}: {heading(step)}", style="dim")
    events = [Text(event.title or event.name) for event in step.events] or [Text("time passes", style="dim")]
    lines = [line_text(line) for line in step.lines[:_MOST_LINES]]
    if len(step.lines) > _MOST_LINES:
        lines.append(Text(f"… and {len(step.lines) - _MOST_LINES} more changes", style="dim"))
    yield Panel(Group(*events, Text(), *(lines or [Text("no fact changes", style="dim")])), title=f"step {number}")
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(width=max(map(len, sections.values())), no_wrap=True)
    table.add_column(width=4, justify="right", no_wrap=True)
    table.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
    touched = {line.change.identity.attribute for line in step.lines}
    for name, facts in state.sections.items():
        if facts:
            table.add_row(sections[name], str(len(facts)), _newest(facts, touched))
    yield table


def _newest(facts: tuple[Held, ...], touched: set[str]) -> Text:
    """A fact of a section to show: one that the step touched, else the one known last."""
    chosen = max(facts, key=lambda fact: (fact.attribute in touched, fact.known_since))
    return Text(chosen.text, style="" if chosen.attribute in touched else "dim")
