"""Which facts have rivals: others under the same key that begin about the same time.

Two facts begin about the same time when the bounds of their `since` overlap. No span under a key is wider than the
`widest` of the key, so a rival begins at most so much earlier: that bounds the search, which an index then answers.
Nearly all facts have no rival: those that have one are marked, and a state looks for rivals of marked facts only.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple, Protocol

from projections.index.rows import WritableRows
from timeline.dates import MAX_INSTANT, MIN_INSTANT

_AT_ONCE: Final = 20_000
_WIDE: Final = MAX_INSTANT // 2
"""An open `since` is wider than that: so wide that its width cannot be subtracted."""


class Begun(Protocol):
    """What has a `since`, by its bounds."""

    @property
    def since_earliest(self) -> int:
        """The earliest bound."""

    @property
    def since_latest(self) -> int:
        """The latest bound."""


def about_then(one: Begun, other: Begun) -> bool:
    """Whether the bounds of the `since` of two facts overlap."""
    return one.since_earliest <= other.since_latest and one.since_latest >= other.since_earliest


def about_then_sql(one: str, *, since_earliest: str, since_latest: str, low: str) -> str:
    """`about_then` as a condition in SQL on the fact `one` of a key, and another one whose bounds are given.

    `low` is what `earliest_rival` says of the other: where an index begins to look.
    """
    return f"{one}.since_earliest BETWEEN {low} AND {since_latest} AND {one}.since_latest >= {since_earliest}"


def earliest_rival(since_earliest: int, widest: int) -> int:
    """Before which instant no fact begins whose `since` can reach the one that begins at `since_earliest`."""
    return max(since_earliest - widest, MIN_INSTANT) if widest <= _WIDE else MIN_INSTANT


def earliest_rival_sql(since_earliest: str, widest: str) -> str:
    """`earliest_rival` as an expression in SQL."""
    return f"CASE WHEN {widest} > {_WIDE} THEN {MIN_INSTANT} ELSE {since_earliest} - {widest} END"


_NUMBERED: Final = "o.key_id = ?2 AND o.id <> ?1 AND " + about_then_sql(
    "o", low="?3", since_latest="?4", since_earliest="?5"
)
_JOINED: Final = "o.key_id = n.key_id AND o.id <> n.id AND " + about_then_sql(
    "o", low="n.low", since_latest="n.since_latest", since_earliest="n.since_earliest"
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


def mark_rivals(rows: WritableRows, newcomers: Sequence[Newcomer]) -> None:
    """Mark the newcomers that have rivals, and the facts whose rivals they are; all of them must have been written."""
    if rows.is_sqlite:
        rows.run_each(_MARK_NEW, newcomers)
        rows.run_each(_MARK_OLD, newcomers)
    else:
        rows.run_all(_MARK_ALL_NEW, newcomers)
        rows.run_all(_MARK_ALL_OLD, newcomers)


def mark_rivalled(rows: WritableRows, facts: Sequence[int]) -> None:
    """Mark facts, given by their numbers, of which it is known that they have rivals."""
    for start in range(0, len(facts), _AT_ONCE):
        some = [(fact,) for fact in facts[start : start + _AT_ONCE]]
        if rows.is_sqlite:
            rows.run_each("UPDATE facts SET rivalled = TRUE WHERE id = ?", some)
        else:
            rows.run_all("UPDATE facts SET rivalled = TRUE WHERE id = ANY (?::bigint[])", some)
