"""Finding listed phrases in a sentence: a trie over tokens, longest match first."""

from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

from projections.check.reading.tokens import Token, words_of

T = TypeVar("T")


class Trie(Generic[T]):
    """Phrases, each with what it stands for; one phrase may stand for several things."""

    def __init__(self) -> None:
        self._root: _Node[T] = _Node()

    def add(self, phrase: str, meaning: T) -> None:
        """Add a phrase; adding the same meaning twice makes no difference."""
        self.add_words(words_of(phrase), meaning)

    def add_words(self, words: Sequence[str], meaning: T) -> None:
        """Add a phrase that is already in words."""
        if not words:
            return
        node = self._root
        for word in words:
            node = node.branches.setdefault(word, _Node())
        if meaning not in node.meanings:
            node.meanings.append(meaning)

    def meanings(self, words: Sequence[str]) -> tuple[T, ...]:
        """What exactly these words stand for."""
        node: _Node[T] | None = self._root
        for word in words:
            node = node.branches.get(word) if node else None
        return tuple(node.meanings) if node else ()

    def matches(self, tokens: Sequence[Token], start: int) -> Iterator[tuple[int, tuple[T, ...]]]:
        """Where phrases that begin at `start` end, and what they stand for, shortest first."""
        node = self._root
        for place in range(start, len(tokens)):
            following = node.branches.get(tokens[place].text)
            if following is None:
                return
            node = following
            if node.meanings:
                yield place + 1, tuple(node.meanings)

    def longest(self, tokens: Sequence[Token], start: int) -> tuple[int, tuple[T, ...]] | None:
        """The longest phrase that begins at `start`, if any."""
        found = None
        for found in self.matches(tokens, start):  # noqa: B007 - the last is the longest
            pass
        return found


class _Node(Generic[T]):
    __slots__ = ("branches", "meanings")

    def __init__(self) -> None:
        self.branches: dict[str, _Node[T]] = {}
        self.meanings: list[T] = []
