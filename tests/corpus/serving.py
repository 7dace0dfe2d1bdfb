"""The real app over the timelines that the labelled sentences are about."""

from collections.abc import Iterator
from contextlib import contextmanager

from starlette.testclient import TestClient

from api.app import create_app
from projections.service import opened
from tests.timeline.datasets.folders import TINY
from timeline.datasets.loader import load
from timeline.datasets.reading import read_dataset
from timeline.settings import Settings


@contextmanager
def serving(url: str) -> Iterator[TestClient]:
    """A client of the app on a database with the bundled timelines, once the tiny one is loaded into it as well."""
    settings = Settings(database_url=url, log_level="ERROR")
    with opened(settings) as service:
        load(service.record, read_dataset(TINY).checked())
    with TestClient(create_app(settings)) as client:
        yield client
