"""Loads a data set in small batches, and says after each how far it has come: to be killed in between."""

import sys
from pathlib import Path

from projections.service import opened
from timeline.datasets.loader import load
from timeline.datasets.reading import read_dataset
from timeline.settings import Settings

url, folder, batch = sys.argv[1:]
with opened(Settings(database_url=url)) as service:
    load(
        service.record,
        read_dataset(Path(folder)).checked(),
        batch=int(batch),
        on_progress=lambda done, total: print(done, total, flush=True),  # noqa: T201 - the parent reads it
    )
