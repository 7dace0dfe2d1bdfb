"""What is kept of projections of one's own: is it what comes out when the history is folded once more?

The table is read as it is; each state is folded from the first event to the one up to which it is kept, in one go.
"""

import json
from collections.abc import Sequence
from typing import Any, Final

from projections.index.rows import Rows
from projections.projecting.projection import Projection, ProjectionFailed
from projections.projecting.running import fold
from projections.projecting.stored import END_OF_TIME, snapshot_of
from projections.verify.findings import Verified
from timeline.basis import At, Basis, Known, Revision
from timeline.standing import Floor
from timeline.store import ReadConnection
from timeline.vocabulary import Vocabulary

_TABLE: Final = "projection_states"
_STATES: Final = f"SELECT name, timeline, version, position, state, error FROM {_TABLE} ORDER BY name, timeline"  # noqa: S608
_LAST: Final = (
    "SELECT max(l.position) FROM timelines t JOIN timeline_log l ON l.timeline_id = t.id WHERE t.slug = ? "
    "AND l.position <= ?"
)


def compare_states(
    connection: ReadConnection, vocabulary: Vocabulary, projections: Sequence[Projection], found: Verified
) -> None:
    """Compare the states of these projections; those of an older version of one are made anew when it is next kept."""
    known = {projection.name: projection for projection in projections}
    rows = Rows(connection)
    for name, timeline, version, position, state, error in rows.all(_STATES):
        projection = known.get(name)
        if projection is None or version != projection.version:
            continue
        found.rows[_TABLE] += 1
        where = f"{name} of {timeline}"
        ((last,),) = rows.all(_LAST, (timeline, position))
        if last is None:
            if error is None:
                found.note(_TABLE, where, "its timeline has no event up to there")
            continue
        try:
            folded = _folded(connection, vocabulary, projection, timeline, position)
        except ProjectionFailed:
            if error is None:
                found.note(_TABLE, where, f"it fails when it is folded up to {position}, and is kept as if it had not")
            continue
        if folded != json.loads(state):
            found.note(_TABLE, where, f"folded up to {position} its state is another one")
    rows.close()


def _folded(
    connection: ReadConnection, vocabulary: Vocabulary, projection: Projection, timeline: str, position: int
) -> Any:
    basis = Basis(At(END_OF_TIME), Known(END_OF_TIME), Revision(position), Floor[projection.standing.upper()])
    return fold(snapshot_of(connection, vocabulary), projection, timeline, basis).state
