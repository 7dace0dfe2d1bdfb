"""The checks that a data set passes before it is loaded.

A rule looks at a whole data set and yields what it finds; `timeline.datasets.rules` has them all. Errors keep the
data set from being loaded; warnings ask somebody to look again.
"""

from timeline.clock import Clock, SystemClock
from timeline.datasets.checked import Checked
from timeline.datasets.findings import Finding
from timeline.datasets.format import Dataset
from timeline.datasets.reading import Reading
from timeline.datasets.rules import RULES
from timeline.vocabulary import Vocabulary, default_vocabulary


def validate(
    reading: Reading, *, vocabulary: Vocabulary | None = None, clock: Clock | None = None
) -> tuple[Finding, ...]:
    """All findings of a data set: what could not be read, and what the rules say of the rest; by file and line."""
    found = list(reading.findings)
    if reading.dataset is not None:
        found += examine(reading.dataset, vocabulary=vocabulary, clock=clock, unread=reading.unread)
    return _by_place(found)


def examine(
    dataset: Dataset,
    *,
    vocabulary: Vocabulary | None = None,
    clock: Clock | None = None,
    unread: frozenset[str] = frozenset(),
) -> tuple[Finding, ...]:
    """What the rules say of a data set; `unread` names records that are there but could not be read."""
    checked = Checked(dataset, unread, vocabulary or default_vocabulary(), (clock or SystemClock()).now())
    return _by_place([finding for rule in RULES for finding in rule(checked)])


def _by_place(findings: list[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda found: (found.place.file, found.place.line, found.rule)))
