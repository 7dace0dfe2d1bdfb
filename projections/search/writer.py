"""Keeps the searched texts in step with the index, inside the transaction of every append.

A content never changes once it is in the index, and its number is greater than any before it. So what is to be done is
always the same, after an append as after a migration: add the texts of all contents that have none yet. Which of them
count at a basis is known by the index alone; here is nothing to correct or to take back.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from pydantic_core import from_json
from sqlalchemy import BigInteger, Column, MetaData, Table, Text
from sqlalchemy.dialects.postgresql import TSVECTOR

from projections.index.contents import BY_WHOM, WRITTEN, content_of
from projections.index.rows import Row, WritableRows
from projections.index.told import ToldContent, ToldFact
from projections.search.documents import SearchText, search_text
from projections.search.words import BREAK
from timeline.standing import STANDINGS
from timeline.store import WriteConnection
from timeline.store.derived import search_texts
from timeline.vocabulary import Vocabulary

_PORTION: Final = 1_000
_MOST_PLACES: Final = 255
"""More places of one word a `tsvector` does not keep."""

_LAST: Final = "SELECT coalesce(max(content_id), 0) FROM search_texts"
_NEW: Final = f"SELECT c.id, {WRITTEN} FROM contents c {BY_WHOM} WHERE c.id > ? ORDER BY c.id LIMIT ?"  # noqa: S608
_FACTS: Final = (
    "SELECT f.content_id, f.ordinal, k.subject, k.attribute, k.object, f.is_end, f.standing, f.payload "
    "FROM facts f JOIN keys k ON k.id = f.key_id WHERE f.content_id BETWEEN ? AND ?"
)

_INDEX_SQLITE: Final = Table("search_index", MetaData(), Column("rowid", BigInteger), Column("words", Text))
_INDEX_POSTGRESQL: Final = Table(
    "search_index", MetaData(), Column("content_id", BigInteger), Column("words", TSVECTOR)
)


class TextWriter:
    """Writes the searched texts of contents as soon as they are in the index."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def __call__(self, rows: WritableRows, told: Sequence[ToldContent]) -> None:
        """Add the texts of new contents, in the order of their numbers; and of older ones that have none yet."""
        if not told:
            return
        last: int = (rows.one(_LAST) or (0,))[0]
        if told[0].id == last + 1:  # numbers have no gaps, so none lacks its texts
            write_texts(rows, told, self._vocabulary)
        else:
            _add(rows, self._vocabulary)


def write_texts(rows: WritableRows, told: Sequence[ToldContent], vocabulary: Vocabulary) -> None:
    """Write the texts of contents."""
    _write(rows, [(one.id, _text(one, vocabulary)) for one in told])


def _text(one: ToldContent, vocabulary: Vocabulary) -> SearchText:
    facts = [one.facts[ordinal] for ordinal in sorted(one.facts)]
    return search_text(one.body, STANDINGS[one.body["standing"]].rank, facts, vocabulary)


def catch_up(connection: WriteConnection, vocabulary: Vocabulary) -> int:
    """Add the texts of all contents that have none yet; answers how many there were."""
    rows = WritableRows(connection)
    with rows.pipelined():
        count = _add(rows, vocabulary)
    rows.close()
    return count


def _add(rows: WritableRows, vocabulary: Vocabulary) -> int:
    last: int = (rows.one(_LAST) or (0,))[0]
    count = 0
    while new := rows.all(_NEW, (last, _PORTION)):
        first, last = new[0][0], new[-1][0]
        told = _facts(rows.all(_FACTS, (first, last)))
        contents = [
            ToldContent(content_id, content_of(*written), told.get(content_id, {})) for content_id, *written in new
        ]
        write_texts(rows, contents, vocabulary)
        count += len(new)
    return count


def _facts(rows: Iterable[Row]) -> dict[int, dict[int, ToldFact]]:
    """The facts of each content by their ordinals."""
    found: dict[int, dict[int, ToldFact]] = {}
    for content_id, ordinal, subject, attribute, object_, is_end, standing, payload in rows:
        found.setdefault(content_id, {})[ordinal] = ToldFact(
            subject, attribute, object_, bool(is_end), standing, from_json(payload)
        )
    return found


def _write(rows: WritableRows, texts: Sequence[tuple[int, SearchText]]) -> None:
    rows.insert(search_texts, [(content_id, *text) for content_id, text in texts])
    if rows.is_sqlite:
        rows.insert(_INDEX_SQLITE, [(content_id, text.told) for content_id, text in texts])
    else:
        rows.insert(_INDEX_POSTGRESQL, [(content_id, _vector(text.stream)) for content_id, text in texts])


def _vector(stream: Sequence[str]) -> str:
    """A `tsvector` as PostgreSQL reads it: folded words have nothing in them that would need an escape."""
    places: dict[str, list[str]] = {}
    for place, word in enumerate(stream, start=1):
        if word != BREAK:
            places.setdefault(word, []).append(str(place))
    return " ".join(f"'{word}':{','.join(found[:_MOST_PLACES])}" for word, found in places.items())
