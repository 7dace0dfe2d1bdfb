"""What was looked at, and what was found to differ."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

LOG: Final = "stored_events"
_TOLD_OF_A_TABLE: Final = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be, and where."""

    table: str
    where: str
    message: str

    def as_json(self) -> dict[str, str]:
        """The finding as the command line gives it."""
        return {"table": self.table, "where": self.where, "message": self.message}


@dataclass(slots=True)
class Verified:
    """The result: how many rows of each table were compared, and what differs.

    Of each table so many findings are kept as anybody can read; `differences` counts all.
    """

    revision: int
    rows: Counter[str] = field(default_factory=Counter)
    differences: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)
    sampled_keys: int = 0
    """Keys with so long a past that it was looked at in some places only."""

    @property
    def is_sound(self) -> bool:
        """Whether nothing differs."""
        return not self.differences

    @property
    def remedy(self) -> str | None:
        """What to do."""
        if self.is_sound:
            return None
        if LOG in self.differences:
            return (
                "The log itself is damaged: restore the database from a backup. "
                "A rebuild can only make again what the log still tells."
            )
        return "Run `timeline rebuild --from-scratch`: it makes all derived tables anew from the log, which is sound."

    def note(self, table: str, where: str, message: str) -> None:
        """Note that something differs."""
        self.differences[table] += 1
        if self.differences[table] <= _TOLD_OF_A_TABLE:
            self.findings.append(Finding(table, where, message))

    def as_json(self) -> dict[str, Any]:
        """The result as the command line gives it."""
        return {
            "revision": self.revision,
            "is_sound": self.is_sound,
            "rows": dict(sorted(self.rows.items())),
            "differences": dict(sorted(self.differences.items())),
            "findings": [finding.as_json() for finding in self.findings],
            "keys_looked_at_in_part": self.sampled_keys,
            "remedy": self.remedy,
        }
