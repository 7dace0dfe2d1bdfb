"""`jsonld`: the state as linked data (JSON-LD 1.1), with the provenance of every fact in PROV-O.

A fact is a reified statement: `rdf:subject`, `rdf:predicate` and `rdf:object`, the value beside them where the
attribute has an object of its own. It was derived (`prov:wasDerivedFrom`) from its development and from the documents,
a primary one also as `prov:hadPrimarySource`, and generated (`prov:generatedAtTime`) when it became public. The facts
are members of the state, whose address is its permalink. Facts that contest another are `tl:Rival`, not
`rdf:Statement`: who asks for statements gets those that hold.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from projections.export.addresses import Addresses
from projections.export.material import Material, entities_named
from projections.state import Held
from timeline.dates import format_instant
from timeline.entities import Entity, EntityKind
from timeline.names import development_id

_EDTF: Final = "http://id.loc.gov/datatypes/edtf"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_TYPES: Final[Mapping[EntityKind, list[str]]] = {
    EntityKind.PERSON: ["schema:Person", "prov:Person"],
    EntityKind.ORGANISATION: ["schema:Organization", "prov:Organization"],
    EntityKind.AUTHORITY: ["schema:GovernmentOrganization", "prov:Organization"],
    EntityKind.PRODUCT: ["schema:Product"],
}


def document(material: Material) -> Iterator[bytes]:
    """The document, node by node."""
    basis, addresses = material.basis, material.addresses
    context = {
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "xsd": _XSD,
        "edtf": _EDTF,
        "prov": "http://www.w3.org/ns/prov#",
        "schema": "https://schema.org/",
        "dcterms": "http://purl.org/dc/terms/",
        "tl": addresses.term(),
    }
    facts = [fact for _, fact in material.sections]
    state = {
        "@id": material.permalink,
        "@type": ["prov:Entity", "prov:Collection"],
        "dcterms:title": material.title,
        "prov:generatedAtTime": _instant(basis.known),
        "tl:at": _instant(basis.at),
        "tl:known": _instant(basis.known),
        "tl:revision": {"@value": str(basis.revision), "@type": "xsd:integer"},
        "tl:floor": basis.floor.label,
        "prov:hadMember": [{"@id": _fact_id(material, number)} for number, _ in enumerate(facts, start=1)],
    }
    yield b'{"@context":' + _json(context) + b',"@graph":[\n' + _json(state)
    rivals = [rival for fact in facts for rival in fact.contested_by]
    for slug, entity in material.entities(entities_named([*facts, *rivals])).items():
        yield b",\n" + _json(_entity(material, slug, entity))
    for number, fact in enumerate(facts, start=1):
        yield b",\n" + _json(_statement(material, fact, _fact_id(material, number)))
    for node in _documents(material, [*facts, *rivals]):
        yield b",\n" + _json(node)
    yield b"\n]}\n"


def _entity(material: Material, slug: str, entity: Entity) -> dict[str, Any]:
    node: dict[str, Any] = {
        "@id": material.addresses.entity(material.timeline, slug),
        "@type": [*_TYPES.get(entity.kind, ["schema:Thing"]), f"tl:{entity.kind.value.capitalize()}"],
        "schema:name": entity.name,
    }
    if entity.description:
        node["schema:description"] = entity.description
    if entity.aliases:
        node["schema:alternateName"] = list(entity.aliases)
    if "wikidata" in entity.identifiers:
        node["owl:sameAs"] = {"@id": f"http://www.wikidata.org/entity/{entity.identifiers['wikidata']}"}
    return node


def _statement(material: Material, fact: Held, identity: str) -> dict[str, Any]:
    return {
        "@id": identity,
        "@type": ["rdf:Statement", "prov:Entity"],
        **_told(material, fact),
        **(
            {
                "tl:contestedBy": [
                    {
                        "@id": f"{identity}-rival-{number}",
                        "@type": ["tl:Rival", "prov:Entity"],
                        **_told(material, rival),
                    }
                    for number, rival in enumerate(fact.contested_by, start=1)
                ]
            }
            if fact.contested_by
            else {}
        ),
    }


def _told(material: Material, fact: Held) -> dict[str, Any]:
    addresses, timeline = material.addresses, material.timeline
    value = _value(addresses, timeline, fact.value)
    sources = fact.evidence.sources
    node: dict[str, Any] = {
        "rdf:subject": {"@id": addresses.entity(timeline, fact.subject)},
        "rdf:predicate": {"@id": f"tl:{fact.attribute}"},
        "rdf:object": {"@id": addresses.entity(timeline, fact.object)} if fact.object else value,
        "tl:value": value,
        "rdfs:label": fact.text,
        "tl:since": {"@value": fact.since, "@type": "edtf"},
        "tl:certainty": "definite" if fact.is_certain else "possible",
        "tl:standing": fact.standing.value,
        "prov:generatedAtTime": _instant(fact.known_since),
        "prov:wasDerivedFrom": [
            {"@id": _development(material, fact)},
            *({"@id": source["url"]} for source in sources),
        ],
    }
    if fact.until:
        node["tl:until"] = {"@value": fact.until, "@type": "edtf"}
    node |= {f"tl:{name}": fact.value[name] for name in ("status", "note") if fact.value.get(name)}
    primary = [{"@id": source["url"]} for source in sources if source.get("kind") == "primary"]
    return node | ({"prov:hadPrimarySource": primary} if primary else {})


def _documents(material: Material, facts: list[Held]) -> Iterator[dict[str, Any]]:
    """The developments and the documents on which facts rest, each once."""
    developments: dict[str, dict[str, Any]] = {}
    documents: dict[str, Mapping[str, Any]] = {}
    for fact in facts:
        documents |= {source["url"]: source for source in fact.evidence.sources}
        address, slug = _development(material, fact), fact.evidence.development
        if address not in developments:
            developments[address] = {
                "@id": address,
                "@type": ["prov:Entity", "tl:Development"],
                "dcterms:identifier": [slug, f"urn:uuid:{development_id(material.timeline, slug)}"],
                "prov:wasDerivedFrom": [{"@id": source["url"]} for source in fact.evidence.sources],
            }
    yield from developments.values()
    for url, source in documents.items():
        node: dict[str, Any] = {
            "@id": url,
            "@type": ["prov:Entity", "schema:CreativeWork"],
            "dcterms:title": source["title"],
            "dcterms:publisher": source["publisher"],
            "tl:kind": source.get("kind", "press"),
        }
        if source.get("published"):
            node["dcterms:issued"] = {"@value": source["published"], "@type": "edtf"}
        if source.get("archive_url"):
            node["schema:archivedAt"] = {"@id": source["archive_url"]}
        yield node


def _value(addresses: Addresses, timeline: str, value: Mapping[str, Any]) -> Any:
    match value["type"]:
        case "entity":
            return {"@id": addresses.entity(timeline, value["id"])}
        case "text" | "stage" as kind:
            return value[kind]
        case "date":
            return {"@value": value["date"], "@type": "edtf"}
        case "boolean":
            return {"@value": value["value"]}
        case kind:
            exact = value.get("value" if kind == "percent" else "amount")
            amounts = {"schema:value": exact, "schema:minValue": value.get("low"), "schema:maxValue": value.get("high")}
            node: dict[str, Any] = {
                "@type": "schema:MonetaryAmount" if kind == "money" else "schema:QuantitativeValue",
                **{name: {"@value": number, "@type": "xsd:decimal"} for name, number in amounts.items() if number},
            }
            named = {
                "schema:currency": value.get("currency"),
                "schema:unitText": "percent" if kind == "percent" else value.get("unit"),
                "tl:qualifier": value.get("qualifier"),
                "tl:form": value.get("form"),
            }
            return node | {name: word for name, word in named.items() if word}


def _fact_id(material: Material, number: int) -> str:
    return f"{material.permalink}#fact-{number}"


def _development(material: Material, fact: Held) -> str:
    return material.addresses.development(material.timeline, fact.evidence.development, material.basis)


def _instant(instant: int) -> dict[str, str]:
    return {"@value": format_instant(instant), "@type": "xsd:dateTime"}


def _json(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
