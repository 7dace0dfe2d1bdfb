"""Marks the facts that have rivals: others under the same key that begin about the same time.

Two facts begin about the same time when the bounds of their `since` overlap. No span under a key is wider than the
`widest` of the key, so a rival begins at most so much earlier: that bounds the search, which an index then answers.
Nearly all facts have no rival; a state that is asked for looks for rivals of marked facts only.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from projections.index.rows import WritableRows
from timeline.dates import MAX_INSTANT, MIN_INSTANT

_ABOUT_THEN: Final = (
    "o.key_id = {key_id} AND o.id <> {id} AND o.since_earliest BETWEEN {low} AND {since_latest} "
    "AND o.since_latest >= {since_earliest}"
)
_NUMBERED: Final = _ABOUT_THEN.format(id="?1", key_id="?2", low="?3", since_latest="?4", since_earliest="?5")
_JOINED: Final = _ABOUT_THEN.format(
    id="n.id", key_id="n.key_id", low="n.low", since_latest="n.since_latest", since_earliest="n.since_earliest"
)
_NEWCOMERS: Final = (
    "unnest(?::bigint[], ?::integer[], ?::bigint[], ?::bigint[], ?::bigint[]) "
    "AS n (id, key_id, low, since_latest, since_earliest)"
)
_MARK_NEW: Final = (
    f"UPDATE facts SET rivalled = TRUE WHERE id = ?1 AND EXISTS (SELECT 1 FROM facts o WHERE {_NUMBERED})"
)
_MARK_OLD: Final = f"UPDATE facts AS o SET rivalled = TRUE WHERE NOT o.rivalled AND {_NUMBERED}"
# The offsets keep PostgreSQL from turning these into joins of everything under the same keys.
_MARK_ALL_NEW: Final = (
    f"UPDATE facts AS f SET rivalled = TRUE FROM {_NEWCOMERS} WHERE f.id = n.id "
    f"AND EXISTS (SELECT 1 FROM facts o WHERE {_JOINED} LIMIT 1 OFFSET 0)"
)
_MARK_ALL_OLD: Final = (
    f"UPDATE facts SET rivalled = TRUE WHERE id = ANY (ARRAY(SELECT found.id FROM {_NEWCOMERS} CROSS JOIN LATERAL "
    f"(SELECT o.id FROM facts o WHERE NOT o.rivalled AND {_JOINED} OFFSET 0) found))"
)


class Newcomer(NamedTuple):
    """A fact that the transaction wrote, and where its rivals may begin."""

    id: int
    key_id: int
    low: int
    since_latest: int
    since_earliest: int


def earliest_rival(since_earliest: int, widest: int) -> int:
    """Before which instant no fact begins whose `since` can reach the one that begins at `since_earliest`."""
    return max(since_earliest - widest, MIN_INSTANT) if widest <= MAX_INSTANT // 2 else MIN_INSTANT


def mark_rivals(rows: WritableRows, newcomers: Sequence[Newcomer]) -> None:
    """Mark the newcomers that have rivals, and the facts whose rivals they are; all of them must have been written."""
    if rows.is_sqlite:
        rows.run_each(_MARK_NEW, newcomers)
        rows.run_each(_MARK_OLD, newcomers)
    else:
        rows.run_all(_MARK_ALL_NEW, newcomers)
        rows.run_all(_MARK_ALL_OLD, newcomers)
