"""Rebuilds in small batches and says after each how far it has come: to be killed in between."""

import sys

from projections.rebuild import Progress, rebuild
from timeline.store import create_engine
from timeline.vocabulary import default_vocabulary

url, batch = sys.argv[1:]


def say(progress: Progress) -> None:
    """Say it, and go on when a line comes back."""
    print("swapping" if progress.is_swapping else progress.done, flush=True)  # noqa: T201 - the parent reads it
    sys.stdin.readline()


rebuild(create_engine(url), default_vocabulary(), batch=int(batch), on_progress=say)
