"""Rules about sources: who says so, and whether that is enough."""

from collections.abc import Iterator
from typing import Final

from timeline.content import Content
from timeline.datasets.checked import Checked, History
from timeline.datasets.files import At
from timeline.datasets.findings import Finding
from timeline.sources import SourceKind
from timeline.standing import Standing

FIRST_HAND: Final = frozenset({SourceKind.PRIMARY, SourceKind.COURT, SourceKind.REGULATOR})
"""The kinds of documents by which a party, a court or an authority speaks for itself."""


def has_a_source(checked: Checked) -> Iterator[Finding]:
    """Every development rests on a document, in each of its versions."""
    for history in checked.histories:
        for version in history.versions:
            if version.content is not None and not version.content.sources:
                at = history.at(version.number, "sources")
                yield history.record.spot.error("has-a-source", "no source says so.", "Give at least one.", at=at)
                break


def confirmed_by_whom(checked: Checked) -> Iterator[Finding]:
    """What is confirmed rests on a document of first hand, or on two reports of the press."""
    for history in checked.histories:
        at = next(_unfounded(history), None)
        if at is not None:
            message = "confirmed, but by no document of first hand and by fewer than two papers."
            remedy = 'Add a source, or give the standing "reported".'
            yield history.record.spot.error("confirmed-by-whom", message, remedy, at=at)


def _unfounded(history: History) -> Iterator[At]:
    """Where a version in force calls something confirmed that its sources do not bear out."""
    for force in history.in_force:
        number, content = force.version.number, force.version.content
        if content is None or not content.sources or _is_founded(content):
            continue
        if content.standing is Standing.CONFIRMED:
            yield history.at(number, "standing")
        for place, fact in enumerate(content.facts):
            if fact.standing is Standing.CONFIRMED:
                yield history.at(number, "facts", place, "standing")


def _is_founded(content: Content) -> bool:
    papers = {source.publisher.casefold() for source in content.sources if source.kind is SourceKind.PRESS}
    return len(papers) >= 2 or any(source.kind in FIRST_HAND for source in content.sources)
