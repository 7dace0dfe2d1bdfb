"""How a page is cited: in words, for BibTeX and for reference managers, always with every clock pinned."""

import json
from dataclasses import dataclass

from api.web.frame import Frame
from projections.briefing.wording import moment_text
from projections.citation import Citation, of_development, of_state
from timeline.versions import Version


@dataclass(frozen=True, slots=True)
class Cited:
    """The three forms of a citation."""

    plain: str
    bibtex: str
    csl: str


def citation_of_state(frame: Frame, permalink: str) -> Cited:
    """The citation of a state; `permalink` is its whole address, pinned."""
    basis = frame.basis
    citation = of_state(frame.slug, frame.timeline.title, basis, permalink)
    title = f"{frame.timeline.title}: state on {moment_text(basis.at)}, as known on {moment_text(basis.known)}"
    return _cited(citation, title, f"revision {basis.revision}")


def citation_of_development(frame: Frame, slug: str, version: Version, permalink: str) -> Cited:
    """The citation of a development as one version tells it, which says something."""
    if version.content is None:
        raise ValueError(f"version {version.number} of {slug} says nothing that could be cited")
    basis = frame.basis
    content = version.content.model_dump(mode="json", exclude_none=True)
    citation = of_development(frame.slug, slug, content, version.known, basis, permalink)
    title = f"{citation.title.rstrip('.')}. {frame.timeline.title}, as known on {moment_text(basis.known)}"
    return _cited(citation, title, f"revision {basis.revision}")


def _cited(citation: Citation, title: str, version: str) -> Cited:
    return Cited(
        plain=f"{title}. {citation.container}, {version}. {citation.url}",
        bibtex=citation.as_bibtex(),
        csl=json.dumps([citation.as_csl()], ensure_ascii=False, indent=2),
    )
