"""Developments as tests tell them: short contents about parties that do not exist, and the events that carry them."""

from __future__ import annotations

from typing import Any

from tests.timeline.developments import examples
from timeline.content import Content
from timeline.dates import EdtfDate, parse_date
from timeline.events import (
    DevelopmentCorrected,
    DevelopmentRecorded,
    DevelopmentRetracted,
    Reason,
    RetractionReason,
    SourceAdded,
    StandingChanged,
)
from timeline.facts import Key, Statement
from timeline.names import development_id
from timeline.sources import Source
from timeline.standing import Standing
from timeline.values import TextValue, Value

TIMELINE = "acme-globex"
SLUG = "acme-names-its-chair"
REMARK = {"kind": "statement", "speaker": "acme", "topic": "the board"}
CLERICAL, NEWS, FINER = Reason.CLERICAL, Reason.NEW_INFORMATION, Reason.FINER_DATE


def date(text: str | None) -> EdtfDate | None:
    return None if text is None else parse_date(text)


def form(word: str, **more: Any) -> dict[str, Any]:
    """The fact that Acme is a company of some form."""
    return {"subject": "acme", "attribute": "legal_form", "value": {"type": "text", "text": word}, **more}


def source(name: str, published: str | None = None) -> Source:
    return Source(publisher="The Gazette", title=name, url=url(name), published=date(published))


def url(name: str) -> str:
    return f"https://example.org/{name}"


def content(*words: str, sources: tuple[str, ...] = ("one",), facts: tuple[dict, ...] = (), **more: Any) -> Content:
    """A content with a fact for each word, a source for each name, and whatever else is given."""
    told = examples.content(REMARK, title="Acme says something", facts=[*(form(word) for word in words), *facts])
    return Content.model_validate({**told, "sources": [source(name) for name in sources], **more})


class Telling:
    """Makes the events of one development, numbered in their order."""

    def __init__(self) -> None:
        self._version = 0

    def _next(self) -> dict[str, Any]:
        self._version += 1
        return {
            "originator_id": development_id(TIMELINE, SLUG),
            "originator_version": self._version,
            "recorded_at": "2025-01-01T00:00:00Z",
            "timeline": TIMELINE,
            "slug": SLUG,
        }

    def recorded(self, known: str, told: Content) -> DevelopmentRecorded:
        return DevelopmentRecorded(**self._next(), known=parse_date(known), content=told)

    def corrected(
        self, told: Content, *, known: str | None = None, reason: Reason = NEWS, version: int | None = None
    ) -> DevelopmentCorrected:
        return DevelopmentCorrected(**self._next(), known=date(known), reason=reason, version=version, content=told)

    def withdrawn_source(self, told: Content, *, known: str, name: str) -> DevelopmentCorrected:
        reason = Reason.SOURCE_WITHDRAWN
        return DevelopmentCorrected(**self._next(), known=date(known), reason=reason, content=told, source=url(name))

    def retracted(self, known: str | None = None) -> DevelopmentRetracted:
        reason = RetractionReason.WITHDRAWN if known else RetractionReason.CLERICAL
        return DevelopmentRetracted(**self._next(), known=date(known), reason=reason)

    def sourced(self, known: str, name: str) -> SourceAdded:
        return SourceAdded(**self._next(), known=parse_date(known), source=source(name))

    def stood(self, known: str, standing: Standing) -> StandingChanged:
        return StandingChanged(**self._next(), known=parse_date(known), standing=standing)


def statements(told: Content) -> tuple[Statement, ...]:
    """The explicit facts of a content, as far as tests of versions need them."""
    return tuple(
        Statement(
            Key(TIMELINE, fact.subject, fact.attribute, fact.object, None),
            fact.value,
            fact.since or told.occurred,
            fact.until,
            fact.standing or told.standing,
        )
        for fact in told.facts
    )


def word(value: Value | None) -> str:
    """The word of a value, which has to be a text."""
    assert isinstance(value, TextValue)
    return value.text


def words(told: Content | None) -> str:
    """The words of a content, one after the other; a dash where there is none."""
    if told is None:
        return "-"
    return " ".join(word(fact.value) for fact in told.facts)
