"""Names that are looked up once: they stay right at every revision, and the room they take stays bounded."""

from __future__ import annotations

from projections import naming
from projections.naming import NamesKept
from tests.projections.recorded import Kept, ceo
from tests.timeline.telling import TIMELINE
from timeline.entities import Entity, EntityKind


def called(kept: Kept, revision: int | None = None) -> str:
    return kept.state("2021", revision=revision).facts[0].text.removesuffix(" is chief executive of Acme")


def test_a_name_is_the_one_of_the_revision_also_when_it_was_looked_up_before(kept_anywhere):
    kept_anywhere.tell("john", ceo("john"), occurred="2020")
    first = called(kept_anywhere)
    with kept_anywhere.archive.snapshot() as snapshot:
        before = snapshot.head
    kept_anywhere.record.describe_entity(TIMELINE, Entity(id="john", name="John Doe", kind=EntityKind.PERSON))
    assert [called(kept_anywhere), called(kept_anywhere, before), called(kept_anywhere)] == [
        "John Doe",
        first,
        "John Doe",
    ]


def test_the_names_of_few_revisions_are_kept_and_not_too_many_of_each(monkeypatch):
    monkeypatch.setattr(naming, "_REVISIONS", 2)
    monkeypatch.setattr(naming, "_NAMES", 1)
    kept = NamesKept()
    found = kept.at("one", 1)
    found["a"] = "A"
    assert kept.at("one", 1) is found
    assert (kept.at("one", 2), kept.at("two", 1)) == ({}, {})
    assert kept.at("one", 1) == {}
    kept.at("one", 1).update(a="A", b="B")
    assert kept.at("one", 1) == {}
