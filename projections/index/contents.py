"""Where the words of a content are: in the event that wrote it, which the log keeps for good anyway.

The row of a content holds what it is found by. Its words are read from the event at `touched`; only where that event
carries no content of its own (it added a source, or changed a standing) does the row have them itself, in `body`.
"""

from collections.abc import Mapping
from typing import Any, Final

from pydantic_core import from_json

from timeline.events import EVENTS

WRITTEN: Final = "c.body, w.topic, w.state"
"""The columns that `content_of` takes, of a row `c` of `contents`."""
BY_WHOM: Final = "LEFT JOIN stored_events w ON w.position = c.touched AND c.body IS NULL"
"""The join that these columns need."""


def content_of(body: str | None, topic: str | None, state: bytes | None) -> Mapping[str, Any]:
    """The JSON of a content, from the columns of `WRITTEN`.

    Raises:
        LookupError: neither the row nor the log has it.
    """
    if body is not None:
        kept: Mapping[str, Any] = from_json(body)
        return kept
    if topic is None or state is None:
        raise LookupError("the log has no event that wrote this content: rebuild the index")
    found: Mapping[str, Any] = EVENTS[topic].upcast(from_json(bytes(state)))["content"]
    return found
