"""From a phrase that fits a sentence to the claims that the sentence makes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from projections.check.claim import Aspect, Claim, Comparison, Tense, When
from projections.check.reading.keys import (
    CHANGES,
    PREVIOUS,
    Unclear,
    check_shared,
    is_link,
    keys_meant,
    known_first,
    values_of_status,
)
from projections.check.reading.lexicon import Lexicon
from projections.check.reading.matching import Match
from projections.check.reading.sentence import PARTY, Given, Mention
from projections.check.reading.times import Relation, Time
from timeline.dates import MAX_INSTANT
from timeline.entities import EntityKind
from timeline.vocabulary import Attribute, Cardinality

Alternatives = tuple[Claim, ...]
"""Claims of which one has to be right."""


@dataclass(frozen=True, slots=True)
class _Manner:
    """How and when something is said to be so."""

    aspect: Aspect
    tense: Tense
    when: When | None
    is_negated: bool
    has_ceased: bool


def claims_of(match: Match, lexicon: Lexicon, now: int) -> tuple[Alternatives, ...]:
    """What the sentence claims by this phrase: groups of alternatives, each of which has to hold.

    Raises:
        Unclear: of whom it speaks, or when it means, cannot be told.
    """
    manner = _manner(match, now)
    _check_attested(match, lexicon)
    groups: list[Alternatives] = []
    for slots in _one_by_one(match):
        groups += _groups_of(slots, match, manner, lexicon)
    return tuple({repr(group): group for group in groups}.values())


def _groups_of(
    slots: Mapping[str, str | Given], match: Match, manner: _Manner, lexicon: Lexicon
) -> tuple[Alternatives, ...]:
    attribute = match.reading.attribute
    value, comparison = _value(slots.get("value"), match)
    keys = dict.fromkeys(known_first(list(keys_meant(slots, attribute, lexicon)), attribute, lexicon))

    status = match.reading.phrase.status if value is None else None

    given = slots.get("value")
    if isinstance(given, Given) and given.is_free and attribute.cardinality is not Cardinality.EACH:
        check_shared(given, attribute, keys, lexicon)

    def said(how: _Manner) -> Alternatives:
        return tuple(
            _claim(attribute, subject, object_, meant, comparison, how)
            for subject, object_ in keys
            for meant in (
                values_of_status(status, attribute, subject, object_, lexicon) if status and not value else [value]
            )
        )

    if manner.is_negated:
        return (said(manner),)
    if manner.has_ceased:
        before = said(_Manner(Aspect.HOLDS, Tense.PAST, None, is_negated=False, has_ceased=False))
        if value is None or value["type"] == "stage":
            # the record may know the end alone, or another stage than the one that the words stand for
            ended = _Manner(Aspect.ENDED, Tense.PAST, None, is_negated=False, has_ceased=False)
            before += tuple(_claim(attribute, *key, None, Comparison.SAME, ended) for key in keys)
        return said(manner), before
    changes = tuple(
        tuple(
            _claim(attribute, subject, object_, {"type": "entity", "id": entity}, Comparison.SAME, how)
            if "entity" in attribute.values
            else _claim(attribute, entity, object_, value, Comparison.SAME, how)
            for subject, object_ in keys
        )
        for name, entity in slots.items()
        if name in CHANGES and isinstance(entity, str)
        for how in [replace(manner, aspect=CHANGES[name], tense=Tense.PAST)]
    )
    left = slots.get(PREVIOUS)
    if isinstance(left, str):
        how = replace(manner, aspect=Aspect.ENDED, tense=Tense.PAST)
        changes += (tuple(_claim(attribute, subject, left, None, Comparison.SAME, how) for subject, _ in keys),)
    besides = (*changes, *_besides(slots, match, manner, lexicon))
    # words of the one attribute said of an object of the other: the record never says that of this one
    is_foreign = any(claim.value and claim.value["type"] == "text" for group in besides for claim in group)
    return besides if is_foreign else (said(manner), *besides)


def _besides(
    slots: Mapping[str, str | Given], match: Match, manner: _Manner, lexicon: Lexicon
) -> Iterator[Alternatives]:
    """What the sentence says besides of a subject that it names: that it has this object under another attribute.

    Where the record has never stated the two together, the object is claimed to be what the phrase says.
    """
    subject = slots.get("subject")
    holding = _Manner(Aspect.HOLDS, manner.tense, manner.when, is_negated=False, has_ceased=False)
    for name, entity in slots.items():
        if isinstance(subject, str) and isinstance(entity, str) and is_link(name):
            other = lexicon.grammar.vocabulary.attributes[name]
            stage = match.reading.phrase.value
            if stage and (subject, match.reading.attribute.name, stage, name, entity) not in lexicon.together:
                text = {"type": "text", "text": stage.replace("-", " ")}
                yield (_claim(other, subject, entity, text, Comparison.SAME, holding),)
            elif "entity" in other.values:
                value = {"type": "entity", "id": entity}
                yield (_claim(other, subject, None, value, Comparison.SAME, holding),)
            else:
                yield (_claim(other, subject, entity, None, Comparison.SAME, holding),)


def _claim(
    attribute: Attribute,
    subject: str,
    object_: str | None,
    value: Mapping[str, Any] | None,
    comparison: Comparison,
    manner: _Manner,
) -> Claim:
    return Claim(
        subject=subject,
        attribute=attribute.name,
        object=object_,
        value=value,
        comparison=comparison,
        is_negated=manner.is_negated or manner.has_ceased,
        aspect=manner.aspect,
        tense=manner.tense,
        when=manner.when,
    )


def _one_by_one(match: Match) -> Iterator[dict[str, str | Given]]:
    """The slots with one entity each: "Jane and John left" is said of each.

    Raises:
        Unclear: two slots list several, and who goes with whom is open.
    """
    filled = {name: item for name, item in match.slots if name != PARTY}
    lists = [name for name, item in filled.items() if isinstance(item, Mention) and len(item.entities) > 1]
    if len(lists) > 1 and not all(is_link(name) for name in lists):
        raise Unclear("It lists several on both sides, and who goes with whom cannot be told.")
    value = filled.get("value")
    if lists and isinstance(value, Given) and value.value["type"] in {"money", "quantity"}:
        raise Unclear("Whether the amount is meant for each of those it lists, or for all together, cannot be told.")
    if isinstance(value, Mention) and "entity" not in match.reading.attribute.values:
        # an attribute that takes words takes the name as it is written
        filled["value"] = Given(value.start, value.end, {"type": "text", "text": value.text})
        lists = [name for name in lists if name != "value"]
    single = {
        name: item if isinstance(item, Given) else item.entities[0]
        for name, item in filled.items()
        if name not in lists
    }
    if not lists:
        yield single
        return
    listed = [(name, item.entities) for name, item in filled.items() if name in lists and isinstance(item, Mention)]
    for entities in product(*(entities for _, entities in listed)):
        yield single | dict(zip((name for name, _ in listed), entities, strict=True))


def _value(given: str | Given | None, match: Match) -> tuple[Mapping[str, Any] | None, Comparison]:
    phrase, attribute = match.reading.phrase, match.reading.attribute
    if isinstance(given, str):
        return {"type": "entity", "id": given}, Comparison.SAME
    if given is not None:
        value = dict(given.value) | ({"status": phrase.status} if phrase.status else {})
        if phrase.is_loss:
            value = {name: _minus(item) if name in {"amount", "low", "high"} else item for name, item in value.items()}
        return value, given.comparison
    if phrase.value is None:
        return None, Comparison.SAME
    if phrase.value in attribute.stages:
        return {"type": "stage", "stage": phrase.value}, Comparison.SAME
    if attribute.values == ("percent",):
        return {"type": "percent", "value": phrase.value}, Comparison.SAME
    return {"type": "text", "text": phrase.value}, Comparison.SAME


def _minus(amount: str) -> str:
    return amount.removeprefix("-") if amount.startswith("-") else f"-{amount}"


def _check_attested(match: Match, lexicon: Lexicon) -> None:
    """Refuse a manner that the record does not tell of: who "was fired" may have left of their own accord."""
    attested = match.reading.phrase.attested
    if not attested.did and not attested.suffered:
        return
    for item in match.filled.values():
        for entity in item.entities if isinstance(item, Mention) else ():
            if lexicon.kinds[entity] is EntityKind.PERSON and not lexicon.is_attested(entity, attested):
                raise Unclear("The record has no account of how this came about, only of who held what and when.")


def _manner(match: Match, now: int) -> _Manner:
    phrase, group = match.reading.phrase, match.verb
    is_bygone = bool(group and group.is_bygone) and match.time is None
    has_ceased = match.has_ceased or is_bygone or bool(group and group.has_ceased)
    is_negated = phrase.negated ^ match.is_denied ^ bool(group and group.is_negated)
    if match.has_ceased:
        is_negated = False
    if has_ceased and is_negated:
        raise Unclear("It denies something twice, and what it means cannot be told.")
    aspect = Aspect(phrase.aspect)
    tense = Tense.PRESENT if is_bygone else _tense(match, aspect)
    if tense is Tense.FUTURE and aspect is Aspect.BEGAN:
        aspect = Aspect.HOLDS
    aspect, when = _timed(match.time, aspect, tense, now, is_negated=is_negated)
    if match.time and match.time.relation is Relation.SINCE and aspect is Aspect.HOLDS:
        tense = Tense.PRESENT
        if group and group.is_perfect and not has_ceased and "money" in match.reading.attribute.values:
            when = None  # "has invested so much since then" is what it has come to by now
    return _Manner(aspect, tense, when, is_negated, has_ceased)


def _tense(match: Match, aspect: Aspect) -> Tense:
    group = match.verb
    if group is None:
        return Tense.PRESENT if aspect is Aspect.HOLDS else Tense.PAST
    if group.tense is Tense.FUTURE:
        return Tense.FUTURE
    if aspect is not Aspect.HOLDS:
        return Tense.PAST
    # "has been" is over or may go on; "has invested" is what it has come to by now
    if group.is_perfect and group.verb in {"be", "have", "hold", "own", "serve"}:
        is_still = match.reading.attribute.cardinality is Cardinality.EACH
        return Tense.PRESENT if is_still else Tense.PAST
    return group.tense


def _timed(
    time: Time | None, aspect: Aspect, tense: Tense, now: int, *, is_negated: bool
) -> tuple[Aspect, When | None]:
    """The aspect and the time that a claim has, given the time that the sentence names."""
    if time is None:
        return aspect, None
    when = time.when(now)
    if time.relation is Relation.UNTIL:
        if aspect is not Aspect.HOLDS or is_negated:
            raise Unclear(f'What "{time.text}" means here cannot be told.')
        return Aspect.ENDED, when
    if when.is_throughout and (aspect is not Aspect.HOLDS or is_negated):
        earliest = time.earliest if time.relation is Relation.SINCE and not is_negated else when.earliest
        return aspect, When(min(earliest, when.latest), when.latest, when.text)
    if time.relation is Relation.AFTER and tense is not Tense.FUTURE and when.latest == MAX_INSTANT:
        return aspect, When(when.earliest, max(now, when.earliest), when.text)
    return aspect, when
