"""All kinds of development, and the union that tells their details apart by `kind`."""

from typing import Annotated, Final

from pydantic import Field

from timeline.developments.agreements import Agreement, License, Term
from timeline.developments.authorities import Regulatory
from timeline.developments.board import Board
from timeline.developments.capital import Equity, FundingRound, Investment, Valuation
from timeline.developments.cloud import CloudDeal
from timeline.developments.competition import Competition
from timeline.developments.detail import Detail
from timeline.developments.disputes import Lawsuit
from timeline.developments.leadership import Leadership
from timeline.developments.negotiation import Negotiation
from timeline.developments.people import People
from timeline.developments.products import Product, Research, Safety
from timeline.developments.statements import Remark
from timeline.developments.structure import Restructuring

AnyDetail = Annotated[
    Leadership
    | Board
    | Investment
    | FundingRound
    | Valuation
    | Equity
    | Agreement
    | Term
    | CloudDeal
    | License
    | Product
    | Restructuring
    | Negotiation
    | Lawsuit
    | Regulatory
    | Competition
    | Remark
    | People
    | Safety
    | Research,
    Field(discriminator="kind"),
]
"""The detail of any kind of development."""

KINDS: Final[dict[str, type[Detail]]] = {
    "leadership": Leadership,
    "board": Board,
    "investment": Investment,
    "funding-round": FundingRound,
    "valuation": Valuation,
    "equity": Equity,
    "agreement": Agreement,
    "term": Term,
    "cloud-deal": CloudDeal,
    "license": License,
    "product": Product,
    "restructuring": Restructuring,
    "negotiation": Negotiation,
    "lawsuit": Lawsuit,
    "regulatory": Regulatory,
    "competition": Competition,
    "statement": Remark,
    "people": People,
    "safety": Safety,
    "research": Research,
}
"""The model of the detail of each kind, in the order in which the design lists them."""
