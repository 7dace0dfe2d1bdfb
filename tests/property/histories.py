"""Random histories: few developments that speak of few keys, so that they correct, contradict and overtake each other.

A history is a list of acts; each is a command as somebody would give it. An act on a development that is not there
yet records it, and what the rules refuse leaves no trace, so that nearly every list of acts is a history.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import Engine

from projections.archive import Archive, Snapshot
from projections.index import IndexProjection
from projections.state import Held, State
from tests import oracle
from timeline.application import Record
from timeline.basis import At, Basis, Known, Revision
from timeline.clock import FixedClock
from timeline.content import Content
from timeline.dates import MAX_INSTANT, parse_date
from timeline.entities import Entity, EntityKind
from timeline.errors import TimelineError, UnknownDevelopment
from timeline.events import Event, Reason, RetractionReason
from timeline.facts import Fact
from timeline.mapper import EventMapper
from timeline.sources import Source
from timeline.standing import Floor, Standing
from timeline.store import SQLFactory, create_engine
from timeline.versions import version_at
from timeline.vocabulary import Vocabulary

VOCABULARY = Vocabulary.model_validate(
    {
        "sections": [{"name": "leadership", "title": "Leadership"}, {"name": "other", "title": "Other"}],
        "attributes": [
            {
                "name": name,
                "section": section,
                "label": name,
                "definition": name,
                "cardinality": cardinality,
                "subject": "organisation",
                "object": uses_object,
                "values": [value],
                "template": "{value} {subject} {object}",
            }
            for name, section, cardinality, uses_object, value in (
                ("chief_executive", "leadership", "one", "none", "entity"),
                ("role", "leadership", "many", "required", "text"),
                ("stage", "other", "one", "none", "text"),
                ("seat", "other", "many", "required", "text"),
                ("deal", "other", "each", "optional", "text"),
            )
        ],
    }
)
ENTITIES = ("acme", "jane", "joe")
DEVELOPMENTS = ("first", "second", "third")
URLS = ("https://press.example/1", "https://press.example/2")

MOMENTS = (
    "2020-06-15",
    "2020-06",
    "2020",
    "2020-06-15T12:00Z",
    "2020-06~",
    "2020-06-14/2020-06-16",
    "../2020-06",
    "2020-07",
    "2020-06-16",
    "2019",
    "2021-01-01",
    "2020?",
)
"""Dates that begin, end, enclose and touch each other."""
DATES = (*MOMENTS, "2020-06/..")
FAR_OFF = parse_date("2030-01-01").earliest

INSTANTS = tuple(
    sorted(
        {
            bound + step
            for text in DATES
            for bound in (parse_date(text).earliest, parse_date(text).latest)
            if abs(bound) < MAX_INSTANT
            for step in (-1, 0, 1)
        }
    )
)
"""Every instant at which something can begin or end, and its neighbours."""

moments = st.sampled_from(MOMENTS).map(parse_date)
dates = st.sampled_from(DATES).map(parse_date)
standings = st.sampled_from((Standing.REPORTED, Standing.CONFIRMED, Standing.ALLEGED, Standing.DENIED))
entities = st.sampled_from(ENTITIES)
developments = st.sampled_from(DEVELOPMENTS)

# Strategies are made once: to make them anew in each drawing took half of the time of every law.
_attributes = st.sampled_from(("stage", "stage", "chief_executive", "seat", "deal"))
_ends = st.sampled_from((False, False, False, True))
_notes = st.sampled_from((None, "interim"))
_texts = st.sampled_from(("open", "shut"))
_urls = st.sampled_from(URLS)
_maybe_dates = st.none() | dates
_maybe_moments = st.none() | moments
_maybe_standings = st.none() | standings


@st.composite
def facts(draw: st.DrawFn) -> Fact:
    attribute = draw(_attributes)
    since, until = draw(_maybe_dates), draw(_maybe_dates)
    if since is not None and until is not None and until.latest < since.earliest:
        until = None
    end = draw(_ends)
    standing = draw(_maybe_standings)
    value: dict[str, Any] | None = None
    if not end:
        value = {"note": draw(_notes)}
        if attribute == "chief_executive":
            value |= {"type": "entity", "id": draw(entities)}
        else:
            value |= {"type": "text", "text": draw(_texts)}
    return Fact.model_validate(
        {
            "subject": "acme",
            "attribute": attribute,
            "object": "jane" if attribute == "seat" else None,
            "value": value,
            "since": since,
            "until": None if end else until,
            "standing": None if end and standing is Standing.DENIED else standing,
            "end": end,
            "development": draw(developments) if end and attribute == "deal" else None,
        }
    )


@st.composite
def sources(draw: st.DrawFn) -> Source:
    return Source(publisher="p", title="t", url=draw(_urls), published=draw(_maybe_moments))


details = st.sampled_from(
    (
        {"kind": "statement", "speaker": "acme", "topic": "x"},
        {"kind": "statement", "speaker": "acme", "topic": "x"},
        {"kind": "leadership", "organisation": "acme", "changes": [{"role": "chief_executive", "took": "jane"}]},
        {"kind": "leadership", "organisation": "acme", "changes": [{"role": "chief_executive", "left": "joe"}]},
    )
)


_stated = st.lists(facts(), min_size=1, max_size=3)
_sourced = st.lists(sources(), max_size=2, unique_by=lambda source: source.url)


@st.composite
def contents(draw: st.DrawFn) -> Content:
    return Content.model_validate(
        {
            "title": "something",
            "occurred": draw(dates),
            "standing": draw(standings),
            "detail": draw(details),
            "facts": draw(_stated),
            "sources": draw(_sourced),
        }
    )


@dataclass(frozen=True)
class Act:
    """One command. `how` says which; what it does not need is left aside."""

    how: str
    development: str
    known: Any
    content: Content
    keep: int
    version: int | None
    source: Source
    standing: Standing

    def perform(self, record: Record, timeline: str) -> bool:
        """Give the command; whether the rules let it through."""
        try:
            self._perform(record, timeline)
        except TimelineError:
            return False
        return True

    def _perform(self, record: Record, timeline: str) -> None:
        of = (timeline, self.development)
        try:
            now = record.development(*of)
        except UnknownDevelopment:
            record.record(*of, known=self.known, content=self.content)
            return
        before = version_at(now.versions, self.known.latest)
        said = before.content if before else None
        match self.how:
            case "new-information" | "clerical":
                self._correct(record, of, said)
            case "mend-known" if said is not None:
                version = now.versions[(self.version or 1) % len(now.versions)]
                told = version.content or said
                record.correct(*of, reason=Reason.CLERICAL, content=told, known=self.known, version=version.number)
            case "finer-date" if said is not None:
                finer = said.model_copy(update={"occurred": self.content.occurred})
                record.correct(*of, reason=Reason.FINER_DATE, content=finer, known=self.known)
            case _:
                self._change(record, of, said)

    def _correct(self, record: Record, of: tuple[str, str], said: Content | None) -> None:
        # a correction leaves some of what was said as it was
        kept = self.content if said is None else said
        facts = self.content.facts if said is None else (*said.facts[: self.keep], *self.content.facts)
        content = kept.model_copy(update={"facts": facts})
        if self.how == "clerical":
            version = self.version if self.version in {1, 2} else None
            record.correct(*of, reason=Reason.CLERICAL, content=content, version=version)
        else:
            record.correct(*of, reason=Reason.NEW_INFORMATION, content=content, known=self.known)

    def _change(self, record: Record, of: tuple[str, str], said: Content | None) -> None:
        match self.how:
            case "withdraw-source":
                urls = [source.url for source in said.sources] if said else []
                record.withdraw_source(*of, url=urls[0] if urls else self.source.url, known=self.known)
            case "add-source":
                record.add_source(*of, source=self.source, known=self.known)
            case "standing":
                record.change_standing(*of, standing=self.standing, known=self.known)
            case "retract":
                record.retract(*of, reason=RetractionReason.WITHDRAWN, known=self.known)
            case "strike":
                record.retract(*of, reason=RetractionReason.CLERICAL)


WAYS = (
    "new-information",
    "new-information",
    "clerical",
    "mend-known",
    "finer-date",
    "withdraw-source",
    "add-source",
    "standing",
    "retract",
    "strike",
)
acts = st.builds(
    Act,
    how=st.sampled_from(WAYS),
    development=developments,
    known=moments,
    content=contents(),
    keep=st.integers(0, 2),
    version=st.none() | st.integers(1, 3),
    source=sources(),
    standing=standings,
)
histories = st.lists(acts, min_size=3, max_size=14)
instants = st.sampled_from((*INSTANTS, *INSTANTS[len(INSTANTS) // 2 :]))
knowns = st.just(INSTANTS[-1]) | instants
floors = st.sampled_from((Floor.ALLEGED, Floor.REPORTED, Floor.CONFIRMED))
Point = tuple[int, int, Floor]
"""Valid time, knowledge time and floor of a question."""
points = st.tuples(instants, knowns, floors)


class World:
    """A database with a record that writes to it and an archive that reads it; each history has a timeline of its own."""

    def __init__(self, url: str) -> None:
        self.engine: Engine = create_engine(url, synchronous="NORMAL")
        self.clock = FixedClock(FAR_OFF)
        self.factory = SQLFactory(engine=self.engine, inline=[IndexProjection(VOCABULARY)])
        self.record = Record(self.factory, clock=self.clock, vocabulary=VOCABULARY)
        self.archive = Archive(self.engine, vocabulary=VOCABULARY, clock=self.clock)
        self._numbers = count()

    @contextmanager
    def opened(self) -> Iterator[World]:
        try:
            yield self
        finally:
            self.record.close()
            self.engine.dispose()

    def open(self) -> str:
        """A new timeline whose entities are described."""
        timeline = f"history-{next(self._numbers)}"
        self.record.open_timeline(timeline, title="A history")
        for entity in ENTITIES:
            self.record.describe_entity(timeline, Entity(id=entity, name=entity.title(), kind=EntityKind.ORGANISATION))
        return timeline

    def tell(self, timeline: str, history: list[Act]) -> Iterator[Revision]:
        """Perform the acts; gives the revision after each that the rules let through."""
        for act in history:
            if act.perform(self.record, timeline):
                yield self.revision

    @property
    def revision(self) -> Revision:
        return Revision(self.record.recorder.max_notification_id() or 0)

    def log(self, after: int = 0) -> list[tuple[int, Event]]:
        """The events of the log after a position, read back from their bytes."""
        found = self.record.recorder.select_notifications(after, 10_000, inclusive_of_start=False)
        return [(item.id, EventMapper().to_domain_event(item)) for item in found]


def basis(point: Point, revision: int) -> Basis:
    at, known, floor = point
    return Basis(At(at), Known(known), Revision(revision), floor)


def ask(snapshot: Snapshot, timeline: str, question: Basis) -> oracle.Plain:
    """The answer of the index as plain data."""
    return plain(snapshot.state(timeline, question))


def plain(state: State) -> oracle.Plain:
    found = {
        (fact.subject, fact.attribute, fact.object, fact.key_development): {
            **_plain(fact),
            "contested_by": [_plain(rival) for rival in fact.contested_by],
        }
        for fact in state.facts
    }
    assert len(found) == len(state.facts), "a key is in the state once"
    return found


def _plain(fact: Held) -> dict[str, Any]:
    return {
        "value": dict(fact.value),
        "since": fact.since,
        "until": fact.until,
        "certainty": "definite" if fact.is_certain else "possible",
        "standing": fact.standing.value,
        "known_since": fact.known_since,
        "development": fact.evidence.development,
        "sources": [dict(source) for source in fact.evidence.sources],
    }
