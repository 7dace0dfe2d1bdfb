"""What a briefing consists of, whatever it is rendered as: chapters, paragraphs, sentences, numbered notes. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Note:
    """A source, by the number under which sentences name it."""

    number: int
    publisher: str
    title: str
    url: str
    published: str | None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as plain text, and the numbers of the notes that bear it out."""

    text: str
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that belong together. `head` is said first and stands out; empty where there is none."""

    sentences: tuple[Sentence, ...]
    head: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part with a title."""

    title: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole briefing. `lead` says what it is about and on what basis."""

    title: str
    lead: tuple[Sentence, ...]
    chapters: tuple[Chapter, ...]
    notes: tuple[Note, ...]


@dataclass(slots=True)
class Notes:
    """Numbers sources in the order of their first mention; one document has one number."""

    _by_url: dict[str, Note] = field(default_factory=dict)

    def cite(self, sources: Iterable[Mapping[str, Any]]) -> tuple[int, ...]:
        """The numbers of sources, in ascending order."""
        numbers = set[int]()
        for source in sources:
            note = self._by_url.get(source["url"])
            if note is None:
                note = Note(
                    len(self._by_url) + 1,
                    source["publisher"],
                    source["title"],
                    source["url"],
                    source.get("published"),
                )
                self._by_url[note.url] = note
            numbers.add(note.number)
        return tuple(sorted(numbers))

    def all(self) -> tuple[Note, ...]:
        """Every source cited so far."""
        return tuple(self._by_url.values())
