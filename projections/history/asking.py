"""Whose history is asked for: the filters, and whether what they name exists."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches

from projections.archive import Snapshot
from projections.entities import require_entity
from timeline.basis import Revision
from timeline.errors import InvalidInput, UnknownAttribute
from timeline.vocabulary import Attribute, Vocabulary


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which keys: each filter that is given narrows them. `entity` is subject, object or value."""

    subject: str | None = None
    attribute: str | None = None
    object: str | None = None
    entity: str | None = None
    section: str | None = None

    def attributes(self, vocabulary: Vocabulary) -> Collection[str] | None:
        """The attributes asked for; None for all of them."""
        if self.attribute is None and self.section is None:
            return None
        return [
            name
            for name, attribute in vocabulary.attributes.items()
            if self.attribute in {None, name} and self.section in {None, attribute.section}
        ]

    def check(self, snapshot: Snapshot, timeline: str, revision: Revision) -> None:
        """Make sure that all that is named exists; each error names its filter, and what may have been meant.

        Raises:
            UnknownTimeline: there was no such timeline at that revision.
            UndescribedEntity: it had not described the subject, the object or the entity by then.
            UnknownAttribute: the vocabulary has no such attribute.
            InvalidInput: the vocabulary has no such section, or the attribute belongs to another one.
        """
        snapshot.timeline(timeline, revision)
        attribute = None if self.attribute is None else require_attribute(snapshot.vocabulary, self.attribute)
        if self.section is not None:
            require_section(snapshot.vocabulary, self.section)
            if attribute is not None and attribute.section != self.section:
                raise InvalidInput(
                    f'"{attribute.name}" belongs to the section "{attribute.section}", not to "{self.section}".',
                    field="section",
                    remedy="Leave the section out.",
                )
        for field, entity in (("subject", self.subject), ("object", self.object), ("entity", self.entity)):
            if entity is not None:
                require_entity(snapshot, timeline, entity, revision, field=field)


def require_attribute(vocabulary: Vocabulary, name: str) -> Attribute:
    """The attribute of that name.

    Raises:
        UnknownAttribute: there is none; the remedy names those that are spoken of by that word, or else close ones.
    """
    if name not in vocabulary.attributes:
        word = re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE)
        spoken = [f'"{one.name}"' for one in vocabulary.attributes.values() if word.search(one.model_dump_json())]
        if spoken:
            raise UnknownAttribute(
                f'the vocabulary has no attribute "{name}".',
                field="attribute",
                remedy=f"Did you mean {' or '.join(spoken[:3])}?",
            )
    return vocabulary.attribute(name)


def require_section(vocabulary: Vocabulary, name: str) -> None:
    """Make sure that the vocabulary has a section.

    Raises:
        InvalidInput: it has none of that name; the remedy names close ones, or else all.
    """
    names = [section.name for section in vocabulary.sections]
    if name not in names:
        close = get_close_matches(name, names, n=1)
        raise InvalidInput(
            f'there is no section "{name}".',
            field="section",
            remedy=f'Did you mean "{close[0]}"?' if close else f"There are: {', '.join(names)}.",
        )
