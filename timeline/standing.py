"""How well a statement stands, and the floors of trust that a question can ask for."""

from enum import IntEnum, StrEnum
from typing import Literal


class Standing(StrEnum):
    """Who stands behind a statement."""

    CONFIRMED = "confirmed"
    """A party or a primary document says so."""
    REPORTED = "reported"
    """The press says so."""
    ALLEGED = "alleged"
    """Said in litigation, or by one side."""
    DENIED = "denied"
    """The statement made is a denial of the value; it is never state, only a rival."""

    @property
    def rank(self) -> int:
        """Higher is better; the order in which equal dates are decided."""
        return _RANKS[self]

    @property
    def lowest_floor(self) -> int:
        """The strictest floor (as an integer) that admits the standing; past the last floor for a denial."""
        return _LOWEST_FLOORS[self]


class Floor(IntEnum):
    """The least standing that a question admits; each floor admits what the one before it admits, and more."""

    CONFIRMED = 0
    REPORTED = 1
    ALLEGED = 2

    @property
    def label(self) -> str:
        """The name of the floor in the query parameter `standing`."""
        return self.name.lower()

    def admits(self, standing: Standing) -> bool:
        """Whether a fact of that standing can be state on this floor."""
        return standing.lowest_floor <= self


FloorName = Literal["confirmed", "reported", "alleged"]
"""A floor as a question names it: its label."""

_RANKS = {Standing.CONFIRMED: 3, Standing.REPORTED: 2, Standing.ALLEGED: 1, Standing.DENIED: 0}
_LOWEST_FLOORS = {
    Standing.CONFIRMED: int(Floor.CONFIRMED),
    Standing.REPORTED: int(Floor.REPORTED),
    Standing.ALLEGED: int(Floor.ALLEGED),
    Standing.DENIED: int(Floor.ALLEGED) + 1,
}
