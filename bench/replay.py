"""Replay: the log read and decoded event by event, beside the plain library; and history walked step by step."""

from uuid import UUID

from eventsourcing.application import Application

from bench import histories, timing
from bench.report import Report
from projections.archive import Archive
from projections.replay import Bounds, MovingClock, read_log, steps
from timeline.basis import At, Basis, Known
from timeline.dates import parse_date

_STEPS_LIMIT = 10_000
_END = parse_date("2030").latest


def measure(archive: Archive, backend: str, facts: int, report: Report) -> None:
    """Our reader over the whole log, typed events from it, and steps along the clock of the log."""
    report.add("replay", backend, facts, "events/s", _decoded(archive, are_typed=False))
    report.add("replay, typed events", backend, facts, "events/s", _decoded(archive, are_typed=True))
    if facts <= _STEPS_LIMIT:
        for clock in MovingClock:
            report.add(f"replay, steps by {clock.value}", backend, facts, "steps/s", _walked(archive, clock))
    peak = timing.peak_memory()
    report.add("peak memory after replay", backend, facts, "MB", peak)


def _decoded(archive: Archive, *, are_typed: bool) -> float:
    """How many events a second are read and decoded; the first pass warms up."""

    def read() -> int:
        count = 0
        with archive.snapshot() as snapshot:
            for entry in read_log(snapshot):
                if are_typed:
                    _ = entry.event
                count += 1
        return count

    count = read()
    return count / timing.seconds(read)


def _walked(archive: Archive, clock: MovingClock) -> float:
    """How many steps a second a walk from the beginning to the end takes, facts before and after included."""
    with archive.snapshot() as snapshot:
        bounds = Bounds(clock, None, Basis(At(_END), Known(_END), snapshot.head))
        found = list[int]()
        taken = timing.seconds(lambda: found.append(sum(1 for _ in steps(snapshot, histories.TIMELINE, bounds))))
    return found[0] / taken


def of_the_library(application: Application[UUID]) -> float:
    """How fast the plain library reads its whole log and decodes every event; the first pass warms up."""

    def replay() -> int:
        position, count = 0, 0
        while found := application.recorder.select_notifications(position + 1, 2_000):
            for item in found:
                application.mapper.to_domain_event(item)
            count += len(found)
            position = found[-1].id
        return count

    count = replay()
    return count / timing.seconds(replay)
