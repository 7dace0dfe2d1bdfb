"""The naive fold: what the laws say the state must be, in the plainest code that says it.

It shares the events and the dates with the service and nothing else: no versions, no index, no regions. It keeps
nothing between two questions, and every question reads the whole log.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from timeline.basis import Basis
from timeline.content import Content
from timeline.dates import EdtfDate
from timeline.developments.detail import Setting
from timeline.events import (
    DevelopmentCorrected,
    DevelopmentRecorded,
    DevelopmentRetracted,
    Event,
    Reason,
    RetractionReason,
    SourceAdded,
    StandingChanged,
)
from timeline.sources import Source
from timeline.vocabulary import Cardinality, Vocabulary

Log = Sequence[tuple[int, Event]]
"""The events of the log with their positions, in order."""
Plain = dict[tuple[str, str, str | None, str | None], dict[str, Any]]
"""Facts by subject, attribute, object and (cardinality each) development."""

RANKS = {"denied": 0, "alleged": 1, "reported": 2, "confirmed": 3}
LEAST_RANK = {"confirmed": 3, "reported": 2, "alleged": 1}


@dataclass
class Version:
    known: EdtfDate
    position: int
    content: Content | None
    struck: bool = False


@dataclass(frozen=True)
class Spoken:
    """A fact with its defaults filled in, as the version in force speaks it."""

    key: tuple[str, str, str | None, str | None]
    value: dict[str, Any] | None
    since: EdtfDate
    until: EdtfDate | None
    standing: str
    development: str
    sources: tuple[Source, ...]
    ordinal: int
    known_since: int
    position: int

    @property
    def statement(self) -> tuple[object, ...]:
        return (self.key, self.value, self.since.text, self.until and self.until.text, self.standing)

    @property
    def rank(self) -> tuple[int, ...]:
        return (self.since.earliest, RANKS[self.standing], self.known_since, self.position, self.ordinal)

    @property
    def plain_value(self) -> dict[str, Any]:
        return {name: part for name, part in (self.value or {}).items() if name != "note"}

    @property
    def is_end(self) -> bool:
        return self.value is None

    def is_gone(self, at: int) -> bool:
        return self.until is not None and self.until.latest <= at

    def is_definite(self, at: int) -> bool:
        return self.since.latest <= at and (self.until is None or at < self.until.earliest)


def state(log: Log, *, timeline: str, basis: Basis, vocabulary: Vocabulary) -> Plain:
    """Every fact that holds at the basis, or may."""
    spoken = list(facts_in_force(log, timeline=timeline, basis=basis, vocabulary=vocabulary))
    found: Plain = {}
    for key in {fact.key for fact in spoken}:
        shown = _shown([fact for fact in spoken if fact.key == key], basis)
        if shown is not None:
            found[key] = shown
    return found


def facts_in_force(log: Log, *, timeline: str, basis: Basis, vocabulary: Vocabulary) -> Iterable[Spoken]:
    """What every development says at the basis' revision and `known`."""
    developments: dict[str, list[Event]] = {}
    positions: dict[int, int] = {}
    for position, event in log:
        if position <= basis.revision and event.timeline == timeline and hasattr(event, "slug"):
            developments.setdefault(event.slug, []).append(event)
            positions[id(event)] = position
    for slug, events in developments.items():
        versions: list[Version] = []
        for event in events:
            _take(versions, event, positions[id(event)])
        yield from _said(slug, _that_counted(versions, basis.known), timeline, vocabulary)


def _take(versions: list[Version], event: Event, position: int) -> None:
    """Let the event open a version, or change those there are."""
    if isinstance(event, DevelopmentRecorded):
        versions.append(Version(event.known, position, event.content))
    elif isinstance(event, DevelopmentRetracted):
        if event.reason is RetractionReason.WITHDRAWN:
            versions.append(Version(_given(event.known), position, None))
        else:
            for version in versions:
                version.struck = True
    elif isinstance(event, DevelopmentCorrected) and event.reason is Reason.CLERICAL:
        assert event.version is not None  # the command names it, also where the caller did not
        slip = versions[event.version - 1]
        slip.content, slip.known, slip.struck = event.content, event.known or slip.known, False
    elif isinstance(event, DevelopmentCorrected):
        bare = event.reason is Reason.SOURCE_WITHDRAWN and not event.content.sources
        versions.append(Version(_given(event.known), position, None if bare else event.content))
    elif isinstance(event, SourceAdded):
        content = _said_at(versions, event.known)
        sources = (*content.sources, event.source)
        versions.append(Version(event.known, position, content.model_copy(update={"sources": sources})))
    elif isinstance(event, StandingChanged):
        content = _said_at(versions, event.known).model_copy(update={"standing": event.standing})
        versions.append(Version(event.known, position, content))


