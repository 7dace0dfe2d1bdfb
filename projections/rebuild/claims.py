"""What becomes of the planes of keys, noted in the order of the log and read again key by key.

An append looks the few regions that it touches up in the database. A rebuild touches them all, many times over: so it
only notes what comes into force and what goes out of it, and when all is noted the plane of each key is made at once,
in memory (`projections.rebuild.planes`).
"""

from array import array
from collections.abc import Iterator
from itertools import groupby
from typing import Final, NamedTuple

from projections.index.plane import Claim
from projections.index.rows import Rows, WritableRows
from projections.regions import Contender, Rank
from timeline.store.shadow import CLAIMS

_NUMBERS: Final = 15
"""By so many numbers of 64 bits is a claim told: see `NotedClaims`."""

_COUNTS: Final = "SELECT key_id, sum(count) FROM claims WHERE key_id > ? GROUP BY key_id ORDER BY key_id LIMIT 2000"
_OF_KEYS: Final = "SELECT key_id, claims FROM claims WHERE key_id BETWEEN ? AND ? ORDER BY key_id, number"

_new: Final = tuple.__new__


class NotedClaims:
    """Notes claims: see `projections.index.plane.Claims`. They are written with `finish`, all on one key in one row."""

    def __init__(self, rows: WritableRows) -> None:
        self._rows = rows
        self._noted: dict[int, tuple[int, array[int]]] = {}

    def open(self, timeline_id: int, key_id: int) -> None:
        """Nothing to note: a new key is always claimed at once."""

    def enter(self, claim: Claim) -> None:
        """See `Claims.enter`."""
        self._note(claim, 1)

    def leave(self, claim: Claim) -> None:
        """See `Claims.leave`."""
        self._note(claim, 0)

    def flush(self) -> None:
        """See `Claims.flush`: nobody reads claims before all are noted."""
        self._rows.flush()

    def finish(self) -> None:
        """Write what was noted."""
        for key_id, (number, noted) in self._noted.items():
            self._rows.add(CLAIMS, (key_id, number, len(noted) // _NUMBERS, noted.tobytes()))
        self._noted = {}
        self._rows.flush()

    def _note(self, claim: Claim, enters: int) -> None:
        timeline_id, key_id, (fact, rank, floor, gone), *when = claim
        noted = self._noted.get(key_id)
        if noted is None:
            noted = self._noted[key_id] = (claim.revision, array("q"))
        noted[1].extend((timeline_id, enters, fact, *rank, floor, gone, *when))


class Step(NamedTuple):
    """One claim, and whether it comes into force or goes out of it."""

    enters: bool
    contender: Contender
    since_latest: int
    known_from: int
    known_until: int
    revision: int
    reach: int


class KeySteps(NamedTuple):
    """All claims that were ever made on one key, in the order of the log."""

    timeline_id: int
    key_id: int
    steps: list[Step]


def portions(rows: Rows, after: int, size: int) -> Iterator[tuple[int, int]]:
    """Ranges of keys after one of them, each with about `size` claims; a key is never parted."""
    first, last, held = after + 1, after, 0
    while counts := rows.all(_COUNTS, (last,)):
        for key_id, count in counts:
            if held and held + count > size:
                yield first, last
                first, held = key_id, 0
            last, held = key_id, held + count
    if held:
        yield first, last


def read_claims(rows: Rows, first: int, last: int) -> Iterator[KeySteps]:
    """What was noted of the keys from `first` to `last`, key by key."""
    for key_id, some in groupby(rows.all(_OF_KEYS, (first, last)), key=lambda row: row[0]):
        noted = array("q")
        for _, claims in some:
            noted.frombytes(claims)
        yield KeySteps(noted[0], key_id, _steps(noted))


def _steps(noted: "array[int]") -> list[Step]:
    numbers = iter(noted)
    return [
        _new(Step, (bool(told[1]), _new(Contender, (told[2], _new(Rank, told[3:8]), told[8], told[9])), *told[10:]))
        for told in zip(*[numbers] * _NUMBERS, strict=True)
    ]
