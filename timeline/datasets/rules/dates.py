"""Rules about dates: things happen, are told of, and are corrected in this order."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from timeline.datasets.checked import Checked
from timeline.datasets.files import At
from timeline.datasets.findings import Finding
from timeline.datasets.format import Correction, DevelopmentRecord, Then
from timeline.dates import EdtfDate, format_instant
from timeline.events import Reason

_DAY: Final = 24 * 60 * 60 * 1_000_000

LATE: Final = 30
"""How many days after `known` the first source may be published: some papers are only found in later copies."""


def known_by_now(checked: Checked) -> Iterator[Finding]:
    """Nothing becomes known, and no source is published, in the future."""
    for record in checked.dataset.developments:
        for at, date in _public(record):
            if date is not None and date.earliest > checked.now:
                message = f'"{date}" lies in the future (now is {format_instant(checked.now)}).'
                yield record.spot.error("known-by-now", message, "Give the date on which it became public.", at=at)


def _public(record: DevelopmentRecord) -> Iterator[tuple[At, EdtfDate | None]]:
    yield ("known",), record.known
    for number, then in enumerate(record.then):
        yield ("then", number, "known"), then.known
    for number, source in enumerate(record.content.sources):
        yield ("sources", number, "published"), source.published


def known_after_it_occurred(checked: Checked) -> Iterator[Finding]:
    """What is known before it happens is a plan, and rare enough to look at again."""
    for history in checked.histories:
        for force in history.in_force:
            version, content = force.version, force.version.content
            if content is not None and version.known.latest < content.occurred.earliest:
                message = f"known at {version.known}, before it occurred ({content.occurred})."
                remedy = "Mend one of them, unless it was announced beforehand."
                at = (*history.opened[version.number], "known")
                yield history.record.spot.warning("known-after-it-occurred", message, remedy, at=at)
                break


def entries_in_order(checked: Checked) -> Iterator[Finding]:
    """The entries of `then` stand in the order in which the world learned of them."""
    for record in checked.dataset.developments:
        dated = [
            (number, then.known)
            for number, then in enumerate(record.then)
            if then.known is not None and not _mends(then)
        ]
        for (_, before), (number, known) in pairwise(dated):
            if known.latest < before.earliest:
                message = f"known at {known}, but the entry before it at {before}."
                remedy = "Put the entries in the order in which they became known."
                yield record.spot.warning("entries-in-order", message, remedy, at=("then", number, "known"))


def _mends(then: Then) -> bool:
    """Whether the `known` of an entry mends that of an earlier version, instead of being its own."""
    return isinstance(then, Correction) and then.correction is Reason.CLERICAL


def sources_in_time(checked: Checked) -> Iterator[Finding]:
    """The first source is out when the development is known and not before it occurred; none was read before."""
    for record in checked.dataset.developments:
        sources = record.content.sources
        for number, source in enumerate(sources):
            if source.published and source.retrieved and source.retrieved.latest < source.published.earliest:
                message = f"retrieved at {source.retrieved}, before it was published ({source.published})."
                at = ("sources", number, "retrieved")
                yield record.spot.error("sources-in-time", message, "Mend one of the dates.", at=at)
        published = [source.published for source in sources if source.published]
        if not published or len(published) < len(sources):
            continue
        first = min(published, key=lambda date: date.earliest)
        last = max(published, key=lambda date: date.latest)
        if first.earliest > record.known.latest + LATE * _DAY:
            message = f"known at {record.known}, but no source is from before {first}."
            remedy = "Add a source of that time, or give the date on which it did become public."
            yield record.spot.warning("sources-in-time", message, remedy, at=("known",))
        if last.latest < record.content.occurred.earliest:
            message = f"it occurred at {record.content.occurred}, but no source is from after {last}."
            remedy = "Add a source that says that it did happen, or record the plan instead."
            yield record.spot.warning("sources-in-time", message, remedy, at=("occurred",))
