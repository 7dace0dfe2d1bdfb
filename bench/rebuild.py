"""A rebuild of all derived tables from the log, and the independent look at them: events a second of processor time."""

import time
from collections.abc import Callable

from bench import histories
from bench.report import Report
from bench.stores import Stores, service
from projections.rebuild import rebuild
from projections.service import Service
from projections.verify import verify

_SIZES = (10_000, 100_000)


def measure(stores: Stores, backend: str, sizes: tuple[int, ...], report: Report, say: Callable[[str], None]) -> None:
    """Developments of one fact each, in stores of their own, so that nothing is warm."""
    for facts in (size for size in _SIZES if size <= sizes[-1]):
        say(f"{backend}: rebuilding {facts:,} events")
        with service(stores.url(backend)) as open_:
            histories.prepare(open_.record)
            histories.load(open_.record, facts, 1)
            report.add("rebuild", backend, facts, "events/s", _rebuilt(open_))
            report.add("verify", backend, facts, "events/s", _verified(open_))


def _rebuilt(open_: Service) -> float:
    """Processor time of this process: of PostgreSQL's own none is counted, so its wall clock is the honest one."""
    clock = time.process_time if open_.engine.dialect.name == "sqlite" else time.perf_counter
    began = clock()
    done = rebuild(open_.engine, open_.archive.vocabulary)
    return done.events / (clock() - began)


def _verified(open_: Service) -> float:
    began = time.perf_counter()
    found = verify(open_.engine, open_.archive.vocabulary)
    if not found.is_sound:
        raise RuntimeError(f"the rebuilt tables differ from the log: {found.findings[:3]}")
    return found.revision / (time.perf_counter() - began)
