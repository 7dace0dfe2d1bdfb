"""Commands: what they check, what they append, and what happens when two come at once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack

import pytest

from tests import oracle
from tests.processes import said, start
from tests.projections.planes import check_planes
from tests.property.histories import plain
from tests.timeline.recording import NOW, engine_of, opened, set_up, writer
from tests.timeline.telling import CLERICAL, NEWS, SLUG, TIMELINE, content, form, source, url, words
from timeline.application import Record
from timeline.dates import format_instant, parse_date
from timeline.entities import Entity, EntityKind
from timeline.errors import (
    AlreadyExists,
    FutureKnown,
    InvalidInput,
    StaleVersion,
    UndescribedEntity,
    UnknownAttribute,
    UnknownDevelopment,
    UnknownTimeline,
)
from timeline.events import (
    DevelopmentCorrected,
    DevelopmentRecorded,
    DevelopmentRetracted,
    EntityDescribed,
    RetractionReason,
    SourceAdded,
    StandingChanged,
    TimelineDescribed,
)
from timeline.names import development_id
from timeline.repository import Receipt
from timeline.standing import Standing
from timeline.vocabulary import default_vocabulary

KNOWN = parse_date("2024-03-04")
LATER = parse_date("2024-06")


@pytest.fixture
def record(database_url: str) -> Iterator[Record]:
    """A record with a timeline, three entities and a development."""
    with opened(database_url) as (record, _):
        set_up(record)
        record.record(TIMELINE, SLUG, known=KNOWN, content=content("one"))
        yield record


def log_length(record: Record) -> int:
    return record.recorder.max_notification_id() or 0


# what commands do


def test_a_receipt_says_at_which_revision_the_event_counts(record):
    receipt = record.record(TIMELINE, "another", known=KNOWN, content=content("two"))
    (event,) = receipt.events
    assert isinstance(event, DevelopmentRecorded)
    assert (receipt.revision, receipt.version) == (log_length(record), 1)
    assert (event.slug, event.known, event.recorded_at) == ("another", KNOWN, format_instant(NOW))


def test_every_command_appends_one_event_and_the_development_follows(record):
    of = (TIMELINE, SLUG)
    receipts = [
        record.correct(*of, reason=NEWS, content=content("two", sources=("one", "b")), known=LATER, note="why"),
        record.correct(*of, reason=CLERICAL, content=content("won"), version=1),
        record.withdraw_source(*of, url=url("b"), known=LATER),
        record.add_source(*of, source=source("c")),
        record.change_standing(*of, standing=Standing.CONFIRMED, known=LATER),
        record.retract(*of, reason=RetractionReason.WITHDRAWN, known=LATER),
    ]
    assert [type(receipt.events[0]) for receipt in receipts] == [
        DevelopmentCorrected,
        DevelopmentCorrected,
        DevelopmentCorrected,
        SourceAdded,
        StandingChanged,
        DevelopmentRetracted,
    ]
    assert [receipt.version for receipt in receipts] == [2, 3, 4, 5, 6, 7]
    versions = record.development(*of).versions
    assert [words(version.content) for version in versions] == ["won", "two", "two", "two", "two", "-"]
    assert receipts[0].events[0].note == "why"


def test_a_timeline_and_its_entities_can_be_described_anew(record):
    receipt = record.describe_timeline(TIMELINE, title="Globex and Acme", parties=("globex", "acme"))
    assert isinstance(receipt.events[0], TimelineDescribed)
    assert record.timeline(TIMELINE).title == "Globex and Acme"
    receipt = record.describe_entity(TIMELINE, Entity(id="acme", name="Acme Group", kind=EntityKind.ORGANISATION))
    assert isinstance(receipt.events[0], EntityDescribed)
    found = record.entity(TIMELINE, "acme")
    assert found is not None
    assert (found.entity.name, found.version) == ("Acme Group", 2)
    assert record.entity(TIMELINE, "nobody") is None


def test_facts_may_be_about_the_timeline_itself(record):
    term = {"subject": TIMELINE, "attribute": "term", "object": "acme", "value": {"type": "text", "text": "x"}}
    record.record(TIMELINE, "a-term", known=KNOWN, content=content(facts=(term,)))


def test_a_batch_is_appended_as_a_whole(record):
    before = log_length(record)
    batch = [record.recording(TIMELINE, f"number-{number}", known=KNOWN, content=content("one")) for number in range(3)]
    assert log_length(record) == before
    receipt = record.append(batch)
    assert (receipt.revision, log_length(record)) == (before + 3, before + 3)
    with pytest.raises(StaleVersion):
        record.append([replaced(batch[0], "number-9"), batch[1]])
    assert log_length(record) == before + 3


def replaced(event: DevelopmentRecorded, slug: str) -> DevelopmentRecorded:
    return event.model_copy(update={"slug": slug, "originator_id": development_id(TIMELINE, slug)})


# what they refuse


def record_(record, *, timeline=TIMELINE, slug="new", known=KNOWN, told=None):
    record.record(timeline, slug, known=known, content=told or content("one"))


UNKNOWN_PERSON = {"subject": "acme", "attribute": "chief_executive", "value": {"type": "entity", "id": "nobody"}}
UNKNOWN_SUBJECT = {"subject": "nobody", "attribute": "legal_form", "value": {"type": "text", "text": "x"}}
UNKNOWN_DETAIL = {"kind": "statement", "speaker": "nobody", "topic": "x"}
UNKNOWN_ATTRIBUTE = {"subject": "acme", "attribute": "legal_shape", "value": {"type": "text", "text": "x"}}
WRONG_VALUE = {"subject": "acme", "attribute": "chief_executive", "value": {"type": "text", "text": "x"}}

REFUSALS = {
    "a timeline that is not kept": (lambda r: record_(r, timeline="none"), UnknownTimeline, "timeline"),
    "a timeline opened twice": (lambda r: r.open_timeline(TIMELINE, title="Again"), AlreadyExists, "timeline"),
    "describing a timeline that is not kept": (
        lambda r: r.describe_timeline("none", title="None"),
        UnknownTimeline,
        "timeline",
    ),
    "a party nobody described": (
        lambda r: r.describe_timeline(TIMELINE, title="T", parties=("nobody",)),
        UndescribedEntity,
        "parties",
    ),
    "an entity of no timeline": (
        lambda r: r.describe_entity("none", Entity(id="a", name="A", kind=EntityKind.PERSON)),
        UnknownTimeline,
        "timeline",
    ),
    "a development recorded twice": (lambda r: record_(r, slug=SLUG), AlreadyExists, "slug"),
    "a value nobody described": (
        lambda r: record_(r, told=content(facts=(UNKNOWN_PERSON,))),
        UndescribedEntity,
        "content",
    ),
    "a subject nobody described": (
        lambda r: record_(r, told=content(facts=(UNKNOWN_SUBJECT,))),
        UndescribedEntity,
        "content",
    ),
    "a speaker nobody described": (
        lambda r: record_(r, told=content("one", detail=UNKNOWN_DETAIL)),
        UndescribedEntity,
        "content",
    ),
    "an attribute that does not exist": (
        lambda r: record_(r, told=content(facts=(UNKNOWN_ATTRIBUTE,))),
        UnknownAttribute,
        "facts.0.attribute",
    ),
    "a value of the wrong type": (
        lambda r: record_(r, told=content("one", facts=(WRONG_VALUE,))),
        InvalidInput,
        "facts.1.value.type",
    ),
    "a known in the future": (lambda r: record_(r, known=parse_date("2025-06-02")), FutureKnown, "known"),
    "a known without an end": (lambda r: record_(r, known=parse_date("2024/..")), InvalidInput, "known"),
    "a development that is not there": (
        lambda r: r.retract(TIMELINE, "none", reason=RetractionReason.CLERICAL),
        UnknownDevelopment,
        "development",
    ),
    "a development of no timeline": (
        lambda r: r.retract("none", SLUG, reason=RetractionReason.CLERICAL),
        UnknownTimeline,
        "timeline",
    ),
    "a correction known in the future": (
        lambda r: r.correct(TIMELINE, SLUG, reason=NEWS, content=content("two"), known=parse_date("2026")),
        FutureKnown,
        "known",
    ),
    "a correction that breaks the vocabulary": (
        lambda r: r.correct(TIMELINE, SLUG, reason=NEWS, content=content(facts=(WRONG_VALUE,)), known=LATER),
        InvalidInput,
        "facts.0.value.type",
    ),
    "a source withdrawn in the future": (
        lambda r: r.withdraw_source(TIMELINE, SLUG, url=url("one"), known=parse_date("2026")),
        FutureKnown,
        "known",
    ),
    "a retraction in the future": (
        lambda r: r.retract(TIMELINE, SLUG, reason=RetractionReason.WITHDRAWN, known=parse_date("2026")),
        FutureKnown,
        "known",
    ),
    "a source published in the future": (
        lambda r: r.add_source(TIMELINE, SLUG, source=source("b", "2026")),
        FutureKnown,
        "known",
    ),
    "a standing changed in the future": (
        lambda r: r.change_standing(TIMELINE, SLUG, standing=Standing.ALLEGED, known=parse_date("2026")),
        FutureKnown,
        "known",
    ),
}


@pytest.mark.parametrize(("give", "error", "field"), REFUSALS.values(), ids=REFUSALS)
def test_it_refuses_and_leaves_the_log_as_it_was(sqlite_url, give, error, field):
    with opened(sqlite_url) as (record, _):
        set_up(record)
        record.record(TIMELINE, SLUG, known=KNOWN, content=content("one"))
        before = log_length(record)
        with pytest.raises(error) as caught:
            give(record)
        assert type(caught.value) is error
        assert caught.value.field == field
        assert caught.value.remedy
        assert log_length(record) == before


def test_what_ends_before_it_begins_says_which_dates_to_swap(record):
    with pytest.raises(InvalidInput, match="swap them or mend one") as caught:
        record_(record, told=content("one", facts=(form("x", until="2023"),)))
    assert caught.value.field == "facts.1.until"


@pytest.mark.parametrize("known", ["2025", "2025-06", "2025-06-01"])
def test_a_known_that_has_begun_is_accepted_though_it_counts_only_from_its_end(record, known):
    record_(record, known=parse_date(known))


def test_what_the_index_refuses_is_not_in_the_log_either(record, monkeypatch):
    """The events and what is derived from them are one transaction."""
    before = log_length(record)
    monkeypatch.setattr("projections.index.batch.statements_of", None)
    with pytest.raises(TypeError):
        record_(record)
    assert log_length(record) == before


# two at once


def test_a_change_of_what_somebody_else_changed_meanwhile_is_stale(record):
    seen = record.development(TIMELINE, SLUG).version
    change = {"reason": NEWS, "known": LATER, "expected": seen}
    record.correct(TIMELINE, SLUG, content=content("two"), **change)
    with pytest.raises(StaleVersion) as caught:
        record.correct(TIMELINE, SLUG, content=content("three"), **change)
    assert caught.value.field == "expected"
    assert words(record.development(TIMELINE, SLUG).versions[-1].content) == "two"


@pytest.mark.parametrize(
    "change",
    [
        lambda r, n: r.correct(TIMELINE, SLUG, reason=NEWS, content=content("x"), known=LATER, expected=n),
        lambda r, n: r.withdraw_source(TIMELINE, SLUG, url=url("one"), known=LATER, expected=n),
        lambda r, n: r.retract(TIMELINE, SLUG, reason=RetractionReason.CLERICAL, expected=n),
        lambda r, n: r.add_source(TIMELINE, SLUG, source=source("b"), expected=n),
        lambda r, n: r.change_standing(TIMELINE, SLUG, standing=Standing.ALLEGED, known=LATER, expected=n),
    ],
    ids=["correction", "withdrawn source", "retraction", "added source", "standing"],
)
def test_every_change_can_say_what_it_expects(sqlite_url, change):
    with opened(sqlite_url) as (record, _):
        set_up(record)
        record.record(TIMELINE, SLUG, known=KNOWN, content=content("one"))
        with pytest.raises(StaleVersion):
            change(record, 7)
        assert change(record, 1).version == 2


class Interrupting(Record):
    """A record to which somebody else always gets in between reading and writing, a number of times."""

    times = 0

    def development(self, timeline, development):
        found = super().development(timeline, development)
        if self.times:
            self.times -= 1
            name = f"in-between-{self.times}"
            super().append([found.add_source(source=source(name), known=None, recorded_at="2025-01-01T00:00:00Z")])
        return found


@pytest.fixture
def interrupted(record) -> Interrupting:
    return Interrupting(record.factory, clock=record.clock)


def test_a_change_that_expects_nothing_is_decided_anew_on_what_now_stands(interrupted):
    interrupted.times = 1
    receipt = interrupted.add_source(TIMELINE, SLUG, source=source("mine"))
    assert receipt.version == 3
    names = {found.title for found in interrupted.development(TIMELINE, SLUG).versions[-1].content.sources}
    assert names == {"one", "in-between-0", "mine"}


def test_a_change_that_expects_what_it_read_gives_way(interrupted):
    interrupted.times = 1
    with pytest.raises(StaleVersion):
        interrupted.add_source(TIMELINE, SLUG, source=source("mine"), expected=1)


def test_what_no_longer_makes_sense_on_what_now_stands_is_refused(interrupted):
    interrupted.times = 1
    with pytest.raises(AlreadyExists):
        interrupted.add_source(TIMELINE, SLUG, source=source("in-between-0"))


class Overtaking(Record):
    """A record which somebody else, in a thread of theirs, wants to change between every reading and writing."""

    def __init__(self, other: Record, others: Executor) -> None:
        super().__init__(other.factory, clock=other.clock)
        self.other, self.others = other, others
        self.changes: list[Future[Receipt]] = []

    def development(self, timeline, development):
        found = super().development(timeline, development)
        theirs = source(f"theirs-{len(self.changes)}")
        self.changes.append(self.others.submit(self.other.add_source, TIMELINE, SLUG, source=theirs))
        wait(self.changes, timeout=30 if len(self.changes) == 1 else 0.2)  # the second one is to wait for us
        return found


def test_one_that_was_overtaken_has_the_next_turn_to_itself(record):
    with ThreadPoolExecutor(1) as others:
        overtaken = Overtaking(record, others)
        receipt = overtaken.add_source(TIMELINE, SLUG, source=source("mine"))
        first, second = (change.result(10) for change in overtaken.changes)
    assert (first.version, receipt.version, second.version) == (2, 3, 4)


def test_processes_that_record_at_once_lose_nothing(record, database_url):
    names, times = ("left", "right"), 15
    before = log_length(record)
    with ExitStack() as stack:
        processes = [stack.enter_context(writer(database_url, name, times)) for name in names]
        assert [said(process) for process in processes] == ["ready"] * 2
        for process in processes:
            start(process)
        for process in processes:
            process.communicate(timeout=60)
        assert [process.returncode for process in processes] == [0, 0]
    slugs = {f"{name}-{number}" for name in names for number in range(times)}
    assert log_length(record) == before + 2 * len(slugs)
    assert all(record.development(TIMELINE, slug).version == 1 for slug in slugs)
    sources = record.development(TIMELINE, SLUG).versions[-1].content.sources
    assert {found.title for found in sources} == {"one", *slugs}
    # nor did the index
    check_planes(engine_of(record), TIMELINE)
    log = [(item.id, record.mapper.to_domain_event(item)) for item in record.recorder.select_notifications(1, 1000)]
    with opened(database_url) as (_, archive), archive.snapshot() as snapshot:
        basis = snapshot.basis()
        expected = oracle.state(log, timeline=TIMELINE, basis=basis, vocabulary=default_vocabulary())
        assert plain(snapshot.state(TIMELINE, basis)) == expected
        assert len(expected) == 1
