"""`timeline db`: the schema of the database."""

import json
from typing import Annotated

import typer

from api.cli.opening import settings_with, shown
from api.cli.options import AsJson, Database
from projections import service
from timeline.store import migrate

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Keep the schema of the database.",
)


@app.command()
def upgrade(
    revision: Annotated[str, typer.Argument(help="The revision to go to.")] = "head",
    *,
    database: Database = None,
) -> None:
    """Run the migrations that the database lacks, and fill the tables that they add from the log."""
    url = settings_with(database_url=database).database_url
    service.upgrade(url, revision)
    typer.echo(f"{shown(url)} is at {migrate.current(url)}.")


@app.command()
def downgrade(
    revision: Annotated[str, typer.Argument(help='The revision to go back to, or "base" for none.')],
    *,
    database: Database = None,
) -> None:
    """Undo migrations; refused where that would destroy recorded events."""
    url = settings_with(database_url=database).database_url
    migrate.downgrade(url, revision)
    typer.echo(f"{shown(url)} is at {migrate.current(url) or 'base'}.")


@app.command()
def current(*, database: Database = None, as_json: AsJson = False) -> None:
    """Say at which revision the schema is."""
    found = migrate.current(settings_with(database_url=database).database_url)
    typer.echo(json.dumps({"revision": found}) if as_json else found or "none: the database is empty")


@app.command()
def check(*, database: Database = None, as_json: AsJson = False) -> None:
    """Say how the schema differs from what this program expects; exit code 1 if it does."""
    differences = migrate.check(settings_with(database_url=database).database_url)
    if as_json:
        typer.echo(json.dumps({"differences": differences}, indent=2))
    else:
        for line in differences or ["The schema is as it should be."]:
            typer.echo(line)
    if differences:
        raise typer.Exit(1)


@app.command()
def url(*, database: Database = None) -> None:
    """Say which database is used; a password is hidden."""
    typer.echo(shown(settings_with(database_url=database).database_url))
