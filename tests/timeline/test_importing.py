"""The log of a timeline leaves one store and enters another: every event to the byte, or none of them."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import text

from projections.export.log import log_digest, log_file
from projections.service import Service, open_service
from tests.projections.recorded import ceo, told
from tests.timeline.datasets.folders import TINY
from timeline.clock import FixedClock
from timeline.datasets.loader import load
from timeline.datasets.reading import read_dataset
from timeline.dates import parse_date
from timeline.errors import AlreadyExists, InvalidInput
from timeline.events import RetractionReason
from timeline.importing import BATCH, Imported, import_log
from timeline.logfile import LONGEST_LINE, event_line, first_line, last_line
from timeline.mapper import canonical_json
from timeline.names import development_id, timeline_id
from timeline.settings import Settings
from timeline.store import SQLApplicationRecorder, read

NOW = parse_date("2025-06-01T12:00Z").latest
EVENTS = 35
"""Of the tiny timeline."""


def opened(url: str) -> Service:
    return open_service(Settings(database_url=url), clock=FixedClock(NOW))


def head(service: Service) -> Any:
    with service.archive.snapshot() as snapshot:
        return snapshot.head


def exported(service: Service, timeline: str = "tiny") -> bytes:
    return b"".join(log_file(service.archive, timeline, head(service)))


def imported(service: Service, file: bytes) -> Imported:
    recorder = service.record.recorder
    assert isinstance(recorder, SQLApplicationRecorder)
    return import_log(recorder, io.BytesIO(file))


def rows(service: Service) -> list[tuple[Any, ...]]:
    """All events as the database holds them."""
    query = "SELECT position, originator_id, originator_version, topic, state FROM stored_events ORDER BY position"
    with read(service.engine) as connection:
        found = connection.execute(text(query)).all()
    return [(row[0], row[1] if isinstance(row[1], bytes) else row[1].bytes, *row[2:4], bytes(row[4])) for row in found]


@pytest.fixture(scope="module")
def tiny(sqlite_databases, tmp_path_factory) -> Iterator[Service]:
    service = opened(sqlite_databases.copy_to(tmp_path_factory.mktemp("tiny") / "timeline.db"))
    load(service.record, read_dataset(TINY).checked())
    yield service
    service.close()


@pytest.fixture
def empty(database_url) -> Iterator[Service]:
    """A store without events, on each backend."""
    service = opened(database_url)
    yield service
    service.close()


@pytest.fixture
def embedded(sqlite_url) -> Iterator[Service]:
    """A store without events, for what has nothing to do with the backend."""
    service = opened(sqlite_url)
    yield service
    service.close()


def test_what_was_exported_is_imported_to_the_byte(tiny, empty):
    file = exported(tiny)
    done = imported(empty, file)
    assert rows(empty) == rows(tiny)
    assert done.revision == head(empty) == head(tiny)
    assert done.digest == log_digest(empty.archive, "tiny", head(empty)) == log_digest(tiny.archive, "tiny", head(tiny))
    assert exported(empty) == file


def test_what_is_derived_arises_as_in_any_append(tiny, empty):
    imported(empty, exported(tiny))
    for at, known in (("2010-06-01", "2010-06-01"), ("2010-10-01", "2010-10-01"), ("2012", "2012")):
        for revision in (None, 20):
            asked = {"at": at, "known": known, "revision": revision}
            assert empty.archive.state("tiny", **asked).as_json() == tiny.archive.state("tiny", **asked).as_json()
    entity = empty.record.entity("tiny", "tidewater")
    assert entity is not None
    assert entity.entity.name == "Tidewater Yard"


def test_the_record_goes_on_after_an_import(tiny, empty):
    imported(empty, exported(tiny))
    before = log_digest(empty.archive, "tiny", head(empty))
    receipt = empty.record.retract("tiny", "2011-06-15-krog-sues", reason=RetractionReason.CLERICAL)
    assert receipt.revision == head(tiny) + 1
    assert log_digest(empty.archive, "tiny", head(empty)) != before
    assert log_digest(empty.archive, "tiny", head(tiny)) == before, "at the revision, the digest is what it was"


def test_a_timeline_leaves_a_store_of_several_and_enters_another_store_of_several(tiny, embedded):
    """Positions in the whole log are each store's own; the digest does not know them."""
    embedded.record.open_timeline("other", title="Another")
    done = imported(embedded, exported(tiny))
    assert done.revision == head(tiny) + 1
    assert done.digest == log_digest(tiny.archive, "tiny", head(tiny))
    assert b'"other"' not in exported(embedded)


def test_the_digest_can_be_had_without_this_program(tiny):
    lines = exported(tiny).splitlines(keepends=True)
    digest = json.loads(lines[-1])["digest"]
    assert digest == f"sha256:{hashlib.sha256(b''.join(lines[1:-1])).hexdigest()}"
    assert json.loads(lines[0]) == {
        "format": "timeline-log",
        "format_version": 1,
        "timeline": "tiny",
        "revision": head(tiny),
    }
    assert json.loads(lines[-1])["events"] == len(lines) - 2 == len(rows(tiny))


