"""`csl-json` and `bibtex`: how to cite the state at the basis, or one development as it was known."""

import json
from collections.abc import Iterator

from projections.citation import Citation, of_development, of_state
from projections.developments import development_at
from projections.export.material import Material
from timeline.errors import InvalidInput


def csl_json(material: Material) -> Iterator[bytes]:
    """A list with one item, as reference managers import it. Raises as `citation` does."""
    yield json.dumps([citation(material).as_csl()], ensure_ascii=False, indent=2).encode() + b"\n"


def bibtex(material: Material) -> Iterator[bytes]:
    """One entry. Raises as `citation` does."""
    yield citation(material).as_bibtex().encode()


def citation(material: Material) -> Citation:
    """The citation of what a material is to cite.

    Raises:
        UnknownDevelopment: the development is not recorded by the revision.
        InvalidInput: at the basis it was not known yet, or is retracted.
    """
    timeline, basis, addresses = material.timeline, material.basis, material.addresses
    if material.development is None:
        return of_state(timeline, material.title, basis, material.permalink)
    slug = material.development
    with material.archive.snapshot() as snapshot:
        found = development_at(snapshot, timeline, slug, known=basis.known, revision=basis.revision)
    version = found.version
    if version is None or version.content is None:
        raise InvalidInput(
            f'at this basis the development "{slug}" is {found.status.replace("-", " ")}.',
            field="development",
            remedy="Ask for a `known` at which it is in force.",
        )
    content = version.content.model_dump(mode="json", exclude_none=True)
    url = addresses.development(timeline, slug, basis)
    return of_development(timeline, slug, content, version.known, basis, url)
