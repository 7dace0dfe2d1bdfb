"""What became of the values of a key, in sentences: how each stopped holding, or stopped being believed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from api.web.addresses import naming
from api.web.footnotes import Footnotes, Reference
from projections.briefing.wording import date_text, on_text
from projections.history.fates import Status, Stop
from projections.history.keys import Histories, KeyHistory, PastValue, Statement
from timeline.dates import MIN_INSTANT, format_instant

_HOW: Final = {
    "corrected": "Corrected",
    "finer-date": "Dated more precisely",
    "source-withdrawn": "Taken back by a source",
    "standing-changed": "Came to stand otherwise",
    "retracted": "Taken back",
    "clerical": "A slip of this record mended",
    "superseded": "Told anew",
}
_STATUS: Final = {Status.RIVAL: "outranked", Status.DENIAL: "a denial", Status.END: "an end"}


@dataclass(frozen=True, slots=True)
class Fate:
    """One thing that became of a value; `development` tells of it, `mark` is the shape beside it."""

    mark: str
    text: str
    development: str | None = None
    became: str | None = None


@dataclass(frozen=True, slots=True)
class ToldValue:
    """A value that a key had, or was said to have."""

    statement: Statement
    notes: tuple[Reference, ...]
    remark: str | None
    known_since: str
    fates: tuple[Fate, ...]
    rivals: tuple[Statement, ...]
    is_gone: bool
    """Whether it is believed no more."""


@dataclass(frozen=True, slots=True)
class ToldKey:
    """A key with all its values, in the order in which they begin."""

    history: KeyHistory
    values: tuple[ToldValue, ...]

    @property
    def asked(self) -> list[tuple[str, str]]:
        """The parameters that ask for this key."""
        key = self.history.key
        return naming(key.subject, key.attribute, key.object)


def told(histories: Histories, notes: Footnotes) -> tuple[ToldKey, ...]:
    """Histories as a page shows them; their sources become footnotes."""
    return tuple(ToldKey(history, _values(history.values, notes)) for history in histories.keys)


def _values(values: Sequence[PastValue], notes: Footnotes) -> tuple[ToldValue, ...]:
    return tuple(
        ToldValue(
            statement=value.told,
            notes=notes.cite(value.sources),
            remark=_STATUS.get(value.fate.status),
            known_since=date_text(_day(value.told.fact.known_since)),
            fates=tuple(_fates(value)),
            rivals=value.rivals,
            is_gone=value.loss is not None,
        )
        for value in values
    )


def _fates(value: PastValue) -> Iterator[Fate]:
    held = value.fate.held
    if held is not None and held.stop is not None and value.by is not None:
        yield _stopped(held.stop, value)
    if value.fate.outranked is not None and value.better is not None:
        since = value.fate.outranked.known
        when = f" since {date_text(_day(since))}" if since is not None and since > MIN_INSTANT else ""
        yield Fate("contested", f"Better placed{when}: {value.better.text}", value.better.fact.development)
    if value.loss is not None:
        how = _HOW.get(value.loss.how, "Told no more")
        note = f": {value.loss.note}" if value.loss.note else ""
        became = None if value.became is None else value.became.text
        known = date_text(_day(value.fate.told.known_until))
        yield Fate("corrected", f"{how} on {known}{note}", value.told.fact.development, became)


def _stopped(stop: Stop, value: PastValue) -> Fate:
    by = value.by
    if by is None or by.fact is value.told.fact:
        return Fate("removed", f"Ran until {date_text(value.told.until or value.told.since)}")
    when = on_text(by.since)
    match stop:
        case Stop.ENDED:
            return Fate("removed", f"Ended {when}: {by.text}", by.fact.development)
        case Stop.RESTATED:
            return Fate("changed", f"Told again {when}, with the same value", by.fact.development)
        case _:
            return Fate("changed", f"Replaced {when}: {by.text}", by.fact.development)


def _day(instant: int) -> str:
    return format_instant(instant)[:10]
