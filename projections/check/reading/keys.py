"""Which keys of the record a sentence is about: as it says itself, or as the record links what it names."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from projections.check.claim import Aspect
from projections.check.reading.lexicon import Lexicon
from projections.check.reading.sentence import PARTY, Given
from projections.check.reading.stated import weighty_words
from timeline.entities import EntityKind
from timeline.vocabulary import Attribute, ObjectUse

SubjectAndObject = tuple[str, str | None]
"""A key without its attribute."""

_OF_OBJECT: Final = "object."
_ABOUT: Final = "about"
CHANGES: Final = {"former": Aspect.ENDED, "successor": Aspect.BEGAN}
"""Slots for another value of the same key: who held it until then, and who does from then on."""
PREVIOUS: Final = "previous"
"""The slot for the object that the subject left for this one."""
_OWN_SLOTS: Final = frozenset({"subject", "object", "value", PARTY, PREVIOUS, *CHANGES})


class Unclear(Exception):
    """A phrase fits, but what it says is not clear; `reason` is a sentence for the reader."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def keys_meant(slots: Mapping[str, str | Given], attribute: Attribute, lexicon: Lexicon) -> Iterator[SubjectAndObject]:
    """The keys that the sentence can be about: subject and object, as said or as the record links them."""
    linked = {name: item for name, item in slots.items() if name not in _OWN_SLOTS and isinstance(item, str)}
    of_object = {name.removeprefix(_OF_OBJECT): item for name, item in linked.items() if name.startswith(_OF_OBJECT)}
    of_subject = {name: item for name, item in linked.items() if not name.startswith(_OF_OBJECT)}
    object_ = slots.get("object")
    named_object = object_ if isinstance(object_, str) else None
    given = slots.get("value")
    if attribute.object is ObjectUse.REQUIRED and named_object is None and not of_object and isinstance(given, Given):
        yield from _stated(given, attribute, slots.get("subject"), lexicon)
        return
    if named_object is not None and not _is_meant(named_object, of_object, lexicon):
        raise Unclear("What it names does not belong together in the record.")
    if named_object is not None:
        of_object = {}
    for subject in _subjects(slots, attribute, of_subject, lexicon):
        if not of_object:
            yield subject, named_object
            continue
        meant = _in_all(
            lexicon.about.get(entity) if name == _ABOUT else lexicon.linked_from.get((name, entity))
            for name, entity in of_object.items()
        )
        objects = sorted(meant & lexicon.objects(subject, attribute.name))
        # nothing in the record joins them: a key that it does not have says so
        for found in objects or sorted(of_object.values())[:1]:
            yield subject, found


def known_first(keys: list[SubjectAndObject], attribute: Attribute, lexicon: Lexicon) -> list[SubjectAndObject]:
    """Of several keys that may be meant, those that the record has; all if it has none."""
    if len(keys) < 2:
        return keys
    return [key for key in keys if key[1] in lexicon.objects(key[0], attribute.name)] or keys


def is_link(name: str) -> bool:
    """Whether a slot names what an attribute links with the subject."""
    return name not in _OWN_SLOTS and not name.startswith(_OF_OBJECT)


def _subjects(
    slots: Mapping[str, str | Given], attribute: Attribute, linked: Mapping[str, str], lexicon: Lexicon
) -> tuple[str, ...]:
    named = slots.get("subject")
    if isinstance(named, str):
        return (named,)
    if attribute.subject == EntityKind.TIMELINE.value:
        return (lexicon.timeline,)
    among = [lexicon.linked_from.get((name, entity)) for name, entity in linked.items()]
    among += [
        lexicon.linked_from.get((attribute.name, item))
        for item in (slots.get("object"), slots.get("value"))
        if isinstance(item, str)
    ]
    found = _in_all(among)
    if found:
        return tuple(sorted(found))
    if linked:
        return (next(iter(linked.values())),)
    raise Unclear("It does not say of whom it speaks, and the record does not tell either.")


def _is_meant(object_: str, of_object: Mapping[str, str], lexicon: Lexicon) -> bool:
    """Whether what is said of an object that is named besides fits it: "the clause of A" only if it is about A."""
    return all(
        object_ in ((lexicon.about.get(entity) if name == _ABOUT else lexicon.linked_from.get((name, entity))) or ())
        for name, entity in of_object.items()
    )


def _stated(
    given: Given, attribute: Attribute, subject: str | Given | None, lexicon: Lexicon
) -> Iterator[SubjectAndObject]:
    """The keys under which the record has stated just these words, or of free words all of them among others."""
    keys: frozenset[SubjectAndObject]
    if given.is_free:
        said = weighty_words(str(given.value["text"]))
        keys = frozenset(
            key
            for (name, text), owners in lexicon.stated.items()
            if name == attribute.name and said <= weighty_words(text)
            for key in owners
        )
    else:
        keys = lexicon.stated.get((attribute.name, str(given.value.get("text"))), frozenset())
    found = sorted((key for key in keys if subject in {None, key[0]}), key=str)
    if not found:
        raise Unclear("It does not say of what it speaks, and the record does not tell either.")
    yield from found


def _in_all(sets: Iterable[frozenset[str] | None]) -> frozenset[str]:
    listed = [found or frozenset() for found in sets]
    return frozenset.intersection(*listed) if listed else frozenset()


def check_shared(given: Given, attribute: Attribute, keys: Iterable[SubjectAndObject], lexicon: Lexicon) -> None:
    """Refuse words of which the record has none under the key: whether they say otherwise cannot be told."""
    said = weighty_words(str(given.value["text"]))
    wanted = set(keys)
    for (name, text), owners in lexicon.stated.items():
        if name == attribute.name and owners & wanted and said & weighty_words(text):
            return
    raise Unclear("Whether the record says this in other words cannot be told.")


def values_of_status(
    status: str, attribute: Attribute, subject: str, object_: str | None, lexicon: Lexicon
) -> list[Mapping[str, Any]]:
    """The status, of whatever the record has said under the key."""
    return [
        {"type": "text", "text": text, "status": status}
        for (name, text), keys in sorted(lexicon.stated.items())
        if name == attribute.name and (subject, object_) in keys
    ] or [{"type": "text", "text": status, "status": status}]
