"""A small timeline to read sentences about: Acme and Globex, their people, a suit, an inquiry and a contract."""

from __future__ import annotations

from functools import cache
from typing import Any

from projections.check.claim import Claim, NotUnderstood, Understood
from projections.check.reading import Lexicon, Recorded, build, read
from timeline.dates import parse_moment
from timeline.entities import Entity, EntityKind
from timeline.vocabulary import default_vocabulary

NOW = int(parse_moment("2024-06-15"))

_ENTITIES = (
    ("acme", "Acme", "organisation", ("Acme Corp.",)),
    ("globex", "GlobeX", "organisation", ()),
    ("initech", "Initech", "organisation", ()),
    ("apple-growers", "Orchard", "organisation", ()),
    ("jane-doe", "Jane Doe", "person", ()),
    ("john-roe", "John Roe", "person", ()),
    ("mary-major", "Mary Major", "person", ()),
    ("ann-major", "Ann Major", "person", ()),
    ("kim-page", "Kim Page", "person", ()),
    ("trade-office", "Trade Office", "authority", ("TO",)),
    ("acme-merger", "the merger of Acme and Globex under the rules of Freedonia", "matter", ()),
    ("doe-v-acme", "Doe v. Acme", "case", ()),
    ("exit-clause", "Exit clause", "term", ()),
    ("price-talks", "Price of the turbine", "topic", ()),
    ("turbine", "Turbine 2", "product", ()),
)


def text(words: str, **more: Any) -> dict[str, Any]:
    return {"type": "text", "text": words, **more}


def stage(name: str) -> dict[str, Any]:
    return {"type": "stage", "stage": name}


def entity(slug: str) -> dict[str, Any]:
    return {"type": "entity", "id": slug}


_FACTS = (
    Recorded("globex", "chief_executive", None, entity("jane-doe"), "hired"),
    Recorded("globex", "chief_executive", None, entity("john-roe"), "removed"),
    Recorded("john-roe", "role", "globex", text("head of turbines"), "removed"),
    Recorded("doe-v-acme", "lawsuit", None, stage("filed"), "suit"),
    Recorded("doe-v-acme", "plaintiff", "jane-doe", text("plaintiff"), "suit"),
    Recorded("doe-v-acme", "defendant", "acme", text("defendant"), "suit"),
    Recorded("trade-office", "inquiry", "acme-merger", stage("opened"), "inquiry"),
    Recorded("acme-merger", "inquiry_target", "acme", text("under examination"), "inquiry"),
    Recorded("globex", "cloud_provider", "acme", text("all computing"), "deal"),
    Recorded("globex", "cloud_exclusivity", None, stage("exclusive"), "deal"),
    Recorded("globex", "cloud_provider", "initech", text("spare computing"), "second-deal"),
    Recorded("acme-and-globex", "term", "exit-clause", text("either side may leave after a year", status="in force")),
    Recorded("globex", "competitor", "initech", text("wind power")),
    Recorded("turbine", "developer", "globex", text("developer")),
)

_TITLES = (
    "The board of Globex removes Jane Doe; John Roe becomes chief executive",
    "Mary Major leaves Globex of her own accord",
)


@cache
def lexicon() -> Lexicon:
    """The words of the small timeline."""
    return build(
        "acme-and-globex",
        [Entity(id=slug, name=name, kind=EntityKind(kind), aliases=also) for slug, name, kind, also in _ENTITIES],
        _FACTS,
        _TITLES,
        vocabulary=default_vocabulary(),
        title="Acme and Globex",
        parties=["acme", "globex"],
    )


def understood(sentence: str) -> Understood:
    """What a sentence claims; fails with the reason if it is not understood."""
    found = read(sentence, lexicon(), NOW)
    assert isinstance(found, Understood), f"{sentence}: {found.reason}"
    return found


def claim(sentence: str, attribute: str | None = None) -> Claim:
    """The one claim that a sentence makes, or the one about an attribute among alternatives."""
    found = [item for item in understood(sentence).claims if attribute in {None, item.attribute}]
    assert len(found) == 1, found
    return found[0]


def reason(sentence: str) -> str:
    """Why a sentence was not understood."""
    found = read(sentence, lexicon(), NOW)
    assert isinstance(found, NotUnderstood), f"{sentence}: {found}"
    return found.reason


def key(found: Claim) -> tuple[str, str, str | None]:
    return found.attribute, found.subject, found.object
