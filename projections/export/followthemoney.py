"""`followthemoney`: the entities and relations of a state in the model of FollowTheMoney, an entity a line.

People, companies, authorities and court cases become `Person`, `Company` or `Organization`, `PublicBody` and
`CourtCase`; what is no actor (a product, a term) becomes a plain `Asset`. Facts become what that model has a word for:
`Directorship`, `Employment`, `Ownership`, `CourtCaseParty`, `Payment`, and `UnknownLink` for every other relation; each
names its sources. The documents are `Article`s, and the proof of the entities that they tell of. Facts without a second
entity are properties where the model has one, and are else left to the other formats.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from projections.export.calendar import begin, finish
from projections.export.material import Material, entities_named, json_line
from projections.prose import value_text
from projections.relations import Relation, Via, relations
from projections.state import Held
from timeline.dates import EdtfDate, parse_date
from timeline.entities import Entity, EntityKind
from timeline.names import entity_id, timeline_id

_OWNED: Final = {"equity_stake", "profit_share", "expected_stake", "interest", "stake_value", "controlled_by"}
_COMPANIES: Final = {"valuation", "expected_valuation", "funding_round", "share_sale", "public_listing"}
"""Attributes whose subject is a company that can be owned."""
_OFFICES: Final = {
    "chief_executive": ("Employment", "chief executive"),
    "president": ("Employment", "president"),
    "board_chair": ("Directorship", "chair of the board"),
}
_ACTORS: Final = {"Person", "Company", "Organization", "PublicBody"}
_BODIES: Final = _ACTORS - {"Person"}


@dataclass(slots=True)
class _Thing:
    """An entity on its way out: its schema, its properties, and the documents that tell of it."""

    id: str
    schema: str
    properties: dict[str, list[str]]
    proof: set[str] = field(default_factory=set)

    def add(self, name: str, *values: str | None) -> None:
        """Add values that are there and not yet among the others."""
        held = self.properties.setdefault(name, [])
        held += [value for value in dict.fromkeys(values) if value and value not in held]
        if not held:
            del self.properties[name]

    def line(self) -> bytes:
        """The entity as a line of NDJSON."""
        return json_line({"id": self.id, "schema": self.schema, "properties": self.properties})


def entities(material: Material) -> Iterator[bytes]:
    """The entities: things first, then documents, then what relates them."""
    facts = [fact for _, fact in material.sections]
    names = material.state.names
    things = _things(material, facts)
    documents: dict[str, _Thing] = {}
    links: list[_Thing] = []
    for relation in relations(material.state).edges:
        source, target = things.get(relation.source), things.get(relation.target)
        if source is None or target is None:
            continue
        link = _link(relation, source, target, names)
        _describe(link, relation.fact, documents)
        links.append(link)
    for fact in facts:
        subject = things.get(fact.subject)
        if subject is not None:
            _properties(subject, fact, names)
            _prove(subject, fact, documents)
    for thing in (*things.values(), *documents.values(), *links):
        thing.add("proof", *sorted(thing.proof))
        yield thing.line()


def _things(material: Material, facts: list[Held]) -> dict[str, _Thing]:
    companies = {fact.subject for fact in facts if fact.attribute in _COMPANIES | {"controlled_by"}}
    companies |= {fact.object for fact in facts if fact.attribute in _OWNED and fact.object}
    found: dict[str, _Thing] = {}
    for slug, entity in material.entities(entities_named(facts)).items():
        identity = timeline_id(slug) if entity.kind is EntityKind.TIMELINE else entity_id(material.timeline, slug)
        thing = _Thing(str(identity), _schema(entity, is_company=slug in companies), {"name": [entity.name]})
        thing.add("alias", *entity.aliases)
        thing.add("description", entity.description)
        thing.add("wikidataId", entity.identifiers.get("wikidata"))
        if thing.schema == "Company":
            thing.add("ticker", entity.identifiers.get("ticker"))
        if thing.schema == "CourtCase":
            thing.add("caseNumber", entity.identifiers.get("docket"))
        found[slug] = thing
    return found


def _schema(entity: Entity, *, is_company: bool) -> str:
    match entity.kind:
        case EntityKind.PERSON:
            return "Person"
        case EntityKind.AUTHORITY:
            return "PublicBody"
        case EntityKind.CASE:
            return "CourtCase"
        case EntityKind.ORGANISATION:
            return "Company" if is_company or "ticker" in entity.identifiers else "Organization"
        case _:
            return "Asset"


def _link(relation: Relation, source: _Thing, target: _Thing, names: Mapping[str, str]) -> _Thing:
    """What relates two things: in the words of the model where both ends fit them, else as an unknown link."""
    fact = relation.fact
    told = value_text(fact.value, lambda slug: names.get(slug, slug))
    schema, ends, more = _word(relation, source, target, told)
    if schema is None:
        ends = {"subject": source.id, "object": target.id}
        more = {"role": fact.attribute.replace("_", " "), "description": told}
    key = f"{source.id} {fact.attribute} {target.id} {relation.via} {fact.key_development or ''}"
    link = _Thing(str(uuid5(NAMESPACE_URL, key)), schema or "UnknownLink", {name: [end] for name, end in ends.items()})
    for name, value in more.items():
        link.add(name, value)
    return link


def _word(  # noqa: PLR0911 - one return for each word of the model reads best
    relation: Relation, source: _Thing, target: _Thing, told: str
) -> tuple[str | None, dict[str, str], dict[str, str]]:
    fact, attribute = relation.fact, relation.fact.attribute
    has_body, has_person = source.schema in _BODIES, target.schema == "Person"
    if attribute in _OFFICES and relation.via is Via.VALUE and has_body and has_person:
        schema, role = _OFFICES[attribute]
        note = fact.value.get("note")
        ends = ("employer", "employee") if schema == "Employment" else ("organization", "director")
        return schema, {ends[0]: source.id, ends[1]: target.id}, {"role": f"{role} ({note})" if note else role}
    if attribute in {"board_member", "board_observer"} and has_body and target.schema in _ACTORS:
        role = told if attribute == "board_member" else f"observer: {told}"
        return "Directorship", {"organization": source.id, "director": target.id}, {"role": role}
    if attribute in {"role", "employment"} and source.schema == "Person" and target.schema in _BODIES:
        name = "role" if attribute == "role" else "status"
        return "Employment", {"employee": source.id, "employer": target.id}, {name: told}
    if attribute in {"plaintiff", "defendant"} and source.schema == "CourtCase":
        return "CourtCaseParty", {"case": source.id, "party": target.id}, {"role": told}
    if attribute == "investment" and source.schema in _ACTORS and target.schema in _ACTORS:
        money = {"amount": fact.value.get("amount", ""), "currency": fact.value["currency"]}
        return "Payment", {"payer": source.id, "beneficiary": target.id}, {"purpose": f"investment: {told}", **money}
    if attribute == "controlled_by" and target.schema in _ACTORS and source.schema == "Company":
        return "Ownership", {"owner": target.id, "asset": source.id}, {"ownershipType": "control"}
    if attribute == "equity_stake" and source.schema in _ACTORS and target.schema == "Company":
        return "Ownership", {"owner": source.id, "asset": target.id}, {"percentage": told}
    if attribute == "interest" and source.schema in _ACTORS and target.schema == "Company":
        return "Ownership", {"owner": source.id, "asset": target.id}, {"ownershipType": told}
    return None, {}, {}


def _describe(link: _Thing, fact: Held, documents: dict[str, _Thing]) -> None:
    since = parse_date(fact.since)
    link.add("startDate", _date(since))
    link.add("endDate", _date(parse_date(fact.until)) if fact.until else _end(since))
    link.add("summary", fact.text)
    link.add("recordId", fact.evidence.development)
    if link.schema == "Payment":
        link.add("date", _date(since))
    for source in fact.evidence.sources:
        link.add("sourceUrl", source["url"])
        link.add("publisher", source["publisher"])
        _document(source, documents)


def _properties(thing: _Thing, fact: Held, names: Mapping[str, str]) -> None:
    """What a fact says of its subject alone."""
    told = value_text(fact.value, lambda slug: names.get(slug, slug))
    match (fact.attribute, thing.schema):
        case ("legal_form", "Company" | "Organization"):
            thing.add("legalForm", told)
        case ("lawsuit", "CourtCase"):
            thing.add("status", told)
        case ("court", "CourtCase"):
            thing.add("court", told)
        case ("valuation", "Company") if fact.value.get("amount"):
            thing.add("amount", fact.value["amount"])
            thing.add("currency", fact.value["currency"])
        case _:
            return


def _prove(thing: _Thing, fact: Held, documents: dict[str, _Thing]) -> None:
    for source in fact.evidence.sources:
        thing.proof.add(_document(source, documents).id)


def _document(source: Mapping[str, Any], documents: dict[str, _Thing]) -> _Thing:
    """The document of a source, which may be new."""
    url = source["url"]
    if url not in documents:
        document = _Thing(str(uuid5(NAMESPACE_URL, url)), "Article", {})
        document.add("title", source["title"])
        document.add("publisher", source["publisher"])
        document.add("sourceUrl", url)
        if source.get("published"):
            document.add("publishedAt", _date(parse_date(source["published"])))
        if source.get("retrieved"):
            document.add("retrievedAt", _date(parse_date(source["retrieved"])))
        documents[url] = document
    return documents[url]


def _date(date: EdtfDate) -> str | None:
    found = begin(date)
    return None if found is None else str(found).removesuffix("Z")


def _end(date: EdtfDate) -> str | None:
    found = finish(date)
    return None if found is None else str(found).removesuffix("Z")
