"""`graphml`: who stands in which relation to whom at the basis, as a directed graph with parallel edges."""

import re
from collections.abc import Iterator, Mapping
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from projections.export.material import Material
from projections.prose import value_text
from projections.relations import Relation, relations

_GRAPH: Final = {"timeline": "string", "title": "string", "at": "string", "known": "string", "revision": "long"}
_NODE: Final = {"name": "string", "kind": "string"}
_EDGE: Final = {
    **dict.fromkeys(("attribute", "via", "text", "value", "since", "until", "certainty", "standing"), "string"),
    **dict.fromkeys(("development", "sources"), "string"),
    "contested": "int",
}
_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
"""
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 has no way to write."""


def graph(material: Material) -> Iterator[bytes]:
    """The graph. Nodes are the entities that a relation connects, and those that a fact is about."""
    found = relations(material.state)
    slugs = {*found.nodes, *(fact.subject for _, fact in material.sections)}
    entities = material.entities(slugs)
    lines = [_HEAD]
    for of, keys in (("graph", _GRAPH), ("node", _NODE), ("edge", _EDGE)):
        lines += [
            f'  <key id="{of}_{name}" for="{of}" attr.name="{name}" attr.type="{kind}"/>\n'
            for name, kind in keys.items()
        ]
    lines.append(f'  <graph id={_attribute(material.timeline)} edgedefault="directed">\n')
    basis = material.basis.as_json()
    told = {"timeline": material.timeline, "title": material.title, **basis}
    lines += _data("graph", {name: str(told[name]) for name in _GRAPH}, "    ")
    for slug in sorted(slugs):
        described = entities.get(slug)
        lines.append(f"    <node id={_attribute(slug)}>\n")
        name = described.name if described else slug
        lines += _data("node", {"name": name, **({"kind": described.kind.value} if described else {})}, "      ")
        lines.append("    </node>\n")
    yield "".join(lines).encode()
    for number, edge in enumerate(found.edges):
        ends = f"source={_attribute(edge.source)} target={_attribute(edge.target)}"
        data = "".join(_data("edge", _told(edge, material.state.names), "      "))
        yield f'    <edge id="e{number}" {ends}>\n{data}    </edge>\n'.encode()
    yield b"  </graph>\n</graphml>\n"


def _told(edge: Relation, names: Mapping[str, str]) -> dict[str, str]:
    fact = edge.fact
    return {
        "attribute": fact.attribute,
        "via": edge.via.value,
        "text": fact.text,
        "value": value_text(fact.value, lambda slug: names.get(slug, slug)),
        "since": fact.since,
        **({"until": fact.until} if fact.until else {}),
        "certainty": "definite" if fact.is_certain else "possible",
        "standing": fact.standing.value,
        "development": fact.evidence.development,
        "sources": " ".join(source["url"] for source in fact.evidence.sources),
        "contested": str(len(fact.contested_by)),
    }


def _data(of: str, values: Mapping[str, str], indent: str) -> list[str]:
    return [f'{indent}<data key="{of}_{name}">{escape(_legal(value))}</data>\n' for name, value in values.items()]


def _attribute(value: str) -> str:
    return quoteattr(_legal(value))


def _legal(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)
