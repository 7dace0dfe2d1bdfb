"""Answers kept in memory: a state asked for again costs no more than handing out its bytes."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock
from typing import Final

from starlette.responses import Response

from timeline.basis import Basis

_OVERHEAD: Final = 2_000
"""What an answer takes besides its body, in bytes, roughly."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer, and how long it is good for.

    One whose address pins its basis is good for ever. Of the others `pulse` tells how the database stood before
    they were made: they are good as long as it stands so. Without either an answer is only good for its basis.
    """

    answer: Response
    basis: Basis
    is_pinned: bool
    pulse: int | None

    @property
    def size(self) -> int:
        """How much room it takes, in bytes."""
        return len(self.answer.body) + _OVERHEAD


class Memory:
    """The answers asked for last, as many as fit. Used from several threads at once."""

    def __init__(self, capacity: int = 16 * 1024 * 1024) -> None:
        """`capacity` is in bytes; an answer that takes more than an eighth of it is not kept."""
        self._capacity = capacity
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self._taken = 0
        self._lock = Lock()

    def recall(self, key: Hashable) -> Kept | None:
        """The answer kept under a key, if there still is one."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
            return kept

    def keep(self, key: Hashable, kept: Kept) -> None:
        """Keep an answer, and let go of those that nobody asked for the longest."""
        if kept.size > self._capacity // 8:
            return
        with self._lock:
            replaced = self._kept.pop(key, None)
            self._taken += kept.size - (replaced.size if replaced is not None else 0)
            self._kept[key] = kept
            while self._taken > self._capacity:
                _, oldest = self._kept.popitem(last=False)
                self._taken -= oldest.size

    @property
    def taken(self) -> int:
        """How much room the answers take, in bytes."""
        return self._taken

    def __len__(self) -> int:
        return len(self._kept)