def test_an_older_revision_can_be_taken_home(tiny, embedded):
    file = b"".join(log_file(tiny.archive, "tiny", head(tiny).__class__(20)))
    imported(embedded, file)
    assert rows(embedded) == rows(tiny)[:20]


def test_a_log_longer_than_a_page_and_a_batch_keeps_its_order(embedded, tmp_path, sqlite_databases):
    """Corrections far behind what they correct, in another batch."""
    from timeline.datasets.loader import Item, record_all
    from timeline.entities import Entity, EntityKind

    record = embedded.record
    record.open_timeline("acme-globex", title="Acme and Globex")
    record.describe_entity("acme-globex", Entity(id="acme", name="Acme", kind=EntityKind.ORGANISATION))
    record.describe_entity("acme-globex", Entity(id="jane", name="Jane", kind=EntityKind.PERSON))
    known = parse_date("2024-01-01")
    content = told(ceo("jane"), occurred="2024-01-01")
    record_all(record, "acme-globex", (Item(f"d-{number}", known, content) for number in range(BATCH + 200)))
    record.retract("acme-globex", "d-0", reason=RetractionReason.CLERICAL)
    assert head(embedded) > BATCH
    other = opened(sqlite_databases.copy_to(tmp_path / "other.db"))
    steps: list[int] = []
    recorder = other.record.recorder
    assert isinstance(recorder, SQLApplicationRecorder)
    import_log(recorder, io.BytesIO(exported(embedded, "acme-globex")), on_progress=steps.append)
    assert rows(other) == rows(embedded)
    assert steps == [BATCH, head(embedded)]
    other.close()


def test_what_is_kept_already_is_not_overwritten(tiny, embedded):
    file = exported(tiny)
    imported(embedded, file)
    before = rows(embedded)
    with pytest.raises(AlreadyExists, match="kept already"):
        imported(embedded, file)
    assert rows(embedded) == before


# files that are not what an export wrote


def parts(file: bytes) -> tuple[bytes, list[dict[str, Any]]]:
    """The first line of a file, and its events."""
    lines = file.splitlines()
    return lines[0] + b"\n", [json.loads(line) for line in lines[1:-1]]


def signed(first: bytes, events: list[dict[str, Any]]) -> bytes:
    """A file with a last line that fits: changed by somebody who knows the format."""
    lines = b"".join(canonical_json(event) + b"\n" for event in events)
    digest = {"events": len(events), "digest": f"sha256:{hashlib.sha256(lines).hexdigest()}"}
    return first + lines + canonical_json(digest) + b"\n"


def renumbered(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**event, "number": number} for number, event in enumerate(events, start=1)]


def without(number: int) -> Callable[[bytes], bytes]:
    def change(file: bytes) -> bytes:
        first, events = parts(file)
        return signed(first, renumbered(events[: number - 1] + events[number:]))

    return change


def with_state(number: int, **fields: Any) -> Callable[[bytes], bytes]:
    def change(file: bytes) -> bytes:
        first, events = parts(file)
        event = events[number - 1]
        events[number - 1] = {**event, "state": {**event["state"], **fields}}
        return signed(first, events)

    return change


def with_field(number: int, **fields: Any) -> Callable[[bytes], bytes]:
    def change(file: bytes) -> bytes:
        first, events = parts(file)
        events[number - 1] |= fields
        return signed(first, events)

    return change


def swapped(file: bytes) -> bytes:
    first, events = parts(file)
    return signed(first, renumbered([*events[1:2], *events[:1], *events[2:]]))


