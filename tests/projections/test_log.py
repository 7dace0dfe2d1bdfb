"""The log of one timeline."""

from __future__ import annotations

import pytest

from projections.log import events_after, events_of
from tests.timeline.telling import TIMELINE
from timeline.basis import Revision
from timeline.errors import UnknownTimeline
from timeline.events import DevelopmentRecorded, EntityDescribed, TimelineOpened
from timeline.names import development_id
from timeline.store.migrate import downgrade, upgrade


def positions(kept, after=0, revision=None, limit=100, timeline=TIMELINE):
    with kept.archive.snapshot() as snapshot:
        until = snapshot.head if revision is None else Revision(revision)
        found, following = events_after(snapshot, timeline, after=after, revision=until, limit=limit)
        return [item.position for item in found], following


def test_events_are_those_that_were_recorded(kept_anywhere):
    done = kept_anywhere.tell("one", occurred="2020")
    with kept_anywhere.archive.snapshot() as snapshot:
        found, _ = events_after(snapshot, TIMELINE, after=0, revision=snapshot.head, limit=100)
    assert [type(item.event) for item in found] == [TimelineOpened, *[EntityDescribed] * 5, DevelopmentRecorded]
    assert found[-1].event == done.events[0]
    assert found[-1].as_json()["payload"]["content"]["occurred"] == "2020"


def test_a_page_ends_at_its_limit_or_at_the_revision(kept_anywhere):
    assert positions(kept_anywhere, limit=2) == ([1, 2], 2)
    assert positions(kept_anywhere, after=2, limit=4) == ([3, 4, 5, 6], None)
    assert positions(kept_anywhere, after=4, limit=1) == ([5], 5)
    assert positions(kept_anywhere, revision=3) == ([1, 2, 3], None)
    assert positions(kept_anywhere, after=99) == ([], None)


def test_each_timeline_has_its_own_events_of_the_log(kept_anywhere):
    kept_anywhere.record.open_timeline("other", title=f'"timeline":"{TIMELINE}"')
    kept_anywhere.tell("one", occurred="2020")
    assert positions(kept_anywhere) == ([1, 2, 3, 4, 5, 6, 8], None)
    assert positions(kept_anywhere, limit=6) == ([1, 2, 3, 4, 5, 6], 6)
    assert positions(kept_anywhere, timeline="other") == ([7], None)


def test_a_log_from_before_events_were_filed_by_timeline_is_filed_by_the_migration(kept_anywhere):
    url = kept_anywhere.engine.url.render_as_string(hide_password=False)
    kept_anywhere.record.open_timeline("other", title="Other")
    kept_anywhere.tell("one", occurred="2020")
    downgrade(url, "0003_search")
    upgrade(url)
    assert positions(kept_anywhere) == ([1, 2, 3, 4, 5, 6, 8], None)
    assert positions(kept_anywhere, timeline="other") == ([7], None)


def test_a_slug_that_another_begins_with_is_another(kept_anywhere):
    kept_anywhere.record.open_timeline(f"{TIMELINE}-2", title="Another")
    assert positions(kept_anywhere)[0] == [1, 2, 3, 4, 5, 6]
    assert positions(kept_anywhere, timeline=f"{TIMELINE}-2")[0] == [7]


def test_the_events_of_one_development(kept_anywhere):
    kept_anywhere.tell("one", occurred="2020")
    kept_anywhere.tell("two", occurred="2020")
    with kept_anywhere.archive.snapshot() as snapshot:
        found = events_of(snapshot, development_id(TIMELINE, "two"), snapshot.head)
        assert [item.position for item in found] == [8]
        assert events_of(snapshot, development_id(TIMELINE, "two"), Revision(7)) == []


def test_before_it_was_opened_a_timeline_has_no_log(kept):
    with pytest.raises(UnknownTimeline):
        positions(kept, revision=0)
