"""How the versions of a development follow from its events, and which of them is in force when.

Pure functions. The record opens version 1 at its own `known`; corrections, retractions, withdrawn sources, added
sources and changes of standing open further ones at theirs; a clerical correction rewrites a version in place
and a clerical retraction strikes them all.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from timeline.content import Content
from timeline.dates import MAX_INSTANT, EdtfDate
from timeline.events import (
    DevelopmentCorrected,
    DevelopmentEvent,
    DevelopmentRecorded,
    DevelopmentRetracted,
    Reason,
    RetractionReason,
    SourceAdded,
    StandingChanged,
)
from timeline.facts import Statement


class Version(NamedTuple):
    """One version of a development.

    `position` is that of the event that opened it and `touched` that of the last event that wrote it; they differ
    after a clerical correction only. `content` is None where the version says that the development was taken back.
    """

    number: int
    known: EdtfDate
    position: int
    content: Content | None
    cause: str
    touched: int
    struck: bool = False


class InForce(NamedTuple):
    """A version and the half-open interval of knowledge time over which it is the one that counts."""

    version: Version
    known_from: int
    known_until: int


class Stated(NamedTuple):
    """A statement over the knowledge time for which one version makes it.

    `known_since` and `position` are those of the first version in the unbroken run that makes the same statement.
    """

    statement: Statement
    ordinal: int
    version: int
    known_from: int
    known_until: int
    known_since: int
    position: int


def opening(known: EdtfDate, content: Content, position: int) -> Version:
    """The version that the record of a development opens."""
    return Version(1, known, position, content, "development", position)


def advance(  # noqa: PLR0911 - one return for each kind of event reads best
    versions: tuple[Version, ...], event: DevelopmentEvent, position: int
) -> tuple[Version, ...]:
    """The versions after one more event, recorded at `position`."""
    match event:
        case DevelopmentRecorded():
            return (opening(event.known, event.content, position),)
        case DevelopmentCorrected(reason=Reason.CLERICAL):
            number = event.version or latest(versions).number
            return tuple(
                version._replace(
                    content=event.content,
                    known=event.known or version.known,
                    touched=position,
                    struck=False,
                )
                if version.number == number
                else version
                for version in versions
            )
        case DevelopmentCorrected(reason=reason, known=known):
            gone = reason is Reason.SOURCE_WITHDRAWN and not event.content.sources
            cause = "correction" if reason is Reason.NEW_INFORMATION else reason.value
            return _open(versions, known, None if gone else event.content, cause, position)
        case DevelopmentRetracted(reason=RetractionReason.CLERICAL):
            return tuple(version._replace(struck=True, touched=position) for version in versions)
        case DevelopmentRetracted(known=known):
            return _open(versions, known, None, "retraction", position)
        case SourceAdded(known=known, source=source):
            base = content_at(versions, known)
            return _open(
                versions, known, base.model_copy(update={"sources": (*base.sources, source)}), "source", position
            )
        case StandingChanged(known=known, standing=standing):
            base = content_at(versions, known)
            return _open(versions, known, base.model_copy(update={"standing": standing}), "standing", position)


def _open(
    versions: tuple[Version, ...], known: EdtfDate | None, content: Content | None, cause: str, position: int
) -> tuple[Version, ...]:
    if known is None:
        raise ValueError("only a clerical event is without a known of its own")
    return (*versions, Version(len(versions) + 1, known, position, content, cause, position))


def in_order(versions: Sequence[Version]) -> list[Version]:
    """The versions that were not struck, by what was known last; of equal `known` the later recorded comes later."""
    return sorted(
        (version for version in versions if not version.struck),
        key=lambda version: (version.known.latest, version.number),
    )


def latest(versions: Sequence[Version]) -> Version:
    """The version that counts by the latest knowledge; of struck ones only, the last of them."""
    ordered = in_order(versions)
    return ordered[-1] if ordered else max(versions, key=lambda version: (version.known.latest, version.number))


def version_at(versions: Sequence[Version], known: int) -> Version | None:
    """The version in force at an instant of knowledge time, if any."""
    before = [version for version in in_order(versions) if version.known.latest <= known]
    return before[-1] if before else None


def content_at(versions: Sequence[Version], known: EdtfDate) -> Content:
    """What the development said at `known`.

    Raises:
        ValueError: nothing was in force then.
    """
    version = version_at(versions, known.latest)
    if version is None or version.content is None:
        raise ValueError(f"the development said nothing at {known}")
    return version.content


def in_force(versions: Sequence[Version]) -> tuple[InForce, ...]:
    """The versions that count at some `known`, each with the interval over which it does."""
    if len(versions) == 1 and not versions[0].struck and versions[0].known.latest < MAX_INSTANT:  # nearly all there are
        return (InForce(versions[0], versions[0].known.latest, MAX_INSTANT),)
    ordered = in_order(versions)
    begins = [version.known.latest for version in ordered]
    ends = [*begins[1:], MAX_INSTANT]
    return tuple(
        InForce(version, begin, end)
        for version, begin, end in zip(ordered, begins, ends, strict=False)  # of struck ones only, nothing counts
        if begin < end
    )


def stated(versions: Sequence[Version], statements: Callable[[Content], Sequence[Statement]]) -> tuple[Stated, ...]:
    """Every statement of every version in force.

    A statement that a version leaves as it was keeps the `known_since` and the position that it had.
    """
    made: list[Stated] = []
    before: dict[tuple[Statement, int], Stated] = {}
    for force in in_force(versions):
        version, now = force.version, dict[tuple[Statement, int], Stated]()
        for ordinal, statement in enumerate(statements(version.content) if version.content else ()):
            repeat = 0
            while (statement, repeat) in now:
                repeat += 1
            old = before.get((statement, repeat))
            now[statement, repeat] = Stated(
                statement,
                ordinal,
                version.number,
                force.known_from,
                force.known_until,
                old.known_since if old else force.known_from,
                old.position if old else version.position,
            )
        made.extend(now.values())
        before = now
    return tuple(made)
