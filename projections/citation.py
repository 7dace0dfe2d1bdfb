"""How to cite a state, or a development as it was known: for reference managers (CSL-JSON) and for BibTeX. Pure.

What is cited is pinned: the address names every clock that the answer depends on, and gives the same answer for good.
Nothing here looks anything up.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from projections.export.calendar import Calendar, begin, day_of, in_words
from timeline.basis import Basis
from timeline.dates import EdtfDate, format_moment, parse_date

CONTAINER: Final = "Timeline"
_TEX: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "%": r"\%",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_NO_KEY: Final = re.compile(r"[^a-z0-9-]+")


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited. `key` is unique within a bibliography, `issued` when what it says became known."""

    key: str
    title: str
    issued: Calendar
    url: str
    version: str
    note: str
    abstract: str = ""
    container: str = CONTAINER

    def as_csl(self) -> dict[str, Any]:
        """The citation as CSL-JSON has it."""
        parts = [part for part in self.issued[:3] if part is not None]
        found: dict[str, Any] = {
            "id": self.key,
            "type": "dataset",
            "title": self.title,
            "container-title": self.container,
            "issued": {"date-parts": [parts]},
            "version": self.version,
            "URL": self.url,
            "note": self.note,
        }
        return found | ({"abstract": self.abstract} if self.abstract else {})

    def as_bibtex(self) -> str:
        """The citation as an entry of BibTeX, in UTF-8."""
        fields = {
            "title": f"{{{_tex(self.title)}}}",  # braces keep capitals
            "howpublished": _tex(self.container),
            "year": f"{self.issued.year:04}",
            "month": f"{self.issued.month:02}" if self.issued.month else "",
            "day": f"{self.issued.day:02}" if self.issued.day else "",
            "version": _tex(self.version),
            "url": _address(self.url),
            "note": _tex(self.note),
            "abstract": _tex(self.abstract),
        }
        lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
        return "@misc{" + ",\n".join([self.key, *lines]) + "\n}\n"


def of_state(timeline: str, title: str, basis: Basis, url: str, *, container: str = CONTAINER) -> Citation:
    """The citation of a state.

    Args:
        timeline: the slug of the timeline.
        title: its title.
        basis: what the state rests on.
        url: the address of the state at that basis, every clock pinned.
        container: what the service is called.
    """
    at, known = format_moment(basis.at), format_moment(basis.known)
    return Citation(
        key=_key(timeline, at, known, f"r{basis.revision}"),
        title=f"{title}: state on {at} as known on {known}",
        issued=day_of(basis.known),
        url=url,
        version=f"revision {basis.revision}",
        note=f"Basis: at {at}, known {known}, revision {basis.revision}, standing {basis.floor.label}",
        container=container,
    )


def of_development(
    timeline: str,
    slug: str,
    content: Mapping[str, Any],
    known: EdtfDate,
    basis: Basis,
    url: str,
    *,
    container: str = CONTAINER,
) -> Citation:
    """The citation of a development.

    Args:
        timeline: the slug of the timeline.
        slug: the slug of the development.
        content: what its version in force says: `title`, `occurred`, and perhaps `summary`.
        known: since when that version was known.
        basis: what the answer rests on; its `at` does not matter.
        url: the address of the development, both clocks pinned.
        container: what the service is called.
    """
    asked, occurred = format_moment(basis.known), in_words(parse_date(content["occurred"]))
    return Citation(
        key=_key(timeline, slug, asked, f"r{basis.revision}"),
        title=content["title"],
        issued=begin(known) or day_of(known.latest),
        url=url,
        version=f"revision {basis.revision}",
        note=f"Development {slug} ({occurred}); basis: known {asked}, revision {basis.revision}",
        abstract=content.get("summary", ""),
        container=container,
    )


def _key(*parts: str) -> str:
    return _NO_KEY.sub("", "-".join(parts).lower())


def _tex(text: str) -> str:
    return "".join(_TEX.get(mark, mark) for mark in " ".join(text.split()))


def _address(url: str) -> str:
    """A URL between braces: what would close them is percent-encoded."""
    return url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
