"""Events to stored bytes and back: canonical JSON, so that equal events have equal bytes for good.

Keys sorted by code point, no white space, UTF-8 unescaped, numbers only as integers: for such data this is the
JSON Canonicalization Scheme (RFC 8785).
"""

import json
from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

from eventsourcing.persistence import (
    EventStore,
    JSONTranscoder,
    Mapper,
    MapperDeserialisationError,
    Notification,
    Recording,
    StoredEvent,
)
from pydantic import ValidationError

from timeline.events import EVENTS, Event

_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
_ELSEWHERE = {"originator_id", "originator_version"}


def canonical_json(state: Any) -> bytes:
    """The one way in which a JSON value is written."""
    return _ENCODER.encode(state).encode()


class EventMapper(Mapper[UUID]):
    """Turns events into stored events and back."""

    def __init__(self) -> None:
        super().__init__(transcoder=JSONTranscoder())

    def to_stored_event(self, domain_event: Any) -> StoredEvent:
        """The event as it is stored."""
        event: Event = domain_event
        state = event.model_dump(mode="json", exclude=_ELSEWHERE, exclude_none=True)
        if event.class_version > 1:
            state["class_version"] = event.class_version
        return StoredEvent(
            originator_id=event.originator_id,
            originator_version=event.originator_version,
            topic=event.TOPIC,
            state=canonical_json(state),
        )

    def to_domain_event(self, stored_event: StoredEvent) -> Event:
        """The event that was stored, brought to the present version of its class.

        Raises:
            MapperDeserialisationError: the topic is unknown or the bytes are not such an event.
        """
        identity = stored_event.originator_id
        return self.read(
            identity if isinstance(identity, UUID) else UUID(identity),
            stored_event.originator_version,
            stored_event.topic,
            stored_event.state,
        )

    def read(self, originator_id: UUID, originator_version: int, topic: str, stored: bytes) -> Event:
        """The event in the columns of a row of the log; raises as `to_domain_event` does."""
        try:
            event_class = EVENTS[topic]
            if event_class.class_version == 1:
                # straight from the bytes, without a dictionary in between; what fails is told better below
                head = f'{{"originator_id":"{originator_id.hex}","originator_version":{originator_version},'
                with suppress(ValidationError):
                    return event_class.model_validate_json(head.encode() + stored[1:])
            state = event_class.upcast(json.loads(stored))
            state["originator_id"] = originator_id
            state["originator_version"] = originator_version
            return event_class.model_validate(state)
        except (KeyError, ValueError, ValidationError) as error:
            raise MapperDeserialisationError(
                f'event {originator_version} of {originator_id}, topic "{topic}", cannot be read: {error}'
            ) from error


class Log(EventStore[UUID]):
    """The library's event store, handing the events themselves to the inline projections."""

    def put(self, domain_events: Sequence[Any], **kwargs: Any) -> list[Recording[UUID]]:
        """Store events; what is derived from them is written in the same transaction."""
        stored = [self.mapper.to_stored_event(event) for event in domain_events]
        positions = self.recorder.insert_events(stored, domain_events=domain_events, **kwargs) or ()
        return [
            Recording(
                event,
                Notification(
                    originator_id=item.originator_id,
                    originator_version=item.originator_version,
                    topic=item.topic,
                    state=item.state,
                    id=position,
                ),
            )
            for event, item, position in zip(domain_events, stored, positions, strict=True)
        ]
