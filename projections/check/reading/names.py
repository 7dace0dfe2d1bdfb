"""Names: by which words entities are named, and in which names and titles others are named."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from projections.check.reading.english import english
from projections.check.reading.tokens import Token, tokenise, words_of
from projections.check.reading.trie import Trie
from projections.check.reading.verbs import Verbs
from timeline.entities import Entity, EntityKind

_CLAUSES: Final = re.compile(r"[;:]\s")
_PASSIVE: Final = frozenset({"is", "are", "was", "were", "be", "been", "being"})
_MARKED: Final = re.compile(r"[0-9]|(?<=.)[A-Z]|[^\w\s]")
_SHORTEST_NAME: Final = 2
"""A name that is cut short keeps so many words."""
_YEAR: Final = 4
_KEPT_WHOLE: Final = frozenset({EntityKind.PRODUCT, EntityKind.CASE})
_LONGEST_DATE: Final = 3
_LONGEST_NAME: Final = 12
_OWNERS: Final = frozenset({EntityKind.ORGANISATION, EntityKind.PERSON})
_GROUPED: Final = ("group", "of")
_JOINTS: Final = frozenset({"of", "to"})
_BETWEEN: Final = frozenset({"of", "between"})
_NAMED_AT_LENGTH: Final = frozenset(
    {EntityKind.MATTER, EntityKind.TOPIC, EntityKind.TERM, EntityKind.PRODUCT, EntityKind.CASE}
)


@dataclass(frozen=True, slots=True)
class Name:
    """A way to name an entity. With `needs_capital` the word is an ordinary one without it: Orchard, orchard."""

    entity: str
    needs_capital: bool


def names_of(entities: list[Entity], words: frozenset[str]) -> Trie[Name]:
    """Names and aliases, and the last word of a person's name where it is nobody else's.

    `words` are those of phrases; a last word among them is too ordinary to be a name by itself.
    """
    trie: Trie[Name] = Trie()
    taken: set[tuple[str, ...]] = set()
    for entity in entities:
        for written in (entity.name, *entity.aliases):
            spelt = _without_article(words_of(written))
            if spelt:
                taken.add(spelt)
                trie.add_words(spelt, Name(entity.id, _needs_capital(written, entity)))
    for entity in entities:
        for spelt in _turned(entity):
            trie.add_words(spelt, Name(entity.id, needs_capital=True))
    _add_variants(trie, entities, taken)
    _add_short_names(trie, entities, words)
    _add_of_two(trie, entities)
    _add_last_words(trie, entities, taken, words)
    return trie


def _turned(entity: Entity) -> Iterator[tuple[str, ...]]:
    """The office of a place as people say it: "Freedonia's governor" for "Governor of Freedonia"."""
    spelt = words_of(entity.name)
    if entity.kind is EntityKind.AUTHORITY and spelt.count("of") == 1:
        place = spelt.index("of")
        yield (*spelt[place + 1 :], "'s", *spelt[:place])


def _add_variants(trie: Trie[Name], entities: list[Entity], taken: set[tuple[str, ...]]) -> None:
    """Names that contain another name, with that one's other forms: "removal of Jane Doe", "Doe's removal"."""
    forms = {entity.id: _forms(entity) for entity in entities if entity.kind in _OWNERS}
    for entity in entities:
        spelt = _without_article(words_of(entity.name))
        if entity.kind is EntityKind.PERSON or len(spelt) > _LONGEST_NAME:
            continue
        if spelt[:2] == _GROUPED:
            spelt = spelt[2:]
        shorter = _cut_short(entity) if entity.kind in _NAMED_AT_LENGTH else ()
        found = {
            variant
            for written in (spelt, *shorter)
            if len(written) > 1
            for owner, (name, *others) in forms.items()
            if owner != entity.id
            for variant in _variants(written, name, others)
        }
        for variant in sorted(found):
            if variant not in taken:
                trie.add_words(variant, Name(entity.id, needs_capital=False))


