"""The models of the YAML: what a file of a data set holds once its short values are written out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from timeline.content import Content
from timeline.datasets.files import At, Document
from timeline.datasets.findings import Finding, Place, Severity
from timeline.dates import EdtfDate
from timeline.entities import Entity
from timeline.events import Reason, Remark, RetractionReason
from timeline.names import EntityId, Slug
from timeline.sources import Line, Source, WebAddress
from timeline.standing import Standing


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class TimelineEntry(_Entry):
    """`timeline.yaml`: what the history is about."""

    title: Line
    summary: Remark = ""
    parties: tuple[EntityId, ...] = ()


class Correction(_Entry):
    """The development reads differently: the fields of `changes` replace those it had, `detail` field by field.

    A clerical correction has no `known` of its own: the one it gives mends that of the version.
    """

    correction: Literal[Reason.NEW_INFORMATION, Reason.FINER_DATE, Reason.CLERICAL]
    known: EdtfDate | None = None
    version: Annotated[int, Field(ge=1)] | None = None
    note: Remark = ""
    changes: Mapping[str, Any] = Field(default_factory=dict)


class AddedSource(_Entry):
    """One more document says so, from `known` on; left out, from the day it was published."""

    source: Source
    known: EdtfDate | None = None


class StandingChange(_Entry):
    """The development stands better or worse from `known` on."""

    standing: Standing
    known: EdtfDate
    note: Remark = ""


class WithdrawnSource(_Entry):
    """A source took its report back."""

    url: Annotated[WebAddress, Field(alias="withdrawn-source")]
    known: EdtfDate
    note: Remark = ""


class Retraction(_Entry):
    """The development is taken back."""

    retraction: RetractionReason
    known: EdtfDate | None = None
    note: Remark = ""


Then = Correction | AddedSource | StandingChange | WithdrawnSource | Retraction
"""What happened to the record of a development later."""

THEN: Mapping[str, type[Then]] = {
    "correction": Correction,
    "source": AddedSource,
    "standing": StandingChange,
    "withdrawn-source": WithdrawnSource,
    "retraction": Retraction,
}
"""The entries of `then`, by the field that tells them apart."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a record stands: its document, and the way to it."""

    document: Document
    at: At
    record: str | None = None

    def place(self, at: At = ()) -> Place:
        """The place of a part of the record."""
        shown = ".".join(str(step) for step in at) or None
        return Place(self.document.file, self.document.line((*self.at, *at)), self.record, shown)

    def place_of_text(self, text: str, at: At = ()) -> Place:
        """The place where a part of the record first says `text`."""
        found = self.document.way_to(text, (*self.at, *at))
        return self.place(found[len(self.at) :])

    def error(self, rule: str, message: str, remedy: str = "", *, at: At = ()) -> Finding:
        """Something in the record that keeps the data set from being loaded."""
        return Finding(Severity.ERROR, rule, self.place(at), message, remedy)

    def warning(self, rule: str, message: str, remedy: str = "", *, at: At = ()) -> Finding:
        """Something in the record that somebody should look at again."""
        return Finding(Severity.WARNING, rule, self.place(at), message, remedy)


@dataclass(frozen=True, slots=True)
class EntityRecord:
    """One entity of a data set."""

    entity: Entity
    spot: Spot


@dataclass(frozen=True, slots=True)
class DevelopmentRecord:
    """One development of a data set: how it was first recorded, and what happened to the record later."""

    slug: Slug
    known: EdtfDate
    content: Content
    then: tuple[Then, ...]
    spot: Spot


@dataclass(frozen=True, slots=True)
class Dataset:
    """One timeline as its folder tells it, in the order of its files."""

    slug: str
    timeline: TimelineEntry
    spot: Spot
    entities: tuple[EntityRecord, ...]
    developments: tuple[DevelopmentRecord, ...]
