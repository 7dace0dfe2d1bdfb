"""The events that a development of a data set stands for: first its recording, then what happened to it later.

Each decision is the aggregate's own, so that a data set keeps to the same rules as every other command.
"""

from collections.abc import Mapping
from typing import Any

from timeline.aggregates import Development
from timeline.content import Content
from timeline.datasets.format import (
    AddedSource,
    Correction,
    DevelopmentRecord,
    Retraction,
    StandingChange,
    Then,
    WithdrawnSource,
)
from timeline.events import DevelopmentEvent, DevelopmentRecorded, Reason
from timeline.names import development_id
from timeline.versions import Version, in_order, latest, version_at


def recorded(timeline: str, record: DevelopmentRecord, recorded_at: str) -> DevelopmentRecorded:
    """The event by which the data set first records the development."""
    return DevelopmentRecorded(
        originator_id=development_id(timeline, record.slug),
        originator_version=1,
        recorded_at=recorded_at,
        timeline=timeline,
        slug=record.slug,
        known=record.known,
        content=record.content,
    )


def decide(development: Development, then: Then, recorded_at: str) -> DevelopmentEvent:
    """The event of one later entry, decided by the development as it stands.

    Raises:
        TimelineError: the development does not allow it.
        pydantic.ValidationError: the changes do not make a content.
    """
    match then:
        case Correction():
            return development.correct(
                reason=then.correction,
                content=changed(_corrected(development, then), then.changes),
                known=then.known,
                version=then.version,
                note=then.note,
                recorded_at=recorded_at,
            )
        case AddedSource():
            return development.add_source(source=then.source, known=then.known, recorded_at=recorded_at)
        case StandingChange():
            return development.change_standing(
                standing=then.standing, known=then.known, note=then.note, recorded_at=recorded_at
            )
        case WithdrawnSource():
            return development.withdraw_source(url=then.url, known=then.known, note=then.note, recorded_at=recorded_at)
        case Retraction():
            return development.retract(
                reason=then.retraction, known=then.known, note=then.note, recorded_at=recorded_at
            )


def _corrected(development: Development, then: Correction) -> Content:
    """The content that a correction starts from; where nothing is in force, the last that was."""
    versions = development.versions
    if then.correction is Reason.CLERICAL:
        number = then.version or latest(versions).number
        target = next((version for version in versions if version.number == number), versions[-1])
    else:
        target = (version_at(versions, then.known.latest) if then.known else None) or versions[0]
    return target.content or _last_content(versions, target)


def _last_content(versions: tuple[Version, ...], before: Version) -> Content:
    earlier = [v.content for v in in_order(versions) if v.content and v.known.latest <= before.known.latest]
    return earlier[-1] if earlier else next(v.content for v in versions if v.content)


def changed(content: Content, changes: Mapping[str, Any]) -> Content:
    """A content with some fields given anew; the detail changes field by field, and null takes a field away.

    Raises:
        pydantic.ValidationError: the result is not a content.
    """
    fields = content.model_dump(mode="json")
    given = {name: item for name, item in changes.items() if name not in {"kind", "detail"}}
    kind = changes.get("kind", content.kind)
    detail = {"kind": kind} if kind != content.kind else fields["detail"]
    merged = {**detail, **(changes.get("detail") or {})}
    fields["detail"] = {name: item for name, item in merged.items() if item is not None}
    return Content.model_validate({**fields, **given})
