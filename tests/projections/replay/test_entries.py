"""The log as light records."""

from __future__ import annotations

import pytest
from eventsourcing.persistence import MapperDeserialisationError

from projections.replay import LogEntry, entries_at, read_log
from tests.timeline.telling import TIMELINE
from timeline.errors import UnknownTimeline
from timeline.events import DevelopmentRecorded, EntityDescribed
from timeline.names import development_id


def test_an_entry_has_the_json_of_the_event_and_makes_the_event_when_asked(kept_anywhere):
    done = kept_anywhere.tell("one", occurred="2020")
    with kept_anywhere.archive.snapshot() as snapshot:
        *_, entry = read_log(snapshot, TIMELINE)
    assert (entry.position, entry.name, entry.version) == (7, "DevelopmentRecorded", 1)
    assert (entry.timeline, entry.development) == (TIMELINE, "one")
    assert entry.data["content"]["occurred"] == "2020"
    assert entry.originator_id == development_id(TIMELINE, "one")
    assert entry.event == done.events[0]
    assert entry.event is entry.event
    assert repr(entry) == "<7 DevelopmentRecorded one>"


def test_every_event_comes_once_and_in_order_however_it_is_paged(kept_anywhere):
    kept_anywhere.record.open_timeline("other", title="Other")
    for number in range(5):
        kept_anywhere.tell(f"development-{number}", occurred="2020")
    with kept_anywhere.archive.snapshot() as snapshot:
        for page in (1, 2, 3, 4, 100):
            assert [entry.position for entry in read_log(snapshot, page=page)] == list(range(1, 13))
            assert [entry.position for entry in read_log(snapshot, TIMELINE, page=page)] == [
                *range(1, 7),
                *range(8, 13),
            ]
            assert [entry.position for entry in read_log(snapshot, TIMELINE, after=3, until=8, page=page)] == [
                4,
                5,
                6,
                8,
            ]
        assert [type(entry.event) for entry in read_log(snapshot, "other")] == [type(snapshot_event(snapshot, 7))]


def snapshot_event(snapshot, position):
    return entries_at(snapshot, [position])[position].event


def test_entries_are_found_by_their_positions(kept_anywhere):
    kept_anywhere.tell("one", occurred="2020")
    with kept_anywhere.archive.snapshot() as snapshot:
        found = entries_at(snapshot, {7, 2, 99})
    assert sorted(found) == [2, 7]
    assert isinstance(found[2].event, EntityDescribed)
    assert isinstance(found[7].event, DevelopmentRecorded)


def test_there_is_no_log_of_a_timeline_that_is_not_there(kept):
    with kept.archive.snapshot() as snapshot, pytest.raises(UnknownTimeline):
        next(read_log(snapshot, "nothing"))


@pytest.mark.parametrize(
    ("topic", "stored"),
    [("unheard-of", b"{}"), ("timeline-opened", b"not JSON"), ("timeline-opened", b'{"class_version": 99}')],
)
def test_what_cannot_be_read_is_named(topic, stored):
    with pytest.raises(MapperDeserialisationError, match="event 3"):
        LogEntry(3, bytes(16), 1, topic, stored)
