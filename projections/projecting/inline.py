"""Projections of somebody's own in the transaction of the append: never behind, and never in the way.

One that raises is disabled from that event on: its row says how it failed, the log of the service tells it once, and
the append, the other projections and all answers go on. It is folded again when its version is raised, or when it is
stored anew.
"""

import json
import logging
from collections.abc import Iterable, Sequence
from typing import Final

from projections.index.rows import Rows
from projections.projecting.projection import Projection
from projections.projecting.running import clock_of
from projections.projecting.stored import advance, snapshot_of, stored
from timeline.errors import InvalidInput
from timeline.events import Event
from timeline.store import Recorded, WriteConnection
from timeline.vocabulary import Vocabulary

_LOG: Final = logging.getLogger("timeline.projections")


class OwnProjections:
    """Keeps projections up to date with every append. The index has to be written before: facts are read from it."""

    def __init__(self, projections: Sequence[Projection], vocabulary: Vocabulary) -> None:
        """Take the projections in.

        Raises:
            InvalidInput: two have the same name, or one names a clock that there is not.
        """
        names = [projection.name for projection in projections]
        for name in names:
            if names.count(name) > 1:
                raise InvalidInput(
                    f'two projections are called "{name}".', field="projections", remedy="Give one another name."
                )
        for projection in projections:
            clock_of(projection)
        self._projections, self._vocabulary = tuple(projections), vocabulary

    def apply(self, connection: WriteConnection, recorded: Sequence[Recorded]) -> None:
        """Take in one batch. Raises nothing that a projection raises."""
        if self._projections:
            self._advance(connection, dict.fromkeys(map(_timeline, recorded)))

    def fold_all(self, connection: WriteConnection) -> None:
        """Bring every timeline up to date, from the beginning where nothing is kept. Raises as little as `apply`."""
        if self._projections:
            rows = Rows(connection)
            self._advance(connection, [slug for (slug,) in rows.all("SELECT slug FROM timelines ORDER BY id")])
            rows.close()

    def _advance(self, connection: WriteConnection, timelines: Iterable[str]) -> None:
        snapshot = snapshot_of(connection, self._vocabulary)
        for timeline in timelines:
            for projection in self._projections:
                before = stored(snapshot, projection.name, timeline)
                after = advance(connection, snapshot, projection, timeline)
                if after.error is not None and (before is None or before.error != after.error):
                    _LOG.error(
                        'the projection "%s" of "%s" is disabled at event %s (%s): %s',
                        after.name,
                        timeline,
                        after.error["position"],
                        after.error["development"] or "no development",
                        after.error["told"],
                    )


def _timeline(recorded: Recorded) -> str:
    """The slug of the timeline that an event belongs to."""
    event = recorded.event
    if isinstance(event, Event):
        return event.timeline
    found: str = json.loads(recorded.stored.state)["timeline"]
    return found
