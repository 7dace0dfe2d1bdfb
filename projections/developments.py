"""Developments at a basis: lists of them, and one with everything that was ever recorded about it.

Developments depend on two of the three clocks, `known` and `revision`: what a development says does not change
with the date in the world that is asked about.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from projections.archive import Snapshot
from projections.changes import Change, changes_made
from projections.entities import named
from projections.index.contents import BY_WHOM, WRITTEN, content_of
from projections.log import Logged, events_of
from projections.state import visible_sources
from timeline.basis import Known, Revision
from timeline.dates import MAX_INSTANT, MIN_INSTANT, EdtfDate, format_instant, parse_date
from timeline.errors import InvalidInput, UnknownDevelopment, read_from
from timeline.events import DevelopmentEvent
from timeline.names import development_id
from timeline.versions import InForce, Version, advance, in_force, version_at

Place = tuple[int, str]
"""Where a development stands in a list: the earliest bound of when it occurred, then its slug."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which developments to list.

    Instants bound when they occurred, both inclusive: a development is listed if it may have occurred in between.
    """

    kinds: tuple[str, ...] = ()
    party: str | None = None
    occurred_from: int = MIN_INSTANT
    occurred_until: int = MAX_INSTANT

    @classmethod
    def asked(
        cls,
        *,
        kinds: Iterable[str] | None = None,
        party: str | None = None,
        first: str | None = None,
        last: str | None = None,
        last_field: str = "to",
    ) -> Self:
        """The filters as a question names them, with dates in EDTF that count from their start and through their end.

        Raises:
            InvalidInput: a date cannot be read, or `first` lies after `last`. The fields are `from` and `last_field`.
        """
        earliest = MIN_INSTANT if first is None else _date(first, "from").earliest
        latest = MAX_INSTANT if last is None else _date(last, last_field).latest
        if earliest > latest:
            raise InvalidInput(
                f'"{first}" lies after "{last}".', field="from", remedy="Swap the two dates, or mend one."
            )
        return cls(tuple(dict.fromkeys(kinds or ())), party, earliest, latest)


def _date(text: str, field: str) -> EdtfDate:
    with read_from(field):
        return parse_date(text)


@dataclass(frozen=True, slots=True)
class Listed:
    """A development in a list, as the version in force tells it."""

    slug: str
    number: int
    known: str
    content: Mapping[str, Any]
    parties: tuple[tuple[str, str, str | None], ...]
    sources: tuple[Mapping[str, Any], ...]

    def as_json(self) -> dict[str, Any]:
        """The development as lists carry it, without links."""
        content = self.content
        return {
            "development": self.slug,
            "kind": content["detail"]["kind"],
            "title": content["title"],
            "summary": content.get("summary", ""),
            "occurred": content["occurred"],
            "known": self.known,
            "standing": content["standing"],
            "version": self.number,
            "parties": [{"id": slug, "name": name, "role": role} for slug, name, role in self.parties],
            "sources": list(self.sources),
        }


@dataclass(frozen=True, slots=True)
class Recounted:
    """An event of a development with what it changed."""

    logged: Logged
    changed: tuple[Change, ...]

    def as_json(self) -> dict[str, Any]:
        """The event as answers carry it, with the fields it changed."""
        return {**self.logged.as_json(), "changed": [change.as_json() for change in self.changed]}


@dataclass(frozen=True, slots=True)
class History:
    """A development with all its events up to a revision, and the version in force at `known`."""

    timeline: str
    slug: str
    known: Known
    revision: Revision
    events: tuple[Recounted, ...]
    versions: tuple[Version, ...]
    names: Mapping[str, str]

    @property
    def version(self) -> Version | None:
        """The version in force; None where nothing was known yet, or all of it was struck."""
        return version_at(self.versions, self.known)

    @property
    def status(self) -> str:
        """Whether the development is in force at `known`, retracted, or not known yet."""
        version = self.version
        if version is not None:
            return "retracted" if version.content is None else "in-force"
        return "retracted" if all(version.struck for version in self.versions) else "not-yet-known"

    def as_json(self) -> dict[str, Any]:
        """The development as answers carry it, without links."""
        spans = {force.version.number: force for force in in_force(self.versions)}
        version = self.version
        return {
            "timeline": self.timeline,
            "development": self.slug,
            "basis": {"known": format_instant(self.known), "revision": self.revision},
            "status": self.status,
            "version": None if version is None else _shown(version, spans[version.number]),
            "content": None if version is None else _content(version),
            "names": dict(self.names),
            "versions": [_shown(version, spans.get(version.number)) for version in self.versions],
            "history": [event.as_json() for event in self.events],
        }


def developments_at(
    snapshot: Snapshot,
    timeline: str,
    *,
    known: Known,
    revision: Revision,
    filters: Filters,
    after: Place | None = None,
    limit: int = 50,
    newest_first: bool = False,
) -> tuple[Sequence[Listed], Place | None]:
    """At most `limit` developments in force, in the order in which they occurred, and the place to go on after.

    With `newest_first` that order is turned round.

    Raises:
        UnknownTimeline: there was no such timeline at that revision.
    """
    number, _ = snapshot.timeline(timeline, revision)
    collation = "" if snapshot.rows.is_sqlite else ' COLLATE "C"'  # one order on every database
    condition, values = conditions_of(snapshot, number, known, revision, filters)
    if after is not None:
        past = "<" if newest_first else ">"
        condition += (
            f" AND c.occurred_earliest {past}= ? "
            f"AND (c.occurred_earliest {past} ? OR c.development{collation} {past} ?)"
        )
        values += (after[0], after[0], after[1])
    way = " DESC" if newest_first else ""
    rows = snapshot.rows.all(
        f"SELECT c.development, c.number, c.known, c.occurred_earliest, {WRITTEN} FROM contents c {BY_WHOM} "  # noqa: S608
        f"WHERE {condition} "
        f"ORDER BY c.occurred_earliest{way}, c.development{collation}{way} LIMIT ?",
        (*values, limit + 1),
    )
    page = rows[:limit]
    contents = [content_of(*row[4:]) for row in page]
    wanted = {party["entity"] for content in contents for party in content.get("parties", ())}
    names = named(snapshot, number, wanted, revision)
    found = [
        _listed(row[0], row[1], row[2], content, names, known) for row, content in zip(page, contents, strict=True)
    ]
    return found, (page[-1][3], page[-1][0]) if len(rows) > limit else None


def conditions_of(
    snapshot: Snapshot, number: int, known: Known, revision: Revision, filters: Filters
) -> tuple[str, tuple[object, ...]]:
    """Which rows `c` of `contents` are in force in the timeline of that number and pass the filters, and its values."""
    in_force_sql, in_force_values = _in_force(snapshot, known, revision)
    conditions, values = ["c.timeline_id = ?", in_force_sql], list[object]((number, *in_force_values))
    if filters.kinds:
        conditions.append(f"c.kind IN ({', '.join('?' * len(filters.kinds))})")
        values += filters.kinds
    if filters.party is not None:
        conditions.append(
            "EXISTS (SELECT 1 FROM content_entities e "
            "WHERE e.timeline_id = c.timeline_id AND e.entity = ? AND e.content_id = c.id)"
        )
        values.append(filters.party)
    if filters.occurred_from > MIN_INSTANT:
        conditions.append("c.occurred_latest >= ?")
        values.append(filters.occurred_from)
    if filters.occurred_until < MAX_INSTANT:
        conditions.append("c.occurred_earliest <= ?")
        values.append(filters.occurred_until)
    return " AND ".join(conditions), tuple(values)


def development_at(snapshot: Snapshot, timeline: str, slug: str, *, known: Known, revision: Revision) -> History:
    """One development with its whole history up to a revision.

    Raises:
        UnknownTimeline: there was no such timeline at that revision.
        UnknownDevelopment: the development was not recorded by that revision.
    """
    number, _ = snapshot.timeline(timeline, revision)
    events: list[Recounted] = []
    versions: tuple[Version, ...] = ()
    for item in events_of(snapshot, development_id(timeline, slug), revision):
        event = item.event
        if not isinstance(event, DevelopmentEvent):
            raise TypeError(f"{event.name} is no event of a development")
        later = advance(versions, event, item.position)
        events.append(Recounted(item, changes_made(event, versions, later)))
        versions = later
    if not events:
        raise UnknownDevelopment(
            f'the timeline "{timeline}" has no development "{slug}".',
            field="development",
            remedy=f"See /v1/timelines/{timeline}/developments for all of them.",
        )
    entities: Collection[str] = {name for version in versions if version.content for name in version.content.entities()}
    names = named(snapshot, number, entities, revision)
    return History(timeline, slug, known, revision, tuple(events), versions, names)


def moments_of_knowledge(
    snapshot: Snapshot, timeline: str, *, revision: Revision, after: int = MIN_INSTANT, limit: int = 1000
) -> tuple[Sequence[Known], Known | None]:
    """At most `limit` instants after `after` at which a version came into force or ended, and the last if more follow.

    Raises:
        UnknownTimeline: there was no such timeline at that revision.
    """
    number, _ = snapshot.timeline(timeline, revision)
    spans = (
        "SELECT c.known_from AS begins, c.known_until AS ends FROM contents c "
        "WHERE c.timeline_id = ? AND c.known_from < c.known_until AND c.revision <= ?"
    )
    values: tuple[object, ...] = (number, revision)
    if revision < snapshot.head:
        spans += (
            " UNION SELECT p.known_from, p.known_until FROM contents_past p JOIN contents c ON c.id = p.content_id "
            "WHERE c.timeline_id = ? AND p.known_from < p.known_until AND p.revision_from <= ? AND p.revision_until > ?"
        )
        values += (number, revision, revision)
    rows = snapshot.rows.all(
        f"WITH spans AS ({spans}) SELECT moment FROM (SELECT begins AS moment FROM spans UNION "  # noqa: S608
        "SELECT ends FROM spans) AS moments WHERE moment > ? AND moment < ? ORDER BY moment LIMIT ?",
        (*values, after, MAX_INSTANT, limit + 1),
    )
    moments = [Known(row[0]) for row in rows[:limit]]
    return moments, moments[-1] if len(rows) > limit else None


_NOW: Final = "c.known_from <= ? AND c.known_until > ?"
_THEN: Final = (
    "((c.revision <= ? AND c.known_from <= ? AND c.known_until > ?) OR EXISTS (SELECT 1 FROM contents_past p "
    "WHERE p.content_id = c.id AND p.known_from <= ? AND p.known_until > ? AND p.revision_from <= ? "
    "AND p.revision_until > ?))"
)


def _in_force(snapshot: Snapshot, known: Known, revision: Revision) -> tuple[str, tuple[int, ...]]:
    if revision >= snapshot.head:
        return _NOW, (known, known)
    return _THEN, (revision, known, known, known, known, revision, revision)


def _listed(
    slug: str, number: int, written: str, content: Mapping[str, Any], names: Mapping[str, str], known: Known
) -> Listed:
    parties = tuple(
        (party["entity"], names.get(party["entity"], party["entity"]), party.get("role"))
        for party in content.get("parties", ())
    )
    sources = visible_sources(content.get("sources", ()), known)
    return Listed(slug, number, written, content, parties, sources)


def _shown(version: Version, force: InForce | None) -> dict[str, Any]:
    return {
        "number": version.number,
        "known": version.known.text,
        "known_from": format_instant(force.known_from) if force else None,
        "known_until": format_instant(force.known_until) if force and force.known_until < MAX_INSTANT else None,
        "cause": version.cause,
        "position": version.position,
        "written_at": version.touched,
        "retracted": version.content is None,
        "struck": version.struck,
    }


def _content(version: Version) -> dict[str, Any] | None:
    return None if version.content is None else version.content.model_dump(mode="json", exclude_none=True)
