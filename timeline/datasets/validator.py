"""The checks that a data set passes before it is loaded. Each rule is one small function; `RULES` lists them all.

A rule looks at a whole data set and yields what it finds. Errors keep the data set from being loaded; warnings ask
somebody to look again.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from timeline.aggregates import Development, fold
from timeline.clock import Clock, SystemClock
from timeline.content import Content, statements_of
from timeline.datasets.decisions import decide, recorded
from timeline.datasets.files import At
from timeline.datasets.findings import Finding
from timeline.datasets.format import Correction, Dataset, DevelopmentRecord
from timeline.datasets.reading import Reading, read_dataset, slips_of
from timeline.dates import EdtfDate, format_instant
from timeline.errors import InvalidInput, TimelineError
from timeline.events import DevelopmentCorrected
from timeline.sources import SourceKind
from timeline.standing import Standing
from timeline.vocabulary import Vocabulary, default_vocabulary


@dataclass(frozen=True, slots=True)
class Checked:
    """What a rule looks at: the data set, what could not be read of it, the vocabulary, and the present instant."""

    dataset: Dataset
    unread: frozenset[str]
    vocabulary: Vocabulary
    now: int

    @property
    def described(self) -> frozenset[str]:
        """The slugs of all entities, of the timeline itself, and of entities that could not be read."""
        return frozenset({r.entity.id for r in self.dataset.entities} | self.unread | {self.dataset.slug})


Rule = Callable[[Checked], Iterator[Finding]]


def validate(
    reading: Reading, *, vocabulary: Vocabulary | None = None, clock: Clock | None = None
) -> tuple[Finding, ...]:
    """All findings of a data set: what could not be read, and what the rules say of the rest; by file and line."""
    found = list(reading.findings)
    if reading.dataset is not None:
        found += examine(reading.dataset, vocabulary=vocabulary, clock=clock, unread=reading.unread)
    return _by_place(found)


def examine(
    dataset: Dataset,
    *,
    vocabulary: Vocabulary | None = None,
    clock: Clock | None = None,
    unread: frozenset[str] = frozenset(),
) -> tuple[Finding, ...]:
    """What the rules say of a data set; `unread` names records that are there but could not be read."""
    checked = Checked(dataset, unread, vocabulary or default_vocabulary(), (clock or SystemClock()).now())
    return _by_place([finding for rule in RULES for finding in rule(checked)])


def _by_place(findings: list[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda found: (found.place.file, found.place.line, found.rule)))


# what is named


def unique_ids(checked: Checked) -> Iterator[Finding]:
    """An id stands in one place only; the timeline's own slug is an entity by itself."""
    seen: dict[str, str] = {}
    for record in checked.dataset.entities:
        slug = record.entity.id
        if slug == checked.dataset.slug:
            message = f'"{slug}" is the timeline itself.'
            yield record.spot.error("unique-ids", message, "Leave this entry out.", at=("id",))
        elif slug in seen:
            message = f'the entity "{slug}" is described already in {seen[slug]}.'
            yield record.spot.error("unique-ids", message, "Keep one of the two.", at=("id",))
        seen.setdefault(slug, str(record.spot.place()).partition(" ")[0])
    seen.clear()
    for development in checked.dataset.developments:
        if development.slug in seen:
            message = f'the development "{development.slug}" stands already in {seen[development.slug]}.'
            yield development.spot.error("unique-ids", message, "Choose another id, or merge the two.", at=("id",))
        seen.setdefault(development.slug, str(development.spot.place()).partition(" ")[0])


def described_entities(checked: Checked) -> Iterator[Finding]:
    """Every entity that a development or the timeline names is described."""
    described = checked.described
    for name in checked.dataset.timeline.parties:
        if name not in described:
            place = checked.dataset.spot.place_of_text(name)
            yield replace(checked.dataset.spot.error("described-entities", *_undescribed(name)), place=place)
    for record in checked.dataset.developments:
        for name in sorted(_named_in(record, checked) - described):
            place = record.spot.place_of_text(name)
            yield replace(record.spot.error("described-entities", *_undescribed(name)), place=place)


def _undescribed(name: str) -> tuple[str, str]:
    return f'nobody has described the entity "{name}".', "Describe it in entities/, or mend the slug."


def _named_in(record: DevelopmentRecord, checked: Checked) -> set[str]:
    named: set[str] = set()
    for content in _contents(record, checked):
        named |= content.entities()
    return named


def _contents(record: DevelopmentRecord, checked: Checked) -> Iterator[Content]:
    """The contents of all versions, as far as the later entries can be followed."""
    development: Development = fold([recorded(checked.dataset.slug, record, "")])
    yield record.content
    for then in record.then:
        try:
            event = decide(development, then, "")
        except (TimelineError, ValidationError):
            return
        development = development.evolve(event, event.originator_version)
        yield from (version.content for version in development.versions[1:] if version.content)


def used_entities(checked: Checked) -> Iterator[Finding]:
    """Every entity is named somewhere."""
    named = set(checked.dataset.timeline.parties)
    for record in checked.dataset.developments:
        named |= _named_in(record, checked)
    for entity in checked.dataset.entities:
        if entity.entity.id not in named and not checked.unread:
            message = f'nothing names the entity "{entity.entity.id}".'
            yield entity.spot.warning("used-entities", message, "Leave it out, or name it.")


