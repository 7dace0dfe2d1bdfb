"""What runs inside the transaction that appends to the log.

Derived tables are written together with the events they derive from: either both are there or neither is.
The store knows nothing of what is derived; it hands every appended batch to the projections it was given, in
their order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from eventsourcing.domain import DomainEventProtocol
    from eventsourcing.persistence import StoredEvent

    from timeline.store.engine import WriteConnection


@dataclass(frozen=True, slots=True)
class Recorded:
    """One event that has just been given its place in the log."""

    position: int
    """Its place in the whole log, from 1, without gaps: the *revision* from which on it counts."""
    stored: StoredEvent
    """The event as it stands in the log."""
    event: DomainEventProtocol[UUID] | None
    """The same event as an object, where the caller had it at hand (`domain_events=`); else decode
    `stored`."""


class InlineProjection(Protocol):
    """A read model that is kept in the transaction of the append."""

    def apply(self, connection: WriteConnection, recorded: Sequence[Recorded]) -> None:
        """Take in one batch, in the order of positions.

        Whatever this raises undoes the whole append and reaches the caller unchanged.
        """
        ...