def _forms(entity: Entity) -> list[tuple[str, ...]]:
    """The ways to name an organisation or person, the full name first."""
    found = [_without_article(words_of(written)) for written in (entity.name, *entity.aliases)]
    if entity.kind is EntityKind.PERSON:
        found.append(found[0][-1:])
    return [form for form in found if form]


def _variants(
    spelt: tuple[str, ...], name: tuple[str, ...], others: list[tuple[str, ...]]
) -> Iterator[tuple[str, ...]]:
    for place in range(len(spelt) - len(name) + 1):
        if spelt[place : place + len(name)] != name:
            continue
        before, after = spelt[:place], spelt[place + len(name) :]
        for form in (name, *others):
            yield (*before, *form, *after)
            if before[-1:] and before[-1] in _JOINTS and before[:-1]:
                yield (*form, "'s", *before[:-1], *after)
            elif not before and after[:1] == ("'s",) and after[1:]:
                yield (*after[1:], "of", *form)


def _add_short_names(trie: Trie[Name], entities: list[Entity], words: frozenset[str]) -> None:
    """Long names without what only tells them from others; a single word only of a clause, and if no phrase has it."""
    found: dict[tuple[str, ...], list[Entity]] = {}
    for entity in entities:
        for spelt in set(_cut_short(entity)) if entity.kind in _NAMED_AT_LENGTH else ():
            found.setdefault(spelt, []).append(entity)
    for spelt, owners in found.items():
        if any(name.needs_capital for name in trie.meanings(spelt)):
            continue
        is_single = len(spelt) == 1
        if is_single and (len(owners) > 1 or owners[0].kind is not EntityKind.TERM or spelt[0] in words):
            continue
        for owner in owners:
            trie.add_words(spelt, Name(owner.id, needs_capital=False))


def _add_of_two(trie: Trie[Name], entities: list[Entity]) -> None:
    """Names of what is between two: "partnership of A and B" is the A-B partnership, and A's partnership with B."""
    owners = {form[0]: form for entity in entities if entity.kind in _OWNERS for form in [_forms(entity)]}
    for entity in entities:
        if entity.kind not in _NAMED_AT_LENGTH:
            continue
        spelt = _without_article(words_of(entity.name))
        for whole in dict.fromkeys((spelt, *_cut_short(entity))):
            for variant in _of_two(whole, owners):
                if entity.id not in {name.entity for name in trie.meanings(variant)}:
                    trie.add_words(variant, Name(entity.id, needs_capital=False))


def _of_two(
    spelt: tuple[str, ...], owners: Mapping[tuple[str, ...], list[tuple[str, ...]]]
) -> Iterator[tuple[str, ...]]:
    for middle in (place for place, word in enumerate(spelt) if word == "and"):
        for start in (place for place in range(1, middle) if spelt[place] in _BETWEEN):
            one = spelt[start + 1 : middle]
            for end in range(middle + 2, len(spelt) + 1):
                other = spelt[middle + 1 : end]
                if one in owners and other in owners:
                    yield from _said_of_two(spelt[:start], owners[one], owners[other], spelt[end:])


def _said_of_two(
    what: tuple[str, ...], ones: list[tuple[str, ...]], others: list[tuple[str, ...]], rest: tuple[str, ...]
) -> Iterator[tuple[str, ...]]:
    pairs = [(one, other) for one in ones for other in others]
    for first, second in (*pairs, *((other, one) for one, other in pairs)):
        for joint in sorted(_BETWEEN):
            yield (*what, joint, *first, "and", *second, *rest)
        yield (*first, *second, *what, *rest)
        yield (*first, "'s", *what, "with", *second, *rest)
        yield (*what, "of", *first, "with", *second, *rest)


