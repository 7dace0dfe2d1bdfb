"""The history of keys as one page of text: values in the order in which they begin, each with how it stopped."""

from collections.abc import Iterator, Mapping

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from api.cli.state_page import FLOORS, STYLES, moment
from projections.history.fates import Status, Stop
from projections.history.keys import Histories, KeyHistory, PastValue
from projections.history.losses import Loss
from timeline.basis import Basis

_PREFIXES = {Status.HELD: "", Status.RIVAL: "but: ", Status.DENIAL: "denied: ", Status.END: ""}
_LONGEST_DATE = 22
_STOPS = {Stop.ENDED: "ended", Stop.REPLACED: "replaced", Stop.RESTATED: "said again"}
_LOSSES = {
    "corrected": "corrected",
    "finer-date": "dated more precisely",
    "retracted": "retracted",
    "source-withdrawn": "its source withdrawn",
    "standing-changed": "its standing changed",
    "superseded": "another version counts",
}


def page(histories: Histories, basis: Basis, title: str) -> RenderableType:
    """The page: the basis, then key after key, each value a line with another one that says what became of it."""
    return Group(*_parts(histories, basis, title))


def _parts(histories: Histories, basis: Basis, title: str) -> Iterator[RenderableType]:
    yield Text(title, style="bold")
    yield Text(f"As known on {moment(basis.known)}: {FLOORS[basis.floor]} (revision {basis.revision}).")
    for history in histories.keys:
        yield Text()
        yield Text(_heading(history, histories.names), style="bold underline")
        yield _values(history)
    if not histories.keys:
        yield Text("\nThe record has nothing to show here.")


def _heading(history: KeyHistory, names: Mapping[str, str]) -> str:
    key = history.key
    whom = [names.get(name, name) for name in (key.subject, key.object) if name]
    return f"{history.attribute.label}: {' → '.join(whom)}" + (f" ({key.development})" if key.development else "")


def _values(history: KeyHistory) -> RenderableType:
    table = Table.grid(padding=(0, 2, 0, 0), expand=False)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    for _ in range(2):
        table.add_column(no_wrap=True)
    told = {id(value.by.fact) for value in history.values if value.by is not None}
    for value in history.values:
        if value.fate.status is Status.END and (id(value.told.fact) in told or _goes_on(value)):
            continue  # the value that it ended says so, or a later version of it does
        table.add_row(*_row(value))
    return Padding(table, (0, 0, 0, 2), expand=False)


def _row(value: PastValue) -> tuple[RenderableType, ...]:
    told, count = value.told, len(value.sources)
    is_over = value.loss is not None
    text = Text(_PREFIXES[value.fate.status], style="italic").append(
        told.text, style="not italic strike" if is_over else "not italic"
    )
    remarks = (Padding(Text(line, style="dim"), (0, 0, 0, 2)) for line in _what_became(value))
    return (
        Text(_folded(told.since), style="dim" if is_over else ""),
        Group(text, *remarks),
        Text(told.standing.value, style=STYLES[told.standing]),
        Text(f"{count} source{'' if count == 1 else 's'}", style="dim"),
    )


def _folded(date: str) -> str:
    """A date in a narrow column: a long interval takes two lines."""
    return date if len(date) <= _LONGEST_DATE else date.replace("/", "/\n")


def _what_became(value: PastValue) -> Iterator[str]:
    fact, fate = value.told.fact, value.fate
    yield f"known since {moment(fact.known_since)}, by {fact.development}"
    if value.better is not None and fate.outranked is not None:
        since = "" if fate.outranked.known is None else f" since {moment(fate.outranked.known)}"
        yield f"better placed{since}: {value.better.text}, by {value.better.fact.development}"
    if fate.held is not None and fate.held.stop is not None and value.by is not None:
        if value.by.fact is fact:
            yield f"ran to {value.told.until}"
        else:
            yield f"{_STOPS[fate.held.stop]} {value.by.since}, by {value.by.fact.development}"
    if value.loss is not None:
        yield _lost(value, value.loss)


def _lost(value: PastValue, loss: Loss) -> str:
    note = f" ({loss.note.rstrip('.')})" if loss.note else ""
    since = moment(value.fate.told.known_until)
    line = f"no longer believed since {since}: {_LOSSES.get(loss.how, loss.how)}{note}"
    became = value.became
    if became is None:
        return line
    if became.text != value.told.text:
        return f"{line}; now: {became.text}, since {became.since}"
    told = value.told
    standing = f" {became.standing.value}" if became.standing is not told.standing else ""
    dates = f" since {became.since}" if became.since != told.since else ""
    dates += f" to {became.until}" if became.until != told.until else ""
    return f"{line}; now{standing}{dates}"


def _goes_on(value: PastValue) -> bool:
    """Whether the development goes on saying the same, with other dates or standing."""
    return value.became is not None and value.became.text == value.told.text
