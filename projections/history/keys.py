"""The history of keys in words: every value that an attribute had, with its evidence, and how it stopped."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic_core import from_json

from projections.archive import Snapshot
from projections.entities import named
from projections.history.asking import Wanted
from projections.history.fates import Fate, Held, fates
from projections.history.losses import Loss, losses
from projections.index.keyed import KeyReader
from projections.index.reader import FactRow, KeyRow
from projections.prose import fact_text
from projections.state import visible_sources
from timeline.basis import Basis
from timeline.dates import MAX_INSTANT, MIN_INSTANT, format_instant
from timeline.standing import Standing
from timeline.vocabulary import Attribute

_STANDINGS = {standing.rank: standing for standing in Standing}

Place = tuple[int, str]
"""Where a key stands in a list: the number of its attribute in the vocabulary; its subject, object and development."""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement as people read it; `value` is None for an end."""

    fact: FactRow
    value: Mapping[str, Any] | None
    text: str
    since: str
    until: str | None

    @property
    def standing(self) -> Standing:
        """How well it stands."""
        return _STANDINGS[self.fact.standing]

    def in_short(self) -> Json:
        """As others refer to it."""
        return {"development": self.fact.development, "text": self.text, "standing": self.standing.value}


@dataclass(frozen=True, slots=True)
class PastValue:
    """A statement with what became of it.

    `loss` says how its development came to make it no longer, and `became` what it says instead about the same key,
    if anything; None for what is believed as far as the basis goes.
    """

    told: Statement
    fate: Fate
    sources: Sequence[Mapping[str, Any]]
    by: Statement | None
    better: Statement | None
    rivals: tuple[Statement, ...]
    loss: Loss | None
    became: Statement | None

    def as_json(self, names: Mapping[str, str]) -> Json:
        """The value as answers carry it."""
        told, fate, fact = self.told, self.fate, self.told.fact
        return {
            "value": None if told.value is None else _value(told.value, names),
            "text": told.text,
            "since": told.since,
            "until": told.until,
            "bounds": {
                "since": {"earliest": _instant(fact.since_earliest), "latest": _instant(fact.since_latest)},
                "until": None
                if told.until is None
                else {"earliest": _instant(fact.until_earliest), "latest": _instant(fact.until_latest)},
            },
            "standing": told.standing.value,
            "known_since": _instant(fact.known_since),
            "known_until": _instant(fate.told.known_until),
            "development": fact.development,
            "sources": list(self.sources),
            "status": fate.status.value,
            "held": None if fate.held is None else _held(fate.held),
            "stopped_holding": self._stopped_holding(),
            "stopped_being_believed": self._stopped_being_believed(),
            "outranked_by": None
            if self.better is None or fate.outranked is None
            else {**self.better.in_short(), "known": _instant(fate.outranked.known)},
            "contested_by": [rival.in_short() for rival in self.rivals],
        }

    def _stopped_holding(self) -> Json | None:
        held = self.fate.held
        if held is None or held.stop is None or self.by is None:
            return None
        is_own = self.by.fact is self.told.fact
        return {"how": held.stop.value, "date": self.told.until if is_own else self.by.since, **self.by.in_short()}

    def _stopped_being_believed(self) -> Json | None:
        loss = self.loss
        if loss is None:
            return None
        became = self.became
        return {
            "how": loss.how,
            "known": _instant(self.fate.told.known_until),
            "development": self.told.fact.development,
            "event": loss.position,
            "reason": loss.reason,
            "note": loss.note,
            "became": None if became is None else {**became.in_short(), "since": became.since, "until": became.until},
        }


@dataclass(frozen=True, slots=True)
class KeyHistory:
    """All values of one key, in the order in which they begin."""

    key: KeyRow
    attribute: Attribute
    values: tuple[PastValue, ...]

    def as_json(self, names: Mapping[str, str]) -> Json:
        """The key with its values as answers carry them, without links."""
        key = self.key
        return {
            "subject": {"id": key.subject, "name": names.get(key.subject, key.subject)},
            "attribute": key.attribute,
            "object": {"id": key.object, "name": names.get(key.object, key.object)} if key.object else None,
            "development": key.development or None,
            "section": self.attribute.section,
            "label": self.attribute.label,
            "cardinality": self.attribute.cardinality.value,
            "values": [value.as_json(names) for value in self.values],
        }


@dataclass(frozen=True, slots=True)
class Histories:
    """Some keys with their histories, the names of those in them, and the place to go on after, if more follow."""

    keys: tuple[KeyHistory, ...]
    names: Mapping[str, str]
    following: Place | None

    def as_json(self) -> list[Json]:
        """The keys as answers carry them, without links."""
        return [history.as_json(self.names) for history in self.keys]


