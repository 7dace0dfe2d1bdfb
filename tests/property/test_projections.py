"""Projections of one's own, over random histories, on both backends: live, inline and stored they are equal."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings

from projections.index import IndexProjection
from projections.projecting import OwnProjections, store, stored
from projections.projecting.running import fold
from projections.projecting.stored import END_OF_TIME
from tests.projections.projecting import own
from tests.property.histories import VOCABULARY, Act, World, histories
from tests.property.test_laws import HISTORIES, law
from timeline.application import Record
from timeline.basis import At, Basis, Known
from timeline.store import InlineProjection, SQLFactory

OWN = (own.Counting(), own.Leaders(), own.LeadersInTime(), own.LeadersAsLearned(), own.Mixed())


class KeepingWorld(World):
    """A world whose record keeps projections with every append."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        inline: list[InlineProjection] = [IndexProjection(VOCABULARY), OwnProjections(OWN, VOCABULARY)]
        self.factory = SQLFactory(engine=self.engine, inline=inline)
        self.record = Record(self.factory, clock=self.clock, vocabulary=VOCABULARY)


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    with KeepingWorld(database_url).opened() as world:
        yield world


@settings(law, max_examples=max(1, HISTORIES // 4))
@given(histories)
def test_live_inline_and_stored_are_equal(world: World, history: list[Act]):
    timeline = world.open()
    list(world.tell(timeline, history))
    with world.archive.snapshot() as snapshot:
        basis = Basis(At(END_OF_TIME), Known(END_OF_TIME), snapshot.head)
        live = {one.name: fold(snapshot, one, timeline, basis).state for one in OWN}
        inline = {one.name: stored(snapshot, one.name, timeline) for one in OWN}
    assert {name: row.state for name, row in inline.items() if row} == live
    for one in OWN:
        assert store(world.engine, one, timeline, VOCABULARY) == inline[one.name]
