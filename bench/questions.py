"""How long the questions about a history take: two dates compared, and a sentence checked."""

from collections.abc import Iterator
from dataclasses import replace

from bench import histories, timing
from bench.report import Report
from bench.stores import Stores, service
from projections.check.checker import Checker
from projections.comparison import compare
from tests.corpus.sentences import TIMELINE, Labelled, tuned_on
from timeline.basis import At, Basis, Known, Revision
from timeline.datasets.loader import load
from timeline.datasets.reading import bundled, read_dataset

_COMPARED = 60
_WARM_UP = 10
_YEAR = 365 * 86_400_000_000


def compare_dates(backend: str, sizes: tuple[int, ...], report: Report) -> None:
    """Two dates a year apart, on each clock, in the stores that the measurement of as-of has filled."""
    for facts in sorted({size for size in sizes if size in {10_000, sizes[-1]}}):
        with service(report.kept[backend, facts]) as open_:
            with open_.archive.snapshot() as snapshot:
                head = snapshot.head
            for name, clock in (("diff, a year of dates", "at"), ("diff, a year of knowledge", "known")):

                def ask(pair: tuple[Basis, Basis]) -> None:
                    with open_.archive.snapshot() as snapshot:
                        compare(snapshot, histories.TIMELINE, *pair).as_json()

                taken = timing.each(ask, list(_years(head, clock)))[_WARM_UP:]
                report.add(name, backend, facts, "ms", timing.middle(taken))
                report.add(f"{name}, p99", backend, facts, "ms", timing.p99(taken))


def _years(head: Revision, clock: str) -> Iterator[tuple[Basis, Basis]]:
    for basis in histories.random_bases(_COMPARED + _WARM_UP, head, seed=4):
        if clock == "at":
            yield replace(basis, at=At(basis.at - _YEAR)), basis
        else:
            yield replace(basis, known=Known(basis.known - _YEAR)), basis


def check_sentences(stores: Stores, report: Report) -> None:
    """The sentences on which the rules of the fact check are tuned, asked of the bundled timeline one by one."""
    checker = Checker()
    with service(stores.url("sqlite")) as open_:
        load(open_.record, read_dataset(bundled()[TIMELINE]).checked())

        def ask(item: Labelled) -> None:
            with open_.archive.snapshot() as snapshot:
                basis = snapshot.basis(at=item.at, known=item.known)
                checker.check_sentence(snapshot, TIMELINE, item.sentence, basis)

        asked = sorted(tuned_on(), key=lambda item: item.known)
        taken = [timing.each(ask, [item, item])[1] for item in asked]  # the first makes the words known by then
        report.add("check of a sentence", "sqlite", 0, "ms", timing.middle(taken))
        report.add("check of a sentence, p99", "sqlite", 0, "ms", timing.p99(taken))
