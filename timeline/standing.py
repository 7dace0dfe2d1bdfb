"""How well a statement stands, and the floors of trust that a question can ask for."""

from collections.abc import Mapping
from enum import IntEnum, StrEnum
from typing import Final, Literal, Self


class Standing(StrEnum):
    """Who stands behind a statement."""

    rank: int
    """Higher is better; the order in which equal dates are decided."""

    def __new__(cls, value: str, rank: int = 0) -> Self:
        """The standing of that name; its rank is kept with it, since every fact asks for it many times."""
        standing = str.__new__(cls, value)
        standing._value_ = value
        standing.rank = rank
        return standing

    CONFIRMED = "confirmed", 3
    """A party or a primary document says so."""
    REPORTED = "reported", 2
    """The press says so."""
    ALLEGED = "alleged", 1
    """Said in litigation, or by one side."""
    DENIED = "denied", 0
    """The statement made is a denial of the value; it is never state, only a rival."""

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


STANDINGS: Final[Mapping[str, Standing]] = {standing.value: standing for standing in Standing}
"""The standings by their names: `Standing(name)` takes many times as long to look there."""

FloorName = Literal["confirmed", "reported", "alleged"]
"""A floor as a question names it: its label."""

_LOWEST_FLOORS = {
    Standing.CONFIRMED: int(Floor.CONFIRMED),
    Standing.REPORTED: int(Floor.REPORTED),
    Standing.ALLEGED: int(Floor.ALLEGED),
    Standing.DENIED: int(Floor.ALLEGED) + 1,
}
