"""A claim that is given part by part, made sure of against the vocabulary and the timeline."""

from difflib import get_close_matches

from projections.archive import Snapshot
from projections.check.claim import Aspect, Claim, Comparison, Tense, When
from projections.entities import named
from timeline.basis import Revision
from timeline.dates import EdtfDate
from timeline.errors import UndescribedEntity
from timeline.facts import Fact
from timeline.values import Value
from timeline.vocabulary import Cardinality


def claim_of(  # noqa: PLR0913 - the parts of a claim
    snapshot: Snapshot,
    timeline: str,
    revision: Revision,
    *,
    subject: str,
    attribute: str,
    object: str | None = None,  # noqa: A002 - the word of the model
    value: Value | None = None,
    comparison: Comparison = Comparison.SAME,
    is_negated: bool = False,
    aspect: Aspect = Aspect.HOLDS,
    tense: Tense = Tense.PRESENT,
    when: tuple[EdtfDate, str] | None = None,
) -> Claim:
    """The claim that these parts make; `when` is a date and how an answer says it.

    Raises:
        UnknownAttribute: the vocabulary has no such attribute; the remedy names close ones.
        InvalidInput: the attribute takes no such object or value.
        UndescribedEntity: the timeline does not describe an entity; the remedy names close ones.
        UnknownTimeline: there was no such timeline at that revision.
    """
    found = snapshot.vocabulary.attribute(attribute, field="claim.attribute")
    end_of = "any" if value is None and found.cardinality is Cardinality.EACH else None
    fact = Fact(subject=subject, attribute=attribute, object=object, value=value, end=value is None, development=end_of)
    snapshot.vocabulary.check(fact, field="claim")
    _require(snapshot, timeline, revision, "claim.subject", subject)
    _require(snapshot, timeline, revision, "claim.object", object)
    if value is not None and value.type == "entity":
        _require(snapshot, timeline, revision, "claim.value.id", value.id)
    return Claim(
        subject=subject,
        attribute=attribute,
        object=object,
        value=None if value is None else value.model_dump(mode="json", exclude_none=True),
        comparison=comparison,
        is_negated=is_negated,
        aspect=aspect,
        tense=tense,
        when=None if when is None else When(when[0].earliest, when[0].latest, when[1]),
    )


def _require(snapshot: Snapshot, timeline: str, revision: Revision, field: str, slug: str | None) -> None:
    """Make sure that the timeline describes an entity, if there is one to ask for."""
    number, _ = snapshot.timeline(timeline, revision)
    if slug is None or slug == timeline or named(snapshot, number, [slug], revision):
        return
    rows = snapshot.rows.all(
        "SELECT entity FROM entity_texts WHERE timeline_id = ? AND revision_from <= ? AND revision_until > ?",
        (number, revision, revision),
    )
    close = get_close_matches(slug, [row[0] for row in rows], n=3, cutoff=0.6)
    meant = " or ".join(f'"{name}"' for name in close)
    raise UndescribedEntity(
        f'the timeline "{timeline}" has no entity "{slug}".',
        field=field,
        remedy=f"Did you mean {meant}?" if close else f"See /v1/timelines/{timeline}/entities for all of them.",
    )
