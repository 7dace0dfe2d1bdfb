"""The commands, and how every one of them fails: one line that says what is wrong and what to do.

Exit codes: 0 it worked, 1 it did not (or found errors), 2 the command line itself is wrong.
"""

from importlib.metadata import PackageNotFoundError, version
from typing import Annotated, Any, Final

import typer
from typer.core import TyperGroup

from api.cli.commands import COMMANDS, Deferred
from api.cli.options import console
from timeline.errors import InvalidInput, TimelineError, UnknownEntity

_OPTIONS: Final = frozenset(
    {
        "at",
        "clock",
        "speed",
        "unit",
        "file",
        "format",
        "output",
        "development",
        "known",
        "revision",
        "standing",
        "section",
        "subject",
        "attribute",
        "object",
        "entity",
        "type",
        "kind",
        "party",
        "until",
        "from",
        "to",
        "known_from",
        "known_to",
        "revision_from",
        "revision_to",
    }
)


class Commands(TyperGroup):
    """The group of all commands, which tells errors of the service as one line."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        for name, (where, told) in COMMANDS.items():
            self.add_command(Deferred(name, where, told))

    def invoke(self, ctx: Any) -> Any:
        """Run a command; what the service refuses ends with exit code 1 or 2."""
        try:
            return super().invoke(ctx)
        except TimelineError as error:
            code = 2 if isinstance(error, InvalidInput) and error.field in _OPTIONS else 1
            _tell(_line(error))
        except Exception as error:
            line = _of_the_database(error)
            if line is None:
                raise
            code = 1
            _tell(line)
        raise typer.Exit(code)


def _line(error: TimelineError) -> str:
    is_option = error.field in _OPTIONS and not isinstance(error, UnknownEntity)
    where = f"--{error.field.replace('_', '-')}: " if error.field and is_option else ""
    if not where and isinstance(error, InvalidInput) and error.field:
        where = f"{error.field}: "
    message = error.message if where else f"{error.message[:1].upper()}{error.message[1:]}"
    return where + message + (f" {error.remedy}" if error.remedy else "")


def _of_the_database(error: Exception) -> str | None:
    """What to tell of an error of the log or of its schema; None for any other."""
    # loaded once something failed: most commands have them by then, and help needs neither
    from alembic.util import CommandError  # noqa: PLC0415
    from eventsourcing.persistence import PersistenceError  # noqa: PLC0415

    if isinstance(error, PersistenceError):
        return f"The database cannot be used: {str(error).strip()}"
    return str(error) if isinstance(error, CommandError) else None


def _tell(line: str) -> None:
    console(stderr=True).print(f"Error: {line}", style="red", markup=False, soft_wrap=True)


def _version(wanted: bool) -> None:  # noqa: FBT001 - typer calls it so
    if wanted:
        try:
            number = version("timeline-service")
        except PackageNotFoundError:
            number = "(from a folder that is not installed)"
        typer.echo(f"timeline {number}")
        raise typer.Exit


app = typer.Typer(
    name="timeline",
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def timeline(
    *,
    _show_version: Annotated[
        bool, typer.Option("--version", help="Show the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """The state of a relationship on a date, as it was known on a date, with the evidence for every field."""


def main() -> None:
    """Run the command line."""
    app()
