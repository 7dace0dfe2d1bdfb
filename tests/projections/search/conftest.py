from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.projections.search.records import Searched, searched_at


@pytest.fixture
def searched(sqlite_url: str) -> Iterator[Searched]:
    """A record that can be searched, in an embedded database."""
    with searched_at(sqlite_url) as record:
        yield record


@pytest.fixture
def searched_anywhere(database_url: str) -> Iterator[Searched]:
    """A record that can be searched, on each backend."""
    with searched_at(database_url) as record:
        yield record
