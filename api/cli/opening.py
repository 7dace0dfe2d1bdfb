"""What the commands that read have in common: the settings they run with, and the opened service."""

from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.script import ScriptDirectory
from pydantic import ValidationError
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from projections.archive import Snapshot
from projections.service import Service, opened
from projections.timelines import DescribedTimeline, timelines_at
from timeline.errors import InvalidInput, TimelineError, UnknownTimeline
from timeline.settings import Settings
from timeline.store import migrate


class EmptyDatabase(TimelineError):
    """There is nothing in the database that could be asked."""


class OtherSchema(TimelineError):
    """The schema of the database is older than this program, or newer."""


def settings_with(**given: Any) -> Settings:
    """The settings from the environment, with what was given on the command line instead.

    Raises:
        InvalidInput: a setting cannot be read; the field names it.
    """
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = str(first["loc"][0]) if first["loc"] else "settings"
        raise InvalidInput(
            f"{first['msg']}.", field=f"TIMELINE_{name.upper()}", remedy="docs/reference/settings.md lists all."
        ) from None


@contextmanager
def opened_for_reading(database: str | None) -> Iterator[Service]:
    """The service on a database that is there and has the schema of this program.

    Raises:
        EmptyDatabase: nothing was ever put into the database.
        OtherSchema: its schema is older or newer than what this program works with.
        InvalidInput: the URL cannot be used.
    """
    settings = settings_with(database_url=database)
    schema = migrate.current(settings.database_url) if _exists(settings.database_url) else None
    if schema is None:
        raise EmptyDatabase(
            f"the database {shown(settings.database_url)} is empty.",
            remedy="Fill it with `timeline load`, or name another one with --database.",
        )
    if schema != _needed_schema():
        raise OtherSchema(
            f"the schema of {shown(settings.database_url)} is at {schema}, not at {_needed_schema()}.",
            remedy="Bring it up to date with `timeline db upgrade`, or use the program that made it.",
        )
    with opened(settings) as service:
        yield service


def _needed_schema() -> str | None:
    """The revision of the schema that this program works with."""
    config = Config()
    config.set_main_option("script_location", migrate.SCRIPTS)
    return ScriptDirectory.from_config(config).get_current_head()


def _exists(url: str) -> bool:
    """Whether there is a database: to ask SQLite would make one."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        return True  # the store says what is wrong with it
    file = parsed.database
    return parsed.get_backend_name() != "sqlite" or not file or file == ":memory:" or Path(file).exists()


def shown(url: str) -> str:
    """A database URL without its password."""
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return url


def described(snapshot: Snapshot, slug: str) -> DescribedTimeline:
    """The timeline of that slug as it is described now.

    Raises:
        UnknownTimeline: there is none; the remedy says which there are.
        EmptyDatabase: there is none at all.
    """
    timelines, _ = timelines_at(snapshot, snapshot.head, limit=1000)
    found = {timeline.slug: timeline for timeline in timelines}
    if slug in found:
        return found[slug]
    if not found:
        raise EmptyDatabase("the database holds no timeline.", remedy="Fill it with `timeline load`.")
    close = get_close_matches(slug, found, n=1)
    raise UnknownTimeline(
        f'there is no timeline "{slug}".',
        field="timeline",
        remedy=f'Did you mean "{close[0]}"?' if close else f"There are: {', '.join(found)}.",
    )
