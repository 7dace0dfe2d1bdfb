"""The state of a relationship as one page of text."""

from collections.abc import Iterator, Mapping
from typing import Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from projections.neighbours import Neighbours
from projections.state import Held, State
from timeline.basis import Basis
from timeline.dates import MAX_INSTANT, MIN_INSTANT, format_moment
from timeline.standing import Floor, Standing

FLOORS: Final = {
    Floor.CONFIRMED: "what is confirmed",
    Floor.REPORTED: "what is confirmed or reported",
    Floor.ALLEGED: "what is confirmed, reported or alleged",
}
STYLES: Final = {
    Standing.CONFIRMED: "green",
    Standing.REPORTED: "yellow",
    Standing.ALLEGED: "magenta",
    Standing.DENIED: "red",
}


def page(state: State, neighbours: Neighbours, title: str, sections: Mapping[str, str]) -> RenderableType:
    """The page: the basis, then section after section, each fact a line and each dispute a line below it."""
    return Group(*_parts(state, neighbours, title, sections))


def _parts(state: State, neighbours: Neighbours, title: str, sections: Mapping[str, str]) -> Iterator[RenderableType]:
    yield Text(title, style="bold")
    yield Text(basis_line(state.basis))
    filled = [(name, facts) for name, facts in state.sections.items() if facts and name in sections]
    for name, facts in filled:
        yield Text()
        yield Text(sections[name], style="bold underline")
        yield facts_table(facts)
    if not filled:
        yield Text("\nThe record has nothing to show here.")
    changes = _changes(neighbours)
    if changes and len(sections) == len(state.sections):  # of a part it would say too much
        yield Text(f"\n{changes}", style="dim")


def basis_line(basis: Basis) -> str:
    """What an answer rests on, as a sentence."""
    return (
        f"On {moment(basis.at)}, as known on {moment(basis.known)}: {FLOORS[basis.floor]} (revision {basis.revision})."
    )


def moment(instant: int) -> str:
    """An instant as people write it: a day where it is the end of one, without fractions of a second."""
    day, point, _ = format_moment(instant).partition(".")
    return f"{day}Z" if point else day


def _change(instant: int) -> str:
    """A moment of change: a day where it is the first or the last moment of one."""
    return moment(instant).removesuffix("T00:00:00Z")


def facts_table(facts: tuple[Held, ...]) -> RenderableType:
    """Facts, each a line, and each dispute a line below it."""
    table = Table.grid(padding=(0, 2, 0, 0), expand=False)
    table.add_column(ratio=1)
    for _ in range(3):
        table.add_column(no_wrap=True)
    for fact in facts:
        sentence = Text("possibly: " if not fact.is_certain else "", style="italic").append(
            fact.text, style="not italic"
        )
        table.add_row(sentence, _span(fact), _standing(fact), _sources(fact))
        for rival in fact.contested_by:
            contest = Padding(Text(f"but: {rival.text}", style="dim"), (0, 0, 0, 4))
            table.add_row(contest, _span(rival), _standing(rival), _sources(rival))
    return Padding(table, (0, 0, 0, 2), expand=False)


def _span(fact: Held) -> Text:
    return Text(f"since {fact.since}" if fact.until is None else f"{fact.since} to {fact.until}")


def _standing(fact: Held) -> Text:
    return Text(fact.standing.value, style=STYLES[fact.standing])


def _sources(fact: Held) -> Text:
    count = len(fact.evidence.sources)
    return Text(f"{count} source{'' if count == 1 else 's'}", style="dim")


def _changes(neighbours: Neighbours) -> str:
    """When the state differs: the first moment of the present one, and the first of the next one."""
    parts = []
    if neighbours.previous is not None and neighbours.previous > MIN_INSTANT:
        parts.append(f"It last changed on {_change(neighbours.previous + 1)}")
    if neighbours.next is not None and neighbours.next < MAX_INSTANT:
        parts.append(f"{'it' if parts else 'It'} next changes on {_change(neighbours.next)}")
    return f"{' and '.join(parts)}." if parts else ""
