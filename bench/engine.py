"""What the engine does: as-of, bulk load, append and replay, each with its yardstick in the same run."""

from collections.abc import Callable
from uuid import UUID, uuid4

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from sqlalchemy import make_url

from bench import histories, replay, timing
from bench.report import Report
from bench.stores import Stores, service
from projections.archive import Archive
from projections.index.reader import IndexReader
from projections.service import Service
from timeline.content import Content
from timeline.dates import parse_date
from timeline.store import SQLFactory, create_engine

_ASKED = 300
_WARM_UP = 40
_APPENDS = 150
_BULK_LIMIT = 100_000
_FACTS_EACH = 10


def measure(stores: Stores, backend: str, sizes: tuple[int, ...], report: Report, say: Callable[[str], None]) -> None:
    """Everything for one backend, size after size; the greatest store is kept for the web benchmark."""
    for facts in sizes:
        facts_each = 1 if facts <= _BULK_LIMIT else _FACTS_EACH
        url = stores.url(backend)
        say(f"{backend}: loading {facts:,} facts")
        with service(url) as open_:
            histories.prepare(open_.record)
            developments = facts // facts_each
            taken = timing.seconds(lambda: histories.load(open_.record, developments, facts_each))  # noqa: B023
            name = "bulk load" if facts_each == 1 else f"bulk load ({facts_each} facts each)"
            report.add(name, backend, facts, "developments/s", developments / taken)
            stores.analyse(url)
            say(f"{backend}: asking at {facts:,} facts")
            _as_of(open_, backend, facts, report)
            say(f"{backend}: appending at {facts:,} facts")
            _append(open_, backend, facts, report)
            say(f"{backend}: replaying {facts:,} facts")
            replay.measure(open_.archive, backend, facts, report)
        report.keep(backend, facts, url)
        report.add("peak memory of the loader", backend, facts, "MB", timing.peak_memory())
    _plain_append(stores, backend, report)
    _plain_replay(stores, backend, report)


def _as_of(open_: Service, backend: str, facts: int, report: Report) -> None:
    archive = open_.archive
    with archive.snapshot() as snapshot:
        head = snapshot.head
    warm = list(histories.random_bases(_WARM_UP, head, seed=1))
    asked = list(histories.random_bases(_ASKED, head, seed=2))
    for name, ask in (("as-of", _state(archive)), ("as-of, winners only", _winners(archive))):
        timing.each(ask, warm)
        taken = timing.each(ask, asked)
        report.add(name, backend, facts, "ms", timing.middle(taken))
        report.add(f"{name}, p99", backend, facts, "ms", timing.p99(taken))
    with archive.snapshot() as snapshot:
        shown = [len(snapshot.state(histories.TIMELINE, basis).facts) for basis in asked[:50]]
    report.add("facts in a state", backend, facts, "facts", timing.middle([float(n) for n in shown]))


def _state(archive: Archive) -> Callable[[object], object]:
    def ask(basis: object) -> object:
        with archive.snapshot() as snapshot:
            return snapshot.state(histories.TIMELINE, basis)  # type: ignore[arg-type]

    return ask


def _winners(archive: Archive) -> Callable[[object], object]:
    def ask(basis: object) -> object:
        with archive.snapshot() as snapshot:
            number, _ = snapshot.timeline(histories.TIMELINE, snapshot.head)
            return IndexReader(snapshot.connection, number, basis, head=snapshot.head).winners()  # type: ignore[arg-type]

    return ask


def _append(open_: Service, backend: str, facts: int, report: Report) -> None:
    made = list(histories.contents(_APPENDS, 1, seed=facts))
    prefix = f"append-{uuid4().hex[:8]}"

    def append(item: tuple[str, str, dict[str, object]]) -> None:
        slug, known, content = item
        open_.record.record(
            histories.TIMELINE, f"{prefix}-{slug}", known=parse_date(known), content=Content.model_validate(content)
        )

    report.add("append", backend, facts, "ms", timing.middle(timing.each(append, made)))


class Note(Aggregate):
    """An aggregate of the plain library that carries what a development does."""

    @event("Written")
    def __init__(self, slug: str, known: str, content: dict[str, object]) -> None:
        self.slug, self.known, self.content = slug, known, content


def _plain(stores: Stores, backend: str) -> tuple[Application[UUID], str]:
    """The plain library: its own recorder on SQLite; on PostgreSQL ours without an index, as it needs another pool."""
    if backend == "sqlite":
        path = make_url(stores.empty(backend)).database or ""
        env = {"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": path}
        return Application(env=env), "its own recorder"
    engine = create_engine(stores.url(backend))

    class Plain(Application[UUID]):
        def construct_factory(self, env: object) -> SQLFactory:  # noqa: ARG002
            return SQLFactory(engine=engine)

    return Plain(), "this store's recorder, nothing derived"


def _plain_append(stores: Stores, backend: str, report: Report) -> None:
    plain, how = _plain(stores, backend)
    with plain:
        taken = timing.each(lambda made: plain.save(Note(*made)), list(histories.contents(_APPENDS, 1)))
    report.add(f"plain library append ({how})", backend, 0, "ms", timing.middle(taken))


def _plain_replay(stores: Stores, backend: str, report: Report) -> None:
    plain, how = _plain(stores, backend)
    with plain:
        made = list(histories.contents(10_000, 1))
        for start in range(0, 10_000, 1_000):
            plain.save(*(Note(*item) for item in made[start : start + 1_000]))
        report.add(f"plain library replay ({how})", backend, 0, "events/s", replay.of_the_library(plain))
