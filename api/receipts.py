"""Receipts: what a request wrote, and from which revision on it counts."""

from starlette.responses import Response

from api.answers import json_bytes
from api.basis_headers import log_headers
from projections.log import Logged
from timeline.application import Receipt


def receipt(done: Receipt, location: str, *, etag: str | None = None) -> Response:
    """The answer 201 to a request that wrote: where to find what it changed, and the events it appended."""
    first = done.revision - len(done.events) + 1
    events = [Logged(first + place, event).as_json() for place, event in enumerate(done.events)]
    headers = {"Location": location, "Cache-Control": "no-store", **log_headers(done.revision)}
    if etag is not None:
        headers["ETag"] = etag
    body = {"revision": done.revision, "events": events, "links": {"self": location}}
    return Response(json_bytes(body), 201, headers=headers, media_type="application/json")
