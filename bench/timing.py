"""Medians of repeated measurements."""

from collections.abc import Callable, Iterable
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
