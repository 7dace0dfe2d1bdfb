"""From the folder of a data set to its records, with everything that cannot be read as findings.

Nothing stops at the first mistake: a record that cannot be read is left out and told of, and the rest is read on.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from timeline.content import Content
from timeline.datasets.files import At, Document, read_document
from timeline.datasets.findings import Finding, InvalidDataset, Place, Severity
from timeline.datasets.format import (
    THEN,
    AddedSource,
    Correction,
    Dataset,
    DevelopmentRecord,
    EntityRecord,
    Spot,
    Then,
    TimelineEntry,
)
from timeline.datasets.shorthand import Slip, expand_fields
from timeline.dates import EdtfDate
from timeline.developments.kinds import KINDS
from timeline.entities import Entity
from timeline.errors import DatasetError
from timeline.names import Slug

BUNDLED: Final = Path(__file__).parent
"""The folder that holds the data sets that ship with the service."""

M = TypeVar("M", bound=BaseModel)

_OWN_FIELDS: Final = ("id", "known", "kind", "then")
_CONTENT_FIELDS: Final = tuple(Content.model_fields)


@dataclass(frozen=True, slots=True)
class Reading:
    """A data set as far as it could be read, and what could not. `dataset` is None without a `timeline.yaml`.

    `unread` names the entities and developments that are there but cannot be read.
    """

    slug: str
    dataset: Dataset | None
    findings: tuple[Finding, ...]
    unread: frozenset[str]

    def checked(self) -> Dataset:
        """The data set, if it could be read without an error.

        Raises:
            InvalidDataset: it could not.
        """
        if self.dataset is None or any(finding.is_error for finding in self.findings):
            raise InvalidDataset(self.slug, self.findings)
        return self.dataset


def bundled() -> dict[str, Path]:
    """The folders of the data sets that ship with the service, by the slugs of their timelines."""
    return {path.parent.name: path.parent for path in sorted(BUNDLED.glob("*/timeline.yaml"))}


def folder_of(name: str) -> Path:
    """The folder of a data set, named by the slug of a bundled timeline or by a path.

    Raises:
        DatasetError: there is no such data set.
    """
    known = bundled()
    if name in known:
        return known[name]
    folder = Path(name)
    if (folder / "timeline.yaml").is_file():
        return folder
    close = get_close_matches(name, known, n=1)
    there = f"Bundled are: {', '.join(known)}." if known else "None is bundled."
    message = f'"{name}" has no timeline.yaml.' if folder.is_dir() else f'there is no data set "{name}".'
    raise DatasetError(
        message,
        remedy=f'Did you mean "{close[0]}"?' if close else f"Name a folder with a timeline.yaml. {there}",
    )


def read_dataset(folder: Path) -> Reading:
    """Read all files of a data set; the name of the folder is the slug of the timeline."""
    return _Reader(folder.resolve()).read()


def slips_of(error: ValidationError, given: Any, at: At = ()) -> list[Slip]:
    """What a model refused, by the fields of the file: the tags by which unions tell types apart are left out."""
    return [_slip(details, given, at) for details in error.errors(include_url=False)]


def _slip(details: ErrorDetails, given: Any, at: At) -> Slip:
    way: At = ()
    for step in details["loc"]:
        inside = isinstance(given, list | tuple) and isinstance(step, int)
        if inside or (isinstance(given, Mapping) and step in given):
            way, given = (*way, step), given[step]
        elif not (isinstance(given, Mapping) and step in {given.get("type"), given.get("kind")}):
            way = (*way, step)
    if way == ("detail", "kind"):
        way = ("kind",)
    match details["type"]:
        case "missing":
            return Slip((*at, *way), f'"{way[-1]}" is missing.', "Give it.")
        case "extra_forbidden":
            return Slip((*at, *way), f'there is no field "{way[-1]}" here.', "Leave it out.")
        case "string_pattern_mismatch" if details.get("ctx", {}).get("pattern", "").startswith("^[a-z0-9]"):
            remedy = "Write lower-case letters and digits with single hyphens between them."
            return Slip((*at, *way), f'"{given}" is not a slug.', remedy)
    message = details["msg"].removeprefix("Value error, ").rstrip(".")
    return Slip((*at, *way), f"{message[:1].lower()}{message[1:]}.", "")


def _same_part(place: Place, told: Place) -> bool:
    """Whether one of two places of a record holds the other: what follows from a mistake is not told besides."""
    if (place.file, place.record) != (told.file, told.record) or not (place.field and told.field):
        return False
    inner, outer = sorted((f"{place.field}.", f"{told.field}."), key=len, reverse=True)
    return inner.startswith(outer)


class _Head(BaseModel):
    """What names a development."""

    id: Slug
    known: EdtfDate


class _Reader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.findings: list[Finding] = []
        self.unread: set[str] = set()

    def read(self) -> Reading:
        slug = self.folder.name
        timeline = self._timeline()
        entities = tuple(self._entities())
        developments = tuple(self._developments())
        dataset = Dataset(slug, *timeline, entities, developments) if timeline else None
        return Reading(slug, dataset, tuple(self.findings), frozenset(self.unread))

    def _timeline(self) -> tuple[TimelineEntry, Spot] | None:
        path = self.folder / "timeline.yaml"
        if not path.is_file():
            message = f'"{self.folder.name}" has no timeline.yaml.'
            remedy = "Write one with the title, the summary and the parties."
            self.findings.append(Finding(Severity.ERROR, "files", Place("timeline.yaml", 1), message, remedy))
            return None
        spot = Spot(self._document(path), ())
        given = spot.document.content
        if not isinstance(given, dict):
            self._tell(spot, Slip((), "this is not a mapping.", 'Write "title", "summary" and "parties".'))
            return None
        entry = self._model(TimelineEntry, given, spot)
        return None if entry is None else (entry, spot)

    def _entities(self) -> Iterator[EntityRecord]:
        for spot, given in self._items("entities"):
            entity = self._model(Entity, given, spot)
            if entity is None:
                self.unread.add(spot.record or "")
            else:
                yield EntityRecord(entity, spot)

    def _developments(self) -> Iterator[DevelopmentRecord]:
        for spot, given in self._items("developments"):
            record = self._development(spot, given)
            if record is None:
                self.unread.add(spot.record or "")
            else:
                yield record

    def _items(self, part: str) -> Iterator[tuple[Spot, dict[str, Any]]]:
        """The entries of all files of a part, each with its place."""
        for path in sorted((self.folder / part).glob("*.yaml")):
            document = self._document(path)
            if document.content is None:
                continue
            if not isinstance(document.content, list):
                self._tell(Spot(document, ()), Slip((), "this is not a list.", 'Begin each entry with "- id:".'))
                continue
            for number, given in enumerate(document.content):
                if isinstance(given, dict):
                    yield Spot(document, (number,), str(given.get("id") or f"entry {number + 1}")), given
                else:
                    self._tell(Spot(document, (number,)), Slip((), "this is not an entry.", 'Begin with "- id:".'))

    def _document(self, path: Path) -> Document:
        document, findings = read_document(self.folder, path)
        self.findings += findings
        return document

    def _development(self, spot: Spot, given: dict[str, Any]) -> DevelopmentRecord | None:
        before = len(self.findings)
        for name in given.keys() - {*_OWN_FIELDS, *_CONTENT_FIELDS}:
            fields = ", ".join(dict.fromkeys((*_OWN_FIELDS[:-1], *_CONTENT_FIELDS, "then")))
            self._tell(spot, Slip((name,), f'there is no field "{name}" here.', f"The fields are {fields}."))
        kind = given.get("kind")
        if kind not in KINDS:
            self._tell(spot, self._wrong_kind(kind))
        named: dict[str, Any] = {name: given[name] for name in ("id", "known") if name in given}
        head = self._model(_Head, named, spot)
        content = None
        if kind in KINDS:
            content = self._model(Content, self._content(given, kind, spot, ()), spot)
        then = self._then(spot, given.get("then"), kind)
        if head is None or content is None or len(self.findings) > before:
            return None
        return DevelopmentRecord(head.id, head.known, content, then, spot)

    @staticmethod
    def _wrong_kind(kind: Any) -> Slip:
        if kind is None:
            return Slip(("kind",), "the kind is missing.", f"Give one of {', '.join(KINDS)}.")
        close = get_close_matches(str(kind), KINDS, n=1)
        remedy = f'Did you mean "{close[0]}"? ' if close else ""
        return Slip(("kind",), f'there is no kind "{kind}".', f"{remedy}The kinds are {', '.join(KINDS)}.")

    def _content(self, given: Mapping[str, Any], kind: str, spot: Spot, at: At) -> dict[str, Any]:
        """The fields of a content as written, with the short values written out, and the kind in the detail."""
        slips: list[Slip] = []
        fields = {name: given[name] for name in _CONTENT_FIELDS if name in given and name != "detail"}
        found = expand_fields(fields, Content, at, slips)
        detail = given.get("detail")
        if isinstance(detail, dict):
            inner = {name: item for name, item in detail.items() if name != "kind"}
            if detail.get("kind", kind) != kind:
                slips.append(Slip((*at, "detail", "kind"), f'the kind is "{kind}".', "Leave it out here."))
            found["detail"] = expand_fields(inner, KINDS[kind], (*at, "detail"), slips)
        elif detail is not None:
            slips.append(Slip((*at, "detail"), "this is not a mapping.", "Give the fields of the kind."))
        if not at:
            found["detail"] = {**(found.get("detail") or {}), "kind": kind}
        for slip in slips:
            self._tell(spot, slip)
        return found

    def _then(self, spot: Spot, given: Any, kind: Any) -> tuple[Then, ...]:
        if given is None:
            return ()
        if not isinstance(given, list):
            self._tell(spot, Slip(("then",), "this is not a list.", "Begin each entry with a hyphen."))
            return ()
        entries = (self._later(spot, item, number, kind) for number, item in enumerate(given))
        return tuple(entry for entry in entries if entry is not None)

    def _later(self, spot: Spot, given: Any, number: int, kind: Any) -> Then | None:
        at: At = ("then", number)
        named = [name for name in THEN if isinstance(given, dict) and name in given]
        if len(named) != 1:
            told = f"this says {' and '.join(named)} at once." if named else "this says nothing that can happen."
            self._tell(spot, Slip(at, told, f"Give one of {', '.join(THEN)}."))
            return None
        model = THEN[named[0]]
        fields = dict(given)
        if model is AddedSource and isinstance(given["source"], dict):
            fields["source"] = {name: item for name, item in given["source"].items() if name != "known"}
            if "known" in given["source"]:
                fields["known"] = given["source"]["known"]
        if model is Correction and isinstance(given.get("changes"), dict):
            changes = given["changes"]
            new_kind = changes.get("kind", kind)
            if new_kind not in KINDS:
                if new_kind != kind:
                    self._tell(spot, self._wrong_kind(new_kind))
                return None
            for name in changes.keys() - {"kind", *_CONTENT_FIELDS}:
                remedy = f"The fields are kind, {', '.join(_CONTENT_FIELDS)}."
                self._tell(spot, Slip((*at, "changes", name), f'"{name}" cannot be changed.', remedy))
            fields["changes"] = self._content(changes, new_kind, spot, (*at, "changes"))
            if "kind" in changes:
                fields["changes"]["kind"] = new_kind
        return self._model(model, fields, spot, at)

    def _model(self, model: type[M], given: dict[str, Any], spot: Spot, at: At = ()) -> M | None:
        try:
            return model.model_validate(given)
        except ValidationError as error:
            told = {finding.place for finding in self.findings}
            for slip in slips_of(error, given, at):
                if not any(_same_part(spot.place(slip.at), place) for place in told):
                    self._tell(spot, slip)
            return None

    def _tell(self, spot: Spot, slip: Slip) -> None:
        self.findings.append(spot.error("format", slip.message, slip.remedy, at=slip.at))
