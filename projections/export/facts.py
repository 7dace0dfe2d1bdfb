"""`ndjson`: the facts of a state, one a line, each with all that an answer of the service carries."""

from collections.abc import Iterator

from projections.export.material import Material, json_line


def ndjson(material: Material) -> Iterator[bytes]:
    """The facts in the order of the state; those that contest a fact are inside its line."""
    head = {"timeline": material.timeline, "basis": material.basis.as_json()}
    for section, fact in material.sections:
        yield json_line({**head, "section": section, **fact.as_json(material.state.names)})
