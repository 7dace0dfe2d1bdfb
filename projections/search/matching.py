"""Whether a text has what a query asks for, and how well: pure, and the same whatever database found the text.

Texts are folded words between blanks, padded with a blank on both sides, so that a word or a phrase is found as
` word ` and the beginning of one as ` wor`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from projections.search.words import BREAK


class Fields(NamedTuple):
    """The padded texts of a development."""

    title: str
    facts: str
    summary: str
    entities: str
    sources: str


class _Numbers(NamedTuple):
    """A number for each field of a development."""

    title: int
    facts: int
    summary: int
    entities: int
    sources: int


_WEIGHTS: Final = _Numbers(title=40, facts=12, summary=10, entities=6, sources=4)
"""What a word is worth in each field of a development; half of it where it is only the beginning of a word."""
_IN_ROW: Final = _Numbers(title=40, facts=16, summary=14, entities=0, sources=4)
"""What it is worth, for each word, that all words of the query stand in a row."""
_TITLE_COVERED: Final = 10
"""What it is worth that a title says nothing else."""
_STATED: Final = 8
"""What it is worth that a fact of the development is of an attribute that one speaks of so."""
_MOST_SOURCES: Final = 10
"""So many sources at most speak for a development: what was reported widely is likely to be what is looked for."""
_IN_A_FACT: Final = 34
_FACT_COVERED: Final = 20
_IN_A_NAME: Final = 50
_NAME_COVERED: Final = 60
_IN_A_DESCRIPTION: Final = 8
_AS_IT_IS: Final = 2
_NEARLY: Final = 1


@dataclass(frozen=True, slots=True)
class Sought:
    """A term with all that stands for it.

    `words` are the term itself, `beginnings` words that begin with it, `entities` the words of entities that are called
    so, and `attributes` those of attributes that one speaks of so. `names` is what those entities are also called:
    worth something in a title, and to be marked, but nothing that is looked for.
    """

    words: tuple[str, ...]
    beginnings: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    def in_prose(self, text: str) -> int:
        """How well a padded text that somebody wrote has it: 0 not at all, 1 as the beginning of a word, 2 as it is."""
        if any(one in text for one in self.words):
            return _AS_IT_IS
        return _NEARLY if any(one in text for one in self.beginnings) else 0

    def in_facts(self, text: str) -> int:
        """The same for padded sentences of facts, and lists of entities, where words stand for entities."""
        if any(one in text for some in (self.words, self.entities) for one in some):
            return _AS_IT_IS
        return _NEARLY if any(one in text for some in (self.beginnings, self.attributes) for one in some) else 0


Clause = tuple[Sought, ...]


@dataclass(frozen=True, slots=True)
class Search:
    """A query with all that stands for its terms; `row` is all of it in a row, where it has several words."""

    clauses: tuple[Clause, ...]
    excluded: Clause = ()
    row: tuple[str, ...] = ()

    @property
    def terms(self) -> tuple[Sought, ...]:
        """Every term that is looked for."""
        return tuple(term for clause in self.clauses for term in clause)

    def of_development(self, fields: Fields) -> int:
        """How well a development meets the query; 0 if it does not."""
        score, titled = 0, 0
        for clause in self.clauses:
            worth = _in_fields(clause, fields)
            if not any(worth):
                return 0
            if not worth.title and any(name in fields.title for term in clause for name in term.names):
                worth = worth._replace(title=_AS_IT_IS)
            titled += worth.title > 0
            score += sum(part * weight for part, weight in zip(worth, _WEIGHTS, strict=True))
            score += _STATED * any(word in fields.facts for term in clause for word in term.attributes)
        if any(any(_in_fields((term,), fields)) for term in self.excluded):
            return 0
        in_row = sum(weight for text, weight in zip(fields, _IN_ROW, strict=True) if self._has_row(text))
        score += _AS_IT_IS * len(self.clauses) * in_row
        score += min(fields.sources.count(BREAK) + 1, _MOST_SOURCES)
        return score + (_covered(fields.title, titled, 2 * _TITLE_COVERED) if titled == len(self.clauses) else 0)

    def of_fact(self, text: str) -> int:
        """How well the padded sentence of a fact meets the query by itself; 0 if it does not."""
        worth = [max(term.in_facts(text) for term in clause) for clause in self.clauses]
        if not all(worth) or any(term.in_facts(text) for term in self.excluded):
            return 0
        in_row = _AS_IT_IS * len(worth) * _IN_ROW.facts if self._has_row(text) else 0
        return _IN_A_FACT * sum(worth) + in_row + _covered(text, len(worth), 2 * _FACT_COVERED)

    def of_entity(self, names: Sequence[str], description: str) -> int:
        """How well the padded names of an entity, or else its description, meet the query; 0 if they do not."""
        if any(term.in_prose(text) for term in self.excluded for text in (*names, description)):
            return 0
        named = [[max(term.in_prose(name) for term in clause) for clause in self.clauses] for name in names]
        described = [max(term.in_prose(description) for term in clause) for clause in self.clauses]
        if not all(any(some) for some in zip(described, *named, strict=True)):
            return 0
        called = max(
            _IN_A_NAME * sum(worth) + (_covered(name, len(worth), 2 * _NAME_COVERED) if all(worth) else 0)
            for name, worth in zip(names, named, strict=True)
        )
        return called + _IN_A_DESCRIPTION * sum(described)

    def _has_row(self, text: str) -> bool:
        return any(one in text for one in self.row)


def _in_fields(clause: Clause, fields: Fields) -> _Numbers:
    """How well each field has one of the terms."""
    return _Numbers(
        max(term.in_prose(fields.title) for term in clause),
        max(term.in_facts(fields.facts) for term in clause),
        max(term.in_prose(fields.summary) for term in clause),
        max(term.in_facts(fields.entities) for term in clause),
        max(term.in_prose(fields.sources) for term in clause),
    )


def _covered(text: str, asked: int, most: int) -> int:
    """What it is worth that so many words of a padded text were asked for."""
    return min(most, most * asked // max(1, text.count(" ") - 1))


def padded(words: str | Iterable[str]) -> str:
    """Words as texts are searched."""
    return f" {words if isinstance(words, str) else ' '.join(words)} "
