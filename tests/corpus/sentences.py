"""The labelled sentences: what is claimed, at which basis, and the verdict that a careful editor would give."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import yaml

FOLDER: Final = Path(__file__).parent

TIMELINE: Final = "microsoft-openai"
"""What both halves are about."""

TODAY: Final = "2026-11-22"
"""The day on which the labels were given: `at` and `known` of a sentence that does not name its own."""

VERDICTS: Final = (
    "undecidable",
    "disputed",
    "supported",
    "believed-then-corrected",
    "was-true",
    "not-yet-true",
    "contradicted",
    "unsupported",
)
"""All verdicts, in the order in which the first that applies is given."""

HALVES: Final = ("tuning", "heldout")

TUNED_ON: Final = ("tuning", "tuning_more")
"""The files of the half that rules may be tuned on: the one that the hash filled, and one that is on its side whole."""

SALT: Final = "corpus 180"
"""Chosen before anything was checked; the README of this folder says how."""

_KEY: Final = re.compile(r"([a-z_]+) ([a-z0-9-]+)>([a-z0-9-]*): ")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence with its basis and its verdict; `why` names the key of the record that decides.

    A failing assertion shows it by its id: half of the sentences must not be read by whoever works on rules.
    """

    id: str
    sentence: str = field(repr=False)
    verdict: str
    section: str
    why: str = field(repr=False)
    at: str = TODAY
    known: str = TODAY

    @property
    def family(self) -> str:
        """What all askings of one sentence have in common: the id up to the double hyphen."""
        return self.id.split("--")[0]

    @property
    def key(self) -> tuple[str, str, str | None] | None:
        """Attribute, subject and object of the key that decides; None if none does."""
        found = _KEY.match(self.why)
        return (found[1], found[2], found[3] or None) if found else None

    @property
    def half(self) -> str:
        """The half in which the sentence belongs: a hash of the family decides, and nobody."""
        digest = sha256(f"{SALT}:{self.family}".encode()).digest()
        return HALVES[digest[0] % len(HALVES)]


def read(name: str) -> Sequence[Labelled]:
    """The sentences of one file of this folder: `tuning`, `tuning_more`, `heldout` or `tiny`."""
    entries = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return tuple(_labelled(entry) for entry in entries)


def tuned_on() -> Sequence[Labelled]:
    """All sentences that rules may be tuned on."""
    return tuple(item for name in TUNED_ON for item in read(name))


def _labelled(entry: Mapping[str, Any]) -> Labelled:
    return Labelled(**{name: str(value) for name, value in entry.items()})
