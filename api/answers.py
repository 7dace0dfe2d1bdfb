"""Answers with a basis: canonical headers, ETag and 304, and JSON written once."""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic_core import to_json
from starlette.requests import Request
from starlette.responses import Response

from api.conditional import cache_control, not_modified


def json_bytes(body: Any) -> bytes:
    """JSON as answers carry it: UTF-8, no white space."""
    return to_json(body)


def answer(
    request: Request,
    make: Callable[[], Any],
    *,
    etag: str,
    pinned: bool = False,
    headers: Mapping[str, str] | None = None,
    media_type: str = "application/json",
) -> Response:
    """The answer that `make` gives, unless the request has it already: then 304, and `make` is not called.

    What `make` gives is written as JSON, or taken as it is if it is bytes.
    """
    all_headers = {"Cache-Control": cache_control(pinned=pinned), **(headers or {})}
    known_already = not_modified(request, etag, all_headers)
    if known_already is not None:
        return known_already
    body = make()
    return Response(
        body if isinstance(body, bytes) else json_bytes(body),
        headers={**all_headers, "ETag": etag},
        media_type=media_type,
    )
