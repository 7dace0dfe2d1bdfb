"""What is wrong, or looks wrong, in a data set: each finding says where it is and what to do about it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from timeline.errors import DatasetError


class Severity(StrEnum):
    """How bad it is."""

    ERROR = "error"
    """The data set cannot be loaded."""
    WARNING = "warning"
    """It can, but somebody should look at it again."""


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file, and the record that stands there. `file` is relative to the folder of the data set."""

    file: str
    line: int
    record: str | None = None
    field: str | None = None

    def __str__(self) -> str:
        inside = " ".join(part for part in (self.record, self.field) if part)
        return f"{self.file}:{self.line}" + (f" ({inside})" if inside else "")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or looks wrong. `rule` names the check that found it."""

    severity: Severity
    rule: str
    place: Place
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" + (f" {self.remedy}" if self.remedy else "")

    @property
    def is_error(self) -> bool:
        """Whether the data set cannot be loaded because of it."""
        return self.severity is Severity.ERROR

    def as_json(self) -> dict[str, Any]:
        """The finding as programs read it."""
        return {
            "severity": self.severity.value,
            "rule": self.rule,
            **asdict(self.place),
            "message": self.message,
            "remedy": self.remedy or None,
        }


class InvalidDataset(DatasetError):
    """A data set with errors. `findings` has all of them, warnings included."""

    def __init__(self, slug: str, findings: Sequence[Finding]) -> None:
        errors = [finding for finding in findings if finding.is_error]
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        first = errors[0]
        super().__init__(
            f'the data set "{slug}" has errors: {first.message}{more}',
            field=str(first.place),
            remedy=first.remedy or None,
        )
        self.slug = slug
        self.findings = tuple(findings)
