"""A sentence with all that was found in it: who is named, what amounts and times, and what may be passed over."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from projections.check.claim import Comparison
from projections.check.reading.amounts import amounts
from projections.check.reading.english import english
from projections.check.reading.lexicon import Lexicon
from projections.check.reading.phrases import Slot
from projections.check.reading.times import Time, times
from projections.check.reading.tokens import tokenise
from projections.check.reading.trie import Trie
from projections.check.reading.verbs import Group
from timeline.entities import EntityKind

VALUE: Final = "value"
WORDS: Final = "words"
"""The kind of a slot that takes words as they are, up to the end of the sentence or to one of a few words."""
_AFTER_WORDS: Final = frozenset({"in", "on", "from", "about"})
PARTY: Final = "party"
"""The slot for one or several parties of the timeline, which say no more than that the timeline is meant."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One or several entities named in the tokens from `start` to before `end`, joined by "and" where several."""

    start: int
    end: int
    entities: tuple[str, ...]
    text: str = ""
    """As it is written; empty of a list."""


@dataclass(frozen=True, slots=True, eq=False)
class Given:
    """A value in the tokens from `start` to before `end`, as facts carry it; `attribute` alone can have such words."""

    start: int
    end: int
    value: Mapping[str, Any]
    comparison: Comparison = Comparison.SAME
    attribute: str | None = None
    is_free: bool = False
    """Whether it is all words up to the end, whatever they are."""


@dataclass(frozen=True, slots=True)
class _Passed:
    """Words that a reading may pass over."""

    harmless: Trie[bool]
    titles: Trie[bool]
    """Only right before a name."""
    sorts: Trie[bool]
    """Only right behind the name of a product."""
    ceased: Trie[bool]
    """Only after a denial, and they make it "no longer"."""


@lru_cache(maxsize=1)
def _passed() -> _Passed:
    data = english()
    passed = _Passed(Trie(), Trie(), Trie(), Trie())
    for phrase in data.articles:
        passed.harmless.add_words((phrase,), meaning=True)
    for trie, phrases in (
        (passed.harmless, (*data.harmless, *data.present, *data.past)),
        (passed.titles, data.titles),
        (passed.sorts, data.sorts),
        (passed.ceased, data.ceased_after),
    ):
        for phrase in phrases:
            trie.add(phrase, meaning=True)
    return passed


