"""Corrections as they come over HTTP: the whole content, or only what changes in it."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from api.schemas.requests import Correction
from api.validation import invalid_content
from timeline.aggregates import Development
from timeline.application import Receipt, Record
from timeline.content import Content
from timeline.errors import Conflict, InvalidInput, StaleVersion
from timeline.events import Reason
from timeline.versions import Version, latest, version_at

_ATTEMPTS = 8


def correct(record: Record, timeline: str, slug: str, body: Correction, *, expected: int | None) -> Receipt:
    """Carry out a correction; `expected` is the number of events that the caller has seen, if they said so.

    Raises:
        InvalidInput: fields are missing, or do not go together.
        Problem: what the changes make is no valid content.
        TimelineError: as `Record.correct` and `Record.withdraw_source` do.
    """
    _check_fields(body)
    if body.reason is Reason.SOURCE_WITHDRAWN:
        return record.withdraw_source(
            timeline, slug, url=body.source or "", known=body.known, note=body.note, expected=expected
        )
    for _ in range(_ATTEMPTS - 1):
        try:
            return _corrected(record, timeline, slug, body, expected)
        except StaleVersion:
            if expected is not None:
                raise
    return _corrected(record, timeline, slug, body, expected)


def _corrected(record: Record, timeline: str, slug: str, body: Correction, expected: int | None) -> Receipt:
    content = body.content
    if content is None:
        development = record.development(timeline, slug)
        content = changed(_base(development, body), body.changes or {})
        # The changes were applied to what was just read: it must still be so when they are written.
        expected = development.version if expected is None else expected
    return record.correct(
        timeline,
        slug,
        reason=body.reason,
        content=content,
        known=body.known,
        version=body.version,
        note=body.note,
        expected=expected,
    )


def changed(content: Content, changes: Mapping[str, Any]) -> Content:
    """A content with changes: fields given replace, null takes away, and `detail` is merged field by field.

    Raises:
        Problem: what comes out is no valid content; its fields lie within ``changes``.
    """
    document = content.model_dump(mode="json", exclude_none=True)
    detail, changes_of_detail = document["detail"], changes.get("detail")
    document = _merged(document, changes)
    if isinstance(changes_of_detail, Mapping) and changes_of_detail.get("kind", content.kind) == content.kind:
        document["detail"] = _merged(detail, changes_of_detail)
    try:
        return Content.model_validate(document)
    except ValidationError as error:
        raise invalid_content(error, document, within="changes") from None


def _merged(document: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    merged = {**document, **changes}
    return {name: value for name, value in merged.items() if value is not None}


def _base(development: Development, body: Correction) -> Content:
    """What the changes apply to."""
    version: Version | None
    if body.reason is Reason.CLERICAL:
        version = latest(development.versions)
        if body.version is not None:
            version = next((v for v in development.versions if v.number == body.version), None)
            if version is None:
                raise InvalidInput(
                    f"the development has no version {body.version}.",
                    field="version",
                    remedy=f"Name one of the versions 1 to {len(development.versions)}.",
                )
    elif body.known is None:
        raise InvalidInput(
            "the date on which this became public is missing.",
            field="known",
            remedy="Give the date of the first public report.",
        )
    else:
        version = version_at(development.versions, body.known.latest)
        if version is None and not all(v.struck for v in development.versions):
            raise InvalidInput(
                f'"{body.known}" lies before the development itself became known.',
                field="known",
                remedy="If the development was known earlier, mend its own known with a clerical correction first.",
            )
    if version is None or version.content is None:
        raise Conflict(
            "the development says nothing there that could be changed: it is retracted.",
            field="changes",
            remedy="Give its whole content.",
        )
    return version.content


def _check_fields(body: Correction) -> None:
    if body.reason is Reason.SOURCE_WITHDRAWN:
        if body.source is None:
            raise InvalidInput(
                "the source that was withdrawn is missing.", field="source", remedy="Give its url as recorded."
            )
        for name in ("content", "changes", "version"):
            if getattr(body, name) is not None:
                raise InvalidInput("a withdrawn source changes nothing else.", field=name, remedy="Leave it out.")
        return
    if body.source is not None:
        raise InvalidInput(
            f'a source is named only for the reason "{Reason.SOURCE_WITHDRAWN}".',
            field="source",
            remedy="Leave it out, or give that reason.",
        )
    if (body.content is None) is (body.changes is None):
        raise InvalidInput(
            "a correction needs what it corrects, told in one way.",
            field="content",
            remedy="Give the whole content, or only its changes, and not both.",
        )
