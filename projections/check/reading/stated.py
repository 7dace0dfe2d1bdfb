"""Sentences in the record's own words: where no phrase reads a sentence, a text that the record has may say it.

Some attributes hold sentences: how a clause reads, what happened, what was decided. A sentence says the same if all its
words are among those of such a text (with the names of what the text is about), and it denies what the text denies.
"""

from collections.abc import Iterator
from typing import Final

from projections.check.claim import Aspect, Claim, Tense
from projections.check.reading.lexicon import Lexicon
from projections.check.reading.sentence import Sentence
from projections.check.reading.times import Relation
from projections.check.reading.tokens import folded, words_of
from timeline.vocabulary import Cardinality

_FEWEST_WORDS: Final = 3
"""So many words of weight have to be the text's."""
_SMALL: Final = frozenset(
    {
        "a",
        "an",
        "the",
        "and",
        "or",
        "of",
        "to",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "with",
        "as",
        "is",
        "are",
        "be",
        "it",
    }
    | {
        "was",
        "were",
        "its",
        "their",
        "that",
        "which",
        "this",
        "has",
        "have",
        "had",
        "'s",
        "been",
        "into",
        "'",
        "also",
        "will",
    }
)
_DENIALS: Final = frozenset(
    {"no", "not", "never", "without", "n't", "neither", "nor", "nobody", "nothing", "only", "alone"}
)


def claims_as_stated(sentence: Sentence, lexicon: Lexicon, now: int) -> tuple[Claim, ...]:
    """The claims that a sentence in the record's own words makes; none if it is in no text's words."""
    timed = [time for time in sentence.times if time.has_relation and time.relation is Relation.IN]
    for left_out in (timed[:1] if len(timed) == 1 else [], []):
        dropped = {place for time in left_out for place in range(time.start, time.end)}
        words = [token.text for place, token in enumerate(sentence.tokens) if place not in dropped]
        when = left_out[0].when(now) if left_out else None
        found = tuple(
            Claim(
                subject=subject,
                attribute=attribute,
                object=object_,
                value={"type": "text", "text": text},
                aspect=Aspect.BEGAN if begins else Aspect.HOLDS,
                tense=Tense.PAST if begins or when else Tense.PRESENT,
                when=when,
            )
            for attribute, subject, object_, text, begins in _alike(words, lexicon)
        )
        if found:
            return found
    return ()


def _alike(words: list[str], lexicon: Lexicon) -> Iterator[tuple[str, str, str | None, str, bool]]:
    """The texts in whose words a sentence is, with the key of each and whether it tells of something that happened."""
    mine, denied = _weighty(words), _DENIALS.intersection(words)
    for (name, text), keys in sorted(lexicon.stated.items()):
        attribute = lexicon.grammar.vocabulary.attributes[name]
        theirs = words_of(text) if attribute.tells else ()
        shared = mine & _weighty(theirs)
        if len(shared) < _FEWEST_WORDS or _DENIALS.intersection(theirs) != denied:
            continue
        framing = weighty_words(f"{attribute.template.format(subject='', object='', value='')} {attribute.label}")
        for subject, object_ in sorted(keys, key=str):
            of_subject = {_stem(word) for word in lexicon.words_for(subject)}
            of_object = {_stem(word) for word in lexicon.words_for(object_)} if object_ else set()
            is_named = subject == lexicon.timeline or not of_subject.isdisjoint(mine)
            if is_named and mine - shared <= of_subject | of_object | framing:
                yield name, subject, object_, text, attribute.cardinality is Cardinality.EACH


def weighty_words(text: str) -> set[str]:
    """The words of a text that say something, in the singular."""
    return _weighty(words_of(text))


def _weighty(words: tuple[str, ...] | list[str]) -> set[str]:
    return {_stem(word) for word in words if word not in _SMALL and word not in _DENIALS and folded(word).isalnum()}


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
