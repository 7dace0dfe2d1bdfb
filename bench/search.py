"""How long a search takes, in the stores that the measurement of as-of has filled."""

import random
from collections.abc import Callable, Iterator

from bench import histories, timing
from bench.report import Report
from bench.stores import service
from projections.search.query import parse_query
from projections.search.reader import Wanted, search
from projections.service import Service
from timeline.basis import Basis

_ASKED = 60
_WARM_UP = 5


def measure(backend: str, sizes: tuple[int, ...], report: Report) -> None:
    """Searches for few, for many and for all developments, at random bases, at 10 k facts and in the greatest store."""
    for facts in sorted({size for size in sizes if size in {10_000, sizes[-1]}}):
        with service(report.kept[backend, facts]) as open_:
            _searches(open_, backend, facts, report)


def _searches(open_: Service, backend: str, facts: int, report: Report) -> None:
    rng = random.Random(facts)
    kinds: tuple[tuple[str, Callable[[], str]], ...] = (
        ("search, one development", lambda: f"development {rng.randrange(facts // 10)}"),
        ("search, a party", lambda: f'"party {rng.randrange(histories.KEYS)}"'),
        ("search, a word of all", lambda: "synthetic"),
    )
    for name, query in kinds:
        taken = timing.each(lambda item: _search(open_, *item), list(_asked(open_, query)))[_WARM_UP:]
        report.add(name, backend, facts, "ms", timing.middle(taken))
        report.add(f"{name}, p99", backend, facts, "ms", timing.p99(taken))


def _asked(open_: Service, query: Callable[[], str]) -> Iterator[tuple[str, Basis]]:
    with open_.archive.snapshot() as snapshot:
        head = snapshot.head
    for basis in histories.random_bases(_ASKED + _WARM_UP, head, seed=3):
        yield query(), basis


def _search(open_: Service, query: str, basis: Basis) -> None:
    with open_.archive.snapshot() as snapshot:
        wanted = Wanted(parse_query(query))
        search(snapshot, histories.TIMELINE, wanted, known=basis.known, revision=basis.revision)