def _add_last_words(
    trie: Trie[Name], entities: list[Entity], taken: set[tuple[str, ...]], words: frozenset[str]
) -> None:
    last_words: dict[str, list[str]] = {}
    for entity in entities:
        if entity.kind is EntityKind.PERSON and len(words_of(entity.name)) > 1:
            last_words.setdefault(words_of(entity.name)[-1], []).append(entity.id)
    for word, owners in last_words.items():
        if len(owners) == 1 and (word,) not in taken and word not in words:
            trie.add_words((word,), Name(owners[0], needs_capital=True))


def _cut_short(entity: Entity) -> Iterator[tuple[str, ...]]:
    """A long name without what only tells it from others: "the merger of A and B (under the rules of C)"."""
    spelt = _without_article(words_of(entity.name))
    for cut in english().name_cuts if entity.kind not in _KEPT_WHOLE else ():
        words = tuple(cut.split())
        for place in range(1, len(spelt)):
            if spelt[place : place + len(words)] == words:
                yield spelt[:place]
                break
    yield from _dated(spelt)
    if ")" in spelt and "(" in spelt[1:]:
        yield spelt[: spelt.index("(")]


def _dated(spelt: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The forms of a name that ends in a date: "the pact of May 2020", "the May 2020 pact", "the pact"."""
    if "of" not in spelt or not (spelt[-1].isdigit() and len(spelt[-1]) == _YEAR):
        return
    last = len(spelt) - 1 - spelt[::-1].index("of")
    name, date = spelt[:last], spelt[last + 1 :]
    if name and len(date) <= _LONGEST_DATE:
        yield (*date, *name)
        for joint in ("from", "in", "signed in"):
            yield (*name, *joint.split(), *date)
        if len(name) > 1:
            yield name


def _needs_capital(written: str, entity: Entity) -> bool:
    """Whether only a capital tells the name from an ordinary word: "Orchard", but not "GlobeX" or "X-4"."""
    is_single = len(words_of(written)) == 1
    return is_single and entity.kind is not EntityKind.TERM and written[:1].isupper() and not _MARKED.search(written)


def _without_article(words: tuple[str, ...]) -> tuple[str, ...]:
    return words[1:] if len(words) > 1 and words[0] == "the" else words


def mentions_in(texts: Iterable[tuple[str, str]], names: Trie[Name]) -> dict[str, frozenset[str]]:
    """Whose texts name an entity, by that entity; a text comes with the one it belongs to."""
    found: dict[str, set[str]] = {}
    for owner, text in texts:
        tokens = tokenise(text)
        for start in range(len(tokens)):
            for _, meanings in names.matches(tokens, start):
                for name in meanings:
                    found.setdefault(name.entity, set()).add(owner)
    return {entity: frozenset(owners) for entity, owners in found.items()}


def attested_in(titles: Iterable[str], names: Trie[Name], verbs: Verbs) -> Iterator[tuple[str, str, bool]]:
    """Who does what, and to whom, by the order of words in each clause of a title.

    Before a verb stand those who do it, right after it the one it is done to; where "is" or "be" goes before, the
    nearest before it undergoes it.
    """
    for title in titles:
        for clause in _CLAUSES.split(title):
            tokens = tokenise(clause)
            named = _named_in(tokens, names)
            for place, token in enumerate(tokens):
                if not verbs.has_form(token.text):
                    continue
                before = [entity for start, entity in named if start < place]
                after = [entity for start, entity in named if start > place]
                if place and tokens[place - 1].text in _PASSIVE:
                    yield from ((entity, token.text, False) for entity in before[-1:])
                else:
                    yield from ((entity, token.text, True) for entity in before)
                    yield from ((entity, token.text, False) for entity in after[:1])


def _named_in(tokens: Sequence[Token], names: Trie[Name]) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    place = 0
    while place < len(tokens):
        longest = names.longest(tokens, place)
        if longest:
            found += [(place, name.entity) for name in longest[1]]
        place = longest[0] if longest else place + 1
    return found
