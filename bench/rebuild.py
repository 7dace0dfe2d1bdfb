"""Whole stores, each job in a process of its own: rebuilt from a log, verified, replayed, exported, asked meanwhile."""

from collections.abc import Callable

from bench import histories, timing
from bench.apart import Done, apart
from bench.report import Report
from bench.stores import Stores, service
from projections.service import Service

_LARGEST = {"sqlite": 1_000_000, "postgresql": 100_000}
_SIZES = (10_000, 100_000, 1_000_000)
_VERIFIED = 100_000


def measure(stores: Stores, backend: str, sizes: tuple[int, ...], report: Report, say: Callable[[str], None]) -> None:
    """Logs of developments of one fact each, from which everything is then made."""
    largest = min(sizes[-1], _LARGEST[backend])
    for facts in (size for size in _SIZES if size <= largest):
        url = stores.url(backend)
        say(f"{backend}: keeping a log of {facts:,} developments")
        histories.keep_log(url, facts)
        for work in ("rebuild", "replay", "export", *(["verify"] if facts <= _VERIFIED else [])):
            say(f"{backend}: {work} of {facts:,} events")
            _note(work, backend, facts, apart(work, url), report)
        if facts == _VERIFIED:
            say(f"{backend}: asking while {facts:,} events are rebuilt")
            _asked_meanwhile(url, backend, facts, report)


def _note(work: str, backend: str, facts: int, done: Done, report: Report) -> None:
    """Processor time of the process: of PostgreSQL's own none is counted, so its wall clock is the honest one."""
    taken = done.processor if backend == "sqlite" else done.wall
    name = work if work in {"rebuild", "verify"} else f"{work} of a whole log"
    report.add(name, backend, facts, "events/s", done.events / taken)
    report.add(f"{name}, wall time", backend, facts, "s", done.wall)
    report.add(f"{name}, peak memory", backend, facts, "MB", done.peak)


def _asked_meanwhile(url: str, backend: str, facts: int, report: Report) -> None:
    with service(url) as open_:
        with open_.archive.snapshot() as snapshot:
            bases = histories.random_bases(1_000_000, snapshot.head, seed=5)
        alone = timing.each(lambda _: _ask(open_, next(bases)), range(100))
        taken: list[float] = []
        apart("rebuild", url, meanwhile=lambda: taken.extend(timing.each(lambda _: _ask(open_, next(bases)), [None])))
    report.add("as-of, nothing else running", backend, facts, "ms", timing.middle(alone))
    report.add("as-of during a rebuild", backend, facts, "ms", timing.middle(taken))
    report.add("as-of during a rebuild, longest", backend, facts, "ms", max(taken))


def _ask(open_: Service, basis: object) -> object:
    with open_.archive.snapshot() as snapshot:
        return snapshot.state(histories.TIMELINE, basis)  # type: ignore[arg-type]