def _said_at(versions: list[Version], known: EdtfDate) -> Content:
    content = _that_counted(versions, known.latest)[-1].content
    assert content is not None
    return content


def _given(known: EdtfDate | None) -> EdtfDate:
    assert known is not None
    return known


def _that_counted(versions: list[Version], known: int) -> list[Version]:
    """The versions that counted one after the other up to `known`; the last of them counts then."""
    public = [version for version in versions if not version.struck and version.known.latest <= known]
    moments = sorted({version.known.latest for version in public})
    return [[version for version in public if version.known.latest == moment][-1] for moment in moments]


def _said(slug: str, counted: list[Version], timeline: str, vocabulary: Vocabulary) -> list[Spoken]:
    """What the last of the versions says; what it leaves as it was is as old as it was."""
    before: list[Spoken] = []
    for version in counted:
        now: list[Spoken] = []
        unmatched = list(before)
        content = version.content
        facts = (
            (*content.detail.facts(Setting(timeline=timeline, occurred=content.occurred)), *content.facts)
            if content
            else ()
        )
        for ordinal, fact in enumerate(facts):
            assert content is not None
            each = vocabulary.attributes[fact.attribute].cardinality is Cardinality.EACH
            new = Spoken(
                key=(fact.subject, fact.attribute, fact.object, (fact.development or slug) if each else None),
                value=None if fact.value is None else fact.value.model_dump(mode="json", exclude_none=True),
                since=fact.since or content.occurred,
                until=fact.until,
                standing=(fact.standing or content.standing).value,
                development=slug,
                sources=content.sources,
                ordinal=ordinal,
                known_since=version.known.latest,
                position=version.position,
            )
            old = next((fact for fact in unmatched if fact.statement == new.statement), None)
            if old is not None:
                unmatched.remove(old)
                new = Spoken(**{**vars(new), "known_since": old.known_since, "position": old.position})
            now.append(new)
        before = now
    return before


def _shown(facts: list[Spoken], basis: Basis) -> dict[str, Any] | None:
    """What the state shows of one key, if anything."""
    at, least = basis.at, LEAST_RANK[basis.floor.label]
    admitted = [fact for fact in facts if RANKS[fact.standing] >= least]
    begun = sorted((fact for fact in admitted if fact.since.earliest <= at), key=lambda fact: fact.rank)
    if not begun:
        return None
    fact = begun.pop()
    definite = fact.is_definite(at)
    if fact.is_end:
        if at >= fact.since.latest or not begun:
            return None
        fact, definite = begun.pop(), False
        if fact.is_end:
            return None
    if fact.is_gone(at):
        return None
    rivals = [rival for rival in facts if _contests(rival, fact, least)]
    if at < fact.since.latest and begun:
        instead = begun[-1]
        holds = not instead.is_end and not instead.is_gone(at)
        if holds and instead.plain_value != fact.plain_value and instead not in rivals:
            rivals.append(instead)
    rivals.sort(key=lambda rival: rival.rank, reverse=True)
    shown = _plain(fact, basis, definite=definite)
    shown["contested_by"] = [_plain(rival, basis, definite=rival.is_definite(at)) for rival in rivals]
    return shown


def _contests(rival: Spoken, fact: Spoken, least: int) -> bool:
    if rival is fact or rival.is_end:
        return False
    overlap = rival.since.earliest <= fact.since.latest and fact.since.earliest <= rival.since.latest
    same = rival.plain_value == fact.plain_value
    if rival.standing == "denied":
        return overlap or (same and rival.since.latest >= fact.since.earliest)
    return RANKS[rival.standing] >= least and overlap and not same


def _plain(fact: Spoken, basis: Basis, *, definite: bool) -> dict[str, Any]:
    appeared = [s for s in fact.sources if s.published is None or s.published.earliest <= basis.known]
    return {
        "value": fact.value,
        "since": fact.since.text,
        "until": fact.until.text if fact.until else None,
        "certainty": "definite" if definite else "possible",
        "standing": fact.standing,
        "known_since": fact.known_since,
        "development": fact.development,
        "sources": [s.model_dump(mode="json", exclude_none=True) for s in appeared or fact.sources],
    }
