"""Work on a whole store in a process of its own, so that its peak of memory is told apart: `python -m bench.apart`."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from bench import histories, timing
from bench.stores import service
from projections.export.log import log_file
from projections.rebuild import rebuild
from projections.replay import read_log
from projections.service import Service
from projections.verify import verify


class Done(NamedTuple):
    """What a piece of work took: seconds of processor time of its process, seconds of wall time, peak in MB."""

    events: int
    processor: float
    wall: float
    peak: float


def apart(work: str, url: str, *, meanwhile: Callable[[], None] = lambda: None) -> Done:
    """Do a piece of work in a process of its own; `meanwhile` is called again and again until it is done."""
    command = [sys.executable, "-m", "bench.apart", work, url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - this program itself
        while process.poll() is None:
            meanwhile()
            time.sleep(0.02)
        told = process.stdout.read() if process.stdout else ""
    if process.returncode:
        raise RuntimeError(f"{work} ended with {process.returncode}")
    return Done(*json.loads(told))


def _rebuild(open_: Service) -> int:
    return rebuild(open_.engine, open_.archive.vocabulary).events


def _verify(open_: Service) -> int:
    found = verify(open_.engine, open_.archive.vocabulary)
    if not found.is_sound:
        raise RuntimeError(f"the tables differ from the log: {found.findings[:3]}")
    return found.revision


def _replay(open_: Service) -> int:
    with open_.archive.snapshot() as snapshot:
        return sum(1 for _ in read_log(snapshot))


def _export(open_: Service) -> int:
    with open_.archive.snapshot() as snapshot:
        head = snapshot.head
    return sum(lines.count(b"\n") for lines in log_file(open_.archive, histories.TIMELINE, head)) - 2


_WORK: Final[dict[str, Callable[[Service], int]]] = {
    "rebuild": _rebuild,
    "verify": _verify,
    "replay": _replay,
    "export": _export,
}


def main(work: str, url: str) -> None:
    """Do the work, and tell what it took as JSON."""
    with service(url) as open_:
        processor, wall = time.process_time(), time.perf_counter()
        events = _WORK[work](open_)
        taken: list[Any] = [events, time.process_time() - processor, time.perf_counter() - wall]
    sys.stdout.write(json.dumps([*taken, timing.peak_memory()]))


if __name__ == "__main__":
    main(*sys.argv[1:])
