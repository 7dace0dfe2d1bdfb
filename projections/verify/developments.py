"""What the tables say of each development, at every revision at which it changed."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple, cast

from projections.index.rows import Rows
from projections.verify.findings import Verified
from projections.verify.log import Entry, LogCheck
from projections.verify.searching import SearchCheck
from timeline.content import Content, statements_of
from timeline.dates import MAX_INSTANT
from timeline.errors import TimelineError
from timeline.events import DevelopmentCorrected, DevelopmentEvent, DevelopmentRecorded
from timeline.facts import Statement
from timeline.versions import InForce, Stated, Version, advance, in_force, stated
from timeline.vocabulary import Vocabulary

_IN_LIST: Final = 400
_LATER: Final = (
    "SELECT position, originator_id, originator_version, topic, state FROM stored_events "
    "WHERE originator_id IN ({}) AND originator_version > 1 ORDER BY originator_id, originator_version"
)
_CONTENTS: Final = (
    "SELECT c.id, c.development, c.number, c.kind, c.occurred_earliest, c.occurred_latest, c.known, c.cause, "
    "c.position, c.touched, c.sources, c.body, c.known_from, c.known_until, c.revision FROM contents c "
    "WHERE c.timeline_id = ? AND c.development IN ({})"
)
_FACTS: Final = (
    "SELECT f.id, f.content_id, t.slug, k.subject, k.attribute, k.object, k.development, f.ordinal, f.since_earliest, "
    "f.since_latest, f.until_earliest, f.until_latest, f.standing, f.is_end, f.known_since, f.position, f.payload, "
    "f.known_from, f.known_until, f.revision FROM facts f LEFT JOIN keys k ON k.id = f.key_id "
    "LEFT JOIN timelines t ON t.id = k.timeline_id WHERE f.content_id IN ({})"
)
_PAST: Final = (
    "SELECT {owner}, known_from, known_until, revision_from, revision_until FROM {table}_past "
    "WHERE {owner} IN ({marks})"
)
_ENTITIES: Final = (
    "SELECT entity, content_id FROM content_entities WHERE timeline_id = ? AND entity IN ({}) "
    "AND content_id BETWEEN ? AND ?"
)


class Span(NamedTuple):
    """Over which knowledge time a row counted, over a half-open range of revisions."""

    known_from: int
    known_until: int
    revision_from: int
    revision_until: int


class _Kept(NamedTuple):
    """A content or a fact as the tables have it: what never changes, and over which knowledge time it counted when."""

    id: int
    told: tuple[Any, ...]
    spans: list[Span]

    def at(self, revision: int) -> tuple[Any, ...] | None:
        """What it said at a revision, and over which knowledge time; None if over none."""
        for known_from, known_until, since, until in self.spans:
            if since <= revision < until:
                return (*self.told, known_from, known_until) if known_from < known_until else None
        return None


class DevelopmentCheck:
    """Compares contents, facts, entities and searched texts, a portion of developments at a time."""

    def __init__(self, rows: Rows, log: LogCheck, search: SearchCheck, vocabulary: Vocabulary, found: Verified) -> None:
        self._rows = rows
        self._log = log
        self._search = search
        self._vocabulary = vocabulary
        self._found = found
        self._timelines = {slug: number for number, slug in rows.all("SELECT id, slug FROM timelines")}

    def compare(self, entries: Sequence[Entry]) -> None:
        """Compare the developments that these events open."""
        opened = [entry for entry in entries if isinstance(entry.event, DevelopmentRecorded)]
        by_timeline: dict[str, list[list[Entry]]] = defaultdict(list)
        for events in self._with_later(opened):
            by_timeline[events[0].event.timeline].append(events)
        for timeline, histories in by_timeline.items():
            if timeline in self._timelines:
                self._compare(timeline, {cast("DevelopmentEvent", e[0].event).slug: e for e in histories})

    def _with_later(self, opened: Sequence[Entry]) -> Iterable[list[Entry]]:
        ids = [entry.event.originator_id for entry in opened]
        stored: list[object] = [identity.bytes if self._rows.is_sqlite else identity for identity in ids]
        later: dict[object, list[Entry]] = defaultdict(list)
        for row in self._in(_LATER, stored):
            entry = self._log.read(row)
            if entry is not None:
                later[entry.event.originator_id].append(entry)
        return [[entry, *later[entry.event.originator_id]] for entry in opened]

    def _in(
        self, sql: str, values: Sequence[object], *first: object, last: Sequence[object] = ()
    ) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = []
        for start in range(0, len(values), _IN_LIST):
            some = values[start : start + _IN_LIST]
            rows += self._rows.all(sql.format(", ".join("?" * len(some))), (*first, *some, *last))
        return rows

    def _compare(self, timeline: str, histories: Mapping[str, list[Entry]]) -> None:
        number = self._timelines[timeline]
        contents: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        for row in self._in(_CONTENTS, list(histories), number):
            contents[row[1]].append(row)
        ids = [row[0] for some in contents.values() for row in some]
        facts: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
        for row in self._in(_FACTS, ids):
            facts[row[1]].append(row)
        past_of_contents = self._past("contents", "content_id", ids)
        past_of_facts = self._past("facts", "fact_id", [row[0] for some in facts.values() for row in some])
        named: dict[int, set[str]] = {}
        for slug, events in histories.items():
            where = f"{timeline}/{slug}"
            kept = [_content(row, past_of_contents[row[0]]) for row in contents[slug]]
            said = [_fact(fact, row[2], past_of_facts[fact[0]]) for row in contents[slug] for fact in facts[row[0]]]
            self._found.rows["contents"] += len(kept)
            self._found.rows["facts"] += len(said)
            self._follow(where, timeline, slug, events, kept, said, named)
        self._compare_entities(number, named)
        self._search.compare_portion()

    def _past(self, table: str, owner: str, ids: Sequence[int]) -> dict[int, list[Span]]:
        found: dict[int, list[Span]] = defaultdict(list)
        for row in self._in(_PAST.format(owner=owner, table=table, marks="{}"), ids):
            found[row[0]].append(Span(*row[1:]))
            self._found.rows[f"{table}_past"] += 1
        return found

    def _follow(
        self,
        where: str,
        timeline: str,
        slug: str,
        events: Sequence[Entry],
        kept: Sequence[_Kept],
        said: Sequence[_Kept],
        named: dict[int, set[str]],
    ) -> None:
        """Let the development grow event by event, and compare at each."""

        def statements(content: Content) -> tuple[Statement, ...]:
            return statements_of(content, timeline=timeline, development=slug, vocabulary=self._vocabulary)

        versions: tuple[Version, ...] = ()
        seen: set[int] = set()
        carriers = {
            entry.position for entry in events if isinstance(entry.event, DevelopmentRecorded | DevelopmentCorrected)
        }
        for position, event in events:
            at = f"{where} at revision {position}"
            try:
                versions = advance(versions, cast("DevelopmentEvent", event), position)
                forces = [force for force in in_force(versions) if force.version.content is not None]
                made = stated(versions, statements)
            except (TimelineError, ValueError, IndexError) as error:
                self._found.note("facts", at, f"by this vocabulary the event means nothing: {error}")
                return
            wanted = {_told_content(force, carriers): force.version for force in forces}
            counted = {told: one.id for one in kept if (told := one.at(position)) is not None}
            is_now = position == events[-1].position
            there = [told for one in said if (told := one.at(position)) is not None]
            self._differ("contents", at, wanted, counted, [] if is_now else kept)
            self._differ("facts", at, map(_told_fact, made), there, [] if is_now else said)
            for told, version in wanted.items():
                if told in counted and counted[told] not in seen and version.content is not None:
                    content_id = counted[told]
                    seen.add(content_id)
                    named[content_id] = set(version.content.named_entities())
                    self._search.expect(content_id, version.content, statements(version.content), where)
        for one in kept:
            if one.id not in seen:
                self._found.note("contents", where, f"the content {one.id} follows from no event")

    def _differ(
        self,
        table: str,
        where: str,
        wanted: Iterable[tuple[Any, ...]],
        counted: Iterable[tuple[Any, ...]],
        kept: Sequence[_Kept],
    ) -> None:
        """Note a difference; where the rows are `kept`, only that they counted when they should not, in their past."""
        expected, there = sorted(wanted, key=repr), sorted(counted, key=repr)
        if expected == there:
            return
        missing = [one for one in expected if one not in there]
        strays = [one for one in there if one not in expected]
        if kept and {one[:-2] for one in missing} <= {one.told for one in kept}:
            table += "_past"
        what = " and ".join(
            f"{len(some)} {'is' if len(some) == 1 else 'are'} {how}"
            for some, how in ((missing, "missing"), (strays, "not what the log says"))
            if some
        )
        self._found.note(table, where, f"of {len(expected)} rows {what or 'one is there twice'}")

    def _compare_entities(self, number: int, named: Mapping[int, set[str]]) -> None:
        if not named:
            return
        entities = sorted(set().union(*named.values()))
        between = (min(named), max(named))
        there: dict[int, set[str]] = defaultdict(set)
        for entity, content_id in self._in(_ENTITIES, entities, number, last=between):
            there[content_id].add(entity)
        for content_id, expected in named.items():
            self._found.rows["content_entities"] += len(expected & there[content_id])
            if expected - there[content_id]:
                missing = ", ".join(sorted(expected - there[content_id]))
                self._found.note("content_entities", f"content {content_id}", f"it does not lead to {missing}")


def _spans(past: Sequence[Span], now: Sequence[int]) -> list[Span]:
    return [*past, Span(now[0], now[1], now[2], MAX_INSTANT)]


def _content(row: Sequence[Any], past: Sequence[Span]) -> _Kept:
    sources, body = row[10:12]
    told = (*row[2:10], _plain(json.loads(sources)), None if body is None else _plain(json.loads(body)))
    return _Kept(row[0], told, _spans(past, row[12:15]))


def _told_content(force: InForce, carriers: Collection[int]) -> tuple[Any, ...]:
    """What the row of a version says; only where no event at `carriers` wrote it does it have its words itself."""
    version = force.version
    content = cast("Content", version.content)
    body, occurred = content.model_dump(mode="json"), content.occurred
    return (
        *(version.number, content.kind, occurred.earliest, occurred.latest),
        *(version.known.text, version.cause, version.position, version.touched),
        *(_plain(body["sources"]), None if version.touched in carriers else _plain(body)),
        *(force.known_from, force.known_until),
    )


def _fact(row: Sequence[Any], number: int, past: Sequence[Span]) -> _Kept:
    told = (number, *row[2:13], bool(row[13]), *row[14:16], _plain(json.loads(row[16])))
    return _Kept(row[0], told, _spans(past, row[17:20]))


def _told_fact(made: Stated) -> tuple[Any, ...]:
    statement = made.statement
    key, since, until = statement.key, statement.since, statement.until
    payload = {
        "value": statement.value.model_dump(mode="json") if statement.value else None,
        "since": since.text,
        "until": until.text if until else None,
        "standing": statement.standing.value,
    }
    bounds = (until.earliest, until.latest) if until else (MAX_INSTANT, MAX_INSTANT)
    return (
        *(made.version, key.timeline, key.subject, key.attribute, key.object or "", key.development or ""),
        *(made.ordinal, since.earliest, since.latest, *bounds, statement.standing.rank, statement.is_end),
        *(made.known_since, made.position, _plain(payload), made.known_from, made.known_until),
    )


def _plain(body: Any) -> str:
    """JSON as one text, whatever the order of its fields; a field without a value is as good as none."""
    return json.dumps(_bare(body), sort_keys=True)


def _bare(body: Any) -> Any:
    if isinstance(body, dict):
        return {name: _bare(part) for name, part in body.items() if part is not None}
    return [_bare(part) for part in body] if isinstance(body, list | tuple) else body
