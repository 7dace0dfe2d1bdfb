"""`timeline serve`: schema and bundled data up to date, then the web server."""

import os
import socket
from typing import Annotated

import typer

from api.cli.datasets import load_all, summary
from api.cli.opening import settings_with, shown
from api.cli.options import Database, console
from api.links import Links
from api.web.addresses import Addresses
from projections.service import opened, upgrade
from projections.timelines import timelines_at
from timeline.datasets.reading import bundled
from timeline.errors import InvalidInput
from timeline.settings import Settings

GRACE_S = 5
"""How long answers and streams on their way may go on after a signal to stop, in seconds."""


def serve(
    *,
    host: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Listen here. Left out: TIMELINE_HOST, else 127.0.0.1.")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(metavar="N", help="On this port; 0 is any free one. Left out: TIMELINE_PORT, else 8000."),
    ] = None,
    data: Annotated[
        bool, typer.Option("--data/--no-data", help="Load the bundled timelines first.", show_default=False)
    ] = True,
    database: Database = None,
) -> None:
    """Serve the record over HTTP until stopped; the database is made and filled if need be."""
    settings = settings_with(database_url=database, host=host, port=port)
    out = console(stderr=True)
    out.print(f"Database {shown(settings.database_url)}", markup=False, soft_wrap=True)
    if data:
        for loaded in load_all(settings, list(bundled().values())):
            out.print(summary(loaded), markup=False, soft_wrap=True)
    else:
        upgrade(settings.database_url)
    _run(settings, first_paths(settings))


def first_paths(settings: Settings) -> tuple[str, str]:
    """Two paths that show something, to people and to programs: the first timeline, or where timelines would be."""
    with opened(settings) as service, service.archive.snapshot() as snapshot:
        timelines, _ = timelines_at(snapshot, snapshot.head, limit=1)
    pages, answers = Addresses(None), Links(None)
    if not timelines:
        return pages.home(), answers.timelines()
    first = timelines[0].slug
    return pages.timeline(first), answers.state(first)


def _run(settings: Settings, paths: tuple[str, str]) -> None:
    # The server and all it needs are loaded for this command only.
    import uvicorn  # noqa: PLC0415

    from api.app import create_app  # noqa: PLC0415

    class Server(uvicorn.Server):
        """Says where it listens as soon as it does."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets=sockets)
            if self.started and sockets:
                _announce(sockets[0], *paths)

    config = uvicorn.Config(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        log_level="debug" if settings.log_level == "DEBUG" else "warning",
        access_log=False,  # the app tells of requests itself
        timeout_graceful_shutdown=GRACE_S,
    )
    try:
        with _listening(settings.host, settings.port) as listener:
            Server(config).run(sockets=[listener])
    except KeyboardInterrupt:
        return


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens.

    Raises:
        InvalidInput: the address is taken, or is none of this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        reason = (os.strerror(error.errno) if error.errno and error.errno > 0 else str(error)).lower()
        raise InvalidInput(
            f"cannot listen on {host}, port {port}: {reason}.", remedy="Choose another with --host or --port."
        ) from None


def _announce(listener: socket.socket, page: str, answer: str) -> None:
    host, port = listener.getsockname()[:2]
    address = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    out = console(stderr=True)
    out.print(f"Serving on {address}", style="bold", soft_wrap=True)
    out.print(f"Read {address}{page}", soft_wrap=True)
    out.print(f"Try {address}{answer}", soft_wrap=True)
