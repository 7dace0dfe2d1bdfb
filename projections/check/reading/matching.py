"""Reading a sentence with the grammar: every word has to find its place in a phrase, or the phrase does not fit.

Besides the words of the phrase a sentence may have one time, articles, and words that change nothing; anything else
that is left over makes it another statement than the phrase's, and it is not read by it.
"""

from dataclasses import dataclass, replace
from typing import Final

from projections.check.reading.phrases import Junction, Reading
from projections.check.reading.sentence import VALUE, Given, Mention, Sentence
from projections.check.reading.times import Time
from projections.check.reading.verbs import Group
from timeline.vocabulary import Attribute

_MOST_STEPS: Final = 20_000
"""Beyond so many steps a sentence is given up; none that people write comes near."""
_DETERMINERS: Final = {"no": True, "any": False}
"""What may stand for "a" in a phrase, and whether it denies."""
_ROLES: Final = frozenset({"subject", "object"})


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase that reads the whole sentence, with what fills its slots."""

    reading: Reading
    slots: tuple[tuple[str, Mention | Given], ...]
    verb: Group | None
    is_denied: bool
    time: Time | None
    has_ceased: bool
    ignored: tuple[tuple[int, int], ...]

    @property
    def filled(self) -> dict[str, Mention | Given]:
        """What fills each slot."""
        return dict(self.slots)

    @property
    def unread(self) -> int:
        """How many words it takes as they are, whatever they say."""
        return sum(item.end - item.start for _, item in self.slots if isinstance(item, Given) and item.is_free)

    @property
    def pieces(self) -> int:
        """How many names and values the sentence was cut into; the fewer, the longer each is."""
        return len(self.slots)


@dataclass(frozen=True, slots=True)
class _Thread:
    """How far one reading has got."""

    place: int
    junction: Junction
    slots: tuple[tuple[str, Mention | Given], ...] = ()
    verb: Group | None = None
    is_denied: bool = False
    time: Time | None = None
    has_ceased: bool = False
    ignored: tuple[tuple[int, int], ...] = ()


def matches(sentence: Sentence) -> tuple[Match, ...]:
    """All ways in which phrases read a sentence from its first word to its last."""
    return _Matcher(sentence).matches()


class _Matcher:
    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.lexicon = sentence.lexicon
        self.tokens = sentence.tokens

    def matches(self) -> tuple[Match, ...]:
        found: list[Match] = []
        waiting = [_Thread(0, self.lexicon.grammar.start)]
        seen: set[_Thread] = set()
        steps = 0
        while waiting and steps < _MOST_STEPS:
            steps += 1
            thread = waiting.pop()
            if thread.place == len(self.tokens):
                found += self._accepted(thread)
                continue
            for following in self._steps(thread):
                if following not in seen:
                    seen.add(following)
                    waiting.append(following)
        return tuple(found)

    def _accepted(self, thread: _Thread) -> list[Match]:
        grammar = self.lexicon.grammar
        return [
            Match(
                grammar.readings[number],
                thread.slots,
                thread.verb,
                thread.is_denied,
                thread.time,
                thread.has_ceased,
                thread.ignored,
            )
            for number in thread.junction.accepts
            if self._fits(grammar.readings[number], thread)
        ]

    def _fits(self, reading: Reading, thread: _Thread) -> bool:
        """Whether the attribute of the phrase can have what fills its slots."""
        if thread.verb and thread.verb.is_progressive and reading.phrase.aspect != "holds":
            return False  # what goes on has not come about
        return all(
            self._fits_value(reading.attribute, item)
            if name == VALUE
            else name not in _ROLES or self._fits_role(reading.attribute, name, item)
            for name, item in thread.slots
        )

    def _fits_role(self, attribute: Attribute, role: str, item: Mention | Given) -> bool:
        return isinstance(item, Mention) and all(
            self.lexicon.may_be(attribute.name, role, entity) for entity in item.entities
        )

    def _fits_value(self, attribute: Attribute, item: Mention | Given) -> bool:
        if isinstance(item, Mention):
            # a name can be the words that an attribute takes
            return "entity" in attribute.values or ("text" in attribute.values and len(item.entities) == 1)
        if item.value["type"] not in attribute.values or item.attribute not in {None, attribute.name}:
            return False
        return item.value["type"] != "quantity" or self.lexicon.counts_in(attribute.name, item.value["unit"])

    def _steps(self, thread: _Thread) -> list[_Thread]:
        grammar, junction = self.lexicon.grammar, thread.junction
        place, token = thread.place, self.tokens[thread.place]
        found = self._skips(thread)
        targets = junction.words.get(token.text)
        if targets:
            found.append(replace(thread, place=place + 1, junction=grammar.junction(targets)))
        if junction.determiners and token.text in _DETERMINERS:
            is_denied = thread.is_denied ^ _DETERMINERS[token.text]
            after = grammar.junction(junction.determiners)
            found.append(replace(thread, place=place + 1, junction=after, is_denied=is_denied))
        for slot, reached in junction.slots.items():
            found += [
                replace(
                    thread, place=item.end, junction=grammar.junction(reached), slots=(*thread.slots, (slot.name, item))
                )
                for item in self.sentence.fillers(slot, place)
            ]
        if junction.verbs:
            found += [
                replace(thread, place=group.end, junction=grammar.junction(following), verb=thread.verb or group)
                for group in self.sentence.verbs_at(place)
                if (following := junction.verbs.get(group.verb))
            ]
        return found

    def _skips(self, thread: _Thread) -> list[_Thread]:
        """Steps over what is no part of a phrase."""
        place, sentence = thread.place, self.sentence
        found = [
            replace(thread, place=end, ignored=(*thread.ignored, (place, end))) for end in sentence.passable(place)
        ]
        is_denied = thread.is_denied or bool(thread.verb and thread.verb.is_negated)
        if is_denied and not thread.has_ceased:
            found += [replace(thread, place=end, has_ceased=True) for end in sentence.ceasing(place)]
        if not thread.time:
            found += [replace(thread, place=time.end, time=time) for time in sentence.times_at(place)]
        if place in sentence.brackets:
            found.append(replace(thread, place=sentence.brackets[place]))
        return found
