"""The sentences by which the record tells its facts are read back as those facts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from projections.check.claim import Claim, Understood
from projections.check.reading import read
from projections.check.vocables import lexicon_of
from projections.service import opened
from projections.state import Held
from timeline.settings import Settings

TIMELINE = "microsoft-openai"
DATES = ("2016-06-30", "2019-12-31", "2021-12-31", "2023-06-30", "2023-11-19", "2024-06-30", "2025-06-30", "2026-11-22")
LEAST_READ_BACK = 0.95


@dataclass(frozen=True)
class ReadBack:
    """A fact of a state, and what its sentence was read as: None if it was not understood."""

    fact: Held
    claims: tuple[Claim, ...] | None

    @property
    def same_key(self) -> list[Claim]:
        key = (self.fact.subject, self.fact.attribute, self.fact.object)
        return [item for item in self.claims or () if (item.subject, item.attribute, item.object) == key]

    @property
    def is_right(self) -> bool:
        return any(not item.is_negated and says(item, self.fact.value) for item in self.same_key)


def says(claim: Claim, value: Mapping[str, Any]) -> bool:
    """Whether a claim says nothing else than the value; without one it says only that there is something."""
    if claim.value is None:
        return True
    left_out = {"note", "status", "form", "qualifier"}  # brackets are passed over, a qualifier is the comparison
    wanted = {name: item for name, item in value.items() if name not in left_out and item is not None}
    given = {name: item for name, item in claim.value.items() if name not in left_out}
    unit = str(wanted.pop("unit", "")), str(given.pop("unit", ""))
    return wanted == given and unit[0].removesuffix("s") == unit[1].removesuffix("s")


@pytest.fixture(scope="module")
def read_back(bundled_url: str) -> Iterator[list[ReadBack]]:
    with (
        opened(Settings(database_url=bundled_url, log_level="ERROR")) as service,
        service.archive.snapshot() as snapshot,
    ):
        basis = snapshot.basis(None, None, None, None)
        lexicon = lexicon_of(snapshot, TIMELINE, basis)
        facts = {
            fact.text: fact
            for date in DATES
            for fact in snapshot.state(TIMELINE, snapshot.basis(date, None, None, None)).facts
        }
        found = []
        for text, fact in facts.items():
            reading = read(text, lexicon, int(basis.at))
            claims = (
                tuple(item for group in reading.groups for item in group) if isinstance(reading, Understood) else None
            )
            found.append(ReadBack(fact, claims))
        yield found


def test_nearly_all_sentences_of_the_record_are_read_back(read_back: list[ReadBack]):
    missed = [item.fact.text for item in read_back if not item.is_right]
    assert len(read_back) > 400
    assert len(missed) <= (1 - LEAST_READ_BACK) * len(read_back), missed


def test_none_is_read_as_a_fact_of_another_key(read_back: list[ReadBack]):
    assert [item.fact.text for item in read_back if item.claims is not None and not item.same_key] == []
