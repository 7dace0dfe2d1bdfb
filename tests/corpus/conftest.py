"""The bundled timeline and the tiny one behind a client of the real app.

On SQLite alone: how a sentence is read has nothing to do with the database, and other tests make sure that both give
the same facts.
"""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from tests.beginnings import with_bundled
from tests.corpus.judging import Score, judge
from tests.corpus.sentences import TIMELINE, read, tuned_on
from tests.corpus.serving import serving
from tests.databases import SqliteDatabases


@pytest.fixture(scope="session")
def corpus_client(sqlite_databases: SqliteDatabases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of an app that holds both timelines. Tests only read them."""
    url = sqlite_databases.copy_to(tmp_path_factory.mktemp("corpus") / "timeline.db", with_bundled)
    with serving(url) as client:
        yield client


@pytest.fixture(scope="session")
def tuning(corpus_client: TestClient) -> Score:
    """What the service makes of the half on which rules are tuned."""
    return judge(corpus_client, TIMELINE, tuned_on())


@pytest.fixture(scope="session")
def heldout(corpus_client: TestClient) -> Score:
    """What the service makes of the half on which nobody tunes."""
    return judge(corpus_client, TIMELINE, read("heldout"))


@pytest.fixture(scope="session")
def tiny(corpus_client: TestClient) -> Score:
    """What the service makes of sentences about a timeline of other people, places and things."""
    return judge(corpus_client, "tiny", read("tiny"))
