"""What becomes of the planes of keys, noted in the order of the log and read again key by key.

An append looks the few regions that it touches up in the database. A rebuild touches them all, many times over: so it
only notes what comes into force and what goes out of it, and when all is noted the plane of each key is made at once,
in memory (`projections.rebuild.planes`).
"""

from collections.abc import Iterator
from itertools import groupby
from typing import Final, NamedTuple

from projections.index.plane import Claim
from projections.index.rows import Row, Rows, WritableRows
from projections.regions import Contender, Rank
from timeline.store.shadow import CLAIMS

_WITHIN: Final = 1_000_000
"""More claims than one event can make."""

_COUNTS: Final = "SELECT key_id, count(*) FROM claims WHERE key_id > ? GROUP BY key_id ORDER BY key_id LIMIT 2000"
_OF_KEYS: Final = "SELECT * FROM claims WHERE key_id BETWEEN ? AND ? ORDER BY key_id, number"


class NotedClaims:
    """Notes claims: see `projections.index.plane.Claims`."""

    def __init__(self, rows: WritableRows) -> None:
        self._rows = rows
        self._revision = self._count = 0

    def open(self, timeline_id: int, key_id: int) -> None:
        """Nothing to note: a new key is always claimed at once."""

    def enter(self, claim: Claim) -> None:
        """See `Claims.enter`."""
        self._note(claim, enters=True)

    def leave(self, claim: Claim) -> None:
        """See `Claims.leave`."""
        self._note(claim, enters=False)

    def flush(self) -> None:
        """See `Claims.flush`."""
        self._rows.flush()

    def _note(self, claim: Claim, *, enters: bool) -> None:
        timeline_id, key_id, (fact, rank, floor, gone), since_latest, *when = claim
        revision = claim.revision
        self._count = self._count + 1 if revision == self._revision else 0
        self._revision = revision
        number = revision * _WITHIN + self._count
        self._rows.add(
            CLAIMS, (key_id, number, timeline_id, int(enters), fact, *rank, floor, gone, since_latest, *when)
        )


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
        of_key = list(some)
        yield KeySteps(of_key[0][2], key_id, [_step(row) for row in of_key])


def _step(row: Row) -> Step:
    return Step(bool(row[3]), Contender(row[4], Rank._make(row[5:10]), row[10], row[11]), *row[12:])