def histories_at(
    snapshot: Snapshot,
    timeline: str,
    basis: Basis,
    wanted: Wanted,
    *,
    after: Place | None = None,
    limit: int | None = 50,
) -> Histories:
    """At most `limit` keys, or all of them, with all that was ever stated under them by the basis, whatever its `at`.

    In the order of the vocabulary, then of subject, object and development.

    Raises:
        UnknownTimeline: there was no such timeline at the revision.
        InvalidInput: something is named that does not exist; see `Wanted.check`.
    """
    wanted.check(snapshot, timeline, basis.revision)
    number, described = snapshot.timeline(timeline, basis.revision)
    reader = KeyReader(snapshot.connection, number, basis, head=snapshot.head)
    order = {name: place for place, name in enumerate(snapshot.vocabulary.attributes)}
    places = sorted(
        (_place(key, order), key)
        for key in reader.keys(
            subject=wanted.subject,
            attributes=wanted.attributes(snapshot.vocabulary),
            object=wanted.object,
            entity=wanted.entity,
        )
    )
    following = [(place, key) for place, key in places if after is None or place > after]
    page = [key for _, key in following[:limit]]
    stated = {key_id: fates(facts, basis.known) for key_id, facts in reader.facts(page).items()}
    lost = [(key, fate.told) for key in page for fate in stated.get(key.id, ()) if fate.told.known_until < MAX_INSTANT]
    told = _Telling(snapshot, number, basis, page, stated)
    told.names[timeline] = described["title"]
    why = losses(snapshot, timeline, lost, basis.revision)
    return Histories(
        keys=tuple(told.history(key, stated.get(key.id, ()), why) for key in page),
        names=told.names,
        following=following[len(page) - 1][0] if len(following) > len(page) else None,
    )


class _Telling:
    """Puts the statements of some keys into words."""

    def __init__(
        self,
        snapshot: Snapshot,
        number: int,
        basis: Basis,
        keys: Sequence[KeyRow],
        stated: Mapping[int, Sequence[Fate]],
    ) -> None:
        self._vocabulary = snapshot.vocabulary
        self._basis = basis
        self._payloads = {
            fate.told.fact.id: from_json(fate.told.fact.payload) for some in stated.values() for fate in some
        }
        wanted = {name for key in keys for name in (key.subject, key.object) if name}
        wanted.update(
            payload["value"]["id"]
            for payload in self._payloads.values()
            if payload["value"] and payload["value"]["type"] == "entity"
        )
        self.names = named(snapshot, number, wanted, basis.revision)

    def history(self, key: KeyRow, stated: Sequence[Fate], why: Mapping[int, Loss]) -> KeyHistory:
        """The history of a key."""
        attribute = self._vocabulary.attributes[key.attribute]
        made = {fate.told.fact.id: self._statement(key, attribute, fate.told.fact) for fate in stated}
        instead = _instead(stated)

        def statement(fact: FactRow | None) -> Statement | None:
            return None if fact is None else made[fact.id]

        return KeyHistory(
            key,
            attribute,
            tuple(
                PastValue(
                    told=made[fate.told.fact.id],
                    fate=fate,
                    sources=visible_sources(from_json(fate.told.fact.sources), self._basis.known),
                    by=statement(fate.held.by if fate.held else None),
                    better=statement(fate.outranked.by if fate.outranked else None),
                    rivals=tuple(made[rival.id] for rival in fate.rivals),
                    loss=why.get(fate.told.fact.id),
                    became=statement(instead(fate)),
                )
                for fate in stated
            ),
        )

    def _statement(self, key: KeyRow, attribute: Attribute, fact: FactRow) -> Statement:
        payload = self._payloads[fact.id]
        return Statement(
            fact=fact,
            value=payload["value"],
            text=self._text(key, attribute, payload["value"]),
            since=payload["since"],
            until=payload["until"],
        )

    def _text(self, key: KeyRow, attribute: Attribute, value: Mapping[str, Any] | None) -> str:
        if value is not None:
            return fact_text(attribute, key.subject, key.object or None, value, self._name)
        template = attribute.end_template or f"{attribute.label} of {{subject}}: ended"
        return template.format(subject=self._name(key.subject), object=self._name(key.object) if key.object else "")

    def _name(self, entity: str) -> str:
        return self.names.get(entity, entity)


def _instead(stated: Sequence[Fate]) -> Callable[[Fate], FactRow | None]:
    """Finds what a development says about the key from the moment on at which it no longer makes a statement."""
    begun: dict[tuple[str, int], list[FactRow]] = {}
    for fate in stated:
        fact, known_from, _ = fate.told
        begun.setdefault((fact.development, known_from), []).append(fact)

    def instead(fate: Fate) -> FactRow | None:
        fact, _, known_until = fate.told
        found = begun.get((fact.development, known_until), [])
        return min(found, key=lambda other: (other.ordinal != fact.ordinal, other.ordinal), default=None)

    return instead


def _place(key: KeyRow, order: Mapping[str, int]) -> Place:
    # no slug has a space in it, and a space comes before all that slugs are made of
    return order[key.attribute], f"{key.subject} {key.object} {key.development}"


def _value(value: Mapping[str, Any], names: Mapping[str, str]) -> Json:
    if value["type"] != "entity":
        return {"type": value["type"], **value}
    return {"type": "entity", "id": value["id"], "name": names.get(value["id"], value["id"]), **value}


def _held(held: Held) -> Json:
    return {"from": _instant(held.start), "until": _instant(held.until)}


def _instant(instant: int | None) -> str | None:
    """An instant as answers carry it; None where no date stands for it."""
    return None if instant is None or not MIN_INSTANT < instant < MAX_INSTANT else format_instant(instant)
