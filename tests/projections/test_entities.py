"""Entities at a revision."""

from __future__ import annotations

import pytest

from projections.entities import entities_at, entity_at, named, require_entity
from tests.timeline.telling import TIMELINE
from timeline.basis import Revision
from timeline.entities import Entity, EntityKind
from timeline.errors import UndescribedEntity, UnknownEntity, UnknownTimeline


def slugs(kept, revision=None, **asked):
    with kept.archive.snapshot() as snapshot:
        found, following = entities_at(snapshot, TIMELINE, revision or snapshot.head, **asked)
        return [entity.id for entity in found], following


def test_an_entity_is_as_it_was_described_at_the_revision(kept_anywhere):
    kept_anywhere.record.describe_entity(
        TIMELINE, Entity(id="acme", name="Acme Holding", kind=EntityKind.ORGANISATION, identifiers={"ticker": "ACME"})
    )
    with kept_anywhere.archive.snapshot() as snapshot:
        assert entity_at(snapshot, TIMELINE, "acme", snapshot.head).identifiers == {"ticker": "ACME"}
        assert entity_at(snapshot, TIMELINE, "acme", Revision(snapshot.head - 1)).name == "Acme"
        with pytest.raises(UnknownEntity):
            entity_at(snapshot, TIMELINE, "acme", Revision(1))
        with pytest.raises(UnknownTimeline):
            entity_at(snapshot, TIMELINE, "acme", Revision(0))


def test_entities_are_ordered_byte_by_byte_and_fetched_in_portions(kept_anywhere, monkeypatch):
    from projections import entities

    monkeypatch.setattr(entities, "_PORTION", 2)
    for slug in ("a-b", "ab", "a1", "a"):
        kept_anywhere.record.describe_entity(TIMELINE, Entity(id=slug, name=slug, kind=EntityKind.TOPIC))
    everybody = ["a", "a-b", "a1", "ab", "acme", "globex", "jane", "john", "mary"]
    assert slugs(kept_anywhere) == (everybody, None)
    assert slugs(kept_anywhere, limit=3) == (everybody[:3], "a1")
    assert slugs(kept_anywhere, limit=6, after="a1") == (everybody[3:], None)
    assert slugs(kept_anywhere, kinds=["person"]) == (["jane", "john", "mary"], None)
    assert slugs(kept_anywhere, beginning="JO") == (["john"], None)
    assert slugs(kept_anywhere, kinds=["person"], limit=2) == (["jane", "john"], "john")


def test_names_are_those_of_the_revision(kept):
    with kept.archive.snapshot() as snapshot:
        number, _ = snapshot.timeline(TIMELINE, snapshot.head)
        everybody = [f"nobody-{n}" for n in range(1200)] + ["jane", "acme"]
        assert named(snapshot, number, everybody, snapshot.head) == {"jane": "Jane Doe", "acme": "Acme"}
        assert named(snapshot, number, everybody, Revision(2)) == {"acme": "Acme"}
        assert named(snapshot, number, [], snapshot.head) == {}


def test_a_question_about_nobody_is_refused(kept):
    with kept.archive.snapshot() as snapshot:
        require_entity(snapshot, TIMELINE, "acme", snapshot.head, field="party")
        require_entity(snapshot, TIMELINE, TIMELINE, snapshot.head, field="party")
        with pytest.raises(UndescribedEntity) as caught:
            require_entity(snapshot, TIMELINE, "nobody", snapshot.head, field="party")
    assert caught.value.field == "party"
