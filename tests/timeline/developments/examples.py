"""One valid content of a development for each kind, about parties that do not exist."""

from typing import Any, Final

Json = dict[str, Any]

SOURCE: Final[Json] = {
    "publisher": "The Example Gazette",
    "title": "What happened at Acme",
    "url": "https://example.org/gazette/acme",
    "published": "2024-03-04",
    "kind": "press",
}


def usd(amount: str, **more: str) -> Json:
    return {"amount": amount, "currency": "USD", **more}


def content(detail: Json, *, title: str, **more: Any) -> Json:
    return {
        "title": title,
        "occurred": "2024-03-04",
        "standing": "reported",
        "detail": detail,
        "sources": [SOURCE],
        **more,
    }


EXAMPLES: Final[dict[str, Json]] = {
    "leadership": content(
        {
            "kind": "leadership",
            "organisation": "acme",
            "changes": [
                {"role": "chief_executive", "left": "jane-doe", "took": "john-roe", "interim": True},
                {"role": "chief technology officer", "left": "john-roe"},
            ],
        },
        title="Acme's board removes its chief executive",
        standing="confirmed",
        parties=[{"entity": "acme", "role": "organisation"}, {"entity": "jane-doe"}, {"entity": "john-roe"}],
    ),
    "board": content(
        {
            "kind": "board",
            "organisation": "acme",
            "joins": [
                {"entity": "mary-major", "capacity": "independent director"},
                {"entity": "globex", "seat": "observer"},
            ],
            "leaves": [{"entity": "jane-doe"}],
            "chair": "mary-major",
        },
        title="Acme's new board admits an observer",
    ),
    "investment": content(
        {
            "kind": "investment",
            "investor": "globex",
            "investee": "acme",
            "money": usd("2000000000", qualifier="about", form="mixed"),
            "tranche": "second of three",
            "committed_total": usd("13000000000"),
            "funded_total": usd("3000000000"),
        },
        title="Globex invests about $2 billion more in Acme",
        parties=[{"entity": "globex", "role": "investor"}, {"entity": "acme", "role": "investee"}],
    ),
    "funding-round": content(
        {
            "kind": "funding-round",
            "company": "acme",
            "raised": usd("6600000000"),
            "valuation": usd("157000000000"),
            "investors": [
                {"entity": "globex", "money": usd("750000000", qualifier="about")},
                {"entity": "initech"},
            ],
        },
        title="Acme raises $6.6 billion",
    ),
    "valuation": content(
        {
            "kind": "valuation",
            "company": "acme",
            "money": usd("86000000000", qualifier="about"),
            "implied_by": "employee share sale",
        },
        title="A share sale values Acme at about $86 billion",
    ),
    "equity": content(
        {
            "kind": "equity",
            "holder": "globex",
            "company": "acme",
            "attribute": "profit_share",
            "percent": {"value": "49", "qualifier": "up-to"},
            "interest": "a capped claim on profits, no shares",
        },
        title="Globex is entitled to up to 49 percent of Acme's profits",
    ),
    "agreement": content(
        {
            "kind": "agreement",
            "agreement": "acme-globex-agreement-2024",
            "stage": "signed",
            "supersedes": ["acme-globex-agreement-2021"],
        },
        title="Acme and Globex sign a new agreement",
        parties=[{"entity": "acme"}, {"entity": "globex"}],
    ),
    "term": content(
        {
            "kind": "term",
            "agreement": "acme-globex-agreement-2024",
            "term": "ip-license",
            "value": {"type": "date", "date": "2032-12-31", "status": "in force"},
        },
        title="Globex's rights run through 2032",
    ),
    "cloud-deal": content(
        {
            "kind": "cloud-deal",
            "customer": "acme",
            "provider": "globex-cloud",
            "what": "primary cloud",
            "money": usd("250000000000"),
            "capacity": {"amount": "4.5", "unit": "gigawatts"},
            "exclusivity": "right-of-first-refusal",
        },
        title="Acme contracts $250 billion of cloud computing",
    ),
    "license": content(
        {
            "kind": "license",
            "licensee": "globex",
            "licensor": "acme",
            "scope": "models and products",
            "exclusive": True,
            "until": "2030-12-31",
        },
        title="Globex takes an exclusive licence",
    ),
    "product": content(
        {
            "kind": "product",
            "product": "globex-assistant",
            "developer": "globex",
            "availability": "preview",
            "uses": [
                {"model": "acme-model", "how": "default model"},
                {"model": "globex-model", "ends": True},
            ],
            "offered_through": ["globex-cloud"],
        },
        title="Globex shows an assistant built on Acme's model",
    ),
    "restructuring": content(
        {
            "kind": "restructuring",
            "organisation": "acme",
            "legal_form": "public benefit corporation",
            "controlled_by": "acme-foundation",
            "holdings": [
                {"holder": "globex", "percent": {"value": "27", "qualifier": "about"}},
                {"holder": "acme-foundation", "percent": {"value": "26"}},
            ],
        },
        title="Acme becomes a public benefit corporation",
    ),
    "negotiation": content(
        {
            "kind": "negotiation",
            "topic": "acme-restructuring",
            "stage": "open",
            "positions": [
                {"party": "globex", "position": "wants a third of the equity"},
                {"party": "acme", "position": "offers less than a third"},
            ],
        },
        title="Acme and Globex negotiate over the restructuring",
    ),
    "lawsuit": content(
        {
            "kind": "lawsuit",
            "case": "doe-v-acme",
            "stage": "filed",
            "court": "Example District Court",
            "docket": "1:24-cv-00001",
            "plaintiffs": ["jane-doe"],
            "defendants": ["acme", "globex"],
            "allegations": [{"against": "acme", "of": "breach of its founding agreement"}],
            "damages_sought": {"low": "79000000000", "high": "134000000000", "currency": "USD"},
        },
        title="Jane Doe sues Acme and Globex",
        standing="confirmed",
    ),
    "regulatory": content(
        {
            "kind": "regulatory",
            "authority": "fair-trade-office",
            "matter": "acme-globex-partnership",
            "stage": "closed",
            "targets": ["acme", "globex"],
            "demands": [{"recipient": "globex", "what": "the contracts with Acme"}],
            "outcome": "the partnership does not qualify as a merger",
        },
        title="The Fair Trade Office closes its inquiry",
    ),
    "competition": content(
        {
            "kind": "competition",
            "organisation": "globex",
            "competitor": "acme",
            "field": "assistants for companies",
            "mutual": True,
        },
        title="Globex names Acme as a competitor",
    ),
    "statement": content(
        {
            "kind": "statement",
            "speaker": "mary-major",
            "topic": "control of Acme",
            "claim": "Globex does not control Acme",
        },
        title="Mary Major says that Globex does not control Acme",
    ),
    "people": content(
        {
            "kind": "people",
            "moves": [
                {"person": "jane-doe", "leaves": "acme", "organisation": "globex", "stage": "announced"},
                {"person": "richard-miles", "organisation": "initech", "role": "head of research"},
            ],
        },
        title="Globex announces that Jane Doe will join it",
    ),
    "safety": content(
        {
            "kind": "safety",
            "organisation": "globex",
            "incident": "a model was tested on the public without approval of the joint board",
            "body": "joint-safety-board",
            "task": "approves releases before they reach the public",
        },
        title="Globex tested a model without approval",
    ),
    "research": content(
        {
            "kind": "research",
            "organisations": ["acme"],
            "result": "a model that plans before it answers",
            "model": "acme-model",
        },
        title="Acme publishes a model that plans",
    ),
}
"""By kind. Each uses as many fields of its kind as go together."""
