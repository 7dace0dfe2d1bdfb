"""The contents in force at a basis that a query may be about, found by the databases' own indexes of words.

What comes from here is read again by `projections.search.matching`, which alone decides: words that a query excludes
and sources that had not appeared by `known` are not minded here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from projections.archive import Snapshot
from projections.developments import Filters, conditions_of
from projections.search.matching import Search, Sought
from timeline.basis import Known, Revision

MOST_CANDIDATES: Final = 2_000
"""Of more contents than these, those that were recorded last are looked at."""


class Candidate(NamedTuple):
    """A content with its texts, in folded words."""

    content_id: int
    development: str
    occurred: int
    title: str
    facts: str
    summary: str
    entities: str
    sources: str
    standings: str
    last_published: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when to look."""

    number: int
    known: Known
    revision: Revision


def candidates(snapshot: Snapshot, place: Place, search: Search, filters: Filters) -> list[Candidate]:
    """The contents in force that have the words of a search, in no order."""
    conditions, values = conditions_of(snapshot, place.number, place.known, place.revision, filters)
    having = (
        "search_index x CROSS JOIN contents c ON c.id = x.rowid WHERE x.words MATCH ?"
        if snapshot.rows.is_sqlite
        # the offset keeps PostgreSQL from walking through all contents instead
        else "(SELECT content_id FROM search_index WHERE words @@ ?::tsquery OFFSET 0) x "
        "JOIN contents c ON c.id = x.content_id WHERE TRUE"
    )
    newest = "x.rowid" if snapshot.rows.is_sqlite else "x.content_id"
    rows = snapshot.rows.all(
        "SELECT f.id, f.development, f.occurred_earliest, s.title, s.facts, s.summary, s.entities, s.sources, "  # noqa: S608
        "s.standings, s.last_published FROM (SELECT c.id, c.development, c.occurred_earliest "
        f"FROM {having} AND {conditions} ORDER BY {newest} DESC LIMIT ?) f JOIN search_texts s ON s.content_id = f.id",
        (_expression(search, is_sqlite=snapshot.rows.is_sqlite), *values, MOST_CANDIDATES),
    )
    return [Candidate(*row) for row in rows]


def _expression(search: Search, *, is_sqlite: bool) -> str:
    """The search as FTS5 or as a `tsquery` reads it. Every word in it is folded, and stands in quotes."""
    phrase = _of_fts5 if is_sqlite else _of_tsquery
    either, both = (" OR ", " AND ") if is_sqlite else (" | ", " & ")
    return both.join(
        f"({either.join(dict.fromkeys(phrase(*one) for term in clause for one in _ways(term)))})"
        for clause in search.clauses
    )


def _ways(term: Sought) -> Iterable[tuple[list[str], bool]]:
    """The phrases by which a term is found, and whether the last word may go on."""
    for pattern in (*term.words, *term.entities, *term.attributes):
        yield pattern.split(), False
    for pattern in term.beginnings:
        yield pattern.split(), True


def _of_fts5(words: list[str], is_open: bool) -> str:  # noqa: FBT001 - one of two spellings of the same
    return f'"{" ".join(words)}"{"*" if is_open else ""}'


def _of_tsquery(words: list[str], is_open: bool) -> str:  # noqa: FBT001
    quoted = " <-> ".join(f"'{word}'" for word in words)
    return f"({quoted}{':*' if is_open else ''})"