# what is said


def statements(checked: Checked) -> Iterator[Finding]:
    """The facts of a development keep to the vocabulary, and none ends before it begins."""
    for record in checked.dataset.developments:
        yield from _unfit(checked, record, record.content, ())


def _unfit(checked: Checked, record: DevelopmentRecord, content: Content, at: At) -> Iterator[Finding]:
    try:
        statements_of(content, timeline=checked.dataset.slug, development=record.slug, vocabulary=checked.vocabulary)
    except InvalidInput as error:
        yield record.spot.error("statements", error.message, error.remedy or "", at=(*at, *_way(error.field)))


def _way(field: str | None) -> At:
    steps = field.split(".") if field else []
    return tuple(int(step) if step.isdigit() else step for step in steps)


def later_entries(checked: Checked) -> Iterator[Finding]:
    """What happened to a record later is what a development allows, one entry after the other."""
    for record in checked.dataset.developments:
        development: Development = fold([recorded(checked.dataset.slug, record, "")])
        is_unfit = any(_unfit(checked, record, record.content, ()))  # found by `statements`
        for number, then in enumerate(record.then):
            at: At = ("then", number)
            inside: At = (*at, "changes") if isinstance(then, Correction) else at
            try:
                event = decide(development, then, "")
            except ValidationError as error:
                for slip in slips_of(error, record.content.model_dump(mode="json"), inside):
                    yield record.spot.error("later-entries", slip.message, slip.remedy, at=slip.at)
                break
            except TimelineError as error:
                own = _way(error.field)
                way = at if own and own[0] in {"known", "version", "reason", "standing"} else inside
                yield record.spot.error("later-entries", error.message, error.remedy or "", at=(*way, *own))
                break
            development = development.evolve(event, event.originator_version)
            if isinstance(event, DevelopmentCorrected) and not is_unfit:
                yield from _unfit(checked, record, event.content, inside)


def ended_developments(checked: Checked) -> Iterator[Finding]:
    """An end that closes the fact of another development names one that is there."""
    known = {record.slug for record in checked.dataset.developments} | checked.unread
    for record in checked.dataset.developments:
        for number, fact in enumerate(record.content.facts):
            if fact.development is not None and fact.development not in known:
                message = f'there is no development "{fact.development}".'
                at = ("facts", number, "development")
                yield record.spot.error("ended-developments", message, "Mend the id.", at=at)


# when


def known_by_now(checked: Checked) -> Iterator[Finding]:
    """Nothing becomes known in the future."""
    for record in checked.dataset.developments:
        knowns: list[tuple[At, EdtfDate | None]] = [(("known",), record.known)]
        knowns += [(("then", number, "known"), then.known) for number, then in enumerate(record.then)]
        for at, known in knowns:
            if known is not None and known.earliest > checked.now:
                message = f'"{known}" lies in the future (now is {format_instant(checked.now)}).'
                yield record.spot.error("known-by-now", message, "Give the date on which it became public.", at=at)


def known_after_it_occurred(checked: Checked) -> Iterator[Finding]:
    """What is known before it happens is a plan, and rare enough to look at again."""
    for record in checked.dataset.developments:
        if record.known.latest < record.content.occurred.earliest:
            message = f"known at {record.known}, before it occurred ({record.content.occurred})."
            remedy = "Mend one of them, unless it was announced beforehand."
            yield record.spot.warning("known-after-it-occurred", message, remedy, at=("known",))


# who says so


def has_a_source(checked: Checked) -> Iterator[Finding]:
    """Every development rests on a document."""
    for record in checked.dataset.developments:
        if not record.content.sources:
            yield record.spot.error("has-a-source", "no source says so.", "Give at least one.")


_FIRST_HAND: Final = {SourceKind.PRIMARY, SourceKind.COURT, SourceKind.REGULATOR}


def confirmed_by_whom(checked: Checked) -> Iterator[Finding]:
    """What is confirmed rests on a document of first hand, or at least on two reports of the press."""
    for record in checked.dataset.developments:
        kinds = Counter(source.kind for source in record.content.sources)
        first_hand = any(kinds[kind] for kind in _FIRST_HAND)
        if record.content.standing is Standing.CONFIRMED and not first_hand and kinds[SourceKind.PRESS] < 2:
            message = "confirmed, but by no document of first hand and by fewer than two reports."
            remedy = 'Add a source, or give the standing "reported".'
            yield record.spot.warning("confirmed-by-whom", message, remedy, at=("standing",))


RULES: Final[tuple[Rule, ...]] = (
    unique_ids,
    described_entities,
    used_entities,
    statements,
    later_entries,
    ended_developments,
    known_by_now,
    known_after_it_occurred,
    has_a_source,
    confirmed_by_whom,
)
"""Every rule, in no particular order."""


if __name__ == "__main__":
    count = 0
    for name in sys.argv[1:]:
        for found in validate(read_dataset(Path(name))):
            sys.stdout.write(f"{found.severity.upper()} {found}\n")
            count += found.is_error
    sys.stdout.write(f"{count} errors\n")
    sys.exit(1 if count else 0)
