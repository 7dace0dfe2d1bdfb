"""What the rules look at: a data set whose developments are followed through all that happened to their records."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pydantic import ValidationError

from timeline.aggregates import Development, fold
from timeline.content import Content, statements_of
from timeline.datasets.decisions import decide, recorded
from timeline.datasets.files import At
from timeline.datasets.findings import Finding
from timeline.datasets.format import Dataset, DevelopmentRecord
from timeline.developments.detail import Setting
from timeline.errors import InvalidInput, TimelineError
from timeline.events import DevelopmentEvent
from timeline.facts import Key, Statement
from timeline.versions import InForce, Stated, Version, in_force, stated
from timeline.vocabulary import Vocabulary


class Refusal(NamedTuple):
    """A later entry that the development does not allow, and why. The entries after it are not looked at."""

    number: int
    error: TimelineError | ValidationError


class Told(NamedTuple):
    """One thing a development states, with the record that states it and the part of the record that says so."""

    history: "History"
    stated: Stated
    at: At


@dataclass(frozen=True)
class History:
    """A development with all its versions, as far as its later entries can be followed."""

    record: DevelopmentRecord
    events: tuple[DevelopmentEvent, ...]
    versions: tuple[Version, ...]
    opened: dict[int, At]
    """The part of the record that opened each version."""
    refusal: Refusal | None

    @property
    def contents(self) -> Iterator[Content]:
        """What the record said first, and what each version says."""
        yield self.record.content
        yield from (version.content for version in self.versions if version.content)

    @cached_property
    def in_force(self) -> tuple[InForce, ...]:
        """The versions that count at some time."""
        return in_force(self.versions)

    @property
    def now(self) -> Content | None:
        """What it says by all that is known; None if it was taken back."""
        return self.in_force[-1].version.content if self.in_force else None

    @property
    def last_known(self) -> int:
        """When something about it last became known."""
        return max(version.known.latest for version in self.versions)

    def at(self, version: int, *part: str | int) -> At:
        """The way to a part of a version: where it is written, or else to the entry that opened the version."""
        lines, spot = self.record.spot.document.lines, self.record.spot.at
        for number in range(version, 0, -1):
            opened = self.opened[number]
            for way in ((*opened, "changes", *part), (*opened, *part)):
                if (*spot, *way) in lines:
                    return way
        return self.opened[version]


@dataclass(frozen=True)
class Checked:
    """The data set, what could not be read of it, the vocabulary, and the present instant."""

    dataset: Dataset
    unread: frozenset[str]
    vocabulary: Vocabulary
    now: int

    @cached_property
    def described(self) -> frozenset[str]:
        """The slugs of all entities, of the timeline itself, and of entities that could not be read."""
        return frozenset({r.entity.id for r in self.dataset.entities} | self.unread | {self.dataset.slug})

    @cached_property
    def histories(self) -> tuple[History, ...]:
        """Every development with its versions, in the order of the files."""
        return tuple(_followed(self.dataset.slug, record) for record in self.dataset.developments)

    @cached_property
    def told(self) -> tuple[Told, ...]:
        """Every statement of every version in force; developments that break the vocabulary state nothing."""
        return tuple(told for history in self.histories for told in self._told_by(history))

    @cached_property
    def by_key(self) -> dict[Key, list[Told]]:
        """All that is told, by what it is about."""
        found: dict[Key, list[Told]] = {}
        for one in self.told:
            found.setdefault(one.stated.statement.key, []).append(one)
        return found

    def _told_by(self, history: History) -> Iterator[Told]:
        try:
            made = stated(history.versions, lambda content: self.statements(history.record, content))
        except InvalidInput:
            return
        contents = {version.number: version.content for version in history.versions}
        for one in made:
            content = contents[one.version]
            if content is not None:
                number = one.ordinal - len(content.detail.facts(Setting(self.dataset.slug, content.occurred)))
                part: At = ("detail",) if number < 0 else ("facts", number)
                yield Told(history, one, history.at(one.version, *part))

    def statements(self, record: DevelopmentRecord, content: Content) -> tuple[Statement, ...]:
        """The statements of one version.

        Raises:
            InvalidInput: it breaks the vocabulary.
        """
        return statements_of(content, timeline=self.dataset.slug, development=record.slug, vocabulary=self.vocabulary)


def _followed(timeline: str, record: DevelopmentRecord) -> History:
    development: Development = fold([recorded(timeline, record, "")])
    events: list[DevelopmentEvent] = []
    opened: dict[int, At] = {1: ()}
    refusal = None
    for number, then in enumerate(record.then):
        try:
            event = decide(development, then, "")
        except (TimelineError, ValidationError) as error:
            refusal = Refusal(number, error)
            break
        development = development.evolve(event, event.originator_version)
        events.append(event)
        if len(development.versions) > len(opened):
            opened[len(development.versions)] = ("then", number)
    return History(record, tuple(events), development.versions, opened, refusal)


Rule = Callable[[Checked], Iterator[Finding]]
"""Looks at a whole data set and yields what it finds."""