class Sentence:
    """A sentence with all that was found in it, before it is known what it says."""

    def __init__(self, text: str, lexicon: Lexicon, now: int) -> None:
        self.text = text
        self.lexicon = lexicon
        self.tokens = tokenise(text)
        self.amounts = amounts(self.tokens, lexicon.units)
        self.times = times(self.tokens, text, now)
        self.mentions = tuple(self._mentions_at(place) for place in range(len(self.tokens)))
        self._past_products = {
            mention.end
            for mentions in self.mentions
            for mention in mentions
            if lexicon.kinds[mention.entities[-1]] is EntityKind.PRODUCT
        }
        self._givens = tuple(self._givens_at(place) for place in range(len(self.tokens)))
        self._groups: dict[int, tuple[Group, ...]] = {}
        self.brackets = self._enclosing()
        """Where marks end that may be passed over, by where they begin."""

    def passable(self, place: int) -> Iterator[int]:
        """Where words end that begin at a token and change nothing about what is said."""
        for end, _ in _passed().harmless.matches(self.tokens, place):
            yield end
        yield from self._titles_at(place)
        if place in self._past_products:
            yield from (end for end, _ in _passed().sorts.matches(self.tokens, place))

    def ceasing(self, place: int) -> Iterator[int]:
        """Where words end that begin at a token and turn a denial into "no longer"."""
        for end, _ in _passed().ceased.matches(self.tokens, place):
            yield end

    def times_at(self, place: int) -> list[Time]:
        """Times that begin at a token; a bare year is one only in "Acme's 2024 revenue"."""
        may_be_bare = place > 0 and self.tokens[place - 1].kind == "possessive"
        return [
            time
            for time in self.times
            if time.start == place and (time.has_relation or may_be_bare or not time.text.isdigit())
        ]

    def fillers(self, slot: Slot, place: int) -> list[Mention | Given]:
        """What can fill a slot, beginning at a token."""
        if WORDS in slot.kinds:
            return self._rest(place)
        found: list[Mention | Given] = [
            mention
            for mention in self.mentions[place]
            if not slot.kinds or all(self.lexicon.kinds[entity] in slot.kinds for entity in mention.entities)
        ]
        if slot.name == VALUE:
            found += self._givens[place]
        if slot.name == PARTY:
            return [
                item for item in found if isinstance(item, Mention) and self.lexicon.parties.issuperset(item.entities)
            ]
        return found

    def verbs_at(self, place: int) -> tuple[Group, ...]:
        """The verbs that begin at a token."""
        if place not in self._groups:
            self._groups[place] = self.lexicon.grammar.verbs.groups(self.tokens, place)
        return self._groups[place]

    def has_verb(self, place: int) -> bool:
        """Whether a verb that some phrase knows begins at a token."""
        return bool(self.verbs_at(place))

    def token_span(self, start: int, end: int) -> tuple[int, int]:
        """The characters of the sentence that tokens cover."""
        return self.tokens[start].start, self.tokens[end - 1].end

    def _rest(self, place: int) -> list[Mention | Given]:
        """All words from a token on, as they are written, up to a note that the record prints after a value."""
        if self.tokens[place].text in {"that", ":"}:
            return []
        size = len(self.tokens)
        last = next((start for start, end in self.brackets.items() if place < start and end == size), size)
        ends = [last, *(end for end in range(place + 1, last) if self.tokens[end].text in _AFTER_WORDS)]
        return [Given(place, end, {"type": "text", "text": self._written(place, end)}, is_free=True) for end in ends]

    def _titles_at(self, place: int) -> Iterator[int]:
        """Where words end that only say what the one named after them is: "billionaire ...", "Acme's president ..."."""
        for end, _ in _passed().titles.matches(self.tokens, place):
            if end < len(self.tokens) and (self.mentions[end] or any(self._titles_at(end))):
                yield end
        for owner in self.mentions[place]:
            start = owner.end
            if start < len(self.tokens) and self.tokens[start].kind == "possessive":
                start += 1
            for end, offices in self.lexicon.offices.matches(self.tokens, start):
                holders = self.mentions[end] if end < len(self.tokens) else ()
                if any(self._holds(owner, holder, offices) for holder in holders):
                    yield end

    def _holds(self, owner: Mention, holder: Mention, offices: tuple[str, ...]) -> bool:
        """Whether the record has had the holder in one of the offices of the owner."""
        if len(owner.entities) > 1 or len(holder.entities) > 1:
            return False
        one, other = owner.entities[0], holder.entities[0]
        return any(
            other in self.lexicon.objects(one, office) or one in self.lexicon.objects(other, office)
            for office in offices
        )

    def _mentions_at(self, place: int) -> tuple[Mention, ...]:
        """The entities named at a token, alone and as the first of a list, longest first."""
        single = self._named(place)
        found = []
        for mention in single:
            found += self._lists_from(mention)
            found.append(mention)
        return tuple(found)

    def _named(self, place: int) -> list[Mention]:
        return [
            Mention(place, end, (name.entity,), self._written(place, end))
            for end, names in reversed(list(self.lexicon.names.matches(self.tokens, place)))
            for name in names
            if not name.needs_capital or self.tokens[place].has_capital or self._is_party(name.entity)
        ]

    def _written(self, start: int, end: int) -> str:
        begin, finish = self.token_span(start, end)
        return self.text[begin:finish]

    def _is_party(self, entity: str) -> bool:
        return entity in self.lexicon.parties

    def _lists_from(self, first: Mention) -> list[Mention]:
        """Read "A and B", "A, B and C"."""
        found = []
        place = first.end
        if place >= len(self.tokens):
            return []
        has_and = self.tokens[place].text == "and"
        if not has_and and not self.tokens[place].after_comma:
            return []
        start = place + 1 if has_and else place
        if start < len(self.tokens) and self.tokens[start].text == "the":
            start += 1
        if start >= len(self.tokens):
            return []
        for following in self._named(start):
            if following.entities[0] in first.entities:
                continue
            joined = Mention(first.start, following.end, (*first.entities, *following.entities))
            if has_and:
                found.append(joined)
            else:
                found += self._lists_from(joined)
        return found

    def _givens_at(self, place: int) -> tuple[Given, ...]:
        found = [
            Given(item.start, item.end, item.value, item.comparison) for item in self.amounts if item.start == place
        ]
        for end, meanings in self.lexicon.values.matches(self.tokens, place):
            for words in meanings:
                field = "stage" if words.type == "stage" else "text"
                value = {"type": words.type, field: words.text}
                found.append(Given(place, end, value, attribute=words.attribute))
        found += [
            Given(time.start, time.end, {"type": "date", "date": date})
            for time in self.times
            if time.start == place and not time.has_relation and (date := time.edtf)
        ]
        return tuple(found)

    def _enclosing(self) -> dict[int, int]:
        """Marks that may be passed over: quotation marks right around a name, and brackets around a known note."""
        found: dict[int, int] = {}
        for place, token in enumerate(self.tokens):
            if token.text == '"' and place + 1 < len(self.tokens):
                for mention in self.mentions[place + 1]:
                    if mention.end < len(self.tokens) and self.tokens[mention.end].text == '"':
                        found[place], found[mention.end] = place + 1, mention.end + 1
            elif token.text == "(":
                note = self.lexicon.notes.longest(self.tokens, place)
                if note:
                    found[place] = note[0]
        return found
