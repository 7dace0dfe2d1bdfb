"""`timeline diff` and `timeline brief`: what differs between two states, and either as prose."""

import json
from typing import Annotated, Literal

import typer

from api.cli.opening import described, opened_for_reading
from api.cli.options import (
    AsJson,
    AtOption,
    Database,
    KnownOption,
    RevisionOption,
    StandingOption,
    TimelineName,
    console,
)
from projections import story
from projections.between import Between
from projections.briefing import FORMS
from projections.briefing.changing import briefing as changes_told
from projections.briefing.stating import briefing as state_told
from projections.comparison import compare

FromOption = Annotated[
    str | None, typer.Option("--from", metavar="DATE", help="The date in the world of the state before.")
]
ToOption = Annotated[str | None, typer.Option("--to", metavar="DATE", help="The date in the world of the state after.")]
KnownFromOption = Annotated[str | None, typer.Option(metavar="DATE", help="What was public by then, before.")]
KnownToOption = Annotated[str | None, typer.Option(metavar="DATE", help="What was public by then, after.")]
RevisionFromOption = Annotated[int | None, typer.Option(metavar="N", help="The log up to there, before.")]
RevisionToOption = Annotated[int | None, typer.Option(metavar="N", help="The log up to there, after.")]
SameAtOption = Annotated[
    str | None, typer.Option(metavar="DATE", help="The date in the world, where only others move. Left out: now.")
]
SameKnownOption = Annotated[
    str | None, typer.Option(metavar="DATE", help="What was public by then, on both sides. Left out: now.")
]
SameRevisionOption = Annotated[
    int | None, typer.Option(metavar="N", help="The log up to there, on both sides. Left out: all of it.")
]


def diff(  # noqa: PLR0913 - Typer takes options one by one
    timeline: TimelineName,
    *,
    first: FromOption = None,
    to: ToOption = None,
    known_from: KnownFromOption = None,
    known_to: KnownToOption = None,
    revision_from: RevisionFromOption = None,
    revision_to: RevisionToOption = None,
    at: SameAtOption = None,
    known: SameKnownOption = None,
    revision: SameRevisionOption = None,
    standing: StandingOption = "reported",
    every: Annotated[bool, typer.Option("--all", help="Tell every change, however long that gets.")] = False,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Show what differs between two dates, and why: what came, what went, what changed."""
    asked = Between(
        first=first,
        last=to,
        known_first=known_from,
        known_last=known_to,
        revision_first=revision_from,
        revision_last=revision_to,
        at=at,
        known=known,
        revision=revision,
        standing=standing,
    )
    with opened_for_reading(database) as service, service.archive.snapshot() as snapshot:
        title = described(snapshot, timeline).title
        found = compare(snapshot, timeline, *asked.bases(snapshot))
    if as_json:
        typer.echo(json.dumps(found.as_json(), indent=2, ensure_ascii=False))
        return
    screen = console()
    width = max(60, min(screen.width, story.WIDTH)) if screen.is_terminal else story.WIDTH
    typer.echo(story.page(found, title, service.archive.vocabulary, width=width, is_whole=every), nl=False)


def brief(  # noqa: PLR0913 - Typer takes options one by one
    timeline: TimelineName,
    *,
    at: AtOption = None,
    known: KnownOption = None,
    revision: RevisionOption = None,
    standing: StandingOption = "reported",
    first: FromOption = None,
    to: ToOption = None,
    known_from: KnownFromOption = None,
    known_to: KnownToOption = None,
    revision_from: RevisionFromOption = None,
    revision_to: RevisionToOption = None,
    form: Annotated[
        Literal["text", "markdown", "html", "html-fragment"], typer.Option("--format", help="How it is written.")
    ] = "text",
    database: Database = None,
) -> None:
    """Tell what held on a date, or with --from and --to what changed, as prose with footnotes."""
    asked = Between(
        first=first,
        last=to,
        known_first=known_from,
        known_last=known_to,
        revision_first=revision_from,
        revision_last=revision_to,
        at=at,
        known=known,
        revision=revision,
        standing=standing,
    )
    with opened_for_reading(database) as service, service.archive.snapshot() as snapshot:
        title, vocabulary = described(snapshot, timeline).title, snapshot.vocabulary
        if asked.moves:
            found = changes_told(compare(snapshot, timeline, *asked.bases(snapshot)), title, vocabulary)
        else:
            found = state_told(snapshot.state(timeline, asked.still(snapshot)), title, vocabulary)
    typer.echo(FORMS[form](found), nl=False)
