"""The bundled timelines as a beginning of tests: they are loaded once a run and backend, and then copied."""

from __future__ import annotations

from projections.service import opened
from timeline.datasets.loader import load
from timeline.datasets.reading import bundled, read_dataset
from timeline.settings import Settings


def with_bundled(url: str) -> None:
    """Loads all bundled timelines into a migrated database."""
    with opened(Settings(database_url=url)) as service:
        for dataset in bundled().values():
            load(service.record, read_dataset(dataset).checked())
