"""The basis of a page as its address names it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Final, Self

from fastapi import Depends

from api.parameters import AtParameter, KnownParameter, RevisionParameter, StandingParameter
from projections.archive import Snapshot
from timeline.basis import Basis

CLOCKS: Final = ("at", "known", "revision", "standing")
_LONGEST_REVISION: Final = 11


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedBasis:
    """The clocks and the floor of trust as they were asked for; what is left out follows now."""

    at: str | None = None
    known: str | None = None
    revision: int | None = None
    standing: str | None = None

    @classmethod
    def of(cls, fields: Mapping[str, str]) -> Self:
        """What the fields of a form or of another address name; a revision that is no number counts as left out."""
        revision = fields.get("revision", "")
        is_number = revision.isdecimal() and len(revision) <= _LONGEST_REVISION
        return cls(
            at=fields.get("at"),
            known=fields.get("known"),
            revision=int(revision) if is_number else None,
            standing=fields.get("standing"),
        )

    @property
    def parameters(self) -> tuple[tuple[str, str], ...]:
        """What was given, by the names of the parameters."""
        values = (self.at, self.known, self.revision, self.standing)
        return tuple((name, str(value)) for name, value in zip(CLOCKS, values, strict=True) if value is not None)

    def basis(self, snapshot: Snapshot) -> Basis:
        """The basis that is meant; raises as `Snapshot.basis` does."""
        return snapshot.basis(self.at, self.known, self.revision, self.standing)


async def _asked(
    at: AtParameter = None,
    known: KnownParameter = None,
    revision: RevisionParameter = None,
    standing: StandingParameter = None,
) -> AskedBasis:
    return AskedBasis(at=at, known=known, revision=revision, standing=standing)


BasisParameters = Annotated[AskedBasis, Depends(_asked)]
"""The parameters of a basis, read as one."""
