"""Verbs in a sentence: which one, in what tense, denied or not.

A group is a verb with its auxiliaries and the adverbs among them: "does not own", "has never been", "no longer
holds", "will invest", "is still". Modal verbs other than "will" make no group: what could or should be is no fact.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from typing import Final

from projections.check.claim import Tense
from projections.check.reading.english import english, forms_of
from projections.check.reading.tokens import Token
from projections.check.reading.trie import Trie

_FUTURE: Final = frozenset({"will", "wo", "shall"})


@dataclass(frozen=True, slots=True)
class Group:
    """A verb in the tokens from `start` to before `end`."""

    start: int
    end: int
    verb: str
    tense: Tense
    is_perfect: bool = False
    is_negated: bool = False
    has_ceased: bool = False
    """Whether "no longer" stands in it: not so now, but so before."""
    is_progressive: bool = False
    """Whether it goes on: "is suing"."""
    is_bygone: bool = False
    """Whether it is said to be over without a time: "used to own"."""


class _Filler(Enum):
    NOTHING = 0
    NOT = 1
    CEASED = 2


@lru_cache(maxsize=1)
def _fillers() -> Trie[_Filler]:
    data = english()
    trie: Trie[_Filler] = Trie()
    for phrases, meaning in (
        ((*data.harmless, *data.present, *data.past), _Filler.NOTHING),
        (data.negators, _Filler.NOT),
        ((*data.ceased, *data.ceased_after), _Filler.CEASED),
    ):
        for phrase in phrases:
            trie.add(phrase, meaning)
    trie.add_words(("n't",), _Filler.NOT)
    return trie


class Verbs:
    """Finds the groups of a given set of verbs."""

    def __init__(self, verbs: Iterable[str]) -> None:
        self._present: dict[str, list[str]] = {}
        self._past: dict[str, list[str]] = {}
        self._base: dict[str, list[str]] = {}
        self._participle: dict[str, list[str]] = {}
        self._gerund: dict[str, list[str]] = {}
        for verb in sorted({*verbs, "be", "have"}):
            forms = forms_of(verb)
            for form in sorted(forms.present):
                self._present.setdefault(form, []).append(verb)
            for form in sorted(forms.past):
                self._past.setdefault(form, []).append(verb)
            self._base.setdefault(forms.base, []).append(verb)
            self._participle.setdefault(forms.participle, []).append(verb)
            self._gerund.setdefault(forms.gerund, []).append(verb)

    def has_form(self, word: str) -> bool:
        """Whether a word is a form of one of the verbs."""
        return any(word in forms for forms in (self._present, self._past, self._participle))

    def groups(self, tokens: Sequence[Token], start: int) -> tuple[Group, ...]:
        """All groups that begin at a token; several where a form belongs to several verbs or may be an auxiliary."""
        return tuple(self._groups(tokens, start))

    def _groups(self, tokens: Sequence[Token], start: int) -> Iterator[Group]:
        blank = Group(start, start, "", Tense.PRESENT)
        place, opened = _fill(tokens, start, blank)
        word = _text(tokens, place)
        past = place + 1
        if word in _FUTURE:
            place, group = _fill(tokens, past, opened)
            for verb in self._base.get(_text(tokens, place), ()):
                yield self._closed(tokens, replace(group, end=place + 1, verb=verb, tense=Tense.FUTURE))
            return
        yield from self._bygone(tokens, place, opened)
        if word in {"do", "does", "did"}:
            place, group = _fill(tokens, past, opened)
            tense = Tense.PAST if word == "did" else Tense.PRESENT
            for verb in self._base.get(_text(tokens, place), ()):
                yield replace(group, end=place + 1, verb=verb, tense=tense)
            return
        if word in {"have", "has", "had"}:
            after, group = _fill(tokens, past, opened)
            tense = Tense.PAST if word == "had" else Tense.PRESENT
            for verb in self._participle.get(_text(tokens, after), ()):
                perfect = replace(group, end=after + 1, verb=verb, tense=tense, is_perfect=True)
                yield self._closed(tokens, perfect)
                if verb == "be":
                    yield from self._progressive(tokens, perfect)
        finite = [(verb, Tense.PRESENT) for verb in self._present.get(word, ())]
        finite += [(verb, Tense.PAST) for verb in self._past.get(word, ())]
        for verb, tense in finite:
            group = replace(opened, end=past, verb=verb, tense=tense)
            yield self._closed(tokens, group)
            if verb == "be":
                yield from self._progressive(tokens, group)

    def _progressive(self, tokens: Sequence[Token], auxiliary: Group) -> Iterator[Group]:
        """Read "is suing", "has been negotiating"."""
        place, group = _fill(tokens, auxiliary.end, auxiliary)
        for verb in self._gerund.get(_text(tokens, place), ()):
            yield replace(group, end=place + 1, verb=verb, is_progressive=True)

    def _bygone(self, tokens: Sequence[Token], start: int, opened: Group) -> Iterator[Group]:
        """Read "used to own"."""
        if _text(tokens, start) == "used" and _text(tokens, start + 1) == "to":
            place, group = _fill(tokens, start + 2, opened)
            for verb in self._base.get(_text(tokens, place), ()):
                bygone = replace(group, end=place + 1, verb=verb, tense=Tense.PAST, is_bygone=True)
                yield self._closed(tokens, bygone)

    @staticmethod
    def _closed(tokens: Sequence[Token], group: Group) -> Group:
        """The group with what follows "be" or "have": "is not", "was never", "has still"."""
        if group.verb not in {"be", "have"}:
            return group
        place, closed = _fill(tokens, group.end, group)
        return replace(closed, end=place)


def _fill(tokens: Sequence[Token], start: int, group: Group) -> tuple[int, Group]:
    """Adverbs and negations from a token on, and the group as they change it."""
    place = start
    while found := _fillers().longest(tokens, place):
        place, (meaning, *_) = found
        if meaning is _Filler.NOT:
            group = replace(group, is_negated=not group.is_negated)
        elif meaning is _Filler.CEASED:
            group = replace(group, has_ceased=True)
    return place, group


def _text(tokens: Sequence[Token], place: int) -> str:
    return tokens[place].text if place < len(tokens) else ""
