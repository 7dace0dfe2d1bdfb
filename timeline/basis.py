"""The three clocks, and the basis that names an answer for good.

`At`, `Known` and `Revision` are all integers, yet never interchangeable: a type checker refuses one where
another is asked. Instants are microseconds since 1970-01-01T00:00Z; a revision is a position in the log.
"""

from dataclasses import dataclass
from typing import NewType

from timeline.dates import format_instant, format_moment
from timeline.standing import Floor

At = NewType("At", int)
"""Valid time: the instant in the world that is asked about."""

Known = NewType("Known", int)
"""Knowledge time: only what had become public by this instant counts."""

Revision = NewType("Revision", int)
"""System time: the position of the last event of the log that counts; 0 is the empty log."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What an answer rests on. The same basis gives the same answer for good."""

    at: At
    known: Known
    revision: Revision
    floor: Floor = Floor.REPORTED

    def as_json(self) -> dict[str, str | int]:
        """The basis as answers carry it: RFC 3339 instants, the revision, the name of the floor."""
        return {
            "at": format_instant(self.at),
            "known": format_instant(self.known),
            "revision": self.revision,
            "standing": self.floor.label,
        }

    def as_query(self) -> dict[str, str]:
        """The basis as query parameters, in the order in which addresses have them: asked again, the same answer.

        Raises:
            ValueError: `at` or `known` lies outside the years 1 to 9999.
        """
        return {
            "at": format_moment(self.at),
            "known": format_moment(self.known),
            "revision": str(self.revision),
            "standing": self.floor.label,
        }
