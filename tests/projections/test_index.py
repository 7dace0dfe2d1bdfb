"""The index in the database: what it keeps of a history, on both backends."""

from __future__ import annotations

import gc
import random
import weakref
from contextlib import closing
from dataclasses import replace
from itertools import pairwise

import pytest
from eventsourcing.persistence import StoredEvent

from projections.index import IndexProjection
from projections.index.batch import Batch
from projections.index.plane import Ids
from projections.index.rows import Rows, WritableRows
from projections.neighbours import Neighbours
from projections.rebuild.claims import NotedClaims
from tests.projections.planes import check_planes
from tests.projections.recorded import Kept, ceo, no_ceo, told
from tests.timeline.recording import opened
from tests.timeline.telling import CLERICAL, NEWS, TIMELINE, Telling
from timeline.basis import At
from timeline.dates import format_instant, parse_date
from timeline.events import DevelopmentRecorded, RetractionReason
from timeline.mapper import EventMapper
from timeline.store import SQLApplicationRecorder, SQLFactory, create_engine, read, write
from timeline.vocabulary import default_vocabulary


def rows(kept: Kept, sql: str) -> list[tuple]:
    with read(kept.engine) as connection:
        return Rows(connection).all(sql)


def count(kept: Kept, table: str) -> int:
    return rows(kept, f"SELECT count(*) FROM {table}")[0][0]


def several(kept: Kept) -> list[int]:
    """A history in which knowledge changes its mind; the revisions after each step."""
    of = (TIMELINE, "john")
    jane = told(ceo("jane"), occurred="2020-01-01")
    return [
        receipt.revision
        for receipt in (
            kept.tell("mary", ceo("mary"), occurred="2019"),
            kept.tell("john", ceo("john"), occurred="2020-01-01"),
            kept.record.correct(*of, reason=NEWS, content=jane, known=parse_date("2022")),
            kept.record.correct(*of, reason=CLERICAL, content=told(ceo("john"), occurred="2021"), version=1),
            kept.tell("gone", no_ceo(), occurred="2023-06", standing="reported"),
            kept.record.retract(*of, reason=RetractionReason.WITHDRAWN, known=parse_date("2023")),
            kept.record.retract(TIMELINE, "gone", reason=RetractionReason.CLERICAL),
        )
    ]


def test_each_revision_goes_on_answering_as_it_did(kept_anywhere):
    revisions = several(kept_anywhere)
    assert [kept_anywhere.who("2024", known="2022-12-31", revision=revision) for revision in revisions] == [
        "mary",
        "john",
        "jane",
        "jane",
        "jane",
        "jane",
        "jane",
    ]
    assert [kept_anywhere.who("2024", known="2023", revision=revision) for revision in revisions] == [
        "mary",
        "john",
        "jane",
        "jane",
        None,
        None,
        "mary",
    ]
    assert [kept_anywhere.who("2020-06", known="2021", revision=revision) for revision in revisions] == [
        "mary",
        "john",
        "john",
        *["mary"] * 4,
    ]


def test_the_regions_cover_the_plane_after_every_change(kept_anywhere):
    engine = kept_anywhere.engine
    several(kept_anywhere)
    assert check_planes(engine, TIMELINE) > 1


def test_what_is_over_is_kept_apart_from_what_is_now(kept_anywhere):
    kept_anywhere.tell("mary", ceo("mary"), occurred="2019")
    assert count(kept_anywhere, "regions_past") == count(kept_anywhere, "facts_past") == 0
    kept_anywhere.record.retract(TIMELINE, "mary", reason=RetractionReason.CLERICAL)
    assert count(kept_anywhere, "regions_past") == count(kept_anywhere, "facts_past") == 1
    assert {bool(fact_id) for (fact_id,) in rows(kept_anywhere, "SELECT fact_id FROM regions")} == {False}


def test_a_fact_that_nobody_contests_is_not_looked_at_twice(kept_anywhere):
    kept_anywhere.tell("mary", ceo("mary"), occurred="2019")
    kept_anywhere.tell("john", ceo("john"), occurred="2020")
    assert {bool(rivalled) for (rivalled,) in rows(kept_anywhere, "SELECT rivalled FROM facts")} == {False}
    kept_anywhere.tell("jane", ceo("jane"), occurred="2019/2020")
    assert {bool(rivalled) for (rivalled,) in rows(kept_anywhere, "SELECT rivalled FROM facts")} == {True}


