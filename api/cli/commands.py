"""The commands by name. The module of a command is loaded when it is called, not when it is listed.

All modules together take a second and more: nobody who asks for help, or for one command, should wait for them.
"""

from importlib import import_module
from typing import Any, Final

import typer
from typer.core import TyperCommand

COMMANDS: Final = {
    "serve": ("serving:serve", "Serve the record over HTTP until stopped; the database is made and filled if need be."),
    "load": ("datasets:load", "Put data sets into the record; what is there already adds no event."),
    "validate": (
        "datasets:validate",
        "Check data sets: every error with its file, line, record and field; exit code 1 if there is one.",
    ),
    "state": ("questions:state", "Show what held on a date, as it was known on a date."),
    "diff": ("comparing:diff", "Show what differs between two dates, and why: what came, what went, what changed."),
    "brief": (
        "comparing:brief",
        "Tell what held on a date, or with --from and --to what changed, as prose with footnotes.",
    ),
    "history": (
        "histories:history",
        "Show every value that attributes had, and how each stopped being true or being believed.",
    ),
    "entity": (
        "histories:entity",
        "Show everything about one party: what holds about it, its relations to others, its developments.",
    ),
    "search": (
        "searching:search",
        "Search titles, summaries, facts, entities and sources, as known on a date; the best hit first.",
    ),
    "check": ("checks:check", "Check a sentence, or every sentence of a draft, against the record."),
    "log": ("questions:log", "Show the events of a timeline in the order of the log; in JSON, one event a line."),
    "replay": ("replaying:replay", "Run history forward, step by step: what happened, and which facts it changed."),
    "series": (
        "series:series",
        "Show every value of a numeric attribute over time, with its range, its standing and its rivals.",
    ),
    "project": (
        "projecting:project",
        "Run a projection of your own over a history, or look after those that the database keeps.",
    ),
    "export": (
        "exporting:export",
        "Write a timeline at a basis into a file that other programs read; a log can be imported again without loss.",
    ),
    "import": (
        "exporting:import_",
        "Take the log of a timeline into a database that does not keep it yet: all of its events, or none.",
    ),
    "digest": (
        "exporting:digest",
        "Show the digest of a timeline's log: two logs with the same one hold the same events, byte for byte.",
    ),
    "rebuild": (
        "rebuilding:rebuild",
        "Make all derived tables anew from the log, beside the live ones, and swap them at one stroke.",
    ),
    "verify": (
        "rebuilding:verify",
        "Compute everything from the log anew, by other code, and compare it with the derived tables.",
    ),
    "db": ("database:app", "Keep the schema of the database."),
}
"""Where each command is, below `api.cli`, and what it does: the first sentence of its docstring."""


class Deferred(TyperCommand):
    """A command that so far has a name and a line of help."""

    def __init__(self, name: str, where: str, told: str) -> None:
        super().__init__(name, help=told, rich_markup_mode=None)
        self._where = where

    def loaded(self) -> Any:
        """The command itself, or the group of commands."""
        module, _, function = self._where.partition(":")
        found = getattr(import_module(f"api.cli.{module}"), function)
        if not isinstance(found, typer.Typer):
            alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
            alone.command(self.name)(found)
            found = alone
        command = typer.main.get_command(found)
        command.name = self.name
        return command

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """The context of the command itself: from here on it is that command which reads its options and runs."""
        return self.loaded().make_context(info_name, args, parent, **extra)
