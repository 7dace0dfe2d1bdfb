"""Rules about what a development says: it keeps to the vocabulary, and so does what happens to it later."""

from collections.abc import Iterator

from pydantic import ValidationError

from timeline.content import Content
from timeline.datasets.checked import Checked, History, Refusal
from timeline.datasets.files import At
from timeline.datasets.findings import Finding
from timeline.datasets.format import Correction, DevelopmentRecord
from timeline.datasets.reading import slips_of
from timeline.errors import InvalidInput
from timeline.events import DevelopmentCorrected


def statements(checked: Checked) -> Iterator[Finding]:
    """The facts of a development keep to the vocabulary, and none ends before it begins."""
    for record in checked.dataset.developments:
        yield from _unfit(checked, record, record.content, ())


def _unfit(checked: Checked, record: DevelopmentRecord, content: Content, at: At) -> Iterator[Finding]:
    try:
        checked.statements(record, content)
    except InvalidInput as error:
        yield record.spot.error("statements", error.message, error.remedy or "", at=(*at, *_way(error.field)))


def _way(field: str | None) -> At:
    steps = field.split(".") if field else []
    return tuple(int(step) if step.isdigit() else step for step in steps)


def later_entries(checked: Checked) -> Iterator[Finding]:
    """What happened to a record later is what a development allows, one entry after the other."""
    for history in checked.histories:
        record = history.record
        if not any(_unfit(checked, record, record.content, ())):  # found by `statements`
            for number, event in enumerate(history.events):
                if isinstance(event, DevelopmentCorrected):
                    yield from _unfit(checked, record, event.content, _inside(record, number))
        if history.refusal:
            yield from _refused(history, history.refusal)


def _refused(history: History, refusal: Refusal) -> Iterator[Finding]:
    record, error = history.record, refusal.error
    inside = _inside(record, refusal.number)
    if isinstance(error, ValidationError):
        for slip in slips_of(error, record.content.model_dump(mode="json"), inside):
            yield record.spot.error("later-entries", slip.message, slip.remedy, at=slip.at)
        return
    own = _way(error.field)
    outer: At = ("then", refusal.number)
    way = outer if own and own[0] in {"known", "version", "reason", "standing"} else inside
    yield record.spot.error("later-entries", error.message, error.remedy or "", at=(*way, *own))


def _inside(record: DevelopmentRecord, number: int) -> At:
    """The way to what an entry says of the content."""
    return ("then", number, "changes") if isinstance(record.then[number], Correction) else ("then", number)
