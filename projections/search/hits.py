"""What a search finds: developments, facts and entities, each with its place in the order and the text that matched."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from projections.search.snippets import Piece
from timeline.dates import format_instant
from timeline.standing import Standing

HitType = Literal["development", "fact", "entity"]
HIT_TYPES: Final[tuple[HitType, ...]] = ("development", "fact", "entity")

Place = tuple[int, int, str, int]
"""Where a hit stands: its score and its date, both negated; its slug; then 0, or the number of a fact from 1."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """The part of a field in which most was found."""

    field: str
    pieces: tuple[Piece, ...]

    def as_json(self) -> dict[str, Any]:
        """The snippet as answers carry it."""
        return {"field": self.field, "pieces": _pieces(self.pieces)}


@dataclass(frozen=True, slots=True)
class Found:
    """What every hit has: a heading in pieces, a snippet, and how well it fits."""

    heading: tuple[Piece, ...]
    snippet: Snippet
    score: int

    @property
    def title(self) -> str:
        """The heading as plain text."""
        return "".join(piece.text for piece in self.heading)

    def as_json(self) -> dict[str, Any]:
        """What every hit has, as answers carry it."""
        return {
            "title": self.title,
            "heading": _pieces(self.heading),
            "snippet": self.snippet.as_json(),
            "score": self.score,
        }


@dataclass(frozen=True, slots=True)
class FoundDevelopment:
    """A development, as the version in force tells it."""

    found: Found
    slug: str
    kind: str
    occurred: str
    known: str
    standing: str
    version: int
    cause: str

    def as_json(self) -> dict[str, Any]:
        """The hit as answers carry it, without links."""
        return {
            "type": "development",
            "development": self.slug,
            "kind": self.kind,
            **self.found.as_json(),
            "date": self.occurred,
            "known": self.known,
            "standing": self.standing,
            "version": self.version,
            "cause": self.cause,
        }


@dataclass(frozen=True, slots=True)
class FoundFact:
    """A fact that the version in force of a development states; `is_end` if it says that something is over."""

    found: Found
    slug: str
    kind: str
    key: Mapping[str, str | None]
    is_end: bool
    since: str
    until: str | None
    known_since: int
    standing: Standing
    version: int

    def as_json(self) -> dict[str, Any]:
        """The hit as answers carry it, without links."""
        return {
            "type": "fact",
            "development": self.slug,
            "kind": self.kind,
            **self.key,
            "end": self.is_end,
            **self.found.as_json(),
            "date": self.since,
            "until": self.until,
            "known_since": format_instant(self.known_since),
            "standing": self.standing.value,
            "version": self.version,
        }


@dataclass(frozen=True, slots=True)
class FoundEntity:
    """An entity, as the timeline describes it."""

    found: Found
    slug: str
    kind: str

    def as_json(self) -> dict[str, Any]:
        """The hit as answers carry it, without links."""
        return {"type": "entity", "entity": self.slug, "kind": self.kind, **self.found.as_json()}


Hit = FoundDevelopment | FoundFact | FoundEntity


def _pieces(pieces: Sequence[Piece]) -> list[dict[str, Any]]:
    return [piece.as_json() for piece in pieces]