GARBLED: dict[str, tuple[Callable[[bytes], bytes], str, str]] = {
    "an empty file": (lambda _: b"", "line 1", "not the log"),
    "another sort of file": (lambda _: b'{"type": "FeatureCollection"}\n', "line 1", "changed|not the log"),
    "bytes": (lambda _: bytes(range(256)) * 4, "line 1", "not"),
    "a list": (lambda _: b"[]\n", "line 1", "not the log"),
    "a newer format": (
        lambda file: file.replace(b'"format_version":1', b'"format_version":2', 1),
        "line 1",
        "version 2",
    ),
    "no last line": (lambda file: file[: file.rindex(b'{"digest"')], f"line {EVENTS + 2}", "breaks off"),
    "half a last line": (lambda file: file[:-10], f"line {EVENTS + 2}", "breaks off in the middle"),
    "half of it": (lambda file: file[: len(file) // 2], "line", "breaks off in the middle"),
    "the first line only": (lambda file: file[: file.index(b"\n") + 1], "line 2", "breaks off"),
    "two files": (lambda file: file + file, f"line {EVENTS + 3}", "goes on"),
    "an empty line": (lambda file: file.replace(b"\n", b"\n\n", 1), "line 2", "not JSON"),
    "other line ends": (lambda file: file.replace(b"\n", b"\r\n"), "line 1", "changed"),
    "spaces": (lambda file: file.replace(b'"number":3', b'"number": 3'), "line 4", "changed"),
    "a word of an event": (lambda file: file.replace(b"Tidewater Yard", b"Tidewater Yarn", 1), "line", "was changed"),
    "a line taken out": (
        lambda file: b"".join(file.splitlines(keepends=True)[i] for i in range(EVENTS + 2) if i != 9),
        "line 10",
        "event 9",
    ),
    "a line doubled": (
        lambda file: file.replace((line := file.splitlines(keepends=True)[9]), line * 2),
        "line 11",
        "event 10",
    ),
    "no events": (lambda file: signed(parts(file)[0], []), "line 2", "no events"),
    "nesting without end": (lambda file: file.replace(b"\n", b"\n" + b"[" * 100_000 + b"\n", 1), "line 2", "not JSON"),
    "a line without end": (lambda file: file + b" " * LONGEST_LINE, f"line {EVENTS + 3}", "goes on"),
    "no lines at all": (lambda _: b"x" * (LONGEST_LINE + 2), "line 1", "longer than any event"),
    "an event left out with care": (without(20), "line", "event"),
    "the opening left out": (without(1), "line 2", "not opened first"),
    "the order changed with care": (swapped, "line 2", "not opened first"),
    "an event of another timeline": (with_state(5, timeline="other"), "line 6", "belongs to the timeline"),
    "an event of another aggregate": (
        with_field(5, aggregate=str(development_id("tiny", "x"))),
        "line 6",
        "another aggregate",
    ),
    "an id that is none": (with_field(5, aggregate="x"), "line 6", "cannot be read"),
    "a version that is none": (with_field(5, version="one"), "line 6", "cannot be read|changed"),
    "a version too far": (with_field(5, version=2), "line 6", "event 1 of its aggregate"),
    "a topic of the future": (with_field(5, topic="moon-landed"), "line 6", "moon-landed"),
    "an event of a newer release": (with_state(5, class_version=2), "line 6", "upgrade"),
    "a field of the future": (with_state(5, colour="red"), "line 6", "colour"),
    "a second opening": (
        with_field(2, topic="timeline-opened", aggregate=str(timeline_id("tiny"))),
        "line 3",
        "cannot be read",
    ),
    "a null character": (with_state(5, recorded_at="\x00"), "line 6", "null character"),
    "a field more": (with_field(5, more=1), "line 6", "not an event"),
}


@pytest.mark.parametrize(("change", "line", "message"), GARBLED.values(), ids=GARBLED)
def test_what_is_not_whole_and_unchanged_is_refused_with_its_line_and_leaves_nothing(
    tiny, embedded, change, line, message
):
    file = change(exported(tiny))
    with pytest.raises(InvalidInput, match=message) as refused:
        imported(embedded, file)
    assert refused.value.field is not None
    assert any(refused.value.field.startswith(start) for start in line.split("|"))
    assert refused.value.remedy
    assert rows(embedded) == []


def test_what_fails_in_the_last_line_leaves_nothing_on_any_backend(tiny, empty):
    file = exported(tiny)
    with pytest.raises(InvalidInput, match="was changed"):
        imported(empty, file.replace(b'"events":%d' % EVENTS, b'"events":1'))
    assert rows(empty) == []
    assert imported(empty, file).digest.events == EVENTS


def test_events_that_cannot_follow_from_one_another_are_refused(tiny, embedded):
    """A source added to what was retracted: no command could have decided that."""
    first, events = parts(exported(tiny))
    retraction = next(event for event in events if event["topic"] == "development-retracted")
    source = next(event for event in events if event["topic"] == "source-added")
    known = {"known": "2011-05-01", "slug": retraction["state"]["slug"]}
    added = {
        **source,
        "aggregate": retraction["aggregate"],
        "version": retraction["version"] + 1,
        "state": {**source["state"], **known},
    }
    with pytest.raises(InvalidInput, match="do not follow from one another"):
        imported(embedded, signed(first, renumbered([*events, added])))
    assert rows(embedded) == []


def test_the_lines_of_a_file_are_canonical_json(tiny):
    for line in exported(tiny).splitlines():
        assert canonical_json(json.loads(line)) == line


def test_the_line_of_an_event_takes_the_state_over_as_it_is():
    line = event_line(3, timeline_id("x"), 1, "timeline-opened", b'{"title":"\xc3\xa4"}')
    assert (
        line
        == b'{"aggregate":"%s","number":3,"state":{"title":"\xc3\xa4"},"topic":"timeline-opened","version":1}\n'
        % (str(timeline_id("x")).encode())
    )
    assert first_line("x", 3).endswith(b"}\n")
    assert last_line(log_of_nothing()).startswith(b'{"digest":"sha256:e3b0c442')


def log_of_nothing():
    from timeline.logfile import RunningDigest

    return RunningDigest().digest()
