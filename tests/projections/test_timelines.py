"""Timelines at a revision."""

from __future__ import annotations

import pytest

from projections.timelines import timeline_at, timelines_at
from tests.timeline.telling import TIMELINE
from timeline.basis import Revision
from timeline.errors import UnknownTimeline


def test_a_timeline_is_as_it_was_described_at_the_revision(kept_anywhere):
    kept_anywhere.record.describe_timeline(TIMELINE, title="Globex and Acme", summary="Two.", parties=["globex"])
    with kept_anywhere.archive.snapshot() as snapshot:
        now = timeline_at(snapshot, TIMELINE, snapshot.head)
        assert (now.title, now.summary, now.parties) == ("Globex and Acme", "Two.", (("globex", "Globex"),))
        assert timeline_at(snapshot, TIMELINE, Revision(1)).title == "Acme and Globex"
        with pytest.raises(UnknownTimeline):
            timeline_at(snapshot, TIMELINE, Revision(0))


def test_all_timelines_come_in_pages(kept_anywhere):
    for slug in ("zeta", "alpha-2", "alpha"):
        kept_anywhere.record.open_timeline(slug, title=slug)
    with kept_anywhere.archive.snapshot() as snapshot:

        def page(**asked):
            found, following = timelines_at(snapshot, snapshot.head, **asked)
            return [item.slug for item in found], following

        assert page() == ([TIMELINE, "alpha", "alpha-2", "zeta"], None)
        assert page(limit=2) == ([TIMELINE, "alpha"], "alpha")
        assert page(limit=2, after="alpha") == (["alpha-2", "zeta"], None)
        assert timelines_at(snapshot, Revision(0)) == ([], None)
