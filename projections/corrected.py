"""Which facts were first told otherwise: those that a later version of their development brought."""

from collections.abc import Mapping
from dataclasses import dataclass

from projections.archive import Snapshot
from projections.developments import Filters, conditions_of
from projections.state import Held
from timeline.basis import Known, Revision
from timeline.dates import parse_date


@dataclass(frozen=True, slots=True)
class Mended:
    """The version of a development that is in force where it is not the first; `cause` is what opened it."""

    number: int
    cause: str
    known: str

    def brought(self, fact: Held) -> bool:
        """Whether a fact of the development is as it is since this version: what it left alone is known for longer."""
        return fact.known_since == parse_date(self.known).latest


def mended_at(snapshot: Snapshot, timeline: str, *, known: Known, revision: Revision) -> Mapping[str, Mended]:
    """The developments of which a later version than the first is in force, by slug.

    A source that was added changes no statement, and is left out.

    Raises:
        UnknownTimeline: there was no such timeline at that revision.
    """
    number, _ = snapshot.timeline(timeline, revision)
    condition, values = conditions_of(snapshot, number, known, revision, Filters())
    rows = snapshot.rows.all(
        "SELECT c.development, c.number, c.cause, c.known FROM contents c "  # noqa: S608
        f"WHERE {condition} AND c.number > 1 AND c.cause <> 'source'",
        values,
    )
    return {slug: Mended(*mended) for slug, *mended in rows}
