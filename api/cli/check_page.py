"""Verdicts as text: the verdict, why, the facts that decided with their sources, and when the claim did hold."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from api.cli.state_page import STYLES, basis_line
from projections.briefing.wording import date_text, since_text
from projections.check.answer import Checked, Interval
from projections.check.checker import CheckedSentence
from projections.check.judgement import Verdict
from projections.state import Held
from timeline.basis import Basis

_COLOURS: Final = {
    Verdict.SUPPORTED: "bold green",
    Verdict.CONTRADICTED: "bold red",
    Verdict.BELIEVED_THEN_CORRECTED: "bold red",
    Verdict.WAS_TRUE: "bold yellow",
    Verdict.NOT_YET_TRUE: "bold yellow",
    Verdict.DISPUTED: "bold magenta",
    Verdict.UNSUPPORTED: "bold cyan",
    Verdict.UNDECIDABLE: "dim",
}
_MOST_SOURCES: Final = 3


def page(title: str, basis: Basis, answer: RenderableType) -> RenderableType:
    """An answer under the title of the timeline and what it rests on."""
    return Group(Text(title, style="bold"), Text(basis_line(basis)), Text(), answer)


def verdict(checked: Checked) -> RenderableType:
    """One verdict with all that decided it."""
    return Group(*_told(checked))


def draft(found: Sequence[CheckedSentence]) -> RenderableType:
    """Every sentence of a draft with its verdict, and at the end how many there are of each."""
    return Group(*_sentences(found))


def _told(checked: Checked) -> Iterator[RenderableType]:
    yield Text(checked.verdict.value, style=_COLOURS[checked.verdict])
    yield Text(checked.reason)
    if checked.held:
        yield Text(f"\n{checked.what_held} held {'; '.join(_span(interval) for interval in checked.held)}.")
    for fact in checked.facts:
        yield Text()
        yield _stated(fact)
        yield from _sources(fact)
        for rival in fact.contested_by:
            yield Padding(Text("but: ", style="dim").append_text(_stated(rival)), (0, 0, 0, 2))
            if rival.evidence != fact.evidence:
                yield from _sources(rival)


def _stated(fact: Held) -> Text:
    until = f" until {date_text(fact.until)}" if fact.until else ""
    return Text(f"{fact.text}, {since_text(fact.since)}{until} ").append(
        fact.standing.value, style=STYLES[fact.standing]
    )


def _sources(fact: Held) -> Iterator[RenderableType]:
    """Who says so; an address stays in one piece, so that it can be followed."""
    for source in fact.evidence.sources[:_MOST_SOURCES]:
        yield Padding(Text(f"{source['publisher']}: {source['title']}", style="dim"), (0, 0, 0, 4))
        yield Text(f"    {source['url']}", style="dim", no_wrap=True, overflow="ignore")
    more = len(fact.evidence.sources) - _MOST_SOURCES
    if more > 0:
        yield Text(f"    and {more} more source{'' if more == 1 else 's'}", style="dim")


def _span(interval: Interval) -> str:
    possibly = "" if interval.is_certain else "possibly "
    if interval.since is None:
        return f"{possibly}{'always' if interval.until is None else f'until {date_text(interval.until)}'}"
    until = "" if interval.until is None else f" until {date_text(interval.until)}"
    return f"{possibly}{since_text(interval.since)}{until}"


def _sentences(found: Sequence[CheckedSentence]) -> Iterator[RenderableType]:
    for one in found:
        checked = one.checked
        yield Text(f"{checked.verdict.value}: ", style=_COLOURS[checked.verdict]).append(
            " ".join(one.sentence.text.split()), style="default"
        )
        yield Padding(Text(checked.reason, style="dim"), (0, 0, 1, 4))
    counts = Counter(one.checked.verdict for one in found)
    told = [f"{counts[verdict]} {verdict.value}" for verdict in Verdict if counts[verdict]]
    total = f"{len(found)} sentence{'' if len(found) == 1 else 's'}"
    yield Text(f"{total}: {', '.join(told)}." if found else "There is no sentence in it.")
