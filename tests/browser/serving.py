"""The bundled timelines behind a real server on this machine, at a fixed hour."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from api.app import create_app
from projections.service import opened, upgrade
from tests.listening import listening
from timeline.clock import FixedClock
from timeline.datasets.loader import load
from timeline.datasets.reading import bundled, read_dataset
from timeline.dates import parse_moment
from timeline.settings import Settings

NOW = parse_moment("2026-11-20T12:00:00Z")
TIMELINE = "microsoft-openai"


def filled(path: Path) -> str:
    """The URL of a new SQLite file with all bundled timelines in it."""
    url = f"sqlite:///{path}"
    upgrade(url)
    with opened(Settings(database_url=url), clock=FixedClock(NOW)) as service:
        for dataset in bundled().values():
            load(service.record, read_dataset(dataset).checked())
    return url


@contextmanager
def served(url: str) -> Iterator[str]:
    """The address of a server on that database, stopped at the end."""
    app = create_app(Settings(database_url=url, log_level="ERROR"), clock=FixedClock(NOW))
    with listening(app) as port:
        yield f"http://127.0.0.1:{port}"
