"""Sources as numbered footnotes of a page, in the order of their first mention."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple


class Reference(NamedTuple):
    """A mention of a footnote in the text, with the publisher in short."""

    number: int
    publisher: str


@dataclass(frozen=True, slots=True)
class Footnote:
    """A source under its number."""

    number: int
    source: Mapping[str, Any]


class Footnotes:
    """Numbers sources; one document has one number."""

    def __init__(self) -> None:
        self._by_url: dict[str, Footnote] = {}

    def cite(self, sources: Iterable[Mapping[str, Any]]) -> tuple[Reference, ...]:
        """The mentions of some sources, each once."""
        found: dict[int, Reference] = {}
        for source in sources:
            note = self._by_url.setdefault(source["url"], Footnote(len(self._by_url) + 1, source))
            found[note.number] = Reference(note.number, source["publisher"].partition(" (")[0])
        return tuple(found.values())

    def all(self) -> tuple[Footnote, ...]:
        """Every source cited so far."""
        return tuple(self._by_url.values())
