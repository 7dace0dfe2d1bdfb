"""Facts as clauses of sentences, by the templates of the vocabulary; several facts of one kind as one clause. Pure.

Facts that share what they say are told together. Where the template begins with what they share, the rest is
listed ("Acme uses Globex One: in search, and Globex Two: in mail"); where it begins with what differs, the verb is
said once ("Jane Doe sits on the board of Acme as chair, John Roe as member").
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from string import Formatter
from typing import Final, NamedTuple

from projections.briefing.wording import date_text, listed, on_text, since_text, span_text
from projections.prose import value_text
from projections.state import Held
from timeline.vocabulary import Attribute, Cardinality, Vocabulary

_KEPT: Final = frozenset({"a", "an", "the", "as"})
"""Words that stay where the verb before them is said only once."""

Dated = Callable[[Held], str]
"""What is said of the dates of a fact, in brackets or after a comma; empty where nothing is."""


class Slots(NamedTuple):
    """What goes into the template of a fact."""

    subject: str
    object: str
    value: str


class Words:
    """Puts facts into words, with the names that entities have in a state."""

    def __init__(self, vocabulary: Vocabulary, names: Mapping[str, str]) -> None:
        self.vocabulary = vocabulary
        self._names = names

    def name(self, entity: str) -> str:
        """The name of an entity, by its slug."""
        return self._names.get(entity, entity)

    def value(self, fact: Held) -> str:
        """The value of a fact; dates as people write them."""
        value = fact.value
        if value["type"] == "date":
            value = {**value, "type": "text", "text": date_text(value["date"])}
        return value_text(value, self.name)

    def attribute(self, fact: Held) -> Attribute:
        """The attribute of a fact."""
        return self.vocabulary.attributes[fact.attribute]

    def slots(self, fact: Held) -> Slots:
        """What goes into the template of a fact."""
        return Slots(self.name(fact.subject), self.name(fact.object) if fact.object else "", self.value(fact))

    def clause(self, facts: Sequence[Held], dated: Dated) -> str:
        """One clause that tells facts of one attribute; what is said of all their dates is said once."""
        template = self.attribute(facts[0]).template
        told = [self.slots(fact) for fact in facts]
        dates = [dated(fact) for fact in facts]
        if len(facts) == 1:
            return _with_date(_filled(template, told[0]), dates[0])
        is_once = len(set(dates)) == 1
        ends = ["" if is_once or not date else f" ({date})" for date in dates]
        changed = _changed(template, told)
        is_alike = changed == [0] and _leads(template) != "value"
        first, *rest = (
            [_filled(template, told[0])] + [_leading(template, slots) for slots in told[1:]]
            if changed == [0]
            else [_filled(template, told[0])] + [_rest(template, slots, changed) for slots in told[1:]]
        )
        parts = [part + end for part, end in zip((first, *rest), ends, strict=True)]
        if is_alike:
            text = f"{parts[0]}, and likewise {listed(parts[1:])}"
        elif any(mark in part for part in (first, *rest) for mark in (";", ":")):
            text = f"{'; '.join(parts[:-1])}; and {parts[-1]}"
        else:
            text = f"{', '.join(parts[:-1])}{',' if len(parts) > 2 else ''} and {parts[-1]}"
        return text + (f", {'both' if len(facts) == 2 else 'all'} {dates[0]}" if is_once and dates[0] else "")

    def end_clause(self, fact: Held) -> str:
        """That a fact no longer holds."""
        template = self.attribute(fact).end_template
        slots = self.slots(fact)
        return f"it no longer holds that {fact.text}" if template is None else _filled(template, slots)

    def can_follow(self, first: Held, fact: Held) -> bool:
        """Whether a clause about one fact can go on with the other: not if words stand before what differs."""
        template = self.attribute(first).template
        changed = _changed(template, (self.slots(first), self.slots(fact)))
        return changed[:1] != [0] or changed == [0] or template.startswith("{") or ": " in template

    def in_sentence(self, fact: Held, clause: str) -> str:
        """A clause as it stands within a sentence: what is no name begins in lower case."""
        return clause if self.attribute(fact).template.startswith("{") else clause[:1].lower() + clause[1:]


def groups(facts: Sequence[Held], words: Words) -> Iterator[tuple[Held, ...]]:
    """Facts in their order, those together that one clause can tell."""
    left = list(facts)
    while left:
        first = left.pop(0)
        group = [first]
        for share in ("subject", "object"):
            value = getattr(first, share)
            some = [
                fact
                for fact in left
                if value and _alike(first, fact) and getattr(fact, share) == value and words.can_follow(first, fact)
            ]
            if some and _can_share(first, share, words):
                group += some
                left = [fact for fact in left if fact not in some]
                break
        yield tuple(group)


def unrepeated(facts: Sequence[Held], words: Words) -> list[Held]:
    """Facts without those that another says already: an office held, beside the role of that name."""
    offices = {
        (fact.value["id"], fact.subject, words.attribute(fact).label.casefold())
        for fact in facts
        if fact.value["type"] == "entity"
    }
    return [
        fact
        for fact in facts
        if fact.value["type"] != "text" or (fact.subject, fact.object, fact.value["text"].casefold()) not in offices
    ]


def lasting(fact: Held, words: Words) -> str:
    """Since when a fact of a state holds, or when it was, if it is told of one development alone."""
    if not fact.is_certain:
        return f"if it has begun {on_text(fact.since)}" if fact.until is None else span_text(fact.since, fact.until)
    if words.attribute(fact).cardinality is Cardinality.EACH:
        return on_text(fact.since) if fact.until is None else span_text(fact.since, fact.until)
    return since_text(fact.since) if fact.until is None else span_text(fact.since, fact.until)


def _alike(one: Held, other: Held) -> bool:
    return one.attribute == other.attribute and (one.standing, one.is_certain, bool(one.contested_by)) == (
        other.standing,
        other.is_certain,
        bool(other.contested_by),
    )


def _can_share(fact: Held, share: str, words: Words) -> bool:
    return not fact.contested_by and fact.is_certain and f"{{{share}}}" in words.attribute(fact).template


def _filled(template: str, slots: Slots) -> str:
    return " ".join(template.format(**slots._asdict()).split())


def _changed(template: str, told: Sequence[Slots]) -> list[int]:
    """The places in a template at which not all facts say the same."""
    pieces = enumerate(Formatter().parse(template))
    return [place for place, (_, name, _, _) in pieces if name and len({getattr(slots, name) for slots in told}) > 1]


def _leads(template: str) -> str:
    """Which slot comes first in a template."""
    return next(name for _, name, _, _ in Formatter().parse(template) if name)


def _leading(template: str, slots: Slots) -> str:
    """What comes first in a template."""
    return str(getattr(slots, _leads(template)))


def _rest(template: str, slots: Slots, changed: Sequence[int]) -> str:
    """What a further fact adds to a clause: its template without what all of them share."""
    pieces = [(literal, name) for literal, name, _, _ in Formatter().parse(template)]
    if not changed:
        return _filled(template, slots)
    said: list[str] = []
    for place in range(changed[0], changed[-1] + 1):
        literal, name = pieces[place]
        if place > changed[0]:
            said.append(_kept(literal) if changed[0] == 0 and place == 1 else literal)
        if name and (place in changed or changed[0] > 0):
            said.append(str(getattr(slots, name)))
        elif name and said:
            said.pop()  # the words that led to what is shared
    return " ".join("".join(said).split())


def _kept(literal: str) -> str:
    """What stays of a verb that is not said again."""
    last = literal.split()[-1:] or [""]
    return f" {last[0]} " if last[0] in _KEPT else " "


def _with_date(text: str, date: str) -> str:
    """A clause and its date: "on" and "in" belong to the verb, the rest is set off."""
    if not date:
        return text
    is_short = date.startswith(("on ", "in ")) and not text.endswith(")") and ":" not in text
    return f"{text} {date}" if is_short else f"{text}, {date}"
