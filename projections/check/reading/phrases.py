"""The phrases of the vocabulary, compiled: what a sentence has to look like to speak of an attribute.

A phrase is written as a sentence with slots (`timeline.vocabulary.Phrase` explains the notation). All phrases
together become one machine of states. Each step out of a state takes a word, a verb in any of its forms, or what a
slot stands for; a sentence is read by the phrases whose last state it reaches with nothing left over.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeVar

from projections.check.reading.tokens import words_of
from projections.check.reading.verbs import Verbs
from timeline.vocabulary import Attribute, Cardinality, Phrase, Vocabulary

_PIECE: Final = re.compile(r"\{([a-z_.]+)(?::([a-z|]+))?\}|<([a-z|]+)>|([()\[\]|])|([^\s{}<>()\[\]|:]+|:)")
ANY_ARTICLE: Final = frozenset({"a", "an"})
_MOST_JUNCTIONS: Final = 20_000
"""So many are kept; the sentences that people write come to some hundreds."""
_Step = TypeVar("_Step")
_ARTICLES: Final = frozenset({"a", "an", "the"})


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a phrase for an entity or a value. `kinds` are the kinds of entity that fit; none means any."""

    name: str
    kinds: frozenset[str] = frozenset()


@dataclass(slots=True)
class State:
    """Where one phrase has got to, and the steps from there."""

    words: list[tuple[str, int]] = field(default_factory=list)
    verbs: list[tuple[frozenset[str], int]] = field(default_factory=list)
    slots: list[tuple[Slot, int]] = field(default_factory=list)
    determiners: list[int] = field(default_factory=list)
    """Steps over "a", which may also be "no" or "any"."""
    freely: list[int] = field(default_factory=list)
    """Steps that take nothing."""
    accepts: list[int] = field(default_factory=list)
    """The phrases that end here, by number."""


@dataclass(frozen=True, slots=True, eq=False)
class Junction:
    """Where all phrases that read the words so far have got to together, and their steps from there."""

    words: Mapping[str, frozenset[int]]
    verbs: Mapping[str, frozenset[int]]
    slots: Mapping[Slot, frozenset[int]]
    determiners: frozenset[int]
    accepts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A phrase with the attribute it speaks of. `is_template` marks those made from the attribute's template."""

    attribute: Attribute
    phrase: Phrase
    slots: frozenset[str]
    is_template: bool = False


class PhraseError(ValueError):
    """A phrase that is not well written; the message quotes it and says what is wrong."""


