from pathlib import Path

import pytest

from projections.service import opened
from tests.cli.running import Timeline
from tests.timeline.datasets.folders import TINY
from timeline.datasets.loader import load
from timeline.datasets.reading import read_dataset
from timeline.settings import Settings


@pytest.fixture
def timeline(database_url: str) -> Timeline:
    """The command line, on a database with its schema and nothing in it."""
    return Timeline(database_url)


@pytest.fixture
def loaded(database_url: str) -> Timeline:
    """The command line, on a database with the tiny timeline."""
    with opened(Settings(database_url=database_url)) as service:
        load(service.record, read_dataset(TINY).checked())
    return Timeline(database_url)


@pytest.fixture
def nowhere(tmp_path: Path) -> Timeline:
    """The command line, on a database that does not exist."""
    return Timeline(f"sqlite:///{tmp_path / 'nowhere.db'}")
