"""Rules about developments that tell one thing twice."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import combinations
from typing import Final

from timeline.content import Content
from timeline.datasets.checked import Checked
from timeline.datasets.findings import Finding
from timeline.datasets.format import DevelopmentRecord
from timeline.dates import EdtfDate

_DAY: Final = 24 * 60 * 60 * 1_000_000

NEARLY: Final = 0.9
"""How much of two titles has to be the same for them to be taken for one (as difflib measures it)."""

_Entry = tuple[DevelopmentRecord, Content]


def told_once(checked: Checked) -> Iterator[Finding]:
    """No two developments of one kind and one date are the same thing; those that were taken back do not count.

    The same statements are an error. On one day, a title that is almost the same asks for a second look, and so do
    the same sources for facts of the same keys.
    """
    groups = defaultdict[tuple[str, str], list[_Entry]](list)
    for history in checked.histories:
        if history.now is not None:
            groups[history.now.kind, str(history.now.occurred)].append((history.record, history.now))
    keys = _keys(checked)
    for entries in groups.values():
        yield from _same_statements(entries)
        for (first, one), (second, other) in combinations(entries, 2) if _is_a_day(entries[0][1].occurred) else ():
            if _says(one) == _says(other):
                continue
            if _is_near(one.title, other.title):
                message = f"almost the same title, kind and day as {first.slug}."
                yield second.spot.warning("told-once", message, "Merge the two, or tell them apart.", at=("title",))
            elif _urls(one) == _urls(other) and keys[first.slug] & keys[second.slug]:
                message = f"the same kind, day, sources and keys as {first.slug}."
                yield second.spot.warning("told-once", message, "Merge the two, or tell them apart.", at=("id",))


def _same_statements(entries: Sequence[_Entry]) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for record, content in entries:
        first = seen.setdefault(_says(content), record.slug)
        if first != record.slug:
            message = f"says the same of the same date as {first}."
            yield record.spot.error("told-once", message, "Merge the two, or retract one as clerical.", at=("id",))


def _is_a_day(date: EdtfDate) -> bool:
    return date.latest - date.earliest < _DAY


def _says(content: Content) -> str:
    return content.model_dump_json(include={"detail", "facts"})


def _urls(content: Content) -> set[str]:
    return {source.url for source in content.sources}


def _keys(checked: Checked) -> dict[str, set[tuple[str, str, str | None]]]:
    """What each development has facts about."""
    found = defaultdict[str, set[tuple[str, str, str | None]]](set)
    for told in checked.told:
        key = told.stated.statement.key
        found[told.history.record.slug].add((key.subject, key.attribute, key.object))
    return found


def _is_near(title: str, other: str) -> bool:
    matcher = SequenceMatcher(None, title.casefold(), other.casefold(), autojunk=False)
    return matcher.real_quick_ratio() >= NEARLY and matcher.quick_ratio() >= NEARLY and matcher.ratio() >= NEARLY
