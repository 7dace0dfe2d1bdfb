"""Graphs to be drawn, told in a line: who is what to whom."""

from __future__ import annotations

from random import Random
from typing import Any

from api.web.graph.bundles import Bundle, bundled
from api.web.graph.casting import Company
from api.web.graph.looks import looks_of
from api.web.graph.picture import Picture, picture_of
from projections.relations import Graph, relations
from projections.state import Evidence, Held, State
from timeline.basis import At, Basis, Known, Revision
from timeline.standing import Floor, Standing
from timeline.vocabulary import default_vocabulary

VOCABULARY = default_vocabulary()
LOOKS = looks_of(VOCABULARY)
BASIS = Basis(At(0), Known(0), Revision(1), Floor.REPORTED)
TIMELINE = "acme-globex"
PARTIES = ("acme", "globex")


def fact(subject: str, attribute: str, other: str, text: str = "member", **more: Any) -> Held:
    """A fact that relates two parties."""
    held = Held(
        subject=subject,
        attribute=attribute,
        object=other,
        key_development=None,
        value={"type": "text", "text": text},
        text=f"{subject} {attribute} {other}: {text}",
        since="2020",
        until=None,
        is_certain=True,
        standing=Standing.CONFIRMED,
        known_since=0,
        evidence=Evidence("one", ()),
    )
    return held._replace(**more)


def graph_of(*facts: Held) -> Graph:
    """The relations that some facts make; everybody is called by the slug."""
    sections = {
        section.name: tuple(one for one in facts if VOCABULARY.attributes[one.attribute].section == section.name)
        for section in VOCABULARY.sections
    }
    return relations(State(TIMELINE, BASIS, sections, {}))


def bundles_of(*facts: Held) -> tuple[Bundle, ...]:
    return bundled(graph_of(*facts), VOCABULARY)


def drawn(*facts: Held, focus: str = "", parties: tuple[str, ...] = PARTIES) -> Picture:
    """The picture of those facts."""
    graph = graph_of(*facts)
    return picture_of(bundled(graph, VOCABULARY), Company(graph.nodes, TIMELINE, parties, focus), VOCABULARY, LOOKS)


def crowd(size: int, seed: int = 1) -> list[Held]:
    """Facts about that many entities, most of them related to the parties, some to each other."""
    random = Random(seed)
    attributes = [name for name, one in VOCABULARY.attributes.items() if one.object.value == "required"]
    others = [f"entity-{number}-{'x' * random.randrange(25)}" for number in range(size - 3)]
    told = [fact("acme", random.choice(attributes), "globex", "a share of this and that") for _ in range(9)]
    told += [fact(TIMELINE, "term", other, "in force") for other in others[:12]]
    for other in others[12:]:
        to = random.choice([*PARTIES, *PARTIES, *PARTIES, TIMELINE, random.choice(others)])
        ends = random.sample([to, other], 2) if to != other else ["acme", other]
        told.append(fact(ends[0], random.choice(attributes), ends[1], "word " * random.randrange(1, 9)))
    told += [
        fact(random.choice(others), random.choice(attributes), random.choice([*PARTIES, *others]))
        for _ in range(size // 2)
    ]
    return [one for one in told if one.subject != one.object]
