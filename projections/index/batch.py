"""What follows from a batch of events, as rows of the index: timelines, entities, contents and facts.

What becomes of the planes of keys is told to `Claims`, which keep them up at once, or note it for later.
"""

import json
from collections.abc import Mapping
from typing import Any, Final, cast

from pydantic_core import to_json

from projections.index.keys import MetKey, MetKeys, MetTimelines
from projections.index.plane import Claim, Claims, Ids, contender
from projections.index.rivalry import Newcomer, earliest_rival, mark_rivals
from projections.index.rows import Row, WritableRows
from projections.index.told import ToldContent, ToldFact, content_json, statement_json
from timeline.content import Content, StatingPart, statements_of
from timeline.dates import MAX_INSTANT, MIN_INSTANT, EdtfDate
from timeline.events import (
    DevelopmentCorrected,
    DevelopmentEvent,
    DevelopmentRecorded,
    EntityDescribed,
    Event,
    TimelineDescribed,
    TimelineOpened,
)
from timeline.facts import Statement
from timeline.mapper import EventMapper, canonical_json
from timeline.standing import Standing
from timeline.store.derived import content_entities, contents, facts, timeline_log
from timeline.versions import InForce, Stated, Version, advance, in_force, opening, stated
from timeline.vocabulary import Vocabulary

_DENIED: Final = Standing.DENIED.rank
_new: Final = tuple.__new__
"""Makes a named tuple in half the time its own constructor takes: each fact has several."""

_REACH: Final = "SELECT reach FROM timeline_log WHERE timeline_id = ? ORDER BY position DESC LIMIT 1"
_CONTENT_OF: Final = (
    "SELECT id, number, touched, known_from, known_until, revision FROM contents "
    "WHERE timeline_id = ? AND development = ? AND known_from < known_until"
)
_FACTS_OF: Final = (
    "SELECT f.id, f.key_id, f.ordinal, f.known_since, f.position, f.known_from, f.known_until, f.revision, f.standing, "
    "f.since_earliest, f.since_latest, f.until_latest, f.is_end FROM facts f "
    "WHERE f.content_id = ? AND f.known_from < f.known_until"
)


