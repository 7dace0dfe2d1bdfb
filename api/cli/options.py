"""What several commands share: their options, and where they print. It loads nothing that opens a database."""

from typing import Annotated, Final

import typer
from rich.console import Console

from timeline.standing import FloorName

Database = Annotated[
    str | None,
    typer.Option(
        metavar="URL",
        help="The database, such as sqlite:///timeline.db or postgresql://user@host/name. "
        "Left out: TIMELINE_DATABASE_URL, else timeline.db in this folder.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
STANDING: Final = typer.Option(
    help="The least that counts: confirmed only, also what is reported, also what is alleged."
)
AtOption = Annotated[
    str | None, typer.Option(metavar="DATE", help="The date in the world, through its end, UTC. Left out: now.")
]
KnownOption = Annotated[str | None, typer.Option(metavar="DATE", help="Only what was public by then. Left out: now.")]
RevisionOption = Annotated[int | None, typer.Option(metavar="N", help="Only the log up to there. Left out: all of it.")]
StandingOption = Annotated[FloorName, STANDING]
StillAtOption = Annotated[
    str | None, typer.Option(metavar="DATE", help="The date in the world, where it stands still.")
]
StillKnownOption = Annotated[
    str | None, typer.Option(metavar="DATE", help="Only what was public by then, where that stands still.")
]
TimelineName = Annotated[str, typer.Argument(metavar="TIMELINE", help="The slug of the timeline.")]


def console(*, stderr: bool = False) -> Console:
    """Where people read: no colours and no width of a terminal where there is none."""
    return Console(stderr=stderr, highlight=False, soft_wrap=False)