class Grammar:
    """All phrases of a vocabulary as one machine. State 0 is where every sentence begins.

    Sentences are read at junctions, which are made when a sentence first comes to them.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.states: list[State] = [State()]
        self.readings: list[Reading] = []
        self._wordings = vocabulary.wordings
        verbs: set[str] = set()
        for attribute in vocabulary.attributes.values():
            for phrase in attribute.phrases:
                verbs.update(phrase.attested.did, phrase.attested.suffered)
                for says in phrase.says:
                    verbs |= self._add(attribute, phrase, says)
            for phrase in _of_templates(attribute):
                for says in phrase.says:
                    self._add(attribute, phrase, says, is_template=True)
        self.verbs = Verbs(verbs)
        self.words = frozenset(word for state in self.states for word, _ in state.words)
        self._junctions: dict[frozenset[int], Junction] = {}

    def _add(self, attribute: Attribute, phrase: Phrase, says: str, *, is_template: bool = False) -> set[str]:
        text = says if is_template else expanded(says, self._wordings)
        parser = _Parser(self.states, text)
        end = parser.sequence(0)
        if parser.rest:
            raise PhraseError(f'"{says}" closes a bracket that it does not open')
        self.states[end].accepts.append(len(self.readings))
        self.readings.append(Reading(attribute, phrase, frozenset(parser.slots), is_template))
        return parser.verbs

    def junction(self, states: frozenset[int]) -> "Junction":
        """Where several phrases have got to at once: the steps from all these states, and those reached for nothing."""
        found = self._junctions.get(states)
        if found is None:
            if len(self._junctions) >= _MOST_JUNCTIONS:
                self._junctions.clear()
            # two threads may both make one: they are equal, and either may stay
            found = self._junctions[states] = self._joined(states)
        return found

    @property
    def start(self) -> "Junction":
        """Where every sentence begins."""
        return self.junction(frozenset({0}))

    def _joined(self, states: frozenset[int]) -> "Junction":
        words: dict[str, set[int]] = {}
        verbs: dict[str, set[int]] = {}
        slots: dict[Slot, set[int]] = {}
        determiners: set[int] = set()
        accepts: list[int] = []
        for number in self._reached(states):
            state = self.states[number]
            for word, target in state.words:
                words.setdefault(word, set()).add(target)
            for several, target in state.verbs:
                for verb in several:
                    verbs.setdefault(verb, set()).add(target)
            for slot, target in state.slots:
                slots.setdefault(slot, set()).add(target)
            determiners.update(state.determiners)
            accepts += state.accepts
        return Junction(_frozen(words), _frozen(verbs), _frozen(slots), frozenset(determiners), tuple(accepts))

    def _reached(self, starts: frozenset[int]) -> list[int]:
        """These states and those reached from them for nothing, in the order of the phrases."""
        found, waiting = set(starts), list(starts)
        while waiting:
            for target in self.states[waiting.pop()].freely:
                if target not in found:
                    found.add(target)
                    waiting.append(target)
        return sorted(found)


class _Parser:
    """Turns one phrase into states, from left to right."""

    def __init__(self, states: list[State], says: str) -> None:
        self.states = states
        self.says = says
        self.rest = list(_PIECE.finditer(says))[::-1]
        if _PIECE.sub("", says).strip():
            raise PhraseError(f'"{says}" is not well written near "{_PIECE.sub("", says).strip()}"')
        self.slots: list[str] = []
        self.verbs: set[str] = set()

    def sequence(self, state: int) -> int:
        """Read up to the end of the phrase, of a bracket or of an alternative; return the state reached."""
        while self.rest and self.rest[-1].group(4) not in {")", "]", "|"}:
            state = self._piece(state)
        return state

    def _piece(self, state: int) -> int:
        match = self.rest.pop()
        slot, kinds, verbs, bracket, text = match.groups()
        if bracket:
            return self._bracket(state, is_optional=bracket == "[")
        if slot:
            self.slots.append(slot)
            target = self._new()
            kind_set = frozenset(kinds.split("|")) if kinds else frozenset()
            self.states[state].slots.append((Slot(slot, kind_set), target))
            return target
        if verbs:
            bases = frozenset(verbs.split("|"))
            self.verbs |= bases
            target = self._new()
            self.states[state].verbs.append((bases, target))
            return target
        return self._words(state, text)

    def _words(self, state: int, text: str) -> int:
        if text in ANY_ARTICLE:
            target = self._new()
            self.states[state].determiners.append(target)
            self.states[state].freely.append(target)
            return target
        for word in words_of(text) or ((text,) if text in {":", "."} else ()):
            if word in _ARTICLES:
                continue
            target = self._new()
            self.states[state].words.append((word, target))
            state = target
        return state

    def _bracket(self, state: int, *, is_optional: bool) -> int:
        end = self._new()
        if is_optional:
            self.states[state].freely.append(end)
        while True:
            start = self._new()
            self.states[state].freely.append(start)
            self.states[self.sequence(start)].freely.append(end)
            if not self.rest:
                raise PhraseError(f'"{self.says}" does not close a bracket')
            if self.rest.pop().group(4) != "|":
                return end

    def _new(self) -> int:
        self.states.append(State())
        return len(self.states) - 1


def expanded(says: str, wordings: Mapping[str, str]) -> str:
    """A phrase with the names of wordings ("$stake") replaced by what they stand for."""

    def wording(match: re.Match[str]) -> str:
        found = wordings.get(match.group(1))
        if found is None:
            raise PhraseError(f'"{says}" names the wording "{match.group(1)}", which is not listed')
        return expanded(found, wordings)

    return re.sub(r"\$([a-z_]+)", wording, says)


def _of_templates(attribute: Attribute) -> tuple[Phrase, ...]:
    """The attribute's own sentences as phrases, so that what the record says is read back."""
    begins = attribute.cardinality is Cardinality.EACH
    found = [Phrase(says=(_plain(attribute.template),), aspect="began" if begins else "holds")]
    if attribute.end_template:
        found.append(Phrase(says=(_plain(attribute.end_template),), negated=True))
    return tuple(found)


def _plain(template: str) -> str:
    """A template as a phrase: what could be taken for notation is left out."""
    return re.sub(r'[()\[\]|<>"]', " ", template)


def _frozen(found: dict[_Step, set[int]]) -> dict[_Step, frozenset[int]]:
    return {step: frozenset(targets) for step, targets in found.items()}


_latest: list[tuple[Vocabulary, Grammar]] = []


def grammar_of(vocabulary: Vocabulary) -> Grammar:
    """The grammar of a vocabulary; that of the vocabulary asked for last is kept, for a service has one."""
    for known, grammar in _latest:
        if known is vocabulary:
            return grammar
    grammar = Grammar(vocabulary)
    _latest[:] = [(vocabulary, grammar)]
    return grammar
