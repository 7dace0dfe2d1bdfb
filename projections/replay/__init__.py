"""History run forward: step after step along one of the three clocks, and the log read as fast as it can be decoded.

`replay` gives the steps: the events behind each, what they changed, the state when asked for. `read_log` gives the
plain events in the order in which they were recorded, without asking what they changed.
"""

from projections.replay.asking import Bounds, MovingClock, Replaying
from projections.replay.entries import LogEntry, entries_at, read_log
from projections.replay.step import Step
from projections.replay.walking import replay, steps

__all__ = [
    "Bounds",
    "LogEntry",
    "MovingClock",
    "Replaying",
    "Step",
    "entries_at",
    "read_log",
    "replay",
    "steps",
]