class Batch:
    """One transaction's worth of work: what was looked up once is not looked up again."""

    def __init__(
        self, rows: WritableRows, ids: Ids, claims: Claims, vocabulary: Vocabulary, mapper: EventMapper
    ) -> None:
        self.told: list[ToldContent] = []
        """The contents that are new, in the order of their numbers."""
        self._rows = rows
        self._add_content, self._add_fact = rows.adder(contents), rows.adder(facts)
        self._add_entity, self._add_to_log = rows.adder(content_entities), rows.adder(timeline_log)
        self._vocabulary = vocabulary
        self._mapper = mapper
        self._ids = ids
        self._claims = claims
        self._told: dict[int, ToldContent] = {}
        self._newcomers: list[tuple[int, MetKey, EdtfDate]] = []
        self._timelines = MetTimelines(rows)
        self._reaches: dict[int, int] = {}
        self._keys = MetKeys(rows, ids, claims, self._timelines)

    def take(self, event: Event, position: int) -> None:
        """Write what follows from one event."""
        match event:
            case TimelineOpened():
                number = self._ids.next("timelines")
                self._rows.run("INSERT INTO timelines (id, slug) VALUES (?, ?)", (number, event.timeline))
                self._timelines[event.timeline] = number
                self._describe_timeline(event, position)
            case TimelineDescribed():
                self._describe_timeline(event, position)
            case EntityDescribed():
                self._describe_entity(event, position)
            case _:
                self._change(cast("DevelopmentEvent", event), position)
        self._file(event.timeline, position, event.known if isinstance(event, DevelopmentEvent) else None)

    def record(
        self,
        timeline: str,
        slug: str,
        known: EdtfDate,
        content: Content | StatingPart,
        body: Mapping[str, Any],
        position: int,
    ) -> None:
        """Write what follows from the record of a new development; `body` is the JSON of its content."""
        for force in in_force((opening(known, cast("Content", content), position),)):
            content_id = self._put_content(timeline, slug, force, body, position, is_kept=False)
            known_from, known_until = force.known_from, force.known_until
            for ordinal, statement in enumerate(self._statements(timeline, slug, content)):
                made = (statement, ordinal, 1, known_from, known_until, known_from, position)
                self._put_fact(_new(Stated, made), content_id, position)
        self._file(timeline, position, known)

    def finish(self) -> None:
        """Write what could wait for the end."""
        self._claims.flush()
        self._keys.write()

    def mark_rivals(self) -> None:
        """Mark the new facts that have rivals, and those whose rivals they are; all has to be written."""
        mark_rivals(
            self._rows,
            [
                Newcomer(fact_id, key.id, earliest_rival(since.earliest, key.widest), since.latest, since.earliest)
                for fact_id, key, since in self._newcomers
            ],
        )

    # timelines and entities

    def _reach(self, timeline: int) -> int:
        """The latest `known` of all that was taken in of a timeline."""
        reach = self._reaches.get(timeline)
        if reach is None:
            reach = self._reaches[timeline] = (self._rows.one(_REACH, (timeline,)) or (MIN_INSTANT,))[0]
        return reach

    def _file(self, timeline: str, position: int, known: EdtfDate | None) -> None:
        """Note that an event belongs to a timeline, and how far knowledge reaches with it."""
        number = self._timelines[timeline]
        reach = self._reach(number)
        if known is not None and reach < known.latest < MAX_INSTANT:
            reach = self._reaches[number] = known.latest
        self._add_to_log((number, position, reach))

    def _describe_timeline(self, event: TimelineOpened | TimelineDescribed, position: int) -> None:
        number = self._timelines[event.timeline]
        self._rows.run(
            "UPDATE timeline_texts SET revision_until = ? WHERE timeline_id = ? AND revision_until = ?",
            (position, number, MAX_INSTANT),
        )
        payload = {"title": event.title, "summary": event.summary, "parties": event.parties}
        self._rows.run(
            "INSERT INTO timeline_texts (timeline_id, revision_from, revision_until, payload) VALUES (?, ?, ?, ?)",
            (number, position, MAX_INSTANT, json.dumps(payload, ensure_ascii=False)),
        )

    def _describe_entity(self, event: EntityDescribed, position: int) -> None:
        number, entity = self._timelines[event.timeline], event.entity
        self._rows.run(
            "UPDATE entity_texts SET revision_until = ? WHERE timeline_id = ? AND entity = ? AND revision_until = ?",
            (position, number, entity.id, MAX_INSTANT),
        )
        self._rows.run(
            "INSERT INTO entity_texts (timeline_id, entity, revision_from, revision_until, kind, name, payload) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (number, entity.id, position, MAX_INSTANT, entity.kind, entity.name, entity.model_dump_json()),
        )

    # developments

    def _statements(self, timeline: str, slug: str, content: Content | StatingPart) -> tuple[Statement, ...]:
        return statements_of(content, timeline=timeline, development=slug, vocabulary=self._vocabulary)

    def _change(self, event: DevelopmentEvent, revision: int) -> None:
        """Any later event: compare what the versions say now with what the index holds, and mend the difference."""
        timeline, slug = event.timeline, event.slug
        self._claims.flush()
        versions, told = self._versions(event)
        forces = {force.version.number: force for force in in_force(versions) if force.version.content}
        made = stated(versions, lambda content: self._statements(timeline, slug, content))
        held = self._held(timeline, slug)
        stays: dict[int, int] = {}
        for content_id, number, touched, known_from, known_until, since_revision in held:
            force = forces.get(number)
            if force is None or force.version.touched != touched:
                self._narrow("contents", content_id, (known_from, known_until, since_revision), None, revision)
            else:
                stays[number] = content_id
                span = (force.known_from, force.known_until)
                if span != (known_from, known_until):
                    self._narrow("contents", content_id, (known_from, known_until, since_revision), span, revision)
        wanted = {(s.version, s.ordinal, s.known_since, s.position): s for s in made}
        for content_id, number, *_ in held:
            for row in self._rows.all(_FACTS_OF, (content_id,)):
                identity = (number, row[2], row[3], row[4])
                keep = wanted.pop(identity, None) if number in stays else None
                self._narrow_fact(self._timelines[timeline], row, keep, revision)
        for number, force in forces.items():
            if number not in stays:
                version = force.version
                body = content_json(cast("Content", version.content))
                is_kept = version.touched not in told
                stays[number] = self._put_content(timeline, slug, force, body, revision, is_kept=is_kept)
        for statement in wanted.values():
            self._put_fact(statement, stays[statement.version], revision)

    def _versions(self, event: Event) -> tuple[tuple[Version, ...], set[int]]:
        """The versions after an event, and the positions of the events that carry a content of their own."""
        versions: tuple[Version, ...] = ()
        told = set[int]()
        for position, version, topic, state in self._rows.all(
            "SELECT position, originator_version, topic, state FROM stored_events "
            "WHERE originator_id = ? AND originator_version <= ? ORDER BY originator_version",
            (self._stored_id(event), event.originator_version),
        ):
            earlier = self._mapper.read(event.originator_id, version, topic, bytes(state))
            versions = advance(versions, cast("DevelopmentEvent", earlier), position)
            if isinstance(earlier, DevelopmentRecorded | DevelopmentCorrected):
                told.add(position)
        return versions, told

    def _stored_id(self, event: Event) -> object:
        return event.originator_id.bytes if self._rows.is_sqlite else event.originator_id

    def _held(self, timeline: str, slug: str) -> list[tuple[int, int, int, int, int, int]]:
        return self._rows.all(_CONTENT_OF, (self._timelines[timeline], slug))

    def _put_content(
        self, timeline: str, slug: str, force: InForce, body: Mapping[str, Any], revision: int, *, is_kept: bool
    ) -> int:
        """Write a content; `is_kept` tells whether its row has to keep its words, since no event carries them."""
        version, number = force.version, self._timelines[timeline]
        content = version.content
        if content is None:
            raise ValueError("a version that takes back has no content")
        content_id, occurred = self._ids.next("contents"), content.occurred
        self._told[content_id] = told = ToldContent(content_id, body, {})
        self.told.append(told)
        self._add_content(
            (
                content_id, number, slug, version.number, content.detail.kind, occurred.earliest, occurred.latest,
                force.known_from, force.known_until, revision,
                version.known.text, version.cause, version.position, version.touched,
                to_json(body.get("sources", ())).decode(), canonical_json(body).decode() if is_kept else None,
            )
        )  # fmt: skip
        for entity in content.named_entities():
            self._add_entity((number, entity, content_id))
        return content_id

    # facts

    def _put_fact(self, made: Stated, content_id: int, revision: int) -> None:
        statement, ordinal, _, known_from, known_until, known_since, position = made
        of_key, value, since, until, standing = statement
        key, is_end, rank = self._keys[of_key], value is None, standing.rank
        fact_id, payload = self._ids.next("facts"), statement_json(statement)
        told = self._told.get(content_id)
        if told is not None:
            _, subject, attribute, object_, _ = of_key
            told.facts[ordinal] = _new(ToldFact, (subject, attribute, object_ or "", is_end, rank, payload))
        earliest, latest = since.earliest, since.latest
        key.widen(latest - earliest, denied=rank == _DENIED)
        self._newcomers.append((fact_id, key, since))
        until_earliest, until_latest = (until.earliest, until.latest) if until else (MAX_INSTANT, MAX_INSTANT)
        self._add_fact(
            (
                fact_id, key.id, content_id, ordinal, earliest, latest, until_earliest, until_latest,
                rank, is_end, known_since, position, known_from, known_until, revision, False,
                to_json(payload).decode(),
            )
        )  # fmt: skip
        newcomer = contender(fact_id, (earliest, rank, known_since, position, ordinal, is_end, latest, until_latest))
        reach = self._reach(key.timeline_id)
        claim = (key.timeline_id, key.id, newcomer, latest, known_from, known_until, revision, reach)
        self._claims.enter(_new(Claim, claim))

    def _narrow_fact(self, timeline_id: int, row: Row, keep: Stated | None, revision: int) -> None:
        """Keep a fact in force over less (or more) of knowledge time than it was, or over none."""
        fact_id, key_id, ordinal, known_since, position, known_from, known_until, since_revision, rank = row[:9]
        span = (keep.known_from, keep.known_until) if keep else None
        if span == (known_from, known_until):
            return
        self._narrow("facts", fact_id, (known_from, known_until, since_revision), span, revision)
        if rank == _DENIED:
            return
        who = contender(fact_id, (row[9], rank, known_since, position, ordinal, row[12], row[10], row[11]))
        new_from, new_until = span or (known_until, known_until)
        reach = self._reach(timeline_id)
        for lost_from, lost_until in (
            (known_from, min(known_until, new_from)),
            (max(known_from, new_until), known_until),
        ):
            if lost_from < lost_until:
                self._claims.leave(Claim(timeline_id, key_id, who, row[10], lost_from, lost_until, revision, reach))
        for won_from, won_until in (
            (new_from, min(new_until, known_from)),
            (max(new_from, known_until), new_until),
        ):
            if won_from < won_until:
                self._claims.enter(Claim(timeline_id, key_id, who, row[10], won_from, won_until, revision, reach))

    def _narrow(
        self, table: str, row_id: int, was: tuple[int, int, int], span: tuple[int, int] | None, revision: int
    ) -> None:
        """Note since when a row holds over another range of knowledge time, and remember the one before."""
        owner = "content_id" if table == "contents" else "fact_id"
        if was[2] < revision:
            self._rows.run(
                f"INSERT INTO {table}_past ({owner}, known_from, known_until, revision_from, revision_until) "
                "VALUES (?, ?, ?, ?, ?)",
                (row_id, *was, revision),
            )
        known_from, known_until = span or (was[0], was[0])
        self._rows.run(
            f"UPDATE {table} SET known_from = ?, known_until = ?, revision = ? WHERE id = ?",
            (known_from, known_until, revision, row_id),
        )
