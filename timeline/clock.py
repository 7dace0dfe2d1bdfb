"""The present instant, and the only place that asks the machine for it.

Whatever needs to know the time is handed a `Clock`, so an answer depends on nothing that its caller
cannot name, and a test sets the hour by passing another clock.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Protocol


class Clock(Protocol):
    """Something that knows the present instant."""

    def now(self) -> int:
        """Return the present instant in microseconds since 1970 UTC."""
        ...


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The clock of the machine; it follows the machine's corrections, so it may step back."""

    def now(self) -> int:
        """Return the machine's instant in microseconds since 1970 UTC, rounded down."""
        return time.time_ns() // 1_000


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands still at one instant, in microseconds since 1970 UTC."""

    instant: int

    def now(self) -> int:
        """Return the instant at which this clock stands."""
        return self.instant
