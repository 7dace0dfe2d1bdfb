"""Projections kept in the database: for each and each timeline its state, how far it has come, and how it failed.

What is kept is folded over everything that is recorded, whatever its dates: `at` and `known` are the end of time. A
row depends on the log and on the projection alone, so it can be thrown away, and is made anew when it is needed.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Engine

from projections.archive import Snapshot
from projections.index.rows import Row, Rows, WritableRows
from projections.projecting.projection import Projection, ProjectionFailed
from projections.projecting.running import clock_of, fold
from projections.replay import MovingClock
from timeline.basis import At, Basis, Known, Revision
from timeline.clock import FixedClock
from timeline.dates import parse_date
from timeline.mapper import canonical_json
from timeline.standing import Floor
from timeline.store import ReadConnection, WriteConnection, read, write
from timeline.vocabulary import Vocabulary

END_OF_TIME: Final = parse_date("9999").latest

_COLUMNS: Final = "name, timeline, version, position, state, error"
_PUT: Final = (
    f"INSERT INTO projection_states ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?) "  # noqa: S608 - constants only
    "ON CONFLICT (name, timeline) DO UPDATE SET version = excluded.version, position = excluded.position, "
    "state = excluded.state, error = excluded.error"
)


@dataclass(frozen=True, slots=True)
class Stored:
    """A projection of one timeline as the database has it."""

    name: str
    timeline: str
    version: int
    position: int
    """The last event of the log that it has taken in."""
    state: Any
    error: dict[str, Any] | None
    """How it failed; None while it is kept. From then on it stands still, until it is mended or stored anew."""

    def as_json(self, *, head: int | None = None) -> dict[str, Any]:
        """The row as the command line gives it, without the state; with `head`, whether it has come to the end."""
        body: dict[str, Any] = {
            "projection": self.name,
            "timeline": self.timeline,
            "version": self.version,
            "position": self.position,
            "error": self.error,
        }
        return body if head is None else {**body, "status": self.status(head)}

    def status(self, head: int) -> str:
        """`kept`, `behind` (an event waits to be taken in) or `disabled`, given the last position of the timeline."""
        if self.error is not None:
            return "disabled"
        return "kept" if self.position >= head else "behind"


def stored(snapshot: Snapshot, name: str, timeline: str) -> Stored | None:
    """What the database has of a projection; None if nothing."""
    row = snapshot.rows.one(
        f"SELECT {_COLUMNS} FROM projection_states WHERE name = ? AND timeline = ?",  # noqa: S608 - constants only
        (name, timeline),
    )
    return None if row is None else _stored(row)


def stored_all(snapshot: Snapshot) -> list[tuple[Stored, int]]:
    """Everything that is stored, each with the last position of its timeline."""
    rows = snapshot.rows.all(f"SELECT {_COLUMNS} FROM projection_states ORDER BY name, timeline")  # noqa: S608
    return [(found, last_position(snapshot.rows, found.timeline)) for found in map(_stored, rows)]


def last_position(rows: Rows, timeline: str) -> int:
    """The position of the last event of a timeline; 0 if it has none."""
    found = rows.one(
        "SELECT max(l.position) FROM timeline_log l JOIN timelines t ON t.id = l.timeline_id WHERE t.slug = ?",
        (timeline,),
    )
    return (found[0] if found else None) or 0


def store(engine: Engine, projection: Projection, timeline: str, vocabulary: Vocabulary) -> Stored:
    """Fold a projection from the beginning and keep what comes out, in place of what was kept before.

    Most of the work is done beside the writers; only what was appended meanwhile is taken in while they wait.

    Raises:
        ProjectionFailed: it raised; what is kept stays as it was.
        UnknownTimeline: there is no such timeline.
    """
    with read(engine) as reading:
        snapshot = snapshot_of(reading, vocabulary)
        snapshot.timeline(timeline, snapshot.head)
        made = _folded(snapshot, projection, timeline, None)
    with write(engine) as writing:
        snapshot = snapshot_of(writing, vocabulary)
        if last_position(snapshot.rows, timeline) > made.position:
            made = _folded(snapshot, projection, timeline, made)
        put(writing, made)
    return made


def snapshot_of(connection: ReadConnection, vocabulary: Vocabulary) -> Snapshot:
    """The moment of a transaction, with the clock at the end of time."""
    return Snapshot(connection, vocabulary, FixedClock(END_OF_TIME).now())


def advance(connection: WriteConnection, snapshot: Snapshot, projection: Projection, timeline: str) -> Stored:
    """Take in what was appended, inside the transaction that appends it.

    A projection that raises is marked with how it failed and stands where it stood before; nothing is raised.
    """
    old = stored(snapshot, projection.name, timeline)
    if old is not None and old.version != projection.version:
        old = None
    if old is not None and old.error is not None:
        return old
    try:
        made = _folded(snapshot, projection, timeline, old)
    except ProjectionFailed as failure:
        made = _failed(snapshot, projection, timeline, old, failure)
    put(connection, made)
    return made


def put(connection: WriteConnection, row: Stored) -> None:
    """Keep a row in place of the one before it."""
    error = None if row.error is None else canonical_json(row.error).decode()
    state = canonical_json(row.state).decode()
    WritableRows(connection).run(_PUT, (row.name, row.timeline, row.version, row.position, state, error))


def _folded(snapshot: Snapshot, projection: Projection, timeline: str, old: Stored | None) -> Stored:
    """The row with everything taken in. Along `at` and `known` a new event can change the past: those begin anew."""
    goes_on = old is not None and clock_of(projection) is MovingClock.RECORDED
    left = (old.position, old.state) if old is not None and goes_on else None
    found = fold(snapshot, projection, timeline, _everything(projection, snapshot.head), left=left)
    position = last_position(snapshot.rows, timeline)
    return Stored(projection.name, timeline, projection.version, position, found.state, None)


def _failed(
    snapshot: Snapshot, projection: Projection, timeline: str, old: Stored | None, failure: ProjectionFailed
) -> Stored:
    """The row of a projection that failed: as it stood before that event."""
    error, name, version = failure.as_json(), projection.name, projection.version
    position, state = (0, None) if old is None else (old.position, old.state)
    first = failure.position
    if clock_of(projection) is MovingClock.RECORDED and first is not None and first - 1 > position:
        left = None if old is None else (position, state)
        try:
            basis = _everything(projection, first - 1)
            return Stored(
                name, timeline, version, first - 1, fold(snapshot, projection, timeline, basis, left=left).state, error
            )
        except ProjectionFailed:
            pass  # it fails for other reasons as well
    return Stored(name, timeline, version, position, state, error)


def _everything(projection: Projection, revision: int) -> Basis:
    return Basis(At(END_OF_TIME), Known(END_OF_TIME), Revision(revision), Floor[projection.standing.upper()])


def _stored(row: Row | Sequence[Any]) -> Stored:
    name, timeline, version, position, state, error = row
    return Stored(name, timeline, version, position, json.loads(state), None if error is None else json.loads(error))