@pytest.mark.parametrize("occurred", ["../2020-06", "2020-06/..", "0001", "9999"])
def test_dates_without_end_and_at_the_ends_of_the_calendar_are_facts_as_any_other(kept_anywhere, occurred):
    kept_anywhere.tell("john", ceo("john"), occurred="2020-05")
    kept_anywhere.tell("mary", ceo("mary"), occurred=occurred, known="2020-05")
    kept_anywhere.tell("denied", ceo("mary"), occurred="2020-06-15", known="2020-05", standing="denied")
    date = parse_date(occurred)
    inside = "2020-06-01" if "/" in occurred else occurred
    winner = "john" if date.earliest < parse_date("2020-05").earliest and inside == "2020-06-01" else "mary"
    assert kept_anywhere.who(inside).removesuffix("?") == winner
    check_planes(kept_anywhere.engine, TIMELINE)


def test_instants_a_microsecond_apart_are_told_apart(kept_anywhere):
    """The boxes of an R*Tree are rounded outwards, by minutes in our century: every hit is compared exactly."""
    moments = [parse_date("2023-11-17T20:28Z").latest + step for step in range(6)]
    for number, moment in enumerate(moments):
        who = ("jane", "john", "mary")[number % 3]
        kept_anywhere.tell(f"at-{number}", ceo(who), occurred=format_instant(moment))
    found = [kept_anywhere.who(format_instant(moment), known="2024") for moment in [moments[0] - 1, *moments]]
    assert found == [None, "jane", "john", "mary", "jane", "john", "mary"]
    known = [kept_anywhere.who("2024", known=format_instant(moment)) for moment in [moments[0] - 1, *moments]]
    assert known == found
    with kept_anywhere.archive.snapshot() as snapshot:
        for here, there in pairwise(moments):
            basis = snapshot.basis(format_instant(here), "2024")
            found = snapshot.state_and_neighbours(TIMELINE, basis)[1]
            assert (found.previous, found.next) == (here - 1, there)


def test_one_can_step_through_a_long_history_and_back(kept_anywhere):
    """Also at an earlier revision, where later events have cut the regions into pieces."""
    rng = random.Random(11)
    gaps = [86_400_000_000 * 3 ** rng.uniform(-3, 8) for _ in range(90)]
    moments = [parse_date("1000").earliest + int(sum(gaps[:number])) for number in range(90)]

    def recording(number: int, moment: int, known: str) -> DevelopmentRecorded:
        fact = ceo(("jane", "john", "mary")[number % 3])
        content = told(fact, occurred=format_instant(moment))
        return kept_anywhere.record.recording(TIMELINE, f"{known}-{number}", known=parse_date(known), content=content)

    head = kept_anywhere.record.append([recording(n, at, "2020") for n, at in enumerate(moments)]).revision
    later = [moment + 3_600_000_000 for moment in moments[::4]]
    kept_anywhere.record.append([recording(n, at, "2021") for n, at in enumerate(later)])
    with kept_anywhere.archive.snapshot() as snapshot:

        def neighbours(at: int) -> Neighbours:
            basis = replace(snapshot.basis(known="2022", revision=head), at=At(at))
            return snapshot.state_and_neighbours(TIMELINE, basis)[1]

        forwards, at = [], neighbours(moments[0] - 1).next
        while at is not None:
            forwards.append(at)
            at = neighbours(at).next
        assert forwards == moments
        backwards, before = [], neighbours(moments[-1]).previous
        while before is not None:
            backwards.append(before + 1)
            before = neighbours(before).previous
        assert backwards == moments[::-1]


