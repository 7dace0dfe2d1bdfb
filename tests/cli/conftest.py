from collections.abc import Callable
from pathlib import Path

import pytest

from projections.service import opened
from tests.cli.running import Timeline
from tests.databases import Fill
from tests.timeline.datasets.folders import TINY
from timeline.datasets.loader import load
from timeline.datasets.reading import read_dataset
from timeline.settings import Settings


@pytest.fixture
def timeline(database_url: str) -> Timeline:
    """The command line, on a database with its schema and nothing in it."""
    return Timeline(database_url)


def with_tiny(url: str) -> None:
    with opened(Settings(database_url=url)) as service:
        load(service.record, read_dataset(TINY).checked())


@pytest.fixture
def loaded(copy_of: Callable[[Fill], str]) -> Timeline:
    """The command line, on a database with the tiny timeline."""
    return Timeline(copy_of(with_tiny))


@pytest.fixture
def nowhere(tmp_path: Path) -> Timeline:
    """The command line, on a database that does not exist."""
    return Timeline(f"sqlite:///{tmp_path / 'nowhere.db'}")
