"""Conditional requests and caching (RFC 9110, RFC 9111): the basis of an answer is all that its ETag needs.

The same basis gives the same bytes for good, so a strong ETag can be made, and compared, before the answer is.
"""

import re
from collections.abc import Mapping
from hashlib import blake2b
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

REPRESENTATION: Final = "1"
"""Raise it when the same basis is to be written in other bytes: old ETags then no longer match."""

IMMUTABLE: Final = "public, max-age=31536000, immutable"
"""For answers whose address pins every clock they depend on."""
REVALIDATE: Final = "no-cache"
"""For answers that the next event, or the passing of time, can change."""

_OF_THE_BODY: Final = frozenset({"content-length", "content-type"})
_TAG: Final = re.compile(r'(?:W/)?"([^"]*)"')


def entity_tag(*parts: object) -> str:
    """A strong ETag, with its quotes, over everything that the bytes of an answer depend on."""
    text = "\x1f".join(str(part) for part in (REPRESENTATION, *parts))
    return f'"{blake2b(text.encode(), digest_size=12).hexdigest()}"'


def cache_control(*, pinned: bool) -> str:
    """How long an answer may be kept: for good if its address pins its basis, else only until asked again."""
    return IMMUTABLE if pinned else REVALIDATE


def not_modified(request: Request, etag: str, headers: Mapping[str, str]) -> Response | None:
    """The 304 to a request whose If-None-Match names this ETag; None if the answer has to be given."""
    condition = request.headers.get("if-none-match")
    if condition is None or not matches(condition, etag):
        return None
    return Response(status_code=304, headers={**headers, "ETag": etag})


def unchanged(answer: Response) -> Response:
    """The 304 that stands for an answer: its headers, but those that describe the body."""
    headers = {name: value for name, value in answer.headers.items() if name not in _OF_THE_BODY}
    return Response(status_code=304, headers=headers)


def matches(condition: str, etag: str) -> bool:
    """Whether the value of If-None-Match names an ETag; the comparison is the weak one, as RFC 9110 asks."""
    return condition.strip() == "*" or etag.strip('"') in _TAG.findall(condition)


def development_tag(timeline: str, slug: str, events: int, *parts: object) -> str:
    """The ETag of a development that has had so many events: as If-Match it says which of them were seen."""
    rest = entity_tag(timeline, slug, events, *parts).strip('"')
    return f'"{events}-{_named(timeline, slug)}-{rest}"'


def events_seen(condition: str, timeline: str, slug: str) -> frozenset[int] | None:
    """How many events of a development the ETags in an If-Match have seen; None for ``*``, which any number meets."""
    if condition.strip() == "*":
        return None
    seen = set[int]()
    for tag in _TAG.findall(condition):
        events, _, rest = tag.partition("-")
        if events.isascii() and events.isdigit() and len(events) < 10 and rest.startswith(_named(timeline, slug)):
            seen.add(int(events))
    return frozenset(seen)


def _named(timeline: str, slug: str) -> str:
    return blake2b(f"{timeline}/{slug}".encode(), digest_size=4).hexdigest()
