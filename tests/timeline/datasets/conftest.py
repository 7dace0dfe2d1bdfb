from pathlib import Path

import pytest

from tests.timeline.datasets.folders import Folder


@pytest.fixture
def tiny(tmp_path: Path) -> Folder:
    """A copy of the tiny data set that the test may change."""
    return Folder.tiny(tmp_path)
