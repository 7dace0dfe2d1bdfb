"""Where tests keep what they throw away: in the memory of this machine, where a file costs a tenth of one on a disk.

A fresh database per test is some hundred files on PostgreSQL, and each transaction on SQLite waits for the disk.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 - no fixed name is used in it: pytest and `tempfile` choose private ones
NEEDED_BYTES = 4 << 30
"""A whole run, two processes, takes well below half of it."""


def memory() -> Path | None:
    """A folder that is kept in memory and has room for a run; none where the system has no such folder."""
    if sys.platform != "linux" or not os.access(MEMORY, os.W_OK | os.X_OK):
        return None
    return MEMORY if shutil.disk_usage(MEMORY).free >= NEEDED_BYTES else None
