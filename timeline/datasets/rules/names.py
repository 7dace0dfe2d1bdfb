"""Rules about names: every id stands once, and whatever is named is there."""

from collections.abc import Iterator
from dataclasses import replace

from timeline.datasets.checked import Checked, History
from timeline.datasets.findings import Finding


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
    for history in checked.histories:
        for name in sorted(_named_in(history) - described):
            spot = history.record.spot
            yield replace(spot.error("described-entities", *_undescribed(name)), place=spot.place_of_text(name))


def _undescribed(name: str) -> tuple[str, str]:
    return f'nobody has described the entity "{name}".', "Describe it in entities/, or mend the slug."


def _named_in(history: History) -> set[str]:
    return {name for content in history.contents for name in content.entities()}


def used_entities(checked: Checked) -> Iterator[Finding]:
    """Every entity is named somewhere."""
    named = set(checked.dataset.timeline.parties).union(*map(_named_in, checked.histories))
    for entity in checked.dataset.entities:
        if entity.entity.id not in named and not checked.unread:
            message = f'nothing names the entity "{entity.entity.id}".'
            yield entity.spot.warning("used-entities", message, "Leave it out, or name it.")


def ended_developments(checked: Checked) -> Iterator[Finding]:
    """An end that closes the fact of another development names one that is there."""
    known = {record.slug for record in checked.dataset.developments} | checked.unread
    for record in checked.dataset.developments:
        for number, fact in enumerate(record.content.facts):
            if fact.development is not None and fact.development not in known:
                message = f'there is no development "{fact.development}".'
                at = ("facts", number, "development")
                yield record.spot.error("ended-developments", message, "Mend the id.", at=at)
