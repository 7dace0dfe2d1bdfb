"""Why a development no longer makes a statement: the version that took it back, and the event that opened it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from pydantic_core import from_json

from projections.archive import Snapshot
from projections.index.keyed import Believed
from projections.index.reader import KeyRow
from projections.log import Logged, events_of
from timeline.basis import Revision
from timeline.content import statements_of
from timeline.events import DevelopmentEvent
from timeline.names import development_id
from timeline.versions import Version, advance, in_order
from timeline.vocabulary import Vocabulary

_HOW: Final = {
    "correction": "corrected",
    "standing": "standing-changed",
    "retraction": "retracted",
    # a record or an added source drops nothing, but after a clerical change an older version may differ from them
    "development": "superseded",
    "source": "superseded",
}
"""How a statement is lost, by the cause of the version that does not make it; the other causes say it themselves."""

Lost = tuple[KeyRow, Believed]
"""A statement that its development makes no more from the end of its knowledge time on."""


@dataclass(frozen=True, slots=True)
class Loss:
    """How a statement went out of force: `position` is that of the event, `reason` and `note` are what it gives."""

    how: str
    position: int
    reason: str | None
    note: str


def losses(snapshot: Snapshot, timeline: str, lost: Iterable[Lost], revision: Revision) -> dict[int, Loss]:
    """What took statements out of force, as the log has it at a revision; by the ids of their facts."""
    by_development: dict[str, list[Lost]] = {}
    for key, told in lost:
        by_development.setdefault(told.fact.development, []).append((key, told))
    found: dict[int, Loss] = {}
    for development, some in by_development.items():
        events, versions = dict[int, Logged](), tuple[Version, ...]()
        for item in events_of(snapshot, development_id(timeline, development), revision):
            events[item.position] = item
            versions = advance(versions, cast("DevelopmentEvent", item.event), item.position)
        for key, told in some:
            begun = [version for version in in_order(versions) if version.known.latest == told.known_until]
            if begun:
                version = _that_dropped(begun, key, told, timeline, snapshot.vocabulary)
                found[told.fact.id] = _loss(version, events[version.position])
    return found


def _that_dropped(
    begun: Sequence[Version], key: KeyRow, told: Believed, timeline: str, vocabulary: Vocabulary
) -> Version:
    """Of versions with the same `known`, the one since which none makes the statement."""
    for earlier, version in zip(reversed(begun[:-1]), reversed(begun), strict=False):
        if _states(earlier, key, told, timeline, vocabulary):
            return version
    return begun[0]


def _states(version: Version, key: KeyRow, told: Believed, timeline: str, vocabulary: Vocabulary) -> bool:
    if version.content is None:
        return False
    wanted: Mapping[str, Any] = from_json(told.fact.payload)
    made = statements_of(version.content, timeline=timeline, development=told.fact.development, vocabulary=vocabulary)
    return any(
        (statement.key.subject, statement.key.attribute, statement.key.object or "", statement.key.development or "")
        == (key.subject, key.attribute, key.object, key.development)
        and statement.since.text == wanted["since"]
        and (statement.until.text if statement.until else None) == wanted["until"]
        and statement.standing.value == wanted["standing"]
        and (statement.value and statement.value.model_dump(mode="json", exclude_none=True)) == wanted["value"]
        for statement in made
    )


def _loss(version: Version, opened_by: Logged) -> Loss:
    event = opened_by.event
    reason = getattr(event, "reason", None)
    return Loss(
        how=_HOW.get(version.cause, version.cause),
        position=opened_by.position,
        reason=None if reason is None else str(reason),
        note=getattr(event, "note", ""),
    )
