"""What tests begin with: data sets that are loaded once a run and backend, and then copied."""

from __future__ import annotations

from pathlib import Path

from projections.service import opened
from tests.timeline.datasets.folders import TINY
from timeline.datasets.loader import load
from timeline.datasets.reading import bundled, read_dataset
from timeline.settings import Settings


def with_bundled(url: str) -> None:
    """Loads all bundled timelines into a migrated database."""
    _load(url, *bundled().values())


def with_tiny(url: str) -> None:
    """Loads the tiny timeline into a migrated database."""
    _load(url, TINY)


def _load(url: str, *folders: Path) -> None:
    with opened(Settings(database_url=url)) as service:
        for folder in folders:
            load(service.record, read_dataset(folder).checked())
