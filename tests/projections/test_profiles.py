"""Everything about one entity, at a basis."""

from __future__ import annotations

from typing import Any

import pytest

from projections import profiles
from projections.profiles import Profile, profile_at
from tests.projections.recorded import Kept, ceo
from tests.timeline.telling import TIMELINE
from timeline.errors import UnknownEntity, UnknownTimeline


def profile(kept: Kept, entity: str, timeline: str = TIMELINE, **asked: Any) -> Profile:
    with kept.archive.snapshot() as snapshot:
        return profile_at(snapshot, timeline, entity, snapshot.basis(**asked))


def texts(found: Profile) -> list[str]:
    return [fact.text for facts in found.sections.values() for fact in facts]


def test_a_profile_tells_who_it_is_what_holds_and_what_it_took_part_in(kept_anywhere):
    kept_anywhere.tell("one", ceo("john"), occurred="2020-01-01")
    kept_anywhere.tell("two", ceo("jane"), occurred="2021-01-01")
    john = profile(kept_anywhere, "john", at="2020-06")
    assert john.entity.name == "John Roe"
    assert texts(john) == ["John Roe is chief executive of Acme"]
    assert [relation.other for relation in john.relations] == ["acme"]
    assert [item.slug for item in john.latest] == ["one"]
    assert texts(profile(kept_anywhere, "john", at="2022")) == []
    acme = profile(kept_anywhere, "acme", at="2022")
    assert texts(acme) == ["Jane Doe is chief executive of Acme"]
    assert [item.slug for item in acme.latest] == ["two", "one"], "the latest first"


def test_developments_are_those_of_the_basis(kept_anywhere):
    first = kept_anywhere.tell("one", ceo("john"), occurred="2020-01-01")
    kept_anywhere.tell("two", ceo("john"), occurred="2021-01-01", known="2023")
    kept_anywhere.tell("three", ceo("john"), occurred="2022-01-01")

    def latest(**asked: Any) -> list[str]:
        return [item.slug for item in profile(kept_anywhere, "john", **asked).latest]

    assert latest() == ["three", "two", "one"]
    assert latest(at="2021") == ["two", "one"]
    assert latest(known="2022") == ["three", "one"]
    assert latest(revision=first.revision) == ["one"]


def test_of_many_developments_only_the_latest_are_shown(kept_anywhere, monkeypatch):
    monkeypatch.setattr(profiles, "LATEST", 2)
    for year in (2020, 2021, 2022):
        kept_anywhere.tell(f"in-{year}", ceo("john"), occurred=f"{year}-01-01")
    found = profile(kept_anywhere, "john")
    assert ([item.slug for item in found.latest], found.has_more) == (["in-2022", "in-2021"], True)
    assert not profile(kept_anywhere, "john", at="2021").has_more


def test_nobody_has_no_profile(kept):
    with pytest.raises(UnknownEntity) as caught:
        profile(kept, "jon")
    assert caught.value.remedy == 'Did you mean "john"?'
    with pytest.raises(UnknownTimeline):
        profile(kept, "john", timeline="nothing")
