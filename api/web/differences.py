"""A comparison as a page shows it: by section and date, what stood before beside what stands after."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from api.web.brief import ToldFact
from api.web.footnotes import Footnote, Footnotes
from projections.causes import Cause
from projections.comparison import Comparison, Line
from projections.state import Held, State
from projections.story import counted, date_of
from timeline.dates import parse_date
from timeline.vocabulary import Vocabulary

_FIELDS: Final = {
    "since": "since when",
    "until": "until when",
    "certainty": "how certain",
    "standing": "standing",
    "known_since": "known since",
    "development": "which development says so",
    "sources": "sources",
    "contested_by": "who contests it",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One line: what came about, when and why; `fields` are the words for what reads differently."""

    line: Line
    sort: str
    date: str
    before: ToldFact | None
    after: ToldFact | None
    fields: tuple[str, ...]

    @property
    def is_told_anew(self) -> bool:
        """Whether a later development says what was said before."""
        return self.sort == "changed" and self.line.cause is Cause.DEVELOPMENT and "value" not in self.line.fields


@dataclass(frozen=True, slots=True)
class ChangedSection:
    """A section in which something differs; `evidence` are the changes of sources and rivals alone."""

    name: str
    title: str
    changes: tuple[Change, ...]
    evidence: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """Two states, and what differs between them."""

    before: State
    after: State
    counted: str
    sections: tuple[ChangedSection, ...]
    notes: tuple[Footnote, ...]

    @property
    def names(self) -> Mapping[str, str]:
        """The names in both states."""
        return {**self.before.names, **self.after.names}


def differences_of(found: Comparison, vocabulary: Vocabulary) -> Differences:
    """A comparison, put in order for reading."""
    notes = Footnotes()
    sections = []
    for section in vocabulary.sections:
        changes = tuple(_changes(found.sections[section.name], notes))
        if changes:
            told = tuple(change for change in changes if not change.line.is_evidence)
            evidence = tuple(change for change in changes if change.line.is_evidence)
            sections.append(ChangedSection(section.name, section.title, told, evidence))
    return Differences(found.before, found.after, counted(found), tuple(sections), notes.all())


def _changes(lines: Sequence[Line], notes: Footnotes) -> Iterator[Change]:
    for line in sorted(lines, key=lambda line: (parse_date(date_of(line)).earliest, date_of(line))):
        change = line.change
        sort = "added" if change.before is None else "removed" if change.after is None else "changed"
        before, after = _told(change.before, notes), _told(change.after, notes)
        fields = tuple(_FIELDS[name] for name in line.fields if name in _FIELDS)
        yield Change(line, sort, date_of(line), before, after, fields)


def _told(fact: Held | None, notes: Footnotes) -> ToldFact | None:
    return None if fact is None else ToldFact(fact, notes.cite(fact.evidence.sources), None)