def test_a_long_history_is_looked_through_from_far_before_it_and_far_after_it(kept_anywhere):
    """Where nothing is at hand that would bound the search, there is more than is read at one go."""
    day = 86_400_000_000
    moments = [parse_date("1900").earliest + number * 100 * day for number in range(140)]
    kept_anywhere.record.append(
        [
            kept_anywhere.record.recording(
                TIMELINE,
                f"day-{number}",
                known=parse_date("2020"),
                content=told(
                    ceo(("jane", "john")[number % 2], until=format_instant(moment + day)),
                    occurred=format_instant(moment),
                ),
            )
            for number, moment in enumerate(moments)
        ]
    )
    with kept_anywhere.archive.snapshot() as snapshot:

        def neighbours(at: int) -> Neighbours:
            return snapshot.state_and_neighbours(TIMELINE, replace(snapshot.basis(known="2022"), at=At(at)))[1]

        assert neighbours(moments[0] - 40 * 365 * day) == Neighbours(None, At(moments[0]))
        last = neighbours(moments[-1] + 40 * 365 * day)
        assert last.next is None
        assert last.previous is not None
        assert neighbours(last.previous).next == last.previous + 1
        assert moments[-1] <= last.previous < moments[-1] + 2 * day


def test_timelines_do_not_see_each_other(kept_anywhere):
    kept_anywhere.tell("mary", ceo("mary"), occurred="2019")
    kept_anywhere.record.open_timeline("other", title="Another history")
    assert kept_anywhere.archive.state("other", at="2021").facts == ()


def test_several_events_of_one_development_can_come_in_one_batch(kept_anywhere):
    tell = Telling()
    events = [
        tell.recorded("2020", told(ceo("john"), occurred="2020-01-01")),
        tell.corrected(told(ceo("jane"), occurred="2020-01-01"), known="2021"),
        tell.retracted("2022"),
        tell.corrected(told(ceo("mary"), occurred="2020-01-01"), known="2023"),
    ]
    kept_anywhere.record.append(events)
    known = [kept_anywhere.who("2024", known=known) for known in ("2019", "2020", "2021", "2022", "2023")]
    assert known == [None, "john", "jane", None, "mary"]
    revisions = [kept_anywhere.who("2024", revision=7 + number) for number in range(4)]
    assert revisions == ["john", "jane", None, "mary"]
    check_planes(kept_anywhere.engine, TIMELINE)


def test_events_are_taken_in_from_their_bytes_as_well(kept, tmp_path, sqlite_databases):
    """A rebuild has no events as objects; it reads them from the log."""
    several(kept)
    log = kept.record.recorder.select_notifications(None, 1000)
    stored = [StoredEvent(item.originator_id, item.originator_version, item.topic, item.state) for item in log]
    with opened(sqlite_databases.copy_to(tmp_path / "again.db")) as (record, archive):
        record.recorder.insert_events(stored)
        again = Kept(record, archive)
        for at in ("2019", "2020", "2021", "2023-06-10", "2024"):
            assert again.state(at).as_json() == kept.state(at).as_json()


def test_an_index_that_is_missing_something_says_so(kept, tmp_path, sqlite_databases):
    """Better no answer than a wrong one: what was not taken in from the beginning has to be rebuilt."""
    event = Telling().recorded("2020", told(ceo("john"), occurred="2020-01-01"))
    stored = kept.record.mapper.to_stored_event(event)
    url = sqlite_databases.copy_to(tmp_path / "late.db")
    engine = create_engine(url)
    recorder = SQLApplicationRecorder(engine, inline=[IndexProjection(default_vocabulary())])
    with closing(SQLFactory(engine=engine)), pytest.raises(LookupError, match="rebuild"):
        recorder.insert_events([stored])
    assert recorder.max_notification_id() is None
    engine.dispose()


def test_a_gap_in_the_regions_is_noticed(kept):
    kept.tell("mary", ceo("mary"), occurred="2019")
    with kept.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM regions WHERE fact_id <> 0")
    with pytest.raises(RuntimeError, match=r"leave a gap.*rebuild"):
        kept.tell("john", ceo("john"), occurred="2020")


def test_what_a_transaction_worked_with_goes_with_it_and_waits_for_no_collector(kept_anywhere):
    """A rebuild lets the collector of cycles rest: what held itself would stay, portion after portion."""
    with write(kept_anywhere.engine) as connection:
        rows = WritableRows(connection)
        ids = Ids(rows)
        batch = Batch(rows, ids, NotedClaims(rows), default_vocabulary(), EventMapper())
        batch.finish()
        rows.close()
    held = weakref.ref(batch)
    gc.disable()
    try:
        del batch, rows, ids
        assert held() is None
    finally:
        gc.enable()
