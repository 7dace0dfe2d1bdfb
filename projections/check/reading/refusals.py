"""Why a sentence was not understood, in a sentence for the reader."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from projections.check.reading.english import english
from projections.check.reading.sentence import Sentence
from projections.check.reading.trie import Trie


def reason_against(sentence: Sentence) -> str:
    """The first of the reasons that applies, the plainest first."""
    return next(reason for reason in _reasons(sentence) if reason)


def _reasons(sentence: Sentence) -> Iterator[str]:
    data = english()
    timed = {place for time in sentence.times for place in range(time.start, time.end)}
    words = {token.text for place, token in enumerate(sentence.tokens) if place not in timed}
    mentioned = {place for mentions in sentence.mentions for item in mentions for place in range(item.start, item.end)}
    if found := _first(sentence, words & data.conditions):
        yield f'It depends on a condition ("{found}"); only plain statements are checked.'
    if found := _first(sentence, words & data.opinions):
        yield f'It gives an opinion or a guess ("{found}"), not a fact that can be checked.'
    if '"' in words:
        yield "It quotes somebody; only what a sentence says itself is checked."
    if found := _unknown_name(sentence, mentioned):
        yield f'The record does not know "{found}".'
    if found := _first(sentence, words & data.pronouns):
        yield f'Who or what "{found}" stands for cannot be told; write the name.'
    if found := _first(sentence, words & data.reports):
        yield f'It tells what somebody said ("{found}"); only what is so is checked.'
    if not mentioned:
        yield "It names nobody and nothing that the record knows."
    if found := _unread(sentence, mentioned):
        if found[:1].isupper():
            yield f'The record does not know "{found}".'
        yield f'What "{found}" says of those it names is not understood.'
    yield "How what it names belongs together is not understood."


def _first(sentence: Sentence, words: AbstractSet[str]) -> str:
    """The first of some words as the sentence has it; empty if it has none."""
    return next((sentence.text[token.start : token.end] for token in sentence.tokens if token.text in words), "")


def _unknown_name(sentence: Sentence, mentioned: AbstractSet[int]) -> str:
    """Words with a capital that no name covers, the first word of the sentence apart unless others follow it."""
    covered = mentioned | {place for time in sentence.times for place in range(time.start, time.end)}
    covered |= {place for amount in sentence.amounts for place in range(amount.start, amount.end)}
    known = sentence.lexicon.grammar.words
    for place, token in enumerate(sentence.tokens):
        if place in covered or not token.has_capital or token.kind != "word" or token.text in known:
            continue
        end = place
        while end < len(sentence.tokens) and sentence.tokens[end].has_capital and end not in covered:
            end += 1
        if place or end > 1 or (len(sentence.tokens) > 1 and sentence.tokens[1].kind == "possessive"):
            begin, finish = sentence.token_span(place, end)
            return sentence.text[begin:finish]
    return ""


def _unread(sentence: Sentence, mentioned: AbstractSet[int]) -> str:
    """The first run of words that no name, amount or time covers, leaving out those that phrases know."""
    covered = mentioned | {place for time in sentence.times for place in range(time.start, time.end)}
    covered |= {place for amount in sentence.amounts for place in range(amount.start, amount.end)}
    known = sentence.lexicon.grammar.words
    harmless = _harmless()
    strange = [
        place
        for place, token in enumerate(sentence.tokens)
        if place not in covered
        and token.kind in {"word", "number"}
        and token.text not in known
        and not harmless.longest(sentence.tokens, place)
        and not sentence.has_verb(place)
    ]
    if not strange:
        return ""
    end = strange[0]
    while end in strange:
        end += 1
    begin, finish = sentence.token_span(strange[0], end)
    return sentence.text[begin:finish]


def _harmless() -> Trie[bool]:
    data = english()
    trie: Trie[bool] = Trie()
    for phrase in (*data.articles, *data.harmless, *data.present, *data.past):
        trie.add_words(phrase.split(), meaning=True)
    return trie
