from collections.abc import Callable
from pathlib import Path

import pytest

from tests.beginnings import with_tiny
from tests.cli.running import Timeline
from tests.databases import Fill


@pytest.fixture
def timeline(database_url: str) -> Timeline:
    """The command line, on a database with its schema and nothing in it."""
    return Timeline(database_url)


@pytest.fixture
def loaded(copy_of: Callable[[Fill], str]) -> Timeline:
    """The command line, on a database with the tiny timeline."""
    return Timeline(copy_of(with_tiny))


@pytest.fixture
def nowhere(tmp_path: Path) -> Timeline:
    """The command line, on a database that does not exist."""
    return Timeline(f"sqlite:///{tmp_path / 'nowhere.db'}")
