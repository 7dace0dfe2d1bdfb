"""Medians of repeated measurements, and the memory they took."""

import re
import resource
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import TypeVar

T = TypeVar("T")


def each(action: Callable[[T], object], items: Iterable[T]) -> list[float]:
    """Milliseconds that the action takes for each item."""
    taken = []
    for item in items:
        start = perf_counter()
        action(item)
        taken.append((perf_counter() - start) * 1e3)
    return taken


def middle(taken: list[float]) -> float:
    """The median."""
    return median(taken)


def p99(taken: list[float]) -> float:
    """The 99th percentile."""
    return quantiles(taken, n=100)[98]


def seconds(action: Callable[[], object]) -> float:
    """Seconds that the action takes."""
    start = perf_counter()
    action()
    return perf_counter() - start


def peak_memory() -> float:
    """The peak of resident memory of this process in MB.

    On Linux it is read from the process itself: `getrusage` begins with what the parent held.
    """
    status = Path("/proc/self/status")
    told = status.read_text(encoding="ascii") if status.exists() else ""
    if found := re.search(r"^VmHWM:\s+(\d+) kB$", told, re.MULTILINE):
        return int(found[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
