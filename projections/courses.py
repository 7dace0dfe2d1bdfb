"""How what a development says came and went: over knowledge time, and over the revisions of the log.

A course is made from the events of one development. It finds the last event by which something about the version
in force changed (whether it makes a statement, which sources it names) between two points of one clock.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, NamedTuple, cast

from projections.archive import Snapshot
from projections.causes import Turn
from projections.log import Logged, logged
from timeline.basis import Known, Revision
from timeline.content import Content, statements_of
from timeline.events import DevelopmentEvent
from timeline.facts import Statement
from timeline.names import development_id
from timeline.versions import Version, advance, in_force, version_at
from timeline.vocabulary import Vocabulary

_PORTION = 500

View = Callable[[Content | None], object]
"""What is looked at in the content in force; None where nothing is, or the development was taken back."""


class Point(NamedTuple):
    """Two of the three clocks."""

    known: Known
    revision: Revision


@dataclass(frozen=True)
class Course:
    """One development: its events up to a revision, oldest first."""

    timeline: str
    slug: str
    events: tuple[Logged, ...]
    vocabulary: Vocabulary

    @cached_property
    def _histories(self) -> tuple[tuple[int, tuple[Version, ...]], ...]:
        """The versions after each event, with the position of the event."""
        found: list[tuple[int, tuple[Version, ...]]] = []
        versions: tuple[Version, ...] = ()
        for item in self.events:
            versions = advance(versions, cast("DevelopmentEvent", item.event), item.position)
            found.append((item.position, versions))
        return tuple(found)

    def versions(self, revision: Revision) -> tuple[Version, ...]:
        """The versions at a revision; none if it was not recorded yet."""
        known = [versions for position, versions in self._histories if position <= revision]
        return known[-1] if known else ()

    def statement(self, ordinal: int, point: Point) -> Statement | None:
        """The statement at a place in the content in force."""
        version = version_at(self.versions(point.revision), point.known)
        if version is None or version.content is None:
            return None
        made = self._statements(version.content)
        return made[ordinal] if ordinal < len(made) else None

    def makes(self, statement: Statement) -> View:
        """The view that sees whether a content makes a statement."""
        return lambda content: content is not None and statement in self._statements(content)

    def last_turn(self, view: View, before: Point, after: Point) -> Turn | None:
        """The last event between two points that changed what the view sees; None if nothing did.

        First the revisions are gone through at the earlier `known`, then the knowledge at the later revision.
        """
        found: Turn | None = None
        for turn, seen, earlier in self._walk(view, before, after):
            if seen != earlier:
                found = turn
        return found

    def _walk(self, view: View, before: Point, after: Point) -> Iterator[tuple[Turn, object, object]]:
        seen = view(_content(version_at(self.versions(before.revision), before.known)))
        for position, versions in self._histories:
            if before.revision < position <= after.revision:
                earlier, seen = seen, view(_content(version_at(versions, before.known)))
                yield Turn(position, None), seen, earlier
        for force in in_force(self.versions(after.revision)):
            if before.known < force.known_from <= after.known:
                earlier, seen = seen, view(force.version.content)
                yield Turn(force.version.position, force.known_from), seen, earlier

    @cached_property
    def _statements(self) -> Callable[[Content], tuple[Statement, ...]]:
        made = partial(statements_of, timeline=self.timeline, development=self.slug, vocabulary=self.vocabulary)
        kept: dict[int, tuple[Statement, ...]] = {}

        def remembered(content: Content) -> tuple[Statement, ...]:
            if id(content) not in kept:
                kept[id(content)] = made(content)
            return kept[id(content)]

        return remembered


def courses(snapshot: Snapshot, timeline: str, slugs: Iterable[str], revision: Revision) -> Mapping[str, Course]:
    """The courses of developments, read with one question."""
    ids = {development_id(timeline, slug): slug for slug in slugs}
    events: dict[str, list[Logged]] = {slug: [] for slug in ids.values()}
    wanted: list[Any] = [identity.bytes if snapshot.rows.is_sqlite else identity for identity in ids]
    for start in range(0, len(wanted), _PORTION):
        some = wanted[start : start + _PORTION]
        for row in snapshot.rows.all(
            "SELECT position, originator_id, originator_version, topic, state FROM stored_events "  # noqa: S608 - marks
            f"WHERE originator_id IN ({', '.join('?' * len(some))}) AND position <= ? ORDER BY position",
            (*some, revision),
        ):
            item = logged(row)
            events[ids[item.event.originator_id]].append(item)
    return {slug: Course(timeline, slug, tuple(found), snapshot.vocabulary) for slug, found in events.items()}


def sources_of(content: Content | None) -> object:
    """The view that sees which sources a content names."""
    return () if content is None else content.sources


def _content(version: Version | None) -> Content | None:
    return None if version is None else version.content
