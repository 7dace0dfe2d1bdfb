"""What is searched: the texts of all contents, and the index of their words."""

import sqlite3
from collections import Counter
from contextlib import closing
from typing import Any, Final
from zlib import crc32

from projections.index.rows import Rows
from projections.index.told import ToldFact
from projections.search.documents import SearchText, search_text
from projections.search.words import BREAK
from projections.verify.findings import Verified
from timeline.content import Content
from timeline.facts import Statement
from timeline.vocabulary import Vocabulary

_TEXTS: Final = (
    "SELECT content_id, title, facts, summary, entities, sources, standings, last_published FROM search_texts "
    "WHERE content_id BETWEEN ? AND ?"
)
_LEXEMES: Final = (
    "SELECT s.content_id, w.lexeme, w.positions FROM search_index s CROSS JOIN LATERAL unnest(s.words) w "
    "WHERE s.content_id BETWEEN ? AND ?"
)
_MOST_PLACES: Final = 255
_SUMMED: Final = 1_000
"""The index of SQLite cannot be asked for the words of a text: those of so many contents are compared as one sum."""


class SearchCheck:
    """Compares the searched texts, portion by portion, and at the end the index."""

    def __init__(self, rows: Rows, vocabulary: Vocabulary, found: Verified) -> None:
        self._rows = rows
        self._vocabulary = vocabulary
        self._found = found
        self._expected: dict[int, tuple[str, SearchText]] = {}
        self._sums: Counter[int] = Counter()

    def expect(self, content_id: int, content: Content, statements: tuple[Statement, ...], where: str) -> None:
        """What a content says, and so what its text is."""
        told = [
            ToldFact(
                statement.key.subject,
                statement.key.attribute,
                statement.key.object or "",
                statement.is_end,
                statement.standing.rank,
                {"value": statement.value.model_dump(mode="json", exclude_none=True) if statement.value else None},
            )
            for statement in statements
        ]
        body = content.model_dump(mode="json", exclude_none=True)
        text = search_text(body, content.standing.rank, told, self._vocabulary)
        self._expected[content_id] = (where, text)
        for place, word in enumerate(text.stream):
            self._sums[content_id // _SUMMED] += _weight(content_id, word, place)

    def compare_portion(self) -> None:
        """Compare what was expected since the last time."""
        expected, self._expected = self._expected, {}
        if not expected:
            return
        between = (min(expected), max(expected))
        there = {row[0]: row[1:] for row in self._rows.all(_TEXTS, between)}
        words = {} if self._rows.is_sqlite else self._words(between)
        for content_id, (where, text) in expected.items():
            row = there.get(content_id)
            wanted = (text.title, text.facts, text.summary, text.entities, text.sources)
            if row is None:
                self._found.note("search_texts", where, f"the text of content {content_id} is missing")
            elif row != (*wanted, text.standings, text.last_published):
                self._found.note("search_texts", where, f"the text of content {content_id} is not what it says")
            self._found.rows["search_texts"] += row is not None
            if not self._rows.is_sqlite and words.get(content_id, {}) != _places(text):
                self._found.note("search_index", where, f"the words of content {content_id} are not those of its text")

    def _words(self, between: tuple[int, int]) -> dict[int, dict[str, list[int]]]:
        found: dict[int, dict[str, list[int]]] = {}
        for content_id, word, places in self._rows.all(_LEXEMES, between):
            found.setdefault(content_id, {})[word] = places
        self._found.rows["search_index"] += len(found)
        return found

    def compare_index(self, path: str, last: int) -> None:
        """Compare the index of an SQLite file as a whole, up to the content `last`."""
        sums: Counter[int] = Counter()
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab('main', 'search_index', 'instance')")
            try:
                for word, content_id, place in connection.execute('SELECT term, doc, "offset" FROM temp.words'):
                    if content_id <= last:
                        sums[content_id // _SUMMED] += _weight(content_id, word, place)
                        self._found.rows["search_index"] += place == 0
            except sqlite3.DatabaseError as error:
                self._found.note("search_index", "all", f"it cannot be read: {error}")
                return
        for number in sorted(sums.keys() | self._sums.keys()):
            if sums[number] != self._sums[number]:
                first = number * _SUMMED
                where = f"contents {first} to {first + _SUMMED - 1}"
                self._found.note("search_index", where, "its words are not those of the texts")


def _weight(content_id: int, word: str, place: int) -> int:
    return crc32(word.encode()) * (2 * place + 1) * (2 * content_id + 1)


def _places(text: SearchText) -> dict[str, Any]:
    found: dict[str, list[int]] = {}
    for place, word in enumerate(text.stream, start=1):
        if word != BREAK:
            found.setdefault(word, []).append(place)
    return {word: places[:_MOST_PLACES] for word, places in found.items()}
