"""Everything that can be asked of the record: one door for the web, the command line and notebooks.

Each question opens one snapshot of the database, so that an answer is of one piece however busy the writers are.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy import Engine

from projections.index.reader import IndexReader
from projections.index.rows import Rows
from projections.naming import NamesKept, NamingReader
from projections.neighbours import Neighbours, neighbours
from projections.selection import select
from projections.state import State, assemble
from timeline.basis import At, Basis, Known, Revision
from timeline.clock import Clock, SystemClock
from timeline.dates import format_instant, parse_date, parse_moment
from timeline.errors import FutureKnown, InvalidInput, UnknownRevision, UnknownTimeline, read_from
from timeline.standing import Floor
from timeline.store import read
from timeline.vocabulary import Vocabulary, default_vocabulary


class Snapshot:
    """One moment of the database, in which related questions can be asked."""

    def __init__(self, connection: Any, vocabulary: Vocabulary, now: int, names: NamesKept | None = None) -> None:
        """`names` may only be shared by snapshots of what is committed: a revision rolled back is given out again."""
        self.connection = connection
        self._names = names or NamesKept()
        self.rows = Rows(connection)
        self.vocabulary = vocabulary
        self.now = now
        found = self.rows.one("SELECT max(position) FROM stored_events")
        self.head = Revision((found[0] if found else None) or 0)

    def basis(
        self,
        at: str | None = None,
        known: str | None = None,
        revision: int | None = None,
        standing: str | None = None,
    ) -> Basis:
        """The basis that a question names; what it leaves out is now, the newest revision, and `reported`.

        Raises:
            InvalidInput: a date cannot be read, or the floor of standing does not exist.
            FutureKnown: `known` begins after now.
            UnknownRevision: the log has not come that far.
        """
        return Basis(
            At(self.now if at is None else _moment(at, "at")),
            self._known(known),
            self._revision(revision),
            _floor(standing),
        )

    def _known(self, known: str | None) -> Known:
        if known is None:
            return Known(self.now)
        moment = _moment(known, "known")
        if moment > self.now:
            if parse_date(known).earliest > self.now:
                raise FutureKnown(
                    f'"{known}" lies in the future (now is {format_instant(self.now)}).',
                    field="known",
                    remedy="Ask about now or earlier; leave it out for what is known now.",
                )
            moment = self.now  # of a day that is not over, what is known so far
        return Known(moment)

    def _revision(self, revision: int | None) -> Revision:
        if revision is None:
            return self.head
        if not 0 <= revision <= self.head:
            raise UnknownRevision(
                f"the log has no revision {revision}; the newest is {self.head}.",
                field="revision",
                remedy="Leave it out for the newest.",
            )
        return Revision(revision)

    def timeline(self, slug: str, revision: int) -> tuple[int, dict[str, Any]]:
        """The number and the description of a timeline at a revision.

        Raises:
            UnknownTimeline: there was none of that slug.
        """
        found = self.rows.one(
            "SELECT t.id, x.payload FROM timelines t JOIN timeline_texts x ON x.timeline_id = t.id "
            "WHERE t.slug = ? AND x.revision_from <= ? AND x.revision_until > ?",
            (slug, revision, revision),
        )
        if found is None:
            raise UnknownTimeline(
                f'there is no timeline "{slug}".', field="timeline", remedy="See /v1/timelines for all of them."
            )
        return found[0], json.loads(found[1])

    def state(self, timeline: str, basis: Basis) -> State:
        """The state at a basis."""
        return self.state_and_neighbours(timeline, basis, wants_neighbours=False)[0]

    def state_and_neighbours(
        self, timeline: str, basis: Basis, *, wants_neighbours: bool = True
    ) -> tuple[State, Neighbours]:
        """The state at a basis, and the nearest instants before and after at which it differs."""
        number, text = self.timeline(timeline, basis.revision)

        found = self._names.at(timeline, basis.revision)

        def reader_at(at: int) -> IndexReader:
            return NamingReader(self.connection, number, replace(basis, at=At(at)), head=self.head, found=found)

        reader = reader_at(basis.at)
        selection = select(reader)
        state = assemble(reader, selection, timeline, text["title"], self.vocabulary)
        return state, neighbours(reader_at, selection) if wants_neighbours else Neighbours(None, None)


class Archive:
    """Reads the record. Opening it opens nothing; each question takes a connection from the engine's pool."""

    def __init__(self, engine: Engine, *, vocabulary: Vocabulary | None = None, clock: Clock | None = None) -> None:
        self._engine = engine
        self._names = NamesKept()
        self.vocabulary = vocabulary or default_vocabulary()
        self.clock = clock or SystemClock()

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """One moment of the database."""
        with read(self._engine) as connection:
            yield Snapshot(connection, self.vocabulary, self.clock.now(), self._names)

    def state(
        self,
        timeline: str,
        *,
        at: str | None = None,
        known: str | None = None,
        revision: int | None = None,
        standing: str | None = None,
    ) -> State:
        """The state of a relationship; dates are written as in queries, and what is left out is now."""
        with self.snapshot() as snapshot:
            return snapshot.state(timeline, snapshot.basis(at, known, revision, standing))


def _moment(text: str, field: str) -> int:
    with read_from(field):
        return parse_moment(text)


def _floor(standing: str | None) -> Floor:
    if standing is None:
        return Floor.REPORTED
    try:
        return Floor[standing.upper()]
    except KeyError:
        raise InvalidInput(
            f'there is no standing "{standing}" to ask for.',
            field="standing",
            remedy='Ask for "confirmed", "reported" or "alleged".',
        ) from None
