"""The words of a timeline as known at a basis: what reading needs to know, taken from the record."""

from collections.abc import Sequence
from typing import Final

from pydantic_core import from_json, to_json

from projections.archive import Snapshot
from projections.check.reading import Lexicon, Recorded, build
from projections.index.contents import BY_WHOM, WRITTEN, content_of
from timeline.basis import Basis
from timeline.entities import Entity

_MOST_FACTS: Final = 50_000
"""How many facts are looked through for words, the latest first: a record of more has said everything often."""


def moments_of_words(snapshot: Snapshot, number: int, revision: int) -> tuple[int, ...]:
    """The moments at which the timeline of that number can have got new words, earliest first."""
    rows = snapshot.rows.all(
        "SELECT DISTINCT known_from FROM contents WHERE timeline_id = ? AND revision <= ? ORDER BY known_from",
        (number, revision),
    )
    return tuple(row[0] for row in rows)


def lexicon_of(snapshot: Snapshot, timeline: str, basis: Basis) -> Lexicon:
    """The lexicon of a timeline: its entities, and what had been said by the `known` and the revision of the basis.

    Words come from all that was ever said by then, also of what was taken back: a sentence about it is understood.

    Raises:
        UnknownTimeline: there was no such timeline at the revision.
    """
    number, text = snapshot.timeline(timeline, basis.revision)
    said = (number, int(basis.known), int(basis.revision))
    entities = snapshot.rows.all(
        "SELECT payload FROM entity_texts WHERE timeline_id = ? AND revision_from <= ? AND revision_until > ? "
        "ORDER BY entity",
        (number, said[2], said[2]),
    )
    facts = snapshot.rows.all(
        "SELECT k.subject, k.attribute, k.object, c.development, f.payload FROM keys k "
        "JOIN facts f ON f.key_id = k.id JOIN contents c ON c.id = f.content_id "
        "WHERE k.timeline_id = ? AND f.known_since <= ? AND f.position <= ? ORDER BY f.position DESC, f.id DESC "
        "LIMIT ?",
        (*said, _MOST_FACTS),
    )
    contents = snapshot.rows.all(
        f"SELECT {WRITTEN} FROM contents c {BY_WHOM} WHERE c.timeline_id = ? AND c.known_from <= ? "  # noqa: S608
        "AND c.revision <= ? ORDER BY c.id DESC LIMIT ?",
        (*said, _MOST_FACTS),
    )
    return build(
        timeline,
        [Entity.model_validate_json(row[0]) for row in entities],
        _distinct(facts),
        [content_of(*row)["title"] for row in contents],
        vocabulary=snapshot.vocabulary,
        title=text["title"],
        parties=text["parties"],
    )


def _distinct(facts: Sequence[tuple[str, str, str, str, str]]) -> list[Recorded]:
    """The facts, each said once: a new version of a development says again what it leaves as it was."""
    said = {(*row[:4], to_json(value)): value for row in facts for value in [from_json(row[4])["value"]]}
    return [Recorded(key[0], key[1], key[2] or None, value, key[3]) for key, value in said.items()]
