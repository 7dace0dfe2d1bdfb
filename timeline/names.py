"""The slugs by which timelines, entities, developments and attributes are named, and their permanent ids."""

from functools import lru_cache
from typing import Annotated
from uuid import UUID, uuid5

from pydantic import Field, StringConstraints

_NAMESPACE = UUID("6f2c1d0a-53a4-5f1e-9a53-0c9b4f6b7a10")

Slug = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=120),
    Field(description="lower-case letters, digits and single hyphens", examples=["example-party"]),
]
"""A name that goes into URLs."""


class EntityRef:
    """Marks a field whose value is the slug of an entity, so that references can be collected and checked."""


EntityId = Annotated[Slug, EntityRef()]
"""The slug of an entity of the same timeline."""

AttributeName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$", max_length=60)]
"""The name of an attribute of the vocabulary."""


@lru_cache(maxsize=1_000)
def timeline_id(timeline: str) -> UUID:
    """The permanent id of a timeline (RFC 9562, version 5, over its slug)."""
    return uuid5(_NAMESPACE, f"timeline/{timeline}")


@lru_cache(maxsize=50_000)
def entity_id(timeline: str, entity: str) -> UUID:
    """The permanent id of an entity of a timeline."""
    return uuid5(_NAMESPACE, f"timeline/{timeline}/entity/{entity}")


def development_id(timeline: str, development: str) -> UUID:
    """The permanent id of a development of a timeline."""
    return uuid5(_NAMESPACE, f"timeline/{timeline}/development/{development}")
